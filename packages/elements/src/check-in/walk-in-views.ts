import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { withNumber } from '../ui/phone-number.ts';
import { birthDate, errorsOf, NOTHING_WRONG } from './fields.ts';
import { fieldRow, focusWrong } from './pieces.ts';
import { callLine, goingTo } from './said.ts';
import { type In, isOnSite, type WalkInEntry } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** The first question, with two answers of one size. */
export function danger(_: In<'danger'>, { send, text }: ViewContext): TemplateResult {
  const answer = (yes: boolean) => () => send({ type: 'in-danger', yes, key: newKey() });
  return html`
    <p>${text.dangerNote}</p>
    <div class="ways wide">
      <button part="button emergency" class="protected" @click=${answer(true)}>${text.yes}</button>
      <button part="button" @click=${answer(false)}>${text.no}</button>
    </div>
    <button part="button" class="quiet" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`;
}

/** Staff are being told; this is what to do meanwhile. A kiosk cannot dial. */
export function emergency(state: In<'emergency'>, { text, finish }: ViewContext): TemplateResult {
  const onSite = isOnSite(state);
  return html`
    <div part="alert emergency" class="stack wide protected">
      ${onSite ? nothing : html`<p><a part="button primary" class="urgent" href="tel:911">${text.callEmergency}</a></p>`}
      <p class=${onSite ? 'urgent' : ''}>${text.emergencyNote}</p>
      <p>${withNumber(text.crisis, '988', { onSite })}</p>
    </div>
    <button part="button" @click=${finish}>${text.finish}</button>`;
}

/** Who somebody says that they are, and why they came. */
export function walkIn(state: In<'walk-in' | 'walking-in'>, { send, text }: ViewContext): TemplateResult {
  const { entry } = state;
  const busy = state.step === 'walking-in';
  const errorOf = errorsOf(busy ? NOTHING_WRONG : state, text);
  const type = (change: Partial<WalkInEntry>) => send({ type: 'typed-walk-in', entry: change });
  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    send({ type: 'sent-walk-in', key: newKey() });
    focusWrong(event.currentTarget as Element);
  };
  return html`
    <p>${text.walkInNote}</p>
    <form class="stack wide" novalidate @submit=${submit}>
      ${fieldRow({ id: 'reason', label: text.reason, value: entry.reason, error: errorOf('reason'), lines: 3, most: 2000, write: (reason) => type({ reason }) })}
      ${fieldRow({ id: 'given-name', label: text.givenName, hint: text.optional, value: entry.givenName, error: errorOf('givenName'), capitalize: 'words', most: 200, write: (givenName) => type({ givenName }) })}
      ${fieldRow({ id: 'family-name', label: text.familyName, value: entry.familyName, error: errorOf('familyName'), capitalize: 'words', most: 200, write: (familyName) => type({ familyName }) })}
      ${birthDate(entry, type, { text, error: errorOf('birthDate'), hint: text.optional })}
      ${fieldRow({ id: 'phone', label: text.phone, hint: text.optional, value: entry.phone, error: errorOf('phone'), mode: 'tel', most: 50, write: (phone) => type({ phone }) })}
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>${busy ? text.sending : text.send}</button>
        ${busy ? nothing : html`<button part="button" type="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`}
      </div>
    </form>`;
}

/** They wait for their number. */
export function takenIn(state: In<'taken-in'>, { text, finish, locale }: ViewContext): TemplateResult {
  const { help } = state;
  return html`
    <p>${text.ticket}: <strong class="ticket">${help.number}</strong></p>
    <p>${help.deskOpen ? text.takenInNote : goingTo(text.deskClosed, help, locale)}</p>
    ${callLine(text.askUs, state)}
    <button part="button primary" @click=${finish}>${text.finish}</button>`;
}
