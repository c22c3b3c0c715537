import type { CoverageOnFile } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { PartContext } from '../part.ts';
import { failedView } from '../pieces.ts';
import { changedView } from './changed-view.ts';
import type { Messages } from './messages.ts';
import type { Action, Answer, In, State } from './state.ts';

/** What the views are given besides the state. */
export interface ViewContext extends PartContext<Action> {
  readonly text: Messages;
}

type Looked = In<'looking' | 'sending'>;

/** What the patient sees. */
export function view(state: State, context: ViewContext): TemplateResult {
  switch (state.step) {
    case 'looking':
    case 'sending':
      return coveragesView(state, context);
    case 'told':
      return changedView(state, context);
    case 'failed':
      return failed(state, context);
    default:
      return html``;
  }
}

function coveragesView(state: Looked, context: ViewContext): TemplateResult {
  const { text, send, now } = context;
  const { coverages, shown, changed } = state;
  const busy = state.step === 'sending';
  const isKnown = coverages.length > 0;
  return html`
    ${changed ? html`<p part="notice" class="wide" role="alert">${text.conflict}</p>` : nothing}
    ${
      isKnown
        ? html`<ul class="coverages wide">${coverages.map((one) => html`<li>${coverageView(one, state, context)}</li>`)}</ul>`
        : html`<p>${text.noneOnFile}</p>`
    }
    ${
      coverages.some(({ memberId }) => memberId)
        ? html`
      <button type="button" part="button" @click=${() => send({ type: 'showed', shown: !shown })}>
        ${shown ? text.hide : text.show}
      </button>`
        : nothing
    }
    <div class="row" part="answers">
      ${isKnown ? answer('confirmed', text.confirm, true) : nothing}
      ${answer('changed', isKnown ? text.changed : text.have)} ${answer('none', text.none)}
    </div>
    <p class="hint">${busy ? text.sending : text.notKept}</p>`;

  function answer(which: Answer, label: string, isMain = false): TemplateResult {
    const press = () => {
      if (!busy) send({ type: 'answered', answer: which, key: newKey(), at: now() });
    };
    return html`
      <button type="button" part=${isMain ? 'button primary' : 'button'} aria-disabled=${busy ? 'true' : 'false'} @click=${press}>${label}</button>`;
  }
}

/** As much of an insurance as tells one from another. */
function coverageView(coverage: CoverageOnFile, { shown, coverages }: Looked, context: ViewContext): TemplateResult {
  const { text } = context;
  const { payer, plan, memberId, relationship = '', order } = coverage;
  const facts: readonly (readonly [string, unknown])[] = [
    [text.plan, plan && html`<bdi>${plan}</bdi>`],
    [text.member, memberId && memberView(memberId, shown, text)],
    [text.holder, Object.hasOwn(text.holders, relationship) && text.holders[relationship]],
  ];
  return html`
    <div class="coverage" part="details">
      <h3><bdi>${payer}</bdi></h3>
      <dl>${facts.map(([name, value]) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing))}</dl>
      ${coverages.length > 1 && order === 1 ? html`<p>${text.first}</p>` : nothing}
      ${endView(coverage, context)}
    </div>`;
}

/** The end of the number is enough to know the card by, and too little to use it. */
function memberView(memberId: string, shown: boolean, text: Messages): TemplateResult {
  if (shown) return html`<bdi>${memberId}</bdi>`;
  const signs = memberId.replace(/[^\p{L}\d]/gu, '');
  const open = signs.length >= 8 ? signs.slice(-4) : '';
  return html`
    <span aria-hidden="true">•••• ${open}</span><span class="unseen">${open ? text.hiddenBut(open) : text.hidden}</span>`;
}

function endView(
  { ends }: CoverageOnFile,
  { text, locale, now, session }: ViewContext,
): TemplateResult | typeof nothing {
  if (!ends) return nothing;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${ends}T00:00Z`),
  );
  return html`<p>${ends < dayOf(now(), session.clinic.timeZone) ? text.ended(day) : text.ends(day)}</p>`;
}

function failed({ error, from }: In<'failed'>, { text, send, session }: ViewContext): TemplateResult {
  const wrote = from.step === 'sending';
  return failedView(error, {
    text,
    session,
    retry: () => send({ type: 'retried' }),
    ...(wrote && { back: () => send({ type: 'went-back' }) }),
    kept: wrote,
    notes: wrote && (error.code === 'unavailable' || error.code === 'unexpected') ? [text.uncertain] : [],
  });
}
