import type { Identification, Visit } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Flow, FlowAction } from '../ui/flow.ts';
import type { Action } from './action.ts';
import { changeCalling } from './calling.ts';
import { claimOf, missingIn, missingInWalkIn, refusedIn, walkInOf } from './claims.ts';
import {
  type AnyPart,
  type Base,
  type DeskReason,
  type Entry,
  type Going,
  goingOf,
  type In,
  isOnSite,
  type Purpose,
  standingOf,
  type State,
  type Step,
  type WalkInEntry,
  type Who,
} from './state.ts';
import { sessionOf } from './session.ts';
import { type Outside, workOf } from './work.ts';

type Any = Action | FlowAction;

const NOTHING_TYPED: Entry = {
  way: 'name',
  code: '',
  familyName: '',
  year: '',
  month: '',
  day: '',
  forOther: false,
  name: '',
  relationship: '',
};

const NO_WALK_IN: WalkInEntry = { givenName: '', familyName: '', year: '', month: '', day: '', phone: '', reason: '' };

const NOBODY: Base = {
  host: { station: { kind: 'phone' }, language: 'en' },
  clinic: undefined,
  settings: { textSize: 'normal', contrast: false, moreTime: false },
  purpose: 'coming',
  calling: undefined,
  reception: undefined,
  failures: 0,
};

/** Help is offered unasked after so many steps that did not work. */
const ENOUGH = 2;

/** Say who you are, choose the visit, go through what it needs, be told where to go. */
export const checkInFlow = (outside: Outside): Flow<State, Action> => ({
  initial: { ...NOBODY, step: 'starting' },

  transition(state, action) {
    if (action.type === 'host-changed') return changeHost(state, action.host);
    if (action.type === 'set') return { ...state, settings: { ...state.settings, ...action.settings } };
    if (action.type === 'found-desk') return { ...state, reception: action.desk };
    const called = changeCalling(state, action, outside.clock);
    if (called) return called;
    if (action.type === 'failed') return fail(state, action);
    return step(state, action);
  },

  work: (state) => workOf(state, outside),
});

const baseOf = ({ host, clinic, settings, purpose, calling, reception, failures }: Base): Base => ({
  host,
  clinic,
  settings,
  purpose,
  calling,
  reception,
  failures,
});

const goingFrom = ({ who, visit, ended, kept, clinic, ...of }: Going): Going => ({
  ...baseOf({ ...of, clinic }),
  clinic,
  who,
  visit,
  ended,
  kept,
});

function step(state: State, action: Exclude<Any, { type: 'failed' | 'set' | 'found-desk' | 'host-changed' }>): State {
  switch (state.step) {
    case 'starting':
      if (action.type !== 'started') return state;
      return { ...state, clinic: action.clinic, step: state.host.reminder ? 'reminded' : 'welcome' };
    case 'reminded':
      if (action.type !== 'answered-reminder') return state;
      return { ...baseOf(state), step: 'responding', answer: action.answer, key: action.key };
    case 'responding':
      if (action.type !== 'responded') return state;
      return { ...baseOf(state), step: 'responded', answer: state.answer, response: action.response };
    case 'welcome':
      return welcome(state, action);
    case 'identifying':
      return identify(state, action);
    case 'claiming':
      // What is typed meanwhile is kept, should it be asked for again. What was sent is not changed by it.
      if (action.type === 'typed') return { ...state, entry: { ...state.entry, ...action.entry } };
      return action.type === 'identified' ? identified(state, action.answer) : state;
    case 'answering':
      if (action.type === 'typed-factor') return { ...state, value: action.value };
      return action.type === 'identified' ? identified(state, action.answer) : state;
    case 'challenged':
      return challenge(state, action);
    case 'finding':
      return action.type === 'found-visits' ? found(state, action.visits, action.key) : state;
    case 'visits':
      if (action.type === 'went-back') return { ...baseOf(state), step: 'welcome' };
      return action.type === 'chose-visit' ? choose(state, state.who, action.visit, action.key) : state;
    case 'here':
      return here(state, action);
    case 'arriving':
      if (action.type === 'arrived') return toList({ ...goingFrom(state), visit: action.visit });
      return action.type === 'refused' ? toDesk(state, 'changed', action.visit) : state;
    case 'list':
      return list(state, action);
    case 'loading':
      if (action.type === 'listed') return toList(state);
      return action.type === 'loaded' ? opened(state, action.part) : state;
    case 'part':
      return inPart(state, action);
    case 'finishing':
      if (action.type === 'checked-in') return toDone({ ...goingFrom(state), visit: action.visit });
      // Something mandatory is still open by the clinic's own word, or the visit was changed: staff see to it.
      return action.type === 'refused' ? finishRefused(state, action.visit) : state;
    case 'done':
      return done(state, action);
    case 'danger':
      return danger(state, action);
    case 'walk-in':
      return walkIn(state, action);
    case 'walking-in':
      if (action.type === 'typed-walk-in') return { ...state, entry: { ...state.entry, ...action.entry } };
      return action.type === 'taken-in' ? { ...baseOf(state), step: 'taken-in', help: action.help } : state;
    case 'failed':
      if (action.type === 'retried') return state.from;
      return action.type === 'went-back' && canGoBack(state) ? wayBack(state) : state;
    case 'responded':
      return action.type === 'began' ? begin(state, action.purpose) : state;
    case 'goodbye':
    case 'desk':
    case 'emergency':
    case 'taken-in':
      return state;
  }
}

