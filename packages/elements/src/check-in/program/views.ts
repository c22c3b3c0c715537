import type { Program } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Messages as FormMessages } from '../../forms/messages.ts';
import type { MoreViews, ViewContext as FormContext } from '../../forms/view-context.ts';
import { view as formView } from '../../forms/views.ts';
import { fullDay } from '../../ui/format.ts';
import { decidingView } from '../consents/deciding-view.ts';
import type { Messages as ConsentMessages } from '../consents/messages.ts';
import type { DecidingContext } from '../consents/view-context.ts';
import type { Action as InsuranceAction, State as InsuranceState } from '../insurance/state.ts';
import type { Part, PartContext } from '../part.ts';
import { failedView } from '../pieces.ts';
import { canEnrol, gatheredFor, isThrough, missingFrom, openStage, stagesOf } from './gathering.ts';
import type { Messages } from './messages.ts';
import type { Action, Chosen, In, Stage, State } from './state.ts';

/** What the views are given besides the state. */
export interface ViewContext extends PartContext<Action> {
  readonly text: Messages;
  readonly insurance: Part<InsuranceState, InsuranceAction>;
  readonly consentText: ConsentMessages;
  readonly formText: FormMessages;
  readonly more: MoreViews;
}

/** What the views of a form are given. */
export const formContext = ({ send, session, locale, now, formText, more }: ViewContext): FormContext => ({
  send: (action) => send({ type: 'of-form', action }),
  text: formText,
  locale,
  timeZone: session.clinic.timeZone,
  phone: session.clinic.phone,
  now,
  more,
});

/** What the views of documents are given. */
export const documentContext = ({ send, session, locale, now, ask, consentText }: ViewContext): DecidingContext => ({
  send: (action) => send({ type: 'of-documents', action }),
  session,
  locale,
  now,
  ask,
  text: consentText,
});

/** What the views of the insurance are given. */
export const insuranceContext = ({ send, ...context }: ViewContext): PartContext<InsuranceAction> => ({
  ...context,
  send: (action) => send({ type: 'of-insurance', action }),
});

/** What the patient sees. */
export function view(state: State, context: ViewContext): TemplateResult {
  switch (state.step) {
    case 'choosing':
      return choosing(state, context);
    case 'overview':
    case 'enrolling':
      return overview(state, context);
    case 'insurance':
      return inStage(
        context.insurance.view(state.inner, insuranceContext(context)),
        state.inner.step === 'sending',
        context,
      );
    case 'form':
      return form(state, context);
    case 'documents': {
      const busy = state.deciding.step === 'recording';
      return inStage(decidingView(state.deciding, documentContext(context)), busy, context);
    }
    case 'incomplete':
      return incomplete(state, context);
    case 'failed':
      return failed(state, context);
    default:
      return html``;
  }
}

function choosing({ programs, note }: In<'choosing'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  return html`
    ${note ? html`<p part="notice" class="wide">${text.notes[note.kind]}</p>` : nothing}
    ${programs.length === 0 ? html`<p>${text.none}</p>` : nothing}
    <ul class="programs wide">${programs.map((program) => entry(program, context))}</ul>
    <button type="button" part="button" @click=${() => send({ type: 'closed' })}>${text.close}</button>`;
}

function entry(program: Program, { text, send, session, locale }: ViewContext): TemplateResult {
  const { id, name, description, language = nothing, enrolment } = program;
  const day = enrolment ? fullDay(dayOf(enrolment.at, session.clinic.timeZone), locale) : '';
  return html`
    <li>
      <h3 lang=${language} dir="auto">${name}</h3>
      <p part="source" class="protected"><bdi>${text.source(session.clinic.name)}</bdi></p>
      ${description ? html`<p class="prose" lang=${language} dir="auto">${description}</p>` : nothing}
      ${enrolment ? html`<p><strong>${text.states[enrolment.state](day)}</strong></p>` : nothing}
      ${
        canEnrol(program)
          ? html`
        <button type="button" part="button" aria-label=${text.chooseOf(name)}
          @click=${() => send({ type: 'chose', programId: id })}>${text.choose}</button>`
          : nothing
      }
    </li>`;
}

