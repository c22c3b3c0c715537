import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { cached } from './cached.ts';
import { defineAdapter } from './adapter.ts';
import { ClinicError } from './errors.ts';

describeAdapter(
  'cached(memoryAdapter)',
  (clinic, now) =>
    cached(memoryAdapter(clinic, { now }), {
      describeClinic: 60_000,
      findVisitTypes: 60_000,
      findPractitioners: 60_000,
      findLocations: 60_000,
    }),
  { describe, it },
);

/** A clinic that counts how often it is asked, and answers when it is told to. */
function countingClinic() {
  let asked = 0;
  let answer = () => {};
  let fail: (error: Error) => void = () => {};
  const told = new Promise<void>((resolve, reject) => ([answer, fail] = [resolve, reject]));
  const inner = defineAdapter({
    async describeClinic() {
      asked += 1;
      const name = `answer ${asked}`;
      await told;
      return { name, timeZone: 'UTC', supports: [] };
    },
    findVisitTypes: async ({ limit }) => ({ items: [{ id: `${limit}`, name: '', modes: [] }] }),
  });
  return { inner, asked: () => asked, answer, fail };
}

describe('cached', () => {
  it('remembers nothing of what was asked with a pass, and passes it on', async () => {
    const passes: (string | undefined)[] = [];
    const inner = defineAdapter({
      findLocations: async (_, { pass }) => {
        passes.push(pass);
        return { items: [] };
      },
    });
    const adapter = cached(inner, { findLocations: 60_000 });
    for (const pass of ['one', 'one', 'two']) await adapter.findLocations({}, { pass });
    assert.deepEqual(passes, ['one', 'one', 'two']);
  });

  it('asks once for what several want to know at the same time', async () => {
    const { inner, asked, answer } = countingClinic();
    const adapter = cached(inner, { describeClinic: 60_000 });
    const both = Promise.all([adapter.describeClinic({}), adapter.describeClinic({})]);
    answer();
    const [first, second] = await both;
    assert.equal(asked(), 1);
    assert.deepEqual(first, second);
  });

  it('remembers for as long as it was told, and no longer', async (t) => {
    const { inner, asked, answer } = countingClinic();
    answer();
    let time = 0;
    t.mock.method(performance, 'now', () => time);
    const adapter = cached(inner, { describeClinic: 1000 });
    await adapter.describeClinic({});
    time = 999;
    await adapter.describeClinic({});
    assert.equal(asked(), 1);
    time = 1000;
    await adapter.describeClinic({});
    assert.equal(asked(), 2);
  });

  it('keeps the answers to different questions apart', async () => {
    const adapter = cached(countingClinic().inner, { findVisitTypes: 60_000 });
    assert.equal((await adapter.findVisitTypes({ limit: 1 })).items[0]!.id, '1');
    assert.equal((await adapter.findVisitTypes({ limit: 2 })).items[0]!.id, '2');
  });

  it('does not let one who asks abort the answer to another', async () => {
    const { inner, asked, answer } = countingClinic();
    const adapter = cached(inner, { describeClinic: 60_000 });
    const abortion = new AbortController();
    const impatient = adapter.describeClinic({}, { signal: abortion.signal });
    const patient = adapter.describeClinic({});
    const reason = new Error('stop');
    abortion.abort(reason);
    await assert.rejects(impatient, (caught) => caught === reason);
    answer();
    assert.equal((await patient).name, 'answer 1');
    assert.equal(asked(), 1);
  });

  it('does not remember a failure', async () => {
    const { inner, asked, fail } = countingClinic();
    fail(new ClinicError('unavailable', 'down'));
    const adapter = cached(inner, { describeClinic: 60_000 });
    await assert.rejects(adapter.describeClinic({}), { code: 'unavailable' });
    await assert.rejects(adapter.describeClinic({}), { code: 'unavailable' });
    assert.equal(asked(), 2);
  });

  it('asks each time for what it was not told to remember', async () => {
    const { inner, asked, answer } = countingClinic();
    answer();
    const adapter = cached(inner, { findVisitTypes: 60_000 });
    await adapter.describeClinic({});
    await adapter.describeClinic({});
    assert.equal(asked(), 2);
  });

  it('never remembers a write, even when told to', async () => {
    let released = 0;
    const inner = defineAdapter({ releaseHold: async () => ((released += 1), {}) });
    const adapter = cached(inner, { releaseHold: 60_000 } as object);
    const release = { acting: { patientId: 'p1' }, holdId: 'h1' };
    await adapter.releaseHold(release);
    await adapter.releaseHold(release);
    assert.equal(released, 2);
  });
});
