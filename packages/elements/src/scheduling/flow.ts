import type { Appointment, Clinic, FreeDay, Hold, Mode, Slot, VisitType } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { addDays, addMonths, compareInstants, dayOf, endOfMonth } from '@clinic-widgets/core/time.js';
import { type Flow, type FlowAction, wait, type Work } from '../ui/flow.ts';

/** What the page says about the booking. An empty string is what it leaves open. */
export interface Host {
  readonly patientId: string;
  readonly representativeId: string;
  readonly visitTypeId: string;
  /** First and last day to offer. */
  readonly from: string;
  readonly to: string;
}

interface Known {
  readonly host: Host;
  readonly clinic: Clinic;
  readonly visitTypes: readonly VisitType[];
}

/** What the patient has settled so far, and what the clinic said is free. */
interface Choice extends Known {
  readonly visitType: VisitType;
  readonly mode: Mode | undefined;
  /** What the patient says the visit is about. */
  readonly reason: string;
  /** The day that the keyboard is on; its month is shown. */
  readonly active: string;
  /** Whether keys brought it there: then it stays. */
  readonly keyed?: boolean;
  /** The free days of that month, once known. */
  readonly days?: readonly FreeDay[];
  /** The first free day after an empty month; `''` where there is none. */
  readonly nextFree?: string;
  /** The day whose times are shown. */
  readonly day?: string;
  readonly slots?: readonly Slot[];
  /** Where the day's further times start, where there are more. */
  readonly cursor?: string | undefined;
  readonly more?: boolean;
  /** Counts the looks at what is free, so that a new look is new work. */
  readonly look: number;
  readonly notice?: 'taken';
}

interface Chosen extends Choice {
  readonly slot: Slot;
  readonly holdKey: string;
  readonly hold?: Hold;
  /** The clinic no longer keeps the time, or never did. */
  readonly unheld?: boolean;
}

export type Step =
  | { readonly step: 'starting'; readonly host: Host }
  | ({ readonly step: 'visit' } & Known)
  | ({ readonly step: 'time' } & Choice)
  | ({ readonly step: 'details' } & Chosen)
  | ({ readonly step: 'booking'; readonly key: string } & Chosen)
  | ({ readonly step: 'booked'; readonly appointment: Appointment } & Known);

export type State =
  | Step
  | {
      readonly step: 'failed';
      readonly host: Host;
      readonly clinic: Clinic | undefined;
      readonly error: ClinicError;
      readonly from: Step;
    };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

export type Action =
  | { readonly type: 'host-changed'; readonly host: Host }
  | { readonly type: 'started'; readonly clinic: Clinic; readonly visitTypes: readonly VisitType[] }
  | { readonly type: 'chose-visit'; readonly visitType: VisitType }
  | { readonly type: 'chose-mode'; readonly mode: Mode }
  | { readonly type: 'moved'; readonly day: string; readonly keyed?: boolean }
  | { readonly type: 'found-days'; readonly days: readonly FreeDay[] }
  | { readonly type: 'found-next'; readonly day: string }
  | { readonly type: 'chose-day'; readonly day: string }
  | { readonly type: 'found-slots'; readonly slots: readonly Slot[]; readonly cursor: string | undefined }
  | { readonly type: 'asked-more' }
  | { readonly type: 'chose-slot'; readonly slot: Slot; readonly key: string }
  | { readonly type: 'held'; readonly hold: Hold }
  | { readonly type: 'hold-ended' }
  | { readonly type: 'typed'; readonly reason: string }
  | { readonly type: 'confirmed'; readonly key: string }
  | { readonly type: 'booked'; readonly key: string; readonly appointment: Appointment }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' }
  | { readonly type: 'started-over' };

/** How far ahead a calendar goes where the page does not say. */
const MONTHS_AHEAD = 12;
const TIMES_AT_ONCE = 60;
/** A wait that the clinic asks for is sat out up to this many seconds; a longer one is left to the patient. */
const LONGEST_WAIT = 120;

