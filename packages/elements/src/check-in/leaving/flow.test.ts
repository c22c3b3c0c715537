import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { Appointment, Order, VisitStep } from '@clinic-widgets/core';
import {
  type AdapterImplementation,
  type ClinicAdapter,
  defineAdapter,
  isRead,
  type OperationName,
} from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf, sessionWith, visit } from '../../../test/test-session.ts';
import type { Session } from '../session.ts';
import type { Action as BookingAction } from './booking.ts';
import { begin, canBook, resume, transition } from './flow.ts';
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

const NOW = '2026-03-02T09:00:00-05:00';
const harbor = harborClinic({ now: NOW, weeks: 3 });
const physio = 'o-rosa-physio';
const mri = 'o-rosa-mri';

type Called = { readonly name: string; readonly input: unknown; readonly key: string | undefined };

/** Harbor Clinic, which notes what is written. */
function harborWith(changes: (clinic: ClinicAdapter) => Partial<ClinicAdapter> = () => ({})) {
  const clinic = memoryAdapter(harbor, { now: () => NOW });
  const calls: Called[] = [];
  const entries = Object.entries({ ...clinic, ...changes(clinic) }).map(([name, run]) => [
    name,
    (input: never, options: { readonly idempotencyKey?: string } = {}) => {
      if (options.idempotencyKey !== undefined || !isRead(name as OperationName)) {
        calls.push({ name, input, key: options.idempotencyKey });
      }
      return (run as (input: never, options: unknown) => unknown)(input, options);
    },
  ]);
  const adapter = Object.fromEntries(entries) as ClinicAdapter;
  return { clinic, adapter, calls };
}

const open: { disconnect(): void }[] = [];

async function leaving(adapter: ClinicAdapter, changes: Partial<Session> = {}) {
  const clinic = await adapter.describeClinic({});
  const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
  const host = { station, language: 'en', now: () => NOW };
  const session = sessionWith({ clinic, host, ...changes });
  const flow = runFlow<State, Action>(flowOf({ begin, transition, work }, session), adapter);
  open.push(flow.host);
  return flow;
}

type Booking = Extract<State, { step: 'booking' }>;
type Picker = NonNullable<Booking['inner']>['picker'];

/** What the picker's flow is told, and the first state of its own at a step. */
function bookingIn(flow: Awaited<ReturnType<typeof leaving>>) {
  const pickerOf = (state: State) => (state.step === 'booking' ? state.inner?.picker : undefined);
  return {
    send: (action: BookingAction) => flow.send({ type: 'of-booking', action }),
    async at<S extends Picker['step']>(step: S): Promise<Extract<Picker, { step: S }>> {
      const state = await flow.until((one): one is Booking => pickerOf(one)?.step === step);
      return pickerOf(state) as Extract<Picker, { step: S }>;
    },
    until: async (isSo: (picker: Picker) => boolean) => {
      const state = await flow.until((one): one is Booking => {
        const picker = pickerOf(one);
        return picker !== undefined && isSo(picker);
      });
      return pickerOf(state)!;
    },
  };
}

/** Goes to the first free time of an order. */
async function toDetails(flow: Awaited<ReturnType<typeof leaving>>, orderId: string) {
  await flow.at('instructions');
  flow.send({ type: 'went-on' });
  const { orders = [] } = await flow.at('next');
  flow.send({ type: 'wanted', order: orders.find(({ id }) => id === orderId)! });
  return choose(bookingIn(flow));
}

async function choose(booking: ReturnType<typeof bookingIn>) {
  await booking.until((picker) => picker.step === 'time' && picker.days !== undefined);
  booking.send({ type: 'asked-first' });
  const time = await booking.until((picker) => picker.step === 'time' && (picker.slots ?? []).length > 0);
  const [slot] = (time as Extract<Picker, { step: 'time' }>).slots!;
  booking.send({ type: 'chose-slot', slot: slot!, key: crypto.randomUUID() });
  return { booking, slot: slot! };
}

