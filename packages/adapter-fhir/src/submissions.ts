import type * as fhir from 'fhir/r4.js';
import { hasFlag, misfits } from '@clinic-widgets/core/answers.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type { AlertRequest, Submission } from '@clinic-widgets/core/forms.js';
import { admit } from './admission.ts';
import { ownAppointment } from './participants.ts';
import { type Asking, isOneOf } from './client.ts';
import { codesOf, idOf } from './datatypes.ts';
import { answeredBy, requestsFor } from './form-requests.ts';
import { findInUse, questionnaireOf } from './known-forms.ts';
import { warningOf } from './lenient.ts';
import { toForm } from './questionnaires.ts';
import { refusedAt } from './refusals.ts';
import { formReadIn, fromSubmission } from './responses.ts';
import { fromAlert, fromReview, priorityOf, taskKey } from './reviews.ts';
import { searchAll, type Setting } from './setting.ts';
import { ATTENTION_CODES, WRITE_KEY } from './vocabulary.ts';
import { create, update } from './writes.ts';

/** A write: what goes with the call, and what it works with. */
export interface FormWrite extends Setting {
  readonly key: string;
  readonly asking: Asking;
}

/**
 * Hands in a form. What must follow the response is done without the caller's signal, and done by a retry where it was
 * not: no response is without its review.
 */
export async function submit(write: FormWrite, submission: Submission): Promise<{ id: string; status: 'accepted' }> {
  const { asking, key } = write;
  const { acting, appointmentId, form } = submission;
  const reading = questionnaireOf(write, form.id, asking);
  reading.catch(() => undefined);
  const [earlier, authority] = await Promise.all([responseUnder(write, asking), admit(write, acting, asking)]);
  if (earlier) return repeat(write, submission, earlier);

  const [questionnaire] = await Promise.all([
    reading,
    appointmentId === undefined ? undefined : ownAppointment(write, acting.patientId, appointmentId, asking),
  ]);
  const shown = toForm(questionnaire, submission.language);
  if (shown.patientOnly && acting.representativeId !== undefined) throw patientsAlone();
  if (form.version && shown.version !== form.version) throw new ClinicError('conflict', 'The form has changed.');
  const wrong = misfits(shown, submission.items);
  if (wrong.length) throw new ClinicError('invalid', 'The answers do not fit the form.', { misfits: wrong });

  const draft = fromSubmission(submission, questionnaire, shown.items, key, authority);
  const response = await createResponse(write, draft);
  const { id } = ensureOwn(response, submission);
  await review(write, submission, response, hasFlag(shown, submission.items));
  await settleRequests(write, submission, id, questionnaire);
  return { id, status: 'accepted' };
}

/** The refusal of a form that is the patient's alone to someone who acts for them. */
export const patientsAlone = () => new ClinicError('forbidden', 'The form is the patient’s alone.');

/** A form that was handed in before, under the same key; what was left undone of it is done. */
async function repeat(write: FormWrite, submission: Submission, earlier: fhir.QuestionnaireResponse) {
  const { id } = ensureOwn(earlier, submission);
  const reviewed = await taskUnder(write, 'review', {});
  // The form may have changed since, or be gone. What cannot be told any more is taken to be urgent.
  const questionnaire = await questionnaireOf(write, submission.form.id, {}).catch(() => undefined);
  if (!reviewed) {
    const form = questionnaire && toForm(questionnaire, submission.language);
    const isSame = form && (!submission.form.version || form.version === submission.form.version);
    await review(write, submission, earlier, isSame ? hasFlag(form, submission.items) : true);
  }
  await settleRequests(write, submission, id, questionnaire);
  return { id, status: 'accepted' as const };
}

/** Lets a response pass that is the one handed in now: a key may have been used for something else. */
function ensureOwn(response: fhir.QuestionnaireResponse, { acting, form }: Submission): { readonly id: string } {
  const read = formReadIn(response);
  const isOwn = idOf(response.subject, 'Patient') === acting.patientId && (!read || isNamed(read.id, form.id));
  if (!isOwn || !response.id) throw otherRequest();
  return { id: response.id };
}

/** A form may be asked for by its canonical, and is known by its id. */
const isNamed = (id: string, name: string): boolean => id === name || /[:/]/.test(name);

const otherRequest = () => new ClinicError('invalid', 'The idempotency key was used for another request.');

async function responseUnder(write: FormWrite, asking: Asking): Promise<fhir.QuestionnaireResponse | undefined> {
  const query = [['identifier', `${WRITE_KEY}|${write.key}`]] as const;
  const secret = { ...asking, secret: true };
  const found = await searchAll<fhir.QuestionnaireResponse>(write, 'QuestionnaireResponse', query, secret);
  return found.find(({ identifier }) => identifier?.system === WRITE_KEY && identifier.value === write.key);
}

