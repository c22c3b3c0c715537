import type { FormItem, Quantity, Value } from '@clinic-widgets/core/forms.js';
import { instantOf, isDay } from '@clinic-widgets/core/time.js';

/** How what is typed is to be read. */
export interface Reading {
  readonly locale: string;
  readonly timeZone: string;
}

/** The answer that was typed; nothing where it is none. A unit is kept from what was answered before. */
export function read(item: FormItem, typed: string, { locale, timeZone }: Reading, unit?: Quantity): Value | undefined {
  const words = typed.trim();
  if (!words) return undefined;
  switch (item.type) {
    case 'integer': {
      const integer = numberOf(words, locale);
      return Number.isInteger(integer) && Math.abs(integer!) < 2 ** 31 ? { integer: integer! } : undefined;
    }
    case 'decimal': {
      const decimal = numberOf(words, locale);
      return decimal === undefined ? undefined : { decimal };
    }
    case 'quantity': {
      const value = numberOf(words, locale);
      return value === undefined ? undefined : { quantity: { ...unit, value } };
    }
    case 'date': {
      const date = dateOf(words);
      return date ? { date } : undefined;
    }
    case 'dateTime': {
      const [day = '', time] = words.split('T');
      const date = dateOf(day);
      if (!date || !time) return date ? { dateTime: date } : undefined;
      const dateTime = date.length === 10 ? instantOf(date, time, timeZone) : undefined;
      return dateTime ? { dateTime } : undefined;
    }
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(words) ? { time: `${words}:00` } : undefined;
    case 'url':
      return urlOf(words);
    case 'reference':
      return { reference: { display: words } };
    default:
      return { string: typed };
  }
}

/** A number as it is written in a language: "1,234.5", "1.234,5". A lone separator of the other kind is a decimal one. */
export function numberOf(words: string, locale: string): number | undefined {
  const decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const group = decimal === ',' ? '.' : ',';
  let plain = words.replace(/[\s\u00a0\u202f']/g, '').replace('\u2212', '-');
  const grouped = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d*)?$`);
  if (grouped.test(plain)) plain = plain.replaceAll(group, '');
  plain = plain.replace(/[.,]/, '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

/** A date from year, month and day with hyphens between: what is not known is left out from the end. */
function dateOf(words: string): string | undefined {
  const [year = '', month = '', day = ''] = words.split('-').map((part) => part.trim());
  if (!/^\d{4}$/.test(year) || (day && !month)) return undefined;
  const date = [year, month, day].filter(Boolean).map((part) => part.padStart(2, '0'));
  return isDay([...date, '01', '01'].slice(0, 3).join('-')) ? date.join('-') : undefined;
}

function urlOf(words: string): Value | undefined {
  const url = /^[a-z][a-z\d+.-]*:/i.test(words) ? words : `https://${words}`;
  return /^https?:\/\/[^\s/]+\.[^\s]+$|^(?!https?:)[a-z][a-z\d+.-]*:\S+$/i.test(url) ? { uri: url } : undefined;
}
