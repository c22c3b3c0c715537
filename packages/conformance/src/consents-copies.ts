import { newKey } from '@clinic-widgets/core/key.js';
import { ensure, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionOf, decisionOf } from './check-in-found.ts';
import { agreed, decisionsOf, signable } from './consents-requests.ts';
import type { World } from './world.ts';

/** What becomes of the wish for a copy. */
export const copyCases: readonly Case[] = [
  promise(
    ['recordConsent', 'findAttention', 'acknowledge'],
    'Tells the desk, once, of a copy that is wanted on paper, until it is handed over.',
    async (world) => {
      await agreed(world);
      ensureSame(await copies(world), [], 'Where no copy is wanted, none is to be handed over.');
      const { visit, document } = await signable(world);
      const { id: appointmentId } = visit.appointment;
      const decision = decisionOf(world, { patientId: world.patientId }, document, 'accepted');
      const request = { ...decision, appointmentId, copy: 'paper' as const };
      const idempotencyKey = newKey();
      for (let tries = 0; tries < 2; tries += 1) await world.adapter.recordConsent(request, { idempotencyKey });
      const [wanted, ...others] = await copies(world);
      ensure(wanted && others.length === 0, 'The desk must be told once.');
      const kept = (await decisionsOf(world)).find((one) => one.document.id === document.id);
      ensureSame(
        [wanted.copyOf?.consentId, wanted.copyOf?.title, wanted.appointmentId, wanted.state, wanted.language],
        [kept?.id, document.title, appointmentId, 'waiting', document.language],
        'It must say what of, and for which visit.',
      );
      await world.adapter.acknowledge({ attentionId: wanted.id, state: 'done' });
      ensureSame(await copies(world), [], 'What was handed over is wanted no more.');
    },
  ),
];

/** The copies on paper that the patient waits for. */
const copies = async (world: World) =>
  (await attentionOf(world)).filter(({ kind, patientId }) => kind === 'copy' && patientId === world.patientId);