/** What it takes, and what of it is done. */
function overview(state: In<'overview' | 'enrolling'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  const { program } = state;
  const busy = state.step === 'enrolling';
  const stages = stagesOf(program);
  const gathered = gatheredFor(state, program);
  const missing = missingFrom(program, gathered);
  const standing = (stage: Stage): string => {
    if (!isThrough(stage, program, gathered)) return text.open;
    return missing.includes(stage) ? text.lacks[stage] : text.through;
  };
  return html`
    ${program.description ? html`<p class="prose" lang=${program.language ?? nothing} dir="auto">${program.description}</p>` : nothing}
    <h3>${text.takes}</h3>
    <p>${stages.length > 0 ? text.takesNote : text.takesNothing}</p>
    <ul class="stages wide">
      ${stages.map(
        (stage) => html`
        <li>
          <span>${text.stages[stage]}</span>
          <strong>${standing(stage)}</strong>
        </li>`,
      )}
    </ul>
    ${openStage(program, gathered) || missing.length > 0 ? nothing : html`<p>${text.ready}</p>`}
    <div class="row">
      ${onward(state, busy, context)}
      ${
        busy
          ? nothing
          : html`<button type="button" part="button" @click=${() => send({ type: 'listed' })}>${text.others}</button>`
      }
    </div>`;
}

/** The next stage; after the last one, the request. */
function onward(state: Chosen, busy: boolean, { text, send }: ViewContext): TemplateResult {
  const { program } = state;
  const gathered = gatheredFor(state, program);
  if (openStage(program, gathered)) {
    const isBegun = stagesOf(program).some((stage) => isThrough(stage, program, gathered));
    return html`
      <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>
        ${isBegun ? text.goOn : text.start}
      </button>`;
  }
  const enrol = () => {
    if (!busy) send({ type: 'sent', key: newKey() });
  };
  return html`
    <button type="button" part="button primary" aria-disabled=${busy ? 'true' : 'false'} @click=${enrol}>
      ${busy ? text.sending : missingFrom(program, gathered).length > 0 ? text.goOn : text.send}
    </button>`;
}

/** A stage, with the way back to what is left. */
const inStage = (shown: unknown, busy: boolean, { text, send }: ViewContext): TemplateResult => html`
  ${shown}
  ${
    busy
      ? nothing
      : html`<button type="button" part="button" @click=${() => send({ type: 'listed' })}>${text.stop}</button>`
  }`;

function form({ form: inner }: In<'form'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  const shown = formView(inner, formContext(context));
  if (inner.step === 'emergency') return shown as TemplateResult;
  if (inner.step !== 'sent') return inStage(shown, inner.step === 'sending', context);
  return html`
    ${shown}
    <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${text.goOn}</button>`;
}

/** Why it does not go on: what the patient said no to is theirs to say. */
function incomplete(state: In<'incomplete'>, { text, send }: ViewContext): TemplateResult {
  const { missing, program } = state;
  const declined = (gatheredFor(state, program).documents ?? []).filter(({ decision }) => decision === 'declined');
  const reasons = missing.flatMap((stage) =>
    stage === 'documents' && declined.length > 0
      ? declined.map(({ document }) => text.saidNo(document.title))
      : [text.missing[stage]],
  );
  return html`
    <div part="notice" class="stack wide">
      ${reasons.map((reason) => html`<p>${reason}</p>`)}
      <p>${text.nothingLost}</p>
    </div>
    <div class="row">
      <button type="button" part="button" @click=${() => send({ type: 'again' })}>${text.again}</button>
      <button type="button" part="button" @click=${() => send({ type: 'left-to-desk' })}>${text.toDesk}</button>
      <button type="button" part="button" @click=${() => send({ type: 'listed' })}>${text.others}</button>
    </div>`;
}

function failed({ error, from }: In<'failed'>, { text, send, session }: ViewContext): TemplateResult {
  const isSending = from.step === 'enrolling';
  const uncertain = isSending && (error.retryable || error.code === 'unexpected');
  return html`
    ${failedView(error, {
      text,
      session,
      retry: () => send({ type: 'retried' }),
      back: isSending && !uncertain ? () => send({ type: 'listed' }) : undefined,
      kept: isSending,
      notes: uncertain ? [text.uncertain] : [],
    })}
    <button type="button" part="button" @click=${() => send({ type: isSending ? 'left-to-desk' : 'closed' })}>
      ${isSending ? text.toDesk : text.close}
    </button>`;
}
