import { orAborted } from './abort.ts';
import { type Call, type ClinicAdapter, isRead, type OperationName } from './adapter.ts';
import type { contract } from './contract.ts';

/** The operations that change nothing: only their answers can be remembered. */
type ReadName = { [K in OperationName]: (typeof contract)[K]['kind'] extends 'write' ? never : K }[OperationName];

/** For how many milliseconds the answers of a read are remembered, by its name. */
export type Ages = { readonly [K in ReadName]?: number };

/**
 * Remembers the answers to the reads named, in memory only. Callers who ask the same at the same time
 * share one request, so that none of them can abort it for the others. A failure is not remembered, nor what was asked with a pass.
 */
export function cached(adapter: ClinicAdapter, ages: Ages): ClinicAdapter {
  const remembering = Object.entries(ages)
    .filter(([name]) => isRead(name as OperationName))
    .map(([name, age]) => {
      const answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>();

      const call: Call = async (input, options = {}) => {
        const { signal, pass } = options;
        signal?.throwIfAborted();
        // What only one visit's pass opens is nobody else's to find here.
        if (pass !== undefined) return (adapter[name as OperationName] as Call)(input, options);
        const now = performance.now();
        for (const [key, { until }] of answers) if (until <= now) answers.delete(key);

        const key = JSON.stringify(input);
        let known = answers.get(key);
        if (!known) {
          const answer = (adapter[name as OperationName] as Call)(input);
          known = { until: now + age, answer };
          answers.set(key, known);
          answer.catch(() => answers.delete(key));
        }
        return orAborted(known.answer, signal);
      };
      return [name, call] as const;
    });
  return { ...adapter, ...Object.fromEntries(remembering) };
}
