import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { Program } from '@clinic-widgets/core/consents.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { inZone } from '@clinic-widgets/core/time.js';
import { actorOf } from './acting.ts';
import { ensureKnown, represented } from './authority.ts';
import { todayAt } from './changes.ts';
import { type Asking, isOneOf } from './client.ts';
import { askedFor, documentsOf } from './consent-documents.ts';
import { decisionIn, documentReadIn } from './consent-records.ts';
import { codesOf, idOf, momentOf } from './datatypes.ts';
import { objectsIn, textOf } from './elements.ts';
import { findQuestionnaires } from './known-forms.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { createOnce, madeUnder, markOf, otherRequest, type Write } from './once.ts';
import { listed, type Paging } from './paging.ts';
import { formReadIn } from './responses.ts';
import { searchAll, type Setting } from './setting.ts';
import { UNDETERMINED, wordsOf } from './translations.ts';
import { ENROLMENT_INPUTS, PROGRAM_CODES } from './vocabulary.ts';

/** What a programme takes, by what its actions and documents say. */
interface Needed {
  readonly formNames: readonly string[];
  readonly needsCoverage: boolean;
}

/** The forms that a programme's actions name, and whether one of them is about an insurance. */
function neededBy({ action }: fhir.PlanDefinition): Needed {
  const actions = objectsIn<fhir.PlanDefinitionAction>(action);
  return {
    formNames: actions.flatMap(({ definitionCanonical }) =>
      /Questionnaire\//.test(`${definitionCanonical}`) ? [definitionCanonical!] : [],
    ),
    needsCoverage: actions.some(({ code }) =>
      codesOf(objectsIn<fhir.CodeableConcept>(code), PROGRAM_CODES).includes('coverage'),
    ),
  };
}

/** How a request to be enrolled stands (https://hl7.org/fhir/R4/valueset-task-status.html). */
const STATES: Readonly<Record<string, NonNullable<Program['enrolment']>['state']>> = {
  requested: 'submitted',
  received: 'submitted',
  accepted: 'active',
  ready: 'active',
  'in-progress': 'active',
  'on-hold': 'active',
  rejected: 'declined',
  completed: 'ended',
  cancelled: 'ended',
  failed: 'ended',
};

/** How a patient's enrolment stands, from the Task that asks for it; nothing where the Task is about something else. */
export function toEnrolment(task: fhir.Task, zone: string): Program['enrolment'] {
  const state = STATES[task.status];
  const at = [task.authoredOn, task.meta?.lastUpdated].find((one) => momentOf(one) !== undefined);
  return state && task.id && at ? { id: task.id, state, at: inZone(at, zone) } : undefined;
}

/** A programme in a language where it has that. */
export function toProgram(
  plan: fhir.PlanDefinition,
  { formIds, documentIds }: Pick<Program, 'formIds' | 'documentIds'>,
  enrolment: Program['enrolment'],
  language: string | undefined,
): Program {
  const words = wordsOf(plan, language);
  const name = words.of(plan, 'title') ?? textOf(plan.name);
  const description = words.of(plan, 'description');
  if (!name) throw new LeftOut('no-name');
  return held(Program, {
    id: plan.id ?? '',
    name,
    ...(description && { description }),
    ...(words.language !== UNDETERMINED && { language: words.language }),
    formIds,
    documentIds,
    needsCoverage: neededBy(plan).needsCoverage,
    ...(enrolment && { enrolment }),
  });
}

const isProgram = ({ status, topic }: fhir.PlanDefinition): boolean =>
  status === 'active' && codesOf(objectsIn<fhir.CodeableConcept>(topic), PROGRAM_CODES).includes('program');

