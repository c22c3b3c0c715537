import type { FlowAction, Work as WorkOf } from '../../ui/flow.ts';
import type { Session } from '../session.ts';
import { within } from '../within.ts';
import { agreementsWork, beginAgreements, changeAgreements, isSending } from './agreements.ts';
import { beginDeciding, decide, endOf } from './deciding.ts';
import { decidingWork } from './deciding-work.ts';
import type { Action, Deciding, State } from './state.ts';

type Work = WorkOf<State, Action>;

/** What a visit asks the patient to agree to comes first. */
export const begin = ({ visit }: Session): State => ({
  step: 'deciding',
  deciding: beginDeciding({ appointmentId: visit.appointment.id }),
});

/** What becomes of a state. */
export function transition(state: State, action: Action | FlowAction, session: Session): State {
  switch (state.step) {
    case 'deciding':
      if (action.type === 'of-deciding') return after(decide(state.deciding, action.action, session));
      return action.type === 'failed' ? after(decide(state.deciding, action, session)) : state;
    case 'summary':
      if (action.type === 'went-on') return { step: 'finished', end: state.end };
      return action.type === 'opened-agreements'
        ? { ...state, step: 'agreements', agreements: beginAgreements() }
        : state;
    case 'agreements':
      return changeList(state, action);
    case 'finished':
      return state;
  }
}

function after(deciding: Deciding): State {
  if (deciding.step !== 'decided') return { step: 'deciding', deciding };
  return { step: 'summary', decided: deciding.decided, end: endOf(deciding) };
}

function changeList(state: Extract<State, { step: 'agreements' }>, action: Action | FlowAction): State {
  const { decided, end, agreements } = state;
  if (action.type === 'closed-agreements') return isSending(agreements) ? state : { step: 'summary', decided, end };
  if (action.type === 'of-agreements') return { ...state, agreements: changeAgreements(agreements, action.action) };
  return action.type === 'failed' ? { ...state, agreements: changeAgreements(agreements, action) } : state;
}

/** What the state calls for. */
export function work(state: State, session: Session): readonly Work[] {
  if (state.step === 'deciding') {
    return within(decidingWork(state.deciding, session), (action) => ({ type: 'of-deciding', action }));
  }
  if (state.step !== 'agreements') return [];
  return within(agreementsWork(state.agreements, session), (action) => ({ type: 'of-agreements', action }));
}
