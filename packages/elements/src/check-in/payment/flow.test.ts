import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Charge, PaymentChoice } from '@clinic-widgets/core';
import { type AdapterImplementation, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError, type ErrorCode } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf } from '../../../test/test-session.ts';
import { begin, transition, workOf } from './flow.ts';
import { load } from './payment-part.ts';
import { paymentRequest } from './request.ts';
import type { In, State } from './state.ts';

const CHARGES: readonly Charge[] = [
  { id: 'd1', label: 'Copay', amount: { value: '25.00', currency: 'USD' } },
  { id: 'd2', label: 'Still open', amount: { value: '18.40', currency: 'USD' } },
];

function clinicWith(charges: readonly Charge[] = CHARGES, changes: AdapterImplementation = {}) {
  const told: { readonly choice: PaymentChoice; readonly key: string }[] = [];
  const adapter = defineAdapter({
    findCharges: async () => ({ items: [...charges] }),
    ...changes,
    async choosePayment(choice, options) {
      told.push({ choice, key: options.idempotencyKey });
      return changes.choosePayment?.(choice, options) ?? { id: 'r1', status: 'accepted' };
    },
  });
  return { adapter, told };
}

/** Fails the first time, then answers. */
function once(code: ErrorCode): AdapterImplementation {
  let failed = false;
  return {
    async choosePayment() {
      if (failed) return { id: 'r1', status: 'accepted' };
      failed = true;
      throw new ClinicError(code, 'No.');
    },
  };
}

const run = ({ adapter }: Pick<ReturnType<typeof clinicWith>, 'adapter'>) =>
  runFlow(flowOf({ begin, transition, work: workOf }), adapter);

const isToldWhy = (state: State): state is In<'choosing'> => state.step === 'choosing' && state.notice !== undefined;

const DUE = { appointmentId: 'a-rosa-today', chargeIds: ['d1', 'd2'], amounts: [{ value: '43.40', currency: 'USD' }] };