/** The patient's requests to be enrolled, the latest first. */
async function enrolmentsOf(setting: Setting, patientId: string, asking: Asking): Promise<fhir.Task[]> {
  const query = [['patient', `Patient/${patientId}`] as const, ['code', `${PROGRAM_CODES}|enrolment`] as const];
  const found = await searchAll<fhir.Task>(setting, 'Task', query, { ...asking, secret: true });
  const isOwn = (task: fhir.Task) =>
    idOf(task.for, 'Patient') === patientId && codesOf([task.code], PROGRAM_CODES).includes('enrolment');
  return found
    .filter((one) => lenient(one, isOwn, setting.warn))
    .sort((a, b) => Date.parse(b.authoredOn ?? '') - Date.parse(a.authoredOn ?? ''));
}

/** What programmes take, by their ids: forms by name, and documents. */
async function takenBy(setting: Setting, plans: readonly fhir.PlanDefinition[], asking: Asking) {
  const names = plans.flatMap((plan) => lenient(plan, neededBy, setting.warn)?.formNames ?? []);
  const [known, documents] = await Promise.all([
    names.length ? findQuestionnaires(setting, names, asking) : () => undefined,
    documentsOf(setting, asking),
  ]);
  return (plan: fhir.PlanDefinition) => ({
    formIds: neededBy(plan).formNames.flatMap((name) => known(name)?.id ?? []),
    documentIds: documents.flatMap((one) =>
      one.id && lenient(one, askedFor, setting.warn)?.programIds.includes(`${plan.id}`) ? [one.id] : [],
    ),
  });
}

interface ProgramQuery extends Paging {
  readonly acting: Acting;
  readonly language?: string | undefined;
}

/** The programmes that there are, and how the patient's enrolment in each stands. */
export async function findPrograms(setting: Setting, { acting, language, ...paging }: ProgramQuery, asking: Asking) {
  const query = [['topic', `${PROGRAM_CODES}|program`] as const, ['status', 'active'] as const];
  const [found, all, { isPrivate }] = await Promise.all([
    searchAll<fhir.PlanDefinition>(setting, 'PlanDefinition', query, asking),
    enrolmentsOf(setting, acting.patientId, asking),
    represented(setting, acting, asking),
  ]);
  // Where it is private to the patient, who acts knows of what they asked for themselves.
  const enrolments = all.filter(
    ({ requester }) => !isPrivate || idOf(requester, 'RelatedPerson') === acting.representativeId,
  );
  const plans = found.filter((one) => lenient(one, isProgram, setting.warn));
  const taken = await takenBy(setting, plans, asking);
  const { timeZone } = setting.ability.clinic;
  const shown = plans.map((plan) =>
    lenient(plan, (one) => toProgram(one, taken(one), enrolmentIn(one, enrolments, timeZone), language), setting.warn),
  );
  return listed(shown, paging);
}

const enrolmentIn = (
  { id }: fhir.PlanDefinition,
  enrolments: readonly fhir.Task[],
  zone: string,
): Program['enrolment'] => {
  const task = enrolments.find(({ focus }) => idOf(focus, 'PlanDefinition') === id);
  return task && toEnrolment(task, zone);
};

interface Enrolment {
  readonly acting: Acting;
  readonly programId: string;
  readonly responseIds: readonly string[];
  readonly consentIds: readonly string[];
  readonly coverageIds: readonly string[];
}

/** Asks for the patient to be enrolled, with all that it takes. */
export async function enrol(write: Write, request: Enrolment) {
  const { client, asking, key, ability } = write;
  const { acting, programId } = request;
  const [earlier, plan, who, enrolments] = await Promise.all([
    madeUnder<fhir.Task>(write, 'Task', key, asking),
    client.read<fhir.PlanDefinition>('PlanDefinition', programId, asking),
    represented(write, acting, asking),
    enrolmentsOf(write, acting.patientId, asking),
  ]);
  if (earlier) return receiptOf(earlier, request);
  if (!isProgram(plan)) throw new ClinicError('not-found', 'There is no such programme.');
  ensureKnown(who);
  const state = enrolmentIn(plan, enrolments, ability.clinic.timeZone)?.state;
  if (state === 'submitted' || state === 'active') {
    throw new ClinicError('conflict', 'The patient is enrolled already.');
  }
  const paths = await missingFrom(write, request, plan);
  if (paths.length) throw new ClinicError('invalid', 'Something that the programme takes is missing.', { paths });
  return receiptOf(await createOnce(write, fromEnrolment(request, write, who.authority), key, asking), request);
}

