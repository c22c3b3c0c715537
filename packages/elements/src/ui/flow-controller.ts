import type { ClinicAdapter } from '@clinic-widgets/core';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Flow, FlowAction, Work } from './flow.ts';

interface Running<State, Action> {
  readonly work: Work<State, Action>;
  readonly adapter: ClinicAdapter;
  readonly abort: AbortController;
  /** Whom it was begun for: how many were forgotten before. */
  readonly whose: number;
  /** What came of it, once something has. */
  result?: Action;
}

/** Runs a flow for an element: keeps the state, starts the work it calls for, drops the work it no longer does. */
export class FlowController<State, Action> implements ReactiveController {
  state: State;
  readonly #host: ReactiveControllerHost & { readonly isConnected: boolean };
  readonly #flow: Flow<State, Action>;
  readonly #adapter: () => ClinicAdapter | undefined;
  readonly #onTransition: (from: State, to: State) => void;
  readonly #running = new Map<string, Running<State, Action>>();
  /** Whom the work is given to; it outlives the provider's, which is gone before the element is. */
  #asked: ClinicAdapter | undefined;
  /** How many were forgotten: what comes of their work is nothing that the next one may be shown. */
  #forgotten = 0;

  constructor(
    host: ReactiveControllerHost & { readonly isConnected: boolean },
    flow: Flow<State, Action>,
    adapter: () => ClinicAdapter | undefined,
    onTransition: (from: State, to: State) => void,
  ) {
    this.#host = host;
    this.#flow = flow;
    this.#adapter = adapter;
    this.#onTransition = onTransition;
    this.state = flow.initial;
    host.addController(this);
  }

  readonly send = (action: Action | FlowAction): void => {
    const from = this.state;
    this.state = this.#flow.transition(from, action);
    if (this.state === from) return;
    this.#host.requestUpdate();
    this.#onTransition(from, this.state);
  };

  /** Forgets everything, as for the next patient at a kiosk. */
  reset(): void {
    this.#writeLast();
    this.state = this.#flow.initial;
    this.#forgotten += 1;
    for (const key of this.#running.keys()) this.#drop(key);
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const adapter = this.#adapter();
    this.#asked = adapter ?? this.#asked;
    const wanted = adapter && this.#host.isConnected ? this.#flow.work(this.state) : [];
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, running] of this.#running) {
      if (!keys.has(key) || running.adapter !== adapter) this.#drop(key);
    }
    for (const work of wanted) if (!this.#running.has(work.key)) void this.#start(adapter!, work);
  }

  hostDisconnected(): void {
    // An element that is only moved is back before the microtask runs.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.leave();
      for (const key of this.#running.keys()) this.#drop(key);
    });
  }

  /** What is shown is left, by the patient or by the page: what that calls for is written at once. */
  leave(): void {
    this.#writeLast();
    this.send({ type: 'left' });
  }

  /** Whoever leaves does not come to the next update, which would start it. */
  #writeLast(): void {
    const known = new Set(this.#flow.work(this.state).map(({ key }) => key));
    for (const work of this.#flow.work(this.#flow.transition(this.state, { type: 'left' }))) {
      if (work.write && !known.has(work.key) && this.#asked) void this.#start(this.#asked, work);
    }
  }

  async #start(adapter: ClinicAdapter, work: Work<State, Action>): Promise<void> {
    const running: Running<State, Action> = { work, adapter, abort: new AbortController(), whose: this.#forgotten };
    this.#running.set(work.key, running);
    let action: Action | FlowAction;
    try {
      action = running.result = await work.run(adapter, running.abort.signal);
    } catch (cause) {
      const error = isClinicError(cause) ? cause : new ClinicError('unexpected', 'The flow failed.', { cause });
      action = { type: 'failed', key: work.key, error };
    }
    if (this.#running.get(work.key) === running) this.send(action);
    else if (work.write && running.result) this.#finishLate(running, running.result);
  }

  #drop(key: string): void {
    const running = this.#running.get(key)!;
    this.#running.delete(key);
    if (!running.work.write) running.abort.abort();
    if (running.result) this.#undo(running, running.result);
  }

  /** A write that succeeded after the flow had gone on is taken back, or else the flow is told: not the next patient's. */
  #finishLate(running: Running<State, Action>, result: Action): void {
    if (running.work.undo) this.#undo(running, result);
    else if (running.whose === this.#forgotten) this.send(result);
  }

  #undo({ work, adapter, whose }: Running<State, Action>, result: Action): void {
    const state = whose === this.#forgotten ? this.state : undefined;
    // Nobody waits for it: what cannot be taken back ends by itself at the clinic.
    void work.undo?.(adapter, result, state)?.catch(() => undefined);
  }
}
