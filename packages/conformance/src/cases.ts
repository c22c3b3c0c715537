import type { ClinicAdapter, OperationName } from '@clinic-widgets/core/adapter.js';
import { operationNames } from '@clinic-widgets/core/adapter.js';
import { contract } from '@clinic-widgets/core/contract.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { ensureRefused, NotApplicable } from './assert.ts';
import type { Case } from './case.ts';
import { checkIn } from './check-in.ts';
import { consents } from './consents.ts';
import { desk } from './desk.ts';
import { details } from './details.ts';
import { forms } from './forms.ts';
import { within } from './patience.ts';
import { callOf } from './requests.ts';
import { scheduling } from './scheduling.ts';
import { tidied } from './tidied.ts';
import { traits } from './traits.ts';
import type { World } from './world.ts';

/** Every promise of the contract. An adapter is one when it keeps them all. */
export const cases: readonly Case[] = [
  ...traits,
  ...scheduling,
  ...forms,
  ...checkIn,
  ...details,
  ...consents,
  ...desk,
];

/** What came of a case. */
export interface CaseResult {
  readonly case: Case;
  /** `not-applicable` is no success: the clinic lacked what the promise could be checked with. */
  readonly outcome: 'passed' | 'failed' | 'not-applicable';
  /** Why, unless it passed: a sentence. */
  readonly reason?: string;
  readonly error?: unknown;
  /** The operations that are not supported; what was checked instead is that they say so. */
  readonly unsupported: readonly OperationName[];
  /** What the case made at the clinic and could not undo, such as `appointment a1`. */
  readonly left: readonly string[];
}

/** How long a case may take: a clinic that never answers keeps no promise. */
const PATIENCE_SECONDS = 30;

/** Makes the clinic that a case is run at. */
export type WorldSetup = () => World | Promise<World>;

/** Runs the cases one after the other, and tells the listener what came of each. */
export async function runCases(
  setup: WorldSetup,
  onResult: (result: CaseResult) => void,
  chosen: readonly Case[] = cases,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of chosen) {
    const result = await runCase(one, setup);
    results.push(result);
    onResult(result);
  }
  return results;
}

/** Runs one case, and gives back what it took at the clinic. */
export async function runCase(one: Case, setup: WorldSetup): Promise<CaseResult> {
  let unsupported: readonly OperationName[] = [];
  let left: readonly string[] = [];
  const run = async () => {
    await loadTemporal();
    const world = await setup();
    const { supports } = await world.adapter.describeClinic({});
    unsupported = one.operations.filter((name) => name !== 'describeClinic' && !supports.includes(name));
    for (const name of unsupported) await saysUnsupported(world.adapter, name);
    if (unsupported.length > 0) return;
    const { adapter, tidy } = tidied(supported(world.adapter, supports));
    try {
      await one.run({ ...world, adapter });
    } finally {
      left = await tidy();
    }
  };
  try {
    await within(PATIENCE_SECONDS * 1000, run(), `It took longer than ${PATIENCE_SECONDS} seconds.`);
    return { case: one, outcome: 'passed', unsupported, left };
  } catch (error) {
    const outcome = isNotApplicable(error) ? 'not-applicable' : 'failed';
    return { case: one, outcome, reason: messageOf(error), error, unsupported, left };
  }
}

const saysUnsupported = (adapter: ClinicAdapter, name: OperationName) =>
  ensureRefused(callOf(adapter, name)(contract[name].sample), 'unsupported', `${name}, which is not in supports,`);

/** The adapter for a case that is not about what is missing: it cannot be told without. */
function supported(adapter: ClinicAdapter, supports: readonly string[]): ClinicAdapter {
  const missing = operationNames
    .filter((name) => name !== 'describeClinic' && !supports.includes(name))
    .map((name) => [name, () => Promise.reject(new NotApplicable(`This cannot be checked without ${name}.`))]);
  return { ...adapter, ...(Object.fromEntries(missing) as Partial<ClinicAdapter>) };
}

const isNotApplicable = (error: unknown): boolean => error instanceof Error && error.name === 'NotApplicable';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
