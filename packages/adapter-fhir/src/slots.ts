import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { type FreeDay, type Mode, Slot, type SlotQuery } from '@clinic-widgets/core/scheduling.js';
import { addDays, dayOf, inZone, partOfDay, startOfDay } from '@clinic-widgets/core/time.js';
import type { Asking, Query } from './client.ts';
import { extensionsOf, idOf, momentOf } from './datatypes.ts';
import { held, LeftOut, lenient, warningOf } from './lenient.ts';
import type { Offer } from './offers.ts';
import { type Keyed, pageOf, USUAL_LIMIT } from './paging.ts';
import type { Setting } from './setting.ts';
import { stateOf } from './slot-marks.ts';
import { slotsTaken } from './standing.ts';
import { isFor, modesOf } from './visit-types.ts';
import { CAPACITY } from './vocabulary.ts';

const STATUSES: readonly string[] = ['busy', 'free', 'busy-unavailable', 'busy-tentative'];

/** A time, whatever has become of it. */
export function toSlot(slot: fhir.Slot, { practitioner, location, timeZone }: Omit<Offer, 'schedule'>): Slot {
  const { id = '', meta, status, start, end } = slot;
  const [from, to] = [momentOf(start), momentOf(end)];
  if ((status as string) === 'entered-in-error') throw new LeftOut('entered-in-error');
  if (!STATUSES.includes(status)) throw new LeftOut('unknown-status');
  if (from === undefined) throw new LeftOut('no-start');
  if (to === undefined || to <= from) throw new LeftOut('zero-length');
  if (extensionsOf(slot, CAPACITY)[0]?.valueInteger === 0) throw new LeftOut('no-capacity');
  const zoned = (instant: string) => inZone(instant, timeZone);
  const version = meta?.versionId ?? '';
  return held(Slot, { id, version, start: zoned(start), end: zoned(end), timeZone, practitioner, location });
}

/** A search for times: what for, at which schedules, in which days. */
export interface TimeSearch {
  readonly setting: Setting;
  readonly offers: readonly Offer[];
  readonly service: fhir.HealthcareService;
  /** How the service is given, where neither slot nor schedule says it. */
  readonly modes: readonly Mode[];
  readonly query: Omit<SlotQuery, 'visitTypeId'>;
  readonly asking: Asking;
  /** Reads free times from one moment to another, a request at a time. */
  readonly read: (
    search: TimeSearch,
    from: number,
    to: number,
    count: number,
    budget: Budget,
  ) => AsyncGenerator<Times, void>;
}

/** How many more requests a call may make. */
export interface Budget {
  left: number;
}

/** A free time, by its moment and its id. */
export interface Time {
  readonly key: string;
  readonly slot: Slot;
  readonly moment: number;
  readonly day: string;
}

/** What one request for free times has brought. */
export interface Times {
  readonly times: readonly Time[];
  /** The moment before which nothing is missing. */
  readonly last: number;
}

const MOST_REQUESTS = 40;

/** How many times a request asks for at most. */
export const MOST_AT_ONCE = 1000;

/** A day in milliseconds. */
export const DAY = 86_400_000;

/** Free times, earliest first: a page of them. */
export async function findTimes(search: TimeSearch): Promise<{ items: Slot[]; next?: string }> {
  const { cursor = '', limit = USUAL_LIMIT, from, to } = search.query;
  const start = Math.max(startOf(search, from), cursor ? Date.parse(checked(cursor).slice(0, 24)) : 0);
  const end = endOf(search, to);
  const found: Time[] = [];
  const isSure = ({ key, moment }: Time) => key > cursor && moment < last;
  let last = end;
  for await (const page of search.read(search, start, end, limit + 50, { left: MOST_REQUESTS })) {
    found.push(...page.times);
    last = page.last;
    if (found.filter(isSure).length > limit) break;
  }
  // A server that neither sorts nor comes to an end gives what it gives; asked again, it would give the same.
  if (last <= start) last = end;
  const sure = found.filter(isSure).map(({ key, slot }): Keyed<Slot> => [key, slot]);
  return { ...(last < end && { next: isoOf(last) }), ...pageOf(sure, { cursor, limit }) };
}

