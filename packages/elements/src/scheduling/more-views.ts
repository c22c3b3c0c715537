import { html, nothing, type TemplateResult } from 'lit';
import { appointments, cancelled, cancelling } from './appointments-view.ts';
import type { Messages } from './messages.ts';
import { after, type ViewContext } from './pieces.ts';
import { series, seriesBooked } from './series-view.ts';
import type { State } from './state.ts';
import { waitlist } from './waitlist-view.ts';

export { moreMessages } from './more-messages.ts';
export { moreStyles } from './more-styles.ts';
export { filters, needs, people, unmetHere, unmetNotice } from './narrowing-view.ts';

/** The question or the fact that a state beyond a plain booking is about. */
export function moreHeading(state: State, text: Messages): string {
  switch (state.step) {
    case 'series':
    case 'booking-series':
      return text.series;
    case 'series-booked':
      return text.seriesBooked(state.visits.filter(({ appointment }) => appointment).length);
    case 'waitlist':
    case 'joining':
      return text.waitlist;
    case 'waiting':
      return text.waiting;
    case 'cancelling':
    case 'cancel':
      return text.cancelling;
    case 'cancelled':
      return text.cancelled;
    default:
      return '';
  }
}

/** What is going on in such a state. */
export function moreAnnouncement(state: State, text: Messages): string {
  switch (state.step) {
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
