import { type Calendar, createCalendar, DayGrid, Interaction, List } from '@event-calendar/core';
import '@event-calendar/core/index.css';
import type { Mount } from './calendar.ts';
import { type Events, MONTHS } from './slots.ts';

/** Event Calendar: the month and the list of a day, events asked for by range, as many a day as fit and "+n more". */
export const mount: Mount<Events<Calendar.EventInput>> = (target, events) => {
  const calendar = createCalendar(target, [DayGrid, List, Interaction], {
    view: 'dayGridMonth',
    date: `${MONTHS[0]}-01`,
    locale: 'en-US',
    firstDay: 0,
    height: '100%',
    dayMaxEvents: true,
    // What was fetched for the month does for its days only where it has every slot.
    lazyFetching: events.month === events.day,
    eventSources: [
      {
        events: async ({ start, end, startStr, endStr }: Calendar.FetchInfo) => {
          const known = end.getTime() - start.getTime() > 25 * 60 * 60 * 1000 ? events.month : events.day;
          const [first, last] = [startStr.slice(0, 10), endStr.slice(0, 10)];
          return [...known].filter(([day]) => day >= first && day < last).flatMap(([, of]) => of);
        },
      },
    ],
    dateClick: ({ dateStr }) => show('listDay', dateStr.slice(0, 10)),
  });
  const show = (view: string, date: string) => {
    calendar.setOption('view', view);
    calendar.setOption('date', date);
  };
  const title = () => target.querySelector('.ec-title')?.textContent ?? '';
  const month = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });

  return {
    root: target,
    monthShown: (shown) =>
      title() === month.format(Date.parse(`${shown}-01`)) &&
      target.querySelector(`.ec-day-grid .ec-event.on-${shown}-15`) !== null,
    dayShown: (day) => target.querySelector(`.ec-list .ec-event.slot.on-${day}`) !== null,
    turn: (forward) => target.querySelector(forward ? '.ec-next' : '.ec-prev')!,
    day: (day) => target.querySelector(`time[datetime="${day}"]`)!,
    backToMonth: (day) => show('dayGridMonth', day),
  };
};
