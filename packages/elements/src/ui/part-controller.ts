import type { CSSResult, ReactiveController, ReactiveControllerHost } from 'lit';

interface PartHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** A part of a widget that is fetched while the patient looks at what is there: its views, its words and its styles. */
export class PartController<P extends { readonly partStyles: CSSResult }> implements ReactiveController {
  /** The part, once it is there. */
  value: P | undefined;
  /** It could not be fetched. */
  failed = false;
  readonly #host: PartHost;
  readonly #load: () => Promise<P>;
  readonly #isNeeded: () => boolean;
  #fetching = false;

  constructor(host: PartHost, isNeeded: () => boolean, load: () => Promise<P>) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    this.#load = load;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.value && !this.#fetching && !this.failed && this.#isNeeded()) void this.fetch();
  }

  /** Fetches it, again where that did not work. */
  readonly fetch = async (): Promise<void> => {
    this.#fetching = true;
    try {
      this.value = await this.#load();
      (this.#host.renderRoot as ShadowRoot).adoptedStyleSheets.push(this.value.partStyles.styleSheet!);
    } catch {
      // Told by `failed`: the page offers another try.
    }
    this.#fetching = false;
    this.failed = !this.value;
    this.#host.requestUpdate();
  };
}
