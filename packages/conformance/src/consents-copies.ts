import { newKey } from '@clinic-widgets/core/key.js';
import { ensure, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionOf, decisionOf } from './check-in-found.ts';
import { agreed, decisionsOf, signable } from './consents-requests.ts';
import type { World } from './world.ts';

const WANTED = {
  paper: 'a copy that is wanted on paper, until it is handed over',
  email: 'a copy that is wanted by e-mail, until it is sent',
} as const;

/** What becomes of the wish for a copy. */
export const copyCases: readonly Case[] = [
  ...(['paper', 'email'] as const).map((way) =>
    promise(
      ['recordConsent', 'findAttention', 'acknowledge', 'getDetails'],
      `Tells the desk, once, of ${WANTED[way]}.`,
      async (world) => {
        const { email } = await world.adapter.getDetails({ acting: { patientId: world.patientId } });
        if (way === 'email' && !email) throw new NotApplicable('The clinic has no e-mail address of the patient’s.');
        await agreed(world);
        ensureSame(await copies(world), [], 'Where no copy is wanted, none is to be handed over.');
        const { visit, document } = await signable(world);
        const { id: appointmentId } = visit.appointment;
        const decision = decisionOf(world, { patientId: world.patientId }, document, 'accepted');
        const request = { ...decision, appointmentId, copy: way };
        const idempotencyKey = newKey();
        for (let tries = 0; tries < 2; tries += 1) await world.adapter.recordConsent(request, { idempotencyKey });
        const [wanted, ...others] = await copies(world);
        ensure(wanted && others.length === 0, 'The desk must be told once.');
        const kept = (await decisionsOf(world)).find((one) => one.document.id === document.id);
        ensureSame(
          [wanted.copyOf, wanted.appointmentId, wanted.state, wanted.language],
          [{ consentId: kept?.id, title: document.title, way }, appointmentId, 'waiting', document.language],
          'It must say what of, how, and for which visit.',
        );
        await world.adapter.acknowledge({ attentionId: wanted.id, state: 'done' });
        ensureSame(await copies(world), [], 'What was handed over, or sent, is wanted no more.');
      },
    ),
  ),
];

/** The copies that the patient waits for. */
const copies = async (world: World) =>
  (await attentionOf(world)).filter(({ kind, patientId }) => kind === 'copy' && patientId === world.patientId);
