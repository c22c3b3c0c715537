import * as z from 'zod/mini';
import { Cursor, Day, Id, Instant, Language, Limit, pageOf, TimeZone, Version, whole } from './common.ts';
import { read } from './operation.ts';
import { isDay } from './time.ts';

/** How patient and clinician meet. */
export const Mode = z.enum(['in-person', 'video', 'phone']);
export type Mode = z.output<typeof Mode>;

/** Before noon, noon to five, five and later, by the clinic's clock. */
export const PartOfDay = z.enum(['morning', 'afternoon', 'evening']);
export type PartOfDay = z.output<typeof PartOfDay>;

/** Something that can be booked: a check-up, an MRI scan. */
export const VisitType = z.object({
  id: Id,
  name: z.string(),
  /** The language that its words are in, where the clinic says so. */
  language: z.optional(Language),
  description: z.optional(z.string()),
  /** How long it takes; left out where the clinic says so only time by time. */
  minutes: z.optional(whole(1)),
  modes: z.array(Mode),
  /** What to do before the visit, in plain text. */
  instructions: z.optional(z.string()),
  /** Whether it can be booked only for an order of the patient's. */
  orderOnly: z.optional(z.boolean()),
  /** The usual course, where one visit is not enough: eight visits, two a week. */
  series: z.optional(z.object({ visits: whole(2), perWeek: whole(1) })),
  /** The form that is asked before any time is shown. */
  triageFormId: z.optional(Id),
});
export type VisitType = z.output<typeof VisitType>;

/** Someone who can be booked. */
export const Practitioner = z.object({ id: Id, name: z.string(), role: z.optional(z.string()) });
export type Practitioner = z.output<typeof Practitioner>;

/** A place of the clinic. */
export const Location = z.object({
  id: Id,
  name: z.string(),
  /** The language that its words are in, where the clinic says so. */
  language: z.optional(Language),
  address: z.optional(z.string()),
  timeZone: TimeZone,
  /** How to find it once there, in words. */
  directions: z.optional(z.string()),
  phone: z.optional(z.string()),
});
export type Location = z.output<typeof Location>;

/** A time that can be booked. Practitioner and location are absent where the clinic does not say them. */
export const Slot = z.object({
  id: Id,
  version: Version,
  start: Instant,
  end: Instant,
  /** The zone of the place where it happens. */
  timeZone: TimeZone,
  practitioner: z.optional(Practitioner),
  location: z.optional(Location),
});
export type Slot = z.output<typeof Slot>;

/** A day with free times. */
export const FreeDay = z.object({
  day: Day,
  free: whole(1),
  /** Whether there may be more than `free`: an exact count would have cost too much. */
  atLeast: z.optional(z.boolean()),
});
export type FreeDay = z.output<typeof FreeDay>;

/** Narrows the times: what is left out does not matter. */
export const filter = {
  visitTypeId: Id,
  practitionerIds: z.optional(z.array(Id)),
  locationIds: z.optional(z.array(Id)),
  mode: z.optional(Mode),
  partOfDay: z.optional(PartOfDay),
};

/** Both days count. */
export const days = { from: Day, to: Day };
/** What asks for a page. */
export const paging = { cursor: z.optional(Cursor), limit: z.optional(Limit) };
/** The first day comes first. What is no day is said of that day alone. */
export const inOrder = z.refine<{ from: string; to: string }>(
  ({ from, to }) => !isDay(from) || !isDay(to) || from <= to,
  {
    path: ['to'],
  },
);

/** Which free times are asked for. */
export const SlotQuery = z.object({ ...filter, ...days, ...paging }).check(inOrder);
export type SlotQuery = z.output<typeof SlotQuery>;

/** Of which days it is asked how many times are free. */
export const FreeDayQuery = z.object({ ...filter, ...days, ...paging }).check(inOrder);
export type FreeDayQuery = z.output<typeof FreeDayQuery>;

const march = { from: '2026-03-01', to: '2026-03-31' };

/** The questions about what can be booked: they are about nobody. */
export const scheduling = {
  /** What can be booked. */
  findVisitTypes: read(z.object(paging), pageOf(VisitType), { sample: {}, phi: false }),

  /** Who can be booked, for a visit type. */
  findPractitioners: read(z.object({ visitTypeId: z.optional(Id), ...paging }), pageOf(Practitioner), {
    sample: {},
    phi: false,
  }),

  /** Where the clinic is, for a visit type. */
  findLocations: read(z.object({ visitTypeId: z.optional(Id), ...paging }), pageOf(Location), {
    sample: {},
    phi: false,
  }),

  /** The days with free times, earliest first, without reading every time: a month's view. */
  findFreeDays: read(FreeDayQuery, pageOf(FreeDay), { sample: { visitTypeId: 'v1', ...march }, phi: false }),

  /** Free times, earliest first. None is an empty page, not an error. */
  findSlots: read(SlotQuery, pageOf(Slot), { sample: { visitTypeId: 'v1', ...march }, phi: false }),
};
