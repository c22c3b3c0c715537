import type * as fhir from 'fhir/r4.js';
import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { show } from './appointments.ts';
import { isOneOf } from './client.ts';
import { objectOf, objectsIn, textOf } from './elements.ts';
import { markOf, type Write } from './once.ts';
import { ownAppointment } from './participants.ts';
import { concept } from './visit-tasks.ts';
import { REMINDER, VISIT_TASKS, WRITE_KEY } from './vocabulary.ts';
import { create } from './writes.ts';

/** What a reminder says, as the gateway hands it on after it has checked who signed it. */
interface Reminder {
  readonly appointmentId: string;
  readonly patientId: string;
  /** Tells one link from every other. */
  readonly jti: string;
  /** Until when it is good, in seconds since 1970 (https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4). */
  readonly exp: number;
}

interface Answer {
  readonly token: string;
  readonly answer: 'coming' | 'cannot-come';
}

/** Which of them it is, is nothing for who may have found the link. */
const notGood = () => new ClinicError('not-found', 'The link is not good, or no longer.');

function reminderIn(token: string): Reminder | undefined {
  try {
    const { appointmentId, patientId, jti, exp } = objectOf(JSON.parse(token));
    const said = [appointmentId, patientId, jti].map(textOf);
    if (said.includes(undefined) || typeof exp !== 'number') return undefined;
    return { appointmentId: said[0]!, patientId: said[1]!, jti: said[2]!, exp };
  } catch {
    return undefined;
  }
}

const CANCELLABLE: readonly fhir.Appointment['status'][] = ['waitlist', 'proposed', 'pending', 'booked'];

/** Answers a reminder, once. The link is used up before the visit is called off, which a retry under the key finishes. */
export async function respondToAppointment(write: Write, { token, answer }: Answer) {
  const { asking, now } = write;
  const reminder = reminderIn(token);
  if (!reminder || reminder.exp * 1000 <= now) throw notGood();
  const { patientId, appointmentId } = reminder;
  const found = await ownAppointment(write, patientId, appointmentId, asking).catch((error: unknown) => {
    throw isOneOf(error, 'not-found', 'invalid') ? notGood() : error;
  });
  const isOff = answer === 'coming' || found.status === 'cancelled';
  if (!isOff && !CANCELLABLE.includes(found.status)) {
    throw new ClinicError('conflict', 'The visit can no longer be called off.');
  }
  await useUp(write, reminder, answer);
  const { start, timeZone, status } = isOff ? await show(write, found, asking) : await callOff(write, found, reminder);
  return { ...(start && { start }), timeZone, status };
}

/** Notes that the link was used; it is good for nobody but who used it, under the same key. */
async function useUp(write: Write, { jti, patientId, appointmentId }: Reminder, answer: string): Promise<void> {
  const task: fhir.Task = {
    resourceType: 'Task',
    identifier: [{ system: REMINDER, value: jti }, markOf(write.key)],
    status: 'completed',
    intent: 'order',
    code: concept(VISIT_TASKS, 'reminder'),
    description: answer === 'coming' ? 'The patient says that they come.' : 'The patient says that they cannot come.',
    focus: { reference: `Appointment/${appointmentId}` },
    for: { reference: `Patient/${patientId}` },
    authoredOn: new Date(write.now).toISOString(),
  };
  const made = await create(write.client, task, write.asking, `${REMINDER}|${jti}`);
  const isOwn = objectsIn<fhir.Identifier>(made.identifier).some(
    ({ system, value }) => system === WRITE_KEY && value === write.key,
  );
  if (!isOwn) throw notGood();
}

/** Cancels as a patient does in a portal, so that the time is free again. */
async function callOff(write: Write, { meta }: fhir.Appointment, { patientId, appointmentId }: Reminder) {
  const { partWith } = await import('./parts.ts');
  const { cancelAppointment }: AdapterImplementation = await partWith('cancelAppointment', write);
  return cancelAppointment!(
    {
      acting: { patientId },
      appointment: { id: appointmentId, version: meta?.versionId ?? '' },
      reason: 'cannot-come',
    },
    { ...(write.asking.signal && { signal: write.asking.signal }), idempotencyKey: write.key },
  );
}
