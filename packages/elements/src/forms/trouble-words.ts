import type { Value } from '@clinic-widgets/core/forms.js';
import type { Trouble } from './checks.ts';
import { number, type Words, wordsOf } from './words.ts';

const BYTES_PER_MB = 1_000_000;

const isOfTime = (value: Value): boolean => 'date' in value || 'dateTime' in value || 'time' in value;

/** What is more or less of an amount is later or earlier of a date. */
const IN_TIME: { readonly [reason: string]: 'early' | 'late' } = { min: 'early', max: 'late' };

/** What is wrong with an answer, as a sentence. */
export function troubleWords({ reason, amount, value, text: own }: Trouble, words: Words): string {
  if (own) return own;
  const inMb = reason === 'size' && amount !== undefined ? amount / BYTES_PER_MB : amount;
  const said = value ? wordsOf(value, words) : inMb === undefined ? '' : number(inMb, words.locale);
  return words.text.troubles[value && isOfTime(value) ? (IN_TIME[reason] ?? reason) : reason](said);
}
