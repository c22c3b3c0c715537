import type { AlertRequest } from '@clinic-widgets/core/forms.js';
import { ensure, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionTo, findForm } from './forms-found.ts';
import type { World } from './world.ts';

/** Alerts reach staff at once. */
export const alertCases: readonly Case[] = [
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
];

/** An alert about the first of the patient's forms. */
export async function alertIn(world: World): Promise<AlertRequest> {
  const { id, version } = await findForm(world);
  return { acting: { patientId: world.patientId }, reason: 'answer', form: { id, version } };
}
