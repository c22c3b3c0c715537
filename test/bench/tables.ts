/** Of some times in milliseconds, the one in the middle and the one that a twentieth is slower than. */
export interface Summary {
  readonly median: number;
  readonly p95: number;
  readonly samples: number;
}

/** The nearest rank of the sorted times. */
export function summary(times: readonly number[]): Summary | undefined {
  if (times.length === 0) return undefined;
  const sorted = [...times].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { median: rank(0.5), p95: rank(0.95), samples: times.length };
}

const LATE = 'given up';

const milliseconds = (value: number): string => value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0);

/** Bytes, as thousands of them. */
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`;

/** A count. */
export const whole = (value: number): string => value.toLocaleString('en');

/** The median and the 95th percentile, and of how many, where that is fewer than wanted. */
export function both(summary: Summary | undefined, wanted: number): string {
  if (!summary) return LATE;
  const { median, p95, samples } = summary;
  return `${milliseconds(median)} / ${milliseconds(p95)}${samples < wanted ? ` (of ${samples})` : ''}`;
}

/** A row of a table: something that was measured. */
export interface Line<M> {
  readonly title: string;
  readonly of: (measured: M) => Summary | number | undefined;
  readonly unit?: (value: number) => string;
}

/** What was measured, in words. */
export function shown<M>({ of, unit = String }: Line<M>, measured: M, samples: number): string {
  const value = of(measured);
  if (typeof value === 'number') return unit(value);
  return both(value, samples);
}

/** How many times the one the other is, by their medians. */
export function timesAsMuch<M>({ of }: Line<M>, one: M, other: M): string {
  const [above, below] = [of(one), of(other)].map((value) => (typeof value === 'object' ? value.median : value));
  return above === undefined || below === undefined ? '' : `${(above / below).toFixed(1)} ×`;
}

/** A table in Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
