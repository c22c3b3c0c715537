import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { AlertRequest, ClinicAdapter, FormItem, Submission, Value } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../test/test-host.ts';
import { outcomeText, pagesShown } from '../forms/filling.ts';
import type { Node } from '../forms/tree.ts';
import type { Action } from './action.ts';
import { appointmentFlow } from './flow.ts';
import { type Host, type In, NOTHING_SAID, range, type State } from './state.ts';

const NOW = '2026-03-02T08:00:00-05:00';
const harbor = harborClinic({ now: NOW });
const ROSA = { patientId: 'p-rosa', name: 'Rosa Delgado' };
const MATEO = { patientId: 'p-mateo', name: 'Mateo Delgado', representativeId: 'r-rosa' };
const host: Host = { ...NOTHING_SAID, people: [ROSA, MATEO], visitTypeId: 'new-problem' };

/** Harbor Clinic, which notes what it is told. */
function clinic(changes: Partial<ClinicAdapter> = {}) {
  const adapter = { ...memoryAdapter(harbor, { now: () => NOW }), ...changes };
  const submitted: Submission[] = [];
  const alerts: AlertRequest[] = [];
  const noting: ClinicAdapter = {
    ...adapter,
    submitForm: (input, options) => (submitted.push(input), adapter.submitForm(input, options)),
    raiseAlert: (input, options) => (alerts.push(input), adapter.raiseAlert(input, options)),
  };
  return { adapter: noting, submitted, alerts };
}

const opened: { disconnect(): void }[] = [];
afterEach(() => opened.splice(0).forEach((element) => element.disconnect()));

async function asking(adapter: ClinicAdapter, change: Partial<Host> = {}, language?: () => string) {
  const run = runFlow<State, Action>(
    appointmentFlow(() => NOW, language),
    adapter,
  );
  opened.push(run.host);
  run.send({ type: 'host-changed', host: { ...host, ...change } });
  const isAsking = (state: State): state is In<'triage'> => state.step === 'triage' && state.triage !== undefined;
  await run.until(isAsking);

  /** Answers a question by its name. */
  function answer(linkId: string, value: Value): void {
    const { state } = run.controller;
    assert.ok('triage' in state && state.triage);
    const search = (nodes: readonly Node[]): Node | undefined =>
      nodes
        .flatMap((node) => [node, ...node.rows.flatMap((row) => search(row.nodes) ?? [])])
        .find((one) => one.item.linkId === linkId);
    const { key, item } = search(state.triage.filling.nodes)!;
    const code = 'coding' in value ? value.coding.code : undefined;
    const chosen = item.options?.find((option) => 'coding' in option.value && option.value.coding.code === code)?.value;
    run.send({ type: 'of-triage', action: { type: 'chose', key, values: [chosen ?? value] } });
  }

  const goOn = () => run.send({ type: 'of-triage', action: { type: 'turned', to: 'next' } });
  const none = { coding: { code: 'none' } };
  return {
    ...run,
    answer,
    goOn,
    /** Up to the last question. */
    safe: () => {
      answer('danger-signs', none);
      answer('self-harm', { boolean: false });
      goOn();
      answer('today-signs', none);
      goOn();
    },
    confirm: () => run.send({ type: 'confirmed-triage' }),
  };
}

/** Harbor Clinic, where staff must hear at once what the visit is about, and are told when the test lets them. */
function telling(changes: Partial<ClinicAdapter> = {}) {
  const real = memoryAdapter(harbor, { now: () => NOW });
  const flagged = (items: readonly FormItem[]): FormItem[] =>
    items.map((item) => ({
      ...item,
      ...(item.linkId === 'reason' && { flag: { unless: [], alert: true } }),
      ...(item.items && { items: flagged(item.items) }),
    }));
  const pending: ((isTold: boolean) => void)[] = [];
  const of = clinic({
    getForm: async (query, options) => {
      const form = await real.getForm(query, options);
      return { ...form, items: flagged(form.items) };
    },
    raiseAlert: () =>
      new Promise((resolve, reject) => {
        pending.push((isTold) => (isTold ? resolve({ id: 'al1' }) : reject(new ClinicError('unavailable', 'down'))));
      }),
    ...changes,
  });
  /** Once staff are being told, they have been or cannot be. */
  async function settle(isTold: boolean): Promise<void> {
    while (pending.length === 0) await soon();
    pending.shift()!(isTold);
    await soon();
  }
  return { ...of, settle };
}

