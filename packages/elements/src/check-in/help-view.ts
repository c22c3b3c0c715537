import type { HelpReason } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { isOffered, isWord } from './calling.ts';
import { type Caller, callLine, goingTo } from './said.ts';
import type { Calling, State } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** Where there is nothing to clear, or another button does. */
const ENDS: readonly State['step'][] = [
  'starting',
  'welcome',
  'responded',
  'done',
  'desk',
  'emergency',
  'taken-in',
  'goodbye',
];

/** A way to a person, on every screen, and a way out. */
export function helpView(state: State, context: ViewContext): TemplateResult {
  const { step, calling } = state;
  const { send, text, finish } = context;
  const leave = ENDS.includes(step)
    ? nothing
    : html`<button part="button" class="protected" type="button" @click=${finish}>${text.leave}</button>`;
  if (!calling) {
    return html`
      <div class="person at-hand row wide">
        <button part="button help" class="protected" data-focus="help" type="button" @click=${() => send({ type: 'opened-help' })}>${text.help}</button>
        ${leave}
      </div>`;
  }
  // What is written may take all of a small screen, and nothing lies above what to do in danger.
  const isAtHand = calling.state !== 'writing' && step !== 'emergency';
  return html`
    <div class="person wide ${isAtHand ? 'at-hand' : ''}">
      <section part="help" data-focus="help" tabindex="-1" aria-label=${text.helpTitle}>
        <div class="stack">
          <h3>${isOffered(calling) ? text.helpOffer : text.helpTitle}</h3>
          ${body(calling, state, context)}
        </div>
      </section>
    </div>
    ${leave}`;
}

function body(calling: Calling, caller: Caller, context: ViewContext): TemplateResult {
  switch (calling.state) {
    case 'open':
      return ways(context);
    case 'writing':
      return context.more ? context.more.writing(calling, context) : html``;
    case 'sending':
      return html`<p>${context.text.calling}</p>`;
    case 'failed':
      return notReached(calling, caller, context);
    case 'called':
      return called(calling, caller, context);
  }
}

const ways = ({ send, text, more }: ViewContext): TemplateResult => html`
  <p>${text.notCalled}</p>
  <div class="row">
    <button part="button primary" class="protected" type="button" @click=${() => send({ type: 'called', reason: 'person', key: newKey() })}>${text.callPerson}</button>
    ${
      more
        ? html`<button part="button" type="button" @click=${() => send({ type: 'wrote', reason: 'complaint', message: '' })}>${text.tellUs}</button>`
        : nothing
    }
    <button part="button" type="button" @click=${() => send({ type: 'closed-help' })}>${text.close}</button>
  </div>`;

/** Nothing is promised that did not arrive. */
const untold = (caller: Caller, { text }: ViewContext): TemplateResult => html`
  <div part="alert" class="protected stack wide" role="alert">
    <p><strong>${text.notReached}</strong></p>
    ${callLine(text.callUs, caller)}
    <p>${text.notReachedNote}</p>
  </div>`;

/** Staff have not heard of what they must hear of: a person can still be told. */
export const unheard = (caller: Caller, context: ViewContext): TemplateResult => html`
  ${untold(caller, context)}
  <button part="button primary" class="protected" type="button"
    @click=${() => context.send({ type: 'called', reason: 'danger', key: newKey() })}>${context.text.callPerson}</button>`;

const notReached = (
  { reason, message, key }: Extract<Calling, { state: 'sending' | 'failed' }>,
  caller: Caller,
  context: ViewContext,
): TemplateResult => html`
  ${untold(caller, context)}
  <div class="row">
    <button part="button primary" class="protected" type="button" @click=${() => context.send({ type: 'called', reason, message, key })}>${context.text.retry}</button>
    <button part="button" type="button" @click=${() => context.send({ type: 'closed-help' })}>${context.text.close}</button>
  </div>`;

function called(
  { reason, help, unanswered }: Extract<Calling, { state: 'called' }>,
  caller: Caller,
  { send, text, locale }: ViewContext,
): TemplateResult {
  const canClose = isWord(reason) || help.state !== 'waiting' || unanswered || !help.deskOpen;
  return html`
    <div class="protected stack wide">
      <p>${outcome(reason, help, unanswered, text, locale)}</p>
      ${isWord(reason) ? nothing : callLine(text.askUs, caller)}
      <p>${text.number(help.number)}</p>
    </div>
    ${canClose ? html`<button part="button" type="button" @click=${() => send({ type: 'closed-help' })}>${text.close}</button>` : nothing}`;
}

function outcome(
  reason: HelpReason,
  help: Extract<Calling, { state: 'called' }>['help'],
  unanswered: boolean,
  text: ViewContext['text'],
  locale: string,
): TemplateResult | string {
  if (isWord(reason)) return text.calledLater;
  // Only a person's own word says that someone comes; what staff have put aside says nothing of the kind.
  if (help.state === 'done') return text.callClosed;
  if (help.state === 'acknowledged') return text.someoneComes;
  if (!help.deskOpen) return goingTo(text.deskClosed, help, locale);
  return unanswered ? goingTo(text.nobody, help, locale) : text.called;
}

/** What of it is read out as it changes. */
export function helpStatus(
  state: State,
  { text, locale }: Pick<ViewContext, 'text' | 'locale'>,
): TemplateResult | string {
  const { calling } = state;
  if (isOffered(calling)) return text.helpOffer;
  if (calling?.state === 'sending') return text.calling;
  if (calling?.state !== 'called') return '';
  return outcome(calling.reason, calling.help, calling.unanswered, text, locale);
}
