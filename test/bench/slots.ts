import type { Seed, SeedSlot } from '@clinic-widgets/adapter-memory';
import { addDays, instantOf } from '@clinic-widgets/core/time.js';

export const TIME_ZONE = 'America/New_York';
/** Half past midnight on the first day: every slot is still to come. */
export const NOW = '2026-03-01T00:30:00-05:00';
/** The months that the slots are in. */
export const MONTHS = ['2026-03', '2026-04', '2026-05'] as const;
export const VISIT_TYPE = 'check-up';
export const PATIENT = 'p1';

const DAYS = 90;
const MINUTES = 15;
/** Times of one practitioner's day, from eight to six. */
const TIMES = 40;

/** A clinic with so many free slots of one visit type, spread evenly over 90 days; the more, the more practitioners. */
export function clinicWith(count: number): Seed {
  const days = Array.from({ length: DAYS }, (_, index) => addDays('2026-03-01', index));
  const instants = new Map(days.map((day) => [day, instantsOf(day)]));
  const slots = Array.from({ length: count }, (_, index): SeedSlot => {
    const nth = Math.floor(index / DAYS);
    // Seventeen shares no factor with the times of a day: few slots are spread over it, many fill it.
    const time = (nth * 17) % TIMES;
    const [start, end] = instants.get(days[index % DAYS]!)![time]!;
    const practitionerId = practitionerOf(nth);
    return {
      id: `slot-${index}`,
      status: 'free',
      start,
      end,
      visitTypeId: VISIT_TYPE,
      practitionerId,
      locationId: 'main',
      modes: ['in-person'],
    };
  });
  return {
    clinic: { name: 'Harbor Clinic', timeZone: TIME_ZONE },
    visitTypes: [{ id: VISIT_TYPE, name: 'Check-up', minutes: MINUTES, modes: ['in-person'] }],
    practitioners: [...new Set(slots.map(({ practitionerId }) => practitionerId!))].map((id) => ({
      id,
      name: `Dr. ${id}`,
    })),
    locations: [{ id: 'main', name: 'Harbor Clinic', timeZone: TIME_ZONE }],
    slots,
    patients: [{ id: PATIENT }],
    representatives: [],
    orders: [],
    appointments: [],
    interpreters: { spoken: [], sign: [] },
    transferEquipmentAt: [],
    forms: [],
    formRequests: [],
    visitForms: [],
    optionSets: {},
    checkIn: {
      privacyAge: 13,
      language: 'en',
      translations: [],
      privateVisitTypeIds: [],
      minutes: { tooEarly: 180, early: 30, late: 15, missed: 60 },
      mandatory: [],
      screeningFirst: false,
      proposes: false,
      lobbyCodes: [],
      tries: { device: 10, identity: 5, minutes: 15 },
      passMinutes: 240,
      deskOpen: false,
      goTo: 'the front desk',
      ways: [],
      waits: [],
    },
    coverages: [],
    charges: [],
    consentDocuments: [],
    programs: [],
    summaries: [],
    reminders: [],
  };
}

const practitionerOf = (nth: number): string => `Practitioner ${Math.floor(nth / TIMES) + 1}`;

/** The start and the end of each time of a day. */
const instantsOf = (day: string): (readonly [start: string, end: string])[] =>
  Array.from({ length: TIMES }, (_, index) => [at(day, index), at(day, index + 1)] as const);

function at(day: string, index: number): string {
  const minutes = 8 * 60 + index * MINUTES;
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return instantOf(day, time, TIME_ZONE)!;
}

/** The events that a peer asks for, by their day: those of a month, and those of one day. */
export interface Events<E> {
  readonly month: ReadonlyMap<string, readonly E[]>;
  readonly day: ReadonlyMap<string, readonly E[]>;
}

/** Makes a peer's events: one for each slot; or, counted, one a day with the number of its slots until a day is opened. */
export function eventsOf<E>(
  { slots }: Seed,
  counted: boolean,
  slotEvent: (slot: SeedSlot, day: string) => E,
  countEvent: (day: string, free: number) => E,
): Events<E> {
  const day = new Map<string, E[]>();
  for (const slot of slots) {
    const date = slot.start.slice(0, 10);
    const list = day.get(date);
    if (list) list.push(slotEvent(slot, date));
    else day.set(date, [slotEvent(slot, date)]);
  }
  if (!counted) return { month: day, day };
  return { month: new Map([...day].map(([date, { length }]) => [date, [countEvent(date, length)]])), day };
}
