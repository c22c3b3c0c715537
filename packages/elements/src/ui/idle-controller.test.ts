import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Clock, type IdleAnswers, IdleController, type IdleOptions } from './idle-controller.ts';

/** A clock that a test turns; asleep, only the time of day goes on. */
function fakeClock() {
  let [now, elapsed] = [1_000_000, 0];
  let timers: { id: number; at: number; run: () => void }[] = [];
  let ids = 0;
  const clock: Clock = {
    now: () => now,
    elapsed: () => elapsed,
    setTimeout(run, after) {
      timers.push({ id: ++ids, at: elapsed + after, run });
      return ids;
    },
    clearTimeout: (id) => (timers = timers.filter((timer) => timer.id !== id)),
  };
  return {
    clock,
    timers: () => timers.length,
    pass: (seconds: number) => {
      const end = elapsed + seconds * 1000;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        now += next.at - elapsed;
        elapsed = next.at;
        next.run();
      }
      now += end - elapsed;
      elapsed = end;
    },
    sleep: (seconds: number) => (now += seconds * 1000),
  };
}

function setUp(options: Partial<IdleOptions> = {}) {
  const target = new EventTarget();
  const time = fakeClock();
  const log: string[] = [];
  let answers: IdleAnswers | undefined;
  const controller = new IdleController(target, {
    idle: 60_000,
    warning: 30_000,
    clock: time.clock,
    isBusy: () => false,
    onWarn: () => log.push('warned'),
    onAnswer: () => log.push('answered'),
    onWipe: (reason) => log.push(reason),
    view: {
      prepare: () => undefined,
      show: (seconds, given) => {
        answers = given;
        log.push(`shown ${seconds}`);
      },
      nearEnd: (seconds) => log.push(`near ${seconds}`),
      restart: () => log.push('restarted'),
      hide: () => log.push('hidden'),
    },
    ...options,
  });
  controller.start();
  const send = (type: string, more: object = {}) => {
    const event = Object.assign(new Event(type, { cancelable: true }), more);
    target.dispatchEvent(event);
    return event;
  };
  const key = (key: string, more: object = {}) => send('keydown', { key, ...more });
  const onButton = { composedPath: () => [{ localName: 'button' }] };
  return { ...time, controller, log, send, key, onButton, answers: () => answers! };
}

const WARNED = ['shown 30', 'warned'];

