import type { CSSResult, ReactiveController, ReactiveControllerHost } from 'lit';

interface PartHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** What has been fetched for one element is there for the next. */
const loaded = new WeakMap<object, unknown>();

/** A part of a widget that is fetched while the patient looks at what is there: its views, its words and its styles. */
export class PartController<P extends { readonly partStyles: CSSResult }> implements ReactiveController {
  /** The part, once it is there. */
  get value(): P | undefined {
    return loaded.get(this.#load) as P | undefined;
  }

  /** It could not be fetched. */
  failed = false;
  readonly #host: PartHost;
  readonly #load: () => Promise<P>;
  readonly #isNeeded: () => boolean;
  #asked = false;

  constructor(host: PartHost, isNeeded: () => boolean, load: () => Promise<P>) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    this.#load = load;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#asked || !this.#isNeeded()) return;
    this.#asked = true;
    if (this.value) this.#use(this.value);
    else void this.fetch();
  }

  /** Fetches it, again where that did not work. */
  readonly fetch = async (): Promise<void> => {
    try {
      const part = await this.#load();
      loaded.set(this.#load, part);
      this.#use(part);
    } catch {
      // Told by `failed`: the page offers another try.
    }
    this.failed = !this.value;
    this.#host.requestUpdate();
  };

  #use({ partStyles }: P): void {
    (this.#host.renderRoot as ShadowRoot).adoptedStyleSheets.push(partStyles.styleSheet!);
  }
}
