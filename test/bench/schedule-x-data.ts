import type { CalendarEvent } from '@schedule-x/calendar';
import { clinicWith, type Events, eventsOf, TIME_ZONE } from './slots.ts';

/** The slots as its events, ready to be handed over. */
export const prepare = (count: number, counted: boolean): Events<CalendarEvent> =>
  eventsOf<CalendarEvent>(
    clinicWith(count),
    counted,
    ({ id, start, end, practitionerId }) => ({
      id,
      title: practitionerId!,
      start: Temporal.Instant.from(start).toZonedDateTimeISO(TIME_ZONE),
      end: Temporal.Instant.from(end).toZonedDateTimeISO(TIME_ZONE),
    }),
    (day, free) => ({
      id: day,
      title: `${free} free`,
      start: Temporal.PlainDate.from(day),
      end: Temporal.PlainDate.from(day),
    }),
  );
