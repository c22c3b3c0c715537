import type { FormItem, Quantity, Value } from '@clinic-widgets/core/forms.js';

/** The number that was typed; nothing where it is none. A unit is kept from what was answered before. */
export function readNumber({ type }: FormItem, typed: string, locale: string, unit?: Quantity): Value | undefined {
  const number = numberOf(typed.trim(), locale);
  if (number === undefined) return undefined;
  if (type === 'quantity') return { quantity: { ...unit, value: number } };
  if (type === 'decimal') return { decimal: number };
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? { integer: number } : undefined;
}

/** A number as it is written in a language: "1,234.5", "1.234,5". A lone separator of the other kind is a decimal one. */
export function numberOf(words: string, locale: string): number | undefined {
  const decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const group = decimal === ',' ? '.' : ',';
  let plain = words.replace(/[\s\u00a0\u202f']/g, '').replace('\u2212', '-');
  // Nobody groups after a nought: "0.125" is an eighth wherever it is written, never a hundred and twenty-five.
  const grouped = new RegExp(`^[+-]?[1-9]\\d{0,2}(\\${group}\\d{3})+(\\${decimal}\\d*)?$`);
  if (grouped.test(plain)) plain = plain.replaceAll(group, '');
  plain = plain.replace(/[.,]/, '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}
