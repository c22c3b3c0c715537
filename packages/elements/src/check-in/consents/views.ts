import { html, nothing, type TemplateResult } from 'lit';
import type { PartContext } from '../part.ts';
import { isSending } from './agreements.ts';
import { agreementsView } from './agreements-view.ts';
import { isBlocking } from './deciding.ts';
import { decidingHeading, decidingPage, decidingStatus, decidingView } from './deciding-view.ts';
import type { Messages } from './messages.ts';
import type { Action, Decided, State } from './state.ts';

/** What the views are given besides the state. */
export interface ViewContext extends PartContext<Action> {
  readonly text: Messages;
}

/** Names what is on screen. */
export function page(state: State): string {
  if (state.step === 'deciding') return decidingPage(state.deciding);
  if (state.step !== 'agreements') return state.step;
  const { taking, error, list } = state.agreements;
  if (error) return 'agreements failed';
  return list ? `agreements ${taking?.id ?? ''}` : 'agreements';
}

/** What the page is about. */
export function heading(state: State, { text }: Pick<ViewContext, 'text'>): string {
  if (state.step === 'deciding') return decidingHeading(state.deciding, { text });
  if (state.step !== 'agreements') return text.done;
  const { taking, error } = state.agreements;
  if (error) return text.failed;
  return taking ? text.takingBack : text.beforeHeading;
}

/** What is going on. */
export function status(state: State, { text }: Pick<ViewContext, 'text'>): string {
  if (state.step === 'deciding') return decidingStatus(state.deciding, { text });
  if (state.step !== 'agreements' || state.agreements.error) return '';
  if (!state.agreements.list) return text.findingBefore;
  return isSending(state.agreements) ? text.withdrawing : '';
}

/** What the patient sees. */
export function view(state: State, context: ViewContext): TemplateResult {
  const { send, text, session, locale, now, ask } = context;
  switch (state.step) {
    case 'deciding':
      return decidingView(state.deciding, {
        session,
        locale,
        now,
        ask,
        text,
        send: (action) => send({ type: 'of-deciding', action }),
      });
    case 'summary':
      return summary(state, context);
    case 'agreements':
      return agreementsView(state.agreements, {
        session,
        locale,
        text,
        send: (action) => send({ type: 'of-agreements', action }),
        close: () => send({ type: 'closed-agreements' }),
      });
    case 'finished':
      return html``;
  }
}

function summary({ decided, end }: Extract<State, { step: 'summary' }>, { text, send }: ViewContext): TemplateResult {
  const copies = [...new Set(decided.flatMap(({ copy }) => copy ?? []))];
  return html`
    ${last(decided, end, text)}
    ${decidedList(decided, text)}
    ${decided.some(({ queued }) => queued) ? html`<p>${text.queued}</p>` : nothing}
    ${copies.map((copy) => html`<p>${text.copied[copy]}</p>`)}
    <div class="row">
      <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${text.goOn}</button>
      <button type="button" part="button" @click=${() => send({ type: 'opened-agreements' })}>${text.before}</button>
    </div>`;
}

/** What it comes to, first. */
function last(decided: readonly Decided[], end: 'done' | 'at-desk', text: Messages): TemplateResult {
  if (decided.some(isBlocking)) {
    return html`<div part="notice" class="stack wide"><p>${text.blocked}</p><p>${text.nothingLost}</p></div>`;
  }
  if (end === 'at-desk') {
    return html`<p part="notice" class="wide">${decided.length > 0 ? text.atDesk : text.unread}</p>`;
  }
  return html`<p>${decided.length > 0 ? text.doneNote : text.nothing}</p>`;
}

/** Each document and what was decided about it. */
const decidedList = (decided: readonly Decided[], text: Messages): TemplateResult => html`
  <ul class="entries wide">
    ${decided.map(
      ({ document, decision }) => html`
      <li>
        <h3 lang=${document.language} dir="auto">${document.title}</h3>
        <p>${text.outcomes[document.kind === 'privacy-notice' ? ofNotice(decision) : decision]}</p>
      </li>`,
    )}
  </ul>`;

/** A notice is received, not agreed to. */
const ofNotice = (decision: Decided['decision']): keyof Messages['outcomes'] =>
  decision === 'accepted' ? 'received' : decision === 'declined' ? 'not-signed' : decision;
