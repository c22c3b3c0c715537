import type * as fhir from 'fhir/r4.js';
import type { Visit, VisitStep } from '@clinic-widgets/core/check-in.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { actorOf } from './acting.ts';
import { saidInput } from './attention.ts';
import { isOneOf } from './client.ts';
import { fromStation } from './confirmations.ts';
import { codesOf, idAmong } from './datatypes.ts';
import { show } from './appointments.ts';
import { lenient } from './lenient.ts';
import { numbered } from './numbers.ts';
import { createOnce, markOf, type Write } from './once.ts';
import { lacksOf, preparationsOf } from './preparations.ts';
import { record } from './records.ts';
import { OPEN } from './reviews.ts';
import { searchAll } from './setting.ts';
import type { VisitAsked } from './visit.ts';
import { arrived, concept, left, marksOf, mendVisit, toMarks, withInput } from './visit-tasks.ts';
import { after, isThere, isToday, ownVisit } from './visits.ts';
import { ATTENTION_CODES, VISIT_STATES } from './vocabulary.ts';
import { update } from './writes.ts';

type Status = fhir.Appointment['status'];

/** Those who have come and not left. */
const HERE: readonly Status[] = ['arrived', 'checked-in'];

const instantOf = ({ now }: Write): string => new Date(now).toISOString();

/** Holds a step to what it is a step from, and to what the patient saw. */
function ensureFrom({ appointment }: VisitAsked, { appointment: seen }: VisitStep, status: Status): void {
  if (appointment.status !== status) throw new ClinicError('conflict', 'The visit does not stand so that this can be.');
  if (seen.version && appointment.meta?.versionId !== seen.version) {
    throw new ClinicError('conflict', 'The visit has changed.');
  }
}

/**
 * Brings a visit from one status to the next (https://hl7.org/fhir/R4/codesystem-appointmentstatus.html), if it is
 * still the version that was read. A lost race is looked at again: who was faster may have done the same.
 */
async function moveTo(write: Write, visit: VisitAsked, next: Status, reached: readonly Status[]): Promise<VisitAsked> {
  const { client, asking } = write;
  try {
    const moved = await update(client, visit.appointment, { status: next }, asking);
    await record(write, visit.acting, visit.authority, moved);
    return { ...visit, appointment: moved };
  } catch (error) {
    if (!isOneOf(error, 'conflict', 'unavailable', 'unexpected')) throw error;
    const now = await client.read<fhir.Appointment>('Appointment', visit.appointmentId, asking).catch(() => undefined);
    if (!now || !reached.includes(now.status)) throw error;
    return { ...visit, appointment: now };
  }
}

/** Everything was done from home. */
export async function prepareVisit(write: Write, step: VisitStep): Promise<Visit> {
  const { asking } = write;
  const visit = await ownVisit(write, step.acting, step.appointment.id, asking);
  const marks = await marksOf(write, visit.appointmentId, asking);
  const { status } = visit.appointment;
  if (HERE.includes(status) || (status === 'booked' && marks.isReady)) {
    return after(write, visit, marks, step.station, asking);
  }
  ensureFrom(visit, step, 'booked');
  const task = await mendVisit(write, visit, (now) =>
    toMarks(now).isReady
      ? undefined
      : {
          businessStatus: concept(VISIT_STATES, 'ready'),
          input: withInput(now, 'ready', { valueInstant: instantOf(write) }, visit),
        },
  );
  return after(write, visit, toMarks(task), step.station, asking);
}

