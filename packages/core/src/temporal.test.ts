import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineAdapter } from './adapter.ts';
import { dayOf, hasTemporal, instantOf, loadTemporal } from './time.ts';

/** What the machine brings, put aside: some browsers bring nothing. */
const native: unknown = Reflect.get(globalThis, 'Temporal');
Reflect.deleteProperty(globalThis, 'Temporal');

describe('where there is no Temporal', () => {
  it('is loaded when an adapter is called', async () => {
    assert.equal(hasTemporal(), false);
    const adapter = defineAdapter({
      describeClinic: async () => ({ name: dayOf('2026-03-02T00:00:00Z', 'UTC'), timeZone: 'UTC', supports: [] }),
    });
    assert.equal((await adapter.describeClinic({})).name, '2026-03-02');
    assert.equal(hasTemporal(), true);
  });

  it('reckons as the native one does', async () => {
    await loadTemporal();
    assert.notEqual(Reflect.get(globalThis, 'Temporal'), native);
    assert.equal(dayOf('2026-03-03T04:30:00Z', 'America/New_York'), '2026-03-02');
    assert.equal(instantOf('2026-03-09', '09:00', 'America/New_York'), '2026-03-09T09:00:00-04:00');
    assert.equal(instantOf('2026-03-08', '02:30', 'America/New_York'), undefined);
  });
});

describe('where there is a Temporal', () => {
  it('is left alone', async () => {
    Reflect.set(globalThis, 'Temporal', native);
    await loadTemporal();
    assert.equal(Reflect.get(globalThis, 'Temporal'), native);
  });
});
