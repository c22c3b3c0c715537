/**
 * Days and instants as strings: a day is `YYYY-MM-DD`, an instant RFC 3339 with its offset. A day or an
 * hour is always the clinic's, so every function that turns one into the other is told the zone.
 */

/** Makes `Temporal` there where the browser has none; resolves at once where it has. */
export async function loadTemporal(): Promise<void> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
}

/** Whether `Temporal` can be used now. */
export const hasTemporal = (): boolean => 'Temporal' in globalThis;

/** Whether it is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(day: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return false;
  const time = Date.parse(`${day}T00:00Z`);
  // The parser takes February 30 for March 2.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/** Whether it is a moment of a day of the calendar, with an offset (RFC 3339); a leap second is none. */
export const isInstant = (instant: string): boolean =>
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(instant) &&
  isDay(instant.slice(0, 10));

const zones = new Map<string, boolean>();

/** Whether this machine knows the zone. An unknown one would make every formatter throw. */
export function isTimeZone(timeZone: string): boolean {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  let valid = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    valid = false;
  }
  zones.set(timeZone, valid);
  return valid;
}

const zoned = (instant: string, timeZone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);

/** The clinic's day at an instant. */
export const dayOf = (instant: string, timeZone: string): string => zoned(instant, timeZone).toPlainDate().toString();

/** The clinic's wall-clock time at an instant, `HH:MM`. */
export const timeOf = (instant: string, timeZone: string): string =>
  zoned(instant, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });

/** The clinic's hour at an instant, 0 to 23. */
export const hourOf = (instant: string, timeZone: string): number => zoned(instant, timeZone).hour;

/** The same moment written with the clinic's offset. */
export const inZone = (instant: string, timeZone: string): string =>
  zoned(instant, timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** The first moment of a day at the clinic; not always midnight, where the clock changes then. */
export const startOfDay = (day: string, timeZone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });

/**
 * The moment of a wall-clock time `HH:MM` on a day. A time that the clock skips is refused with
 * `undefined`; of one that comes twice, the first is meant.
 */
export function instantOf(day: string, time: string, timeZone: string): string | undefined {
  const wall = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(time));
  const moment = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (!moment.toPlainDateTime().equals(wall)) return undefined;
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** The moment so many minutes later, with the same offset. */
export function addMinutes(instant: string, minutes: number): string {
  const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(instant)?.[0] ?? 'Z';
  const zone = offset === 'Z' ? 'UTC' : offset;
  return inZone(Temporal.Instant.from(instant).add({ minutes }).toString(), zone);
}

/** Orders two instants by the moment they mean, whatever their offsets. */
export const compareInstants = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

/** The day so many days later, or earlier. */
export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** The first day of the month so many months later, or earlier. */
export const addMonths = (day: string, months: number): string =>
  Temporal.PlainDate.from(day).with({ day: 1 }).add({ months }).toString();

/** The last day of the day's month. */
export const endOfMonth = (day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return date.with({ day: date.daysInMonth }).toString();
};

/** The day of the week, 1 for Monday to 7 for Sunday (ISO 8601). */
export const weekdayOf = (day: string): number => Temporal.PlainDate.from(day).dayOfWeek;

/** The part of the day at an instant: before noon, noon to five, five and later. */
export function partOfDay(instant: string, timeZone: string): 'morning' | 'afternoon' | 'evening' {
  const hour = hourOf(instant, timeZone);
  if (hour < 12) return 'morning';
  return hour < 17 ? 'afternoon' : 'evening';
}