/** Choose a visit, a day and a time, confirm while the time is held, have it booked. */
export const appointmentFlow = (now: () => string): Flow<State, Action> => ({
  initial: { step: 'starting', host: { patientId: '', representativeId: '', visitTypeId: '', from: '', to: '' } },

  transition(state, action) {
    if (action.type === 'host-changed') return { step: 'starting', host: action.host };
    if (action.type === 'failed') return fail(state, action);
    switch (state.step) {
      case 'starting':
        return action.type === 'started' ? start(state.host, action, now) : state;
      case 'visit':
        return action.type === 'chose-visit' ? choose(state, action.visitType, now) : state;
      case 'time':
        return changeTime(state, action, now);
      case 'details':
        return changeDetails(state, action);
      case 'booking':
        if (action.type !== 'booked') return changeHold(state, action);
        // The answer to another patient's booking may come late.
        return action.key === state.key ? { step: 'booked', ...known(state), appointment: action.appointment } : state;
      case 'booked':
        return action.type === 'started-over' ? { step: 'visit', ...known(state) } : state;
      case 'failed':
        if (action.type === 'retried') return state.from;
        if (action.type === 'went-back') return isUncertain(state) ? state : wayBack(state.from);
        return action.type === 'left' && state.from.step === 'details' ? wayBack(state.from) : state;
    }
  },

  work(state) {
    switch (state.step) {
      case 'starting':
        return state.host.patientId ? [describe] : [];
      case 'time':
        return look(state, now);
      case 'details':
        return holds(state, now);
      case 'booking':
        // A booking that overtook its own hold would find the time taken.
        return [...holds(state, now), ...(state.hold || state.unheld || !canHold(state) ? [book(state)] : [])];
      case 'failed':
        return [...('hold' in state.from ? holds(state.from, now) : []), ...waiting(state.error)];
      default:
        return [];
    }
  },
});

/** The first and the last day that may be shown. */
export function range({ host, clinic }: Known, now: () => string): { readonly from: string; readonly to: string } {
  const today = dayOf(now(), clinic.timeZone);
  const from = host.from > today ? host.from : today;
  const to = host.to || endOfMonth(addMonths(today, MONTHS_AHEAD));
  return { from, to: to > from ? to : from };
}

/** Whether a failed booking may have been carried out all the same: then only the same booking may follow. */
export const isUncertain = ({ from, error }: In<'failed'>): boolean =>
  from.step === 'booking' && (error.retryable || error.code === 'unexpected');

/** Whether the same may be asked again: what the clinic does not do, or not for this person, it will not do then. */
export const canRetry = ({ error }: In<'failed'>): boolean =>
  error.code !== 'unsupported' && error.code !== 'forbidden';

/** Whether there is a step to go back to. */
export const canGoBack = (state: In<'failed'>): boolean => state.from.step !== 'starting' && !isUncertain(state);

const known = ({ host, clinic, visitTypes }: Known): Known => ({ host, clinic, visitTypes });

function start(host: Host, { clinic, visitTypes }: Omit<Known, 'host'>, now: () => string): State {
  const visitType = visitTypes.find(({ id }) => id === host.visitTypeId);
  const at: Known = { host, clinic, visitTypes };
  return visitType ? choose(at, visitType, now) : { step: 'visit', ...at };
}

const choose = (at: Known, visitType: VisitType, now: () => string): State => ({
  step: 'time',
  ...known(at),
  visitType,
  mode: visitType.modes[0],
  reason: '',
  active: range(at, now).from,
  look: 0,
});

/** The same choice with nothing known of what is free. */
function lookAgain({ days: _d, nextFree: _n, slots: _s, cursor: _c, more: _m, notice: _o, ...choice }: Choice): Choice {
  return { ...choice, look: choice.look + 1 };
}

function changeTime(state: In<'time'>, action: Action | FlowAction, now: () => string): State {
  const { notice: _, ...rest } = state;
  switch (action.type) {
    case 'chose-mode':
      return { ...lookAgain(state), step: 'time', mode: action.mode };
    case 'moved':
      return moveTo(state, action, now);
    case 'found-days':
      return { ...state, days: action.days, active: firstFree(state, action.days) };
    case 'found-next':
      return { ...state, nextFree: action.day };
    case 'chose-day': {
      const { slots: _s, cursor: _c, more: _m, ...other } = rest;
      return { ...other, active: action.day, day: action.day };
    }
    case 'found-slots':
      return { ...state, slots: [...(state.slots ?? []), ...action.slots], cursor: action.cursor, more: false };
    case 'asked-more':
      return { ...state, more: true };
    case 'chose-slot':
      return { ...rest, step: 'details', slot: action.slot, holdKey: action.key };
    case 'went-back':
      return { step: 'visit', ...known(state) };
    default:
      return state;
  }
}

