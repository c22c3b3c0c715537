import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { arrive, prepareAll, stateOf, stepOf, visitNow, visitsOf } from './check-in-found.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, type World } from './world.ts';

/** How each choice reads in the name of a case. */
const CHOICES = {
  paid: 'has paid',
  'at-desk': 'will pay at the desk',
  'cannot-pay': 'cannot pay today',
} as const;

/** What is due, and what becomes of somebody who cannot pay it. */
export const paymentCases: readonly Case[] = [
  promise(['findCharges'], 'Says what is due for a visit, each amount in its currency.', async (world) => {
    const { charges } = await due(world);
    for (const { label, amount } of charges) {
      ensure(label.length > 0, 'It must say what it is for.');
      ensure(Number(amount.value) > 0, 'What is due is more than nothing.');
    }
  }),

  promise(['findCharges'], 'Calls what is due as it is called in the language asked for.', async (world) => {
    const { appointmentId } = await due(world);
    const about = { acting: { patientId: world.patientId }, appointmentId };
    const labels = [];
    for (const language of ['en', 'es']) {
      const charges = await allOf(world, 'findCharges', { ...about, language });
      for (const charge of charges) ensureSame(charge.language, language, 'The clinic has it in both languages.');
      labels.push(charges.map(({ label }) => label).join());
    }
    ensure(labels[0] !== labels[1], 'Each language has its own words.');
  }),

  promise(['findCharges'], 'Tells nobody what is due for the visit of another patient.', async (world) => {
    const { appointmentId } = await due(world);
    const acting = { patientId: lobbyOf(world).visitors.several };
    const call = world.adapter.findCharges({ acting, appointmentId });
    await ensureRefused(call, ['not-found', 'forbidden'], 'To ask what somebody else owes');
  }),

  ...(['paid', 'at-desk', 'cannot-pay'] as const).map((choice) =>
    promise(
      ['choosePayment', 'findCharges', 'checkIn'],
      `Checks in who ${CHOICES[choice]}, as anybody else.`,
      async (world) => {
        const { adapter, patientId } = world;
        const { appointmentId, charges, visit } = await due(world);
        const reference = choice === 'paid' ? { reference: 'terminal-7-000132' } : {};
        const chargeIds = charges.map(({ id }) => id);
        await adapter.choosePayment({ acting: { patientId }, appointmentId, chargeIds, choice, ...reference });
        const state = choice === 'paid' ? 'done' : 'at-desk';
        ensureSame(stateOf(await visitNow(world, visit), 'payment'), state, 'What was chosen must be seen.');
        await prepareAll(world, await arrive(world, await visitNow(world, visit)));
        const { appointment } = await adapter.checkIn(stepOf(world, await visitNow(world, visit)));
        ensureSame(appointment.status, 'checked-in', 'Money keeps nobody from being checked in.');
      },
    ),
  ),
];

/** What is due for the first visit of the patient's that something is due for. */
async function due(world: World) {
  const acting = { patientId: world.patientId };
  for (const visit of await visitsOf(world)) {
    const appointmentId = visit.appointment.id;
    const charges = await allOf(world, 'findCharges', { acting, appointmentId });
    if (charges.length > 0) return { visit, appointmentId, charges };
  }
  throw new NotApplicable('Nothing is due for the patient’s visits today.');
}
