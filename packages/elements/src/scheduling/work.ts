import type { ClinicAdapter } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { addDays, addMonths, compareInstants, dayOf, endOfMonth } from '@clinic-widgets/core/time.js';
import { allPages } from '../ui/all-pages.ts';
import { waiting } from '../ui/waiting.ts';
import { wait, type Work as WorkOf } from '../ui/flow.ts';
import type { Action } from './action.ts';
import { actingOf, type Bounds, filterOf } from './requests.ts';
import {
  canHold,
  type Choice,
  type Chosen,
  holdKeyOf,
  type In,
  knowsNeeds,
  type Known,
  range,
  type State,
} from './state.ts';

type Work = WorkOf<State, Action>;
type MoreWork = typeof import('./more-work.ts');

const TIMES_AT_ONCE = 60;
/** Work beyond a plain booking: what it does is fetched when it is first called for. */
const later = <S extends State>(name: keyof MoreWork, key: string, state: S, write = false): Work => ({
  key: `${name} ${key}`,
  write,
  async run(adapter, signal) {
    const more = await import('./more-work.ts').catch((cause: unknown) => {
      throw new ClinicError('unavailable', 'Part of the page cannot be fetched.', { cause });
    });
    return (more[name] as (state: S, adapter: ClinicAdapter, signal: AbortSignal) => Promise<Action>)(
      state,
      adapter,
      signal,
    );
  },
});

/** What the state calls for. */
export function workOf(state: State, now: () => string, language: () => string): readonly Work[] {
  switch (state.step) {
    case 'starting':
      return state.host.people.length > 0 ? [describe] : [];
    case 'visit':
      return state.orders ? [] : [later('findOrders', state.person.patientId, state)];
    case 'triage':
    case 'advised': {
      const { triage } = state;
      if (triage) return triage.part.triageWork(state, language());
      return [later('openTriage', state.visitType.id, { ...state, language: language() })];
    }
    case 'time':
      return look(state, now);
    case 'details':
      if (knowsNeeds(state)) return holds(state, now);
      return state.unmetHere ? [] : [later('findUnmetHere', state.slot.id, state)];
    case 'booking':
      // A booking that overtook its own hold would find the time taken.
      return [
        ...holds(state, now),
        ...(state.hold || state.unheld || !canHold(state) ? [later('book', state.key, state, true)] : []),
      ];
    case 'series':
      return state.visits ? [] : [later('plan', state.slot.id, state)];
    case 'booking-series':
      return bookNext(state);
    case 'joining':
      return [later('join', state.key, state, true)];
    case 'appointments':
      return state.appointments
        ? []
        : [later('findAppointments', `${state.person.patientId} ${state.look}`, { ...state, from: today(state, now) })];
    case 'cancel':
      return [later('cancel', state.key, state, true)];
    case 'failed':
      return [...('hold' in state.from ? holds(state.from, now) : []), ...waiting(state.error)];
    default:
      return [];
  }
}

const describe: Work = {
  key: 'describe',
  async run(adapter, signal) {
    const [clinic, visitTypes] = await Promise.all([
      adapter.describeClinic({}, { signal }),
      allPages((page) => adapter.findVisitTypes(page, { signal })),
    ]);
    return { type: 'started', clinic, visitTypes };
  },
};

/** What the calendar still has to know. */
function look(state: In<'time'>, now: () => string): readonly Work[] {
  const works: Work[] = [];
  const bounds = range(state, now);
  if (!state.days) works.push(findDays(state, bounds));
  else if (state.days.length === 0 && state.nextFree === undefined)
    works.push(findFirst('found-next', state, { ...bounds, from: addDays(endOfMonth(state.active), 1) }, bounds));
  if (state.seeking) works.push(findFirst('found-first', state, bounds));
  if (state.day && (!state.slots || state.more)) works.push(findTimes(state, state.day));
  if (state.lost && !state.nearest) works.push(later('findNearest', `${state.look}`, { ...state, bounds }));
  if (state.needs.length > 0 && !state.unmet) works.push(later('findUnmet', JSON.stringify(state.needs), state));
  if (state.narrowing && !state.practitioners) works.push(later('findChoices', state.visitType.id, state));
  return works;
}

