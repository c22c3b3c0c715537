import { html, nothing, type TemplateResult } from 'lit';
import { asking, isUnderWay } from './calling.ts';
import { canGoBack } from './flow.ts';
import { unheard } from './help-view.ts';
import { identifying, welcome } from './identify-views.ts';
import type { PartContext } from './part.ts';
import { failedView } from './pieces.ts';
import { newKey } from '@clinic-widgets/core/key.js';
import { withPhone } from './said.ts';
import { sessionOf } from './session.ts';
import { type In, isOnSite, isStale, type State } from './state.ts';
import type { MoreViews, ViewContext } from './view-context.ts';

/** What a part's views are given. */
const partContext = (state: In<'part'>, { send, locale, now, tell }: ViewContext): PartContext<unknown> => ({
  session: sessionOf(state),
  locale,
  now,
  tell,
  send: (action) => send({ type: 'of-part', action, key: newKey() }),
  ask: isUnderWay(state.calling) ? undefined : (reason) => send(asking(reason)),
});

/** The question or the fact that a state is about. */
export function heading(state: State, context: ViewContext): string {
  const { text } = context;
  if (needsMore(state) && !context.more) return '';
  switch (state.step) {
    case 'welcome':
      return state.clinic ? text.welcomeTo(state.clinic.name) : text.welcome;
    case 'reminded':
    case 'responding':
      return text.reminded;
    case 'responded':
      return text.thanks;
    case 'identifying':
    case 'claiming':
      return text.who;
    case 'challenged':
    case 'answering':
      return text.challenge;
    case 'visits':
      return text.visits;
    case 'here':
      return text.atHome;
    case 'list':
      return text.list;
    case 'part':
      return state.part.heading(state.inner, partContext(state, context));
    case 'done':
      if (state.desk) return isOnSite(state) ? text.doneUnfinished : text.almostReady;
      return isOnSite(state) ? text.done : text.donePrepared;
    case 'goodbye':
      return text.goodbye;
    case 'desk':
      return text.desk;
    case 'danger':
      return text.danger;
    case 'emergency':
      return text.emergency;
    case 'walk-in':
    case 'walking-in':
      return text.walkInTitle;
    case 'taken-in':
      return state.help.deskOpen ? text.takenIn : text.deskReasons.closed;
    case 'failed':
      return text.failed;
    default:
      return '';
  }
}

/** What is going on, said once by the live region that outlives the steps. */
export function announcement(state: State, context: ViewContext): string {
  const { text } = context;
  if (needsMore(state) && !context.more) return text.opening;
  switch (state.step) {
    case 'starting':
    case 'loading':
      return text.opening;
    case 'claiming':
    case 'answering':
    case 'finding':
      return text.looking;
    case 'responding':
      return text.sending;
    case 'arriving':
      return text.arriving;
    case 'part':
      return state.part.status(state.inner, partContext(state, context));
    case 'finishing':
      return text.finishing;
    case 'walking-in':
      return text.sending;
    case 'done': {
      const { progress: now, desk: atDesk, forgotten } = state;
      if (forgotten && !isTurn(state)) return text.notShown;
      if (isStale(state) && !isTurn(state)) return text.notUpToDate;
      if (!now || !isOnSite(state)) return '';
      if (now.state === 'called' || now.state === 'moved') return text.progress[now.state](now.to ?? '');
      // Whoever still has to see the desk is told that, until they are called all the same.
      return atDesk && now.state !== 'with-clinician' ? '' : text.progress[now.state];
    }
    default:
      return '';
  }
}

/** Whether it is what a patient waits for: their turn, or where to go. */
export const isTurn = (state: State): boolean =>
  state.step === 'done' && (state.progress?.state === 'called' || state.progress?.state === 'moved');

/** The language that the heading is in. */
export const headingLanguage = (state: State, context: ViewContext): string =>
  (state.step === 'part' ? state.part.headingLanguage?.(state.inner, partContext(state, context)) : undefined) ??
  context.language;

/** What the patient sees in each state, below the heading and the live region. */
export function view(state: State, context: ViewContext): TemplateResult | typeof nothing {
  switch (state.step) {
    case 'welcome':
      return welcome(state, context);
    case 'identifying':
    case 'claiming':
      return identifying(state, context);
    case 'goodbye':
      return html`<button part="button primary" @click=${context.finish}>${context.text.finish}</button>`;
    case 'failed':
      return failed(state, context);
    default:
      return context.more ? laterView(state, context, context.more) : nothing;
  }
}

/** Whether a state shows what is fetched while the patient is at the first screens. */
export const needsMore = ({ step }: State): boolean => LATER.includes(step);

const LATER: readonly State['step'][] = [
  'reminded',
  'responding',
  'responded',
  'challenged',
  'answering',
  'visits',
  'here',
  'list',
  'part',
  'done',
  'desk',
  'danger',
  'emergency',
  'walk-in',
  'walking-in',
  'taken-in',
];

function laterView(state: State, context: ViewContext, more: MoreViews): TemplateResult | typeof nothing {
  switch (state.step) {
    case 'reminded':
    case 'responding':
      return more.reminded(state, context);
    case 'responded':
      return more.responded(state, context);
    case 'challenged':
    case 'answering':
      return more.challenged(state, context);
    case 'visits':
      return more.visits(state, context);
    case 'here':
      return more.here(state, context);
    case 'list':
      return more.list(state, context);
    case 'part':
      return html`${more.progress(state, context)} ${state.part.view(state.inner, partContext(state, context))} ${more.partWays(state, context)}`;
    case 'done':
      return more.done(state, context);
    case 'desk':
      return more.desk(state, context);
    case 'danger':
      return more.danger(state, context);
    case 'emergency':
      return more.emergency(state, context);
    case 'walk-in':
    case 'walking-in':
      return more.walkIn(state, context);
    case 'taken-in':
      return more.takenIn(state, context);
    default:
      return nothing;
  }
}

/** Whether a failed write may have been carried out all the same: then only the same write may follow. */
const isUncertain = ({ from, error }: In<'failed'>): boolean =>
  'key' in from && (error.retryable || error.code === 'unexpected');

function failed(state: In<'failed'>, context: ViewContext): TemplateResult {
  const { send, text, finish } = context;
  const { error, from } = state;
  const isOver = from.step === 'responding' && error.code === 'not-found';
  if (isOver || error.code === 'unauthenticated') {
    return html`
      ${state.unheard ? unheard(state, context) : nothing}
      <p part="alert">${isOver ? html`${text.linkOver} ${withPhone(text.callUs, state)}` : text.signedOut}</p>
      <button part="button primary" @click=${finish}>${text.startOver}</button>`;
  }
  // Who has tried too often is not one of many who use it; and nothing is done twice by looking again.
  const isGuessing = from.step === 'claiming' || from.step === 'answering';
  const uncertain = !isGuessing && isUncertain(state);
  const failures = { ...text.failures, ...(isGuessing && { throttled: text.tooManyTries }) };
  return failedView(error, {
    text: { ...text, failures },
    session: state,
    retry: () => send({ type: 'retried' }),
    ...(canGoBack(state) && !uncertain && { back: () => send({ type: 'went-back' }) }),
    notes: uncertain ? [text.uncertain] : [],
    kept: 'entry' in from || 'ended' in from,
  });
}
