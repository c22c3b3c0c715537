import type { WalkIn } from '@clinic-widgets/core/check-in.js';
import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionAt, attentionOf, kioskOf, visitsOf } from './check-in-found.ts';
import { claim } from './check-in-identity.ts';
import { walkIn } from './desk-requests.ts';
import { lobbyOf } from './lobby.ts';
import type { World } from './world.ts';

/** People without an appointment. */
export const walkInCases: readonly Case[] = [
  promise(
    ['startWalkIn', 'findAttention'],
    'Puts somebody without an appointment before staff, as they said it.',
    async (world) => {
      const request = { ...someone(world), givenName: 'Beatriz', phone: '(269) 555-0173', language: 'pt' };
      const { number, state, goTo } = await world.adapter.startWalkIn(request);
      ensureSame(state, 'waiting', 'Nobody has answered yet.');
      ensure(goTo.length > 0, 'There must be somewhere to go.');
      const seen = (await attentionOf(world)).find((one) => one.number === number);
      ensure(seen, 'Staff must have them when it is answered.');
      ensureSame(
        { kind: seen.kind, patientId: seen.patientId, message: seen.message, language: seen.language },
        { kind: 'walk-in', patientId: undefined, message: request.reason, language: 'pt' },
        'It must say what they said, and that nobody is identified.',
      );
      const { name = '', birthDate, phone } = seen.claimed ?? {};
      ensure(name.includes('Beatriz') && name.includes('Ferreira'), 'Staff must see who they say that they are.');
      ensureSame(
        [birthDate, phone],
        [request.birthDate, request.phone],
        'Staff must see what they said of themselves.',
      );
    },
  ),

  promise(['startWalkIn', 'identify'], 'Makes no patient of somebody without an appointment.', async (world) => {
    const { familyName, birthDate } = someone(world);
    await world.adapter.startWalkIn(someone(world));
    ensureSame(
      await claim(world, { familyName, birthDate }),
      { outcome: 'unrecognized' },
      'Nobody is a patient because they typed a name.',
    );
  }),

  promise(['startWalkIn', 'findVisits'], 'Tells nothing of a patient whose name somebody types.', async (world) => {
    const { usual } = lobbyOf(world);
    const before = await visitsOf(world, usual.patientId);
    const known = await world.adapter.startWalkIn({ ...someone(world), ...usual.claim });
    const unknown = await world.adapter.startWalkIn(someone(world));
    const told = ({ state, deskOpen, goTo }: typeof known) => ({ state, deskOpen, goTo });
    ensureSame(told(known), told(unknown), 'A patient and a stranger must get the same answer.');
    ensureSame(Object.keys(known).sort(), Object.keys(unknown).sort(), 'Nothing may be added for a patient.');
    ensureSame(await visitsOf(world, usual.patientId), before, 'The patient’s visits stay as they are.');
    const seen = (await attentionOf(world)).find(({ number }) => number === known.number);
    ensureSame(seen?.patientId, undefined, 'Only staff say who somebody is.');
  }),

  promise(['startWalkIn', 'findAttention'], 'Tells staff at once of somebody in danger.', async (world) => {
    const calm = await attentionAt(world, await walkIn(world));
    const danger = await attentionAt(world, await walkIn(world, { danger: true }));
    ensureSame(danger?.priority, 'stat', 'Danger cannot wait.');
    ensure(calm && calm.priority !== 'stat', 'What is always urgent never is.');
  }),

  promise(
    ['startWalkIn', 'getHelp', 'acknowledge'],
    'Lets somebody without an appointment see that staff are coming.',
    async (world) => {
      const { id, number } = await world.adapter.startWalkIn(someone(world));
      const attentionId = (await attentionOf(world)).find((one) => one.number === number)!.id;
      ensureSame((await world.adapter.getHelp({ helpId: id })).state, 'waiting', 'Nobody has answered yet.');
      await world.adapter.acknowledge({ attentionId, state: 'acknowledged' });
      ensureSame((await world.adapter.getHelp({ helpId: id })).state, 'acknowledged', 'Somebody is coming.');
    },
  ),

  promise(['matchWalkIn', 'startWalkIn'], 'Lets staff say who somebody is, and is done with it.', async (world) => {
    const id = await walkIn(world);
    const { patientId } = world;
    const matched = await world.adapter.matchWalkIn({ attentionId: id, patientId });
    ensureSame(
      { id: matched.id, patientId: matched.patientId, state: matched.state },
      { id, patientId, state: 'done' },
      'It is about the patient then, and done.',
    );
    ensure(!(await attentionAt(world, id)), 'What is done does not wait any more.');
  }),

  promise(
    ['matchWalkIn', 'startWalkIn'],
    'Matches nobody to a patient whom there is not, and nothing to nobody.',
    async (world) => {
      const id = await walkIn(world);
      const nobody = world.adapter.matchWalkIn({ attentionId: id, patientId: 'no-such-patient' });
      await ensureRefused(nobody, ['not-found', 'invalid'], 'To match a patient whom there is not');
      const nothing = world.adapter.matchWalkIn({ attentionId: 'nothing', patientId: world.patientId });
      await ensureRefused(nothing, 'not-found', 'To match what does not wait');
      ensure(await attentionAt(world, id), 'They must wait still.');
    },
  ),
];

const someone = (world: World) =>
  ({
    station: kioskOf(world),
    danger: false,
    familyName: 'Ferreira',
    birthDate: '1971-01-09',
    reason: 'A deep cut in the hand',
  }) satisfies WalkIn;
