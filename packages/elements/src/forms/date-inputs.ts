import type { FormItem, Value } from '@clinic-widgets/core/forms.js';
import { dayOf, instantOf, isDay, timeOf } from '@clinic-widgets/core/time.js';
import { html, noChange, nothing, type TemplateResult } from 'lit';
import { monthOf } from '../ui/month.ts';
import { HALF } from './checks.ts';
import { type Line, lineInput } from './line-input.ts';
import type { Row } from './tree.ts';
import type { FormContext } from './view-context.ts';

type Part = 'year' | 'month' | 'day' | 'time';
type Parts = Readonly<Record<Part, string>>;

/** Day, month and year apart, in the order of the reader's language: what is not known can be left out. */
export function dateInputs(
  { type, repeats }: FormItem,
  row: Row,
  { id, label, described = '', disabled, invalid }: Line,
  { text, locale, timeZone }: FormContext,
  write: (typed: string, value: Value | undefined) => void,
): TemplateResult {
  const order = orderIn(locale);
  const given = partsOf(row.typed ?? typedDate(row.value, timeZone));
  const put = (part: Part, words: string) => {
    // What stands between the parts is in none of them.
    const all: Parts = { ...given, [part]: words.replaceAll(part === 'month' ? '-' : /[-T]/g, '').trim() };
    const { year, month, day, time } = all;
    const typed = year || month || day || time ? `${year}-${month}-${day}${time && `T${time}`}` : '';
    write(typed, type === 'date' ? asDate(typed, locale) : asMoment(typed, locale, timeZone));
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
  const parts: readonly Part[] = type === 'dateTime' ? [...order, 'time'] : order;
  return html`
    <div class="date" id=${id} role="group" aria-label=${repeats && label ? label : nothing}>
      ${parts.map((part) => html`<label class="part ${part}">${text[part]}${field(part)}</label>`)}
    </div>`;
}

const EXAMPLE: Parts = { year: '1984', month: '6', day: '17', time: '' };

/** How a date is written, in the order of the reader's language. */
export const dateHint = ({ text, locale }: FormContext): string =>
  text.partialDate(
    orderIn(locale)
      .map((part) => EXAMPLE[part])
      .join(' '),
  );

function typedDate(value: Value | undefined, timeZone: string): string {
  if (value && 'date' in value) return value.date;
  if (!value || !('dateTime' in value)) return '';
  const { dateTime } = value;
  return dateTime.length <= 10 ? dateTime : `${dayOf(dateTime, timeZone)}T${timeOf(dateTime, timeZone)}`;
}

/** What somebody has typed so far: year, month and day with hyphens between, then the time. A month may be a name. */
function partsOf(typed: string): Parts {
  const [year = '', month = '', rest = ''] = typed.split('-');
  const [day = '', time = ''] = rest.split('T');
  return { year, month, day, time };
}

const orders = new Map<string, readonly Part[]>();

/** What comes first in a date. */
function orderIn(locale: string): readonly Part[] {
  let order = orders.get(locale);
  if (!order) {
    order = new Intl.DateTimeFormat(locale)
      .formatToParts(0)
      .flatMap(({ type }) => (type === 'year' || type === 'month' || type === 'day' ? type : []));
    orders.set(locale, order);
  }
  return order;
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

function asDate(typed: string, locale: string): Value | undefined {
  const date = dateOf(partsOf(typed), locale);
  return date ? { date } : undefined;
}

function asMoment(typed: string, locale: string, timeZone: string): Value | undefined {
  const parts = partsOf(typed);
  const { time } = parts;
  const date = dateOf(parts, locale);
  if (!date || !time) return date ? { dateTime: date } : undefined;
  const dateTime = date.length === 10 && time !== HALF ? instantOf(date, time, timeZone) : undefined;
  return dateTime ? { dateTime } : undefined;
}

/** A date from year, month and day: what is not known is left out from the end. */
function dateOf({ year, month, day }: Parts, locale: string): string | undefined {
  if (!/^\d{4}$/.test(year) || (day && !month)) return undefined;
  const date = [year, ...(month ? [monthOf(month, locale) ?? month] : []), ...(day ? [day.padStart(2, '0')] : [])];
  return isDay([...date, '01', '01'].slice(0, 3).join('-')) ? date.join('-') : undefined;
}
