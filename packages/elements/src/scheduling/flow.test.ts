import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { Call, ClinicAdapter } from '@clinic-widgets/core';
import { ClinicError, type ErrorCode } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import fc from 'fast-check';
import { runFlow } from '../../test/test-host.ts';
import type { Action } from './action.ts';
import { appointmentFlow } from './flow.ts';
import { type Host, type In, isUncertain, knowsNeeds, NOTHING_SAID, type State } from './state.ts';

const NOW = '2026-03-02T08:00:00-05:00';
const harbor = harborClinic({ now: NOW });
const host: Host = {
  ...NOTHING_SAID,
  people: [{ patientId: 'p-rosa', name: 'Rosa Delgado' }],
  visitTypeId: 'check-up',
};
const clinic = () => memoryAdapter(harbor, { now: () => NOW });

const opened: { disconnect(): void }[] = [];
// A page that is left open waits for the hold's end.
afterEach(() => opened.splice(0).forEach((element) => element.disconnect()));

function open(adapter: ClinicAdapter = clinic()) {
  const run = runFlow<State, Action>(
    appointmentFlow(() => NOW),
    adapter,
  );
  opened.push(run.host);
  run.send({ type: 'host-changed', host });
  const times = (with_: (state: In<'time'>) => unknown) =>
    run.until((state): state is In<'time'> => state.step === 'time' && Boolean(with_(state)));

  return {
    ...run,
    times,
    toDetails: async () => {
      const { days } = await times(({ days }) => days);
      run.send({ type: 'chose-day', day: days![0]!.day });
      const { slots } = await times(({ slots }) => slots);
      run.send({ type: 'chose-slot', slot: slots![0]!, key: newKey() });
      return run.at('details');
    },
  };
}

/** The adapter with one operation replaced. */
const withCall = (adapter: ClinicAdapter, name: keyof ClinicAdapter, call: Call): ClinicAdapter => ({
  ...adapter,
  [name]: call,
});

