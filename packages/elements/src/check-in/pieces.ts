import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Messages as CommonMessages } from '../ui/messages.ts';
import { isRefused } from '../ui/waiting.ts';
import { type Caller, withPhone } from './said.ts';

/** What is said of a failure besides what happened. */
export interface Failed {
  readonly text: CommonMessages;
  /** Whose number is said, and whether it can be called from here. */
  readonly session: Caller;
  /** Asks again; left out where that is no use. */
  readonly retry?: (() => void) | undefined;
  /** Goes back to what was typed. */
  readonly back?: (() => void) | undefined;
  /** Whether the patient has entered something, which is still there. */
  readonly kept?: boolean;
  /** More to know, sentence by sentence. */
  readonly notes?: readonly string[];
}

/** What has gone wrong, in plain words, with every way on. */
export const failedView = (
  error: ClinicError,
  { text, session, retry, back, kept, notes = [] }: Failed,
): TemplateResult => html`
  <div part="alert" class="stack wide">
    <p>${text.failures[error.code]}</p>
    ${notes.map((note) => html`<p>${note}</p>`)}
    ${kept ? html`<p>${text.nothingLost}</p>` : nothing}
    <p>${withPhone(text.askUs, session)}</p>
  </div>
  <div class="row">
    ${
      retry && !isRefused(error)
        ? html`<button type="button" part="button primary" @click=${retry}>${text.retry}</button>`
        : nothing
    }
    ${back ? html`<button type="button" part="button" @click=${back}>${text.back}</button>` : nothing}
  </div>`;

/** A field for words, with its label, what it asks for, and what is wrong. */
export interface FieldRow {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly write: (words: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly mode?: 'text' | 'tel' | 'email' | 'numeric' | undefined;
  readonly capitalize?: 'none' | 'words' | 'sentences' | 'characters' | undefined;
  /** How many characters the clinic takes. */
  readonly most?: number | undefined;
  /** So many lines to write in; one where left out. */
  readonly lines?: number | undefined;
  readonly disabled?: boolean | undefined;
}

/** One field. Nothing of it is kept by the browser or sent to a spell checker. */
export function fieldRow(row: FieldRow): TemplateResult {
  const { id, label, hint, error } = row;
  return html`
    <div class="field wide">
      <label for=${id}>${label}</label>
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
      ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
      ${(row.lines ?? 1) > 1 ? textArea(row) : input(row)}
    </div>`;
}

const describedBy = ({ id, hint, error }: Pick<FieldRow, 'id' | 'hint' | 'error'>) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || nothing;

const wordsOf = (event: Event) => (event.target as HTMLInputElement).value;

// Of the type "text" whatever it is for: browsers change or check what is typed into the others in their own words.
const input = (row: FieldRow): TemplateResult => html`
  <input id=${row.id} type="text" inputmode=${row.mode ?? 'text'} autocapitalize=${row.capitalize ?? 'none'}
    autocomplete="off" spellcheck="false" maxlength=${row.most ?? 2000}
    aria-describedby=${describedBy(row)} aria-invalid=${row.error ? 'true' : 'false'} ?disabled=${row.disabled}
    .value=${row.value} @input=${(event: Event) => row.write(wordsOf(event))} />`;

const textArea = (row: FieldRow): TemplateResult => html`
  <textarea id=${row.id} rows=${row.lines!} autocapitalize=${row.capitalize ?? 'sentences'}
    autocomplete="off" spellcheck="false" maxlength=${row.most ?? 2000}
    aria-describedby=${describedBy(row)} aria-invalid=${row.error ? 'true' : 'false'} ?disabled=${row.disabled}
    .value=${row.value} @input=${(event: Event) => row.write(wordsOf(event))}
  ></textarea>`;

/** A list to choose one of. */
export interface SelectRow {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly choose: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What choosing nothing is called, where that can be. */
  readonly none?: string | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** One list to choose from. */
export function selectRow({ id, label, value, choose, options, none, hint, error }: SelectRow): TemplateResult {
  return html`
    <div class="field wide">
      <label for=${id}>${label}</label>
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
      ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
      <select id=${id} autocomplete="off" aria-describedby=${describedBy({ id, hint, error })}
        aria-invalid=${error ? 'true' : 'false'} @change=${(event: Event) => choose(wordsOf(event))}>
        ${none === undefined ? nothing : html`<option value="" .selected=${!value}>${none}</option>`}
        ${options.map((one) => html`<option value=${one.value} .selected=${one.value === value}>${one.label}</option>`)}
      </select>
    </div>`;
}

/** Brings the focus to the first field that is wrong, once the page shows which it is. */
export function focusWrong(form: Element): void {
  setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** The words of a part in a language; English where it has none of that language, or where they cannot be fetched. */
export async function wordsIn<M>(
  language: string,
  english: M,
  languages: Readonly<Record<string, () => Promise<M>>>,
): Promise<M> {
  const fetch = languages[language.split(/[-_]/)[0]!.toLowerCase()];
  return (await fetch?.().catch(() => undefined)) ?? english;
}
