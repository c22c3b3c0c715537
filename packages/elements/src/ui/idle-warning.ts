import { css, html, nothing, render } from 'lit';
import { controls } from './controls.ts';
import type { IdleAnswers, IdleView } from './idle-controller.ts';
import { type IdleMessages, messages } from './idle-messages.ts';
import { protectedStyles } from './protected.ts';
import type { Languages } from './text-controller.ts';
import { tokens } from './tokens.ts';

const languages: Languages<IdleMessages> = { es: async () => (await import('./idle-messages.es.ts')).messages };

const styles = css`
  :host {
    display: block !important;
  }

  /* All of the screen: what the patient entered is not for those who pass by. The answers are within low reach. */
  dialog {
    display: none;
    inline-size: 100vw;
    max-inline-size: none;
    block-size: 100dvh;
    max-block-size: none;
    margin: 0;
    padding: calc(var(--_space) * 4);
    color: var(--_text);
    background: var(--_surface);
    border: 0;
  }

  dialog[open] {
    display: grid;
    gap: calc(var(--_space) * 3);
    align-content: end;
  }

  dialog > * {
    inline-size: 100%;
    max-inline-size: 48rem;
    margin-inline: auto;
  }

  .answers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
    gap: calc(var(--_space) * 2);
  }
`;

/** What the warning is shown with. */
export interface IdleWarningOptions {
  /** What the patient reads; the language of the page, unless said. */
  language?(): string;
  /** Words to use instead of the built-in ones. */
  readonly messages?: Partial<IdleMessages>;
}

interface Shown {
  readonly seconds: number;
  readonly answers: IdleAnswers;
  /** How many seconds are left, once the end is near. */
  readonly near?: number;
}

/** The warning before a wipe, over all of the page. It is announced when it comes and once near the end, never each second. */
export class IdleWarning implements IdleView {
  readonly #options: IdleWarningOptions;
  readonly #words = new Map<string, IdleMessages>([['en', messages]]);
  /** The language whose words have been asked for last. */
  #prepared = '';
  #host: HTMLElement | undefined;
  #shown: Shown | undefined;

  constructor(options: IdleWarningOptions = {}) {
    this.#options = options;
  }

  prepare(): void {
    const language = this.#language();
    if (language === this.#prepared) return;
    this.#prepared = language;
    // Without its own words the warning comes in English: that it comes matters most.
    void languages[language]?.().then(
      (words) => {
        this.#words.set(language, words);
        this.#render();
      },
      () => undefined,
    );
  }

  show(seconds: number, answers: IdleAnswers): void {
    this.prepare();
    this.#shown = { seconds, answers };
    this.#host ??= hostIn(document.body);
    this.#render();
    const dialog = this.#host.shadowRoot!.querySelector('dialog')!;
    // A touch anywhere is an answer; a key anywhere is heard of by the controller.
    dialog.addEventListener('click', answers.stillHere);
    dialog.showModal();
    dialog.querySelector('button')!.focus();
  }

  nearEnd(seconds: number): void {
    if (this.#shown) this.#shown = { ...this.#shown, near: seconds };
    this.#render();
  }

  restart(): void {
    if (this.#shown) this.#shown = { seconds: this.#shown.seconds, answers: this.#shown.answers };
    this.#render();
  }

  hide(): void {
    this.#shown = undefined;
    // Closed before it is taken away, it gives the focus back.
    this.#host?.shadowRoot!.querySelector('dialog')?.close();
    this.#host?.remove();
    this.#host = undefined;
  }

  #language(): string {
    return (this.#options.language?.() ?? document.documentElement.lang).split(/[-_]/)[0]!.toLowerCase();
  }

  #render(): void {
    if (!this.#shown || !this.#host) return;
    const language = this.#words.has(this.#language()) ? this.#language() : 'en';
    const text = { ...this.#words.get(language)!, ...this.#options.messages };
    const { seconds, answers, near } = this.#shown;
    const act = (answer: () => void) => (event: Event) => {
      event.stopPropagation();
      answer();
    };
    render(
      html`<dialog
        role="alertdialog"
        aria-labelledby="title"
        aria-describedby="lead"
        lang=${language}
        @cancel=${(event: Event) => event.preventDefault()}
      >
        <h2 id="title">${text.title}</h2>
        <p id="lead">${text.lead(seconds)} ${text.anyKey}</p>
        <p role="alert">${near === undefined ? nothing : text.nearEnd(near)}</p>
        <div class="answers">
          <button class="protected" type="button" @click=${act(answers.stillHere)}>${text.stillHere}</button>
          <button class="protected" type="button" @click=${act(answers.moreTime)}>${text.moreTime}</button>
          <button class="protected" type="button" @click=${act(answers.finished)}>${text.finished}</button>
        </div>
      </dialog>`,
      this.#host.shadowRoot!,
    );
  }
}

function hostIn(parent: HTMLElement): HTMLElement {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [tokens, controls, styles, protectedStyles].map(({ styleSheet }) => styleSheet!);
  parent.append(host);
  return host;
}