/** The patient is there. */
export async function arriveAtVisit(write: Write, step: VisitStep): Promise<Visit> {
  const { asking } = write;
  const found = await ownVisit(write, step.acting, step.appointment.id, asking);
  const shown = await show(write, found.appointment, asking);
  if (!isThere(write, step.station, shown)) {
    throw new ClinicError('forbidden', 'Nothing shows that the patient is there.');
  }
  const isHere = HERE.includes(found.appointment.status);
  if (!isHere) {
    ensureFrom(found, step, 'booked');
    if (!isToday(write, shown)) throw new ClinicError('conflict', 'The visit is not today.');
  }
  const visit = isHere ? found : await moveTo(write, found, 'arrived', HERE);
  // What an earlier try, or staff in their own system, have left undone of it is done.
  const task = await numbered(write, await mendVisit(write, visit, arrived(instantOf(write))));
  if (visit.appointment.status === 'arrived') await tellUnfinished(write, visit, step);
  return after(write, visit, toMarks(task), step.station, asking);
}

/** All that is mandatory is done. */
export async function checkIn(write: Write, step: VisitStep): Promise<Visit> {
  const { asking } = write;
  const found = await ownVisit(write, step.acting, step.appointment.id, asking);
  const marks = await marksOf(write, found.appointmentId, asking);
  if (found.appointment.status === 'checked-in') return after(write, found, marks, step.station, asking);
  ensureFrom(found, step, 'arrived');
  const open = (await preparationsOf(write, found, asking)).filter(
    ({ mandatory, state }) => mandatory && state !== 'done',
  );
  if (open.length) throw new ClinicError('conflict', 'Something that must be done before the visit is not.');
  const visit = await moveTo(write, found, 'checked-in', ['checked-in']);
  await tellUnfinished(write, visit, step);
  return after(write, visit, marks, step.station, asking);
}

/** The patient leaves. */
export async function checkOut(write: Write, step: VisitStep): Promise<Visit> {
  const { asking } = write;
  const found = await ownVisit(write, step.acting, step.appointment.id, asking);
  const isOver = found.appointment.status === 'fulfilled';
  if (!isOver) ensureFrom(found, step, 'checked-in');
  const visit = isOver ? found : await moveTo(write, found, 'fulfilled', ['fulfilled']);
  const task = await mendVisit(write, visit, left(instantOf(write)));
  return after(write, visit, toMarks(task), step.station, asking);
}

/** Tells the desk what it has to finish, unless it has that before it already. */
async function tellUnfinished(write: Write, visit: VisitAsked, { station }: VisitStep): Promise<void> {
  const { acting, authority, patientId, appointmentId } = visit;
  // What is the patient's alone is the desk's to know all the same.
  const lacks = await lacksOf(write, { ...visit, acting: { patientId }, isHidden: false }, write.asking);
  if (!lacks.length || (await isTold(write, visit))) return;
  const key = `${appointmentId}/unfinished`;
  const task: fhir.Task = {
    resourceType: 'Task',
    extension: [fromStation(station)],
    identifier: [markOf(key)],
    basedOn: [{ reference: `Appointment/${appointmentId}` }],
    status: 'requested',
    intent: 'order',
    priority: 'routine',
    code: concept(ATTENTION_CODES, 'unfinished'),
    description: 'Finish something of the patient’s visit.',
    for: { reference: `Patient/${patientId}` },
    authoredOn: instantOf(write),
    requester: actorOf(acting, authority),
    input: lacks.map((name) => saidInput('unfinished', { valueCode: name })),
  };
  await createOnce(write, task, key, write.asking);
}

/** Whether the desk has something of the visit before it. */
async function isTold(write: Write, { patientId, appointmentId }: VisitAsked): Promise<boolean> {
  const query = [
    ['code', `${ATTENTION_CODES}|unfinished`],
    ['patient', `Patient/${patientId}`],
    ['status', OPEN],
  ] as const;
  const tasks = await searchAll<fhir.Task>(write, 'Task', query, { ...write.asking, secret: true });
  return tasks.some((task) =>
    lenient(
      task,
      ({ code, basedOn = [] }) =>
        codesOf([code], ATTENTION_CODES).includes('unfinished') && idAmong(basedOn, 'Appointment') === appointmentId,
      write.warn,
    ),
  );
}
