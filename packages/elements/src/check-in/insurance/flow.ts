import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { allPages } from '../../ui/all-pages.ts';
import type { FlowAction, Work as WorkOf } from '../../ui/flow.ts';
import { waiting } from '../../ui/waiting.ts';
import type { PartEnd } from '../part.ts';
import type { Session } from '../session.ts';
import type { Action, Answer, In, Looking, State } from './state.ts';

type Work = WorkOf<State, Action>;

/** What is read first. */
export const begin = (): State => ({ step: 'reading' });

/** What becomes of a state. */
export function transition(state: State, action: Action | FlowAction): State {
  if (action.type === 'failed') return fail(state, action.error);
  switch (state.step) {
    case 'reading':
      return action.type === 'found' ? found(state, action.coverages) : state;
    case 'looking':
      if (action.type === 'showed') return { ...state, shown: action.shown };
      if (action.type !== 'answered') return state;
      return { ...state, step: 'sending', answer: action.answer, key: action.key, at: action.at };
    case 'sending':
      return action.type === 'sent' && action.key === state.key ? sent(state.answer, action.queued) : state;
    case 'told':
      return action.type === 'went-on' ? { step: 'ended', end: endOf(state.answer) } : state;
    case 'failed':
      if (action.type === 'retried') return state.from;
      return action.type === 'went-back' && state.from.step === 'sending' ? looking(state.from) : state;
    case 'ended':
      return state;
  }
}

const looking = ({ coverages, shown, changed }: Looking): In<'looking'> => ({
  step: 'looking',
  coverages,
  shown,
  changed,
});

const found = ({ before }: In<'reading'>, coverages: Looking['coverages']): State => ({
  step: 'looking',
  coverages,
  shown: before?.shown ?? false,
  changed: before !== undefined,
});

/** What is not right is seen to at the desk, and keeps nobody from being checked in. */
const endOf = (answer: Answer): PartEnd => (answer === 'confirmed' ? 'done' : 'at-desk');

const sent = (answer: Answer, queued: boolean): State =>
  answer === 'confirmed' && !queued ? { step: 'ended', end: 'done' } : { step: 'told', answer, queued };

/** What the clinic has changed is read again: the patient answers about what is on file now. */
function fail(state: State, error: ClinicError): State {
  if (state.step === 'sending' && error.code === 'conflict') return { step: 'reading', before: looking(state) };
  return state.step === 'reading' || state.step === 'sending' ? { step: 'failed', error, from: state } : state;
}

/** What a state calls for. */
export function workOf(state: State, session: Session): readonly Work[] {
  switch (state.step) {
    case 'reading':
      return [findCoverages(session)];
    case 'sending':
      return [confirm(state, session)];
    case 'failed':
      return waiting(state.error);
    default:
      return [];
  }
}

const findCoverages = ({ acting }: Session): Work => ({
  key: 'find coverages',
  async run(adapter, signal) {
    const coverages = await allPages((page) => adapter.findCoverages({ acting, ...page }, { signal }));
    return { type: 'found', coverages };
  },
});

const confirm = ({ coverages, answer, key, at }: In<'sending'>, { acting, visit, host }: Session): Work => ({
  key: `confirm coverages ${key}`,
  write: true,
  async run(adapter, signal) {
    const request = {
      acting,
      appointmentId: visit.appointment.id,
      station: host.station,
      coverages: coverages.map(({ id, version }) => ({ id, version })),
      answer,
      at,
    };
    const { status } = await adapter.confirmCoverages(request, { signal, idempotencyKey: key });
    return { type: 'sent', key, queued: status === 'queued' };
  },
});
