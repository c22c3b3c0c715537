import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Appointment, Order, VisitStep } from '@clinic-widgets/core';
import { type AdapterImplementation, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf, visit } from '../../../test/test-session.ts';
import { begin, transition } from './flow.ts';
import type { Action, State } from './state.ts';
import { work } from './work.ts';

const MRI: Order = { id: 'o1', version: '1', name: 'MRI', visitTypeId: 'mri-scan', urgency: 'routine' };
const SUMMARY = { appointmentId: 'a-rosa-today', language: 'en', instructions: 'Rest.', warning: 'Call us.' };
const CHARGE = { id: 'c1', label: 'Copay', amount: { value: '25.00', currency: 'USD' } };

/** A clinic that a patient leaves, which notes what it is told. */
function clinicWith(changes: AdapterImplementation = {}) {
  const steps: { readonly step: VisitStep; readonly key: string }[] = [];
  const adapter = defineAdapter({
    getVisitSummary: async () => SUMMARY,
    findOrders: async () => ({ items: [MRI] }),
    findCharges: async () => ({ items: [CHARGE] }),
    choosePayment: async () => ({ id: 'r1', status: 'accepted' }),
    ...changes,
    async checkOut(step, options) {
      steps.push({ step, key: options.idempotencyKey });
      return changes.checkOut?.(step, options) ?? visit;
    },
  });
  return { adapter, steps };
}

function run({ adapter }: Pick<ReturnType<typeof clinicWith>, 'adapter'>) {
  return runFlow<State, Action>(flowOf({ begin, transition, work }), adapter);
}
type Flow = ReturnType<typeof run>;

const paymentAt = (flow: Flow, step: string) =>
  flow.until((state): state is Extract<State, { step: 'due' }> => state.step === 'due' && state.payment.step === step);

/** Goes past what to book and what is due. */
async function toLast(flow: Flow): Promise<void> {
  await flow.at('instructions');
  flow.send({ type: 'went-on' });
  await flow.at('next');
  flow.send({ type: 'went-on' });
  await paymentAt(flow, 'choosing');
  flow.send({ type: 'of-payment', action: { type: 'chose', choice: 'cannot-pay', key: 'p1' } });
  await flow.at('last');
}

/** The visit as the clinic has it now. */
const standing =
  (status: Appointment['status'], version: string): NonNullable<AdapterImplementation['findVisits']> =>
  async () => ({ items: [{ ...visit, appointment: { ...visit.appointment, status, version } }] });
const changed = () => Promise.reject(new ClinicError('conflict', 'changed'));

