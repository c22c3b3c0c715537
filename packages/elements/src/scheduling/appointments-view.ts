import type { Appointment, CancelReason } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { fullDay } from '../ui/format.ts';
import { worded } from '../ui/worded.ts';
import { type In, isToCome } from './state.ts';
import { people } from './narrowing-view.ts';
import { after, preparation, summary, when } from './pieces.ts';
import type { ViewContext } from './view-context.ts';

const REASONS: readonly CancelReason[] = [
  'cannot-come',
  'feeling-better',
  'no-transport',
  'cannot-pay',
  'moved-away',
  'other',
];

/** What the patient has before them, each with the ways to change it. */
export function appointments(state: In<'appointments'>, context: ViewContext): TemplateResult {
  const { send, text, locale, saveToCalendar } = context;
  const { clinic, visitTypes, appointments: listed = [], notice } = state;
  return html`
    ${notice ? html`<p part="notice" class="wide" role="alert">${text.changed}</p>` : nothing}
    ${people(state, context)}
    <ul part="appointments" class="stack wide">${listed.map((appointment) => html`<li class="wide">${one(appointment)}</li>`)}</ul>
    ${listed.length > 0 ? html`<p>${text.change(clinic.phone)}</p>` : nothing}
    <button part="button primary" @click=${() => send({ type: 'started-over' })}>${text.bookVisit}</button>`;

  function one(appointment: Appointment): TemplateResult {
    const { status, requested, visitType, instructions } = appointment;
    const named = when(appointment, context) || visitType?.name || '';
    const can = (operation: string) => isToCome(appointment) && clinic.supports.includes(operation);
    const movable =
      can('rescheduleAppointment') && status === 'booked' && visitTypes.some(({ id }) => id === visitType?.id);
    return html`
      <section part="appointment" class="stack card">
        <h3>${visitType ? worded(visitType.name, appointment) : text.what} ${status === 'booked' ? nothing : html`<span class="mark">${text.statuses[status]}</span>`}</h3>
        ${requested ? html`<p>${text.between(fullDay(requested.from, locale), fullDay(requested.to, locale))}</p>` : nothing}
        ${summary({ ...appointment, visitType: undefined }, state, context)}
        ${instructions ? html`<details><summary>${text.prepare}</summary>${preparation(appointment, text)}</details>` : nothing}
        <div class="row">
          ${movable ? action(text.changeTime, { type: 'chose-to-move', appointment }) : nothing}
          ${can('cancelAppointment') ? action(status === 'waitlist' ? text.leaveWaitlist : text.cancel, { type: 'chose-to-cancel', appointment }) : nothing}
          ${
            appointment.start && saveToCalendar
              ? html`
            <button part="button" aria-label=${`${text.saveToCalendar}: ${named}`} @click=${() => saveToCalendar(appointment, clinic)}>${text.saveToCalendar}</button>`
              : nothing
          }
        </div>
      </section>`;

    function action(label: string, does: Parameters<typeof send>[0]): TemplateResult {
      return html`<button part="button" aria-label=${`${label}: ${named}`} @click=${() => send(does)}>${label}</button>`;
    }
  }
}

/** Asks why, and whether it is meant. */
export function cancelling(state: In<'cancelling' | 'cancel'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  const busy = state.step === 'cancel';
  const confirm = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = new FormData(event.target as HTMLFormElement).get('reason') as CancelReason;
    if (!busy) send({ type: 'cancelled', reason, key: newKey() });
  };
  return html`
    ${summary(state.appointment, state, context)}
    <form class="stack wide" autocomplete="off" @submit=${confirm}>
      <fieldset class="list">
        <legend>${text.why}</legend>
        ${REASONS.map(
          (reason, index) => html`
          <label class="choice"><input type="radio" name="reason" value=${reason} ?checked=${index === 0} /> ${text.reasons[reason]}</label>`,
        )}
      </fieldset>
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>${text.cancelIt}</button>
        ${
          busy
            ? nothing
            : html`
          <button part="button" type="button" @click=${() => send({ type: 'went-back' })}>${text.keepIt}</button>`
        }
      </div>
    </form>`;
}

/** It is off, and what can be done instead. */
export const cancelled = (state: In<'cancelled'>, context: ViewContext): TemplateResult => html`
  <p>${when(state.appointment, context) || worded(state.appointment.visitType?.name, state.appointment)}</p>
    ${after(state, context)}`;
