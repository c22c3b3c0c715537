import type { Factor } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { timeOfDay } from '../ui/format.ts';
import { worded } from '../ui/worded.ts';
import { errorsOf, NOTHING_WRONG } from './fields.ts';
import { fieldRow, focusWrong } from './pieces.ts';
import type { In } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** One more thing that only the patient knows. */
export function challenged(state: In<'challenged' | 'answering'>, context: ViewContext): TemplateResult {
  const { send, text, locale } = context;
  const { challenge, factor, value } = state;
  const { initials, start, timeZone, factors } = challenge;
  const busy = state.step === 'answering';
  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    send({ type: 'answered', key: newKey() });
    focusWrong(event.currentTarget as Element);
  };
  const others = factors.filter((one) => one !== factor);
  return html`
    <p>${text.challengeFor(initials, start ? timeOfDay(start, locale, timeZone) : '')}</p>
    <form class="stack wide" novalidate @submit=${submit}>
      ${fieldRow({
        id: 'factor',
        label: text.factors[factor],
        value,
        error: errorsOf(busy ? NOTHING_WRONG : state, text)('value'),
        mode: factor === 'phone-last-four' ? 'numeric' : 'text',
        capitalize: factor === 'given-name' ? 'words' : 'characters',
        most: 200,
        write: (typed) => send({ type: 'typed-factor', value: typed }),
      })}
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>${busy ? text.looking : text.next}</button>
        ${
          busy
            ? nothing
            : html`<button part="button" type="button" @click=${() => send({ type: 'went-back' })}>${text.notMe}</button>`
        }
      </div>
      ${busy || others.length === 0 ? nothing : otherFactors(others, context)}
    </form>`;
}

/** Whoever has another number now, or has moved, can answer something else. */
const otherFactors = (others: readonly Factor[], { send, text }: ViewContext): TemplateResult => html`
  <div class="row" role="group" aria-labelledby="other-factors">
    <span class="hint" id="other-factors">${text.otherFactor}</span>
    ${others.map(
      (one) => html`
      <button part="button" type="button" @click=${() => send({ type: 'chose-factor', factor: one })}>${text.factors[one]}</button>`,
    )}
  </div>`;

/** Several visits of one day. */
export function visits(state: In<'visits'>, { send, text, locale }: ViewContext): TemplateResult {
  return html`
    <ul part="choices" class="ways wide">
      ${state.visits.map((visit) => {
        const { start, timeZone, visitType, practitioner, location } = visit.appointment;
        return html`
        <li><button part="choice" class="card" @click=${() => send({ type: 'chose-visit', visit, key: newKey() })}>
          <strong>${worded(visitType?.name, visit.appointment)} ${start ? text.at(timeOfDay(start, locale, timeZone)) : ''}</strong>
          ${practitioner ? html`<span>${practitioner.name}</span>` : nothing}
          ${location ? html`<span class="hint">${location.name}</span>` : nothing}
        </button></li>`;
      })}
    </ul>
    <button part="button" @click=${() => send({ type: 'went-back' })}>${text.notMe}</button>`;
}

/** On a phone: from home, or by the code on the lobby's sign. */
export function here(state: In<'here'>, { send, text }: ViewContext): TemplateResult {
  const come = (event: Event) => {
    event.preventDefault();
    send({ type: 'came', key: newKey() });
    focusWrong(event.currentTarget as Element);
  };
  return html`
    <button part="button primary" @click=${() => send({ type: 'prepares' })}>${text.iAmHome}</button>
    <form class="stack wide" novalidate @submit=${come}>
      ${fieldRow({
        id: 'lobby-code',
        label: text.lobbyCode,
        value: state.lobbyCode,
        error: state.trouble && text.lobbyTroubles[state.trouble],
        capitalize: 'characters',
        most: 64,
        write: (code) => send({ type: 'typed-lobby-code', code }),
      })}
      <button part="button">${text.iAmHere}</button>
    </form>`;
}
