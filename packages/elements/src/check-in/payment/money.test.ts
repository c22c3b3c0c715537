import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Charge } from '@clinic-widgets/core';
import { isDue, moneyWords, totalsOf } from './money.ts';

const charges = (...amounts: readonly string[]): Charge[] =>
  amounts.map((amount, index) => {
    const [value = '', currency = ''] = amount.split(' ');
    return { id: `d${index}`, label: 'Copay', amount: { value, currency } };
  });

describe('what is due', () => {
  it('adds up exactly, in each currency', () => {
    assert.deepEqual(totalsOf(charges('0.1 USD', '0.2 USD', '5 EUR', '18.4025 USD')), [
      { value: '18.7025', currency: 'USD' },
      { value: '5.00', currency: 'EUR' },
    ]);
    assert.deepEqual(totalsOf(charges('999999999999.99 USD', '0.02 USD')), [
      { value: '1000000000000.01', currency: 'USD' },
    ]);
  });

  it('is less by a credit', () => {
    assert.deepEqual(totalsOf(charges('25.00 USD', '-10.5 USD')), [{ value: '14.50', currency: 'USD' }]);
    assert.deepEqual(totalsOf(charges('0.25 USD', '-1 USD')), [{ value: '-0.75', currency: 'USD' }]);
  });

  it('is nothing where there is only a credit, or nothing at all', () => {
    assert.equal(isDue(charges()), false);
    assert.equal(isDue(charges('25.00 USD', '-25 USD')), false);
    assert.equal(isDue(charges('-1 USD', '1 EUR')), true);
  });

  it('is written as the currency is in the language', () => {
    assert.equal(moneyWords({ value: '1234.5', currency: 'USD' }, 'en-US'), '$1,234.50');
    assert.equal(moneyWords({ value: '1200', currency: 'JPY' }, 'en-US'), '¥1,200');
  });
});