/** The same, where the first answer to what is handed in comes when the test lets it. */
function slowHandIn() {
  const real = memoryAdapter(harbor, { now: () => NOW });
  const keys: (string | undefined)[] = [];
  let release: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (release = resolve));
  const of = telling({
    submitForm: async (input, options) => {
      const isFirst = keys.push(options?.idempotencyKey) === 1;
      const made = await real.submitForm(input, options);
      if (isFirst) await answered;
      return made;
    },
  });
  return { ...of, keys, release };
}

/** Lets what is called for by now be called. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

const troublesIn = (state: State) => Object.keys((state.step === 'triage' && state.triage?.filling.troubles) || {});

const checkUp = { coding: { code: 'check-up' } };
const isAlert =
  (wanted: string) =>
  (state: State): state is In<'triage'> =>
    state.step === 'triage' && state.triage?.filling.alerts.at(-1)?.state === wanted;

describe('questions before times', () => {
  it('come before any time, and are handed in', async () => {
    const { adapter, submitted } = clinic();
    const { safe, answer, confirm, at } = await asking(adapter);
    safe();
    answer('reason', { coding: { code: 'check-up' } });
    confirm();
    const { advice, visitType } = await at('time');
    assert.equal(visitType.id, 'new-problem');
    assert.equal(advice?.words.length, 1);
    assert.equal(submitted[0]!.outcome, 'booking');
  });

  it('stop everything at an emergency, whatever is pressed then', async () => {
    const { adapter, submitted, alerts } = clinic();
    const { answer, goOn, at, send, controller } = await asking(adapter);
    answer('danger-signs', { coding: { code: 'chest' } });
    answer('self-harm', { boolean: false });
    goOn();
    await at('advised');
    const visitType = harbor.visitTypes.find(({ id }) => id === 'check-up')!;
    const presses: Action[] = [
      { type: 'went-back' },
      { type: 'started-over' },
      { type: 'retried' },
      { type: 'chose-visit', visitType },
      { type: 'confirmed-triage' },
      { type: 'of-triage', action: { type: 'turned', to: 'back' } },
    ];
    for (const press of presses) send(press);
    answer('danger-signs', { coding: { code: 'none' } });
    goOn();
    const { state } = controller;
    assert.ok(state.step === 'advised' && state.outcome === 'emergency');
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(submitted[0]!.outcome, 'emergency');
    assert.deepEqual(alerts, [], 'From home nobody is told to come.');
  });

  it('stay stopped when the page starts the picker over, for that person alone', async () => {
    const { adapter } = clinic();
    const { answer, goOn, at, send, until, controller } = await asking(adapter);
    answer('danger-signs', { coding: { code: 'chest' } });
    answer('self-harm', { boolean: false });
    goOn();
    await at('advised');
    send({ type: 'host-changed', host: { ...host, visitTypeId: 'check-up' } });
    assert.equal((await at('advised')).outcome, 'emergency', 'Any other visit is stopped as well.');
    send({ type: 'host-changed', host: { ...host, people: [MATEO], visitTypeId: 'check-up' } });
    await until((state): state is In<'time'> => state.step === 'time');
    controller.reset();
    send({ type: 'host-changed', host: { ...host, visitTypeId: 'check-up' } });
    await until((state): state is In<'time'> => state.step === 'time');
  });

  it('tell staff of an emergency at the clinic, and say when that did not reach them', async () => {
    const raiseAlert = () => Promise.reject(new ClinicError('unavailable', 'down'));
    const { adapter, alerts } = clinic({ raiseAlert });
    const { answer, goOn, until } = await asking(adapter, { onSite: true });
    answer('danger-signs', { coding: { code: 'chest' } });
    answer('self-harm', { boolean: false });
    goOn();
    await until(
      (state): state is State => state.step === 'advised' && state.triage?.filling.alerts[0]?.state === 'failed',
    );
    assert.equal(alerts[0]!.reason, 'emergency');
  });

  it('show only today for what cannot wait', async () => {
    const { adapter } = clinic();
    const { answer, goOn, confirm, at } = await asking(adapter);
    answer('danger-signs', { coding: { code: 'none' } });
    answer('self-harm', { boolean: false });
    goOn();
    answer('today-signs', { coding: { code: 'eye' } });
    confirm();
    assert.deepEqual(
      range(await at('time'), () => NOW),
      { from: '2026-03-02', to: '2026-03-02' },
    );
  });

  it('offer video where that will do', async () => {
    const { adapter } = clinic();
    const { safe, answer, confirm, at } = await asking(adapter);
    safe();
    answer('reason', { coding: { code: 'refill' } });
    confirm();
    assert.equal((await at('time')).filter.mode, 'video');
  });

  it('end with a nurse calling back, and a way to choose another visit', async () => {
    const { adapter, submitted } = clinic();
    const { safe, answer, confirm, at, send } = await asking(adapter);
    safe();
    answer('reason', { coding: { code: 'side-effect' } });
    confirm();
    assert.equal((await at('advised')).outcome, 'nurse-call');
    assert.equal(submitted[0]!.outcome, 'nurse-call');
    send({ type: 'went-back' });
    await at('visit');
  });

  it('are handed in again as the same write when the network was lost', async () => {
    const keys: (string | undefined)[] = [];
    const real = memoryAdapter(harbor, { now: () => NOW });
    const { adapter } = clinic({
      submitForm: async (input, options) => {
        keys.push(options?.idempotencyKey);
        if (keys.length === 1) throw new ClinicError('unavailable', 'lost');
        return real.submitForm(input, options);
      },
    });
    const { safe, answer, confirm, at, send } = await asking(adapter);
    safe();
    answer('reason', { coding: { code: 'check-up' } });
    confirm();
    await at('failed');
    send({ type: 'went-back' });
    assert.equal((await at('failed')).step, 'failed');
    send({ type: 'retried' });
    await at('time');
    assert.equal(new Set(keys).size, 1);
  });

  it('are not left out when they cannot be fetched', async () => {
    const getForm = () => Promise.reject(new ClinicError('unavailable', 'down'));
    const { adapter } = clinic({ getForm });
    const run = runFlow<State, Action>(
      appointmentFlow(() => NOW),
      adapter,
    );
    opened.push(run.host);
    run.send({ type: 'host-changed', host });
    const failed = await run.at('failed');
    assert.equal(failed.from.step, 'triage');
    run.send({ type: 'went-back' });
    await run.at('visit');
  });

  it('come again with the next booking', async () => {
    const { adapter } = clinic();
    const { safe, answer, confirm, at, send } = await asking(adapter);
    safe();
    answer('reason', { coding: { code: 'check-up' } });
    confirm();
    await at('time');
    send({ type: 'went-back' });
    await at('visit');
    send({ type: 'chose-visit', visitType: harbor.visitTypes.find(({ id }) => id === 'new-problem')! });
    await at('triage');
  });

  it('hand nothing in before staff have been told of an answer', async () => {
    const { adapter, submitted, settle } = telling();
    const { safe, answer, confirm, at, controller } = await asking(adapter);
    safe();
    answer('reason', checkUp);
    confirm();
    await soon();
    assert.equal(controller.state.step, 'triage');
    assert.equal(submitted.length, 0);
    await settle(true);
    assert.equal((await at('time')).advice?.words.length, 1);
    assert.equal(submitted.length, 1);
  });

  it('show that an answer has not reached staff before they lead on to the times', async () => {
    const { adapter, submitted, settle } = telling();
    const { safe, answer, confirm, at, until } = await asking(adapter);
    safe();
    answer('reason', checkUp);
    confirm();
    await settle(false);
    const { triage } = await until(isAlert('failed'));
    assert.deepEqual([triage!.submission, submitted.length], [undefined, 0]);
    confirm();
    await at('time');
    assert.equal(submitted.length, 1);
  });

  it('wait for staff who are told once more while the answers are handed in, and ask for the same write again', async () => {
    const { adapter, keys, release, settle } = slowHandIn();
    const { safe, answer, confirm, at, send, controller } = await asking(adapter);
    safe();
    answer('reason', checkUp);
    await settle(false);
    confirm();
    await soon();
    send({ type: 'of-triage', action: { type: 'retried-alerts' } });
    await soon();
    release();
    await soon();
    assert.equal(controller.state.step, 'triage');
    await settle(true);
    await at('time');
    assert.deepEqual([keys.length, new Set(keys).size], [2, 1]);
  });

  it('take back what is handed in when telling staff once more fails again: after that it is another write', async () => {
    const { adapter, keys, release, settle } = slowHandIn();
    const { safe, answer, confirm, at, until, send } = await asking(adapter);
    safe();
    answer('reason', checkUp);
    await settle(false);
    confirm();
    await soon();
    send({ type: 'of-triage', action: { type: 'retried-alerts' } });
    await settle(false);
    release();
    await soon();
    const { triage } = await until(isAlert('failed'));
    assert.equal(triage!.submission, undefined);
    confirm();
    await at('time');
    assert.equal(new Set(keys).size, 2);
  });

  it('lead back only once it is seen whether staff have been told', async () => {
    const { adapter, settle } = telling();
    const { safe, answer, at, until, send } = await asking(adapter);
    safe();
    answer('reason', checkUp);
    send({ type: 'went-back' });
    await until(isAlert('sending'));
    await settle(false);
    await until(isAlert('failed'));
    send({ type: 'went-back' });
    await at('visit');
  });

  it('tell staff of the answer that was given last before they lead back', async () => {
    const { adapter, alerts, settle } = telling();
    const { safe, at, until, send, controller } = await asking(adapter);
    safe();
    const { triage } = controller.state as In<'triage'>;
    const node = triage!.filling.nodes.flatMap((one) => one.rows.flatMap(({ nodes }) => nodes));
    const reason = [...triage!.filling.nodes, ...node].find(({ item }) => item.linkId === 'reason')!;
    const values = [reason.item.options![0]!.value];
    send({ type: 'of-triage', action: { type: 'chose', key: reason.key, values, passing: true } });
    send({ type: 'went-back' });
    await until(isAlert('sending'));
    await settle(true);
    assert.equal(alerts.length, 1);
    send({ type: 'went-back' });
    await at('visit');
  });

  it('are shown again where the clinic does not accept an answer, with what is wrong there', async () => {
    const real = memoryAdapter(harbor, { now: () => NOW });
    const keys: (string | undefined)[] = [];
    const { adapter } = clinic({
      submitForm: async (input, options) => {
        if (keys.push(options?.idempotencyKey) > 1) return real.submitForm(input, options);
        throw new ClinicError('invalid', 'no', { paths: [['items', 0, 'items', 0, 'answers', 0, 'value']] });
      },
    });
    const { safe, answer, confirm, at, until } = await asking(adapter);
    safe();
    answer('reason', checkUp);
    confirm();
    const sent = await until((state): state is In<'triage'> => keys.length === 0 && state.step === 'triage');
    const wrong = await until((state): state is In<'triage'> => troublesIn(state).length > 0);
    const { filling, submission, part } = wrong.triage!;
    assert.equal(submission, undefined);
    assert.deepEqual(troublesIn(wrong), [filling.nodes[0]!.rows[0]!.nodes[0]!.key]);
    assert.equal(filling.page, pagesShown(filling)[0]!.key);
    const atLast = { ...sent, triage: { ...sent.triage!, filling: { ...sent.triage!.filling, page: filling.page } } };
    assert.equal(part.triageFocus(atLast, wrong as never), '[data-focus=troubles]');
    confirm();
    await at('time');
    assert.equal(new Set(keys).size, 2);
  });

  it('are asked as they are now where the clinic has changed them meanwhile, with what was answered', async () => {
    const real = memoryAdapter(harbor, { now: () => NOW });
    let version = '1';
    const { adapter, submitted } = clinic({
      getForm: async (query, options) => ({ ...(await real.getForm(query, options)), version }),
      submitForm: async ({ form }) => {
        if (form.version === '2') return { id: 'r1', status: 'accepted' };
        version = '2';
        throw new ClinicError('conflict', 'changed');
      },
    });
    const { safe, answer, confirm, at, until } = await asking(adapter);
    safe();
    answer('reason', checkUp);
    confirm();
    const { triage } = await until(
      (state): state is In<'triage'> => state.step === 'triage' && state.triage?.notice === 'changed',
    );
    assert.deepEqual([triage!.filling.form.version, triage!.submission], ['2', undefined]);
    confirm();
    assert.equal((await at('time')).advice?.responseId, 'r1');
    assert.deepEqual(submitted[1]!.items, submitted[0]!.items);
  });

  it('are asked in the language that the reader chooses meanwhile, while staff are being told', async () => {
    let language = 'en';
    const { adapter, alerts, settle } = telling();
    const { safe, answer, host: element, until } = await asking(adapter, {}, () => language);
    safe();
    answer('reason', checkUp);
    await until(isAlert('sending'));
    await soon();
    language = 'es';
    element.requestUpdate();
    const { triage } = await until(
      (state): state is In<'triage'> => state.step === 'triage' && state.triage?.language === 'es',
    );
    assert.deepEqual([triage!.filling.form.language, triage!.filling.alerts[0]!.state], ['es', 'sending']);
    await settle(true);
    await until(isAlert('sent'));
    assert.equal(alerts.length, 1);
  });

  it('say what an emergency calls for in the language that the reader chooses then', async () => {
    let language = 'en';
    const { adapter } = clinic();
    const { answer, goOn, host: element, at, until } = await asking(adapter, {}, () => language);
    answer('danger-signs', { coding: { code: 'chest' } });
    answer('self-harm', { boolean: false });
    goOn();
    const before = (await at('advised')).triage;
    language = 'es';
    element.requestUpdate();
    const { triage, outcome } = await until(
      (state): state is In<'advised'> => state.step === 'advised' && state.triage.language === 'es',
    );
    const words = outcomeText(triage.filling, outcome);
    assert.deepEqual([words.length, triage.filling.emergency], [1, true]);
    assert.notDeepEqual(words, outcomeText(before.filling, outcome));
  });
});