/** Another month is another look; a day outside what may be shown stays at its edge. */
function moveTo(
  state: In<'time'>,
  { day, keyed = false }: Extract<Action, { type: 'moved' }>,
  now: () => string,
): State {
  const { from, to } = range(state, now);
  const active = day < from ? from : day > to ? to : day;
  if (sameMonth(active, state.active)) return { ...state, active, keyed };
  const { day: _d, ...choice } = lookAgain(state);
  return { ...choice, step: 'time', active, keyed };
}

export const sameMonth = (a: string, b: string): boolean => a.slice(0, 7) === b.slice(0, 7);

/** The keyboard starts on a day that can be chosen. */
function firstFree({ active, day, keyed }: Choice, days: readonly FreeDay[]): string {
  if (keyed || (day && sameMonth(day, active))) return active;
  return (days.find((free) => free.day >= active) ?? days[0])?.day ?? active;
}

function changeDetails(state: In<'details'>, action: Action | FlowAction): State {
  switch (action.type) {
    case 'typed':
      return { ...state, reason: action.reason };
    case 'confirmed':
      return { ...state, step: 'booking', key: action.key };
    case 'went-back':
    case 'left':
      return { ...lookAgain(unchosen(state)), step: 'time' };
    default:
      return changeHold(state, action);
  }
}

function changeHold<S extends In<'details' | 'booking'>>(state: S, action: Action | FlowAction): S {
  if (action.type === 'held') return { ...state, hold: action.hold };
  // The hold goes with the booking all the same: until someone else takes the time it is as good as ever.
  return action.type === 'hold-ended' ? { ...state, unheld: true } : state;
}

function unchosen(state: Chosen): Choice {
  const { slot: _s, holdKey: _k, hold: _h, unheld: _u, ...choice } = state;
  return choice;
}

/** A time that someone else took is no dead end: the patient sees what is free now, with nothing typed lost. */
function fail(state: State, { key, error }: Extract<FlowAction, { type: 'failed' }>): State {
  if (state.step === 'failed' || state.step === 'visit' || state.step === 'booked') return state;
  const chosen = state.step === 'details' || state.step === 'booking' ? state : undefined;
  if (chosen && error.code === 'conflict') {
    return { ...lookAgain(unchosen(chosen)), step: 'time', notice: 'taken' };
  }
  // A clinic that cannot keep a time for the patient can still book it.
  const refused = error.code === 'unsupported' || error.code === 'forbidden';
  if (chosen && refused && key === holdKeyOf(chosen)) return { ...chosen, unheld: true };
  const clinic = state.step === 'starting' ? undefined : state.clinic;
  return { step: 'failed', host: state.host, clinic, error, from: state };
}

/** One step back from what could not be done. */
function wayBack(from: Step): State {
  switch (from.step) {
    case 'time':
      return { step: 'visit', ...known(from) };
    case 'details':
      return { ...lookAgain(unchosen(from)), step: 'time' };
    case 'booking':
      return { ...from, step: 'details' };
    default:
      return from;
  }
}

const describe: Work<State, Action> = {
  key: 'describe',
  async run(adapter, signal) {
    const [clinic, visitTypes] = await Promise.all([
      adapter.describeClinic({}, { signal }),
      allPages((page) => adapter.findVisitTypes(page, { signal })),
    ]);
    return { type: 'started', clinic, visitTypes };
  },
};

/** Everything a short list has, up to as many pages as a patient could ever look through. */
async function allPages<T>(
  find: (page: { cursor?: string }) => Promise<{ items: readonly T[]; next?: string | undefined }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page === 0 || (cursor && page < 10); page += 1) {
    const found = await find(cursor ? { cursor } : {});
    items.push(...found.items);
    cursor = found.next;
  }
  return items;
}

/** What the calendar still has to know. */
function look(state: In<'time'>, now: () => string): readonly Work<State, Action>[] {
  const works: Work<State, Action>[] = [];
  if (!state.days) works.push(findDays(state, range(state, now)));
  else if (state.days.length === 0 && state.nextFree === undefined) works.push(findNext(state, range(state, now)));
  if (state.day && (!state.slots || state.more)) works.push(findTimes(state, state.day));
  return works;
}

const filter = ({ visitType, mode }: Choice) => ({ visitTypeId: visitType.id, ...(mode && { mode }) });

