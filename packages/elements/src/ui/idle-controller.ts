import { IdleWarning } from './idle-warning.ts';

/** Tells the time in milliseconds and wakes up; a test brings its own. */
export interface Clock {
  /** The time of day: goes on while the device sleeps, and can be set. */
  now(): number;
  /** The time since the page was opened: is never set, and may stand still while the device sleeps. */
  elapsed(): number;
  setTimeout(run: () => void, after: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** How a patient answers the warning. */
export interface IdleAnswers {
  readonly stillHere: () => void;
  readonly moreTime: () => void;
  readonly finished: () => void;
}

/** Shows the warning. */
export interface IdleView {
  /** Fetches what is shown, while there is time; said again and again, since the patient may choose another language. */
  prepare(): void;
  show(seconds: number, answers: IdleAnswers): void;
  /** Said once, shortly before the end. */
  nearEnd(seconds: number): void;
  /** A patient who is choosing among the answers has all of the time again. */
  restart(): void;
  hide(): void;
}

/** Why a visit at the kiosk is over: nobody answered, or the patient said so. */
export type IdleEnd = 'timed-out' | 'finished';

/** How long a patient may be still, and what follows. */
export interface IdleOptions {
  /** After how long without a touch or a key the patient is asked, in milliseconds. A minute, unless said. */
  readonly idle?: number;
  /** How long the patient then has to answer, in milliseconds: never less than 20 seconds. */
  readonly warning?: number;
  /** The patient is being asked. */
  onWarn?(): void;
  /** The patient has answered. */
  onAnswer?(): void;
  /** Everything of the patient's must go. */
  onWipe(reason: IdleEnd): void;
  /** What is going on without a touch: while it is, nobody is idle. Speech that is being read out, unless said. */
  isBusy?(): boolean;
  readonly view?: IdleView;
  readonly clock?: Clock;
}

/** WCAG 2.2, 2.2.1: at least 20 seconds to answer by a simple action, and a limit that can be made ten times as long. */
const LEAST_WARNING = 20_000;
const MORE_TIME = 10;
/** When the end is said to be near. */
const NEAR_END = 10_000;
/** How often to look: a timer stands still while the device sleeps. */
const TICK = 1000;

const ACTIVITY = ['pointerdown', 'pointermove', 'wheel', 'touchstart', 'scroll', 'keydown', 'input'] as const;
/** Keys that lead to another answer, or do nothing by themselves. */
const MOVING = /^(Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|Arrow\w+)$/;

const clock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimeout: (run, after) => globalThis.setTimeout(run, after),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as number),
};

const isSpeaking = (): boolean => {
  const { speechSynthesis } = globalThis as { speechSynthesis?: SpeechSynthesis };
  return Boolean(speechSynthesis?.speaking && !speechSynthesis.paused);
};

/**
 * The one timeout of a kiosk: who is still for long is asked, may answer as often as they like, and what they entered is
 * wiped when nobody answers. It is automatic logoff (45 CFR 164.312(a)(2)(iii)) and adjustable time (WCAG 2.2.1) at once.
 */
export class IdleController {
  readonly #target: EventTarget;
  readonly #options: IdleOptions;
  readonly #clock: Clock;
  readonly #view: IdleView;
  readonly #idle: number;
  readonly #warning: number;
  #phase: 'off' | 'active' | 'warning' = 'off';
  #factor = 1;
  #since = { now: 0, elapsed: 0 };
  /** When somebody last did something, whatever has been read out since. */
  #touched = { now: 0, elapsed: 0 };
  #isNear = false;
  /** A key that answered and is still held must not press what is below. */
  #isHeld = false;
  #timer: unknown;

  /** The target is where touches and keys are heard: the window, for a page that is a kiosk. */
  constructor(target: EventTarget, options: IdleOptions) {
    this.#target = target;
    this.#options = options;
    this.#clock = options.clock ?? clock;
    this.#view = options.view ?? new IdleWarning();
    this.#idle = options.idle ?? 60_000;
    this.#warning = Math.max(LEAST_WARNING, options.warning ?? 30_000);
  }

  /** Whether the patient is being asked now. */
  get isWarning(): boolean {
    return this.#phase === 'warning';
  }

  /** A patient has begun. */
  start(): void {
    this.stop();
    this.#listen('addEventListener');
    this.#goOn();
  }

