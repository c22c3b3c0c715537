import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numberOf } from './numbers.ts';

describe('numberOf', () => {
  const written = [
    ['0.125', 'es', 0.125],
    ['0.025', 'es', 0.025],
    ['0,125', 'en', 0.125],
    ['-0,125', 'en', -0.125],
    ['0.125', 'en', 0.125],
    ['0,125', 'es', 0.125],
    ['000.125', 'es', 0.125],
    ['1.5', 'es', 1.5],
    ['1,5', 'en', 1.5],
    ['1,234.5', 'en', 1234.5],
    ['1.234,5', 'es', 1234.5],
    ['12,345,678', 'en', 12_345_678],
    ['1\u00a0234', 'en', 1234],
    ['\u22125', 'en', -5],
  ] as const;
  for (const [words, locale, number] of written) {
    it(`reads "${words}" in ${locale} as ${number}`, () => assert.equal(numberOf(words, locale), number));
  }

  for (const words of ['', 'a half', '1.2.3', '1,2,3', '0.125.000', '.']) {
    it(`takes "${words}" for no number`, () => assert.equal(numberOf(words, 'es'), undefined));
  }
});