/** Asks for a payment that the page takes on. */
async function asked(flow: ReturnType<typeof run>) {
  await flow.at('choosing');
  const request = paymentRequest(DUE);
  request.event.preventDefault();
  flow.send({ type: 'asked', request });
  await flow.at('paying');
  return request;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the payment', () => {
  it('is done at once where nothing is due', async () => {
    const clinic = clinicWith([]);
    assert.equal((await run(clinic).at('ended')).end, 'done');
    assert.deepEqual(clinic.told, []);
  });

  for (const [choice, end] of [
    ['at-desk', 'at-desk'],
    ['cannot-pay', 'done'],
  ] as const) {
    it(`is written down as "${choice}"`, async () => {
      const clinic = clinicWith();
      const flow = run(clinic);
      await flow.at('choosing');
      flow.send({ type: 'chose', choice, key: 'k1' });
      assert.equal((await flow.at('ended')).end, end);
      assert.deepEqual(clinic.told, [
        {
          key: 'k1',
          choice: {
            acting: { patientId: 'p-rosa' },
            appointmentId: 'a-rosa-today',
            chargeIds: ['d1', 'd2'],
            choice,
          },
        },
      ]);
    });
  }

  it('is written down with the reference of the terminal', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    const { event } = await asked(flow);
    assert.equal(event.settle({ reference: 'T-77' }), true);
    assert.equal((await flow.at('told')).reference, 'T-77');
    assert.deepEqual([clinic.told[0]!.choice.choice, clinic.told[0]!.choice.reference], ['paid', 'T-77']);
    flow.send({ type: 'went-on' });
    assert.equal((await flow.at('ended')).end, 'done');
  });

  it('is no dead end when the terminal fails, or nobody takes it on', async () => {
    const flow = run(clinicWith());
    const { event } = await asked(flow);
    event.settle({ failed: true });
    const failed = await flow.until(isToldWhy);
    assert.equal(failed.notice, 'failed');

    const unheard = paymentRequest(DUE);
    flow.send({ type: 'asked', request: unheard });
    const chosen = await flow.until(isToldWhy);
    assert.equal(chosen.notice, 'unheard');
    assert.equal(unheard.event.settle({ reference: 'too late' }), false);
    assert.ok(unheard.event.signal.aborted);
  });

  it('stops the terminal, and still writes down what was paid all the same', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    const request = await asked(flow);
    request.stop();
    flow.send({ type: 'stopped' });
    await flow.at('choosing');
    assert.ok(request.event.signal.aborted);
    assert.equal(request.event.settle({ reference: 'T-78' }), true);
    await flow.at('told');
    assert.equal(clinic.told[0]!.choice.reference, 'T-78');
  });

  it('is told to the terminal when nobody is there any more', async () => {
    const flow = run(clinicWith());
    const { event } = await asked(flow);
    flow.host.disconnect();
    await settled();
    assert.ok(event.signal.aborted);
    assert.equal(event.settle({ reference: 'T-79' }), false);
    flow.host.connect();
    assert.equal((await flow.at('choosing')).notice, 'stopped');
  });

  it('is not asked for twice: what is paid is sent again by the same write, and by nothing else', async () => {
    const clinic = clinicWith(CHARGES, once('unavailable'));
    const flow = run(clinic);
    const { event } = await asked(flow);
    event.settle({ reference: 'T-80' });
    const failed = await flow.at('failed');
    flow.send({ type: 'went-back' });
    assert.equal(flow.controller.state, failed);
    flow.send({ type: 'retried' });
    await flow.at('told');
    assert.deepEqual(clinic.told[0], clinic.told[1]);
  });

  it('is written down at the desk when it is paid and the clinic cannot be told', async () => {
    const flow = run(clinicWith(CHARGES, once('forbidden')));
    const { event } = await asked(flow);
    event.settle({ reference: 'T-80' });
    await flow.at('failed');
    flow.send({ type: 'went-on' });
    assert.equal((await flow.at('ended')).end, 'at-desk');
  });

  it('is held from when it is paid or sent, and is not left to the desk any more', async () => {
    const part = await load('en');
    const flow = run(clinicWith(CHARGES, once('unavailable')));
    assert.equal(part.holds(await flow.at('choosing')), false);
    const { event } = await asked(flow);
    event.settle({ reference: 'T-80' });
    assert.equal(part.holds(await flow.at('failed')), true);
    flow.send({ type: 'retried' });
    assert.equal(part.holds(await flow.at('told')), true);
  });

  it('can be chosen anew when a choice was not sent', async () => {
    const flow = run(clinicWith(CHARGES, once('unavailable')));
    await flow.at('choosing');
    flow.send({ type: 'chose', choice: 'cannot-pay', key: 'k1' });
    await flow.at('failed');
    flow.send({ type: 'went-back' });
    await flow.at('choosing');
    flow.send({ type: 'chose', choice: 'at-desk', key: 'k2' });
    assert.equal((await flow.at('ended')).end, 'at-desk');
  });

  it('shows what is due now when that has changed', async () => {
    const flow = run(clinicWith(CHARGES, once('conflict')));
    await flow.at('choosing');
    flow.send({ type: 'chose', choice: 'at-desk', key: 'k1' });
    const again = await flow.until(isToldWhy);
    assert.equal(again.notice, 'changed');
  });

  it('says that what was queued waits to be sent', async () => {
    const flow = run(clinicWith(CHARGES, { choosePayment: async () => ({ id: 'q1', status: 'queued' }) }));
    await flow.at('choosing');
    flow.send({ type: 'chose', choice: 'at-desk', key: 'k1' });
    assert.equal((await flow.at('told')).queued, true);
    flow.send({ type: 'went-on' });
    assert.equal((await flow.at('ended')).end, 'at-desk');
  });

  it('takes no empty or endless reference', () => {
    const { event } = paymentRequest(DUE);
    assert.throws(() => event.settle({ reference: '' }), TypeError);
    assert.throws(() => event.settle({ reference: 'x'.repeat(201) }), TypeError);
    assert.equal(event.settle({ reference: 'T-81' }), true);
    assert.equal(event.settle({ reference: 'T-82' }), false);
  });
});
