import type * as fhir from 'fhir/r4.js';
import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type {
  Appointment,
  BookingRequest,
  CancelRequest,
  Hold,
  HoldRelease,
  HoldRequest,
  RescheduleRequest,
} from '@clinic-widgets/core/appointments.js';
import type { VisitType } from '@clinic-widgets/core/scheduling.js';
import { admit } from './admission.ts';
import { HELD, keysOf, show, visitTypeIn } from './appointments.ts';
import { actorsOf, ownAppointment } from './participants.ts';
import { bookingWrites, ensureAsSeen, otherRequest, type Write, writes } from './booking.ts';
import { CANCELLABLE, invalidVisitType, modeFor, ordered, type Wish } from './claims.ts';
import { isOneOf } from './client.ts';
import { idAmong } from './datatypes.ts';
import { cancelled, fromBooking, keyed, movedTo } from './drafts.ts';
import { lenient } from './lenient.ts';
import { namedBy, type Offer, serviceOf, visitTypeOf } from './offers.ts';
import { ihe } from './operations-ihe.ts';
import { medplum } from './operations-medplum.ts';
import { offerOf, type Proposal, proposalOf } from './proposals.ts';
import { change, madeUnder, record } from './records.ts';
import type { Setting } from './setting.ts';
import { ANY_VISIT, isFor, modesOf } from './visit-types.ts';
import { update } from './writes.ts';

/** How a server's scheduling operations are called. Each is all or nothing at the server: there is nothing to undo. */
export interface Dialect {
  hold(write: Write, proposal: Proposal, draft: fhir.Appointment): Promise<fhir.Appointment>;
  book(write: Write, proposal: Proposal, draft: fhir.Appointment): Promise<fhir.Appointment>;
  /** Turns a held time into an appointment. */
  confirm(write: Write, held: fhir.Appointment, draft: fhir.Appointment): Promise<fhir.Appointment>;
  move(
    write: Write,
    found: fhir.Appointment,
    proposal: Proposal,
    changes: Partial<fhir.Appointment>,
  ): Promise<fhir.Appointment>;
  cancel(write: Write, found: fhir.Appointment, changes: Partial<fhir.Appointment>): Promise<fhir.Appointment>;
  /** Finds a hold of the patient's that a lost try has left without its key, and gives it this one. */
  adopt?(
    write: Write,
    patientId: string,
    isWanted: (found: fhir.Appointment) => Promise<boolean>,
  ): Promise<fhir.Appointment | undefined>;
}

/** The writes of scheduling, at a server that has operations for them. */
export function operationWrites(setting: Setting): AdapterImplementation {
  const dialect = setting.ability.ihe ? ihe : medplum;
  const write = writes(setting);
  return {
    ...bookingWrites(setting),
    holdSlot: write((one, request: HoldRequest) => hold(dialect, one, request)),
    releaseHold: write((one, request: HoldRelease) => letGo(dialect, one, request)),
    bookAppointment: write((one, request: BookingRequest) => book(dialect, one, request)),
    rescheduleAppointment: write((one, request: RescheduleRequest) => reschedule(dialect, one, request)),
    cancelAppointment: write((one, request: CancelRequest) => cancel(dialect, one, request)),
  };
}

async function hold(dialect: Dialect, write: Write, request: HoldRequest): Promise<Hold> {
  const { acting, slot } = request;
  const key = write.key + HELD;
  const [earlier] = await Promise.all([madeUnder(write, key, write.asking), admit(write, acting, write.asking)]);
  const keyed = { ...write, key };
  const held = earlier ?? (await take(keyed, () => holdNow(dialect, keyed, request)));
  return { id: `${held.id}`, slotId: slot.id };
}

async function holdNow(dialect: Dialect, write: Write, request: HoldRequest): Promise<fhir.Appointment> {
  try {
    const wanted = await want(write, request, request.visitTypeId);
    return await dialect.hold(write, wanted.proposal, draftOf(write, request, wanted));
  } catch (error) {
    const isWanted = (found: fhir.Appointment) => isAt(write, found, request.slot.id);
    const lost = isOneOf(error, 'conflict') && (await dialect.adopt?.(write, request.acting.patientId, isWanted));
    if (lost) return lost;
    throw error;
  }
}

