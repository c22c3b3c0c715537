import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type {
  Appointment,
  AppointmentStatus,
  BookingRequest,
  CancelRequest,
  Hold,
  HoldRelease,
  HoldRequest,
  RescheduleRequest,
  WaitlistRequest,
} from '@clinic-widgets/core/appointments.js';
import type { Mode } from '@clinic-widgets/core/scheduling.js';
import { inZone } from '@clinic-widgets/core/time.js';
import { admit, appointmentOf, type Books, detailsOf, keep, type OpenBooks, openOrders, type Stored } from './books.ts';
import type { Entry } from './diary.ts';
import { claim, type Kept } from './holds.ts';
import { once } from './once.ts';
import type { Seed, SeedSlot } from './seed.ts';

/**
 * The writes of scheduling. A clinic that takes requests only keeps no time for anyone: it can neither hold
 * one nor promise that an appointment has moved.
 */
export function bookingWrites(open: OpenBooks, seed: Seed) {
  const write = <I, O>(run: (books: Books, input: I) => O) => once((input: I) => run(open(), input));

  const always = {
    bookAppointment: write(book),
    cancelAppointment: write(cancel),
    joinWaitlist: write(wait),
  } satisfies AdapterImplementation;
  if (seed.clinic.requestOnly) return always;

  return {
    ...always,
    holdSlot: write(hold),
    releaseHold: write(release),
    rescheduleAppointment: write(reschedule),
  } satisfies AdapterImplementation;
}

function hold(books: Books, request: HoldRequest): Hold {
  admit(books, request.acting);
  const { entry } = claim(books.diary, books.holds, request);
  offers(entry.slot, request.visitTypeId);
  const kept = books.holds.keep(entry, request.acting.patientId, books.now);
  const expires = inZone(new Date(kept.until).toISOString(), zoneOf(books, entry.slot));
  return { id: kept.id, slotId: entry.slot.id, expires };
}

function release(books: Books, { acting, holdId }: HoldRelease): Record<string, never> {
  admit(books, acting);
  const kept = books.holds.find(holdId);
  if (!kept) return {};
  if (kept.patientId !== acting.patientId) throw new ClinicError('forbidden', 'The hold is not the patient’s.');
  books.holds.drop(kept);
  books.diary.change(kept.entry, 'free');
  return {};
}

function book(books: Books, request: BookingRequest): Appointment {
  const { seed } = books;
  admit(books, request.acting);
  const { entry, hold: kept } = claim(books.diary, books.holds, request);
  offers(entry.slot, request.visitTypeId);
  ordered(books, request);
  const mode = modeOf(entry.slot, request.mode);
  if (!seed.clinic.requestOnly) take(books, entry, kept);

  return keep(books, {
    appointment: {
      id: nextId(books),
      patientId: request.acting.patientId,
      status: seed.clinic.requestOnly ? 'proposed' : 'booked',
      ...detailsOf(seed, { ...entry.slot, mode }),
      needs: request.needs,
      orderId: request.orderId,
    },
    entry: seed.clinic.requestOnly ? undefined : entry,
    version: 1,
  });
}

function reschedule(books: Books, request: RescheduleRequest): Appointment {
  admit(books, request.acting);
  const stored = changeable(books, request);
  const { appointment } = stored;
  if (appointment.start === undefined) throw new ClinicError('conflict', 'The appointment has no time to move.');
  const { entry, hold: kept } = claim(books.diary, books.holds, request);
  offers(entry.slot, appointment.visitType?.id);
  const mode = entry.slot.modes.find((offered) => offered === appointment.mode) ?? modeOf(entry.slot);

  take(books, entry, kept);
  giveBack(books, stored);
  return keep(books, {
    appointment: { ...appointment, ...detailsOf(books.seed, { ...entry.slot, mode }) },
    entry,
    version: stored.version + 1,
  });
}

function cancel(books: Books, request: CancelRequest): Appointment {
  admit(books, request.acting);
  return callOff(books, changeable(books, request, CANCELLABLE));
}

/** Cancels an appointment and gives its time back. */
export function callOff(books: Books, stored: Stored): Appointment {
  giveBack(books, stored);
  return keep(books, {
    appointment: { ...stored.appointment, status: 'cancelled' },
    version: stored.version + 1,
  });
}

