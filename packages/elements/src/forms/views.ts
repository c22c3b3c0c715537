import { html, nothing, type TemplateResult } from 'lit';
import { pagesShown } from './filling.ts';
import { pageTitle } from './page-title.ts';
import { canGoBack, fillingOf, type In, isUncertain, type State } from './state.ts';
import { isRefused } from '../ui/waiting.ts';
import type { OpenContext, ViewContext } from './view-context.ts';
import { dayInWords, formTitle, languageOf } from './words.ts';

type Shown = TemplateResult | typeof nothing;

/** The question or the fact that a state is about. */
export function heading(state: State, { text, more }: Pick<ViewContext, 'text' | 'more'>): string {
  if (needsMore(state) && !more) return '';
  switch (state.step) {
    case 'forms':
      return text.forms;
    case 'filling':
      return pageTitle(state.filling, text);
    case 'review':
    case 'sending':
      return pagesShown(state.filling).length < 2 ? formTitle(state.filling.form, text) : text.review;
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

/** The language that the heading is in: a form's own words may be in another. */
export const headingLanguage = (state: State, context: Pick<ViewContext, 'locale'>): string =>
  state.step === 'filling' ? languageOf(state.filling, context) : context.locale;

/** What is going on, said once by the live region that outlives the steps. */
export function announcement(state: State, { text, more }: Pick<ViewContext, 'text' | 'more'>): string {
  if (needsMore(state) && !more) return text.opening;
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

/** Whether a state shows, or soon will, what is fetched while the form itself is. */
export const needsMore = ({ step }: State): boolean => step !== 'starting' && step !== 'forms' && step !== 'failed';

/** What the patient sees in each state, below the heading and the live region. */
export function view(state: State, context: ViewContext): Shown {
  switch (state.step) {
    case 'starting':
    case 'opening':
      return nothing;
    case 'forms':
      return forms(state, context);
    case 'failed':
      return failed(state, context);
    default:
      return context.more ? openView(state, { ...context, more: context.more }) : nothing;
  }
}

function openView(state: State, context: OpenContext): Shown {
  switch (state.step) {
    case 'filling':
      return filling(state, context);
    case 'review':
    case 'sending':
      return context.more.review(state, context);
    case 'emergency':
      return context.more.emergencyView(state.filling, context);
    case 'sent':
      return context.more.sent(state, context);
    default:
      return nothing;
  }
}

function forms(state: In<'forms'>, { send, text, locale, phone, more }: ViewContext): Shown {
  if (!state.forms) return nothing;
  if (state.forms.length === 0) return html`<p>${asking(state, phone, text, more)}</p>`;
  return html`
    <ul part="choices" class="choices wide">
      ${state.forms.map(
        (form) => html`
        <li><button part="choice" class="card" @click=${() => send({ type: 'chose-form', form })}>
          <strong><bdi>${formTitle(form, text)}</bdi></strong>
          ${form.due ? html`<span class="hint">${text.due(dayInWords(form.due, locale))}</span>` : nothing}
        </button></li>`,
      )}
    </ul>`;
}

function filling(state: In<'filling'>, context: OpenContext): TemplateResult {
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
    <form class="stack wide" novalidate autocomplete="off" @submit=${submit} @focusout=${context.more.stays(state.filling, send)}>
      ${context.more.pageView(state.filling, context)}
      <div class="row">
        <button part="button primary" aria-disabled=${state.confirmed ? 'true' : 'false'}>
          ${isLast && form.purpose !== 'triage' ? text.send : text.next}
        </button>
        ${
          at > 0
            ? html`<button part="button" type="button" @click=${() => send({ type: 'turned', to: 'back' })}>${text.back}</button>`
            : nothing
        }
      </div>
    </form>
    <p class="hint">${asking(state, context.phone, text, context.more)}</p>
    ${at === 0 && form.copyright ? html`<p class="hint small" dir="auto" lang=${languageOf(state.filling, context)}>${form.copyright}</p>` : nothing}`;
}

/** Whom to ask; the number can be called by a touch once what shows that is there. */
const asking = (
  { host }: Pick<State, 'host'>,
  phone: string | undefined,
  { askUs }: ViewContext['text'],
  more: ViewContext['more'],
) => more?.withNumber(askUs(phone), phone, host) ?? askUs(phone);

function failed(state: In<'failed'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  const { from } = state;
  const phone = state.clinic?.phone;
  const of = fillingOf(from);
  return html`
    ${of && of.alerts.length > 0 && context.more ? context.more.alertView(of.alerts, of, { ...context, more: context.more }) : nothing}
    <div part="alert" class="stack wide">
      <p>${text.failures[state.error.code]}</p>
      ${isUncertain(state) ? html`<p>${text.uncertain}</p>` : nothing}
      ${'filling' in from ? html`<p>${text.nothingLost}</p>` : nothing}
      <p>${asking(state, phone, text, context.more)}</p>
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