  /** Nobody is there: nothing is timed, and the next patient has the usual time. */
  stop(): void {
    if (this.#phase === 'warning') this.#view.hide();
    this.#phase = 'off';
    this.#factor = 1;
    this.#isHeld = false;
    this.#clock.clearTimeout(this.#timer);
    this.#listen('removeEventListener');
  }

  /** Gives this patient ten times the time, as they may also ask before they begin. */
  giveMoreTime(): void {
    this.#factor = MORE_TIME;
  }

  /** Counts as a touch: for what is heard of otherwise, such as a switch or a card reader. */
  touch(): void {
    // A touch after the time is over, as when the device wakes up, must not bring back the patient before.
    this.#look();
    if (this.#phase === 'warning') this.#answer();
    else if (this.#phase === 'active') this.#since = this.#touched = this.#read();
  }

  #listen(change: 'addEventListener' | 'removeEventListener'): void {
    for (const type of ACTIVITY)
      this.#target[change](type, this.#heard, { capture: true, passive: type !== 'keydown' });
    this.#target[change]('keyup', this.#released, { capture: true });
  }

  readonly #heard = (event: Event): void => {
    if (event.type === 'pointermove' && !isMoved(event)) return;
    if (event.type === 'keydown' && this.#isHeld && (event as KeyboardEvent).repeat) return event.preventDefault();
    this.#look();
    if (this.#phase === 'active') this.touch();
    else if (this.#phase === 'off') return event.type === 'keydown' ? event.preventDefault() : undefined;
    else if (event.type === 'keydown') this.#heardKey(event as KeyboardEvent);
    else if (event.type === 'pointerdown') this.#restart();
  };

  /** Any key answers, but for those that are needed to choose among the answers. */
  #heardKey(event: KeyboardEvent): void {
    const [pressed] = event.composedPath() as Partial<Element>[];
    const isOnButton = pressed?.localName === 'button' && /^(Enter| )$/.test(event.key);
    if (isOnButton) this.#isHeld = true;
    if (isOnButton || MOVING.test(event.key)) return this.#restart();
    event.preventDefault();
    this.#isHeld = true;
    this.#answer();
  }

  readonly #released = (): void => {
    this.#isHeld = false;
  };

  #restart(): void {
    this.#since = this.#read();
    if (this.#isNear) this.#view.restart();
    this.#isNear = false;
  }

  #read(): { now: number; elapsed: number } {
    return { now: this.#clock.now(), elapsed: this.#clock.elapsed() };
  }

  /** The longer of what both clocks say: one stands still while the device sleeps, the other can be set back. */
  #passed(since: { now: number; elapsed: number }): number {
    const { now, elapsed } = this.#read();
    return Math.max(now - since.now, elapsed - since.elapsed);
  }

  #look(): void {
    const idle = this.#idle * this.#factor;
    // What is read out may not keep a visit open for ever: that it ends is not always told.
    const isBusy = this.#phase === 'active' && this.#passed(this.#touched) < this.#idle * MORE_TIME && this.#isBusy();
    const passed = this.#passed(this.#since);
    if (isBusy && passed < idle + this.#warning) this.#since = this.#read();
    else if (this.#phase === 'active' && passed >= idle) {
      if (passed >= idle + this.#warning) this.#end('timed-out');
      else this.#warn();
    } else if (this.#phase === 'warning' && passed >= this.#warning) this.#end('timed-out');
    else if (this.#phase === 'warning' && passed >= this.#warning - NEAR_END && !this.#isNear) {
      this.#isNear = true;
      this.#view.nearEnd(Math.ceil((this.#warning - passed) / 1000));
    }
  }

  #isBusy(): boolean {
    return (this.#options.isBusy ?? isSpeaking)();
  }

  #goOn(): void {
    this.#phase = 'active';
    this.#since = this.#touched = this.#read();
    this.#wait();
  }

  #wait(): void {
    if (this.#phase === 'active') this.#view.prepare();
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => {
      this.#look();
      if (this.#phase !== 'off') this.#wait();
    }, TICK);
  }

  #warn(): void {
    this.#phase = 'warning';
    this.#since = this.#read();
    this.#isNear = false;
    this.#view.show(this.#warning / 1000, {
      stillHere: () => this.#answer(),
      moreTime: () => {
        this.giveMoreTime();
        this.#answer();
      },
      finished: () => this.#end('finished'),
    });
    this.#options.onWarn?.();
  }

  #answer(): void {
    // The answer itself may come too late: the device slept with the warning on the screen.
    if (this.#phase === 'warning') this.#look();
    if (this.#phase !== 'warning') return;
    this.#view.hide();
    this.#goOn();
    this.#options.onAnswer?.();
  }

  #end(reason: IdleEnd): void {
    this.stop();
    this.#options.onWipe(reason);
  }
}

/** Browsers also tell of a pointer that rests while what is below it moves. */
const isMoved = ({ movementX, movementY }: Partial<PointerEvent>): boolean => Boolean(movementX || movementY);
