import type { Slot } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { fullDay } from '../ui/format.ts';
import { worded } from '../ui/worded.ts';
import type { In, SeriesVisit } from './state.ts';
import { after, preparation, when } from './pieces.ts';
import type { ViewContext } from './view-context.ts';

/** The visits of a series as they could be, with those that could not be fitted. */
export function series(state: In<'series' | 'booking-series'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  const { visits = [], visitType, course } = state;
  const fitted = visits.filter(({ slot }) => slot).length;
  const busy = state.step === 'booking-series';
  return html`
    <p class="wide"><strong>${worded(visitType.name, visitType)}</strong> · ${text.course(course.visits, course.perWeek)}</p>
    ${fitted < visits.length ? html`<p part="notice" class="wide">${text.unfitted(visits.length - fitted)}</p>` : nothing}
    <p>${placeOf(state.slot)}</p>
    ${list(visits, context)}
    ${preparation(visitType, text)}
    ${
      busy || visits.length === 0
        ? nothing
        : html`
      <div class="row">
        <button part="button primary" @click=${() => send({ type: 'confirmed', key: newKey() })}>${text.bookVisits(fitted)}</button>
        <button part="button" @click=${() => send({ type: 'went-back' })}>${text.otherFirst}</button>
      </div>`
    }`;
}

/** What was booked of a series, and what is still to be found a time for. */
export function seriesBooked(state: In<'series-booked'>, context: ViewContext): TemplateResult {
  const { visits, clinic } = state;
  const { text } = context;
  const missing = visits.filter(({ appointment }) => !appointment).length;
  return html`
    ${missing > 0 ? html`<p part="notice" class="wide">${text.missing(missing, clinic.phone)}</p>` : nothing}
    <p>${placeOf(visits.find(({ slot }) => slot)?.slot)}</p>
    ${list(visits, context, text.notBooked)}
    ${preparation(visits.find(({ appointment }) => appointment)?.appointment, text)}
    ${after(state, context)}`;
}

/** The visits; `left` says of a time that it was left at that. */
const list = (visits: readonly SeriesVisit[], context: ViewContext, left?: string): TemplateResult => html`
  <ol part="series" class="series wide">
    ${visits.map((visit) => html`<li>${said(visit, context, left)}</li>`)}
  </ol>`;

const placeOf = (slot: Slot | undefined): string =>
  [slot?.practitioner?.name, slot?.location?.name, slot?.location?.address].filter(Boolean).join(' · ');

function said({ day, slot, appointment, taken }: SeriesVisit, context: ViewContext, left?: string): string {
  const { text, locale } = context;
  if (appointment) return `${when(appointment, context)} – ${text.statuses[appointment.status]}`;
  const why = taken ? text.takenVisit : slot ? left : text.noTimeThen;
  return slot && !why ? when(slot, context) : `${fullDay(day, locale)} – ${why}`;
}
