import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { addDays, addMinutes, dayOf, loadTemporal } from '@clinic-widgets/core/time.js';
import { type CaseResult, cases, runCase } from './cases.ts';
import { type HarborClinic, harborClinic } from './harbor-clinic.ts';
import { harborLobby } from './harbor-lobby.ts';
import type { World } from './world.ts';

/** Makes an adapter to a clinic that is exactly as the seed says, by the clock given. Called once per case. */
export type AdapterSetup = (clinic: HarborClinic, now: () => string) => ClinicAdapter | Promise<ClinicAdapter>;

/** What of a test runner is needed. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}

/** Six days before the clocks change in New York, early on a Monday. */
const START = '2026-03-02T07:00:00-05:00';
const WEEKS = 3;

const page: object = globalThis;

let seed: HarborClinic | undefined;

/** Harbor Clinic behind an adapter, with a clock that a case can move. */
export async function harborWorld(setup: AdapterSetup): Promise<World> {
  await loadTemporal();
  seed ??= harborClinic({ now: START, weeks: WEEKS });
  let instant = START;
  const now = () => instant;
  const from = dayOf(START, seed.clinic.timeZone);
  return {
    adapter: await setup(seed, now),
    patientId: 'p-rosa',
    otherPatientId: 'p-mateo',
    representative: { id: 'r-grace', patientId: 'p-samuel' },
    from,
    to: addDays(from, WEEKS * 7 - 1),
    now,
    advance: (minutes) => void (instant = addMinutes(instant, minutes)),
    lobby: harborLobby(seed, START),
  };
}

/**
 * Hands every promise of the contract to the test runner at hand: the one given, such as `node:test`, or else
 * the page's own `describe` and `it`. At Harbor Clinic every promise can be checked, so none may be left out.
 */
export function describeAdapter(
  name: string,
  setup: AdapterSetup,
  { describe, it }: TestRunner = page as TestRunner,
): void {
  describe(`${name} keeps the contract`, () => {
    for (const one of cases) {
      it(`${one.operations[0]}: ${one.name}`, async () => kept(await runCase(one, () => harborWorld(setup))));
    }
  });
}

function kept({ outcome, reason, error }: CaseResult): void {
  if (outcome === 'failed') throw error;
  if (outcome === 'not-applicable') throw new Error(`This must be possible to check at Harbor Clinic. ${reason}`);
}