const today = ({ clinic }: Known, now: () => string): string => dayOf(now(), clinic.timeZone);

function findDays(state: Choice, bounds: Bounds): Work {
  const first = addMonths(state.active, 0);
  const last = endOfMonth(state.active);
  const from = first > bounds.from ? first : bounds.from;
  const to = last < bounds.to ? last : bounds.to;
  return {
    key: `days ${state.look}`,
    async run(adapter, signal) {
      const { items } = await adapter.findFreeDays({ ...filterOf(state), from, to }, { signal });
      return { type: 'found-days', days: items };
    },
  };
}

/** The first free day of the first of these spans that has one. */
const findFirst = (type: 'found-next' | 'found-first', state: Choice, ...spans: readonly Bounds[]): Work => ({
  key: `${type} ${state.look}`,
  async run(adapter, signal) {
    for (const { from, to } of spans) {
      if (from > to) continue;
      const { items } = await adapter.findFreeDays({ ...filterOf(state), from, to, limit: 1 }, { signal });
      if (items[0]) return { type, day: items[0].day };
    }
    return { type, day: '' };
  },
});

function findTimes(state: Choice, day: string): Work {
  const { cursor, look: round } = state;
  return {
    key: `times ${round} ${day} ${cursor ?? ''}`,
    async run(adapter, signal) {
      const query = { ...filterOf(state), from: day, to: day, limit: TIMES_AT_ONCE, cursor };
      const { items, next } = await adapter.findSlots(query, { signal });
      return { type: 'found-slots', slots: items, cursor: next };
    },
  };
}

/** The time is held as long as the patient is at it, and given back when they turn to something else. */
function holds(
  { person, clinic, visitType, slot, holdKey, hold, left, unheld }: Chosen,
  now: () => string,
): readonly Work[] {
  if (unheld || !canHold({ clinic })) return [];
  const { id, version } = slot;
  const holding: Work = {
    key: holdKeyOf({ holdKey }),
    write: true,
    async run(adapter, signal) {
      const request = { acting: actingOf(person), visitTypeId: visitType.id, slot: { id, version } };
      const held = await adapter.holdSlot(request, { signal, idempotencyKey: holdKey });
      return { type: 'held', hold: held, ...(held.expires && { left: minutesUntil(held.expires, now) }) };
    },
    undo(adapter, action, state) {
      // A booked time is no longer held, and one that ran out is someone else's.
      if (action.type !== 'held' || state?.step === 'booked' || (state && 'unheld' in state)) return undefined;
      return adapter.releaseHold({ acting: actingOf(person), holdId: action.hold.id });
    },
  };
  return hold?.expires && left !== undefined ? [holding, countDown(hold.id, hold.expires, left, now)] : [holding];
}

const minutesUntil = (expires: string, now: () => string): number =>
  Math.max(0, Math.ceil(compareInstants(expires, now()) / 60_000));

/** Tells each minute that goes by, and the end. */
const countDown = (id: string, expires: string, left: number, now: () => string): Work => ({
  key: `hold ${id} ${left}`,
  async run(_, signal) {
    const untilNext = compareInstants(expires, now()) - Math.max(0, left - 1) * 60_000;
    await wait(Math.max(0, untilNext), signal);
    return left > 1 ? { type: 'minute-passed', left: left - 1 } : { type: 'hold-ended' };
  },
});

/** The visits of a series are booked one after the other, each as a write of its own: one that is taken stops no other. */
function bookNext(state: In<'booking-series'>): readonly Work[] {
  const next = state.visits.find(({ slot, appointment, taken }) => slot && !appointment && !taken);
  return next ? [{ ...later('bookVisit', next.key, { ...state, next }, true), key: next.key }] : [];
}
