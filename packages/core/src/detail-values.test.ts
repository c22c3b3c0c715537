import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { misvalues } from './detail-values.ts';

const found = (changed: Parameters<typeof misvalues>[0]) =>
  misvalues(changed).map(({ path, reason }) => `${path.join('.')} ${reason}`);

describe('misvalues', () => {
  it('finds nothing wrong with what can be so', () => {
    assert.deepEqual(found({}), []);
    const phones = ['269 555 0123', '+1 (269) 555-0123', '555.0123', '(269) 555-0123 ext. 12'];
    for (const phone of phones) assert.deepEqual(found({ phone, email: 'a@b.example' }), [], phone);
    assert.deepEqual(found({ address: { lines: ['1 Main Street', ''], postalCode: '49022-1234', country: 'US' } }), []);
    assert.deepEqual(found({ address: { lines: ['1 Main Street'], postalCode: 'SW1A 1AA', country: 'GB' } }), []);
    assert.deepEqual(found({ emergencyContact: { name: 'Eva' } }), []);
  });

  it('says which value is none of its kind, and why', () => {
    assert.deepEqual(found({ preferredName: ' ', email: 'nowhere' }), [
      'changed.preferredName required',
      'changed.email wrong-format',
    ]);
    assert.deepEqual(found({ address: { lines: [' '], postalCode: '12', country: 'US' } }), [
      'changed.address.lines required',
      'changed.address.postalCode wrong-format',
    ]);
    assert.deepEqual(found({ emergencyContact: { name: '', phone: '1' } }), [
      'changed.emergencyContact.name required',
      'changed.emergencyContact.phone too-short',
    ]);
  });

  it('tells a number with too few digits from one with too many, and from none', () => {
    assert.deepEqual(found({ phone: '555012' }), ['changed.phone too-short']);
    assert.deepEqual(found({ phone: '1234567890123456' }), ['changed.phone too-long']);
    for (const phone of ['none', '269-555-CALL', '()']) {
      assert.deepEqual(found({ phone }), ['changed.phone wrong-format'], phone);
    }
  });
});
