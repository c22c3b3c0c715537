import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConsentDocument, Order } from '@clinic-widgets/core';
import { sessionWith, visit } from '../../test/test-session.ts';
import { load as loadConsents } from './consents/consents-part.ts';
import { messages as spanishConsents } from './consents/messages.es.ts';
import { messages as consents } from './consents/messages.ts';
import { begin } from './leaving/flow.ts';
import { load as loadLeaving } from './leaving/leaving-part.ts';
import { messages as spanishLeaving } from './leaving/messages.es.ts';
import { messages as leaving } from './leaving/messages.ts';
import type { In } from './leaving/state.ts';
import { withDesk } from './overlay.ts';

type Next = In<'next'>;

const shut = { reception: { open: false, goTo: 'The nurses on floor 2' } };
const DESK = /front desk|recepción/;

/** All that words can say, groups and sentences with something in them included. */
const saidBy = (words: object): readonly string[] =>
  Object.entries(words).flatMap(([name, said]: [string, unknown]) => {
    if (name === 'closed') return [];
    if (typeof said === 'function') return [String((said as (...given: unknown[]) => unknown)('1', '8'))];
    return typeof said === 'string' ? [said] : saidBy(said as object);
  });

describe('the words of a part while nobody is at the desk', () => {
  for (const [name, words] of Object.entries({ leaving, spanishLeaving, consents, spanishConsents })) {
    it(`name no desk: ${name}`, () => {
      assert.ok(saidBy(words).some((one) => DESK.test(one)));
      assert.deepEqual(
        saidBy(withDesk<object>(words, shut)).filter((one) => DESK.test(one)),
        [],
      );
      assert.equal(withDesk(words, { reception: { ...shut.reception, open: true } }), words);
    });
  }
});

describe('where to go instead', () => {
  const mri: Order = { id: 'o1', version: '1', name: 'MRI', visitTypeId: 'mri-scan', urgency: 'routine', visits: 2 };
  const listed = (order: Order, settled: Next['settled']): Next => ({
    ...(begin() as Next),
    step: 'next',
    orders: [order],
    settled,
  });
  const made = visit.appointment;

  it('is said at the list of what to book, where something of it is for the desk', async () => {
    const part = await loadLeaving('en');
    const names = (state: Next) => part.namesDesk?.(state, sessionWith(shut));
    const { visitTypeId: _, ...unbookable } = mri;
    assert.equal(names(listed(mri, {})), false);
    assert.equal(names(listed(unbookable, {})), true);
    assert.equal(names(listed(mri, { o1: { kind: 'at-desk' } })), true);
    assert.equal(names(listed(mri, { o1: { kind: 'booked', appointments: [made] } })), true);
    assert.equal(names(listed(mri, { o1: { kind: 'booked', appointments: [made, made] } })), false);
  });

  it('is said where a copy on paper waits', async () => {
    const part = await loadConsents('en');
    const document = { id: 'd1', title: 'Paper' } as ConsentDocument;
    const ends = (copy: 'paper' | 'email') =>
      part.namesDesk?.(
        { step: 'summary', end: 'done', decided: [{ document, decision: 'accepted', queued: false, copy }] },
        sessionWith(shut),
      );
    assert.deepEqual([ends('paper'), ends('email')], [true, false]);
  });
});
