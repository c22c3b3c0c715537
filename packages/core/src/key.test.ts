import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newKey } from './key.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('newKey', () => {
  it('makes a random UUID, another each time', () => {
    const keys = Array.from({ length: 1000 }, newKey);
    assert.ok(keys.every((key) => UUID.test(key)));
    assert.equal(new Set(keys).size, keys.length);
  });

  it('makes the same kind of key on a page that is plain http', (t) => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    t.after(() => Reflect.deleteProperty(crypto, 'randomUUID'));
    const keys = Array.from({ length: 1000 }, newKey);
    assert.ok(keys.every((key) => UUID.test(key)));
    assert.equal(new Set(keys).size, keys.length);
  });
});
