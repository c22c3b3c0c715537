import type { Claim, Factor, Identification, Station } from '@clinic-widgets/core/check-in.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { addMinutes, compareInstants } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { confirmationOf, decisionOf, kioskOf, visitsOf } from './check-in-found.ts';
import { decisionsOf, signable } from './consents-requests.ts';
import { type Identity, lobbyOf } from './lobby.ts';
import { allOf, type World } from './world.ts';

type Identified = Extract<Identification, { outcome: 'identified' }>;
type Challenge = Extract<Identification, { outcome: 'challenge' }>;

const UNRECOGNIZED: Identification = { outcome: 'unrecognized' };
/** As long as a patient may well be taken up by coming in and waiting. */
const VISIT_MINUTES = 120;

/** Who somebody is, and what is told before that is certain. */
export const identityCases: readonly Case[] = [
  promise(['identify'], 'Recognizes the code of a reminder.', async (world) => {
    const { usual } = lobbyOf(world);
    const { acting, authority, pass, expires } = identified(await claim(world, { code: usual.code }));
    ensureSame(acting, { patientId: usual.patientId }, 'The code is the patient’s, who acts for themselves.');
    ensureSame(authority, 'self', 'Who says nothing else acts for themselves.');
    ensure(!pass.includes(usual.claim.familyName), 'A pass must not name the patient.');
    ensure(compareInstants(expires, world.now()) > 0, 'The pass must be good for a while.');
  }),

  promise(['identify'], 'Gives a pass that is good for as long as a visit takes.', async (world) => {
    const { expires } = identified(await claim(world, { code: lobbyOf(world).usual.code }));
    const isLong = compareInstants(expires, addMinutes(world.now(), VISIT_MINUTES)) >= 0;
    ensure(isLong, 'Nothing renews it: who fills in a long form, or waits to be called, must not be forgotten.');
  }),

  promise(
    ['identify'],
    'Tells no more than initials and a time until a second factor shows who somebody is.',
    async (world) => {
      const { usual } = lobbyOf(world);
      const challenge = challenged(await claim(world, usual.claim));
      const { outcome: _, challengeId, initials, start, timeZone, factors, ...more } = challenge;
      ensureSame(more, {}, 'Nothing else may be told.');
      ensureSame(initials, usual.initials, 'The initials are the patient’s.');
      const told = JSON.stringify([challengeId, initials, start, timeZone, factors]);
      for (const secret of [usual.patientId, usual.claim.familyName, ...Object.values(usual.factors)]) {
        ensure(!told.includes(secret), `The challenge must not tell ${secret}.`);
      }
      const starts = (await visitsOf(world, usual.patientId)).map(({ appointment }) => appointment.start ?? '');
      ensure(
        start === undefined || starts.some((one) => compareInstants(one, start) === 0),
        'The time is that of a visit of theirs today.',
      );
    },
  ),

  promise(['identify'], 'Takes any one of the factors that it asks for.', async (world) => {
    const { usual } = lobbyOf(world);
    const { factors } = challenged(await claim(world, usual.claim));
    for (const factor of factors) {
      const answer = identified(await meet(world, usual, factor, usual.factors[factor]));
      ensureSame(answer.acting, { patientId: usual.patientId }, `${factor} shows that it is the patient.`);
    }
  }),

  promise(['identify'], 'Asks for more than the rest of a name where it knows more.', async (world) => {
    const { usual } = lobbyOf(world);
    const { factors } = challenged(await claim(world, usual.claim));
    ensure(!factors.includes('given-name'), 'Whoever knows the name knows the first name.');
    const byName = await meet(world, usual, 'given-name', usual.factors['given-name']);
    ensureSame(byName, UNRECOGNIZED, 'What was not asked for shows nothing.');
  }),

  promise(['identify'], 'Does not recognize who gives a wrong factor.', async (world) => {
    const { usual } = lobbyOf(world);
    const { factors } = challenged(await claim(world, usual.claim));
    for (const factor of factors.slice(0, 3)) {
      ensureSame(await meet(world, usual, factor, WRONG[factor]), UNRECOGNIZED, `A wrong ${factor} shows nothing.`);
    }
  }),

  promise(['identify'], 'Answers no other claim under the key of an earlier one.', async (world) => {
    const { usual } = lobbyOf(world);
    const station = kioskOf(world);
    const options = { idempotencyKey: newKey() };
    identified(await world.adapter.identify({ claim: { code: usual.code }, station }, options));
    const other = world.adapter.identify({ claim: { code: 'NO-SUCH-CODE' }, station }, options);
    await ensureRefused(other, 'invalid', 'Another claim under the same key');
  }),

  promise(['identify'], 'Lets a challenge be met once.', async (world) => {
    const { usual } = lobbyOf(world);
    const { challengeId, factors } = challenged(await claim(world, usual.claim));
    const answer = { challengeId, factor: factors[0]!, value: usual.factors[factors[0]!] };
    identified(await claim(world, answer));
    ensureSame(await claim(world, answer), UNRECOGNIZED, 'A challenge that was met is used up.');
    ensureSame(
      await claim(world, { ...answer, challengeId: 'no-such-challenge' }),
      UNRECOGNIZED,
      'One that was never given is none.',
    );
  }),

  promise(
    ['identify'],
    'Gives one answer to a wrong claim, to an unknown patient and to one without a visit today.',
    async (world) => {
      const { usual, notToday } = lobbyOf(world);
      const claims: readonly Claim[] = [
        { ...usual.claim, birthDate: '1984-06-18' },
        { ...usual.claim, familyName: 'Quackenbush' },
        { familyName: 'Quackenbush', birthDate: '1901-01-01' },
        notToday,
        { code: 'NO-SUCH-CODE' },
      ];
      for (const one of claims) {
        ensureSame(await claim(world, one), UNRECOGNIZED, 'No answer may say more than another.');
      }
    },
  ),

  promise(['identify'], 'Knows a name with or without its accents, hyphens and apostrophes.', async (world) => {
    const { accented } = lobbyOf(world);
    for (const familyName of accented.spellings) await ensureKnown(world, accented, familyName);
  }),

  promise(['identify'], 'Knows a former family name.', async (world) => {
    const { renamed } = lobbyOf(world);
    for (const familyName of [renamed.formerName, renamed.claim.familyName]) {
      await ensureKnown(world, renamed, familyName);
    }
  }),

  promise(['identify'], 'Knows what somebody is called in place of the given name.', async (world) => {
    for (const { claim: right, givenNames, patientId } of lobbyOf(world).twins) {
      for (const given of givenNames) {
        const { acting } = identified(await meet(world, { claim: right }, 'given-name', given));
        ensureSame(acting, { patientId }, `${given} is the patient.`);
      }
    }
  }),

  promise(['identify', 'findVisits'], 'Never takes one twin for the other.', async (world) => {
    const { twins } = lobbyOf(world);
    for (const twin of twins) {
      const byName = identified(await meet(world, twin, 'given-name', twin.factors['given-name']));
      const byCode = identified(await claim(world, { code: twin.code }));
      for (const { acting } of [byName, byCode]) {
        ensureSame(acting, { patientId: twin.patientId }, 'The given name tells the twins apart.');
        for (const { appointment } of await visitsOf(world, acting.patientId)) {
          ensureSame(appointment.patientId, twin.patientId, 'A visit is of the one or of the other.');
        }
      }
    }
  }),

  promise(['identify'], 'Takes no factor that both twins share for an answer.', async (world) => {
    const [twin] = lobbyOf(world).twins;
    const { factors } = challenged(await claim(world, twin.claim));
    ensure(factors.includes('given-name'), 'What tells them apart must be asked for.');
    for (const factor of ['phone-last-four', 'postal-code'] as const) {
      ensureSame(await meet(world, twin, factor, twin.factors[factor]), UNRECOGNIZED, `Both twins share ${factor}.`);
    }
  }),

  promise(
    ['identify'],
    'Says by what right somebody acts for a patient whom the clinic knows them to care for.',
    async (world) => {
      const { child } = lobbyOf(world);
      const answer = identified(await claim(world, { code: child.code }, { representative: child.parent }));
      const { patientId, representativeId } = child;
      ensureSame(answer.acting, { patientId, representativeId }, 'Who acts, and for whom, must be known.');
      ensureSame(answer.authority, 'parent', 'It is on record that they are a parent.');
    },
  ),

  promise(
    ['identify', 'confirmDetails', 'recordConsent'],
    'Lets somebody act whose authority it does not know, and leaves what they say to the desk.',
    async (world) => {
      const { usual } = lobbyOf(world);
      const representative = { name: 'Phoebe Marsh', relationship: 'a friend' };
      const { acting, authority } = identified(await claim(world, { code: usual.code }, { representative }));
      ensureSame(authority, 'unknown', 'Nothing of it is on record.');
      ensureSame(acting.patientId, usual.patientId, 'It is about the patient.');
      ensure(acting.representativeId !== undefined, 'What a friend does must not look as if the patient did it.');

      const before = await world.adapter.getDetails({ acting: { patientId: usual.patientId } });
      const emergencyContact = { name: 'Phoebe Marsh', relationship: 'friend', phone: '(269) 555-0174' };
      await world.adapter.confirmDetails({
        ...(await confirmationOf(world, acting)),
        confirmed: [],
        changed: { emergencyContact },
      });
      const after = await world.adapter.getDetails({ acting: { patientId: usual.patientId } });
      ensureSame(after.emergencyContact, before.emergencyContact, 'Nothing may be changed before staff agree.');
      const proposals = await allOf(world, 'findProposals', { patientId: usual.patientId });
      ensure(
        proposals.some(({ field, to }) => field === 'emergencyContact' && to?.includes('0174')),
        'Staff must be asked.',
      );

      const { document } = await signable(world);
      const signed = world.adapter.recordConsent(decisionOf(world, acting, document, 'accepted'));
      await ensureRefused(signed, 'forbidden', 'A signature without authority');
      ensureSame(await decisionsOf(world, usual.patientId), [], 'Nothing may be kept as signed.');
    },
  ),
];

