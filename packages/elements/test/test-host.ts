import type { ClinicAdapter } from '@clinic-widgets/core';
import type { ReactiveController } from 'lit';
import type { Flow, FlowAction } from '../src/ui/flow.ts';
import { FlowController } from '../src/ui/flow-controller.ts';

/** Stands in for an element, so that a flow runs as in one without a browser: updates come in microtasks. */
export class TestHost {
  isConnected = true;
  readonly #controllers: ReactiveController[] = [];
  #update: Promise<boolean> | undefined;

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }

  removeController(): void {}

  requestUpdate(): void {
    this.#update ??= Promise.resolve().then(() => {
      this.#update = undefined;
      for (const controller of this.#controllers) controller.hostUpdated?.();
      return true;
    });
  }

  get updateComplete(): Promise<boolean> {
    return this.#update ?? Promise.resolve(true);
  }

  /** Takes the element out of the page. */
  disconnect(): void {
    this.isConnected = false;
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  /** Puts it back. */
  connect(): void {
    this.isConnected = true;
    for (const controller of this.#controllers) controller.hostConnected?.();
  }
}

/** A flow that runs against an adapter, and a way to wait for what comes of it. */
export function runFlow<State extends { readonly step: string }, Action>(
  flow: Flow<State, Action>,
  adapter: ClinicAdapter,
) {
  const host = new TestHost();
  const waiting = new Set<() => void>();
  const controller = new FlowController<State, Action>(
    host,
    flow,
    () => adapter,
    () => waiting.forEach((check) => check()),
  );
  host.connect();

  /** The first state that is as asked, now or to come. */
  const until = <S extends State>(wanted: (state: State) => state is S): Promise<S> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Still at "${controller.state.step}".`)), 2000);
      const check = () => {
        if (!wanted(controller.state)) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve(controller.state);
      };
      waiting.add(check);
      check();
    });

  return {
    host,
    controller,
    send: (action: Action | FlowAction) => controller.send(action),
    until,
    at: <S extends State['step']>(step: S) =>
      until((state): state is Extract<State, { step: S }> => state.step === step),
  };
}
