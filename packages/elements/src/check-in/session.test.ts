import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Help, HelpRequest } from '@clinic-widgets/core';
import { type CallOptions, type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { withPass } from './session.ts';

const help: Help = { id: 'h1', number: 'H7', state: 'waiting', deskOpen: true, goTo: 'the desk at the entrance' };
const request: HelpRequest = {
  station: { kind: 'phone' },
  reason: 'person',
  acting: { patientId: 'p1' },
  appointmentId: 'a1',
  message: 'I need a chair.',
};

function answering(code: ClinicError['code']) {
  const heard: (HelpRequest & Pick<CallOptions, 'pass' | 'idempotencyKey'>)[] = [];
  const adapter: ClinicAdapter = {
    ...defineAdapter({}),
    async askForHelp(input, { pass, idempotencyKey } = {}) {
      heard.push({ ...input, ...(pass && { pass }), ...(idempotencyKey && { idempotencyKey }) });
      if (pass) throw new ClinicError(code, 'No.');
      return help;
    },
  };
  return { heard, call: withPass(adapter, 'the-pass').askForHelp(request, { idempotencyKey: 'k1' }) };
}

describe('withPass', () => {
  it('calls a person again, under the same key, as for anybody where the pass is over', async () => {
    const { heard, call } = answering('unauthenticated');
    assert.deepEqual(await call, help);
    assert.deepEqual(heard, [
      { ...request, pass: 'the-pass', idempotencyKey: 'k1' },
      { station: { kind: 'phone' }, reason: 'person', message: 'I need a chair.', idempotencyKey: 'k1' },
    ]);
  });

  it('makes a call that was refused for another reason only once', async () => {
    const { heard, call } = answering('unavailable');
    await assert.rejects(call, { code: 'unavailable' });
    assert.equal(heard.length, 1);
  });
});
