import type { CallBy, Way } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { timeOfDay } from '../ui/format.ts';
import { worded } from '../ui/worded.ts';
import { isUnderWay } from './calling.ts';
import { callLine, langOf, saidIn, withPhone } from './said.ts';
import { type Choosing, type Going, type In, isOnSite, isStale, standingOf } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** The check-list: what is done and what is left. */
export function list(state: In<'list'>, context: ViewContext): TemplateResult {
  const { send, text, locale } = context;
  const { start, timeZone, visitType } = state.visit.appointment;
  const standing = standingOf(state);
  const next = standing.find((one) => one.state === 'open');
  const { timing } = state.visit;
  return html`
    <p><strong>${worded(visitType?.name, state.visit.appointment)}</strong> ${start ? text.at(timeOfDay(start, locale, timeZone)) : ''}</p>
    ${isOnSite(state) && (timing === 'early' || timing === 'late') ? html`<p part="notice">${text[timing]}</p>` : nothing}
    ${standing.length === 0 ? html`<p>${text.listNone}</p>` : checkList(state, context, true)}
    ${
      next
        ? html`
      <button part="button primary" @click=${() => send({ type: 'opened', name: next.name })}>
        ${standing.every((one) => one.state === 'open') ? text.start : text.goOn}</button>`
        : html`<button part="button primary" @click=${() => send({ type: 'finished', key: newKey() })}>${text.ready}</button>`
    }`;
}

const MARKS = { open: '○', done: '✓', 'at-desk': '→' } as const;

function checkList(state: Going, { send, text }: ViewContext, isOpen: boolean): TemplateResult {
  return html`
    <ol part="answers" class="check-list wide">
      ${standingOf(state).map(
        ({ name, state: is }) => html`
        <li class=${is}>
          <span aria-hidden="true">${MARKS[is]}</span>
          ${
            isOpen && is !== 'done'
              ? html`<button part="choice" type="button" @click=${() => send({ type: 'opened', name })}>${text.preparations[name]}</button>`
              : html`<span>${text.preparations[name]}</span>`
          }
          <span class="hint">${text.states[is]}</span>
        </li>`,
      )}
    </ol>`;
}

/** How far the patient has come, above a part. */
export function progress(state: In<'part'>, { text }: ViewContext): TemplateResult | typeof nothing {
  const standing = standingOf(state);
  const at = standing.findIndex(({ name }) => name === state.part.name);
  if (at < 0) return nothing;
  return html`
    <div part="progress" class="wide">
      <p class="hint">${text.step(at + 1, standing.length)} · ${text.preparations[standing[at]!.name]}</p>
      <progress max=${standing.length} value=${at + 1} aria-hidden="true"></progress>
    </div>`;
}

/** The ways out of a part. */
export function partWays(state: In<'part'>, { send, text }: ViewContext): TemplateResult | typeof nothing {
  if (state.purpose !== 'coming' || state.part.holds(state.inner)) return nothing;
  return html`
    <div class="row">
      <button part="button" type="button" class="quiet" @click=${() => send({ type: 'listed' })}>${text.toList}</button>
      <button part="button" type="button" class="quiet" @click=${() => send({ type: 'skipped', key: newKey() })}>${text.skip}</button>
    </div>`;
}

/** Where to go, how long it may take, and how to be called. */
export function done(state: In<'done'>, context: ViewContext): TemplateResult {
  const { text, finish } = context;
  const { visit, desk } = state;
  const { ticket, way } = visit;
  if (!isOnSite(state)) return prepared(state, context);
  return html`
    ${ticket ? html`<p>${text.ticket}: <strong class="ticket">${ticket}</strong></p><p class="hint">${text.ticketNote}</p>` : nothing}
    ${desk ? unfinished(state, text.deskReasons.unfinished, text) : nothing}
    ${desk ? nothing : waitView(state, context)}
    ${way ? wayView(way, context) : nothing}
    ${ticket ? callBy(state, context) : nothing}
    <p class="hint">${text.finishNote}</p>
    <button part="button primary" @click=${finish}>${text.finish}</button>`;
}

