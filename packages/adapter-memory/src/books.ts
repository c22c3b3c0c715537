import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { Attention, FormResponse } from '@clinic-widgets/core/forms.js';
import type { Appointment, Order } from '@clinic-widgets/core/appointments.js';
import { type Diary, diaryOf, type Entry } from './diary.ts';
import { type Holds, holdsOf } from './holds.ts';
import type { Seed } from './seed.ts';

/** An appointment as it is now, with the slot it takes. */
export interface Stored {
  readonly appointment: Omit<Appointment, 'version'>;
  readonly entry?: Entry | undefined;
  readonly version: number;
}

/** A form that was handed in, and about whom. */
export interface StoredResponse {
  readonly patientId: string;
  readonly response: FormResponse;
}

/** All that the clinic knows and that calls may change. */
export interface Books {
  readonly seed: Seed;
  readonly diary: Diary;
  readonly holds: Holds;
  readonly appointments: Map<string, Stored>;
  readonly responses: Map<string, StoredResponse>;
  /** What waits for staff, in the order it came in. */
  readonly attention: Attention[];
  /** Who and where, by visit type: the ids of those that have times for it. */
  readonly offeredBy: ReadonlyMap<string, ReadonlySet<string>>;
  /** The moment of the call, in milliseconds. */
  now: number;
}

/** The books as they are at the moment of the call. */
export type OpenBooks = () => Books;

/** Opens the books of the seed. They are laid out at the first call, when `Temporal` is sure to be there. */
export function booksOf(seed: Seed, now: () => string, holdMinutes: number): OpenBooks {
  let books: Books | undefined;
  return () => {
    books ??= layOut(seed, holdMinutes);
    books.now = Date.parse(now());
    books.diary.advance(books.now);
    books.holds.advance(books.now);
    return books;
  };
}

function layOut(seed: Seed, holdMinutes: number): Books {
  const diary = diaryOf(seed);
  const offeredBy = new Map(seed.visitTypes.map(({ id }) => [id, new Set<string>()]));
  for (const { visitTypeId, practitionerId, locationId } of seed.slots) {
    offeredBy.get(visitTypeId)?.add(locationId);
    if (practitionerId !== undefined) offeredBy.get(visitTypeId)?.add(practitionerId);
  }
  const books: Books = {
    seed,
    diary,
    holds: holdsOf(diary, holdMinutes),
    offeredBy,
    now: 0,
    appointments: new Map(),
    responses: new Map(),
    attention: [],
  };
  for (const { id, slotId, patientId, status, ...details } of seed.appointments) {
    const entry = slotId === undefined ? undefined : diary.find(slotId);
    keep(books, { appointment: { id, patientId, status, ...detailsOf(seed, details) }, entry, version: 1 });
  }
  return books;
}

/** What an appointment takes over from its visit type and its time. */
export function detailsOf(
  { visitTypes, practitioners, locations, clinic }: Seed,
  {
    visitTypeId,
    practitionerId,
    locationId,
    start,
    end,
    mode,
  }: Pick<Seed['appointments'][number], 'visitTypeId' | 'locationId' | 'start' | 'end' | 'mode'> & {
    readonly practitionerId?: string;
  },
) {
  const visitType = visitTypes.find(({ id }) => id === visitTypeId);
  const location = locations.find(({ id }) => id === locationId);
  return {
    start,
    end,
    timeZone: location?.timeZone ?? clinic.timeZone,
    visitType: { id: visitTypeId, name: visitType?.name ?? visitTypeId },
    practitioner: practitioners.find(({ id }) => id === practitionerId),
    location,
    mode,
    instructions: visitType?.instructions,
  };
}

/** Enters an appointment into the books, in place of what was known of it. */
export function keep(books: Books, stored: Stored): Appointment {
  books.appointments.set(stored.appointment.id, stored);
  return shown(stored);
}

/** The appointment as the contract has it. */
export const shown = ({ appointment, version }: Stored): Appointment => ({ ...appointment, version: String(version) });

/** The appointment of the patient's, or `not-found`: an appointment of someone else is none of theirs. */
export function appointmentOf({ appointments }: Books, patientId: string, id: string): Stored {
  const stored = appointments.get(id);
  if (stored?.appointment.patientId !== patientId) throw new ClinicError('not-found', 'There is no such appointment.');
  return stored;
}

/** Lets those pass who may act for the patient. */
export function admit({ seed }: Books, { patientId, representativeId }: Acting): void {
  if (!seed.patients.some(({ id }) => id === patientId))
    throw new ClinicError('not-found', 'There is no such patient.');
  if (representativeId === undefined) return;
  const representative = seed.representatives.find(({ id }) => id === representativeId);
  if (!representative?.patientIds.includes(patientId)) {
    throw new ClinicError('forbidden', 'The representative may not act for the patient.');
  }
}

const OVER: readonly Appointment['status'][] = ['cancelled', 'noshow', 'waitlist'];

/** The patient's orders that still wait for visits; a series waits until its last visit is booked. */
export function openOrders({ seed, appointments }: Books, patientId: string): Order[] {
  return seed.orders
    .filter((order) => order.patientId === patientId)
    .map(({ patientId: _, ...order }) => {
      const made = [...appointments.values()].filter(({ appointment }) => appointment.orderId === order.id);
      const visits = made.filter(({ appointment }) => !OVER.includes(appointment.status)).length;
      const changes = made.reduce((sum, { version }) => sum + version, 1);
      return { open: visits < (order.visits ?? 1), order: { ...order, version: String(changes) } };
    })
    .filter(({ open }) => open)
    .map(({ order }) => order);
}
