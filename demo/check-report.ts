import type { Outcome, Result } from './check-run.ts';

/** What was checked, as far as it may be passed on: no token, no patient. */
export interface Checked {
  readonly kind: string;
  readonly baseUrl: string;
  readonly at: string;
  readonly results: readonly Result[];
  readonly planned: number;
}

/** What each outcome is called. */
export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  broken: 'Broken',
  unknown: 'Not known',
  'left-out': 'Left out',
  kept: 'Kept',
};

/** How many promises came out each way, worst first; what did not occur is not mentioned. */
export function countsOf(results: readonly Result[]): readonly (readonly [Outcome, number])[] {
  const outcomes = Object.keys(OUTCOMES) as Outcome[];
  return outcomes
    .map((outcome) => [outcome, results.filter((result) => result.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0);
}

/** The result in words, to be sent to whoever can mend it. */
export function reportOf({ kind, baseUrl, at, results, planned }: Checked): string {
  const head = [
    'Clinic Widgets adapter check',
    `Adapter: ${kind}, ${baseUrl}`,
    `Checked: ${results.length} of ${planned} promises, ${at}`,
    countsOf(results)
      .map(([outcome, count]) => `${OUTCOMES[outcome]}: ${count}`)
      .join(', '),
  ];
  const lists = countsOf(results).map(([outcome]) => {
    const lines = results.filter((result) => result.outcome === outcome).map(lineOf);
    return [`${OUTCOMES[outcome]}:`, ...lines].join('\n');
  });
  return [head.join('\n'), ...lists].join('\n\n');
}

const lineOf = ({ operation, promise, finding }: Result): string =>
  `- ${operation}: ${promise}${finding ? `\n    ${finding}` : ''}`;