/** Another language keeps what was typed; another station starts anew. */
function changeHost(state: State, given: Base['host']): State {
  // Where the patient has shown to be, the page does not know.
  const { lobbyCode = given.station.lobbyCode } = state.host.station;
  const host = { ...given, station: { ...given.station, ...(lobbyCode && { lobbyCode }) } };
  const isSame = JSON.stringify({ ...state.host, language: '' }) === JSON.stringify({ ...host, language: '' });
  if (!isSame) return { ...NOBODY, settings: state.settings, host: given, step: 'starting' };
  if (state.step === 'failed') return { ...state, host, from: { ...state.from, host } };
  if (state.step !== 'part') return { ...state, host };
  return { ...goingFrom({ ...state, host }), step: 'loading', name: state.part.name, inner: state.inner };
}

/** A reminder's link knows a visit, but not who it is that has it open: that is asked as of anybody. */
const begin = (state: Base, purpose: Purpose): State => ({
  ...baseOf(state),
  purpose,
  step: 'identifying',
  entry: NOTHING_TYPED,
  missing: [],
  unrecognized: false,
});

function welcome(state: In<'welcome'>, action: Any): State {
  if (action.type === 'began') return begin(state, action.purpose);
  if (action.type === 'scanned') return scanned(state, action);
  return action.type === 'walked-in' ? { ...baseOf(state), step: 'danger' } : state;
}

/** A code was read: it is taken for what the patient was asked for. */
function scanned(state: In<'welcome' | 'identifying'>, { text, key }: Extract<Action, { type: 'scanned' }>): State {
  const entry: Entry = { ...('entry' in state ? state.entry : NOTHING_TYPED), way: 'code', code: text.trim() };
  return claim({ ...baseOf(state), step: 'identifying', entry, missing: [], unrecognized: false }, key);
}

function identify(state: In<'identifying'>, action: Any): State {
  switch (action.type) {
    case 'typed':
      return { ...state, entry: { ...state.entry, ...action.entry }, ...('way' in action.entry && { missing: [] }) };
    case 'scanned':
      return scanned(state, action);
    case 'claimed':
      return claim(state, action.key);
    case 'walked-in':
      return { ...baseOf(state), step: 'danger' };
    case 'went-back':
      return { ...baseOf(state), step: 'welcome' };
    default:
      return state;
  }
}

function claim(state: In<'identifying'>, key: string): State {
  const { entry, host } = state;
  const missing = missingIn(entry, host.language);
  if (missing.length > 0) return { ...state, missing, refused: undefined, unrecognized: false };
  return { ...baseOf(state), step: 'claiming', entry, key, request: claimOf(entry, host) };
}

function identified(state: In<'claiming' | 'answering'>, answer: Identification): State {
  switch (answer.outcome) {
    case 'identified': {
      const { pass, acting, authority } = answer;
      return { ...baseOf(state), failures: 0, step: 'finding', who: { pass, acting, authority } };
    }
    case 'challenge':
      return {
        ...baseOf(state),
        step: 'challenged',
        entry: state.entry,
        challenge: answer,
        factor: answer.factors[0]!,
        value: '',
        missing: [],
      };
    case 'unrecognized':
      return failedOnce({
        ...baseOf(state),
        step: 'identifying',
        entry: state.entry,
        missing: [],
        unrecognized: true,
      });
  }
}

