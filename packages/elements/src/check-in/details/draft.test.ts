import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Details, Need } from '@clinic-widgets/core';
import { draftOf, isSame, troublesOf, valueIn } from './draft.ts';
import type { Changeable } from './state.ts';

const VALUES: { readonly [N in Changeable]: NonNullable<Details[N]> } = {
  preferredName: 'Kit',
  address: { lines: ['2210 Niles Avenue', 'Unit B', 'Back door'], city: 'St. Joseph', country: 'US' },
  phone: '(269) 555-0136',
  email: 'kit.marlowe@example.com',
  emergencyContact: { name: 'Luis Delgado', relationship: 'brother', phone: '(269) 555-0124' },
  language: 'es',
  needs: [{ kind: 'sign-interpreter', language: 'ase' }, { kind: 'more-time' }],
};

describe('a draft', () => {
  for (const name of Object.keys(VALUES) as Changeable[]) {
    it(`holds all of the ${name} that the clinic knows`, () => {
      assert.deepEqual(valueIn(draftOf(name, VALUES[name])), VALUES[name]);
    });

    it(`of nothing is no ${name}`, () => {
      assert.equal(valueIn(draftOf(name, undefined)), undefined);
    });
  }

  it('is trimmed', () => {
    assert.equal(valueIn({ name: 'phone', words: { phone: ' (269) 555-0136 ' } }), '(269) 555-0136');
  });

  it('says which fields are wrong', () => {
    const contact = { name: 'emergencyContact', words: { person: ' ', relationship: '', phone: '1' } } as const;
    assert.deepEqual(troublesOf(contact), [
      { field: 'person', kind: 'missing' },
      { field: 'phone', kind: 'phone' },
    ]);
    assert.deepEqual(troublesOf({ name: 'email', words: { email: 'kit' } }), [{ field: 'email', kind: 'email' }]);
    assert.deepEqual(troublesOf(draftOf('address', undefined)), [{ field: 'line-0', kind: 'missing' }]);
    assert.deepEqual(troublesOf(draftOf('address', { lines: [], city: 'St. Joseph' })), []);
  });

  it('is the same as what is known, whatever the order and whatever is empty', () => {
    const needs: Need[] = [{ kind: 'more-time' }];
    assert.ok(isSame({ lines: ['1 Elm'], city: '' }, { lines: ['1 Elm'] }));
    assert.ok(isSame({ name: 'A', phone: '1' }, { phone: '1', name: 'A' }));
    assert.ok(isSame(undefined, []));
    assert.ok(!isSame(needs, undefined));
  });
});
