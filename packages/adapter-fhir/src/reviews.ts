import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import type { AlertRequest, Outcome, Submission } from '@clinic-widgets/core/forms.js';
import { actorOf } from './acting.ts';
import { codesOf } from './datatypes.ts';
import { formReadIn } from './responses.ts';
import { fromInput } from './values.ts';
import { ALERT_INPUTS, ALERT_REASONS, ATTENTION_CODES, WRITE_KEY } from './vocabulary.ts';

type Priority = Attention['priority'];

/** What a Task for staff is about. */
interface About {
  readonly kind: Attention['kind'];
  readonly priority: Priority;
  readonly key: string;
  readonly now: number;
  readonly authority?: Authority;
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
  { kind, priority, key, now, authority }: About,
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
    requester: actorOf(acting, authority),
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

/** Statuses of what is still to be done (https://hl7.org/fhir/R4/valueset-task-status.html). */
export const OPEN = 'draft,requested,received,accepted,ready,in-progress,on-hold';
