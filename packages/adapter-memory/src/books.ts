import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Appointment, Order } from '@clinic-widgets/core/appointments.js';
import type { Authority, CallBy, PaymentChoice } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { Program, RecordedConsent } from '@clinic-widgets/core/consents.js';
import type { Attention, Proposal } from '@clinic-widgets/core/desk.js';
import type { Confirmation, CoverageConfirmation, Details } from '@clinic-widgets/core/details.js';
import type { FormResponse } from '@clinic-widgets/core/forms.js';
import { inZone } from '@clinic-widgets/core/time.js';
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

/** What is known of a visit beyond its appointment. */
export interface VisitState {
  /** All was done from home, the patient says. */
  ready?: boolean;
  arrivedAt?: string;
  /** Who came first, of those who came at the same moment. */
  turn?: number;
  ticket?: string;
  callBy?: CallBy;
  called?: { readonly to: string; readonly kind: 'called' | 'moved' };
  detailsConfirmed?: boolean;
  insurance?: CoverageConfirmation['answer'];
}

/** What is known of a patient. */
export interface Known {
  readonly details: Omit<Details, 'version' | 'withheld'>;
  readonly version: number;
}

/** A change that somebody proposed, and what has become of it. */
export interface StoredProposal {
  readonly proposal: Proposal;
  /** As it is to be; nothing where it is to be taken out. */
  readonly value: unknown;
  readonly isDecided: boolean;
}

/** A decision, and of whom and for which visit it is. */
export interface StoredConsent {
  readonly patientId: string;
  readonly appointmentId?: string | undefined;
  readonly consent: RecordedConsent;
}

/** An enrolment of a patient's. */
export interface StoredEnrolment {
  readonly patientId: string;
  /** Who asked for it in the patient's place. */
  readonly representativeId?: string | undefined;
  readonly programId: string;
  readonly enrolment: NonNullable<Program['enrolment']>;
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
  readonly visits: Map<string, VisitState>;
  readonly known: Map<string, Known>;
  readonly confirmations: Confirmation[];
  readonly proposals: StoredProposal[];
  readonly consents: StoredConsent[];
  readonly enrolments: StoredEnrolment[];
  /** What was decided about each charge last. */
  readonly payments: Map<string, PaymentChoice['choice']>;
  /** Who said that they act for a patient, and is not on record: whom they may act for. */
  readonly claimants: Map<string, string>;
  /** The links of reminders that were answered. */
  readonly answered: Set<string>;
  /** How many have arrived, ever. */
  arrivals: number;
  /** The day of the last ticket, and how many it has had. */
  tickets: { readonly day: string; readonly count: number };
  deskOpen: boolean;
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
    visits: new Map(),
    known: new Map(seed.patients.map(({ id, otherNames: _, ...details }) => [id, { details, version: 1 }])),
    confirmations: [],
    proposals: [],
    consents: [],
    enrolments: [],
    payments: new Map(),
    claimants: new Map(),
    answered: new Set(),
    arrivals: 0,
    tickets: { day: '', count: 0 },
    deskOpen: seed.checkIn.deskOpen,
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
    language: visitType?.language,
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

/** Lets those pass who may act for the patient, and says by what right they do. */
export function admit({ seed, claimants }: Books, { patientId, representativeId }: Acting): Authority {
  if (!seed.patients.some(({ id }) => id === patientId))
    throw new ClinicError('not-found', 'There is no such patient.');
  if (representativeId === undefined) return 'self';
  if (claimants.get(representativeId) === patientId) return 'unknown';
  const representative = seed.representatives.find(({ id }) => id === representativeId);
  if (!representative?.patientIds.includes(patientId)) {
    throw new ClinicError('forbidden', 'The representative may not act for the patient.');
  }
  return representative.authority;
}

/** The moment of the call, as the clinic writes it. */
export const nowAt = ({ seed, now }: Books, timeZone = seed.clinic.timeZone): string =>
  inZone(new Date(now).toISOString(), timeZone);

/** What is known of a visit beyond its appointment, to read and to write. */
export function stateOf({ visits }: Books, appointmentId: string): VisitState {
  const state = visits.get(appointmentId) ?? {};
  visits.set(appointmentId, state);
  return state;
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
