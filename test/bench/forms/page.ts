import { nodesIn, painted, placeOf, seen, watch } from '../frames.ts';
import type { Form, Mount } from './form.ts';

/** What is done to answer: an option is chosen that changes what is asked, or a letter is typed. */
export type Answer = 'choose' | 'type';

/** What the page does when it is told to; times are in milliseconds. */
export interface FormPage {
  /** Loads the code. */
  load(): Promise<void>;
  /** Loads the code where that was not done, and puts the form into the page: until the frame with its first question. */
  open(): Promise<number>;
  /** Puts it into the page anew. */
  again(): Promise<number>;
  /** Puts it into the page to wait for its Questionnaire. */
  wait(): Promise<void>;
  /** Gives it the Questionnaire: until the frame with its first question. */
  arrive(): Promise<number>;
  /** As long as when something is shown, but nothing is. */
  pass(): Promise<number>;
  /** Says where to press for the next answer; nowhere to type, since the field has the focus then. */
  aim(answer: Answer): { x: number; y: number } | undefined;
  /** Gets ready to see the next answer through. */
  watch(answer: Answer): void;
  /** From the press until the frame after the DOM shows what it was for. */
  seen(): Promise<number>;
  /** Lets the page come to rest. */
  rest(): Promise<void>;
  /** How many DOM nodes the form has, in shadow roots too. */
  nodes(): number;
  /** What the page has loaded, by path. */
  loaded(): string[];
}

const asked = new URLSearchParams(location.search);
const json = await (await fetch(`/questionnaires/${asked.get('questionnaire')}.json`)).text();
const target = document.querySelector('main')!;

/** In milliseconds: a page that was answered in does no more of its own accord after so long, nor one that was opened. */
const REST = 100;
const LONG = 500;

let form: Form;
let give: () => void;

const code = async () => (await import(`/${asked.get('subject')}.js`)) as { mount: Mount };
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const shown = () => form.shown();

async function clear(): Promise<Mount> {
  const { mount } = await code();
  target.replaceChildren();
  await page.rest();
  return mount;
}

const page: FormPage = {
  async load() {
    await code();
  },

  async open() {
    const start = performance.now();
    const { mount } = await code();
    form = mount(target, () => Promise.resolve(json));
    return (await painted(shown)) - start;
  },

  async again() {
    const mount = await clear();
    const start = performance.now();
    form = mount(target, () => Promise.resolve(json));
    return (await painted(shown)) - start;
  },

  async wait() {
    const mount = await clear();
    form = mount(target, () => new Promise((resolve) => (give = () => resolve(json))));
    await pause(LONG);
  },

  async arrive() {
    const start = performance.now();
    give();
    return (await painted(shown)) - start;
  },

  async pass() {
    const start = performance.now();
    return (await painted(() => true)) - start;
  },

  aim(answer) {
    if (answer === 'choose') return placeOf(form.option(form.furtherShown() ? 'plain' : 'further'));
    form.field().focus();
    return undefined;
  },

  watch(answer) {
    const [further, { length }] = [form.furtherShown(), form.field().value];
    watch(() => (answer === 'choose' ? form.furtherShown() !== further : form.field().value.length > length));
  },

  seen,

  rest: () => pause(REST),
  nodes: () => nodesIn(form.root),
  loaded: () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
};

Object.assign(globalThis, { bench: page });
