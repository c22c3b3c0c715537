import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { defineAdapter, operationNames } from './adapter.ts';
import { ClinicError } from './errors.ts';
import { type Observation, observed } from './observed.ts';

describeAdapter('observed(memoryAdapter)', (clinic, now) => observed(memoryAdapter(clinic, { now }), () => undefined), {
  describe,
  it,
});

/** An adapter that is listened to, and what was heard. */
function listening(describeClinic: () => Promise<{ name: string; timeZone: string; supports: string[] }>) {
  const heard: Observation[] = [];
  return { adapter: observed(defineAdapter({ describeClinic }), (observation) => heard.push(observation)), heard };
}

const clinic = { name: 'Harbor Clinic', timeZone: 'America/New_York', supports: [] };

describe('observed', () => {
  it('tells the name, how long it took and that it succeeded, and nothing else', async () => {
    const { adapter, heard } = listening(() => new Promise((resolve) => setTimeout(resolve, 20, clinic)));
    await adapter.describeClinic({});
    const [{ duration, ...rest }] = heard as [Observation];
    assert.deepEqual(rest, { operation: 'describeClinic', outcome: 'succeeded' });
    assert.ok(duration >= 19);
  });

  it('tells the code of a failure, and passes the failure on', async () => {
    const error = new ClinicError('conflict', 'Rosa Delgado was faster.');
    const { adapter, heard } = listening(() => Promise.reject(error));
    await assert.rejects(adapter.describeClinic({}), (caught) => caught === error);
    assert.equal(heard[0]?.outcome, 'conflict');
    assert.doesNotMatch(JSON.stringify(heard), /Rosa/);
  });

  it('tells of a call that was aborted', async () => {
    const { adapter, heard } = listening(() => new Promise(() => undefined));
    const abortion = new AbortController();
    const call = adapter.describeClinic({}, { signal: abortion.signal });
    abortion.abort(new Error('stop'));
    await assert.rejects(call, /stop/);
    assert.equal(heard[0]?.outcome, 'aborted');
  });

  it('tells of an abortion as such, also where its reason is a ClinicError', async () => {
    const { adapter, heard } = listening(() => new Promise(() => undefined));
    const signal = AbortSignal.abort(new ClinicError('unavailable', 'Gave up.'));
    await assert.rejects(adapter.describeClinic({}, { signal }));
    assert.equal(heard[0]?.outcome, 'aborted');
  });

  it('listens to every operation', async () => {
    const heard: string[] = [];
    const adapter = observed(defineAdapter({}), ({ operation, outcome }) => heard.push(`${operation} ${outcome}`));
    for (const name of operationNames) await assert.rejects(adapter[name]({} as never));
    assert.deepEqual(
      heard,
      operationNames.map((name) => `${name} unsupported`),
    );
  });
});