function receiptOf(task: fhir.Task, { acting, programId }: Enrolment) {
  const isOwn = idOf(task.for, 'Patient') === acting.patientId && idOf(task.focus, 'PlanDefinition') === programId;
  if (!isOwn || !task.id) throw otherRequest();
  return { id: task.id, status: 'accepted' as const };
}

/** The Task that asks staff to enrol the patient, and later says how that stands. */
export function fromEnrolment(
  { acting, programId, responseIds, consentIds, coverageIds }: Enrolment,
  { key, now }: Pick<Write, 'key' | 'now'>,
  authority: Authority,
): fhir.Task {
  const inputs = (code: string, type: string, ids: readonly string[]): fhir.TaskInput[] =>
    ids.map((id) => ({
      type: { coding: [{ system: ENROLMENT_INPUTS, code }] },
      valueReference: { reference: `${type}/${id}` },
    }));
  const input = [
    ...inputs('response', 'QuestionnaireResponse', responseIds),
    ...inputs('consent', 'Consent', consentIds),
    ...inputs('coverage', 'Coverage', coverageIds),
  ];
  return {
    resourceType: 'Task',
    identifier: [markOf(key)],
    status: 'requested',
    intent: 'order',
    code: { coding: [{ system: PROGRAM_CODES, code: 'enrolment' }] },
    description: 'Enrol the patient in a programme.',
    focus: { reference: `PlanDefinition/${programId}` },
    for: { reference: `Patient/${acting.patientId}` },
    authoredOn: new Date(now).toISOString(),
    requester: actorOf(acting, authority),
    ...(input.length && { input }),
  };
}

type Path = (string | number)[];

/** What the programme takes and was not gathered: each form filled in, each document agreed to, an insurance. */
async function missingFrom(write: Write, request: Enrolment, plan: fhir.PlanDefinition): Promise<Path[]> {
  const { acting, responseIds, consentIds, coverageIds } = request;
  const { patientId } = acting;
  const [taken, responses, consents, coverages] = await Promise.all([
    takenBy(write, [plan], write.asking),
    readAll<fhir.QuestionnaireResponse>(write, 'QuestionnaireResponse', responseIds),
    readAll<fhir.Consent>(write, 'Consent', consentIds),
    readAll<fhir.Coverage>(write, 'Coverage', coverageIds),
  ]);
  const { formIds, documentIds } = taken(plan);
  const filled = responses.flatMap((one) =>
    one && idOf(one.subject, 'Patient') === patientId && one.status !== 'entered-in-error' ? [formReadIn(one)?.id] : [],
  );
  const agreed = consents.flatMap((one) =>
    one && idOf(one.patient, 'Patient') === patientId && decisionIn(one, todayAt(write)) === 'accepted'
      ? [documentReadIn(one)?.id]
      : [],
  );
  const insured = coverages.some(
    (one) => one && idOf(one.beneficiary, 'Patient') === patientId && one.status === 'active',
  );
  return [
    ...(formIds.every((id) => filled.includes(id)) ? [] : [['responseIds']]),
    ...(documentIds.every((id) => agreed.includes(id)) ? [] : [['consentIds']]),
    ...(neededBy(plan).needsCoverage && !insured ? [['coverageIds']] : []),
  ];
}

/** What is there under some ids; nothing in the place of what is not. */
const readAll = <R extends fhir.FhirResource>(
  { client, asking }: Write,
  type: R['resourceType'],
  ids: readonly string[],
): Promise<(R | undefined)[]> =>
  Promise.all(
    ids.map((id) =>
      client.read<R>(type, id, asking).catch((error: unknown) => {
        if (!isOneOf(error, 'not-found')) throw error;
        return undefined;
      }),
    ),
  );