/** Has the patient known by another family name, and by what is asked for then. */
async function ensureKnown(world: World, { claim: right, factors, patientId }: Identity, familyName: string) {
  const named = { ...right, familyName };
  const { challengeId, factors: asked } = challenged(await claim(world, named));
  const factor = asked[0]!;
  const { acting } = identified(await claim(world, { challengeId, factor, value: factors[factor] }));
  ensureSame(acting, { patientId }, `${familyName} is the patient’s name.`);
}

/** What is wrong for everybody. */
const WRONG: Readonly<Record<Factor, string>> = {
  'phone-last-four': '0000',
  'postal-code': '00000',
  'given-name': 'Quentin',
};

/** Makes a claim, from a kiosk that nobody has used. */
export const claim = (
  world: World,
  one: Claim,
  more: { station?: Station; representative?: { name: string; relationship: string } } = {},
): Promise<Identification> => world.adapter.identify({ claim: one, station: kioskOf(world), ...more });

/** Claims to be somebody by name, and answers the challenge with a factor. */
export async function meet(
  world: World,
  identity: Pick<Identity, 'claim'>,
  factor: Factor,
  value: string,
): Promise<Identification> {
  const { challengeId } = challenged(await claim(world, identity.claim));
  return claim(world, { challengeId, factor, value });
}

function identified(answer: Identification): Identified {
  ensure(answer.outcome === 'identified', `The claim must show who it is, and came to ${answer.outcome}.`);
  return answer;
}

/** The challenge that was answered with. */
export function challenged(answer: Identification): Challenge {
  if (answer.outcome === 'identified') throw new NotApplicable('This clinic asks for no second factor.');
  ensure(answer.outcome === 'challenge', 'Who is known must be asked for a second factor.');
  return answer;
}
