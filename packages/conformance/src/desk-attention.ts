import { compareInstants } from '@clinic-widgets/core/time.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import { ensure, ensureDistinct } from './assert.ts';
import { type Case, promise } from './case.ts';
import { alertIn } from './forms-attention.ts';
import { attentionTo, findForm, handIn, submissionOf } from './forms-found.ts';
import { allOf, otherOf } from './world.ts';

/** What waits for staff: the most pressing first. */
export const attentionCases: readonly Case[] = [
  promise(
    ['findAttention', 'raiseAlert', 'submitForm'],
    'Lists the most pressing first, then what waits longest.',
    async (world) => {
      const submission = submissionOf(world, await findForm(world));
      const triage = { ...submission, outcome: 'same-day' as const };
      for (const one of [submission, triage]) await handIn(world, one);
      await world.adapter.raiseAlert(await alertIn(world));
      await world.advance?.(1);
      for (const one of [submission, triage]) await handIn(world, one);
      await world.adapter.raiseAlert(await alertIn(world));

      const list = await attentionTo(world);
      ensureDistinct(
        list.map(({ id }) => id),
        'Nothing may wait twice.',
      );
      for (const [index, later] of list.entries()) {
        const earlier = list[index - 1];
        ensure(!earlier || inOrder(earlier, later), `${later.id} comes too late in the list.`);
      }
      const [stat, urgent, routine] = PRESSING.map(
        (priority) => list.filter((one) => one.priority === priority).length,
      );
      ensure(stat! >= 2 && urgent! >= 2 && routine! >= 2, 'All that was handed in must wait for staff.');
    },
  ),

  promise(['findAttention', 'raiseAlert'], 'Narrows the list to one patient.', async (world) => {
    const other = otherOf(world);
    const request = await alertIn(world);
    const own = await world.adapter.raiseAlert(request);
    const foreign = await world.adapter.raiseAlert({ ...request, acting: { patientId: other } });
    const list = await attentionTo(world);
    ensure(
      list.every(({ patientId }) => patientId === world.patientId),
      'All of it must be about the patient.',
    );
    ensure(
      list.some(({ id }) => id === own.id),
      'What is about the patient must be found.',
    );
    const all = new Set((await allOf(world, 'findAttention', {})).map(({ id }) => id));
    ensure(all.has(own.id) && all.has(foreign.id), 'Of all patients, all must be found.');
  }),
];

const PRESSING: readonly Attention['priority'][] = ['stat', 'urgent', 'routine'];

function inOrder(earlier: Attention, later: Attention): boolean {
  const [one, other] = [PRESSING.indexOf(earlier.priority), PRESSING.indexOf(later.priority)];
  return one < other || (one === other && compareInstants(earlier.at, later.at) <= 0);
}
