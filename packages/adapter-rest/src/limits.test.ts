import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { counter, takeEach } from './limits.ts';

/** A counter of three in ten seconds, and the clock that it goes by. */
function counting() {
  const clock = { now: 1_000_000 };
  return { clock, ...counter({ most: 3, seconds: 10 }, () => clock.now) };
}

/** How long is to be waited before the next, in seconds; 0 where it is let pass. */
function waitFor(take: (key: string) => void, key: string): number {
  try {
    take(key);
    return 0;
  } catch (error) {
    assert.ok(isClinicError(error) && error.code === 'throttled');
    return error.retryAfter ?? assert.fail('It does not say how long to wait.');
  }
}

describe('counter', () => {
  it('lets so many pass, and says how long the next has to wait', () => {
    const { clock, take } = counting();
    const waits = [0, 1000, 1000, 1000].map((later) => {
      clock.now += later;
      return waitFor(take, 'a');
    });
    assert.deepEqual(waits, [0, 0, 0, 7]);
  });

  it('counts each by itself', () => {
    const { take } = counting();
    for (let i = 0; i < 3; i += 1) take('a');
    assert.equal(waitFor(take, 'b'), 0);
    assert.equal(waitFor(take, 'a'), 10);
  });

  it('lets one more pass as soon as the first is long enough ago, and not one more', () => {
    const { clock, take } = counting();
    take('a');
    clock.now += 5000;
    take('a');
    take('a');
    clock.now += 4999;
    assert.equal(waitFor(take, 'a'), 1);
    clock.now += 1;
    assert.deepEqual([waitFor(take, 'a'), waitFor(take, 'a')], [0, 5]);
  });

  it('does not count what is taken back, and that once only', () => {
    const { take } = counting();
    const giveBack = take('a');
    take('a');
    take('a');
    giveBack();
    assert.equal(waitFor(take, 'a'), 0);
    assert.equal(waitFor(take, 'a'), 10);
  });

  it('counts by none of several where one is full', () => {
    const [{ take }, full] = [counting(), counting()];
    for (let i = 0; i < 3; i += 1) full.take('a');
    const both = [
      [{ take }, 'a'],
      [full, 'a'],
    ] as const;
    for (let i = 0; i < 5; i += 1)
      assert.equal(
        waitFor(() => takeEach(both), ''),
        10,
      );
    assert.deepEqual([waitFor(take, 'a'), waitFor(take, 'a'), waitFor(take, 'a'), waitFor(take, 'a')], [0, 0, 0, 10]);
  });

  it('forgets nobody too early when it clears away what is over', () => {
    const { clock, take } = counting();
    for (let i = 0; i < 1000; i += 1) take(`once ${i}`);
    clock.now += 9000;
    for (let i = 0; i < 3; i += 1) take('a');
    clock.now += 2000;
    assert.equal(waitFor(take, 'once 1'), 0);
    assert.equal(waitFor(take, 'a'), 8);
  });
});
