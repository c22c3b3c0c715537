import type * as fhir from 'fhir/r4.js';
import { dayOf, isDay, isInstant } from '@clinic-widgets/core/time.js';
import { textOf } from './elements.ts';

/** Whether a period has ended by a day. An end may be a year or a month: that is over when it is. */
export function isOver(period: fhir.Period | undefined, today: string): boolean {
  const end = textOf(period?.end)?.slice(0, 10);
  return end !== undefined && end < today.slice(0, end.length);
}

/** The last day of an end: of a month or a year, their last; nothing where it is no date. */
export function lastDayOf(end: unknown, zone: string): string | undefined {
  const text = textOf(end) ?? '';
  if (isInstant(text)) return dayOf(text, zone);
  const [, year, month = '12', day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (!year) return undefined;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const whole = `${year}-${month}-${day ?? String(last)}`;
  return isDay(whole) ? whole : undefined;
}
