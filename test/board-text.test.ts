import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOf, spoken } from '../demo/board-text.ts';

describe('a call in the waiting room', () => {
  it('is said in both languages', () => {
    const said = spoken({ ticket: 'B07', to: 'Room 4' });
    assert.deepEqual(said, { en: 'B07: please go to Room 4.', es: 'B07: vaya a Room 4.' });
  });

  it('leads to the front desk where nobody has said where to', () => {
    assert.deepEqual(placeOf(undefined), { en: 'the front desk', es: 'la recepción' });
    assert.deepEqual(spoken({ ticket: 'B07' }), {
      en: 'B07: please go to the front desk.',
      es: 'B07: vaya a la recepción.',
    });
  });
});
