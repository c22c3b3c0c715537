import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Form, FormItem } from '@clinic-widgets/core';
import { type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { sessionWith } from '../../test/test-session.ts';
import type { Action as FormAction } from '../forms/action.ts';
import type { FlowAction } from '../ui/flow.ts';
import { load, type State } from './forms-part.ts';

const session = sessionWith();
const nobody: ClinicAdapter = defineAdapter({});

describe('the part of the forms', () => {
  it('asks for the forms again by itself once the clinic’s own wait is over', async () => {
    const part = await load('en');
    const [find] = part.work(part.begin(session), session);
    const error = new ClinicError('throttled', 'Too many.', { retryAfter: 1 });
    const failed = part.transition(part.begin(session), { type: 'failed', key: find!.key, error }, session);
    assert.equal(part.page(failed), 'failed');
    const [wait] = part.work(failed, session);
    const over = part.transition(failed, await wait!.run(nobody, AbortSignal.timeout(5000)), session);
    assert.equal(part.work(over, session)[0]!.key, find!.key);
  });

  it('knows whether staff have not heard of an answer that they must hear of', async () => {
    const part = await load('en');
    const item: FormItem = {
      linkId: 'chest-pain',
      type: 'boolean',
      text: 'Chest pain?',
      flag: { unless: [], alert: true },
    };
    const form: Form = { id: 'f1', version: '1', language: 'en', title: 'Safety', purpose: 'screening', items: [item] };
    const send = (to: State, action: FormAction | FlowAction) =>
      part.transition(to, { type: 'of-form', action }, session);
    let state = part.transition(part.begin(session), { type: 'found-forms', forms: [form] }, session);
    assert.equal(part.isUnheard!(state), false);
    state = send(state, { type: 'opened', form, key: 'k1' });
    const [node] = Object.values('filling' in state.form! ? state.form.filling.nodes : {});
    state = send(state, { type: 'chose', key: node!.key, values: [{ boolean: true }] });
    state = part.transition(state, { type: 'left' }, session);
    assert.equal(part.isUnheard!(state), true);
    const [alert] = part.work(state, session).filter(({ key }) => key.includes('alert'));
    const told = await alert!.run(
      defineAdapter({ raiseAlert: async () => ({ id: 'al1' }) }),
      AbortSignal.timeout(5000),
    );
    assert.equal(part.isUnheard!(part.transition(state, told, session)), false);
  });
});
