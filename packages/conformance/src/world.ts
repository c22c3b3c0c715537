import type { ClinicAdapter, OperationName } from '@clinic-widgets/core/adapter.js';
import type { Appointment, BookingRequest } from '@clinic-widgets/core/appointments.js';
import type { Slot, SlotQuery, VisitType } from '@clinic-widgets/core/scheduling.js';
import { compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { ensure, NotApplicable } from './assert.ts';
import type { Lobby } from './lobby.ts';

/** A clinic that the promises can be checked at. What is in it, the cases find out from the adapter. */
export interface World {
  readonly adapter: ClinicAdapter;
  /** For whom the cases book. */
  readonly patientId: string;
  /** Another patient, for what must not be shared or taken twice. */
  readonly otherPatientId?: string;
  /** Someone who may act for this patient, and for neither of the two above. */
  readonly representative?: { readonly id: string; readonly patientId: string };
  /** The days to look for times in; both count. */
  readonly from: string;
  readonly to: string;
  /** The instant it is at the clinic. */
  readonly now: () => string;
  /** Moves the clinic's clock on; absent where nobody can. */
  readonly advance?: (minutes: number) => void | Promise<void>;
  /** What is known of the clinic's lobby. */
  readonly lobby?: Lobby;
}

/** Times of one visit type on one day. */
export interface Times {
  readonly visitType: VisitType;
  readonly day: string;
  readonly slots: readonly Slot[];
}

/** The operations that give pages, and what is on them. */
type Finding = {
  [K in OperationName]: Awaited<ReturnType<ClinicAdapter[K]>> extends { items: unknown[] } ? K : never;
}[OperationName];
export type Query<K extends OperationName> = Parameters<ClinicAdapter[K]>[0];
type Item<K extends Finding> = Awaited<ReturnType<ClinicAdapter[K]>>['items'][number];

/** No clinic has that many pages: who gives more goes round in a circle. */
const MOST_PAGES = 2000;

/** Every page of an answer, one after the other. */
export async function pagesOf<K extends Finding>(
  { adapter }: Pick<World, 'adapter'>,
  operation: K,
  query: Query<K>,
): Promise<Item<K>[][]> {
  const find = adapter[operation] as (query: unknown) => Promise<{ items: Item<K>[]; next?: string }>;
  const pages: Item<K>[][] = [];
  let cursor: string | undefined;
  do {
    const { items, next }: { items: Item<K>[]; next?: string } = await find(cursor ? { ...query, cursor } : query);
    pages.push(items);
    ensure(pages.length < MOST_PAGES, `${operation} gives ever more pages.`);
    cursor = next;
  } while (cursor);
  return pages;
}

/** All that there is, over all pages. */
export const allOf = async <K extends Finding>(
  world: Pick<World, 'adapter'>,
  operation: K,
  query: Query<K>,
): Promise<Item<K>[]> => (await pagesOf(world, operation, query)).flat();

/**
 * A day with so many free times of one visit type that needs no order. The last such day is taken: the
 * further off, the less a check gets in anyone's way.
 */
export async function findTimes(
  world: World,
  count = 1,
  fits: (visitType: VisitType) => boolean = ({ orderOnly }) => !orderOnly,
): Promise<Times> {
  const { adapter, from, to } = world;
  for (const visitType of (await allOf(world, 'findVisitTypes', {})).filter(fits)) {
    const days = await allOf(world, 'findFreeDays', { visitTypeId: visitType.id, from, to });
    for (const { day } of days.filter(({ free, atLeast }) => free >= count || atLeast).reverse()) {
      const { items } = await adapter.findSlots({ visitTypeId: visitType.id, from: day, to: day, limit: count + 5 });
      if (items.length >= count) return { visitType, day, slots: items };
    }
  }
  throw new NotApplicable(`No day from ${from} to ${to} has ${count} free times of a suitable visit type.`);
}

/** What is free on the day now, for the same visit type. */
export const freeOn = (world: World, { visitType, day }: Pick<Times, 'visitType' | 'day'>): Promise<Slot[]> =>
  allOf(world, 'findSlots', { visitTypeId: visitType.id, from: day, to: day });

/** Whether the slot is free now. */
export const isFree = async (world: World, times: Times, slot: Slot): Promise<boolean> =>
  (await freeOn(world, times)).some(({ id, start }) => id === slot.id && compareInstants(start, slot.start) === 0);

/** The slot as it is now: what was free once may have got another version since. */
export async function again(world: World, times: Times, slot: Slot): Promise<Slot> {
  const found = (await freeOn(world, times)).find(({ id }) => id === slot.id);
  ensure(found, `The time at ${slot.start} must be free again.`);
  return found;
}

/** The request to book a slot, for the patient of the world. */
export const bookingOf = (
  { patientId }: World,
  { visitType }: Pick<Times, 'visitType'>,
  slot: Slot,
): BookingRequest => ({
  acting: { patientId },
  visitTypeId: visitType.id,
  slot: refOf(slot),
});

/** What a write says about something that was read. */
export const refOf = ({ id, version }: { id: string; version: string }) => ({ id, version });

/** Whether bookings are requests here, which keep no time for anyone. */
export const takesRequests = async ({ adapter }: World): Promise<boolean> =>
  (await adapter.describeClinic({})).requestOnly === true;

/** Whether the clinic does this. */
export const does = async ({ adapter }: World, operation: OperationName): Promise<boolean> =>
  (await adapter.describeClinic({})).supports.includes(operation);

/** The patient's appointments that are still to come, at the moment of the slot. */
export async function standingAt(world: World, patientId: string, { start }: Slot): Promise<Appointment[]> {
  const appointments = await allOf(world, 'findAppointments', { patientId });
  return appointments.filter(
    (appointment) =>
      appointment.start !== undefined &&
      compareInstants(appointment.start, start) === 0 &&
      !['cancelled', 'noshow', 'waitlist'].includes(appointment.status),
  );
}

/** The day of a slot where it happens. */
export const dayOfSlot = ({ start, timeZone }: Pick<Slot, 'start' | 'timeZone'>): string => dayOf(start, timeZone);

/** The query for the times of a visit type in the days of the world. */
export const queryOf = ({ from, to }: World, { id }: VisitType): SlotQuery => ({ visitTypeId: id, from, to });

/** What the other patient is called, where the world has one. */
export function otherOf({ otherPatientId }: World): string {
  if (otherPatientId === undefined) throw new NotApplicable('No other patient was named.');
  return otherPatientId;
}