/**
 * The days with free times. What a request brings counts for the days that it covers; a day that it only begins is
 * asked for again, and one that is more than a request can bring is said to have at least so many. So the number of
 * requests hangs on the number of days, not of times.
 */
export async function findDays(search: TimeSearch): Promise<{ items: FreeDay[]; next?: string }> {
  const { cursor, limit = USUAL_LIMIT, from, to } = search.query;
  const items: FreeDay[] = [];
  const budget = { left: MOST_REQUESTS };
  const end = endOf(search, to);
  let day = cursor ? addDays(checked(cursor).slice(0, 10), 1) : from;
  while (day <= to && items.length <= limit && budget.left > 0) {
    const { value } = await search.read(search, startOf(search, day), end, MOST_AT_ONCE, budget).next();
    const { times = [], last = end } = value ?? {};
    let covered = day;
    for (; covered <= to && endOf(search, covered) <= last; covered = addDays(covered, 1)) {
      const free = times.filter((time) => time.day === covered).length;
      if (free) items.push({ day: covered, free });
    }
    if (covered === day) {
      items.push(...(await countDay(search, day, budget)));
      covered = addDays(day, 1);
    }
    day = covered;
  }
  const keyed = items.map((item): Keyed<FreeDay> => [item.day, item]);
  return { ...(day <= to && { next: addDays(day, -1) }), ...pageOf(keyed, { limit }) };
}

/** A cursor that begins with a day or a moment, as all do that were made here. */
function checked(cursor: string): string {
  if (Date.parse(cursor.split('/')[0]!) >= 0) return cursor;
  throw new ClinicError('invalid', 'The cursor is unknown.', { paths: [['cursor']] });
}

/** A moment as an instant, in the one way that also sorts. */
export const isoOf = (moment: number): string => new Date(moment).toISOString();

/** Counts one day until there is something to say of it. */
async function countDay(search: TimeSearch, day: string, budget: Budget): Promise<FreeDay[]> {
  const end = endOf(search, day);
  for await (const { times, last } of search.read(search, startOf(search, day), end, MOST_AT_ONCE, budget)) {
    const free = times.filter((time) => time.day === day).length;
    if (free) return [{ day, free, ...(last < end && { atLeast: true }) }];
  }
  return [];
}

/** Reads free times of a server that keeps them as slots. */
export const readTimes: TimeSearch['read'] = async function* (search, from, to, count, budget) {
  const { setting, offers, asking } = search;
  const windowDays = setting.options.windowDays ?? Infinity;
  const schedules = offers.map(({ schedule }) => `Schedule/${schedule.id}`).join();
  const seen = new Set<string>();
  if (!schedules) return;
  for (let start = from; start < to; start += windowDays * DAY) {
    const end = Math.min(start + windowDays * DAY, to);
    const query: Query = [
      ['schedule', schedules],
      ['status', 'free,busy-tentative'],
      ['start', `ge${isoOf(start)}`],
      ['start', `lt${isoOf(end)}`],
      ['_sort', 'start'],
      ['_count', `${Math.min(count, MOST_AT_ONCE)}`],
    ];
    const order = orderFrom(start);
    // So many schedules would make too long a URL.
    for await (const page of setting.client.pages('Slot', query, { ...asking, secret: schedules.length > 1500 })) {
      const slots = page.resources.filter((one): one is fhir.Slot => one.resourceType === 'Slot');
      const last = order(slots);
      const times = await timesOf(search, slots, seen);
      yield { times, last: page.more ? last : end };
      if ((budget.left -= 1) <= 0) return;
    }
  }
};

/**
 * Says of slots that come in order up to which moment none is missing. Some servers order moments, some the text, so
 * that offsets put what comes later up to 14 hours earlier, and some nothing: then that is where the search starts.
 */
