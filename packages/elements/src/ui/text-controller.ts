import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A dictionary per language besides English, loaded when it is read. */
export type Languages<M> = Readonly<Record<string, () => Promise<M>>>;

interface TextHost extends ReactiveControllerHost, HTMLElement {
  messages: object;
}

/**
 * The words, language and locale of an element: those of the nearest `lang`, else of the page. A language that
 * has no dictionary is answered in English, dates too, and says so by its own `lang`: never half of each.
 */
export class TextController<M extends object> implements ReactiveController {
  /** The BCP 47 tag of the words shown. */
  language = 'en';
  /** The BCP 47 tag that days, times and amounts are written by. */
  locale = 'en';
  /** Whether the words are there. */
  ready = true;
  readonly #host: TextHost;
  readonly #english: M;
  readonly #languages: Languages<M>;
  #words: M;
  #asked = 'en';

  constructor(host: TextHost, english: M, languages: Languages<M>) {
    this.#host = host;
    this.#english = english;
    this.#languages = languages;
    this.#words = english;
    host.addController(this);
  }

  /** The dictionary, with the host's own words on top. */
  get value(): M {
    return { ...this.#words, ...(this.#host.messages as Partial<M>) };
  }

  hostConnected(): void {
    listeners.add(this.#update);
    observer ??= new MutationObserver(() => listeners.forEach((listener) => listener()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'], subtree: true });
    this.#update();
  }

  hostDisconnected(): void {
    listeners.delete(this.#update);
    if (listeners.size === 0) observer?.disconnect();
  }

  readonly #update = (): void => {
    const asked = nearestLanguage(this.#host);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const load = this.#languages[asked.split(/[-_]/)[0]!.toLowerCase()];
    if (!load) return this.#show(this.#english, /^en(-|$)/i.test(asked) ? asked : 'en');
    this.ready = false;
    this.#host.requestUpdate();
    load().then(
      (words) => asked === this.#asked && this.#show(words, asked),
      // The words could not be fetched: English is better than nothing.
      () => asked === this.#asked && this.#show(this.#english, 'en'),
    );
  };

  #show(words: M, language: string): void {
    this.#words = words;
    this.language = supportedLocale(language);
    // The words are those of the USA, where Spanish is written otherwise than in Spain: 1:30 p.m., $25.00.
    this.locale = this.language === 'es' ? 'es-US' : this.language;
    this.ready = true;
    this.#host.requestUpdate();
  }
}

/** One observer serves every element on the page. */
let observer: MutationObserver | undefined;
const listeners = new Set<() => void>();

/** The `lang` that applies to an element, through the shadow roots around it. */
function nearestLanguage(element: Element): string {
  for (let at: Element | undefined = element; at;) {
    const found: Element | null = at.closest('[lang]');
    if (found) return found.getAttribute('lang') || 'en';
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return 'en';
}

/** A page may say `lang="es_MX"` or worse: no formatter may throw for that. */
function supportedLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return locale.slice(0, 2);
  }
}
