import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { sessionWith } from '../../test/test-session.ts';
import { load } from './forms-part.ts';

const session = sessionWith();
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