function orderFrom(start: number): (slots: readonly fhir.Slot[]) => number {
  let [moment, text] = [start, ''];
  let [byMoment, byText] = [true, true];
  return (slots) => {
    for (const slot of slots) {
      const next = momentOf(slot.start);
      if (next === undefined) continue;
      byMoment &&= next >= moment;
      byText &&= slot.start >= text;
      [moment, text] = [next, slot.start];
    }
    if (byMoment) return moment;
    return byText ? Math.max(start, Date.parse(`${text.slice(0, 19)}Z`) - 14 * 3_600_000) : start;
  };
}

/** The times that can be booked, of the slots read. Of those with one id only the first can be meant by it. */
export async function timesOf(search: TimeSearch, slots: readonly fhir.Slot[], seen: Set<string>): Promise<Time[]> {
  const { setting, offers, asking } = search;
  const { warn } = setting;
  const free = await available(setting, slots, asking);
  return free.flatMap((slot) => {
    const offer = offers.find(({ schedule }) => schedule.id === idOf(slot.schedule, 'Schedule'));
    const time = offer && lenient(slot, (one) => timeOf(search, one, offer), warn);
    if (time && seen.has(time.slot.id)) warn(warningOf(slot, 'repeated-id'));
    return time && !seen.has(time.slot.id) && seen.add(time.slot.id) ? [time] : [];
  });
}

function timeOf({ service, modes, query }: TimeSearch, resource: fhir.Slot, offer: Offer): Time | undefined {
  const slot = toSlot(resource, offer);
  const day = dayOf(slot.start, slot.timeZone);
  const { from, to, mode, partOfDay: part } = query;
  const fits =
    day >= from &&
    day <= to &&
    isFor(service, { ...(resource.serviceType && { serviceType: resource.serviceType }) }) &&
    (!mode || modesAt(resource, offer, modes).includes(mode)) &&
    (!part || part === partOfDay(slot.start, slot.timeZone));
  const moment = Date.parse(slot.start);
  return fits ? { key: `${isoOf(moment)}/${slot.id}`, slot, day, moment } : undefined;
}

/** How a visit at that time may be given. */
export const modesAt = (
  slot: fhir.Slot,
  { schedule }: Pick<Offer, 'schedule'>,
  usual: readonly Mode[],
): readonly Mode[] => [modesOf(slot), modesOf(schedule)].find(({ length }) => length) ?? usual;

/** Those of the slots that anyone may have; whether an appointment stands is looked up where it can be. */
export async function available(setting: Setting, slots: readonly fhir.Slot[], asking: Asking): Promise<fhir.Slot[]> {
  const states = slots.map((slot) => lenient(slot, (one) => stateOf(one, setting.now), setting.warn));
  const unsure = slots.filter((_, index) => setting.options.seesEveryone && states[index] === 'unsure');
  const taken = unsure.length ? await slotsTaken(setting, unsure, asking) : unsure;
  return slots.filter((slot, index) => states[index] === 'free' || (unsure.includes(slot) && !taken.includes(slot)));
}

/** The zones that a day may be in: where it is not known yet with whom and where, all there are. */
const zonesOf = ({ offers, setting }: TimeSearch): readonly string[] =>
  offers.length || !setting.ability.ihe
    ? [...new Set([setting.ability.clinic.timeZone, ...offers.map(({ timeZone }) => timeZone)])]
    : ['Etc/GMT-14', 'Etc/GMT+12'];

/** The moment at which a day begins, where it begins first; of today, the present. */
const startOf = (search: TimeSearch, day: string): number =>
  Math.max(search.setting.now, Math.min(...zonesOf(search).map((zone) => Date.parse(startOfDay(day, zone)))));

/** The moment at which a day has ended everywhere. */
const endOf = (search: TimeSearch, day: string): number =>
  Math.max(...zonesOf(search).map((zone) => Date.parse(startOfDay(addDays(day, 1), zone))));
