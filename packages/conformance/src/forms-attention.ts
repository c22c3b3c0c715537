import type { AlertRequest, Attention } from '@clinic-widgets/core/forms.js';
import { compareInstants } from '@clinic-widgets/core/time.js';
import { ensure, ensureDistinct, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionTo, findForm, handIn, submissionOf } from './forms-found.ts';
import { allOf, otherOf, type World } from './world.ts';

/** What waits for staff: alerts at once, and the most pressing first. */
export const attentionCases: readonly Case[] = [
  promise(
    ['raiseAlert', 'findAttention'],
    'Puts an alert before staff at once, above all that is not as pressing.',
    async (world) => {
      for (const reason of ['answer', 'emergency'] as const) {
        const request = { ...(await alertIn(world)), reason, linkId: 'self-harm' };
        const { id } = await world.adapter.raiseAlert(request);
        const made = (await attentionTo(world)).find((one) => one.id === id);
        ensure(made, 'Staff must have the alert when it is answered.');
        const { kind, priority, patientId, formId, linkId } = made;
        ensureSame(
          { kind, priority, patientId, formId, linkId },
          { kind: 'alert', priority: 'stat', patientId: world.patientId, formId: request.form.id, linkId: 'self-harm' },
          'It must say of whom and of what it is.',
        );
      }
    },
  ),

  promise(['raiseAlert'], 'Passes an alert on when the form has changed since.', async (world) => {
    const request = await alertIn(world);
    const form = { ...request.form, version: `${request.form.version}0` };
    const { id } = await world.adapter.raiseAlert({ ...request, form });
    ensure(
      (await attentionTo(world)).some((one) => one.id === id),
      'Staff must have the alert.',
    );
  }),

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

async function alertIn(world: World): Promise<AlertRequest> {
  const { id, version } = await findForm(world);
  return { acting: { patientId: world.patientId }, reason: 'answer', form: { id, version } };
}
