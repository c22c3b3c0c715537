import { sameValue } from '@clinic-widgets/core/answers.js';
import type { FormItem, FormOption, Value } from '@clinic-widgets/core/forms.js';
import type { Filling } from './filling.ts';
import { type Node, valuesOf } from './tree.ts';
import type { FormContext } from './view-context.ts';

/** What words are made with. */
export type Words = Pick<FormContext, 'text' | 'locale' | 'timeZone'>;

/** What a form is called; not every form has a title. */
export const formTitle = ({ title }: { readonly title: string }, text: Words['text']): string =>
  title.trim() || text.untitled;

/** What an item asks, as it is read out. */
export const labelOf = ({ text, prefix }: FormItem, words: Words['text']): string =>
  [prefix, text?.trim() || words.answer].filter(Boolean).join(' ');

/** The language of the form's own words, which may not be the one around them; empty, as in HTML, where nobody knows. */
export const languageOf = ({ form: { language } }: Filling, { locale }: Pick<Words, 'locale'>): string =>
  primary(language) === primary(locale) ? locale : language === 'und' ? '' : language;

const primary = (language: string): string => language.split('-')[0]!;

/** Whether an option is among the answers. */
export const isChosen = (node: Node, { value }: FormOption): boolean =>
  valuesOf(node).some((one) => sameValue(one, value));

/** An answer in the reader's words. */
export function wordsOf(value: Value, { text, locale, timeZone }: Words): string {
  if ('boolean' in value) return value.boolean ? text.yes : text.no;
  if ('unknown' in value) return text.notSure;
  if ('integer' in value) return number(value.integer, locale);
  if ('decimal' in value) return number(value.decimal, locale);
  if ('quantity' in value) {
    const { value: amount, unit, code } = value.quantity;
    return [amount === undefined ? '' : number(amount, locale), unit ?? code ?? ''].join(' ').trim();
  }
  if ('coding' in value) return value.coding.display ?? value.coding.code ?? '';
  if ('reference' in value) return value.reference.display ?? value.reference.reference ?? '';
  if ('attachment' in value) return value.attachment.title ?? text.file;
  if ('uri' in value) return value.uri;
  if ('string' in value) return value.string;
  if ('time' in value) return format(`2000-01-01T${value.time}Z`, locale, { timeStyle: 'short', timeZone: 'UTC' });
  if ('date' in value) return dayInWords(value.date, locale);
  if (value.dateTime.length <= 10) return dayInWords(value.dateTime, locale);
  return format(value.dateTime, locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
}

/** A number in the reader's way of writing. */
export const number = (amount: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(amount);

const format = (at: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, options).format(Date.parse(at));

/** A day, or as much as is known of one. */
export function dayInWords(date: string, locale: string): string {
  const [year, month, day] = date.split('-');
  const known: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC' };
  if (month) known.month = 'long';
  if (day) known.day = 'numeric';
  return format(`${[year, month ?? '01', day ?? '01'].join('-')}T00:00Z`, locale, known);
}

/** An option as it is read out. */
export const optionWords = ({ value, prefix }: FormOption, words: Words): string =>
  [prefix, wordsOf(value, words)].filter(Boolean).join(' ');
