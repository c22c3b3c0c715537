import type { Program } from '@clinic-widgets/core';
import type { Gathered, Known, Stage } from './state.ts';

const NOTHING: Gathered = { insurance: undefined, responseIds: {}, documents: undefined };

/** What has been gathered for a programme. */
export const gatheredFor = ({ gathered }: Pick<Known, 'gathered'>, { id }: Program): Gathered =>
  gathered[id] ?? NOTHING;

/** The state with more of it. */
export const withGathered = <S extends Known>(state: S, program: Program, more: Partial<Gathered>): S => ({
  ...state,
  gathered: { ...state.gathered, [program.id]: { ...gatheredFor(state, program), ...more } },
});

/** What a programme takes, in the order in which it is asked. */
export const stagesOf = ({ needsCoverage, formIds, documentIds }: Program): readonly Stage[] => [
  ...(needsCoverage ? (['insurance'] as const) : []),
  ...(formIds.length > 0 ? (['forms'] as const) : []),
  ...(documentIds.length > 0 ? (['documents'] as const) : []),
];

/** The form that comes next. */
export const openForm = ({ formIds }: Program, { responseIds }: Gathered): string | undefined =>
  formIds.find((id) => !(id in responseIds));

/** Whether a stage has been gone through, however it went. */
export function isThrough(stage: Stage, program: Program, gathered: Gathered): boolean {
  if (stage === 'insurance') return gathered.insurance !== undefined;
  return stage === 'forms' ? openForm(program, gathered) === undefined : gathered.documents !== undefined;
}

/** The first stage that has not been gone through. */
export const openStage = (program: Program, gathered: Gathered): Stage | undefined =>
  stagesOf(program).find((stage) => !isThrough(stage, program, gathered));

/** What keeps the programme from taking the patient, as far as the answers show. */
export const missingFrom = (program: Program, { insurance, documents = [] }: Gathered): readonly Stage[] => [
  ...(program.needsCoverage && insurance?.answer !== 'confirmed' ? (['insurance'] as const) : []),
  ...(documents.some(({ decision }) => decision !== 'accepted') ? (['documents'] as const) : []),
];

/** What is gathered without some stages of it, which are gone through again. */
export const gatheredWithout = (gathered: Gathered, stages: readonly Stage[]): Gathered => ({
  insurance: stages.includes('insurance') ? undefined : gathered.insurance,
  responseIds: stages.includes('forms') ? {} : gathered.responseIds,
  documents: stages.includes('documents') ? undefined : gathered.documents,
});

/** Whether a patient can ask to be enrolled. */
export const canEnrol = ({ enrolment }: Program): boolean =>
  enrolment === undefined || enrolment.state === 'ended' || enrolment.state === 'declined';
