import type { Appointment, Order, VisitSummary } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { dayOf } from '@clinic-widgets/core/time.js';
import { foreignZone, fullDay, languageName, timeOfDay } from '../../ui/format.ts';
import type { Part, PartContext } from '../part.ts';
import type { Action as PaymentAction, State as PaymentState } from '../payment/state.ts';
import { failedView } from '../pieces.ts';
import { withPhone } from '../said.ts';
import type { BookingContext, Settled } from './booking.ts';
import { canBook, isPaying } from './flow.ts';
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
    case 'booking':
      return booking(state, context);
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
  const { text, send, session } = context;
  const { orders = [], settled } = state;
  const open = orders.filter((order) => canBook(order, session) && !settled[order.id]);
  return html`
    <p>${open.length > 0 ? text.nextNote : text.nextNoteDone}</p>
    <ul class="entries wide">${orders.map((order) => entry(order, settled[order.id], context))}</ul>
    <div class="row">
      <button type="button" part="button" @click=${() => send({ type: 'went-on' })}>
        ${open.length === orders.length ? text.later : text.goOn}
      </button>
      ${back(context)}
    </div>`;
}

function entry(order: Order, settled: Settled | undefined, context: ViewContext): TemplateResult {
  const { name, orderedBy, urgency, instructions, language = nothing } = order;
  const { text } = context;
  return html`
    <li>
      <h3 lang=${language} dir="auto">${name}</h3>
      ${orderedBy ? html`<p part="source" class="protected"><bdi>${text.orderedBy(orderedBy)}</bdi></p>` : nothing}
      ${urgency === 'urgent' ? html`<p><strong>${text.urgent}</strong></p>` : nothing}
      ${instructions ? html`<p class="prose" lang=${language} dir="auto">${instructions}</p>` : nothing}
      ${standing(order, settled, context)}
    </li>`;
}

/** How it stands with an order, and the way to book it. */
function standing(order: Order, settled: Settled | undefined, context: ViewContext): TemplateResult {
  const { text, send, session, locale } = context;
  if (!canBook(order, session) || settled?.kind === 'at-desk' || settled?.kind === 'gone') {
    return html`
      <div part="notice" class="stack wide">
        <p>${settled?.kind === 'gone' ? text.gone : text.deskBooks}</p>
        <p>${withPhone(text.askUs, session)}</p>
      </div>`;
  }
  if (settled?.kind === 'booked') return booked(order, settled.appointments, context);
  const book = () => send({ type: 'wanted', order });
  return html`
    ${settled ? html`<p part="notice" class="wide">${(settled.queued ? text.willWaitUntil : text.waitsUntil)(fullDay(settled.until, locale))}</p>` : nothing}
    <button type="button" part="button" aria-label=${text.bookOf(order.name)} @click=${book}>${text.book}</button>`;
}

function booked({ visits = 1 }: Order, made: readonly Appointment[], { text, locale }: ViewContext): TemplateResult {
  const isCertain = made.every(({ status }) => status === 'booked');
  return html`
    <div part="notice" class="stack wide">
      ${made.map((one) => html`<p><strong>${(isCertain ? text.bookedFor : text.requestedFor)(whenOf(one, locale))}</strong></p>`)}
      ${isCertain ? nothing : html`<p>${text.requestedNote}</p>`}
      ${made.length < visits ? html`<p>${text.rest(made.length, visits)}</p>` : nothing}
    </div>`;
}

/** The day and the time, with the zone where the reader's clock shows another time. */
function whenOf({ start, timeZone }: Appointment, locale: string): string {
  if (!start) return '';
  const zone = foreignZone({ start, timeZone }, locale);
  const at = `${fullDay(dayOf(start, timeZone), locale)}, ${timeOfDay(start, locale, timeZone)}`;
  return zone ? `${at} (${zone})` : at;
}

/** What the views of the picker are given. */
export const bookingContext = ({ send, text, ...context }: ViewContext): BookingContext => ({
  ...context,
  words: { bookVisit: text.toList, unfitted: text.unfitted, missing: text.missing },
  send: (action) => send({ type: 'of-booking', action }),
});

function booking({ part, inner }: In<'booking'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  const toList = html`
    <button type="button" part="button" @click=${() => send({ type: 'went-back' })}>${text.toList}</button>`;
  if (!part || !inner) return toList;
  return html`
    ${part.view(inner, bookingContext(context))}
    ${part.holds(inner) || part.leadsBack(inner) ? nothing : toList}`;
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
    <p>${text.deskNote}</p>
    <p>${withPhone(text.askUs, session)}</p>
  </div>
  <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${text.toDesk}</button>`;

function failed(state: In<'failed'>, { text, send, session }: ViewContext): TemplateResult {
  const { error, from } = state;
  const retry = () => send({ type: 'retried' });
  const goBack = () => send({ type: 'went-back' });
  if (from.step === 'booking') return failedView(error, { text, session, retry, back: goBack });
  const isReading = from.step === 'reading';
  return html`
    ${failedView(error, {
      text,
      session,
      retry,
      back: isReading ? undefined : goBack,
      notes: !isReading && (error.retryable || error.code === 'unexpected') ? [text.uncertain] : [],
    })}
    <button type="button" part="button" @click=${() => send({ type: 'went-on' })}>
      ${isReading ? text.without : text.toDesk}
    </button>`;
}
