import type * as fhir from 'fhir/r4.js';
import type { AdapterImplementation, CallOptions } from '@clinic-widgets/core/adapter.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type {
  Appointment,
  BookingRequest,
  CancelRequest,
  Hold,
  HoldRelease,
  HoldRequest,
  RescheduleRequest,
  WaitlistRequest,
} from '@clinic-widgets/core/appointments.js';
import { inZone } from '@clinic-widgets/core/time.js';
import { admit } from './admission.ts';
import { keysOf, show, visitTypeIn } from './appointments.ts';
import { ownAppointment } from './participants.ts';
import { CANCELLABLE, claim, type Claim, ensureToCome, holdMark, modeFor, ordered } from './claims.ts';
import type { Asking } from './client.ts';
import { idOf } from './datatypes.ts';
import { bookedActors, cancelled, type Draft, fromBooking, fromWaitlist, keyed, movedTo } from './drafts.ts';
import { warningOf } from './lenient.ts';
import { serviceOf, visitTypeOf } from './offers.ts';
import { change, create, madeUnder, record } from './records.ts';
import { searchAll, type Setting } from './setting.ts';
import { fingerprint, isMarked, lock, marked, release, settle } from './slot-lock.ts';
import { type Mark, markOf } from './slot-marks.ts';
import { slotsTaken } from './standing.ts';
import { ANY_VISIT, modesOf } from './visit-types.ts';
import { BOOKING_MARK } from './vocabulary.ts';
import { update } from './writes.ts';

/** A write: what goes with the call, and what it works with. */
export interface Write extends Setting {
  readonly key: string;
  readonly asking: Asking;
}

/** Makes the operations of a setting out of what each of them does. */
export const writes =
  (setting: Setting) =>
  <I, O>(run: (write: Write, input: I) => Promise<O>) =>
  (input: I, { idempotencyKey, signal }: CallOptions & { readonly idempotencyKey: string }): Promise<O> =>
    run({ ...setting, key: idempotencyKey, asking: { signal } }, input);

/**
 * The writes of scheduling, at a server where the Slot is the lock, or where bookings are requests. What has to follow
 * a write that counts is done without the caller's signal: whoever gives up then must not leave it undone.
 */
export function bookingWrites(setting: Setting): AdapterImplementation {
  const write = writes(setting);
  return {
    holdSlot: write(hold),
    releaseHold: write(letGo),
    bookAppointment: write(book),
    rescheduleAppointment: write(reschedule),
    cancelAppointment: write(cancel),
    joinWaitlist: write(wait),
  };
}

async function hold(write: Write, request: HoldRequest): Promise<Hold> {
  const { acting, slot: seen, visitTypeId } = request;
  const id = `${seen.id}/${write.key}`;
  const mark = holdMark(id, acting, endOfHold(write));
  const [{ slot, offer }] = await Promise.all([
    claim(write, request, visitTypeId, mark, write.asking),
    admit(write, acting, write.asking),
  ]);
  const kept = await lock(write.client, slot, mark, write.now, write.asking);
  if (!kept) throw new ClinicError('unsupported', 'Slots may not be written.');
  const until = markOf(kept)?.until ?? mark.until!;
  return { id, slotId: seen.id, expires: inZone(new Date(until).toISOString(), offer.timeZone) };
}

async function letGo(write: Write, { acting, holdId }: HoldRelease): Promise<Record<string, never>> {
  await admit(write, acting, write.asking);
  try {
    await release(write.client, holdId.split('/')[0]!, holdMark(holdId, acting), write.asking);
  } catch (error) {
    // Whoever has the slot now, or if it is gone: the hold has ended.
    if (!isClinicError(error) || !['conflict', 'not-found'].includes(error.code)) throw error;
  }
  return {};
}

