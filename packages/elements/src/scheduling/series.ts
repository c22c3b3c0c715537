import type { Slot } from '@clinic-widgets/core';
import { addDays, dayOf, timeOf } from '@clinic-widgets/core/time.js';

/** One visit of a series: the day it should be on, and a time if one is free at that hour. */
export interface PlannedVisit {
  readonly day: string;
  readonly slot: Slot | undefined;
}

/** How many visits a series has, and how many a week. */
export interface Course {
  readonly visits: number;
  readonly perWeek: number;
}

/**
 * Fits a series around its first visit: with the same person at the same place, at the same hour by the clinic's
 * clock, also after the clock has changed, on the same weekdays every week. Of the weekdays that leave a rest
 * between visits, those are taken on which most visits fit. A day without such a time stays without: nobody is
 * moved to another hour unasked.
 */
export function planSeries(first: Slot, free: readonly Slot[], course: Course): readonly PlannedVisit[] {
  const fits = new Map<string, Slot>();
  for (const slot of [first, ...free]) {
    const day = dayOf(slot.start, slot.timeZone);
    if (isLike(slot, first) && !fits.has(day)) fits.set(day, slot);
  }
  const start = dayOf(first.start, first.timeZone);
  const plans = weekdaySets(course.perWeek).map((offsets) =>
    seriesDays(start, offsets, course.visits).map((day) => ({ day, slot: fits.get(day) })),
  );
  const fitted = (plan: readonly PlannedVisit[]) => plan.filter(({ slot }) => slot).length;
  return plans.reduce((best, plan) => (fitted(plan) > fitted(best) ? plan : best));
}

/** The last day on which a visit of the series can be. */
export const seriesEnd = (first: Slot, { visits, perWeek }: Course): string =>
  addDays(dayOf(first.start, first.timeZone), Math.ceil(visits / perWeek) * 7);

const isLike = (slot: Slot, first: Slot): boolean =>
  slot.practitioner?.id === first.practitioner?.id &&
  slot.location?.id === first.location?.id &&
  timeOf(slot.start, slot.timeZone) === timeOf(first.start, first.timeZone);

const seriesDays = (start: string, offsets: readonly number[], visits: number): readonly string[] =>
  Array.from({ length: visits }, (_, index) =>
    addDays(start, Math.floor(index / offsets.length) * 7 + offsets[index % offsets.length]!),
  );

/** The days of a week, counted from the first visit, with as much rest between as so many visits leave; evenest first. */
function weekdaySets(timesAWeek: number): readonly (readonly number[])[] {
  const perWeek = Math.min(timesAWeek, 7);
  const rest = Math.max(1, Math.floor(7 / perWeek) - 1);
  const sets: (readonly number[])[] = [];
  const extend = (offsets: readonly number[]): void => {
    if (offsets.length === perWeek) {
      if (7 - offsets.at(-1)! >= rest) sets.push(offsets);
      return;
    }
    for (let next = offsets.at(-1)! + rest; next < 7; next += 1) extend([...offsets, next]);
  };
  extend([0]);
  const unevenness = (offsets: readonly number[]) =>
    [...offsets.slice(1), 7].reduce((sum, day, index) => sum + (day - offsets[index]!) ** 2, 0);
  return sets.sort((a, b) => unevenness(a) - unevenness(b));
}
