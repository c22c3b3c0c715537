import type { Calendar, Mount } from './calendar.ts';
import { MONTHS } from './slots.ts';

/** What is waited for: a month with its data, or the times of a day. */
export type Goal = { readonly month: string } | { readonly day: string };

/** What the page does when it is told to; times are in milliseconds. */
export interface BenchPage {
  /** Loads the calendar's code and puts it into the page: until the frame with its data. */
  open(): Promise<number>;
  /** Gets ready to see the next press through; says where to press. */
  watch(press: 'next' | 'previous' | { readonly day: string }, goal: Goal): { x: number; y: number };
  /** From the press until the frame after the DOM shows what it was for. */
  seen(): Promise<number>;
  /** Goes back from a day to its month; not measured. */
  back(day: string): Promise<void>;
  /** How many DOM nodes the calendar has, in shadow roots too. */
  nodes(): number;
}

const asked = new URLSearchParams(location.search);
const [subject, count] = [asked.get('calendar')!, Number(asked.get('count'))];
const { prepare } = (await import(`/${subject}-data.js`)) as { prepare(count: number, counted: boolean): unknown };
const source = await prepare(count, asked.has('counted'));

let calendar: Calendar;
let pressed = NaN;
let shownAt: Promise<number>;

addEventListener('pointerup', () => (pressed = performance.now()), { capture: true });

const pulse = document.querySelector<HTMLElement>('#pulse')!;

/** The first frame after one before which the DOM was as it should be: what it shows has been painted. */
function painted(test: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const check = () => {
      // A browser that has nothing new to show falls back to a screen's rate, and every time would be a multiple of it.
      pulse.hidden = !pulse.hidden;
      requestAnimationFrame(test() ? () => resolve(performance.now()) : check);
    };
    requestAnimationFrame(check);
  });
}

const reached = (goal: Goal) => () => ('month' in goal ? calendar.monthShown(goal.month) : calendar.dayShown(goal.day));

function nodesIn(root: Node): number {
  let count = 0;
  const walker = document.createTreeWalker(root);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    count += 1;
    if (node instanceof Element && node.shadowRoot) count += nodesIn(node.shadowRoot);
  }
  return count;
}

const page: BenchPage = {
  async open() {
    const start = performance.now();
    const { mount } = (await import(`/${subject}.js`)) as { mount: Mount<unknown> };
    calendar = mount(document.querySelector('main')!, source);
    return (await painted(reached({ month: MONTHS[0] }))) - start;
  },

  watch(press, goal) {
    const target = typeof press === 'string' ? calendar.turn(press === 'next') : calendar.day(press.day);
    target.scrollIntoView({ block: 'nearest' });
    const { left, top, width, height } = target.getBoundingClientRect();
    pressed = NaN;
    shownAt = painted(() => !Number.isNaN(pressed) && reached(goal)());
    return { x: left + width / 2, y: top + height / 2 };
  },

  async seen() {
    return (await shownAt) - pressed;
  },

  async back(day) {
    calendar.backToMonth(day);
    await painted(reached({ month: day.slice(0, 7) }));
  },

  nodes: () => nodesIn(calendar.root),
};

Object.assign(globalThis, { bench: page });
