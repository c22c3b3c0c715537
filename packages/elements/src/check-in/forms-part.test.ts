import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { load } from './forms-part.ts';
import type { Session } from './session.ts';

const session: Session = {
  host: { station: { kind: 'kiosk', deviceId: 'lobby-1' }, language: 'en' },
  clinic: { name: 'Harbor Clinic', timeZone: 'America/New_York', supports: [] },
  pass: 'the-pass',
  acting: { patientId: 'p1' },
  authority: 'self',
  visit: {
    appointment: {
      id: 'a1',
      version: '1',
      status: 'booked',
      patientId: 'p1',
      start: '2026-03-02T09:00:00-05:00',
      timeZone: 'America/New_York',
    },
    preparations: [],
    ready: false,
    timing: 'on-time',
  },
};
const nobody: ClinicAdapter = defineAdapter({});

describe('the part of the forms', () => {
  it('asks for the forms again by itself once the clinic’s own wait is over', async () => {
    const part = await load('en');
    const [find] = part.work(part.begin(session), session);
    const error = new ClinicError('throttled', 'Too many.', { retryAfter: 1 });
    const failed = part.transition(part.begin(session), { type: 'failed', key: find!.key, error }, session);
    assert.equal(part.page(failed), 'failed');
    const [wait] = part.work(failed, session);
    const over = part.transition(failed, await wait!.run(nobody, AbortSignal.timeout(5000)), session);
    assert.equal(part.work(over, session)[0]!.key, find!.key);
  });
});