function challenge(state: In<'challenged'>, action: Any): State {
  switch (action.type) {
    case 'chose-factor':
      return { ...state, factor: action.factor, value: '', missing: [], refused: undefined };
    case 'typed-factor':
      return { ...state, value: action.value };
    case 'answered': {
      const { entry, challenge: asked, factor, value, host } = state;
      if (!value.trim()) return { ...state, missing: ['value'], refused: undefined };
      const claimed = { challengeId: asked.challengeId, factor, value: value.trim() };
      const request = { ...claimOf(entry, host), claim: claimed };
      return { ...baseOf(state), step: 'answering', entry, challenge: asked, factor, value, key: action.key, request };
    }
    case 'went-back':
      return { ...baseOf(state), step: 'identifying', entry: state.entry, missing: [], unrecognized: false };
    default:
      return state;
  }
}

function found(state: In<'finding'>, visits: readonly Visit[], key: string): State {
  if (visits.length === 0) return toDesk(state, 'no-visit', undefined);
  const [only] = visits;
  if (visits.length === 1 && only) return choose(state, state.who, only, key);
  return { ...baseOf(state), step: 'visits', who: state.who, visits };
}

/** On site a visit is arrived at before anything is asked: the order is that of arrival. */
function choose(state: Base, who: Who, visit: Visit, key: string): State {
  const clinic = state.clinic!;
  const going: Going = { ...baseOf(state), clinic, who, visit, ended: {}, kept: {} };
  if (state.purpose !== 'coming') {
    return { ...going, step: 'loading', name: state.purpose === 'leaving' ? 'leaving' : 'program' };
  }
  const { status } = visit.appointment;
  if (status === 'checked-in' || status === 'fulfilled') return toDone(going);
  if (visit.elsewhere) return toDesk(going, 'elsewhere', visit);
  if (isOnSite(state)) {
    if (visit.timing === 'missed') return toDesk(going, 'missed', visit);
    if (visit.timing === 'too-early') return toDesk(going, 'too-early', visit);
    return { ...going, step: 'arriving', key };
  }
  return status === 'arrived' ? toList(going) : { ...going, step: 'here', lobbyCode: '' };
}

/** At home or, by the code on the lobby's sign, there. */
function here(state: In<'here'>, action: Any): State {
  switch (action.type) {
    case 'typed-lobby-code':
      return { ...state, lobbyCode: action.code };
    case 'prepares':
      return toList(goingFrom(state));
    case 'came': {
      const lobbyCode = state.lobbyCode.trim();
      if (!lobbyCode) return { ...state, trouble: 'missing' };
      const host = { ...state.host, station: { ...state.host.station, lobbyCode } };
      return { ...goingFrom(state), host, step: 'arriving', key: action.key };
    }
    default:
      return state;
  }
}

/** What is left to do; with nothing left, the end. */
function toList(state: Going): State {
  return { ...goingFrom(state), step: 'list' };
}

/** The first of what is still open. */
const nextOf = (going: Going): AnyPart['name'] | undefined =>
  standingOf(going).find(({ state }) => state === 'open')?.name;

function list(state: In<'list'>, action: Any): State {
  if (action.type === 'opened') return toPart(state, action.name);
  return action.type === 'finished' ? finish(state, action.key) : state;
}

function opened(state: In<'loading'>, part: AnyPart): State {
  const { inner } = state;
  const session = sessionOf(state);
  const going = { ...goingFrom(state), step: 'part', part } as const;
  if (inner === undefined) return { ...going, inner: part.begin(session) as unknown };
  return { ...going, inner: (part.resume?.(inner, session) ?? inner) as unknown };
}

function inPart(state: In<'part'>, action: Any): State {
  const { part, inner } = state;
  if (action.type === 'of-part') return changePart(state, action.action as FlowAction, action.key);
  if (action.type === 'left') return changePart(state, action, '');
  if (action.type !== 'listed' && action.type !== 'skipped') return state;
  if (state.purpose !== 'coming' || part.holds(inner)) return state;
  // What was answered last may have to be told first.
  const told = part.transition(inner, { type: 'left' }, sessionOf(state)) as unknown;
  const left = { ...state, inner: told, kept: { ...state.kept, [part.name]: told } };
  if (part.holds(told)) return { ...state, inner: told };
  return action.type === 'listed' ? toList(left) : endPart(left, 'at-desk', action.key);
}

