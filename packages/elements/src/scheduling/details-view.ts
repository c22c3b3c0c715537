import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { type In, knowsNeeds } from './state.ts';
import { preparation, summary, when } from './pieces.ts';
import type { ViewContext } from './view-context.ts';

/** What is about to be booked or moved, to be confirmed while the time is held. */
export function details(state: In<'details' | 'booking'>, context: ViewContext): TemplateResult | typeof nothing {
  const { send, text } = context;
  const { slot, visitType, clinic, reason, moving, filter, left, unheld, refused = false } = state;
  const busy = state.step === 'booking';
  const confirm = (event: Event) => {
    event.preventDefault();
    if (!busy) send({ type: 'confirmed', key: newKey() });
  };
  if (!knowsNeeds(state)) return context.more?.unmetHere(state, context) ?? nothing;
  const idle = moving ? text.move : clinic.requestOnly ? text.ask : text.confirm;
  const label = busy ? (clinic.requestOnly ? text.asking : text.booking) : idle;
  return html`
    ${left !== undefined && !unheld ? html`<p class="hint">${text.left(left)}</p>` : nothing}
    ${clinic.requestOnly ? html`<p part="notice" class="wide">${text.willConfirm}</p>` : nothing}
    ${moving ? html`<p part="notice" class="wide">${text.movingFrom(when(moving, context))}</p>` : nothing}
    ${summary({ ...slot, mode: filter.mode, visitType, language: visitType.language }, state, context)}
    ${preparation(visitType, text)}
    <form class="stack wide" @submit=${confirm}>
      ${moving ? nothing : reasonField()}
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>${label}</button>
        ${
          busy
            ? nothing
            : html`
          <button part="button" type="button" @click=${() => send({ type: 'went-back' })}>${text.otherTime}</button>`
        }
      </div>
    </form>`;

  function reasonField(): TemplateResult {
    const type = (event: Event) => send({ type: 'typed', reason: (event.target as HTMLTextAreaElement).value });
    return html`
      <div class="wide">
        <label for="reason">${text.reason}</label>
        ${refused ? html`<p part="error" class="error" id="reason-error">${text.refusedReason}</p>` : nothing}
        <textarea
          id="reason" rows="3" maxlength="2000" autocomplete="off" spellcheck="false" .value=${reason} ?readonly=${busy} @input=${type}
          aria-invalid=${refused ? 'true' : 'false'} aria-describedby=${refused ? 'reason-error' : nothing}
        ></textarea>
      </div>`;
  }
}