describe('IdleController', () => {
  it('asks after a minute, says once that the end is near, and then wipes', () => {
    const { log, pass, timers } = setUp();
    pass(59);
    assert.deepEqual(log, []);
    pass(1);
    assert.deepEqual(log, WARNED);
    pass(29);
    assert.deepEqual(log, [...WARNED, 'near 10']);
    pass(1);
    assert.deepEqual(log, [...WARNED, 'near 10', 'hidden', 'timed-out']);
    pass(600);
    assert.equal(log.length, 5);
    assert.equal(timers(), 0);
  });

  it('never gives less than 20 seconds to answer', () => {
    const { log, pass } = setUp({ warning: 1 });
    pass(60);
    pass(19);
    assert.deepEqual(log, ['shown 20', 'warned', 'near 10']);
    pass(1);
    assert.equal(log.at(-1), 'timed-out');
  });

  for (const type of ['pointerdown', 'wheel', 'touchstart', 'scroll', 'keydown', 'input']) {
    it(`takes ${type} for somebody who is there`, () => {
      const { log, pass, send } = setUp();
      for (let count = 0; count < 10; count += 1) {
        pass(59);
        send(type, { key: 'a' });
      }
      assert.deepEqual(log, []);
      pass(60);
      assert.deepEqual(log, WARNED);
    });
  }

  it('takes a pointer for somebody only if it has moved', () => {
    const { log, pass, send } = setUp();
    pass(59);
    send('pointermove', { movementX: 0, movementY: 0 });
    pass(1);
    assert.deepEqual(log, WARNED);

    const other = setUp();
    other.pass(59);
    other.send('pointermove', { movementX: 1, movementY: 0 });
    other.pass(59);
    assert.deepEqual(other.log, []);
  });

  it('takes a burst of a scanner for somebody who is there', () => {
    const { log, pass, key } = setUp();
    pass(59);
    for (const letter of 'A1B2C3') key(letter);
    pass(59);
    assert.deepEqual(log, []);
  });

  it('lets the warning be answered by one key as often as there are warnings', () => {
    const { log, pass, key, controller } = setUp();
    for (let count = 1; count <= 25; count += 1) {
      pass(60 + 29);
      assert.equal(controller.isWarning, true);
      assert.equal(key(count % 2 ? 'x' : 'Escape').defaultPrevented, true);
      assert.equal(controller.isWarning, false);
      assert.equal(log.filter((entry) => entry === 'answered').length, count);
    }
    assert.equal(log.includes('timed-out'), false);
  });

  it('lets the keys that lead to another answer do so, and gives all of the time again', () => {
    const { log, pass, key, controller } = setUp();
    pass(60 + 25);
    assert.equal(key('Tab').defaultPrevented, false);
    assert.equal(controller.isWarning, true);
    assert.deepEqual(log, [...WARNED, 'near 10', 'restarted']);
    pass(29);
    assert.equal(controller.isWarning, true);
    assert.deepEqual(log.slice(4), ['near 10']);
    pass(1);
    assert.equal(log.at(-1), 'timed-out');
  });

  it('leaves Enter on an answer to that answer', () => {
    const { log, pass, key, onButton, answers, controller } = setUp();
    pass(60);
    assert.equal(key('Enter', onButton).defaultPrevented, false);
    assert.equal(controller.isWarning, true);
    answers().finished();
    assert.deepEqual(log, [...WARNED, 'hidden', 'finished']);
  });

  it('does not let the key that answered press what is below while it is held', () => {
    const { pass, key, onButton, answers, send } = setUp();
    pass(60);
    key('Enter', onButton);
    answers().stillHere();
    assert.equal(key('Enter', { repeat: true }).defaultPrevented, true);
    send('keyup');
    assert.equal(key('Enter', { repeat: true }).defaultPrevented, false);
  });

  it('gives ten times the time to who needs it, to no more than this patient', () => {
    const { log, pass, answers, controller } = setUp();
    pass(60);
    answers().moreTime();
    log.length = 0;
    pass(599);
    assert.deepEqual(log, []);
    pass(1);
    assert.deepEqual(log, WARNED);
    answers().moreTime();
    pass(599);
    assert.equal(controller.isWarning, false);
    pass(1 + 30);
    assert.equal(log.at(-1), 'timed-out');

    log.length = 0;
    controller.start();
    pass(60);
    assert.deepEqual(log, WARNED);
  });

  it('gives more time to who asks before they begin', () => {
    const { log, pass, controller } = setUp();
    controller.giveMoreTime();
    pass(599);
    assert.deepEqual(log, []);
  });

  it('asks nobody while something is read out, yet does not wait for ever', () => {
    let isBusy = true;
    const { log, pass } = setUp({ isBusy: () => isBusy });
    pass(300);
    assert.deepEqual(log, []);
    isBusy = false;
    pass(60);
    assert.deepEqual(log, WARNED);

    const stuck = setUp({ isBusy: () => true });
    stuck.pass(600 + 60 + 30);
    assert.equal(stuck.log.at(-1), 'timed-out');
  });

  it('wipes at once when the device wakes up long after', () => {
    const { log, pass, sleep } = setUp();
    sleep(3600);
    pass(1);
    assert.deepEqual(log, ['timed-out']);
  });

  it('is not brought back to the patient before by the touch that wakes the device', () => {
    for (const type of ['pointerdown', 'keydown', 'pointermove']) {
      const { log, sleep, send } = setUp();
      sleep(3600);
      send(type, { key: 'a', movementX: 5 });
      assert.deepEqual(log, ['timed-out'], type);
    }
  });

  it('lets no answer through that comes after the time, as when it slept with the warning shown', () => {
    const { log, pass, sleep, answers } = setUp();
    pass(60);
    sleep(3600);
    answers().stillHere();
    assert.deepEqual(log, [...WARNED, 'hidden', 'timed-out']);
  });

  it('asks, with all of the time to answer, when the device slept for a little', () => {
    const { log, pass, sleep } = setUp();
    sleep(70);
    pass(1);
    assert.deepEqual(log, WARNED);
    pass(29);
    assert.equal(log.includes('timed-out'), false);
    pass(1);
    assert.equal(log.at(-1), 'timed-out');
  });

  it('does not wait longer when the clock is set back', () => {
    const { log, pass, sleep } = setUp();
    pass(30);
    sleep(-7200);
    pass(30);
    assert.deepEqual(log, WARNED);
    sleep(-7200);
    pass(30);
    assert.equal(log.at(-1), 'timed-out');
  });

  it('neither asks nor wipes when nobody is there', () => {
    const { log, pass, controller, send } = setUp();
    controller.stop();
    send('pointerdown');
    pass(3600);
    assert.deepEqual(log, []);
  });
});
