/** Days and instants in a reader's words. A formatter costs far more to build than to use, so each is kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = formatters.get(key);
  if (!known) formatters.set(key, (known = new Intl.DateTimeFormat(locale, options)));
  return known;
}

const formatDay = (day: string, locale: string, options: Intl.DateTimeFormatOptions) =>
  formatter(locale, { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00Z`));

/** "Tuesday, March 3", with the year where it is not the one given. */
export const fullDay = (day: string, locale: string, thisYear?: string): string =>
  formatDay(day, locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(day.slice(0, 4) !== thisYear && { year: 'numeric' }),
  });

/** "March 2026". */
export const monthName = (day: string, locale: string): string =>
  formatDay(day, locale, { month: 'long', year: 'numeric' });

/** "3". */
export const dayNumber = (day: string, locale: string): string => formatDay(day, locale, { day: 'numeric' });

/** "Tue" and "Tuesday". */
export const weekday = (day: string, locale: string, style: 'short' | 'long'): string =>
  formatDay(day, locale, { weekday: style });

/** "9:30 AM", at the zone's wall clock. */
export const timeOfDay = (instant: string, locale: string, timeZone: string): string =>
  formatter(locale, { hour: 'numeric', minute: '2-digit', timeZone }).format(Date.parse(instant));

/** "Eastern Time": the zone's own name. */
const zoneName = (instant: string, locale: string, timeZone: string): string =>
  formatter(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(Date.parse(instant))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

/** The first day of the week in a locale, 1 for Monday to 7 for Sunday. */
export function firstWeekday(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 7;
}

/** Whether two zones show the same clock at an instant. */
const sameClock = (instant: string, a: string, b: string): boolean =>
  a === b || wallClock(instant, a) === wallClock(instant, b);

const wallClock = (instant: string, timeZone: string) =>
  formatter('en', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(Date.parse(instant));

/** The reader's own zone. */
const viewerZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The name of a time's zone, where the reader's clock shows something else then. */
export const foreignZone = (
  { start, timeZone }: { readonly start: string; readonly timeZone: string },
  locale: string,
): string => (sameClock(start, timeZone, viewerZone()) ? '' : zoneName(start, locale, timeZone));

/** "Spanish": a language's name, by its BCP 47 tag; where the browser may have none, the one that is given. */
export const languageName = (tag: string, locale: string, given: Readonly<Record<string, string>> = {}): string =>
  given[tag] ?? new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
