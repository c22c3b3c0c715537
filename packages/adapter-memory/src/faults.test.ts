import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { down, refusing, slow } from './faults.ts';
import { memoryAdapter } from './memory-adapter.ts';

const now = '2026-03-02T07:00:00-05:00';
const adapter = memoryAdapter(harborClinic({ now, weeks: 1 }), { now: () => now });
const cancel = { acting: { patientId: 'p-rosa' }, appointment: { id: 'x', version: '1' }, reason: 'other' } as const;

describe('slow', () => {
  it('answers, but later', async () => {
    const start = performance.now();
    const { name } = await slow(adapter, 30).describeClinic({});
    assert.equal(name, 'Harbor Clinic');
    assert.ok(performance.now() - start >= 29);
  });

  it('stops waiting when the call is aborted', async () => {
    const abortion = new AbortController();
    const call = slow(adapter, 60_000).describeClinic({}, { signal: abortion.signal });
    abortion.abort(new Error('enough'));
    await assert.rejects(call, /enough/);
  });

  it('does not begin to wait for a call that was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(slow(adapter, 60_000).describeClinic({}, { signal }), /enough/);
  });

  it('leaves the operations alone that were not named', async () => {
    const waiting = new AbortController();
    const asked = slow(adapter, 60_000, ['findSlots']).describeClinic({}, { signal: waiting.signal });
    setTimeout(() => waiting.abort(new Error('still waiting')), 10_000).unref();
    assert.equal((await asked).name, 'Harbor Clinic');
  });
});

describe('down', () => {
  it('cannot be reached, and says that trying again may help', async () => {
    await assert.rejects(down(adapter).describeClinic({}), { code: 'unavailable', retryable: true });
  });

  it('can be for some operations only', async () => {
    const half = down(adapter, ['findSlots']);
    const query = { visitTypeId: 'check-up', from: '2026-03-02', to: '2026-03-03' };
    await assert.rejects(half.findSlots(query), { code: 'unavailable' });
    assert.ok((await half.findFreeDays(query)).items.length > 0);
  });
});

describe('refusing', () => {
  it('refuses every write and answers every read', async () => {
    const refuses = refusing(adapter, 'conflict');
    await assert.rejects(refuses.cancelAppointment(cancel), { code: 'conflict' });
    assert.equal((await refuses.describeClinic({})).name, 'Harbor Clinic');
  });

  it('refuses the operations that are named', async () => {
    const refuses = refusing(adapter, 'unauthenticated', ['describeClinic']);
    await assert.rejects(refuses.describeClinic({}), { code: 'unauthenticated' });
    await assert.rejects(refuses.cancelAppointment(cancel), { code: 'not-found' });
  });
});
