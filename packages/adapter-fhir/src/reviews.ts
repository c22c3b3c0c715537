import type * as fhir from 'fhir/r4.js';
import { type AlertRequest, Attention, type Outcome, type Submission } from '@clinic-widgets/core/forms.js';
import { inZone } from '@clinic-widgets/core/time.js';
import type { Asking } from './client.ts';
import { codesOf, idAmong, idOf, momentOf } from './datatypes.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { pageOf, type Paging } from './paging.ts';
import { actorOf, formReadIn } from './responses.ts';
import { searchAll, type Setting } from './setting.ts';
import { fromInput } from './values.ts';
import { ALERT_INPUTS, ALERT_REASONS, ATTENTION_CODES, WRITE_KEY } from './vocabulary.ts';

type Priority = Attention['priority'];

/** What a Task for staff is about. */
interface About {
  readonly kind: Attention['kind'];
  readonly priority: Priority;
  readonly key: string;
  readonly now: number;
}

/** What tells the Tasks apart that are made under one key. */
export const taskKey = (kind: Attention['kind'], key: string): string => `${key}/${kind}`;

/** How soon staff must go through a form: a flagged answer makes it urgent, an emergency is at once. */
export function priorityOf(outcome: Outcome | undefined, isFlagged: boolean): Priority {
  if (outcome === 'emergency') return 'stat';
  return isFlagged || (outcome !== undefined && outcome !== 'booking') ? 'urgent' : 'routine';
}

const concept = (system: string, code: string): fhir.CodeableConcept => ({ coding: [{ system, code }] });

function fromAbout(
  { kind, priority, key, now }: About,
  { acting, appointmentId }: Pick<Submission, 'acting' | 'appointmentId'>,
): fhir.Task {
  return {
    resourceType: 'Task',
    identifier: [{ system: WRITE_KEY, value: taskKey(kind, key) }],
    ...(appointmentId !== undefined && { basedOn: [{ reference: `Appointment/${appointmentId}` }] }),
    status: 'requested',
    intent: 'order',
    priority,
    code: concept(ATTENTION_CODES, kind),
    for: { reference: `Patient/${acting.patientId}` },
    authoredOn: new Date(now).toISOString(),
    requester: actorOf(acting),
  };
}

/** The Task to go through a form that was handed in. It says nothing of the answers. */
export const fromReview = (submission: Submission, response: fhir.QuestionnaireResponse, about: About): fhir.Task => ({
  ...fromAbout(about, submission),
  description: 'Go through a form that the patient has handed in.',
  focus: { reference: `QuestionnaireResponse/${response.id}` },
  reasonReference: { reference: `Questionnaire/${formReadIn(response)?.id ?? submission.form.id}` },
});

/** The Task to look after somebody now, with what was answered, for the form may never be handed in. */
export function fromAlert(request: AlertRequest, about: About): fhir.Task {
  const { reason, form, linkId, values = [] } = request;
  const input = [
    ...(linkId ? [{ type: concept(ALERT_INPUTS, 'link-id'), valueString: linkId }] : []),
    ...values.map((value) => ({ type: concept(ALERT_INPUTS, 'answer'), ...fromInput(value) })),
  ];
  return {
    ...fromAbout(about, request),
    description: 'Look after the patient now.',
    focus: { reference: `Questionnaire/${form.id}` },
    reasonCode: concept(ALERT_REASONS, reason),
    ...(input.length && { input }),
  };
}

/** Whether a Task is for staff, as this package makes them. */
export const isForStaff = ({ code }: fhir.Task): boolean => codesOf([code], ATTENTION_CODES).length > 0;

/** R4's priorities, of which there is one more (https://hl7.org/fhir/R4/valueset-request-priority.html). */
const PRIORITIES: Readonly<Record<string, Priority>> = { urgent: 'urgent', asap: 'urgent', stat: 'stat' };

/** What waits for staff, from a Task. */
export function toAttention(task: fhir.Task, clinicZone: string): Attention {
  const { id = '', priority, focus, reasonReference, basedOn, input } = task;
  const [kind] = codesOf([task.code], ATTENTION_CODES);
  const patientId = idOf(task.for, 'Patient');
  if (!patientId) throw new LeftOut('no-patient');
  const at = [task.authoredOn, task.lastModified, task.meta?.lastUpdated].find((one) => momentOf(one) !== undefined);
  const formId = idAmong([focus, reasonReference], 'Questionnaire');
  const responseId = idOf(focus, 'QuestionnaireResponse');
  const appointmentId = idAmong(basedOn ?? [], 'Appointment');
  const asked = input?.find(({ type }) => codesOf([type], ALERT_INPUTS).includes('link-id'))?.valueString;
  return held(Attention, {
    id,
    kind: kind as Attention['kind'],
    priority: PRIORITIES[priority ?? ''] ?? 'routine',
    at: at ? inZone(at, clinicZone) : '',
    patientId,
    ...(formId && { formId }),
    ...(responseId && { responseId }),
    ...(appointmentId && { appointmentId }),
    ...(asked && { linkId: asked }),
  });
}

/** Statuses of what is still to be done (https://hl7.org/fhir/R4/valueset-task-status.html). */
export const OPEN = 'draft,requested,received,accepted,ready,in-progress,on-hold';

const PRESSING: readonly Priority[] = ['stat', 'urgent', 'routine'];

/** What waits for staff, the most pressing first, then what waits longest. */
export async function findAttention(
  setting: Setting,
  { patientId, ...paging }: Paging & { readonly patientId?: string | undefined },
  asking: Asking,
) {
  const codes = ['review', 'alert'].map((code) => `${ATTENTION_CODES}|${code}`).join();
  const patient = patientId === undefined ? [] : [['patient', `Patient/${patientId}`] as const];
  const query = [['code', codes], ['status', OPEN], ...patient] as const;
  const tasks = await searchAll<fhir.Task>(setting, 'Task', query, { ...asking, secret: true });
  const { timeZone } = setting.ability.clinic;
  const found = tasks
    .filter((task) => lenient(task, isForStaff, setting.warn))
    .flatMap((task) => lenient(task, (one) => toAttention(one, timeZone), setting.warn) ?? [])
    .filter((one) => patientId === undefined || one.patientId === patientId);
  const keyOf = ({ id, priority, at }: Attention) =>
    `${PRESSING.indexOf(priority)}/${new Date(at).toISOString()}/${id}`;
  return pageOf(
    found.map((one) => [keyOf(one), one] as const),
    paging,
  );
}
