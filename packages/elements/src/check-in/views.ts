import { html, nothing, type TemplateResult } from 'lit';
import { canGoBack } from './flow.ts';
import { desk, done, list, partWays, progress } from './going-views.ts';
import { challenged, here, identifying, visits, welcome } from './identify-views.ts';
import type { PartContext } from './part.ts';
import { failedView } from './pieces.ts';
import { newKey } from '@clinic-widgets/core/key.js';
import { sessionOf } from './session.ts';
import { type In, isOnSite, type State } from './state.ts';
import type { ViewContext } from './view-context.ts';
import { danger, emergency, takenIn, walkIn } from './walk-in-views.ts';

/** What a part's views are given. */
const partContext = (state: In<'part'>, { send, locale, now, tell }: ViewContext): PartContext<unknown> => ({
  session: sessionOf(state),
  locale,
  now,
  tell,
  send: (action) => send({ type: 'of-part', action, key: newKey() }),
});

/** The question or the fact that a state is about. */
export function heading(state: State, context: ViewContext): string {
  const { text } = context;
  switch (state.step) {
    case 'welcome':
      return state.clinic ? text.welcomeTo(state.clinic.name) : text.welcome;
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
      if (state.desk) return isOnSite(state) ? text.doneUnfinished : text.desk;
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
      return text.takenIn;
    case 'failed':
      return text.failed;
    default:
      return '';
  }
}

/** What is going on, said once by the live region that outlives the steps. */
export function announcement(state: State, context: ViewContext): string {
  const { text } = context;
  switch (state.step) {
    case 'starting':
    case 'loading':
      return text.opening;
    case 'claiming':
    case 'answering':
    case 'finding':
      return text.looking;
    case 'arriving':
      return text.arriving;
    case 'part':
      return state.part.status(state.inner, partContext(state, context));
    case 'finishing':
      return text.finishing;
    case 'walking-in':
      return text.sending;
    case 'done': {
      const { progress: now, desk: atDesk } = state;
      if (!now || atDesk || !isOnSite(state)) return '';
      return now.state === 'called' || now.state === 'moved'
        ? text.progress[now.state](now.to ?? '')
        : text.progress[now.state];
    }
    default:
      return '';
  }
}

/** What the patient sees in each state, below the heading and the live region. */
export function view(state: State, context: ViewContext): TemplateResult | typeof nothing {
  switch (state.step) {
    case 'welcome':
      return welcome(state, context);
    case 'identifying':
    case 'claiming':
      return identifying(state, context);
    case 'challenged':
    case 'answering':
      return challenged(state, context);
    case 'visits':
      return visits(state, context);
    case 'here':
      return here(state, context);
    case 'list':
      return list(state, context);
    case 'part':
      return html`${progress(state, context)} ${state.part.view(state.inner, partContext(state, context))} ${partWays(state, context)}`;
    case 'done':
      return done(state, context);
    case 'goodbye':
      return html`<button part="button primary" @click=${context.finish}>${context.text.finish}</button>`;
    case 'desk':
      return desk(state, context);
    case 'danger':
      return danger(state, context);
    case 'emergency':
      return emergency(state, context);
    case 'walk-in':
    case 'walking-in':
      return walkIn(state, context);
    case 'taken-in':
      return takenIn(state, context);
    case 'failed':
      return failed(state, context);
    default:
      return nothing;
  }
}

/** Whether a failed write may have been carried out all the same: then only the same write may follow. */
const isUncertain = ({ from, error }: In<'failed'>): boolean =>
  'key' in from && (error.retryable || error.code === 'unexpected');

function failed(state: In<'failed'>, { send, text, finish }: ViewContext): TemplateResult {
  const { error, clinic } = state;
  if (error.code === 'unauthenticated') {
    return html`
      <p part="alert">${text.signedOut}</p>
      <button part="button primary" @click=${finish}>${text.startOver}</button>`;
  }
  return failedView(error, {
    text,
    phone: clinic?.phone,
    retry: () => send({ type: 'retried' }),
    ...(canGoBack(state) && !isUncertain(state) && { back: () => send({ type: 'went-back' }) }),
    notes: isUncertain(state) ? [text.uncertain] : [],
    kept: 'entry' in state.from || 'ended' in state.from,
  });
}
