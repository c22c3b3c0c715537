import { createCalendar, createViewDay, createViewMonthGrid, type CalendarEvent } from '@schedule-x/calendar';
import { createCalendarControlsPlugin } from '@schedule-x/calendar-controls';
import '@schedule-x/theme-default/dist/index.css';
import type { Mount } from './calendar.ts';
import { type Events, MONTHS, TIME_ZONE } from './slots.ts';

/** Schedule-X: the month grid and the day, events asked for by range, four events a day and "+ n events", no animations. */
export const mount: Mount<Events<CalendarEvent>> = (target, events) => {
  const controls = createCalendarControlsPlugin();
  const [month, day] = [createViewMonthGrid(), createViewDay()];
  const show = (view: string, date: Temporal.PlainDate) => {
    controls.setView(view);
    controls.setDate(date);
  };
  const calendar = createCalendar({
    views: [month, day],
    defaultView: month.name,
    selectedDate: Temporal.PlainDate.from(`${MONTHS[0]}-01`),
    timezone: TIME_ZONE,
    locale: 'en-US',
    firstDayOfWeek: 7,
    dayBoundaries: { start: '08:00', end: '18:00' },
    skipAnimations: true,
    skipValidation: true,
    plugins: [controls],
    callbacks: {
      fetchEvents: async ({ start, end }) => {
        const [first, last] = [start.toPlainDate(), end.toPlainDate()];
        const known = first.equals(last) ? events.day : events.month;
        const found: CalendarEvent[] = [];
        for (let at = first; Temporal.PlainDate.compare(at, last) <= 0; at = at.add({ days: 1 })) {
          found.push(...(known.get(at.toString()) ?? []));
        }
        return found;
      },
      onClickDate: (date) => show(day.name, date),
    },
  });
  const wrapper = document.createElement('div');
  wrapper.className = 'sx-vanilla-calendar-wrapper';
  wrapper.style.cssText = 'inline-size: 100%; block-size: 100%';
  target.append(wrapper);
  calendar.render(wrapper);

  return {
    root: wrapper,
    monthShown: (month) =>
      wrapper.querySelector(`[data-date="${month}-15"]:not(.is-leading-or-trailing) .sx__event`) !== null,
    dayShown: (day) => wrapper.querySelector(`[data-time-grid-date="${day}"] .sx__time-grid-event`) !== null,
    turn: (forward) =>
      wrapper.querySelector(`.sx__forward-backward-navigation .sx__chevron--${forward ? 'next' : 'previous'}`)!,
    day: (day) => wrapper.querySelector(`[data-date="${day}"] .sx__month-grid-day__header-date`)!,
    backToMonth: (day) => show(month.name, Temporal.PlainDate.from(day)),
  };
};