function wait(books: Books, request: WaitlistRequest): { id: string; status: 'accepted' } {
  const { seed } = books;
  admit(books, request.acting);
  const visitType = seed.visitTypes.find(({ id }) => id === request.visitTypeId);
  if (!visitType) throw new ClinicError('not-found', 'There is no such visit type.');
  ordered(books, request);
  const only = <T extends { id: string }>(list: readonly T[], ids: readonly string[] | undefined) =>
    ids?.length === 1 ? list.find(({ id }) => id === ids[0]) : undefined;
  const location = only(seed.locations, request.locationIds);

  const { id } = keep(books, {
    appointment: {
      id: nextId(books),
      patientId: request.acting.patientId,
      status: 'waitlist',
      timeZone: location?.timeZone ?? seed.clinic.timeZone,
      requested: { from: request.from, to: request.to },
      visitType: { id: visitType.id, name: visitType.name },
      language: visitType.language,
      practitioner: only(seed.practitioners, request.practitionerIds),
      location,
      mode: request.mode,
      needs: request.needs,
      orderId: request.orderId,
    },
    version: 1,
  });
  return { id, status: 'accepted' };
}

const nextId = ({ appointments }: Books): string => `appointment-${appointments.size + 1}`;

const zoneOf = ({ seed }: Books, { locationId }: SeedSlot): string =>
  seed.locations.find(({ id }) => id === locationId)?.timeZone ?? seed.clinic.timeZone;

function take({ diary, holds }: Books, entry: Entry, kept: Kept | undefined): void {
  if (kept) holds.drop(kept);
  diary.change(entry, 'busy');
}

function giveBack({ diary }: Books, { entry }: Stored): void {
  if (entry) diary.change(entry, 'free');
}

const CHANGEABLE: readonly AppointmentStatus[] = ['waitlist', 'proposed', 'pending', 'booked'];
/** Who has come may still leave before it starts. */
const CANCELLABLE: readonly AppointmentStatus[] = [...CHANGEABLE, 'arrived', 'checked-in'];

/** The patient's appointment, if it is as they saw it and still to come. */
function changeable(
  books: Books,
  { acting, appointment: seen }: RescheduleRequest | CancelRequest,
  from: readonly AppointmentStatus[] = CHANGEABLE,
): Stored {
  const stored = appointmentOf(books, acting.patientId, seen.id);
  const { status, start } = stored.appointment;
  if (String(stored.version) !== seen.version) throw new ClinicError('conflict', 'The appointment has changed.');
  if (!from.includes(status) || (start !== undefined && Date.parse(start) <= books.now)) {
    throw new ClinicError('conflict', 'The appointment is no longer to come.');
  }
  return stored;
}

function offers({ visitTypeId }: SeedSlot, wanted: string | undefined): void {
  if (visitTypeId === wanted) return;
  throw new ClinicError('invalid', 'The slot is for another type of visit.', { paths: [['visitTypeId']] });
}

/** Holds a request to its order: there, open, for this type of visit, and not left out where it is needed. */
function ordered(books: Books, { acting, visitTypeId, orderId }: BookingRequest | WaitlistRequest): void {
  const invalid = (message: string) => new ClinicError('invalid', message, { paths: [['orderId']] });
  if (orderId === undefined) {
    const visitType = books.seed.visitTypes.find(({ id }) => id === visitTypeId);
    if (visitType?.orderOnly) throw invalid('The visit needs an order.');
    return;
  }
  const order = books.seed.orders.find(({ id, patientId }) => id === orderId && patientId === acting.patientId);
  if (!order) throw new ClinicError('not-found', 'There is no such order.');
  if (order.visitTypeId !== undefined && order.visitTypeId !== visitTypeId)
    throw invalid('The order is for another visit.');
  if (!openOrders(books, acting.patientId).some(({ id }) => id === orderId)) {
    throw new ClinicError('conflict', 'The order is booked already.');
  }
}

function modeOf({ modes }: SeedSlot, wanted: Mode | undefined = modes[0]): Mode {
  if (wanted !== undefined && modes.includes(wanted)) return wanted;
  throw new ClinicError('invalid', 'The slot is not offered that way.', { paths: [['mode']] });
}
