import { html, nothing, type TemplateResult } from 'lit';
import { fullDay } from '../ui/format.ts';
import { worded } from '../ui/worded.ts';
import { appointments, cancelled, cancelling } from './appointments-view.ts';
import type { Messages } from './messages.ts';
import { details } from './details-view.ts';
import { after, preparation, summary } from './pieces.ts';
import { series, seriesBooked } from './series-view.ts';
import { canHold, type In, knowsNeeds, type State } from './state.ts';
import type { ViewContext } from './view-context.ts';
import { waitlist } from './waitlist-view.ts';

export { moreMessages } from './more-messages.ts';
export { moreStyles as partStyles } from './more-styles.ts';
export { filters, needs, notices, people, unmetHere, unmetNotice } from './narrowing-view.ts';

/** The question or the fact that a state beyond the times is about. */
export function moreHeading(state: State, text: Messages): string {
  switch (state.step) {
    case 'triage':
    case 'advised':
      return state.triage ? state.triage.part.triageHeading(state) : '';
    case 'details':
    case 'booking':
      return text.details;
    case 'booked':
      if (state.appointment.status !== 'booked') return text.requested;
      return state.moved ? text.moved : text.booked;
    case 'series':
    case 'booking-series':
      return text.series;
    case 'series-booked':
      return text.seriesBooked(state.visits.filter(({ appointment }) => appointment).length);
    case 'waitlist':
    case 'joining':
      return text.waitlist;
    case 'waiting':
      return state.queued ? text.wishSaved : text.waiting;
    case 'cancelling':
    case 'cancel':
      return text.cancelling;
    case 'cancelled':
      return text.cancelled;
    default:
      return '';
  }
}

/** The language of that: questions before the times may be in another than the words around them. */
export const headingLanguage = (state: State, locale: string): string =>
  'triage' in state && state.triage ? state.triage.part.triageHeadingLanguage(state, locale) : locale;

/** What is going on in such a state. */
export function moreAnnouncement(state: State, text: Messages): string {
  switch (state.step) {
    case 'triage':
      return state.triage ? '' : text.loading;
    case 'details':
      if (!knowsNeeds(state)) return '';
      if (state.unheld) return state.hold ? text.unheld : '';
      if (state.left === 1) return text.lastMinute;
      if (!canHold(state)) return '';
      return state.hold ? text.held : text.holding;
    case 'booking':
      return state.clinic.requestOnly ? text.asking : text.booking;
    case 'series':
      return state.visits ? '' : text.planning;
    case 'booking-series':
      return text.bookingSeries(state.visits.filter(({ appointment }) => appointment).length, state.visits.length);
    case 'joining':
    case 'cancel':
      return text.loading;
    case 'appointments':
      if (!state.appointments) return text.loading;
      return state.appointments.length === 0 ? text.noAppointments : '';
    default:
      return '';
  }
}

/** What the patient sees in such a state. */
export function moreView(state: State, context: ViewContext): TemplateResult | typeof nothing {
  switch (state.step) {
    case 'triage':
    case 'advised':
      return state.triage ? state.triage.part.triageView(state, context) : nothing;
    case 'details':
    case 'booking':
      return details(state, context);
    case 'booked':
      return booked(state, context);
    case 'series':
    case 'booking-series':
      return series(state, context);
    case 'series-booked':
      return seriesBooked(state, context);
    case 'waitlist':
    case 'joining':
      return waitlist(state, context);
    case 'waiting':
      return html`
        <p><strong>${worded(state.visitType.name, state.visitType)}</strong></p>
        <p>${context.text.waitingUntil(fullDay(state.until, context.locale))}</p>
        <p>${state.queued ? context.text.waitingQueued : context.text.waitingNote}</p>
        ${after(state, context)}`;
    case 'appointments':
      return appointments(state, context);
    case 'cancelling':
    case 'cancel':
      return cancelling(state, context);
    case 'cancelled':
      return cancelled(state, context);
    default:
      return nothing;
  }
}

function booked(state: In<'booked'>, context: ViewContext): TemplateResult {
  const { text, saveToCalendar } = context;
  const { appointment, clinic } = state;
  return html`
    ${appointment.status === 'booked' ? nothing : html`<p part="notice" class="wide">${text.requestedNote}</p>`}
    ${summary(appointment, state, context)}
    ${preparation(appointment, text)}
    ${saveToCalendar ? takeAlong(saveToCalendar) : nothing}
    <p>${text.change(clinic.phone)}</p>
    ${after(state, context)}`;

  function takeAlong(save: NonNullable<ViewContext['saveToCalendar']>): TemplateResult {
    return html`
      <div class="row">
        ${
          appointment.start
            ? html`
          <button part="button" @click=${() => save(appointment, clinic)}>${text.saveToCalendar}</button>`
            : nothing
        }
        <button part="button" @click=${() => print()}>${text.print}</button>
      </div>`;
  }
}
