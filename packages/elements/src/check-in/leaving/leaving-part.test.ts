import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, FormItem, Order } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf, sessionWith } from '../../../test/test-session.ts';
import type { Action as BookingAction } from './booking.ts';
import { load } from './leaving-part.ts';
import type { Action, State } from './state.ts';

const NOW = '2026-03-02T08:00:00-05:00';
const harbor = harborClinic({ now: NOW });
const ASKED: Order = { id: 'o1', version: '1', name: 'A new problem', visitTypeId: 'new-problem', urgency: 'routine' };

type Booking = Extract<State, { step: 'booking' }>;
const triageIn = (state: State) => {
  const picker = state.step === 'booking' ? state.inner?.picker : undefined;
  const of = picker?.step === 'failed' ? picker.from : picker;
  return of && 'triage' in of ? of.triage : undefined;
};

const questionsIn = (state: State) =>
  triageIn(state)!.filling.nodes.flatMap(({ rows }) => rows.flatMap(({ nodes }) => nodes));

/** The questions, of which staff must hear any answer to one. */
const flagging: ClinicAdapter['getForm'] = async (query) => {
  const form = await memoryAdapter(harbor, { now: () => NOW }).getForm(query);
  const flagged = (item: FormItem): FormItem => ({
    ...item,
    ...(item.linkId === 'self-harm' && { flag: { unless: [], alert: true } }),
    ...(item.items && { items: item.items.map(flagged) }),
  });
  return { ...form, items: form.items.map(flagged) };
};

const opened: { disconnect(): void }[] = [];
afterEach(() => opened.splice(0).forEach((host) => host.disconnect()));

/** Rosa leaves, and is asked what comes before the times of what was ordered. */
async function asked(changes: Partial<ClinicAdapter> = {}) {
  const adapter = { ...memoryAdapter(harbor, { now: () => NOW }), ...changes };
  const clinic = await adapter.describeClinic({});
  const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
  const session = sessionWith({ clinic, host: { station, language: 'en', now: () => NOW } });
  const part = await load('en');
  const flow = runFlow<State, Action>(flowOf(part, session), adapter);
  opened.push(flow.host);
  await flow.at('instructions');
  flow.send({ type: 'went-on' });
  flow.send({ type: 'wanted', order: ASKED });
  const until = (isSo: (triage: NonNullable<ReturnType<typeof triageIn>>) => boolean) =>
    flow.until((state): state is Booking => {
      const triage = triageIn(state);
      return triage !== undefined && isSo(triage);
    });
  const first = await until(() => true);
  const send = (action: BookingAction) => flow.send({ type: 'of-booking', action });
  return { adapter, part, flow, session, first, until, send };
}

describe('the part for a patient who leaves', () => {
  it('knows whether staff have not heard of an emergency that came up before the times', async () => {
    let tell: (told: boolean) => void = () => undefined;
    const raiseAlert: ClinicAdapter['raiseAlert'] = () =>
      new Promise((resolve, reject) => {
        tell = (told) => (told ? resolve({ id: 'al1' }) : reject(new ClinicError('unauthenticated', 'Who is it?')));
      });
    const { part, flow, first, until, send } = await asked({ raiseAlert });
    assert.equal(part.isUnheard!(first), false);
    const [signs, harm] = questionsIn(first);
    const [chest] = signs!.item.options!;
    send({ type: 'of-triage', action: { type: 'chose', key: signs!.key, values: [chest!.value] } });
    send({ type: 'of-triage', action: { type: 'chose', key: harm!.key, values: [{ boolean: false }] } });
    send({ type: 'of-triage', action: { type: 'turned', to: 'next' } });
    const isNow = (wanted: string) => until(({ filling }) => filling.alerts[0]?.state === wanted);
    assert.equal(part.isUnheard!(await isNow('sending')), true);
    await new Promise((resolve) => setTimeout(resolve, 10));
    tell(false);
    assert.equal(part.isUnheard!(await isNow('failed')), true);
    send({ type: 'of-triage', action: { type: 'retried-alerts' } });
    await new Promise((resolve) => setTimeout(resolve, 10));
    tell(true);
    assert.equal(part.isUnheard!(await isNow('sent')), false);
    assert.equal(flow.controller.state.step, 'booking');
  });

  it('asks in the language that is chosen meanwhile, with all that was answered and told', async () => {
    const raiseAlert = () => Promise.reject(new ClinicError('unavailable', 'down'));
    const { adapter, part, flow, session, first, until, send } = await asked({ raiseAlert, getForm: flagging });
    const [signs, harm] = questionsIn(first);
    const [chest] = signs!.item.options!;
    send({ type: 'of-triage', action: { type: 'chose', key: signs!.key, values: [chest!.value] } });
    send({ type: 'of-triage', action: { type: 'chose', key: harm!.key, values: [{ boolean: false }] } });
    const failed = await until(({ filling }) => filling.alerts[0]?.state === 'failed');

    const spanish = { ...session, host: { ...session.host, language: 'es' } };
    const [, context] = [flow.host.disconnect(), { session: spanish, locale: 'es', now: () => NOW }];
    const resumed = part.resume!(failed, spanish);
    const again = runFlow<State, Action>({ ...flowOf(part, spanish), initial: resumed }, adapter);
    opened.push(again.host);
    const asksAgain =
      (language: string) =>
      (state: State): state is Booking =>
        triageIn(state)?.filling.form.language === language;
    const inEnglish = await again.until(
      (state): state is Booking => asksAgain('en')(state) && state.part !== undefined,
    );
    const told = { ...context, send: () => undefined, tell: () => undefined };
    assert.equal(part.headingLanguage!(inEnglish, told), 'en');
    const inSpanish = await again.until(asksAgain('es'));
    assert.equal(part.headingLanguage!(inSpanish, told), 'es');
    const { filling, text } = triageIn(inSpanish)!;
    assert.deepEqual(
      filling.alerts.map(({ linkId, state }) => [linkId, state]),
      [['self-harm', 'failed']],
    );
    const values = questionsIn(inSpanish).map(({ rows }) => rows.flatMap(({ value }) => value ?? []));
    assert.deepEqual(values.slice(0, 2), [[questionsIn(inSpanish)[0]!.item.options![0]!.value], [{ boolean: false }]]);
    assert.notEqual(text.next, triageIn(inEnglish)!.text.next);
  });
});
