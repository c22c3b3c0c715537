import type { DetailName } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { PartContext } from '../part.ts';
import { failedView } from '../pieces.ts';
import { editorView } from './editor-view.ts';
import type { Messages } from './messages.ts';
import {
  type Action,
  DETAILS,
  hasChanges,
  type In,
  isAtDesk,
  isChanged,
  isThere,
  type Looking,
  PRIVATE,
  seenOf,
  type State,
  valueOf,
} from './state.ts';
import { detailWords, masksOf, maskView, namesOf } from './words.ts';

/** What the views are given besides the state. */
export interface ViewContext extends PartContext<Action> {
  readonly text: Messages;
}

type Shown = TemplateResult | typeof nothing;
type Looked = In<'looking' | 'sending'>;

/** What the patient sees. */
export function view(state: State, context: ViewContext): TemplateResult {
  switch (state.step) {
    case 'looking':
    case 'sending':
      return detailsView(state, context);
    case 'editing':
      return editorView(state, context);
    case 'told':
      return told(state, context);
    case 'failed':
      return failed(state, context);
    default:
      return html``;
  }
}

/** Whether the details are another person's. */
export const actsForOther = ({ session }: Pick<ViewContext, 'session'>): boolean =>
  session.acting.representativeId !== undefined;

function detailsView(state: Looked, context: ViewContext): TemplateResult {
  const { text, send, locale } = context;
  const { known, shown, moved, said } = state;
  const withheld = DETAILS.filter((name) => known.withheld?.includes(name));
  const words = { text, locale };
  return html`
    ${moved ? html`<p part="notice" class="wide" role="alert">${text.movedNote(namesOf(moved, words))}</p>` : nothing}
    <p>${text.intro}</p>
    ${actsForOther(context) ? html`<p>${text.forOther}</p>` : nothing}
    ${
      seenOf(known).some((name) => PRIVATE.includes(name) && isThere(valueOf(state, name)))
        ? html`
      <div class="row">
        ${shown ? nothing : html`<span class="hint">${text.hiddenNote}</span>`}
        <button type="button" part="button" @click=${() => send({ type: 'showed', shown: !shown })}>
          ${shown ? text.hide : text.show}
        </button>
      </div>`
        : nothing
    }
    <dl part="details" class="wide">${seenOf(known).map((name) => detail(name, state, context))}</dl>
    ${withheld.length > 0 ? html`<p part="notice" class="wide">${text.withheld(namesOf(withheld, words))}</p>` : nothing}
    ${confirmButton(state, context)}`;

  function confirmButton(state: Looked, { now }: ViewContext): TemplateResult {
    const busy = state.step === 'sending';
    const confirm = () => {
      if (!busy) send({ type: 'confirmed', key: newKey(), at: now() });
    };
    const rest = said.doubted.length > 0 ? text.confirmBut : text.confirm;
    return html`
      <button type="button" part="button primary" aria-disabled=${busy ? 'true' : 'false'} @click=${confirm}>
        ${busy ? text.sending : hasChanges(said) ? text.confirmRest : rest}
      </button>`;
  }
}

/** One detail: its name, what it is, what was said of it, and what can be done. */
const detail = (name: DetailName, state: Looked, context: ViewContext): TemplateResult => html`
  <div class="detail">
    <dt id="label-${name}">${context.text.names[name]}</dt>
    <dd class="value">${valueView(name, state, context)}</dd>
    ${remarks(name, state, context.text).map((words) => html`<dd class="said mark">${words}</dd>`)}
    ${isAtDesk(name) ? html`<dd class="said hint">${context.text.deskOnly}</dd>` : nothing}
    ${state.step === 'sending' ? nothing : html`<dd class="acts row">${acts(name, state, context)}</dd>`}
  </div>`;

function valueView(name: DetailName, state: Looking, { text, locale }: ViewContext): Shown | TemplateResult[] {
  const value = valueOf(state, name);
  const words = { text, locale };
  if (!isThere(value)) return html`<span class="hint">${name === 'needs' ? text.noNeeds : text.none}</span>`;
  if (state.shown || !PRIVATE.includes(name)) return html`<bdi>${detailWords(name, value, words)}</bdi>`;
  return masksOf(name, value).map((mask) => html`<div>${maskView(mask, words)}</div>`);
}

/** What there is to say of a detail besides what it is. */
function remarks(name: DetailName, { said, moved, refused }: Looking, text: Messages): readonly string[] {
  return [
    ...(isChanged(said, name) ? [said.removed.some((one) => one === name) ? text.removed : text.changed] : []),
    ...(said.doubted.some((one) => one === name) ? [text.doubted] : []),
    ...(moved?.includes(name) ? [text.moved] : []),
    ...new Set(refused.filter((one) => one.name === name).map(({ kind }) => text.troubles[kind])),
  ];
}

function acts(name: DetailName, state: Looked, { text, send }: ViewContext): readonly Shown[] {
  if (isAtDesk(name)) {
    const wrong = state.said.doubted.includes(name);
    const doubt = () => send({ type: 'doubted', name, wrong: !wrong });
    if (!isThere(state.known[name])) return [];
    return [act(`doubt-${name}`, wrong ? text.wrongAfterAll : text.wrong, name, doubt)];
  }
  const open = () => send({ type: 'opened', name });
  const restore = (event: Event) => {
    // The button goes away.
    ((event.currentTarget as Element).previousElementSibling as HTMLElement).focus();
    send({ type: 'restored', name });
  };
  return [
    act(`change-${name}`, isThere(valueOf(state, name)) ? text.change : text.add, name, open),
    isChanged(state.said, name) ? act(`undo-${name}`, text.undo, name, restore) : nothing,
  ];
}

/** The same word stands beside every detail: the button's name says which it is about. */
const act = (id: string, label: string, name: DetailName, press: (event: Event) => void): TemplateResult => html`
  <button type="button" part="button" id=${id} aria-labelledby="${id} label-${name}" @click=${press}>${label}</button>`;

const told = ({ notes }: In<'told'>, { text, send }: ViewContext): TemplateResult => html`
  ${notes.map((note) => html`<p part="notice" class="wide">${text.notes[note]}</p>`)}
  <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${text.goOn}</button>`;

function failed({ error, from }: In<'failed'>, { text, send, session }: ViewContext): TemplateResult {
  const wrote = from.step === 'sending';
  return failedView(error, {
    text,
    session,
    retry: () => send({ type: 'retried' }),
    ...(wrote && { back: () => send({ type: 'went-back' }) }),
    kept: wrote || hasChanges(from.said),
    notes: wrote && isUncertain(error.code) ? [text.uncertain] : [],
  });
}

/** Whether what was sent may have arrived all the same. */
const isUncertain = (code: string): boolean => code === 'unavailable' || code === 'unexpected';
