import type { Charge, Money } from '@clinic-widgets/core';

/** Amounts have up to four decimals: as whole numbers they add up exactly. */
const DECIMALS = 4;

/** The total in each currency, in the order in which the currencies come. */
export function totalsOf(charges: readonly Charge[]): readonly Money[] {
  const sums = new Map<string, bigint>();
  for (const { amount } of charges) sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + units(amount.value));
  return [...sums].map(([currency, sum]) => ({ value: decimal(sum), currency }));
}

/** Whether something is left to pay: a credit is not. */
export const isDue = (charges: readonly Charge[]): boolean => totalsOf(charges).some(({ value }) => units(value) > 0n);

/** "$25.00": an amount as it is written in a locale, without a detour over a number that cannot hold it. */
export const moneyWords = ({ value, currency }: Money, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value as Intl.StringNumericLiteral);

function units(value: string): bigint {
  const [whole = '0', part = ''] = value.replace('-', '').split('.');
  const sum = BigInt(whole + part.padEnd(DECIMALS, '0'));
  return value.startsWith('-') ? -sum : sum;
}

function decimal(sum: bigint): string {
  const digits = String(sum < 0n ? -sum : sum).padStart(DECIMALS + 1, '0');
  const part = digits.slice(-DECIMALS).replace(/0{1,2}$/, '');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${part}`;
}
