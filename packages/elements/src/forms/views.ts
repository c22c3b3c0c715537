import { html, nothing, type TemplateResult } from 'lit';
import type { Action } from './action.ts';
import { type Filling, outcomeOf, outcomeText, pagesShown } from './filling.ts';
import { alertView } from './alert-view.ts';
import { emergencyView, pageTitle, pageView } from './filling-view.ts';
import { reviewView } from './review-view.ts';
import { canGoBack, type In, isRefused, isUncertain, type State } from './state.ts';
import type { FormContext } from './view-context.ts';
import { dayInWords } from './words.ts';

/** What the views of the whole widget are given besides the state. */
export interface ViewContext extends Omit<FormContext, 'send'> {
  readonly send: (action: Action) => void;
  readonly now: () => string;
}

type Shown = TemplateResult | typeof nothing;

/** The question or the fact that a state is about. */
export function heading(state: State, { text }: Pick<ViewContext, 'text'>): string {
  switch (state.step) {
    case 'forms':
      return text.forms;
    case 'filling':
      return pageTitle(state.filling, text);
    case 'review':
    case 'sending':
      return pagesShown(state.filling).length < 2 ? state.filling.form.title : text.review;
    case 'emergency':
      return text.emergency;
    case 'sent':
      return state.queued ? text.saved : text.sent;
    case 'failed':
      return text.failed;
    default:
      return '';
  }
}

/** What is going on, said once by the live region that outlives the steps. */
export function announcement(state: State, { text }: Pick<ViewContext, 'text'>): string {
  switch (state.step) {
    case 'starting':
    case 'opening':
      return text.opening;
    case 'forms':
      if (!state.forms) return text.opening;
      return state.forms.length === 0 ? text.noForms : '';
    case 'sending':
      return text.sending;
    default:
      return '';
  }
}

/** What the patient sees in each state, below the heading and the live region. */
export function view(state: State, context: ViewContext): Shown {
  switch (state.step) {
    case 'starting':
    case 'opening':
      return nothing;
    case 'forms':
      return forms(state, context);
    case 'filling':
      return filling(state, context);
    case 'review':
    case 'sending':
      return review(state, context);
    case 'emergency':
      return emergencyView(state.filling, context);
    case 'sent':
      return sent(state, context);
    case 'failed':
      return failed(state, context);
  }
}

function forms(state: In<'forms'>, { send, text, locale, phone }: ViewContext): Shown {
  if (!state.forms) return nothing;
  if (state.forms.length === 0) return html`<p>${text.askUs(phone)}</p>`;
  return html`
    <ul part="choices" class="choices wide">
      ${state.forms.map(
        (form) => html`
        <li><button part="choice" class="card" @click=${() => send({ type: 'chose-form', form })}>
          <strong><bdi>${form.title}</bdi></strong>
          ${form.due ? html`<span class="hint">${text.due(dayInWords(form.due, locale))}</span>` : nothing}
        </button></li>`,
      )}
    </ul>`;
}

function filling(state: In<'filling'>, context: ViewContext): TemplateResult {
  const { send, text, now } = context;
  const { form } = state.filling;
  const pages = pagesShown(state.filling);
  const at = pages.findIndex(({ key }) => key === state.filling.page);
  // A triage is answered question by question, and a form on one page is seen as a whole: nothing to look through.
  const isLast = at === pages.length - 1 && (pages.length === 1 || form.purpose === 'triage');
  const submit = (event: Event) => {
    event.preventDefault();
    send(isLast ? { type: 'confirmed', authored: now() } : { type: 'turned', to: 'next' });
  };
  return html`
    ${state.notice === 'changed' ? html`<p part="notice" class="wide">${text.changed}</p>` : nothing}
    ${
      state.notice === 'kept'
        ? html`
      <div part="notice" class="wide row"><span>${text.kept}</span>
        <button part="button" @click=${() => send({ type: 'started-again' })}>${text.startAgain}</button></div>`
        : nothing
    }
    <form class="stack wide" novalidate @submit=${submit}>
      ${pageView(state.filling, context)}
      <div class="row">
        <button part="button primary">${isLast && form.purpose !== 'triage' ? text.send : text.next}</button>
        ${
          at > 0
            ? html`<button part="button" type="button" @click=${() => send({ type: 'turned', to: 'back' })}>${text.back}</button>`
            : nothing
        }
      </div>
    </form>
    <p class="hint">${text.askUs(context.phone)}</p>
    ${at === 0 && form.copyright ? html`<p class="hint small">${form.copyright}</p>` : nothing}`;
}

function review(state: In<'review' | 'sending'>, context: ViewContext): TemplateResult {
  const { send, text, now } = context;
  const busy = state.step === 'sending';
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
    <p class="hint">${text.askUs(context.phone)}</p>`;
}

function sent(state: In<'sent'>, context: ViewContext): TemplateResult {
  const { text, send } = context;
  const { form, host, queued } = state;
  const outcome = outcomeOf(state.filling);
  return html`
    ${alerts(state.filling, context)}
    ${outcome ? outcomeText(state.filling, outcome).map((words) => html`<p part="notice" class="prose wide">${words}</p>`) : nothing}
    ${queued ? html`<p>${text.queued}</p>` : nothing}
    <p>${form.purpose === 'safety' ? text.sentSafety : text.sentNote}</p>
    ${
      host.formId
        ? nothing
        : html`<button part="button" @click=${() => send({ type: 'listed' })}>${text.otherForms}</button>`
    }
    <p>${text.askUs(context.phone)}</p>`;
}

const alerts = (filling: Filling, context: ViewContext): Shown =>
  filling.alerts.length > 0 ? alertView(filling.alerts, filling, context) : nothing;

function failed(state: In<'failed'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  const { from } = state;
  return html`
    ${'filling' in from ? alerts(from.filling, context) : nothing}
    <div part="alert" class="stack wide">
      <p>${text.failures[state.error.code]}</p>
      ${isUncertain(state) ? html`<p>${text.uncertain}</p>` : nothing}
      ${'filling' in from ? html`<p>${text.nothingLost}</p>` : nothing}
      <p>${text.askUs(state.clinic?.phone)}</p>
    </div>
    <div class="row">
      ${
        isRefused(state.error)
          ? nothing
          : html`<button part="button primary" @click=${() => send({ type: 'retried' })}>${text.retry}</button>`
      }
      ${
        canGoBack(state)
          ? html`<button part="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`
          : nothing
      }
    </div>`;
}