async function createResponse(write: FormWrite, draft: fhir.QuestionnaireResponse) {
  try {
    return await create(write.client, draft, write.asking, `${WRITE_KEY}|${write.key}`);
  } catch (error) {
    // The reply may be lost, and not the write.
    const made = isOneOf(error, 'unavailable', 'unexpected')
      ? await responseUnder(write, write.asking).catch(() => undefined)
      : undefined;
    if (made) return made;
    throw isOneOf(error, 'invalid') ? refusedAt(error as ClinicError, pathsOf) : error;
  }
}

type Path = readonly (string | number)[];

/** Where `QuestionnaireResponse.item[0].answer[1].valueString` stands in what was handed in; nothing of other places. */
function pathsOf(place: string): Path[] {
  const path: (string | number)[] = [];
  for (const step of place.split('.').slice(1)) {
    const [, name, index] = /^(item|answer)\[(\d+)\]$/.exec(step) ?? [];
    if (name && index) path.push(`${name}s`, Number(index));
    else {
      if (path.length && step.startsWith('value') && path.at(-2) === 'answers') path.push('value');
      else if (path.length && step === 'linkId') path.push('linkId');
      break;
    }
  }
  return path.length ? [path] : [];
}

/** Makes the Task to go through what was handed in. Without it the form counts as not handed in, and is tried again. */
async function review(
  write: FormWrite,
  submission: Submission,
  response: fhir.QuestionnaireResponse,
  isFlagged: boolean,
): Promise<void> {
  const { client, key, now } = write;
  const priority = priorityOf(submission.outcome, isFlagged);
  const task = fromReview(submission, response, { kind: 'review', priority, key, now });
  try {
    await create(client, task, {}, `${WRITE_KEY}|${taskKey('review', key)}`);
  } catch (cause) {
    const isLost = isOneOf(cause, 'unavailable', 'unexpected');
    if (isLost && (await taskUnder(write, 'review', {}).catch(() => undefined))) return;
    if (isOneOf(cause, 'unavailable', 'throttled', 'unauthenticated')) throw cause;
    throw new ClinicError('unavailable', 'Staff could not be asked to review the form.', { cause });
  }
}

async function taskUnder(write: FormWrite, kind: 'review' | 'alert', asking: Asking): Promise<fhir.Task | undefined> {
  const value = taskKey(kind, write.key);
  const query = [['identifier', `${WRITE_KEY}|${value}`]] as const;
  const found = await searchAll<fhir.Task>(write, 'Task', query, { ...asking, secret: true });
  return found.find(({ identifier = [] }) => identifier.some((one) => one.system === WRITE_KEY && one.value === value));
}

/** Closes the requests of staff's that a response answers. That it was handed in stands without. */
async function settleRequests(
  write: FormWrite,
  { acting, appointmentId }: Submission,
  responseId: string,
  questionnaire: fhir.Questionnaire | undefined,
): Promise<void> {
  if (!questionnaire) return;
  const note = (task: fhir.Task | fhir.Questionnaire) => write.warn(warningOf(task, 'not-settled'));
  try {
    const all = await requestsFor(write, acting.patientId, {});
    const fitting = all.filter((one) => one.appointmentId === undefined || one.appointmentId === appointmentId);
    const known = await findInUse(
      write,
      fitting.map(({ name }) => name),
      {},
    );
    const answered = fitting.filter(({ name }) => known(name)?.id === questionnaire.id);
    await Promise.all(
      answered.map(({ task }) => update(write.client, task, answeredBy(responseId, task), {}).catch(() => note(task))),
    );
  } catch {
    note(questionnaire);
  }
}

/** Tells staff at once. */
export async function alert(write: FormWrite, request: AlertRequest): Promise<{ id: string }> {
  const { client, asking, key, now } = write;
  const authority = await admit(write, request.acting, asking);
  const draft = fromAlert(request, { kind: 'alert', priority: 'stat', key, now, authority });
  const task = await create(client, draft, asking, `${WRITE_KEY}|${taskKey('alert', key)}`).catch(
    async (error: unknown) => {
      const made = isClinicError(error) ? await taskUnder(write, 'alert', asking).catch(() => undefined) : undefined;
      if (made) return made;
      throw error;
    },
  );
  const isOwn =
    idOf(task.for, 'Patient') === request.acting.patientId && codesOf([task.code], ATTENTION_CODES).includes('alert');
  if (!isOwn || !task.id) throw otherRequest();
  return { id: task.id };
}
