import type { Order, VisitSummary } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { languageName } from '../../ui/format.ts';
import type { Part, PartContext } from '../part.ts';
import type { Action as PaymentAction, State as PaymentState } from '../payment/state.ts';
import { failedView } from '../pieces.ts';
import { isDeskClosed } from '../state.ts';
import { withPhone } from '../said.ts';
import { BookingRequestedEvent } from './events.ts';
import { isPaying } from './flow.ts';
import type { Messages } from './messages.ts';
import type { Action, In, State } from './state.ts';

/** What the views are given besides the state. */
export interface ViewContext extends PartContext<Action> {
  readonly text: Messages;
  /** Shows what is due. */
  readonly payment: Part<PaymentState, PaymentAction>;
}

/** What the patient sees. */
export function view(state: State, context: ViewContext): TemplateResult {
  switch (state.step) {
    case 'instructions':
      return instructions(state, context);
    case 'next':
      return next(state, context);
    case 'due':
      return due(state, context);
    case 'last':
    case 'checking-out':
      return last(state, context);
    case 'desk':
      return desk(context);
    case 'failed':
      return failed(state, context);
    default:
      return html``;
  }
}

function instructions({ summary, language }: In<'instructions'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  return html`
    ${summary && summary !== 'none' ? words(summary, language, context) : html`<p>${text.noInstructions}</p>`}
    <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${text.goOn}</button>`;
}

const primary = (tag: string): string => tag.split('-')[0]!.toLowerCase();

function words(summary: VisitSummary, wanted: string, { text, locale, session }: ViewContext): TemplateResult {
  const { clinic, visit } = session;
  const { instructions, warning, language } = summary;
  const isForeign = wanted !== '' && primary(language) !== primary(wanted);
  const who = [visit.appointment.practitioner?.name, clinic.name].filter(Boolean).join(', ');
  return html`
    ${
      isForeign
        ? html`<p part="notice" class="wide">${text.foreign(languageName(language, locale), languageName(wanted, locale))}</p>`
        : nothing
    }
    <p part="source" class="protected"><bdi>${text.source(who)}</bdi></p>
    ${
      instructions
        ? html`<p class="prose wide instructions" lang=${language} dir="auto">${instructions}</p>`
        : html`<p>${text.noInstructions}</p>`
    }
    ${
      warning
        ? html`
      <div part="notice" class="stack wide">
        <h3>${text.warning}</h3>
        <p class="prose" lang=${language} dir="auto">${warning}</p>
      </div>`
        : nothing
    }`;
}

function next(state: In<'next'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  return html`
    <p>${text.nextNote}</p>
    <ul class="entries wide">${(state.orders ?? []).map((order) => entry(order, state.wanted.includes(order.id), context))}</ul>
    <div class="row">
      <button type="button" part="button" @click=${() => send({ type: 'went-on' })}>
        ${state.wanted.length > 0 ? text.goOn : text.later}
      </button>
      ${back(context)}
    </div>`;
}

function entry(order: Order, isAskedFor: boolean, { text, send, tell }: ViewContext): TemplateResult {
  const { id, name, orderedBy, urgency, instructions, visitTypeId } = order;
  const book = () => {
    send({ type: 'wanted', orderId: id });
    tell(new BookingRequestedEvent({ orderId: id, visitTypeId }));
  };
  return html`
    <li>
      <h3 dir="auto">${name}</h3>
      ${orderedBy ? html`<p part="source" class="protected"><bdi>${text.orderedBy(orderedBy)}</bdi></p>` : nothing}
      ${urgency === 'urgent' ? html`<p><strong>${text.urgent}</strong></p>` : nothing}
      ${instructions ? html`<p class="prose" dir="auto">${instructions}</p>` : nothing}
      ${isAskedFor ? html`<p part="notice" class="wide">${text.wanted}</p>` : nothing}
      <button type="button" part="button" aria-label=${text.bookOf(name)} @click=${book}>${text.book}</button>
    </li>`;
}

const back = ({ text, send }: ViewContext): TemplateResult =>
  html`<button type="button" part="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`;

/** What is due, and the ways to pay, are the payment part's; nobody is kept here by it. */
function due(state: In<'due'>, context: ViewContext): TemplateResult {
  const { text, send, payment } = context;
  const shown = payment.view(state.payment, {
    ...context,
    send: (action) => send({ type: 'of-payment', action }),
  });
  if (isPaying(state) || state.payment.step === 'reading') return shown;
  return html`
    ${shown}
    <div class="row">
      ${
        state.payment.step === 'failed'
          ? html`<button type="button" part="button" @click=${() => send({ type: 'went-on' })}>${text.without}</button>`
          : nothing
      }
      ${askBill(context)} ${back(context)}
    </div>`;
}

const askBill = ({ text, ask }: ViewContext) =>
  ask ? html`<button type="button" part="button" @click=${() => ask('bill')}>${text.askBill}</button>` : nothing;

function last(state: In<'last' | 'checking-out'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  const busy = state.step === 'checking-out';
  const leave = () => {
    if (!busy) send({ type: 'left-clinic', key: newKey() });
  };
  return html`
    <p>${text.lastNote}</p>
    <div class="row">
      <button type="button" part="button primary" aria-disabled=${busy ? 'true' : 'false'} @click=${leave}>
        ${busy ? text.leaving : text.leave}
      </button>
      ${busy ? nothing : html`${askBill(context)} ${back(context)}`}
    </div>`;
}

const desk = ({ text, send, session }: ViewContext): TemplateResult => html`
  <div part="notice" class="stack wide">
    <p>${isDeskClosed(session) ? text.notEndedNote : text.deskNote}</p>
    <p>${withPhone(text.askUs, session)}</p>
  </div>
  <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${isDeskClosed(session) ? text.goOn : text.toDesk}</button>`;

function failed(state: In<'failed'>, { text, send, session }: ViewContext): TemplateResult {
  const { error, from } = state;
  const isReading = from.step === 'reading';
  return html`
    ${failedView(error, {
      text,
      session,
      retry: () => send({ type: 'retried' }),
      back: isReading ? undefined : () => send({ type: 'went-back' }),
      notes: !isReading && (error.retryable || error.code === 'unexpected') ? [text.uncertain] : [],
    })}
    <button type="button" part="button" @click=${() => send({ type: 'went-on' })}>
      ${isReading ? text.without : isDeskClosed(session) ? text.goOn : text.toDesk}
    </button>`;
}
