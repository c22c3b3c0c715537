import type { Charge } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { PartContext } from '../part.ts';
import { failedView } from '../pieces.ts';
import { canGoBack, isPaid } from './flow.ts';
import type { Messages } from './messages.ts';
import { moneyWords, totalsOf } from './money.ts';
import { paymentRequest } from './request.ts';
import type { Action, In, State } from './state.ts';

/** What the views are given besides the state. */
export interface ViewContext extends PartContext<Action> {
  readonly text: Messages;
}

/** What the patient sees. */
export function view(state: State, context: ViewContext): TemplateResult {
  switch (state.step) {
    case 'choosing':
      return choosing(state, context);
    case 'sending':
      return state.choice === 'paid' ? html`` : choosing(state, context);
    case 'paying':
      return paying(state, context);
    case 'told':
      return told(state, context);
    case 'failed':
      return failed(state, context);
    default:
      return html``;
  }
}

function choosing(state: In<'choosing' | 'sending'>, context: ViewContext): TemplateResult {
  const { text, send, tell, session } = context;
  const { charges } = state;
  const busy = state.step === 'sending';
  const notice = state.step === 'choosing' ? state.notice : undefined;
  const ask = () => {
    const request = paymentRequest({
      appointmentId: session.visit.appointment.id,
      chargeIds: charges.map(({ id }) => id),
      amounts: totalsOf(charges),
    });
    tell(request.event);
    send({ type: 'asked', request });
  };
  const choose = (choice: 'at-desk' | 'cannot-pay') => () => send({ type: 'chose', choice, key: newKey() });
  const way = (label: string, press: () => void) => html`
    <button type="button" part="button" class="protected" aria-disabled=${busy ? 'true' : 'false'}
      @click=${() => (busy ? undefined : press())}>${label}</button>`;
  return html`
    ${notice ? html`<p part="notice" class="wide" role="alert">${text.notices[notice]}</p>` : nothing}
    <p part="source" class="protected"><bdi>${text.source(session.clinic.name)}</bdi></p>
    ${chargesView(charges, context)}
    <div part="answers" class="answers">
      <div class="equal">
        ${way(text.payNow, ask)} ${way(text.atDesk, choose('at-desk'))} ${way(text.cannotPay, choose('cannot-pay'))}
      </div>
    </div>
    <p class="hint">${busy ? text.sending : text.notKept}</p>`;
}

const chargesView = (charges: readonly Charge[], { text, locale }: ViewContext): TemplateResult => html`
  <dl part="details" class="charges wide">
    ${charges.map(
      ({ label, language, amount }) =>
        html`<div><dt><bdi lang=${language ?? nothing}>${label}</bdi></dt><dd>${moneyWords(amount, locale)}</dd></div>`,
    )}
    ${totalsOf(charges).map(
      (total) => html`<div class="total"><dt>${text.total}</dt><dd>${moneyWords(total, locale)}</dd></div>`,
    )}
  </dl>`;

/** Where the number of a card is asked for is not the kit's. */
function paying({ charges, request }: In<'paying'>, { text, send, locale }: ViewContext): TemplateResult {
  const stop = () => {
    request.stop();
    send({ type: 'stopped' });
  };
  return html`
    <p>${text.payingNote}</p>
    ${totalsOf(charges).map((total) => html`<p><strong>${moneyWords(total, locale)}</strong></p>`)}
    <button type="button" part="button" @click=${stop}>${text.stop}</button>`;
}

const told = ({ reference, charges, choice, queued }: In<'told'>, { text, send, locale }: ViewContext) => html`
  ${queued ? html`<p part="notice" class="wide">${text.queued}</p>` : nothing}
  ${
    choice === 'paid'
      ? totalsOf(charges).map((total) => html`<p><strong>${moneyWords(total, locale)}</strong></p>`)
      : nothing
  }
  ${reference ? html`<p>${text.reference(reference)}</p>` : nothing}
  <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${text.goOn}</button>`;

function failed(state: In<'failed'>, { text, send, session }: ViewContext): TemplateResult {
  const { error, from } = state;
  const reference = from.step === 'sending' ? from.reference : undefined;
  const isUncertain = error.code === 'unavailable' || error.code === 'unexpected';
  return html`
    ${failedView(error, {
      text,
      session,
      retry: () => send({ type: 'retried' }),
      ...(canGoBack(state) && { back: () => send({ type: 'went-back' }) }),
      notes: [
        ...(reference ? [text.paidUnsent, text.reference(reference), text.keepReference] : []),
        ...(from.step === 'sending' && isUncertain ? [text.uncertain] : []),
      ],
    })}
    ${
      isPaid(state)
        ? html`<button type="button" part="button" @click=${() => send({ type: 'went-on' })}>${text.goOn}</button>`
        : nothing
    }`;
}
