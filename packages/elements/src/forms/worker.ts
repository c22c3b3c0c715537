import type { Form, FormItem } from '@clinic-widgets/core/forms.js';
import type { Evaluate, Evaluation, Question } from './evaluation.ts';
import { type Asked, bare, type Said } from './worker-port.ts';

/** How long one expression may take, in milliseconds. */
const MOST_TIME = 1000;
/** How long the page may then be busy itself, and leave unread what the worker has said since. */
const GRACE = 100;
/** How long the worker may take to load. */
const MOST_LOADING = 30_000;
/** A worker that nothing is asked of for so long is ended: it holds what a form was filled in with. */
const IDLE = 60_000;

/** A worker, whether it knows expressions, and the form that it has. */
interface Running {
  readonly worker: Worker;
  readonly isFull: boolean;
  form?: Form;
}

let running: Running | undefined;
/** Ends the waiting for what is being asked. */
let giveUp: (() => void) | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;
/** One question at a time: the end of the last one that was asked. */
let last: Promise<unknown> = Promise.resolve();

/** The expressions of a form that have turned out not to end. */
const endless = new WeakMap<Form, Set<string>>();

/**
 * Works out the expressions of a form in a worker, so that the page goes on whatever they do: one that does not end is
 * stopped, and the others are worked out without it. Where there can be no worker, nothing is worked out.
 */
export const evaluateInWorker: Evaluate = (question, signal) =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    // What was given up before its turn is not asked; what is being worked out already soon comes to its end.
    last = last
      .then(() => (signal.aborted ? undefined : answerTo(question, signal)))
      .then((evaluation) => evaluation && resolve(evaluation), reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });

async function answerTo(question: Question, signal: AbortSignal): Promise<Evaluation> {
  const { form, of, stopped } = question;
  const all = expressionsOf(form);
  if (all.every((expression) => stopped.includes(expression))) return nothing(of);
  clearTimeout(idle);
  const known = endless.get(form) ?? new Set();
  endless.set(form, known);
  while (!signal.aborted) {
    const outcome = await ask(question, [...known]);
    if ('evaluation' in outcome) {
      idle = setTimeout(end, IDLE);
      return outcome.evaluation;
    }
    end();
    if (outcome.endless === undefined) return { ...nothing(of), problems: [{ reason: 'expression' }], stopped: all };
    known.add(outcome.endless);
  }
  return nothing(of);
}

const nothing = (of: number): Evaluation => ({ of, values: {}, hushed: {}, broken: {}, problems: [], stopped: [] });

function end(): void {
  running?.worker.terminate();
  running = undefined;
}

/** Ends the worker now, with all that it was told: when a patient leaves a device that others use. */
export function endWorker(): void {
  clearTimeout(idle);
  giveUp?.();
  end();
}

/** What came of a question: what was worked out, or the expression that the worker did not come back from, if any. */
type Outcome = { readonly evaluation: Evaluation } | { readonly endless: string | undefined };

function ask({ form, nodes, of, first, stopped }: Question, endless: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    let begun: string | undefined;
    let timer: ReturnType<typeof setTimeout>;
    const fail = () => finish({ endless: begun });
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (timer = setTimeout(fail, GRACE)), begun === undefined ? MOST_LOADING : MOST_TIME);
    };
    const listen = ({ data }: MessageEvent<Said>) => {
      if ('evaluation' in data) return finish(data);
      begun = data.expression;
      wait();
    };
    const finish = (outcome: Outcome) => {
      clearTimeout(timer);
      running?.worker.removeEventListener('message', listen);
      running?.worker.removeEventListener('error', fail);
      giveUp = undefined;
      resolve(outcome);
    };
    giveUp = () => finish({ endless: undefined });
    try {
      const isFull = hasExpression(form);
      if (running?.isFull !== isFull) end();
      if (!running) globalThis.addEventListener('clinic-wipe', endWorker, { once: true });
      running ??= { worker: isFull ? startWorker() : startSmallWorker(), isFull };
      const { worker } = running;
      worker.addEventListener('message', listen);
      worker.addEventListener('error', fail);
      const asked: Asked = { nodes: bare(nodes), of, first, stopped, endless, ...(running.form !== form && { form }) };
      worker.postMessage(asked);
      running.form = form;
      wait();
    } catch {
      finish({ endless: undefined });
    }
  });
}

type Part = Partial<FormItem> | Form;

/** Every part of a form that something is to be worked out for. */
function* partsOf(part: Part): Generator<Partial<FormItem>> {
  yield part;
  for (const item of part.items ?? []) yield* partsOf(item);
}

/** Every expression of a form, and every pattern. */
const expressionsOf = (form: Form): readonly string[] =>
  [...partsOf(form)]
    .flatMap((part) => [...languageIn(part), part.pattern])
    .filter((expression, index, all) => expression !== undefined && all.indexOf(expression) === index) as string[];

const hasExpression = (form: Form): boolean => [...partsOf(form)].some((part) => languageIn(part).some(Boolean));

const languageIn = (part: Partial<FormItem>): readonly (string | undefined)[] => [
  ...[...(part.variables ?? []), ...(part.constraints ?? [])].map(({ expression }) => expression),
  ...[part.enableWhenExpression, part.initialExpression, part.calculatedExpression],
];

/** What browsers have that know trusted types (https://w3c.github.io/trusted-types/dist/spec/). */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;
const addresses = new Set<string>();

/** The address of a worker as one that may be run, where the page asks for that. */
function trusted({ href }: URL): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return href;
  addresses.add(href);
  policy ??= trustedTypes.createPolicy('clinic-widgets', {
    createScriptURL(url) {
      if (!addresses.has(url)) throw new TypeError('This is no worker of the forms.');
      return url;
    },
  });
  return policy.createScriptURL(href);
}

// Bundlers find a worker by these very words, `new Worker(new URL(`, and take what is in them for an address.
function startWorker(): Worker {
  const Worker = trustedWorker();
  return new Worker(new URL('./expression-worker.js', import.meta.url), { type: 'module' });
}

function startSmallWorker(): Worker {
  const Worker = trustedWorker();
  return new Worker(new URL('./pattern-worker.js', import.meta.url), { type: 'module' });
}

/** What makes a worker, its address trusted. Made late: where there are no workers, that is found out when one is wanted. */
const trustedWorker = () =>
  class extends globalThis.Worker {
    constructor(url: URL, options: WorkerOptions) {
      super(trusted(url), options);
    }
  };
