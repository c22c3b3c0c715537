import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CallOptions, defineAdapter, isRead, operationNames } from './adapter.ts';
import { contract } from './contract.ts';
import { ClinicError } from './errors.ts';
import type { Operation } from './operation.ts';

const clinic = { name: 'Harbor Clinic', timeZone: 'America/New_York', supports: [] };
const march = { visitTypeId: 'v1', from: '2026-03-01', to: '2026-03-31' };
const release = { acting: { patientId: 'p1' }, holdId: 'h1' };

describe('the contract', () => {
  it('has a valid sample for each operation', () => {
    for (const name of operationNames) {
      const { success } = contract[name].input.safeParse(contract[name].sample);
      assert.ok(success, name);
    }
  });

  it('takes what is about a patient for health information', () => {
    for (const name of operationNames) {
      const operation: Operation = contract[name];
      const sample = JSON.stringify(operation.sample);
      if (sample.includes('patientId')) assert.equal(operation.phi, true, name);
    }
  });

  it('names writes by what they do and reads by what they give', () => {
    for (const name of operationNames) {
      assert.equal(isRead(name), contract[name].kind === 'read', name);
    }
  });

  it('has exactly the operations that are named before it is fetched', () => {
    assert.deepEqual(operationNames, Object.keys(contract));
  });
});

describe('defineAdapter', () => {
  it('has every operation, and rejects those left out with unsupported', async () => {
    const adapter = defineAdapter({});
    assert.deepEqual(Object.keys(adapter), operationNames);
    await assert.rejects(adapter.findSlots(march), { name: 'ClinicError', code: 'unsupported' });
  });

  it('refuses input that does not match the contract, and says where', async () => {
    const adapter = defineAdapter({ findSlots: async () => ({ items: [] }) });
    const query = { ...march, visitTypeId: '', limit: 0 };
    await assert.rejects(adapter.findSlots(query), { code: 'invalid', paths: [['visitTypeId'], ['limit']] });
    const backwards = { ...march, from: '2026-04-01' };
    await assert.rejects(adapter.findSlots(backwards), { code: 'invalid', paths: [['to']] });
  });

  it('takes out of the input what the contract does not know', async () => {
    let asked: unknown;
    const adapter = defineAdapter({ findSlots: async (query) => ((asked = query), { items: [] }) });
    await adapter.findSlots({ ...march, shoeSize: 44 } as typeof march);
    assert.deepEqual(asked, march);
  });

  it('calls an answer that does not match the contract unexpected', async () => {
    const adapter = defineAdapter({ describeClinic: async () => ({ ...clinic, timeZone: 'Mars/Olympus' }) });
    await assert.rejects(adapter.describeClinic({}), { code: 'unexpected', paths: [['timeZone']] });
  });

  it('passes on what the adapter rejects with, if it is a ClinicError', async () => {
    const error = new ClinicError('conflict', 'Taken.');
    const adapter = defineAdapter({ describeClinic: () => Promise.reject(error) });
    await assert.rejects(adapter.describeClinic({}), (caught) => caught === error);
  });

  it('wraps every other failure as unexpected, with its cause', async () => {
    const cause = new TypeError('oops');
    const rejecting = defineAdapter({ describeClinic: () => Promise.reject(cause) });
    await assert.rejects(rejecting.describeClinic({}), { code: 'unexpected', cause });
    const throwing = defineAdapter({
      describeClinic: () => {
        throw cause;
      },
    });
    await assert.rejects(throwing.describeClinic({}), { code: 'unexpected', cause });
  });

  it('hands every write an idempotency key: the caller’s, or a new one', async () => {
    const keys: string[] = [];
    const adapter = defineAdapter({
      releaseHold: async (_, { idempotencyKey }) => (keys.push(idempotencyKey), {}),
    });
    await adapter.releaseHold(release, { idempotencyKey: 'mine' });
    await adapter.releaseHold(release);
    await adapter.releaseHold(release);
    assert.equal(keys[0], 'mine');
    assert.equal(new Set(keys).size, 3);
  });

  it('hands a write a key where the caller says that they have none', async () => {
    let key: string | undefined;
    const adapter = defineAdapter({ releaseHold: async (_, { idempotencyKey }) => ((key = idempotencyKey), {}) });
    await adapter.releaseHold(release, { idempotencyKey: undefined } as unknown as CallOptions);
    assert.ok(key);
  });

  it('hands a read no key', async () => {
    let options: CallOptions | undefined;
    const adapter = defineAdapter({ describeClinic: async (_, given) => ((options = given), clinic) });
    await adapter.describeClinic({});
    assert.equal(options?.idempotencyKey, undefined);
  });

  it('does not begin what was aborted before, whatever the input', async () => {
    let begun = false;
    const adapter = defineAdapter({ findSlots: async () => ((begun = true), { items: [] }) });
    const reason = new Error('stop');
    const call = adapter.findSlots({ ...march, from: 'soon' }, { signal: AbortSignal.abort(reason) });
    await assert.rejects(call, (caught) => caught === reason);
    assert.equal(begun, false);
  });

  it('rejects at once with the signal’s reason, whatever it is, though the adapter goes on', async () => {
    const adapter = defineAdapter({ describeClinic: () => new Promise(() => undefined) });
    for (const reason of [new Error('stop'), 'stop', new ClinicError('conflict', 'stop')]) {
      const abortion = new AbortController();
      const call = adapter.describeClinic({}, { signal: abortion.signal });
      setTimeout(() => abortion.abort(reason));
      await assert.rejects(call, (caught) => caught === reason);
    }
  });

  it('rejects with the signal’s reason where the adapter makes something else of it', async () => {
    const reason = new Error('stop');
    const abortion = new AbortController();
    const adapter = defineAdapter({
      describeClinic: async () => {
        abortion.abort(reason);
        throw new Error('The connection was closed.');
      },
    });
    const call = adapter.describeClinic({}, { signal: abortion.signal });
    await assert.rejects(call, (caught) => caught === reason);
  });
});
