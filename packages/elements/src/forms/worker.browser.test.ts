import { expect } from '@open-wc/testing';
import type { Form } from '@clinic-widgets/core/forms.js';
import { nodesOf } from './tree.ts';
import { evaluateInWorker } from './worker.ts';

const formOf = (calculatedExpression: string): Form => ({
  id: 'f',
  version: '1',
  title: 'Form',
  purpose: 'intake',
  language: 'en',
  items: [{ linkId: 'a', type: 'integer', calculatedExpression }],
});

const ask = (form: Form, signal = new AbortController().signal) =>
  evaluateInWorker({ form, nodes: nodesOf(form.items), of: 3, first: false, stopped: [] }, signal);

// What it does with expressions that do not end, and under a strict policy, is in test/e2e/expressions.spec.ts.
describe('evaluateInWorker', () => {
  it('says what a worker has found out', async () => {
    expect(await ask(formOf('20 + 22'))).to.deep.equal({
      of: 3,
      values: { 0: [{ integer: 42 }] },
      hushed: {},
      broken: {},
      problems: [],
      stopped: [],
    });
  });

  it('asks one thing after another, of one form or another', async () => {
    const form = formOf('1');
    const [one, other, again] = await Promise.all([ask(form), ask(formOf('2')), ask(form)]);
    const values = [one, other, again].map((evaluation) => evaluation.values[0]);
    expect(values).to.deep.equal([[{ integer: 1 }], [{ integer: 2 }], [{ integer: 1 }]]);
  });

  it('rejects with the reason of what was given up', async () => {
    const leaving = new AbortController();
    const asked = ask(formOf('1'), leaving.signal).catch((error: unknown) => error);
    leaving.abort('gone');
    expect(await asked).to.equal('gone');
    expect(await ask(formOf('1'), leaving.signal).catch((error: unknown) => error)).to.equal('gone');
    expect((await ask(formOf('1'))).values[0]).to.deep.equal([{ integer: 1 }]);
  });
});
