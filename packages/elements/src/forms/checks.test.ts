import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MISFIT_REASONS, type MisfitReason } from '@clinic-widgets/core/errors.js';
import type { FormItem, ItemType, Quantity } from '@clinic-widgets/core/forms.js';
import { messages } from './messages.es.ts';
import { moreMessages } from './more-messages.ts';
import { troubleOf, troubleRefused } from './checks.ts';

const kilogram = { system: 'http://unitsofmeasure.org', code: 'kg', display: 'kilograms' };
const pound = { system: 'http://unitsofmeasure.org', code: '[lb_av]', display: 'pounds' };

/** What is wrong with an amount. */
const troubleWith = (item: Partial<FormItem>, quantity: Quantity) =>
  troubleOf({
    key: '0',
    item: { linkId: 'q', type: 'quantity', ...item },
    rows: [{ key: 0, value: { quantity }, nodes: [] }],
  });

describe('an amount', () => {
  const bounds = { min: { quantity: { value: 20 } }, max: { quantity: { value: 200 } } };
  const kilograms = (value: number): Quantity => ({ value, unit: 'kilograms', code: 'kg', system: kilogram.system });

  it('is held to a least and a greatest that are only numbers, in the usual unit', () => {
    const item = { ...bounds, units: [kilogram, pound] };
    assert.deepEqual(troubleWith(item, kilograms(19)), { reason: 'min', value: { quantity: kilograms(20) } });
    assert.deepEqual(troubleWith(item, kilograms(201)), { reason: 'max', value: { quantity: kilograms(200) } });
    assert.equal(troubleWith(item, kilograms(120)), undefined);
  });

  it('is not held to numbers of another unit', () => {
    const pounds = { value: 250, unit: 'pounds', code: '[lb_av]', system: pound.system };
    assert.equal(troubleWith({ ...bounds, units: [kilogram, pound] }, pounds), undefined);
    const max = { quantity: { value: 200, unit: 'kg', code: 'kg' } };
    assert.equal(troubleWith({ max, units: [kilogram, pound] }, pounds), undefined);
  });

  it('is held to numbers in whatever unit it is where the form names none', () => {
    assert.equal(troubleWith(bounds, { value: 201, unit: 'stones' })?.reason, 'max');
    assert.equal(troubleWith(bounds, { value: 19 })?.reason, 'min');
  });
});

describe('an answer that the clinic refuses', () => {
  const troubleFor = (type: ItemType, reason: MisfitReason) => troubleRefused({ linkId: 'q', type }, reason).reason;

  it('is told the form’s own reason where it has one, and else the general one', () => {
    assert.equal(troubleFor('string', 'required'), 'required');
    assert.equal(troubleFor('integer', 'wrong-format'), 'whole');
    assert.equal(troubleFor('date', 'wrong-format'), 'date');
    assert.equal(troubleFor('string', 'wrong-format'), 'pattern');
    assert.equal(troubleFor('text', 'too-long'), 'long');
    assert.equal(troubleFor('attachment', 'too-long'), 'size');
    assert.equal(troubleFor('choice', 'not-a-choice'), 'choice');
    assert.equal(troubleFor('decimal', 'out-of-range'), 'range');
    assert.equal(troubleFor('string', 'unknown'), 'refused');
  });

  it('is told so in a whole sentence in every language, also where the clinic does not say how much there may be', () => {
    for (const type of ['string', 'integer', 'attachment'] as const) {
      for (const reason of MISFIT_REASONS) {
        for (const { troubles } of [moreMessages, messages]) {
          const sentence = troubles[troubleFor(type, reason)]('');
          assert.match(sentence, /^\S.*[^\s]\.$/);
          assert.doesNotMatch(sentence, /undefined| {2}| \./);
        }
      }
    }
  });
});
