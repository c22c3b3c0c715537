import { compareInstants } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionAt, kioskOf } from './check-in-found.ts';
import { propose } from './desk-requests.ts';
import { alertIn } from './forms-attention.ts';
import { findForm, handIn, submissionOf } from './forms-found.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, otherOf, type World } from './world.ts';

/** What staff say about what waits for them. */
export const acknowledgeCases: readonly Case[] = [
  promise(
    ['acknowledge', 'findAttention'],
    'Shows who has been answered, and no longer what is done.',
    async (world) => {
      for (const attentionId of await waiting(world)) {
        ensureSame((await attentionAt(world, attentionId))?.state, 'waiting', 'Nobody has answered at first.');
        const answered = await world.adapter.acknowledge({ attentionId, state: 'acknowledged' });
        ensureSame([answered.id, answered.state], [attentionId, 'acknowledged'], 'It must say what was answered.');
        ensureSame((await attentionAt(world, attentionId))?.state, 'acknowledged', 'It waits until it is done.');
        const done = await world.adapter.acknowledge({ attentionId, state: 'done' });
        ensureSame([done.id, done.state], [attentionId, 'done'], 'It must say what is done.');
        ensureSame(await attentionAt(world, attentionId), undefined, 'What is done does not wait any more.');
      }
    },
  ),

  promise(['acknowledge'], 'Does not know what does not wait.', async ({ adapter }) => {
    const call = adapter.acknowledge({ attentionId: 'nothing', state: 'acknowledged' });
    await ensureRefused(call, 'not-found', 'To answer nothing');
  }),

  promise(
    ['findProposals', 'confirmDetails'],
    'Lists proposals from the earliest, and narrows them to a patient.',
    async (world) => {
      const { patientId } = lobbyOf(world).stranger;
      const first = await propose(world, { emergencyContact: { name: 'Walter Quinn' } });
      const second = await propose(world, { preferredName: 'Sam' });
      const all = await allOf(world, 'findProposals', {});
      const ids = all.map(({ id }) => id);
      ensure(
        ids.includes(first.id) && ids.indexOf(first.id) < ids.indexOf(second.id),
        'What was proposed first comes first.',
      );
      for (const [index, { at }] of all.entries()) {
        const before = all[index - 1];
        ensure(!before || compareInstants(before.at, at) <= 0, 'The earliest comes first.');
      }
      const own = await allOf(world, 'findProposals', { patientId });
      ensure(
        own.length >= 2 && own.every((one) => one.patientId === patientId),
        'All of it must be about the patient.',
      );
      ensureSame(await allOf(world, 'findProposals', { patientId: otherOf(world) }), [], 'Of another there is none.');
    },
  ),
];

/** One of each kind that waits for staff. */
async function waiting(world: World): Promise<readonly string[]> {
  const before = new Set((await allOf(world, 'findAttention', {})).map(({ id }) => id));
  await world.adapter.raiseAlert(await alertIn(world));
  await world.adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
  await world.adapter.startWalkIn({
    station: kioskOf(world),
    danger: false,
    familyName: 'Ferreira',
    reason: 'A cough',
  });
  await handIn(world, submissionOf(world, await findForm(world)));
  const made = (await allOf(world, 'findAttention', {})).filter(({ id }) => !before.has(id));
  const kinds = new Set(made.map(({ kind }) => kind));
  for (const kind of ['alert', 'help', 'walk-in', 'review'] as const) ensure(kinds.has(kind), `A ${kind} must wait.`);
  return made.map(({ id }) => id);
}