async function book(write: Write, request: BookingRequest): Promise<Appointment> {
  const { client, asking, key, ability } = write;
  const { acting, visitTypeId } = request;
  const mark = bookingMark(write, key, acting);
  const claiming = claim(write, request, visitTypeId, mark, asking);
  claiming.catch(() => undefined);
  const [earlier, authority] = await Promise.all([madeUnder(write, key, asking), admit(write, acting, asking)]);
  if (earlier) return repeatBooking(write, request, earlier, mark);

  const claimed = await claiming;
  await ordered(write, request, claimed.visitType, asking);
  const mode = modeFor(claimed.modes, request.mode);
  const make = async (status: Draft['status']) =>
    create(write, key, fromBooking(request, claimed.slot, { ...draftOf(write, claimed, status), mode }), asking);

  const locked = ability.way === 'lock' ? await lock(client, claimed.slot, mark, write.now, asking) : undefined;
  const appointment = locked
    ? await make('booked').catch((error: unknown) => giveUp(write, locked, mark, error))
    : await make('proposed');
  if (locked) await confirm(write, locked, mark, () => change(write, appointment, { status: 'entered-in-error' }, {}));
  await record(write, acting, authority, appointment);
  return show(write, appointment, asking, claimed.directory);
}

/** A booking that was made before, under the same key; what was left undone of it is done. */
async function repeatBooking(write: Write, { acting, slot }: BookingRequest, earlier: fhir.Appointment, mark: Mark) {
  if (earlier.status === 'entered-in-error') throw new ClinicError('conflict', 'The slot was taken over.');
  const appointment = await show(write, earlier, write.asking);
  if (appointment.patientId !== acting.patientId || idOf(earlier.slot?.[0], 'Slot') !== slot.id) throw otherRequest();
  await finish(write, slot.id, mark);
  return appointment;
}

async function reschedule(write: Write, request: RescheduleRequest): Promise<Appointment> {
  const { client, asking } = write;
  const { acting } = request;
  const key = `${write.key}/moved`;
  const mark = bookingMark(write, key, acting);
  const [found, authority] = await Promise.all([
    ownAppointment(write, acting.patientId, request.appointment.id, asking),
    admit(write, acting, asking),
  ]);
  if (keysOf(found).includes(key)) return repeatMove(write, request, found, mark);

  ensureAsSeen(found, request.appointment, write.now);
  const { start, end, slot, participant, identifier, extension } = found;
  if (!start) throw new ClinicError('conflict', 'The appointment has no time to move.');
  const before = { start, end, slot, participant, identifier, extension };
  const claimed = await claim(write, request, visitTypeIn(found)?.id ?? ANY_VISIT.id, mark, asking);
  const locked = await lock(client, claimed.slot, mark, write.now, asking);
  if (!locked) throw new ClinicError('forbidden', 'Slots may not be written.');

  const { modes } = claimed;
  const mode = modesOf(found).find((one) => modes.includes(one)) ?? modes[0];
  const moved = { ...movedTo(found, locked, bookedActors(claimed.offer.schedule), mode), ...keyed(found, key) };
  const appointment = await change(write, found, moved, asking, key).catch((error: unknown) =>
    giveUp(write, locked, mark, error),
  );
  await confirm(write, locked, mark, () => change(write, appointment, before, {}));
  await free(write, found, acting);
  await record(write, acting, authority, appointment);
  return show(write, appointment, asking);
}

async function repeatMove(write: Write, { acting, slot }: RescheduleRequest, found: fhir.Appointment, mark: Mark) {
  if (idOf(found.slot?.[0], 'Slot') !== slot.id) throw otherRequest();
  await finish(write, slot.id, mark);
  // The appointment does not say any more which slot it had: the slot itself does.
  const marks = keysOf(found).map((key) => `${BOOKING_MARK}|${fingerprint(key, acting.patientId)}`);
  const slots = await searchAll<fhir.Slot>(write, 'Slot', [['identifier', marks.join()]], write.asking);
  const old = slots.filter((one) => !isMarked(one, mark));
  await free(write, { ...found, slot: old.map(({ id }) => ({ reference: `Slot/${id}` })) }, acting, true);
  return show(write, found, write.asking);
}

async function cancel(write: Write, request: CancelRequest): Promise<Appointment> {
  const { acting } = request;
  const key = `${write.key}/cancelled`;
  const [found, authority] = await Promise.all([
    ownAppointment(write, acting.patientId, request.appointment.id, write.asking),
    admit(write, acting, write.asking),
  ]);
  const repeat = keysOf(found).includes(key);
  if (!repeat) ensureAsSeen(found, request.appointment, write.now, CANCELLABLE);
  const changes = { ...cancelled(request), ...keyed(found, key) };
  const appointment = repeat ? found : await change(write, found, changes, write.asking, key);
  await free(write, found, acting, repeat);
  if (!repeat) await record(write, acting, authority, appointment);
  return show(write, appointment, write.asking);
}

