import type { DetailName } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { FlowAction, Work as WorkOf } from '../../ui/flow.ts';
import { waiting } from '../../ui/waiting.ts';
import type { Session } from '../session.ts';
import { draftOf, fieldAt, isSame, kindOf, troublesOf, valueIn } from './draft.ts';
import {
  type Action,
  type Changeable,
  confirmedIn,
  DETAILS,
  hasChanges,
  type In,
  isAtDesk,
  type Looking,
  type Note,
  type Refused,
  type Said,
  type State,
  valueOf,
} from './state.ts';

type Work = WorkOf<State, Action>;

/** What is read first. */
export const begin = (): State => ({ step: 'reading', said: { changed: {}, removed: [], doubted: [] } });

/** What becomes of a state. */
export function transition(state: State, action: Action | FlowAction, session: Session): State {
  if (action.type === 'failed') return fail(state, action.error);
  switch (state.step) {
    case 'reading':
      return action.type === 'read' ? read(state, action.details) : state;
    case 'looking':
      return look(state, action);
    case 'editing':
      return edit(state, action);
    case 'sending':
      return action.type === 'sent' && action.key === state.key ? sent(state, action.queued, session) : state;
    case 'told':
      return action.type === 'went-on' ? { step: 'ended', end: state.end } : state;
    case 'failed':
      if (action.type === 'retried') return state.from;
      return action.type === 'went-back' && state.from.step === 'sending' ? looking(state.from) : state;
    case 'ended':
      return state;
  }
}

/** The same, looked at again. */
const looking = ({ known, said, shown, moved, refused }: Looking): In<'looking'> => ({
  step: 'looking',
  known,
  said,
  shown,
  moved,
  refused,
});

/** What the patient said before stays said; what the clinic has changed since is pointed at. */
function read({ said, before }: In<'reading'>, known: Looking['known']): State {
  const moved = before ? DETAILS.filter((name) => !isSame(before.known[name], known[name])) : [];
  const kept = DETAILS.reduce((kept, name) => (isAtDesk(name) ? kept : stillNew(kept, name, known)), said);
  return {
    step: 'looking',
    known,
    said: kept,
    shown: before?.shown ?? false,
    moved: before && [...new Set([...(before.moved ?? []), ...moved])],
    refused: before?.refused ?? [],
  };
}

/** A change that the clinic has already, or that it no longer lets somebody make, is none. */
function stillNew(said: Said, name: Changeable, known: Looking['known']): Said {
  const wanted = said.changed[name];
  const isNews = wanted === undefined ? known[name] !== undefined : !isSame(wanted, known[name]);
  return isNews && !known.withheld?.includes(name) ? said : without(said, name);
}

function without(said: Said, name: Changeable): Said {
  const { [name]: _, ...changed } = said.changed;
  return { ...said, changed, removed: said.removed.filter((one) => one !== name) };
}

function look(state: In<'looking'>, action: Action | FlowAction): State {
  const { said } = state;
  switch (action.type) {
    case 'showed':
      return { ...state, shown: action.shown };
    case 'doubted': {
      const others = said.doubted.filter((name) => name !== action.name);
      return { ...state, said: { ...said, doubted: action.wrong ? [...others, action.name] : others } };
    }
    case 'opened':
      return edited(state, action.name);
    case 'restored':
      return settle(state, action.name, without(said, action.name));
    case 'confirmed':
      return { ...state, step: 'sending', key: action.key, at: action.at };
    default:
      return state;
  }
}

const edited = (state: Looking, name: Changeable): State => ({
  ...looking(state),
  step: 'editing',
  draft: draftOf(name, valueOf(state, name)),
  troubles: state.refused.filter((one) => one.name === name).map(({ field, kind }) => ({ field, kind })),
});

