import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FormItem, Quantity } from '@clinic-widgets/core/forms.js';
import { troubleOf } from './checks.ts';

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