function findDays(state: Choice, bounds: { from: string; to: string }): Work<State, Action> {
  const first = addMonths(state.active, 0);
  const last = endOfMonth(state.active);
  const from = first > bounds.from ? first : bounds.from;
  const to = last < bounds.to ? last : bounds.to;
  return {
    key: `days ${state.visitType.id} ${state.look}`,
    async run(adapter, signal) {
      const { items } = await adapter.findFreeDays({ ...filter(state), from, to }, { signal });
      return { type: 'found-days', days: items };
    },
  };
}

function findNext(state: Choice, { to }: { to: string }): Work<State, Action> {
  const from = addDays(endOfMonth(state.active), 1);
  return {
    key: `next ${state.visitType.id} ${state.look}`,
    async run(adapter, signal) {
      if (from > to) return { type: 'found-next', day: '' };
      const { items } = await adapter.findFreeDays({ ...filter(state), from, to, limit: 1 }, { signal });
      return { type: 'found-next', day: items[0]?.day ?? '' };
    },
  };
}

function findTimes(state: Choice, day: string): Work<State, Action> {
  const { cursor, look: round, visitType } = state;
  return {
    key: `times ${visitType.id} ${round} ${day} ${cursor ?? ''}`,
    async run(adapter, signal) {
      const query = { ...filter(state), from: day, to: day, limit: TIMES_AT_ONCE, ...(cursor && { cursor }) };
      const { items, next } = await adapter.findSlots(query, { signal });
      return { type: 'found-slots', slots: items, cursor: next };
    },
  };
}

const acting = ({ patientId, representativeId }: Host) => ({
  patientId,
  ...(representativeId && { representativeId }),
});

const canHold = ({ clinic }: Pick<Known, 'clinic'>): boolean => clinic.supports.includes('holdSlot');
const holdKeyOf = ({ holdKey }: Pick<Chosen, 'holdKey'>): string => `hold ${holdKey}`;

/** The time is held as long as the patient is at it, and given back when they turn to something else. */
function holds(
  { host, clinic, visitType, slot, holdKey, hold, unheld }: Chosen,
  now: () => string,
): readonly Work<State, Action>[] {
  if (unheld || !canHold({ clinic })) return [];
  const { id, version } = slot;
  const holding: Work<State, Action> = {
    key: holdKeyOf({ holdKey }),
    write: true,
    async run(adapter, signal) {
      const request = { acting: acting(host), visitTypeId: visitType.id, slot: { id, version } };
      return { type: 'held', hold: await adapter.holdSlot(request, { signal, idempotencyKey: holdKey }) };
    },
    undo(adapter, action, state) {
      // A booked time is no longer held, and one that ran out is someone else's.
      if (action.type !== 'held' || state.step === 'booked' || 'unheld' in state) return undefined;
      return adapter.releaseHold({ acting: acting(host), holdId: action.hold.id });
    },
  };
  return hold?.expires ? [holding, untilExpiry(hold.id, hold.expires, now)] : [holding];
}

const untilExpiry = (id: string, expires: string, now: () => string): Work<State, Action> => ({
  key: `expiry ${id}`,
  async run(_, signal) {
    await wait(Math.max(0, compareInstants(expires, now())), signal);
    return { type: 'hold-ended' };
  },
});

function book(state: In<'booking'>): Work<State, Action> {
  const { host, visitType, slot, hold, mode, reason, key } = state;
  return {
    key: `book ${key}`,
    write: true,
    async run(adapter, signal) {
      const request = {
        acting: acting(host),
        visitTypeId: visitType.id,
        slot: { id: slot.id, version: slot.version },
        ...(hold && { holdId: hold.id }),
        ...(mode && { mode }),
        ...(reason.trim() && { reason: reason.trim() }),
      };
      const appointment = await adapter.bookAppointment(request, { signal, idempotencyKey: key });
      return { type: 'booked', key, appointment };
    },
  };
}

/** A clinic that says how long to wait is asked again then, without anyone having to press anything. */
function waiting({ code, retryAfter }: ClinicError): readonly Work<State, Action>[] {
  if (code !== 'throttled' && retryAfter === undefined) return [];
  const seconds = Math.max(retryAfter ?? 30, 1);
  if (seconds > LONGEST_WAIT) return [];
  return [
    {
      key: 'wait',
      async run(_, signal) {
        await wait(seconds * 1000, signal);
        return { type: 'retried' };
      },
    },
  ];
}
