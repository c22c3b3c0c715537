import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { monthOf } from './month.ts';

describe('a month that is typed', () => {
  for (const [typed, locale, month] of [
    ['6', 'en-US', '06'],
    [' 06 ', 'en-US', '06'],
    ['12', 'es', '12'],
    ['June', 'en-US', '06'],
    ['OCT.', 'en-US', '10'],
    ['sept', 'en-US', '09'],
    ['may', 'en-US', '05'],
    ['MARZO', 'es-US', '03'],
    ['dic', 'es', '12'],
    ['juin', 'fr', '06'],
    ['déc.', 'fr', '12'],
    ['dec', 'fr', '12'],
  ] as const) {
    it(`is ${month} for “${typed}” in ${locale}`, () => assert.equal(monthOf(typed, locale), month));
  }

  for (const typed of ['', '0', '13', '-6', '6.5.', 'Ju', 'J', 'ma', 'mayhem', 'June 6', '٦', '<b>']) {
    it(`is none for “${typed}”`, () => assert.equal(monthOf(typed, 'en-US'), undefined));
  }
});