function edit(state: In<'editing'>, action: Action | FlowAction): State {
  const { draft, known, said } = state;
  const { name } = draft;
  switch (action.type) {
    case 'typed':
      return { ...state, draft: { ...draft, words: { ...draft.words, ...action.words } } };
    case 'saved': {
      const troubles = troublesOf(draft);
      if (troubles.length > 0) return { ...state, troubles };
      const value = valueIn(draft);
      if (isSame(value, known[name])) return settle(state, name, without(said, name));
      return settle(state, name, value === undefined ? takenOut(said, name) : changedTo(said, name, value));
    }
    case 'removed':
      return settle(state, name, known[name] === undefined ? without(said, name) : takenOut(said, name));
    case 'went-back':
      return looking(state);
    default:
      return state;
  }
}

const takenOut = (said: Said, name: Changeable): Said => {
  const others = without(said, name);
  return { ...others, removed: [...others.removed, name] };
};

const changedTo = (said: Said, name: Changeable, value: unknown): Said => {
  const others = without(said, name);
  return { ...others, changed: { ...others.changed, [name]: value } };
};

/** What has been said of a detail is no longer what the clinic refused. */
const settle = (state: Looking, name: Changeable, said: Said): State => ({
  ...looking(state),
  said,
  refused: state.refused.filter((one) => one.name !== name),
});

/** Ends at once where there is nothing to tell. */
function sent({ said }: In<'sending'>, queued: boolean, { authority }: Session): State {
  const isWrong = said.doubted.length > 0;
  const end = isWrong ? 'at-desk' : 'done';
  const changes: Note = authority === 'unknown' ? 'proposals' : 'changes';
  const notes: Note[] = [
    ...(queued ? (['queued'] as const) : []),
    ...(hasChanges(said) ? [changes] : []),
    ...(isWrong ? (['desk'] as const) : []),
  ];
  return notes.length > 0 ? { step: 'told', notes, end } : { step: 'ended', end };
}

/** Nothing that was said is lost; what the clinic has changed is read again, what it refuses is opened. */
function fail(state: State, error: ClinicError): State {
  if (state.step !== 'reading' && state.step !== 'sending') return state;
  if (state.step === 'sending') {
    if (error.code === 'conflict') return { step: 'reading', said: state.said, before: looking(state) };
    const refused = error.code === 'invalid' ? refusedIn(error) : [];
    const [first] = refused;
    if (first) return edited({ ...state, refused }, first.name);
  }
  return { step: 'failed', error, from: state };
}

/** The details that an error is about, field by field. */
function refusedIn({ misfits }: ClinicError): readonly Refused[] {
  return DETAILS.filter((name) => !isAtDesk(name)).flatMap((name) =>
    misfits.flatMap(({ path: [root, one, ...part], reason }) => {
      if (root !== 'changed' || one !== name) return [];
      const field = fieldAt(name, part);
      return [{ name, field, kind: kindOf(field, reason) }];
    }),
  );
}

/** What a state calls for. */
export function workOf(state: State, session: Session): readonly Work[] {
  switch (state.step) {
    case 'reading':
      return [readDetails(state, session)];
    case 'sending':
      return [confirm(state, session)];
    case 'failed':
      return waiting(state.error);
    default:
      return [];
  }
}

const readDetails = ({ before }: In<'reading'>, { acting }: Session): Work => ({
  key: `read details ${before?.known.version ?? ''}`,
  async run(adapter, signal) {
    return { type: 'read', details: await adapter.getDetails({ acting }, { signal }) };
  },
});

const confirm = (state: In<'sending'>, session: Session): Work => ({
  key: `confirm details ${state.key}`,
  write: true,
  async run(adapter, signal) {
    const { key } = state;
    const request = confirmationOf(state, session);
    const { status } = await adapter.confirmDetails(request, { signal, idempotencyKey: key });
    return { type: 'sent', key, queued: status === 'queued' };
  },
});

function confirmationOf(state: In<'sending'>, { acting, visit, host }: Session) {
  const { known, said, at } = state;
  const confirmed: DetailName[] = [...confirmedIn(state)];
  return {
    acting,
    appointmentId: visit.appointment.id,
    version: known.version,
    station: host.station,
    confirmed,
    changed: said.changed,
    ...(said.removed.length > 0 && { removed: [...said.removed] }),
    ...(said.doubted.length > 0 && { doubted: [...said.doubted] }),
    at,
  };
}