async function letGo(dialect: Dialect, write: Write, { acting, holdId }: HoldRelease): Promise<Record<string, never>> {
  await admit(write, acting, write.asking);
  const held = await heldFor(write, acting.patientId, holdId);
  if (held) {
    await giveBack(dialect, write, held).catch((error: unknown) => {
      if (!isOneOf(error, 'conflict', 'not-found')) throw error;
    });
  }
  return {};
}

async function book(dialect: Dialect, write: Write, request: BookingRequest): Promise<Appointment> {
  const { acting, slot } = request;
  const [earlier, authority] = await Promise.all([
    madeUnder(write, write.key, write.asking),
    admit(write, acting, write.asking),
  ]);
  if (
    earlier &&
    (idAmong(actorsOf(earlier), 'Patient') !== acting.patientId || !(await isAt(write, earlier, slot.id)))
  ) {
    throw otherRequest();
  }
  if (earlier && earlier.status !== 'pending') return show(write, earlier, write.asking);

  const held = earlier ?? (await heldBy(write, request));
  const wanted = await want(write, request, request.visitTypeId, held);
  await ordered(write, request, wanted.visitType, write.asking);
  const draft = draftOf(write, request, wanted);
  const appointment = await take(write, () =>
    held ? dialect.confirm(write, held, draft) : dialect.book(write, wanted.proposal, draft),
  );
  await record(write, acting, authority, appointment);
  return show(write, appointment, write.asking);
}

async function reschedule(dialect: Dialect, write: Write, request: RescheduleRequest): Promise<Appointment> {
  const { acting, slot } = request;
  const [found, authority] = await Promise.all([
    ownAppointment(write, acting.patientId, request.appointment.id, write.asking),
    admit(write, acting, write.asking),
  ]);
  // Where it is to go, it has been brought by an earlier try: the operation itself takes no key.
  if (found.status === 'booked' && (await isAt(write, found, slot.id))) return show(write, found, write.asking);
  ensureAsSeen(found, request.appointment, write.now);
  if (!found.start) throw new ClinicError('conflict', 'The appointment has no time to move.');

  const held = await heldBy(write, request);
  const wanted = await want(write, request, visitTypeIn(found)?.id ?? ANY_VISIT.id, held);
  // The time that is held would be in the appointment's own way.
  if (held) await giveBack(dialect, write, held);
  const { proposal, modes } = wanted;
  const mode = modesOf(found).find((one) => modes.includes(one)) ?? modes[0];
  const appointment = await dialect.move(write, found, proposal, movedTo(found, proposal, proposal.actors, mode));
  await record(write, acting, authority, appointment);
  return show(write, appointment, write.asking);
}

async function cancel(dialect: Dialect, write: Write, request: CancelRequest): Promise<Appointment> {
  const { acting } = request;
  const key = `${write.key}/cancelled`;
  const [found, authority] = await Promise.all([
    ownAppointment(write, acting.patientId, request.appointment.id, write.asking),
    admit(write, acting, write.asking),
  ]);
  const repeat = keysOf(found).includes(key);
  if (!repeat) ensureAsSeen(found, request.appointment, write.now, CANCELLABLE);
  // The operations take neither key nor version, so the key is written first: of many who try, the server lets one.
  const signs = !repeat && write.ability.can('Appointment', 'update');
  const signed = signs ? await sign(write, found, key) : found;
  const changes = cancelled(request);
  const appointment =
    signed.status === 'cancelled'
      ? await explain(write, signed, changes)
      : await dialect.cancel(write, signed, changes);
  if (!repeat) await record(write, acting, authority, appointment);
  return show(write, appointment, write.asking);
}

