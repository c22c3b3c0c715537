import type { Calendar } from '@event-calendar/core';
import { clinicWith, type Events, eventsOf } from './slots.ts';

/** The slots as its events, ready to be handed over. Their classes tell which are shown. */
export const prepare = (count: number, counted: boolean): Events<Calendar.EventInput> =>
  eventsOf<Calendar.EventInput>(
    clinicWith(count),
    counted,
    ({ id, start, end, practitionerId }, day) => ({
      id,
      title: practitionerId!,
      // Without an offset: it shows the wall clock as it is, and knows no zone whose offset changes.
      start: start.slice(0, 19),
      end: end.slice(0, 19),
      classNames: ['slot', `on-${day}`],
    }),
    (day, free) => ({ id: day, title: `${free} free`, allDay: true, start: day, end: day, classNames: [`on-${day}`] }),
  );
