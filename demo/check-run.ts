import { type Case, type CaseResult, runCase, type World } from '@clinic-widgets/conformance';
import { isClinicError } from '@clinic-widgets/core/errors.js';

/** How a case ended: `unknown` where the clinic lacks what it takes, `left-out` where it would have written. */
export type Outcome = 'kept' | 'broken' | 'unknown' | 'left-out';

/** What came of one case. */
export interface Result {
  readonly operation: string;
  readonly promise: string;
  readonly outcome: Outcome;
  /** Why, where it is not simply kept. */
  readonly finding: string;
}

/** Runs the cases one by one, and tells of each as it ends. */
export async function* check(cases: readonly Case[], world: World, writes: boolean): AsyncGenerator<Result> {
  for (const each of cases) {
    const ending = each.writes && !writes ? LEFT_OUT : endingOf(await runCase(each, () => world));
    yield { operation: each.operations[0], promise: each.name, ...ending };
  }
}

type Ending = Pick<Result, 'outcome' | 'finding'>;

const LEFT_OUT: Ending = { outcome: 'left-out', finding: 'It writes, and writing was not allowed.' };

const OUTCOME: Readonly<Record<CaseResult['outcome'], Outcome>> = {
  passed: 'kept',
  failed: 'broken',
  'not-applicable': 'unknown',
};

function endingOf({ outcome, error, unsupported, left }: CaseResult): Ending {
  const sentences = [
    ...(error === undefined ? [] : [findingOf(error)]),
    ...(unsupported.length > 0 ? [`Not offered here, and said so: ${unsupported.join(', ')}.`] : []),
    ...(left.length > 0 ? [`Left behind at the clinic: ${left.join(', ')}.`] : []),
  ];
  return { outcome: OUTCOME[outcome], finding: sentences.join(' ') };
}

/** What an error says, with what it was caused by: here it is read by those who can mend it. */
export function findingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!isClinicError(error)) return error.message;
  const { code, message, paths, cause } = error;
  const at =
    paths.length > 0 ? ` At ${paths.map((path) => path.map(String).join('.') || 'the whole').join(', ')}.` : '';
  // The cause of what does not match the contract says the same as its paths, at length.
  const because = cause instanceof Error && !at ? ` Because: ${cause.message}` : '';
  return `${code}: ${message}${at}${because}`;
}
