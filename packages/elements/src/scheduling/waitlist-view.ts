import { newKey } from '@clinic-widgets/core/key.js';
import { addMonths, endOfMonth } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { monthName } from '../ui/format.ts';
import { worded } from '../ui/worded.ts';
import { type In, range } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** How long a patient may want to wait, in months after the one shown. */
const MONTHS = [0, 1, 2, 5];

/** Asks until when to be told of a time that comes free. */
export function waitlist(state: In<'waitlist' | 'joining'>, { send, text, locale, now }: ViewContext): TemplateResult {
  const busy = state.step === 'joining';
  const { to } = range(state, now);
  const ends = MONTHS.map((months) => endOfMonth(addMonths(state.active, months))).filter((end) => end <= to);
  const join = (event: SubmitEvent) => {
    event.preventDefault();
    const until = new FormData(event.target as HTMLFormElement).get('until') as string;
    if (!busy) send({ type: 'joined', until, key: newKey() });
  };
  return html`
    <p><strong>${worded(state.visitType.name, state.visitType)}</strong></p>
    <p>${text.waitlistNote}</p>
    <form class="stack wide" autocomplete="off" @submit=${join}>
      <label>${text.until}
        <select name="until">${(ends.length ? ends : [to]).map((end) => html`<option value=${end}>${monthName(end, locale)}</option>`)}</select>
      </label>
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>${text.joinWaitlist}</button>
        ${
          busy
            ? nothing
            : html`
          <button part="button" type="button" @click=${() => send({ type: 'went-back' })}>${text.otherTime}</button>`
        }
      </div>
    </form>`;
}