/** Writes the key of a call on an appointment. Two calls with one key are one too many: the later is refused. */
async function sign(write: Write, found: fhir.Appointment, key: string): Promise<fhir.Appointment> {
  const { client, asking } = write;
  try {
    return await update(client, found, keyed(found, key), asking);
  } catch (error) {
    const now = isOneOf(error, 'unavailable', 'unexpected')
      ? await client.read<fhir.Appointment>('Appointment', `${found.id}`, asking).catch(() => undefined)
      : undefined;
    if (now && keysOf(now).includes(key)) return now;
    throw error;
  }
}

/** Writes down why, where an earlier try did not come to it. */
async function explain(write: Write, found: fhir.Appointment, { cancelationReason }: Partial<fhir.Appointment>) {
  if (found.cancelationReason) return found;
  return change(write, found, { cancelationReason }, {}).catch(() => found);
}

/** A time that is wanted, and what is known of it. */
interface Wanted {
  readonly proposal: Proposal;
  readonly offer: Offer;
  readonly service: fhir.HealthcareService;
  readonly visitType: VisitType;
  readonly modes: VisitType['modes'];
}

/** Finds what is wanted, as the server proposes it now; a time that is held is proposed to nobody. */
async function want(
  write: Write,
  { acting, slot }: Wish,
  visitTypeId: string,
  held?: fhir.Appointment,
): Promise<Wanted> {
  const service = await serviceOf(write, visitTypeId, write.asking);
  if (!service) throw invalidVisitType();
  const proposal = await proposalOf(write, slot.id, service, acting.patientId, write.asking, held);
  const offer = await offerOf(write, proposal, write.asking);
  if (!isFor(service, offer.schedule)) throw invalidVisitType();
  const named = namedBy(service, offer.schedule);
  const visitType = visitTypeOf(write, named);
  if (!visitType) throw invalidVisitType();
  const own = modesOf(offer.schedule);
  return { proposal, offer, service: named, visitType, modes: own.length ? own : visitType.modes };
}

function draftOf({ key, now }: Write, request: HoldRequest | BookingRequest, wanted: Wanted): fhir.Appointment {
  const { proposal, service, visitType, modes } = wanted;
  const mode = modeFor(modes, 'mode' in request ? request.mode : undefined);
  const { instructions } = visitType;
  const { actors } = proposal;
  return fromBooking(request, proposal, { status: 'proposed', key, now, service, actors, mode, instructions });
}

/** Does it once under the key: what failed may have been done, by this try or another. */
async function take(write: Write, run: () => Promise<fhir.Appointment>): Promise<fhir.Appointment> {
  try {
    return await run();
  } catch (error) {
    const lost = isOneOf(error, 'conflict', 'unavailable', 'unexpected');
    const made = lost ? await madeUnder(write, write.key, write.asking).catch(() => undefined) : undefined;
    if (made && ['booked', 'pending'].includes(made.status)) return made;
    throw error;
  }
}

const giveBack = (dialect: Dialect, write: Write, held: fhir.Appointment): Promise<fhir.Appointment> =>
  dialect.cancel(write, held, { status: 'cancelled' });

/** What a request names as held; `conflict` where it is held no more. */
async function heldBy(write: Write, { acting, holdId }: Wish): Promise<fhir.Appointment | undefined> {
  if (holdId === undefined) return undefined;
  const held = await heldFor(write, acting.patientId, holdId);
  if (!held) throw new ClinicError('conflict', 'The slot is not held any more.');
  return held;
}

/** Whether an appointment is at the time that an id names. */
const isAt = (write: Write, found: fhir.Appointment, slotId: string): Promise<boolean> =>
  proposalOf(write, slotId, ANY_VISIT, '', write.asking, found).then(
    () => true,
    (error: unknown) => {
      if (isOneOf(error, 'conflict')) return false;
      throw error;
    },
  );

/** The time that is held for the patient under that id, if it still is. */
async function heldFor(write: Write, patientId: string, holdId: string): Promise<fhir.Appointment | undefined> {
  try {
    const held = await ownAppointment(write, patientId, holdId, write.asking);
    return lenient(held, ({ status }) => status === 'pending', write.warn) ? held : undefined;
  } catch (error) {
    if (isOneOf(error, 'not-found')) return undefined;
    throw error;
  }
}
