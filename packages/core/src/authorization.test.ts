import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { elementsBeside, missingElements } from './authorization.ts';

const authorization = {
  description: 'Your list of medicines',
  recipient: 'Lakeshore Care Partners,\n12 Ship Street',
  expiration: 'It ends after a year.',
};
const document = { kind: 'authorization' as const, authorization, text: 'I agree.' };

describe('the elements of an authorization', () => {
  it('stand beside a text that does not say them, in the order of the law', () => {
    assert.deepEqual(elementsBeside(document), ['description', 'recipient', 'expiration']);
  });

  it('are not said twice where the text is made of them, however it breaks its lines', () => {
    const text = 'Who gets it: Lakeshore Care Partners, 12 Ship Street.\n\nIt ends\nafter a year.';
    assert.deepEqual(elementsBeside({ ...document, text }), ['description']);
  });

  it('are those of an authorization alone, and none where there are none', () => {
    assert.deepEqual(elementsBeside({ ...document, kind: 'treatment' }), []);
    assert.deepEqual(elementsBeside({ kind: 'authorization', text: 'I agree.' }), []);
    assert.deepEqual(elementsBeside({ ...document, authorization: { purpose: ' ' } }), []);
  });

  it('stand beside it or lack, and never both', () => {
    assert.deepEqual(missingElements(document), ['discloser', 'purpose', 'revocation', 'conditioning', 'redisclosure']);
  });
});
