import { html, nothing, type TemplateResult } from 'lit';
import { withNumber } from '../ui/phone-number.ts';
import { alertView } from './alert-view.ts';
import { outcomeOf, outcomeText } from './filling.ts';
import { reviewView } from './review-view.ts';
import type { In } from './state.ts';
import type { OpenContext } from './view-context.ts';
import { languageOf } from './words.ts';

/** All answers, to be looked through and sent. */
export function review(state: In<'review' | 'sending'>, context: OpenContext): TemplateResult {
  const { send, text, now } = context;
  const busy = state.step === 'sending' || state.confirmed !== undefined;
  const confirm = () => {
    if (!busy) send({ type: 'confirmed', authored: now() });
  };
  return html`
    ${reviewView(state.filling, busy, context)}
    <div class="row">
      <button part="button primary" aria-disabled=${busy ? 'true' : 'false'} @click=${confirm}>
        ${busy ? text.sending : text.send}
      </button>
      ${
        busy
          ? nothing
          : html`<button part="button" @click=${() => send({ type: 'turned', to: 'back' })}>${text.back}</button>`
      }
    </div>
    <p class="hint">${withNumber(text.askUs(context.phone), context.phone, state.host)}</p>`;
}

/** What has become of the answers. */
export function sent(state: In<'sent'>, context: OpenContext): TemplateResult {
  const { text, send } = context;
  const { form, host, queued, filling } = state;
  const outcome = outcomeOf(filling);
  return html`
    ${filling.alerts.length > 0 ? alertView(filling.alerts, filling, context) : nothing}
    ${outcome ? outcomeText(filling, outcome).map((words) => html`<p part="notice" class="prose wide" dir="auto" lang=${languageOf(filling, context)}>${words}</p>`) : nothing}
    ${queued ? html`<p>${text.queued}</p>` : nothing}
    <p>${form.purpose === 'safety' ? text.sentSafety : text.sentNote}</p>
    ${
      host.formId
        ? nothing
        : html`<button part="button" @click=${() => send({ type: 'listed' })}>${text.otherForms}</button>`
    }
    <p>${withNumber(text.askUs(context.phone), context.phone, host)}</p>`;
}
