import type { HelpReason } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { fieldRow } from './pieces.ts';
import type { Calling, State } from './state.ts';
import type { ViewContext } from './view-context.ts';

type Kind = 'complaint' | 'compliment' | 'bill';
const KINDS: readonly Kind[] = ['complaint', 'compliment', 'bill'];
/** What goes to the patient liaison: nobody comes for it. */
const isWord = (reason: HelpReason): boolean => (KINDS as readonly HelpReason[]).includes(reason);

/** Where there is nothing to clear, or another button does. */
const ENDS: readonly State['step'][] = ['starting', 'welcome', 'done', 'desk', 'emergency', 'taken-in', 'goodbye'];

/** A way to a person, on every screen, and a way out. */
export function helpView({ step, calling, failures }: State, context: ViewContext): TemplateResult {
  const { send, text, finish } = context;
  if (!calling) {
    return html`
      <div class="person row wide">
        <button part="button help" class="protected" type="button" @click=${() => send({ type: 'opened-help' })}>${text.help}</button>
        ${ENDS.includes(step) ? nothing : html`<button part="button" class="quiet" type="button" @click=${finish}>${text.leave}</button>`}
      </div>`;
  }
  return html`
    <section part="help" class="person stack wide" data-focus="help" tabindex="-1" aria-label=${text.helpTitle}>
      <h3>${calling.state === 'open' && failures > 1 ? text.helpOffer : text.helpTitle}</h3>
      ${body(calling, context)}
    </section>`;
}

function body(calling: Calling, context: ViewContext): TemplateResult {
  switch (calling.state) {
    case 'open':
      return ways(context);
    case 'writing':
      return writing(calling, context);
    case 'sending':
      return html`<p>${context.text.calling}</p>`;
    case 'failed':
      return notReached(calling, context);
    case 'called':
      return called(calling, context);
  }
}

const ways = ({ send, text }: ViewContext): TemplateResult => html`
  <div class="row">
    <button part="button primary" class="protected" type="button" @click=${() => send({ type: 'called', reason: 'person', key: newKey() })}>${text.callPerson}</button>
    <button part="button" type="button" @click=${() => send({ type: 'wrote', reason: 'complaint', message: '' })}>${text.tellUs}</button>
    <button part="button" type="button" @click=${() => send({ type: 'closed-help' })}>${text.close}</button>
  </div>`;

function writing(
  { reason, message }: Extract<Calling, { state: 'writing' }>,
  { send, text }: ViewContext,
): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    send({ type: 'called', reason, message, key: newKey() });
  };
  return html`
    <form class="stack wide" novalidate @submit=${submit}>
      <fieldset>
        <legend>${text.tellUsTitle}</legend>
        ${KINDS.map(
          (kind) => html`
          <label class="choice"><input type="radio" name="kind" autocomplete="off" .checked=${kind === reason}
            @change=${() => send({ type: 'wrote', reason: kind, message })} /><span>${text.tellUsKinds[kind]}</span></label>`,
        )}
      </fieldset>
      ${fieldRow({ id: 'message', label: text.message, value: message, lines: 4, most: 2000, write: (words) => send({ type: 'wrote', reason, message: words }) })}
      <div class="row">
        <button part="button primary">${text.send}</button>
        <button part="button" type="button" @click=${() => send({ type: 'closed-help' })}>${text.close}</button>
      </div>
    </form>`;
}

/** Nothing is promised that did not arrive. */
const notReached = (
  { reason, message, key }: Extract<Calling, { state: 'sending' | 'failed' }>,
  { send, text }: ViewContext,
): TemplateResult => html`
  <div part="alert" class="stack wide" role="alert">
    <p><strong>${text.notReached}</strong></p>
    <p>${text.notReachedNote}</p>
  </div>
  <div class="row">
    <button part="button primary" type="button" @click=${() => send({ type: 'called', reason, message, key })}>${text.retry}</button>
    <button part="button" type="button" @click=${() => send({ type: 'closed-help' })}>${text.close}</button>
  </div>`;

function called(
  { reason, help, unanswered }: Extract<Calling, { state: 'called' }>,
  { send, text }: ViewContext,
): TemplateResult {
  const canClose = isWord(reason) || help.state !== 'waiting' || unanswered || !help.deskOpen;
  return html`
    <p>${outcome(reason, help, unanswered, text)}</p>
    <p>${text.number(help.number)}</p>
    ${canClose ? html`<button part="button" type="button" @click=${() => send({ type: 'closed-help' })}>${text.close}</button>` : nothing}`;
}

function outcome(
  reason: HelpReason,
  { state, deskOpen, goTo }: Extract<Calling, { state: 'called' }>['help'],
  unanswered: boolean,
  text: ViewContext['text'],
): string {
  if (isWord(reason)) return text.calledLater;
  // Only a person's own word says that someone comes.
  if (state !== 'waiting') return text.someoneComes;
  if (!deskOpen) return text.deskClosed(goTo);
  return unanswered ? text.nobody(goTo) : text.called;
}

/** What of it is read out as it changes. */
export function helpStatus({ calling }: State, text: ViewContext['text']): string {
  if (calling?.state === 'sending') return text.calling;
  if (calling?.state !== 'called') return '';
  return outcome(calling.reason, calling.help, calling.unanswered, text);
}