describe('appointmentFlow', () => {
  it('asks for the month and the day it shows, no more', async () => {
    const asked: unknown[] = [];
    const adapter = clinic();
    const spy =
      (name: 'findFreeDays' | 'findSlots'): Call =>
      (input, options) => {
        asked.push([name, JSON.parse(JSON.stringify(input))]);
        return (adapter[name] as Call)(input, options);
      };
    const { toDetails } = open({
      ...adapter,
      findFreeDays: spy('findFreeDays'),
      findSlots: spy('findSlots'),
    } as ClinicAdapter);
    await toDetails();
    assert.deepEqual(asked, [
      ['findFreeDays', { visitTypeId: 'check-up', mode: 'in-person', from: '2026-03-02', to: '2026-03-31' }],
      ['findSlots', { visitTypeId: 'check-up', mode: 'in-person', from: '2026-03-02', to: '2026-03-02', limit: 60 }],
    ]);
  });

  it('holds the time, books it with the hold, and gives nothing back after', async () => {
    const adapter = clinic();
    const calls: string[] = [];
    const spied = Object.fromEntries(
      Object.entries(adapter).map(([name, call]) => [
        name,
        (input: { holdId?: string }, options: object) => {
          calls.push(input.holdId ? `${name} with hold` : name);
          return (call as Call)(input, options);
        },
      ]),
    ) as unknown as ClinicAdapter;
    const { toDetails, until, send, at } = open(spied);
    await toDetails();
    await until((state): state is In<'details'> => state.step === 'details' && Boolean(state.hold));
    send({ type: 'confirmed', key: newKey() });
    const { appointment } = await at('booked');
    assert.equal(appointment.status, 'booked');
    assert.deepEqual(calls.slice(-2), ['holdSlot', 'bookAppointment with hold']);
  });

  it('looks again, with nothing typed lost, when someone else was faster', async () => {
    const adapter = clinic();
    const taken: Call = () => Promise.reject(new ClinicError('conflict', 'taken'));
    const { toDetails, send, times } = open(withCall(adapter, 'bookAppointment', taken));
    const { look, slot } = await toDetails();
    send({ type: 'typed', reason: 'My knee' });
    send({ type: 'confirmed', key: newKey() });
    const state = await times(({ slots }) => slots);
    assert.equal(state.lost?.id, slot.id);
    assert.equal(state.reason, 'My knee');
    assert.equal(state.look, look + 1);
    assert.equal(state.day, slot.start.slice(0, 10));
  });

  it('goes back to what was typed when the clinic does not accept it, and books with other words', async () => {
    const adapter = clinic();
    const { toDetails, until, send, at } = open(
      withCall(adapter, 'bookAppointment', (input, options) =>
        (input as { reason?: string }).reason === 'My knee'
          ? Promise.reject(new ClinicError('invalid', 'no', { paths: [['reason']] }))
          : adapter.bookAppointment(input as never, options),
      ),
    );
    await toDetails();
    send({ type: 'typed', reason: 'My knee' });
    send({ type: 'confirmed', key: 'one' });
    const refused = await until((state): state is In<'details'> => state.step === 'details' && state.refused === true);
    assert.equal(refused.reason, 'My knee');
    send({ type: 'typed', reason: 'Knee' });
    assert.equal((await at('details')).refused, false);
    send({ type: 'confirmed', key: 'two' });
    await at('booked');
  });

  it('books a time that the clinic cannot hold', async () => {
    const adapter = clinic();
    const { toDetails, until, send, at } = open(
      withCall(adapter, 'holdSlot', () => Promise.reject(new ClinicError('forbidden', 'no'))),
    );
    await toDetails();
    await until((state): state is In<'details'> => state.step === 'details' && Boolean(state.unheld));
    send({ type: 'confirmed', key: newKey() });
    await at('booked');
  });

  it('gives the time back when the patient leaves the page', async () => {
    const adapter = clinic();
    let released: unknown;
    const {
      toDetails,
      until,
      host: element,
      times,
    } = open(
      withCall(adapter, 'releaseHold', (input, options) => {
        released = input;
        return adapter.releaseHold(input as never, options);
      }),
    );
    await toDetails();
    const { hold } = await until((state): state is In<'details'> => state.step === 'details' && Boolean(state.hold));
    element.disconnect();
    await times(() => true);
    assert.deepEqual(JSON.parse(JSON.stringify(released)), { acting: { patientId: 'p-rosa' }, holdId: hold!.id });
  });

  it('retries the same booking under the same key, and offers nothing else while it is uncertain', async () => {
    const adapter = clinic();
    const keys: (string | undefined)[] = [];
    const { toDetails, send, at } = open(
      withCall(adapter, 'bookAppointment', async (input, options) => {
        keys.push(options?.idempotencyKey);
        const made = await adapter.bookAppointment(input as never, options);
        if (keys.length === 1) throw new ClinicError('unavailable', 'The reply was lost.');
        return made;
      }),
    );
    await toDetails();
    send({ type: 'confirmed', key: 'one' });
    const failed = await at('failed');
    send({ type: 'went-back' });
    assert.equal(await at('failed'), failed);
    send({ type: 'retried' });
    const { appointment } = await at('booked');
    assert.deepEqual(keys, ['one', 'one']);
    const { items } = await adapter.findAppointments({ patientId: 'p-rosa', from: appointment.start!.slice(0, 10) });
    assert.equal(items.filter(({ start }) => start === appointment.start).length, 1);
  });

  it('waits as long as a busy clinic asks, then tries again by itself', async () => {
    const adapter = clinic();
    let calls = 0;
    const { times } = open(
      withCall(adapter, 'findFreeDays', (input, options) => {
        calls += 1;
        if (calls === 1) return Promise.reject(new ClinicError('throttled', 'busy', { retryAfter: 1 }));
        return adapter.findFreeDays(input as never, options);
      }),
    );
    await times(({ days }) => days);
    assert.equal(calls, 2);
  });

  it('ignores the answer to an earlier booking', () => {
    const flow = appointmentFlow(() => NOW);
    const booking = { step: 'booking', key: 'new' } as State;
    const late = { type: 'booked', key: 'old', appointment: {} } as Action;
    assert.equal(flow.transition(booking, late), booking);
  });

  it('leads to a booking whatever was pressed and whatever failed before', async () => {
    const codes: readonly ErrorCode[] = ['invalid', 'conflict', 'throttled', 'unavailable', 'unexpected', 'not-found'];
    const presses = Object.keys(PRESSES) as (keyof typeof PRESSES)[];
    const step = fc.record({ press: fc.constantFrom(...presses), failure: fc.option(fc.constantFrom(...codes)) });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const adapter = clinic();
        let failure: ErrorCode | null = null;
        const flaky = Object.fromEntries(
          Object.entries(adapter).map(([name, call]) => [
            name,
            (input: unknown, options: object) =>
              failure ? Promise.reject(new ClinicError(failure, 'asked for')) : (call as Call)(input, options),
          ]),
        ) as unknown as ClinicAdapter;
        const run = open(flaky);
        for (const each of steps) {
          failure = each.failure;
          act(run.controller.state, each.press, run.send);
          await new Promise((resolve) => setTimeout(resolve));
        }
        failure = null;
        await bookOnwards(run);
        run.host.disconnect();
      }),
      { numRuns: 150 },
    );
  });
});

