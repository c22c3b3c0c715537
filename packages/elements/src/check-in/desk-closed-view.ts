import { html, nothing, type TemplateResult } from 'lit';
import { goingTo } from './said.ts';
import { sessionOf } from './session.ts';
import { type In, isDeskClosed, isOnSite, isStale, type State } from './state.ts';
import type { ViewContext } from './view-context.ts';

/** Whether a step sends to the desk. */
function namesDesk(state: State): boolean {
  switch (state.step) {
    case 'identifying':
      return state.unrecognized;
    case 'here':
      return state.trouble === 'missing';
    case 'part':
      return state.part.namesDesk?.(state.inner, sessionOf(state)) === true;
    case 'done':
      return isOnSite(state) && Boolean(state.desk ?? state.forgotten ?? (isStale(state) || isToSee(state)));
    case 'desk':
    case 'walk-in':
    case 'failed':
      return true;
    default:
      return false;
  }
}

const isToSee = ({ progress }: In<'done'>): boolean => progress?.state === 'see-desk';

/** Where to go instead of the desk, while nobody is there. It is there before there is anything to say, so as to be heard. */
export function deskClosed(state: State, { text, locale }: ViewContext): TemplateResult {
  const { reception } = state;
  const isClosed = reception && isDeskClosed(state) && namesDesk(state);
  return html`
    <div role="status" class=${isClosed ? 'wide' : 'unseen'}>
      ${isClosed ? html`<p part="notice">${goingTo(text.deskClosed, reception, locale)}</p>` : nothing}
    </div>`;
}
