import type { ClinicAdapter } from '@clinic-widgets/core';
import { ContextEvent, createContext } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The adapter of the nearest provider. The key has the major version: two versions on a page keep apart. */
export const clinicContext = createContext<ClinicAdapter | undefined>(Symbol.for('clinic-adapter@0'));

interface AdapterHost extends ReactiveControllerHost, HTMLElement {
  adapter: ClinicAdapter | undefined;
}

/** The adapter an element works with: its own `adapter` property, or else the nearest provider's. */
export class AdapterController implements ReactiveController {
  readonly #host: AdapterHost;
  #provided: ClinicAdapter | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(host: AdapterHost) {
    this.#host = host;
    host.addController(this);
  }

  get value(): ClinicAdapter | undefined {
    return this.#host.adapter ?? this.#provided;
  }

  hostConnected(): void {
    this.#ask();
    // A provider that is defined after us announces itself; the request we made before is lost.
    document.addEventListener('context-provider', this.#onProvider);
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#onProvider);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#provided = undefined;
  }

  readonly #onProvider = (event: Event): void => {
    if ((event as Event & { context: unknown }).context === clinicContext) this.#ask();
  };

  readonly #ask = (): void => {
    this.#host.dispatchEvent(new ContextEvent(clinicContext, this.#host, this.#receive, true));
  };

  readonly #receive = (adapter: ClinicAdapter | undefined, unsubscribe?: () => void): void => {
    if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
    this.#unsubscribe = unsubscribe;
    if (adapter === this.#provided) return;
    this.#provided = adapter;
    this.#host.requestUpdate();
  };
}
