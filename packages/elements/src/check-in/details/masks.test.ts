import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskedAddress, maskedEmail, maskedName, maskedPhone } from './masks.ts';

describe('what is hidden', () => {
  it('is all of a number but its end, and all of a short one', () => {
    assert.equal(maskedPhone('(269) 555-0142').dots, '•••• 0142');
    assert.equal(maskedPhone('555-01').dots, '••••');
  });

  it('is all of an e-mail address but its first letter and its host', () => {
    assert.equal(maskedEmail('rosa.delgado@example.org').dots, 'r•••@example.org');
    assert.equal(maskedEmail('not an address').dots, '••••');
  });

  it('is all of an address but the number of the house', () => {
    assert.equal(maskedAddress({ lines: ['318 Pleasant Street', 'Apartment 4'], city: 'St. Joseph' }).dots, '318 ••••');
    assert.equal(maskedAddress({ lines: ['Calle Mayor 12b'] }).dots, '12b ••••');
    assert.equal(maskedAddress({ lines: ['The Old Mill'] }).dots, '••••');
    assert.equal(maskedAddress({ lines: [] }).dots, '••••');
  });

  it('is all of a name but its first letter, however that is written', () => {
    assert.equal(maskedName('Grace Whitfield').dots, 'G•••');
    assert.equal(maskedName('E\u0301ric').dots, 'E\u0301•••');
    assert.equal(maskedName('').dots, '•••');
  });
});
