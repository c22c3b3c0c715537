import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { orAborted } from './abort.ts';

describe('orAborted', () => {
  it('settles with the work where nothing is aborted', async () => {
    const { signal } = new AbortController();
    assert.equal(await orAborted(Promise.resolve(1), signal), 1);
    assert.equal(await orAborted(Promise.resolve(1), undefined), 1);
    await assert.rejects(orAborted(Promise.reject(new Error('why')), signal), /why/);
  });

  it('settles with the reason as soon as it is aborted', async () => {
    const abortion = new AbortController();
    const call = orAborted(new Promise(() => undefined), abortion.signal);
    abortion.abort('reason');
    await assert.rejects(call, (caught) => caught === 'reason');
    await assert.rejects(orAborted(new Promise(() => undefined), abortion.signal), (caught) => caught === 'reason');
  });

  it('leaves nothing behind on a signal that lives on', async () => {
    const { signal } = new AbortController();
    await orAborted(Promise.resolve(1), signal);
    await orAborted(Promise.reject(new Error('why')), signal).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });

  it('lets work that fails after the abortion fail unheard', async () => {
    const abortion = new AbortController();
    let fail = () => {};
    const work = new Promise((_, reject) => (fail = () => reject(new Error('too late'))));
    const call = orAborted(work, abortion.signal);
    abortion.abort(new Error('stop'));
    await assert.rejects(call, /stop/);
    fail();
    await new Promise((resolve) => setTimeout(resolve));
  });
});
