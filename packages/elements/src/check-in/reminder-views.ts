import { dayOf } from '@clinic-widgets/core/time.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { fullDay, timeOfDay } from '../ui/format.ts';
import { withPhone } from './said.ts';
import type { In, ReminderAnswer } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** Two answers of one size. */
export function reminded(state: In<'reminded' | 'responding'>, { send, text }: ViewContext): TemplateResult {
  const busy = state.step === 'responding';
  const answer = (given: ReminderAnswer) => () => {
    if (!busy) send({ type: 'answered-reminder', answer: given, key: newKey() });
  };
  const disabled = busy ? 'true' : 'false';
  return html`
    <div class="ways wide">
      <button part="button" aria-disabled=${disabled} @click=${answer('coming')}>${text.isComing}</button>
      <button part="button" aria-disabled=${disabled} @click=${answer('cannot-come')}>${text.cannotCome}</button>
    </div>`;
}

/** What the clinic has understood, and what can be done before the visit. */
export function responded(state: In<'responded'>, { send, text, locale, finish }: ViewContext): TemplateResult {
  const { answer, response } = state;
  const { start, timeZone } = response;
  const when = start ? `${fullDay(dayOf(start, timeZone), locale)} ${text.at(timeOfDay(start, locale, timeZone))}` : '';
  return html`
    <p>${answer === 'coming' ? text.comingNote(when) : text.cannotComeNote(when)}</p>
    <p>${withPhone(text.askUs, state)}</p>
    <div class="row">
      ${
        answer === 'coming'
          ? html`<button part="button primary" @click=${() => send({ type: 'began', purpose: 'coming' })}>${text.prepareNow}</button>`
          : nothing
      }
      <button part="button" @click=${finish}>${text.finish}</button>
    </div>`;
}