async function wait(write: Write, request: WaitlistRequest): Promise<{ id: string; status: 'accepted' }> {
  const { asking, key } = write;
  const [service] = await Promise.all([
    serviceOf(write, request.visitTypeId, asking),
    admit(write, request.acting, asking),
  ]);
  const visitType = service && visitTypeOf(write, service);
  if (!visitType) throw new ClinicError('not-found', 'There is no such visit type.');
  await ordered(write, request, visitType, asking);
  const draft = { key, now: write.now, service, actors: [], status: 'waitlist', mode: request.mode } as const;
  const { id = '' } = await create(write, key, fromWaitlist(request, draft), asking);
  return { id, status: 'accepted' };
}

const draftOf = ({ key, now }: Write, { offer, service, visitType }: Claim, status: Draft['status']): Draft => ({
  status,
  key,
  now,
  service,
  actors: bookedActors(offer.schedule),
  instructions: visitType.instructions,
});

const endOfHold = ({ now, options }: Write): number => now + (options.holdMinutes ?? 10) * 60_000;

const bookingMark = (write: Write, key: string, { patientId }: Acting): Mark => ({
  system: BOOKING_MARK,
  value: fingerprint(key, patientId),
  until: endOfHold(write),
});

/** The refusal of a key that was used for something else. */
export const otherRequest = () => new ClinicError('invalid', 'The idempotency key was used for another request.');

/** Lets those appointments pass that are as the patient saw them and still to come. */
export function ensureAsSeen(
  found: fhir.Appointment,
  { version }: { readonly version: string },
  now: number,
  from?: readonly fhir.Appointment['status'][],
): void {
  if (version && found.meta?.versionId !== version) throw new ClinicError('conflict', 'The appointment has changed.');
  ensureToCome(found, now, from);
}

/** Gives a locked slot back, if the server has said no. If it has said nothing, the appointment may be there. */
async function giveUp({ client }: Write, { id = '' }: fhir.Slot, mark: Mark, error: unknown): Promise<never> {
  const refused = isClinicError(error) && error.code !== 'unavailable' && error.code !== 'unexpected';
  if (refused) await release(client, id, mark, {}).catch(() => undefined);
  throw error;
}

/** Makes the slot busy for good. Whoever lost it meanwhile, having been away for too long, takes back what was written. */
async function confirm(write: Write, locked: fhir.Slot, mark: Mark, undo: () => Promise<unknown>): Promise<void> {
  try {
    await settle(write.client, locked, mark);
  } catch (error) {
    if (!isClinicError(error) || error.code !== 'conflict') return write.warn(warningOf(locked, 'not-settled'));
    await undo().catch(() => write.warn(warningOf(locked, 'not-undone')));
    throw error;
  }
}

/** Makes a slot busy for good that an earlier try has left locked. */
async function finish({ ability, client, warn }: Write, id: string, mark: Mark): Promise<void> {
  if (ability.way !== 'lock') return;
  try {
    const slot = await client.read<fhir.Slot>('Slot', id, {});
    if (isMarked(slot, mark)) await settle(client, slot, mark);
  } catch {
    warn({ resourceType: 'Slot', id, reason: 'not-settled' });
  }
}

/** Gives the slots of an appointment back, each if it is still the appointment's. Staff mark none. */
async function free(
  write: Write,
  appointment: fhir.Appointment,
  { patientId }: Acting,
  marksOnly = appointment.status === 'proposed',
): Promise<void> {
  const { ability, client, warn, options } = write;
  if (ability.way !== 'lock') return;
  const values = keysOf(appointment).map((key) => fingerprint(key, patientId));

  async function isOwn(slot: fhir.Slot): Promise<boolean> {
    const mark = markOf(slot);
    if (mark) return values.includes(mark.value);
    if (marksOnly || slot.overbooked || !['busy', 'busy-tentative'].includes(slot.status)) return false;
    return !options.seesEveryone || (await slotsTaken(write, [slot], {})).length === 0;
  }
  for (const reference of appointment.slot ?? []) {
    const id = idOf(reference, 'Slot') ?? '';
    try {
      const slot = await client.read<fhir.Slot>('Slot', id, {});
      if (await isOwn(slot)) await update(client, slot, { status: 'free', ...marked(slot) }, {});
    } catch {
      warn({ resourceType: 'Slot', id, reason: 'not-freed' });
    }
  }
}