const isHeld = (picker: Picker): boolean => picker.step === 'details' && picker.hold !== undefined;
const namesOf = (calls: readonly Called[]) => calls.map(({ name }) => name);
/** Lets what is called for by now be called. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('booking what was ordered', () => {
  // Who keeps a time counts the minutes.
  afterEach(() => open.splice(0).forEach((host) => host.disconnect()));

  it('books a time for the order, says so in the list, and goes on to what is due', async () => {
    const { adapter, calls } = harborWith();
    const flow = await leaving(adapter);
    const { booking, slot } = await toDetails(flow, mri);
    await booking.until(isHeld);
    booking.send({ type: 'confirmed', key: 'b1' });
    const { appointment } = await booking.at('booked');
    booking.send({ type: 'started-over' });
    const { settled: done } = await flow.at('next');
    assert.deepEqual(done, { [mri]: { kind: 'booked', appointments: [appointment] } });
    assert.deepEqual([appointment.start, appointment.orderId, appointment.status], [slot.start, mri, 'booked']);
    assert.deepEqual(namesOf(calls), ['holdSlot', 'bookAppointment']);
    assert.equal(calls[1]!.key, 'b1');
    flow.send({ type: 'went-on' });
    await paymentAt(flow, 'choosing');
  });

  it('gives the time back when the patient goes back to the list, leaves, or is forgotten', async () => {
    const ways: readonly ((flow: Awaited<ReturnType<typeof leaving>>) => void)[] = [
      (flow) => flow.send({ type: 'went-back' }),
      (flow) => bookingIn(flow).send({ type: 'went-back' }),
      (flow) => flow.host.disconnect(),
      (flow) => flow.controller.reset(),
    ];
    for (const leave of ways) {
      const { adapter, calls } = harborWith();
      const flow = await leaving(adapter);
      const { booking } = await toDetails(flow, mri);
      await booking.until(isHeld);
      leave(flow);
      await settled();
      assert.deepEqual(namesOf(calls), ['holdSlot', 'releaseHold'], String(leave));
    }
  });

  it('leads back to the list without booking, from the times as from before them', async () => {
    const { adapter } = harborWith();
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, mri);
    booking.send({ type: 'went-back' });
    await booking.at('time');
    booking.send({ type: 'went-back' });
    assert.deepEqual((await flow.at('next')).settled, {});
    flow.send({ type: 'wanted', order: MRI });
    flow.send({ type: 'went-back' });
    await flow.at('next');
  });

  it('shows what is free now when somebody else was faster', async () => {
    let isFirst = true;
    const { adapter } = harborWith(({ bookAppointment }) => ({
      async bookAppointment(request, options) {
        if (!isFirst) return bookAppointment(request, options);
        isFirst = false;
        throw new ClinicError('conflict', 'taken');
      },
    }));
    const flow = await leaving(adapter);
    const { booking, slot } = await toDetails(flow, mri);
    await booking.until(isHeld);
    booking.send({ type: 'confirmed', key: 'b1' });
    const again = await booking.until((picker) => picker.step === 'time' && picker.lost !== undefined);
    assert.equal((again as Extract<Picker, { step: 'time' }>).lost!.id, slot.id);
    await choose(booking);
    await booking.until(isHeld);
    booking.send({ type: 'confirmed', key: 'b2' });
    await booking.at('booked');
  });

  it('says that an order was booked elsewhere meanwhile, and offers no more times for it', async () => {
    const { adapter, clinic } = harborWith();
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, mri);
    await booking.until(isHeld);
    const acting = { patientId: 'p-rosa' };
    const slots = await clinic.findSlots({ visitTypeId: 'mri-scan', from: '2026-03-09', to: '2026-03-20' });
    const slot = slots.items.at(-1)!;
    await clinic.bookAppointment({ acting, visitTypeId: 'mri-scan', slot, orderId: mri }, { idempotencyKey: 'other' });
    booking.send({ type: 'confirmed', key: 'b1' });
    assert.deepEqual((await flow.at('next')).settled, { [mri]: { kind: 'gone' } });
  });

  it('takes a time for taken when it cannot be told whether the order is', async () => {
    let asked = 0;
    const { adapter } = harborWith(({ findOrders }) => ({
      findOrders: async (query, options) => {
        if ((asked += 1) > 1) throw new ClinicError('unavailable', 'down');
        return findOrders(query, options);
      },
      bookAppointment: () => Promise.reject(new ClinicError('conflict', 'taken')),
    }));
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, mri);
    await booking.until(isHeld);
    booking.send({ type: 'confirmed', key: 'b1' });
    await booking.until((picker) => picker.step === 'time' && picker.lost !== undefined);
    assert.equal(asked, 2);
  });

  it('books once, however often it is tried, and leads nowhere else until that is certain', async () => {
    let tries = 0;
    const { adapter, calls } = harborWith(({ bookAppointment }) => ({
      async bookAppointment(request, options) {
        const booked = await bookAppointment(request, options);
        if ((tries += 1) === 1) throw new ClinicError('unavailable', 'The answer was lost.');
        return booked;
      },
    }));
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, mri);
    await booking.until(isHeld);
    booking.send({ type: 'confirmed', key: 'b1' });
    await booking.at('failed');
    flow.send({ type: 'went-back' });
    await booking.at('failed');
    booking.send({ type: 'retried' });
    await booking.at('booked');
    const bookings = calls.filter(({ name }) => name === 'bookAppointment');
    assert.deepEqual(
      bookings.map(({ key }) => key),
      ['b1', 'b1'],
    );
    assert.deepEqual(bookings[0]!.input, bookings[1]!.input);
  });

  it('books a series visit by visit', async () => {
    const { adapter } = harborWith();
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, physio);
    await booking.until((picker) => picker.step === 'series' && picker.visits !== undefined);
    booking.send({ type: 'confirmed', key: 'unused' });
    await booking.at('series-booked');
    booking.send({ type: 'started-over' });
    const done = (await flow.at('next')).settled[physio];
    assert.ok(done?.kind === 'booked' && done.appointments.length > 1);
  });

  it('offers no way to lose what was chosen where it says that nothing is lost', async () => {
    const { adapter } = harborWith(() => ({
      bookAppointment: () => Promise.reject(new ClinicError('forbidden', 'no')),
    }));
    const flow = await leaving(adapter);
    const { booking, slot } = await toDetails(flow, mri);
    await booking.until(isHeld);
    booking.send({ type: 'typed', reason: 'My knee' });
    booking.send({ type: 'confirmed', key: 'b1' });
    await booking.at('failed');
    const { part, inner } = flow.controller.state as Booking;
    assert.deepEqual([part!.holds(inner!), part!.leadsBack(inner!)], [false, true]);
    booking.send({ type: 'went-back' });
    const details = await booking.at('details');
    assert.deepEqual([details.reason, details.slot], ['My knee', slot]);
    assert.equal(part!.leadsBack((flow.controller.state as Booking).inner!), false);
  });

  it('forgets none of the visits that were booked before a series stopped', async () => {
    let tries = 0;
    const { adapter } = harborWith(({ bookAppointment }) => ({
      async bookAppointment(request, options) {
        if ((tries += 1) > 2) throw new ClinicError('not-found', 'The time is gone.');
        return bookAppointment(request, options);
      },
    }));
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, physio);
    await booking.until((picker) => picker.step === 'series' && picker.visits !== undefined);
    booking.send({ type: 'confirmed', key: 'unused' });
    await booking.at('failed');
    const madeOf = ({ settled: { [physio]: one } }: Booking) => (one?.kind === 'booked' ? one.appointments.length : 0);
    assert.equal(madeOf(flow.controller.state as Booking), 2);
    booking.send({ type: 'went-back' });
    const { visits } = await booking.at('series-booked');
    assert.equal(visits.filter(({ appointment }) => appointment).length, 2);
  });

  it('says in the list that the patient waits for a time, which can still be booked', async () => {
    const { adapter } = harborWith();
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, mri);
    booking.send({ type: 'went-back' });
    await booking.at('time');
    booking.send({ type: 'asked-waitlist' });
    booking.send({ type: 'joined', until: '2026-03-31', key: 'w1' });
    await booking.at('waiting');
    booking.send({ type: 'started-over' });
    assert.deepEqual((await flow.at('next')).settled, { [mri]: { kind: 'waiting', until: '2026-03-31' } });
  });

  it('does not say that the patient waits while the clinic has not heard of it', async () => {
    const { adapter } = harborWith(({ joinWaitlist }) => ({
      joinWaitlist: async (request, options) => ({ ...(await joinWaitlist(request, options)), status: 'queued' }),
    }));
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, mri);
    booking.send({ type: 'went-back' });
    await booking.at('time');
    booking.send({ type: 'asked-waitlist' });
    booking.send({ type: 'joined', until: '2026-03-31', key: 'w1' });
    await booking.at('waiting');
    booking.send({ type: 'started-over' });
    const { settled: done } = await flow.at('next');
    assert.deepEqual(done, { [mri]: { kind: 'waiting', until: '2026-03-31', queued: true } });
  });

  it('leaves to the desk what nothing can be booked for here', async () => {
    const { adapter } = harborWith(({ findVisitTypes }) => ({
      async findVisitTypes(query, options) {
        const { items, ...rest } = await findVisitTypes(query, options);
        return { ...rest, items: items.filter(({ id }) => id !== 'mri-scan') };
      },
    }));
    const flow = await leaving(adapter);
    await flow.at('instructions');
    flow.send({ type: 'went-on' });
    const { orders = [] } = await flow.at('next');
    flow.send({ type: 'wanted', order: orders.find(({ id }) => id === mri)! });
    const { settled: done } = await flow.until(
      (state): state is Extract<State, { step: 'next' }> => state.step === 'next' && mri in state.settled,
    );
    assert.deepEqual(done, { [mri]: { kind: 'at-desk' } });

    const session = sessionWith();
    assert.equal(canBook(MRI, session), true);
    assert.equal(canBook(MRI, { clinic: { ...session.clinic, supports: [] } }), false);
    const { visitTypeId: _, ...nameless } = MRI;
    assert.equal(canBook(nameless, session), false);
  });

  it('asks first what comes before the times of such a visit, leads back from there, and not from an emergency', async () => {
    const { adapter } = harborWith();
    const flow = await leaving(adapter);
    await flow.at('instructions');
    flow.send({ type: 'went-on' });
    flow.send({ type: 'wanted', order: { ...MRI, visitTypeId: 'new-problem' } });
    const booking = bookingIn(flow);
    const asked = await booking.until((picker) => picker.step === 'triage' && picker.triage !== undefined);
    const { part, inner } = flow.controller.state as Booking;
    assert.equal(part!.styles(inner!).length, 4);
    const emergency = { ...asked, step: 'advised', outcome: 'emergency' } as Picker;
    assert.equal(part!.holds({ ...inner!, picker: emergency }), true);
    booking.send({ type: 'went-back' });
    await flow.at('next');
  });

  it('books for a child as the parent who acts', async () => {
    const acting = { patientId: 'p-mateo', representativeId: 'r-rosa' };
    const { adapter, calls } = harborWith((clinic) => ({
      getVisitSummary: () => Promise.reject(new ClinicError('not-found', 'none')),
      findOrders: (query) => clinic.findOrders({ ...query, acting }),
    }));
    const flow = await leaving(adapter, { acting, authority: 'parent' });
    const { booking } = await toDetails(flow, 'o-mateo-skin');
    await booking.until(isHeld);
    booking.send({ type: 'confirmed', key: 'b1' });
    await booking.at('booked');
    for (const { input } of calls) assert.deepEqual((input as { acting: unknown }).acting, acting);
  });

  it('keeps what was chosen in another language, but for the time that was held', async () => {
    const { adapter } = harborWith();
    const flow = await leaving(adapter);
    const { booking } = await toDetails(flow, mri);
    const { slot } = (await booking.until(isHeld)) as Extract<Picker, { step: 'details' }>;
    const session = sessionWith();
    const host = { ...session.host, language: 'es' };
    const resumed = resume(flow.controller.state, { ...session, host }) as Booking;
    assert.equal(resumed.part, undefined);
    assert.equal(resumed.inner?.picker.step, 'time');
    assert.equal(work(resumed, { ...session, host })[0]?.key, 'load booking');
    assert.equal(resumed.inner.picker.day, slot.start.slice(0, 10));
  });
});