describe('leaving', () => {
  it('tells what to do and what to book, asks what is due, and ends the visit', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    const { summary } = await flow.at('instructions');
    assert.deepEqual(summary, SUMMARY);
    flow.send({ type: 'went-on' });
    assert.deepEqual((await flow.at('next')).orders, [MRI]);
    flow.send({ type: 'wanted', orderId: 'o1' });
    assert.deepEqual((await flow.at('next')).wanted, ['o1']);
    flow.send({ type: 'went-on' });
    await paymentAt(flow, 'choosing');
    flow.send({ type: 'of-payment', action: { type: 'chose', choice: 'at-desk', key: 'p1' } });
    await flow.at('last');
    flow.send({ type: 'left-clinic', key: 'k1' });
    assert.equal((await flow.at('finished')).end, 'done');
    assert.deepEqual(clinic.steps, [
      {
        key: 'k1',
        step: {
          acting: { patientId: 'p-rosa' },
          appointment: { id: 'a-rosa-today', version: '1' },
          station: { kind: 'kiosk', deviceId: 'lobby-1' },
        },
      },
    ]);
  });

  it('shows no page that has nothing on it', async () => {
    const none = async () => ({ items: [] });
    const flow = run(clinicWith({ findOrders: none, findCharges: none }));
    await flow.at('instructions');
    flow.send({ type: 'went-on' });
    await flow.at('last');
    flow.send({ type: 'went-back' });
    await flow.at('instructions');
  });

  it('goes on where the clinic has written nothing, and does not keep orders', async () => {
    const refused = (code: 'not-found' | 'unsupported') => () => Promise.reject(new ClinicError(code, 'no'));
    const flow = run(clinicWith({ getVisitSummary: refused('not-found'), findOrders: refused('unsupported') }));
    const { summary, orders } = await flow.at('instructions');
    assert.equal(summary, 'none');
    assert.deepEqual(orders, []);
  });

  it('tries again what could not be read, or goes on without it', async () => {
    let tries = 0;
    const getVisitSummary = async () => {
      if ((tries += 1) === 1) throw new ClinicError('unexpected', 'broken');
      return SUMMARY;
    };
    const again = run(clinicWith({ getVisitSummary }));
    await again.at('failed');
    again.send({ type: 'retried' });
    assert.deepEqual((await again.at('instructions')).summary, SUMMARY);

    tries = 0;
    const without = run(clinicWith({ getVisitSummary }));
    await without.at('failed');
    without.send({ type: 'went-on' });
    assert.equal((await without.at('instructions')).summary, 'none');
  });

  it('ends the visit by one write, however often it is tried', async () => {
    let tries = 0;
    const clinic = clinicWith({
      async checkOut() {
        if ((tries += 1) === 1) throw new ClinicError('unavailable', 'down');
        return visit;
      },
    });
    const flow = run(clinic);
    await toLast(flow);
    flow.send({ type: 'left-clinic', key: 'k1' });
    await flow.at('failed');
    flow.send({ type: 'retried' });
    await flow.at('finished');
    assert.deepEqual(
      clinic.steps.map(({ key }) => key),
      ['k1', 'k1'],
    );
  });

  it('sends a patient who was never checked in to the desk', async () => {
    const flow = run(clinicWith({ checkOut: changed, findVisits: standing('arrived', '1') }));
    await toLast(flow);
    flow.send({ type: 'left-clinic', key: 'k1' });
    await flow.at('desk');
    flow.send({ type: 'went-on' });
    assert.equal((await flow.at('finished')).end, 'at-desk');
  });

  it('is content when the visit was ended elsewhere', async () => {
    const flow = run(clinicWith({ checkOut: changed, findVisits: standing('fulfilled', '2') }));
    await toLast(flow);
    flow.send({ type: 'left-clinic', key: 'k1' });
    assert.equal((await flow.at('finished')).end, 'done');
  });

  it('tries once more with the visit as it is now, as a write of its own', async () => {
    const clinic = clinicWith({
      findVisits: standing('checked-in', '2'),
      checkOut: ({ appointment }) => (appointment.version === '1' ? changed() : Promise.resolve(visit)),
    });
    const flow = run(clinic);
    await toLast(flow);
    flow.send({ type: 'left-clinic', key: 'k1' });
    assert.equal((await flow.at('finished')).end, 'done');
    assert.deepEqual(
      clinic.steps.map(({ step }) => step.appointment.version),
      ['1', '2'],
    );
    assert.notEqual(clinic.steps[1]!.key, 'k1');

    const never = clinicWith({ findVisits: standing('checked-in', '2'), checkOut: changed });
    const stuck = run(never);
    await toLast(stuck);
    stuck.send({ type: 'left-clinic', key: 'k1' });
    await stuck.at('desk');
    assert.equal(never.steps.length, 2);
  });

  it('keeps nobody because of what is due', async () => {
    const findCharges = () => Promise.reject(new ClinicError('unexpected', 'broken'));
    const flow = run(clinicWith({ findCharges }));
    await flow.at('instructions');
    flow.send({ type: 'went-on' });
    flow.send({ type: 'went-on' });
    await paymentAt(flow, 'failed');
    flow.send({ type: 'went-on' });
    await flow.at('last');
  });
});
