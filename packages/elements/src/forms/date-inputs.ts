import type { FormItem, Value } from '@clinic-widgets/core/forms.js';
import { dayOf, timeOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { type Line, lineInput } from './line-input.ts';
import type { Row } from './tree.ts';
import type { FormContext } from './view-context.ts';

type Part = 'year' | 'month' | 'day' | 'time';

/** Day, month and year apart, in the order of the reader's language: what is not known can be left out. */
export function dateInputs(
  { type }: FormItem,
  row: Row,
  { id, label, described = '', disabled, invalid, write }: Line,
  { text, locale, timeZone }: FormContext,
): TemplateResult {
  const { order, months } = calendarOf(locale);
  const [date = '', time = ''] = (row.typed ?? typedDate(row.value, timeZone)).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const given: Record<Part, string> = { year, month, day, time };
  const put = (part: Part, words: string) => {
    const all = { ...given, [part]: words.trim() };
    const dashed = [all.year, all.month, all.day].join('-');
    write((dashed === '--' ? '' : dashed) + (all.time && `T${all.time}`));
  };
  const field = (part: Part) =>
    lineInput({
      id: `${id}-${part}`,
      value: given[part],
      look: part,
      write: (words) => put(part, words),
      described,
      disabled,
      invalid,
      ...(part === 'time' ? { type: part } : { mode: 'numeric' }),
    });
  const choice = () => html`
    <select id="${id}-month" ?disabled=${disabled} aria-describedby=${described || nothing}
      aria-invalid=${invalid ? 'true' : nothing}
      @change=${(event: Event) => put('month', (event.target as HTMLSelectElement).value)}>
      <option value="" .selected=${month === ''}></option>
      ${months.map((name, index) => {
        const value = String(index + 1).padStart(2, '0');
        return html`<option value=${value} .selected=${value === month.padStart(2, '0')}>${name}</option>`;
      })}
    </select>`;
  const parts: readonly Part[] = type === 'dateTime' ? [...order, 'time'] : order;
  return html`
    <div class="date" id=${id} role="group" aria-label=${label ?? nothing}>
      ${parts.map(
        (part) => html`<label class="part ${part}">${text[part]}${part === 'month' ? choice() : field(part)}</label>`,
      )}
    </div>`;
}

function typedDate(value: Value | undefined, timeZone: string): string {
  if (value && 'date' in value) return value.date;
  if (!value || !('dateTime' in value)) return '';
  const { dateTime } = value;
  return dateTime.length <= 10 ? dateTime : `${dayOf(dateTime, timeZone)}T${timeOf(dateTime, timeZone)}`;
}

interface Calendar {
  /** What comes first in a date. */
  readonly order: readonly Part[];
  readonly months: readonly string[];
}

const calendars = new Map<string, Calendar>();

function calendarOf(locale: string): Calendar {
  let calendar = calendars.get(locale);
  if (!calendar) {
    const order = new Intl.DateTimeFormat(locale)
      .formatToParts(0)
      .flatMap(({ type }) => (type === 'year' || type === 'month' || type === 'day' ? type : []));
    const { format } = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
    const months = Array.from({ length: 12 }, (_, month) => format(Date.UTC(2000, month)));
    calendars.set(locale, (calendar = { order, months }));
  }
  return calendar;
}