function changePart(state: In<'part'>, action: FlowAction, key: string): State {
  const { part } = state;
  const inner = part.transition(state.inner, action, sessionOf(state)) as unknown;
  if (inner === state.inner) return state;
  const end = part.end(inner);
  return end
    ? endPart({ ...state, inner, kept: { ...state.kept, [part.name]: undefined } }, end, key)
    : { ...state, inner };
}

/** One thing is done, or left to the desk: on to the next. */
function endPart(state: In<'part'>, end: 'done' | 'at-desk', key: string): State {
  const { name } = state.part;
  if (name === 'leaving' || name === 'program') return { ...baseOf(state), step: 'goodbye' };
  const going = { ...goingFrom(state), failures: 0, ended: { ...state.ended, [name]: end } };
  const next = nextOf(going);
  return next ? toPart(going, next) : finish(going, key);
}

/** What a visit needs, as the patient had left it. */
const toPart = (going: Going, name: AnyPart['name']): State => ({
  ...goingFrom(going),
  step: 'loading',
  name,
  inner: going.kept[name],
});

/**
 * Whether something is missing that keeps the patient from being checked in, the clinic says: what was left to the desk
 * need not be that. At home a visit of which something is left is not ready.
 */
function finish(going: Going, key: string): State {
  const isShort = standingOf(going).some(({ mandatory, state }) => mandatory && state !== 'done');
  if (isShort && !isOnSite(going)) return toDone(goingFrom(going), 'unfinished');
  return { ...goingFrom(going), step: 'finishing', key };
}

function finishRefused(state: In<'finishing'>, visit: Visit | undefined): State {
  const status = visit?.appointment.status;
  if (!visit || status === 'cancelled' || status === 'noshow') return toDesk(state, 'changed', visit);
  return toDone({ ...goingFrom(state), visit }, 'unfinished');
}

const toDone = (going: Going, desk?: DeskReason): State => ({
  ...goingFrom(going),
  step: 'done',
  progress: undefined,
  polls: 0,
  missed: 0,
  desk,
});

const toDesk = (state: Base & { readonly who?: Who }, reason: DeskReason, visit: Visit | undefined): State => ({
  ...baseOf(state),
  step: 'desk',
  reason,
  who: state.who,
  visit,
});

function done(state: In<'done'>, action: Any): State {
  switch (action.type) {
    case 'progressed':
      return { ...state, progress: action.progress, polls: state.polls + 1, missed: 0 };
    case 'chose-call':
      return { ...state, choosing: { callBy: action.callBy, key: action.key, state: 'sending' } };
    case 'told-call': {
      const { choosing, visit } = state;
      if (choosing?.key !== action.key) return state;
      return { ...state, visit: { ...visit, callBy: choosing.callBy }, choosing: { ...choosing, state: 'told' } };
    }
    case 'arrived':
      return { ...state, visit: action.visit };
    default:
      return state;
  }
}

/** The first question of anybody without an appointment. */
function danger(state: In<'danger'>, action: Any): State {
  if (action.type === 'went-back') return { ...baseOf(state), step: 'welcome' };
  if (action.type !== 'in-danger') return state;
  if (!action.yes) return { ...baseOf(state), step: 'walk-in', entry: NO_WALK_IN, missing: [] };
  const calling = { state: 'sending', key: action.key, reason: 'danger', message: '', about: {} } as const;
  return { ...baseOf(state), calling, step: 'emergency' };
}

function walkIn(state: In<'walk-in'>, action: Any): State {
  switch (action.type) {
    case 'typed-walk-in':
      return { ...state, entry: { ...state.entry, ...action.entry } };
    case 'sent-walk-in': {
      const { entry, host } = state;
      const missing = missingInWalkIn(entry, host.language);
      if (missing.length > 0) return { ...state, missing, refused: undefined };
      return { ...baseOf(state), step: 'walking-in', entry, key: action.key, request: walkInOf(entry, host) };
    }
    case 'went-back':
      return { ...baseOf(state), step: 'welcome' };
    default:
      return state;
  }
}

/** Something did not work. After two such steps a person is offered unasked. */
function failedOnce(state: Step): State {
  const failures = state.failures + 1;
  const calling = failures >= ENOUGH && !state.calling ? ({ state: 'open', unasked: true } as const) : state.calling;
  return { ...state, failures, calling };
}

const OF_PART = 'part ';

/** What the patient does not wait for: that it cannot be had is no failure of theirs. */
const isBeside = (key: string): boolean => key.startsWith('prefetch ') || key.startsWith('desk ');

