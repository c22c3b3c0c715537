import { addDays, addMonths, dayOf, endOfMonth, weekdayOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { dayNumber, firstWeekday, fullDay, monthName, weekday } from '../ui/format.ts';
import { type In, range } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** How far each key moves in a calendar, in days or months (ARIA Authoring Practices, grid). */
function target(key: string, day: string, week: number, rightToLeft: boolean): string | undefined {
  const forward = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const column = (weekdayOf(day) - week + 7) % 7;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      return addDays(day, key === forward ? 1 : -1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -column);
    case 'End':
      return addDays(day, 6 - column);
    case 'PageUp':
      return inMonth(addMonths(day, -1), day);
    case 'PageDown':
      return inMonth(addMonths(day, 1), day);
    default:
      return undefined;
  }
}

/** The same date in another month, or that month's last day. */
function inMonth(month: string, day: string): string {
  const wanted = month.slice(0, 8) + day.slice(8);
  const last = endOfMonth(month);
  return wanted < last ? wanted : last;
}

/** A month with what is free each day, as an ARIA grid. */
export function calendar(state: In<'time'>, { send, text, locale, now }: ViewContext): TemplateResult {
  const { active, days, day: chosen } = state;
  const { from, to } = range(state, now);
  const today = dayOf(now(), state.clinic.timeZone);
  const week = firstWeekday(locale);
  const first = addMonths(active, 0);
  const last = endOfMonth(active);
  const start = addDays(first, -((weekdayOf(first) - week + 7) % 7));
  const weeks = Array.from({ length: 6 }, (_, row) => addDays(start, row * 7)).filter((row) => row <= last);
  const free = new Map(days?.map((each) => [each.day, each]));
  const row = [0, 1, 2, 3, 4, 5, 6];

  const press = (event: KeyboardEvent) => {
    const grid = event.currentTarget as HTMLElement;
    const day = target(event.key, active, week, getComputedStyle(grid).direction === 'rtl');
    if (!day) return;
    event.preventDefault();
    send({ type: 'moved', day, keyed: true });
  };

  return html`<div part="calendar" class="calendar" role="group" aria-label=${text.calendar}>
    <div class="month">
      ${turn(addMonths(active, -1), text.previousMonth, first > from, '‹')}
      <h3 id="month">${monthName(active, locale)}</h3>
      ${turn(addMonths(active, 1), text.nextMonth, last < to, '›')}
    </div>
    <table role="grid" aria-labelledby="month" aria-busy=${days ? 'false' : 'true'} @keydown=${press}>
      <thead>
        <tr>
          ${row.map(
            (column) =>
              html`<th scope="col" abbr=${weekday(addDays(start, column), locale, 'long')}>
                ${weekday(addDays(start, column), locale, 'short')}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${weeks.map(
          (monday) =>
            html`<tr>
              ${row.map((column) => cell(addDays(monday, column)))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

  function turn(month: string, label: string, possible: boolean, arrow: string): TemplateResult {
    return html`<button
      part="button"
      class="turn"
      aria-label=${label}
      aria-disabled=${possible ? 'false' : 'true'}
      @click=${() => possible && send({ type: 'moved', day: month })}
    >
      <span aria-hidden="true">${arrow}</span>
    </button>`;
  }

  function cell(day: string): TemplateResult {
    if (day < first || day > last) return html`<td></td>`;
    const known = free.get(day);
    const full = fullDay(day, locale, active.slice(0, 4));
    const label = known ? text.freeOn(full, known.free, known.atLeast) : days ? text.noneOn(full) : full;
    return html`<td aria-selected=${day === chosen ? 'true' : 'false'}>
      <button
        part=${known ? 'day free' : 'day'}
        class="day"
        data-day=${day}
        aria-label=${label}
        aria-disabled=${known ? 'false' : 'true'}
        tabindex=${day === active ? '0' : '-1'} aria-current=${day === today ? 'date' : 'false'}
        @click=${() => send(known ? { type: 'chose-day', day } : { type: 'moved', day })}
        data-free=${known ? text.free(known.free, known.atLeast) : nothing}
      >
        ${dayNumber(day, locale)}
      </button>
    </td>`;
  }
}
