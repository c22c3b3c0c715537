import type { Calendar, Mount } from './calendar.ts';
import { nodesIn, painted, placeOf, seen, watch } from './frames.ts';
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
const [subject, count] = [asked.get('subject')!, Number(asked.get('count'))];
const { prepare } = (await import(`/${subject}-data.js`)) as { prepare(count: number, counted: boolean): unknown };
const source = await prepare(count, asked.has('counted'));

let calendar: Calendar;

const reached = (goal: Goal) => () => ('month' in goal ? calendar.monthShown(goal.month) : calendar.dayShown(goal.day));

const page: BenchPage = {
  async open() {
    const start = performance.now();
    const { mount } = (await import(`/${subject}.js`)) as { mount: Mount<unknown> };
    calendar = mount(document.querySelector('main')!, source);
    return (await painted(reached({ month: MONTHS[0] }))) - start;
  },

  watch(press, goal) {
    const place = placeOf(typeof press === 'string' ? calendar.turn(press === 'next') : calendar.day(press.day));
    watch(reached(goal));
    return place;
  },

  seen,

  async back(day) {
    calendar.backToMonth(day);
    await painted(reached({ month: day.slice(0, 7) }));
  },

  nodes: () => nodesIn(calendar.root),
};

Object.assign(globalThis, { bench: page });