function fail(state: State, { key, error }: Extract<FlowAction, { type: 'failed' }>): State {
  if (state.step === 'part' && key.startsWith(OF_PART)) {
    const next = changePart(state, { type: 'failed', key: key.slice(OF_PART.length), error }, '');
    // Nothing that a part could do helps somebody who is no longer known.
    if (error.code === 'unauthenticated') return { ...toFailed(state, error), unheard: isUnheard(next) };
    return next.step === 'part' ? failedOnce(next) : next;
  }
  if (key.startsWith('progress ')) return progressFailed(state, error);
  if (state.step === 'failed' || isBeside(key)) return state;
  if (key.startsWith('tell call ')) return tellCallFailed(state);
  if (state.step === 'arriving' && error.code === 'forbidden' && state.host.station.kind === 'phone') {
    return failedOnce(hereAgain(state, 'wrong'));
  }
  const refused = refusedAt(state, error);
  return refused ? failedOnce(refused) : toFailed(state, error);
}

/** What the clinic refuses of what was typed is shown there, with all that was typed. */
function refusedAt(state: Step, error: ClinicError): Step | undefined {
  switch (state.step) {
    case 'claiming': {
      const refused = refusedIn(error, state.entry.way === 'code' ? ['code'] : ['familyName', 'birthDate']);
      return refused ? { ...toEntry(state), refused } : undefined;
    }
    case 'answering': {
      const refused = refusedIn(error, ['value']);
      return refused ? { ...toChallenge(state), refused } : undefined;
    }
    case 'walking-in': {
      const refused = refusedIn(error, []);
      return refused ? { ...toWalkIn(state), refused } : undefined;
    }
    default:
      return undefined;
  }
}

const toEntry = (from: In<'claiming'>): In<'identifying'> => ({
  ...baseOf(from),
  step: 'identifying',
  entry: from.entry,
  missing: [],
  unrecognized: false,
});

const toChallenge = (from: In<'answering'>): In<'challenged'> => {
  const { entry, challenge: asked, factor, value } = from;
  return { ...baseOf(from), step: 'challenged', entry, challenge: asked, factor, value, missing: [] };
};

const toWalkIn = (from: In<'walking-in'>): In<'walk-in'> => ({
  ...baseOf(from),
  step: 'walk-in',
  entry: from.entry,
  missing: [],
});

function toFailed(state: Step, error: ClinicError): In<'failed'> {
  const { failures, calling } = failedOnce(state);
  return { ...baseOf(state), failures, calling, step: 'failed', error, from: { ...state, failures, calling } };
}

const isUnheard = (state: State): boolean => state.step === 'part' && state.part.isUnheard?.(state.inner) === true;

/** It is asked again, at first quietly; but whoever is no longer known would wait for a call that is never shown. */
function progressFailed(state: State, { code }: ClinicError): State {
  if (state.step !== 'done') return state;
  if (code === 'unauthenticated') return { ...state, forgotten: true };
  return { ...state, polls: state.polls + 1, missed: state.missed + 1 };
}

/** How they want to be called can be said to a person as well: the choice is taken back, and not in silence. */
const tellCallFailed = (state: State): State =>
  state.step === 'done' && state.choosing ? { ...state, choosing: { ...state.choosing, state: 'failed' } } : state;

/** The code may be another sign's: it is not kept as where the patient is. */
function hereAgain(from: In<'arriving'>, trouble?: In<'here'>['trouble']): In<'here'> {
  const { lobbyCode = '', ...station } = from.host.station;
  return { ...goingFrom(from), host: { ...from.host, station }, step: 'here', lobbyCode, trouble };
}

/** One step back from what could not be done, with all that was typed. */
function wayBack({ from }: In<'failed'>): State {
  switch (from.step) {
    case 'responding':
      return { ...baseOf(from), step: 'reminded' };
    case 'claiming':
      return toEntry(from);
    case 'answering':
      return toChallenge(from);
    case 'walking-in':
      return toWalkIn(from);
    case 'arriving':
      return hereAgain(from);
    default: {
      const going = goingOf(from);
      // The list belongs to checking in: whoever leaves, or joins a programme, came for something else.
      return going && going.purpose === 'coming' ? toList(going) : { ...baseOf(from), step: 'welcome' };
    }
  }
}

/** Whether there is a step to go back to. */
export const canGoBack = ({ from }: In<'failed'>): boolean =>
  from.step !== 'starting' && (from.step !== 'arriving' || from.host.station.kind === 'phone');