/** The clinic's own words, which need not be in the patient's language. */
function wayView(way: Way, { text, locale }: ViewContext): TemplateResult {
  const said = saidIn<Way & { readonly alt?: string | undefined }>(locale, way);
  const { words, stepFree, picture, alt = picture?.alt } = said;
  const lang = langOf(said, locale);
  return html`
    <section class="stack wide" part="help">
      <h3>${text.where}</h3>
      <p class="prose" lang=${lang}>${words}</p>
      ${stepFree ? html`<p class="prose"><strong>${text.stepFree}:</strong> <span lang=${lang}>${stepFree}</span></p>` : nothing}
      ${picture ? html`<img src=${picture.url} alt=${alt} lang=${lang} />` : nothing}
    </section>`;
}

function prepared(state: In<'done'>, { text, finish }: ViewContext): TemplateResult {
  return html`
    ${state.desk ? unfinished(state, text.almostReadyNote, text) : html`<p>${text.donePreparedNote}</p>`}
    <button part="button primary" @click=${finish}>${text.finish}</button>`;
}

/** What the desk has to do with the patient. */
function unfinished(state: In<'done'>, note: string, text: ViewContext['text']): TemplateResult {
  const open = standingOf(state).filter(({ mandatory, state: is }) => mandatory && is !== 'done');
  return html`
    <div part="notice" class="stack wide">
      <p><strong>${text.unfinished}</strong></p>
      <ul>${open.map(({ name }) => html`<li>${text.preparations[name]}</li>`)}</ul>
      <p>${note}</p>
    </div>`;
}

/** It is said by the live region that outlives the steps; here it stands to be read. */
function waitView(state: In<'done'>, { text, locale }: ViewContext): TemplateResult {
  const number = new Intl.NumberFormat(locale);
  const { progress: now, forgotten } = state;
  // Who is called, or has to go to the desk, does not wait any more.
  if (forgotten || isStale(state) || (now && now.state !== 'waiting')) return html``;
  if (!now?.wait) return html`<p>${text.waitUnknown}</p>`;
  const { least, most } = now.wait;
  return html`<p>${text.wait(least > 0 ? number.format(least) : '', number.format(most))}</p>`;
}

const CALLS: readonly CallBy[] = ['screen', 'text', 'person'];

function callBy(state: In<'done'>, { send, text }: ViewContext): TemplateResult {
  const { choosing, visit } = state;
  const chosen = choosing?.state === 'sending' ? choosing.callBy : visit.callBy;
  return html`
    <fieldset class="wide">
      <legend>${text.callBy}</legend>
      <div role="status">${callByStatus(choosing, text)}</div>
      ${CALLS.map(
        (one) => html`
        <label class="choice"><input type="radio" name="call-by" autocomplete="off" .checked=${chosen === one}
          @change=${() => send({ type: 'chose-call', callBy: one, key: newKey() })} />
          <span>${text.callByOptions[one]}</span></label>`,
      )}
    </fieldset>`;
}

function callByStatus(choosing: Choosing | undefined, text: ViewContext['text']): TemplateResult | typeof nothing {
  if (choosing?.state === 'told') return html`<p>${text.callByTold}</p>`;
  if (choosing?.state === 'sending') return html`<p>${text.sending}</p>`;
  return choosing?.state === 'failed' ? html`<p part="alert">${text.callByLost}</p>` : nothing;
}

const next = (line = ''): string => (line ? `\n${line}` : '');

/** Someone has to see to it. */
export function desk(state: In<'desk'>, { send, text, finish, locale }: ViewContext): TemplateResult {
  const { reason, visit, calling } = state;
  const location = reason === 'elsewhere' ? visit?.appointment.location : undefined;
  const { start, timeZone, visitType } = visit?.appointment ?? {};
  return html`
    <p>${text.deskReasons[reason]}</p>
    ${
      location
        ? html`<p part="notice" class="prose"><strong>${location.name}</strong>${next(location.address)}${location.directions ? html`\n${worded(location.directions, location)}` : nothing}${withPhone(next, { host: state.host, clinic: location })}</p>`
        : nothing
    }
    ${callLine(text.askUs, state)}
    ${start && timeZone && reason !== 'changed' ? html`<p class="hint">${worded(visitType?.name, visit?.appointment)} ${text.at(timeOfDay(start, locale, timeZone))}</p>` : nothing}
    <div class="row">
      ${
        isUnderWay(calling)
          ? nothing
          : html`<button part="button primary" @click=${() => send({ type: 'called', reason: 'visit', key: newKey() })}>${text.deskNumber}</button>`
      }
      <button part="button" @click=${finish}>${text.finish}</button>
    </div>`;
}
