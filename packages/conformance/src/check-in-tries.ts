import type { Claim, Factor, Station } from '@clinic-widgets/core/check-in.js';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { kioskOf, pass } from './check-in-found.ts';
import { challenged, claim } from './check-in-identity.ts';
import { lobbyOf } from './lobby.ts';
import type { World } from './world.ts';

/** How often somebody may say who they are. */
export const triesCases: readonly Case[] = [
  promise(['identify'], 'Limits the tries at one kiosk, whoever they are about, for a while.', async (world) => {
    const { usual } = lobbyOf(world);
    const station = kioskOf(world);
    const { error } = await tryUntilThrottled((index) => claim(world, strangerOf(index), { station }));
    await ensureRefused(claim(world, { code: usual.code }, { station }), 'throttled', 'A right claim at that kiosk');
    const elsewhere = await claim(world, { code: usual.code });
    ensureSame(elsewhere.outcome, 'identified', 'Another kiosk must go on.');
    await pass(world, minutesOf(error));
    ensureSame(
      (await claim(world, { code: usual.code }, { station })).outcome,
      'identified',
      'When it has waited for so long as it was told, the kiosk must go on.',
    );
  }),

  promise(['identify'], 'Limits the tries about one patient, from wherever they come, for a while.', async (world) => {
    const { usual, accented } = lobbyOf(world);
    const { error } = await tryUntilThrottled(() => guess(world, usual.claim, 'phone-last-four', '0000'));
    await ensureRefused(claim(world, usual.claim), 'throttled', 'A right claim about the patient');
    ensureSame((await claim(world, accented.claim)).outcome, 'challenge', 'Other patients must be known as before.');
    await pass(world, minutesOf(error));
    const { challengeId } = challenged(await claim(world, usual.claim));
    const right = { challengeId, factor: 'phone-last-four' as const, value: usual.factors['phone-last-four'] };
    ensureSame((await claim(world, right)).outcome, 'identified', 'After the wait the patient must be known again.');
  }),

  promise(['identify'], 'Limits the answers to a challenge that was given before the last try.', async (world) => {
    const { usual } = lobbyOf(world);
    const { challengeId } = challenged(await claim(world, usual.claim));
    await tryUntilThrottled(() => guess(world, usual.claim, 'phone-last-four', '0000'));
    const right = { challengeId, factor: 'phone-last-four' as const, value: usual.factors['phone-last-four'] };
    await ensureRefused(claim(world, right), 'throttled', 'The answer to an earlier challenge');
  }),

  promise(['identify'], 'Limits the tries alike, whether or not there is such a patient.', async (world) => {
    const { notToday } = lobbyOf(world);
    const unknown = await tryUntilThrottled(() => claim(world, strangerOf(0)));
    const known = await tryUntilThrottled(() => claim(world, notToday));
    ensureSame(known.tries, unknown.tries, 'The limit must not tell who is a patient.');
  }),
];

/** More tries than any clinic should allow. */
const MANY = 40;

/** Makes one wrong claim after the other, until there have been too many. */
async function tryUntilThrottled(
  attempt: (index: number) => Promise<{ outcome: string }>,
): Promise<{ tries: number; error: ClinicError }> {
  for (let tries = 0; tries < MANY; tries += 1) {
    try {
      ensureSame((await attempt(tries)).outcome, 'unrecognized', 'A wrong claim must not be recognized.');
    } catch (error) {
      if (!isClinicError(error)) throw error;
      ensureSame(error.code, 'throttled', 'Only that there were too many may keep somebody from trying.');
      return { tries, error };
    }
  }
  throw new Error(`There must be a limit to wrong claims; ${MANY} were answered.`);
}

/** A wrong answer to a new challenge, each from another kiosk. */
async function guess(world: World, identity: Claim, factor: Factor, value: string, station?: Station) {
  const { challengeId } = challenged(await claim(world, identity, station && { station }));
  return claim(world, { challengeId, factor, value }, station && { station });
}

/** Nobody is called so. */
const strangerOf = (index: number): Claim => ({
  familyName: `Quackenbush${String.fromCodePoint(97 + (index % 26))}`,
  birthDate: `19${10 + index}-01-01`,
});

/** How long to wait, in minutes. */
function minutesOf({ retryAfter }: ClinicError): number {
  ensure(retryAfter !== undefined && retryAfter > 0, 'It must say how long to wait.');
  return Math.ceil(retryAfter / 60) + 1;
}
