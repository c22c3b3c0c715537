import type { FormItem, Value } from '@clinic-widgets/core/forms.js';
import { dayOf, instantOf, isDay, timeOf } from '@clinic-widgets/core/time.js';
import { html, noChange, nothing, type TemplateResult } from 'lit';
import { HALF } from './checks.ts';
import { type Line, lineInput } from './line-input.ts';
import type { Row } from './tree.ts';
import type { FormContext } from './view-context.ts';

type Part = 'year' | 'month' | 'day' | 'time';

/** Day, month and year apart, in the order of the reader's language: what is not known can be left out. */
export function dateInputs(
  { type, repeats }: FormItem,
  row: Row,
  { id, label, described = '', disabled, invalid }: Line,
  { text, locale, timeZone }: FormContext,
  write: (typed: string, value: Value | undefined) => void,
): TemplateResult {
  const { order, months } = calendarOf(locale);
  const [date = '', time = ''] = (row.typed ?? typedDate(row.value, timeZone)).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const given: Record<Part, string> = { year, month, day, time };
  const put = (part: Part, words: string) => {
    const all = { ...given, [part]: words.trim() };
    const dashed = [all.year, all.month, all.day].join('-');
    const typed = (dashed === '--' ? '' : dashed) + (all.time && `T${all.time}`);
    write(typed, type === 'date' ? asDate(typed) : asMoment(typed, timeZone));
  };
  const field = (part: Part) =>
    (part === 'time' ? clock : lineInput)({
      id: `${id}-${part}`,
      value: given[part],
      look: part,
      write: (words) => put(part, words),
      described,
      disabled,
      invalid,
      mode: 'numeric',
    });
  // Written out in one template: thirteen of them took a twentieth of the time of a form's first page.
  const choice = () => html`
    <select id="${id}-month" ?disabled=${disabled} aria-describedby=${described || nothing}
      aria-invalid=${invalid ? 'true' : 'false'} .value=${month && month.padStart(2, '0')}
      @change=${(event: Event) => put('month', (event.target as HTMLSelectElement).value)}>
      <option value=""></option>
      <option value="01" .text=${months[0]}></option>
      <option value="02" .text=${months[1]}></option>
      <option value="03" .text=${months[2]}></option>
      <option value="04" .text=${months[3]}></option>
      <option value="05" .text=${months[4]}></option>
      <option value="06" .text=${months[5]}></option>
      <option value="07" .text=${months[6]}></option>
      <option value="08" .text=${months[7]}></option>
      <option value="09" .text=${months[8]}></option>
      <option value="10" .text=${months[9]}></option>
      <option value="11" .text=${months[10]}></option>
      <option value="12" .text=${months[11]}></option>
    </select>`;
  const parts: readonly Part[] = type === 'dateTime' ? [...order, 'time'] : order;
  return html`
    <div class="date" id=${id} role="group" aria-label=${repeats && label ? label : nothing}>
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
    const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
    const months = Array.from({ length: 12 }, (_, month) => name.format(Date.UTC(2000, month)));
    calendars.set(locale, (calendar = { order, months }));
  }
  return calendar;
}

/** The browser's own field for a time. Half a time is none to it, and neither is it the answer to leave the question open. */
function clock({ id, value, write, label, described, invalid, disabled }: Line): TemplateResult {
  const note = ({ currentTarget }: Event) => {
    const { value: words, validity } = currentTarget as HTMLInputElement;
    const typed = validity.badInput ? HALF : words;
    if (typed !== value) write(typed);
  };
  // To write into the field what it says of half a time would empty it.
  const shown = (value === HALF ? noChange : value) as string;
  return html`
    <input id=${id} type="time" class="time" autocomplete="off" aria-label=${label ?? nothing}
      aria-describedby=${described?.trim() || nothing} aria-invalid=${invalid ? 'true' : 'false'} ?disabled=${disabled}
      .value=${shown} @input=${note} @keyup=${note} @focusout=${note} />`;
}

/** A field for a time of day. */
export const timeInput = (
  row: Row,
  writing: Line,
  write: (typed: string, value: Value | undefined) => void,
): TemplateResult =>
  clock({
    ...writing,
    value: row.typed ?? (row.value && 'time' in row.value ? row.value.time.slice(0, 5) : ''),
    write: (words) => write(words, /^([01]\d|2[0-3]):[0-5]\d$/.test(words) ? { time: `${words}:00` } : undefined),
  });

function asDate(words: string): Value | undefined {
  const date = dateOf(words);
  return date ? { date } : undefined;
}

function asMoment(words: string, timeZone: string): Value | undefined {
  const [day = '', time] = words.split('T');
  const date = dateOf(day);
  if (!date || !time) return date ? { dateTime: date } : undefined;
  const dateTime = date.length === 10 && time !== HALF ? instantOf(date, time, timeZone) : undefined;
  return dateTime ? { dateTime } : undefined;
}

/** A date from year, month and day with hyphens between: what is not known is left out from the end. */
function dateOf(words: string): string | undefined {
  const [year = '', month = '', day = ''] = words.split('-').map((part) => part.trim());
  if (!/^\d{4}$/.test(year) || (day && !month)) return undefined;
  const date = [year, month, day].filter(Boolean).map((part) => part.padStart(2, '0'));
  return isDay([...date, '01', '01'].slice(0, 3).join('-')) ? date.join('-') : undefined;
}