/** What a press of a button does in a state; a button that is not there does nothing. */
const PRESSES = {
  back: () => ({ type: 'went-back' }),
  retry: () => ({ type: 'retried' }),
  over: () => ({ type: 'started-over' }),
  confirm: () => ({ type: 'confirmed', key: newKey() }),
  more: () => ({ type: 'asked-more' }),
  mode: () => ({ type: 'changed-filter', filter: { mode: 'video' } }),
  evening: () => ({ type: 'changed-filter', filter: { partOfDay: 'evening' } }),
  narrow: () => ({ type: 'narrowed' }),
  needs: () => ({ type: 'changed-needs', needs: [{ kind: 'spoken-interpreter', language: 'so' }] }),
  accept: () => ({ type: 'accepted' }),
  first: () => ({ type: 'asked-first' }),
  waitlist: () => ({ type: 'asked-waitlist' }),
  join: () => ({ type: 'joined', until: '2026-12-31', key: newKey() }),
  appointments: () => ({ type: 'opened-appointments' }),
  'cancel it': () => ({ type: 'cancelled', reason: 'other', key: newKey() }),
  'next month': () => ({ type: 'moved', day: '2026-04-01' }),
  visit: (state) => state.step === 'visit' && { type: 'chose-visit', visitType: state.visitTypes[0]! },
  series: (state) =>
    state.step === 'visit' && {
      type: 'chose-visit',
      visitType: state.visitTypes.find(({ series }) => series)!,
    },
  day: (state) => state.step === 'time' && state.days?.[0] && { type: 'chose-day', day: state.days[0].day },
  slot: (state) =>
    state.step === 'time' && state.slots?.[0] && { type: 'chose-slot', slot: state.slots[0], key: newKey() },
  move: (state) =>
    state.step === 'appointments' &&
    state.appointments?.[0] && { type: 'chose-to-move', appointment: state.appointments[0] },
  cancel: (state) =>
    state.step === 'appointments' &&
    state.appointments?.[0] && { type: 'chose-to-cancel', appointment: state.appointments[0] },
} satisfies Record<string, (state: State) => Action | false | undefined>;

function act(state: State, press: keyof typeof PRESSES, send: (action: Action) => void): void {
  const action = (PRESSES[press] as (state: State) => Action | false | undefined)(state);
  if (action) send(action);
}

/** Does what a patient would who only wants to get on. */
async function bookOnwards({ controller, send }: ReturnType<typeof open>): Promise<void> {
  const seen: string[] = [];
  for (let tries = 0; tries < 200; tries += 1) {
    const { state } = controller;
    if (state.step === 'booked') return;
    seen.push(state.step);
    const press = nextPress(state, tries);
    if (press) act(state, press, send);
    await new Promise((resolve) => setTimeout(resolve));
  }
  assert.fail(`No way on: ${seen.slice(-6).join(', ')}.`);
}

/** The button that leads on, in any state that has one; none where an answer is on its way. */
function nextPress(state: State, tries: number): keyof typeof PRESSES | undefined {
  switch (state.step) {
    case 'failed':
      return isUncertain(state) || tries % 2 ? 'retry' : 'back';
    case 'visit':
      return 'visit';
    case 'time':
      if (state.days?.length === 0) return 'mode';
      return state.slots?.length ? 'slot' : 'day';
    case 'details':
      return knowsNeeds(state) ? 'confirm' : 'accept';
    case 'series':
      return 'confirm';
    case 'waitlist':
    case 'cancelling':
      return 'back';
    case 'series-booked':
    case 'waiting':
    case 'appointments':
    case 'cancelled':
      return 'over';
    default:
      return undefined;
  }
}
