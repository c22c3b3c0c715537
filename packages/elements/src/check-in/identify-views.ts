import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { birthDate, errorsOf, NOTHING_WRONG } from './fields.ts';
import { focusWrong, fieldRow } from './pieces.ts';
import { type Caller, callLine } from './said.ts';
import type { Entry, In, Settings } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** The first screen: the language, what makes it easier, and what the patient came for. */
export function welcome(state: In<'welcome'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  return html`
    ${context.languages.length > 1 ? languages(context) : nothing}
    <h3>${text.purpose}</h3>
    <div class="ways wide">
      <button part="button primary" @click=${() => send({ type: 'began', purpose: 'coming' })}>${text.coming}</button>
      <button part="button" @click=${() => send({ type: 'walked-in' })}>${text.walkIn}</button>
      <button part="button" @click=${() => send({ type: 'began', purpose: 'leaving' })}>${text.leaving}</button>
      ${
        state.clinic?.supports.includes('enrolInProgram')
          ? html`<button part="button" @click=${() => send({ type: 'began', purpose: 'program' })}>${text.program}</button>`
          : nothing
      }
    </div>
    ${settings(state.settings, context)}`;
}

/** Each language is called by its own name. */
const languages = ({ languages: all, language, choose, text }: ViewContext): TemplateResult => html`
  <fieldset class="wide">
    <legend>${text.chooseLanguage}</legend>
    <div class="row">
      ${all.map(
        (tag) => html`
        <button part="choice" type="button" class="language" lang=${tag} aria-pressed=${tag === language ? 'true' : 'false'}
          @click=${() => choose(tag)}>${ownName(tag)}</button>`,
      )}
    </div>
  </fieldset>`;

function ownName(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

const SIZES: readonly Settings['textSize'][] = ['normal', 'large', 'largest'];

const settings = (settings: Settings, { send, text }: ViewContext): TemplateResult => html`
  <fieldset class="wide stack">
    <legend>${text.settings}</legend>
    <div class="row" role="group" aria-label=${text.textSize}>
      <span>${text.textSize}</span>
      ${SIZES.map(
        (size) => html`
        <button part="choice" type="button" class="size-${size}" aria-pressed=${settings.textSize === size ? 'true' : 'false'}
          @click=${() => send({ type: 'set', settings: { textSize: size } })}>${text.textSizes[size]}</button>`,
      )}
    </div>
    <div class="row">
      <button part="choice" type="button" aria-pressed=${settings.contrast ? 'true' : 'false'}
        @click=${() => send({ type: 'set', settings: { contrast: !settings.contrast } })}>${text.contrast}</button>
      <button part="choice" type="button" aria-pressed=${settings.moreTime ? 'true' : 'false'}
        @click=${() => send({ type: 'set', settings: { moreTime: !settings.moreTime } })}>${text.moreTime}</button>
    </div>
  </fieldset>`;

/** By name and birth, or by a code. */
export function identifying(state: In<'identifying' | 'claiming'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  const { entry } = state;
  const busy = state.step === 'claiming';
  const errorOf = errorsOf(busy ? NOTHING_WRONG : state, text);
  const type = (change: Partial<Entry>) => send({ type: 'typed', entry: change });
  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    send({ type: 'claimed', key: newKey() });
    focusWrong(event.currentTarget as Element);
  };
  const way = (name: Entry['way'], label: string) => html`
    <button part="choice" type="button" aria-pressed=${entry.way === name ? 'true' : 'false'}
      @click=${() => type({ way: name })}>${label}</button>`;
  return html`
    ${!busy && state.unrecognized ? unrecognized(state, context) : nothing}
    <form class="stack wide" novalidate @submit=${submit}>
      <div class="row" role="group" aria-label=${text.who}>${way('name', text.byName)} ${way('code', text.byCode)}</div>
      ${
        entry.way === 'code'
          ? fieldRow({
              id: 'code',
              label: text.code,
              hint: text.codeHint,
              value: entry.code,
              error: errorOf('code'),
              most: 512,
              write: (code) => type({ code }),
            })
          : html`${fieldRow({
              id: 'family-name',
              label: text.familyName,
              value: entry.familyName,
              error: errorOf('familyName'),
              capitalize: 'words',
              most: 200,
              write: (familyName) => type({ familyName }),
            })}
            ${birthDate(entry, type, { text, error: errorOf('birthDate') })}`
      }
      ${other(entry, type, errorOf, context)}
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>${busy ? text.looking : text.next}</button>
        ${
          busy
            ? nothing
            : html`<button part="button" type="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`
        }
      </div>
    </form>`;
}

/** Somebody acts for the patient. */
const other = (
  entry: Entry,
  type: (change: Partial<Entry>) => void,
  errorOf: ReturnType<typeof errorsOf>,
  { text }: ViewContext,
): TemplateResult => html`
  <label class="choice"><input type="checkbox" autocomplete="off" .checked=${entry.forOther}
    @change=${(event: Event) => type({ forOther: (event.target as HTMLInputElement).checked })} />
    <span>${text.forOther}</span></label>
  ${
    entry.forOther
      ? html`
    ${entry.way === 'name' ? html`<p class="hint">${text.forOtherNote}</p>` : nothing}
    ${fieldRow({
      id: 'own-name',
      label: text.yourName,
      value: entry.name,
      error: errorOf('name'),
      capitalize: 'words',
      most: 200,
      write: (name) => type({ name }),
    })}
    ${fieldRow({
      id: 'relationship',
      label: text.relationship,
      hint: text.relationshipHint,
      value: entry.relationship,
      error: errorOf('relationship'),
      most: 100,
      write: (relationship) => type({ relationship }),
    })}`
      : nothing
  }`;

/** It says no more than that: not whether the name is known, nor whether there is a visit. */
const unrecognized = (caller: Caller, { send, text }: ViewContext): TemplateResult => html`
  <div part="alert" class="stack wide" role="alert">
    <p><strong>${text.unrecognized}</strong></p>
    <p>${text.unrecognizedNote}</p>
    ${callLine(text.askUs, caller)}
    <button part="button" type="button" @click=${() => send({ type: 'called', reason: 'unrecognized', key: newKey() })}>
      ${text.deskNumber}</button>
  </div>`;
