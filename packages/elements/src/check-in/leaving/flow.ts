import type { Order } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { FlowAction } from '../../ui/flow.ts';
import type { PartEnd } from '../part.ts';
import type { Action as BookingAction } from './booking.ts';
import { begin as beginPayment, transition as pay } from '../payment/flow.ts';
import type { State as PaymentState } from '../payment/state.ts';
import type { Session } from '../session.ts';
import type { Action, In, Known, Reading, State } from './state.ts';

type Any = Action | FlowAction;

/** Marks the work of what books within that of the whole. */
export const OF_BOOKING = 'booking ';

/** What to do after the visit is read first, and what to book next. */
export const begin = (): State => ({
  step: 'reading',
  summary: undefined,
  language: '',
  orders: undefined,
  settled: {},
  payment: beginPayment(),
});

/** What becomes of a state. */
export function transition(state: State, action: Any, session: Session): State {
  if (state.step === 'finished') return state;
  if (action.type === 'failed') return fail(state, action.key, action.error, session);
  if (action.type === 'of-payment') return paid(state, pay(state.payment, action.action));
  if (action.type === 'left') {
    const left = { ...state, payment: pay(state.payment, action) };
    return left.step === 'booking' ? bookingTo(left, action, session) : left;
  }
  switch (state.step) {
    case 'reading':
      return read(state, action);
    case 'instructions':
      if (action.type === 'read-summary') return withSummary(state, action);
      return action.type === 'went-on' ? after('instructions', state) : state;
    case 'next':
      if (action.type !== 'wanted') return turned(state, action);
      return { ...known(state), step: 'booking', order: action.order, part: undefined, inner: undefined };
    case 'booking':
      return book(state, action, session);
    case 'due':
      return turned(state, action);
    case 'last':
      return finishing(state, action, session);
    case 'checking-out':
      return action.type === 'checked-out' ? { step: 'finished', end: 'done' } : state;
    case 'looking-again':
      return action.type === 'looked-again' ? lookedAgain(state, action) : state;
    case 'desk':
      return action.type === 'went-on' ? { step: 'finished', end: 'at-desk' } : state;
    case 'failed':
      return mend(state, action);
  }
}

const known = ({ summary, language, orders, settled, payment }: Known): Known => ({
  summary,
  language,
  orders,
  settled,
  payment,
});

function read(state: Known, action: Any): State {
  const next =
    action.type === 'read-summary'
      ? withSummary(state, action)
      : action.type === 'found-orders'
        ? { ...state, orders: action.orders }
        : state;
  return whenRead(next);
}

/** Both are there, or known not to be. */
const whenRead = (state: Known): State =>
  state.summary && state.orders ? { ...known(state), step: 'instructions' } : { ...known(state), step: 'reading' };

const withSummary = <S extends Known>(
  state: S,
  { summary, language }: Extract<Action, { type: 'read-summary' }>,
): S => ({ ...state, summary, language });

const PAGES = ['instructions', 'next', 'due', 'last'] as const;
type Page = (typeof PAGES)[number];

/** Whether there is something on a page. */
const isWanted = (page: Page, { orders, payment }: Known): boolean =>
  page === 'next' ? (orders ?? []).length > 0 : page === 'due' ? payment.step !== 'ended' : true;

const after = (page: Page, state: Known): State => {
  const next = PAGES.slice(PAGES.indexOf(page) + 1).find((one) => isWanted(one, state)) ?? 'last';
  return { ...known(state), step: next };
};

const before = (page: Page, state: Known): State => {
  const last = PAGES.slice(0, PAGES.indexOf(page)).findLast((one) => isWanted(one, state)) ?? 'instructions';
  return { ...known(state), step: last };
};

function turned(state: In<'next' | 'due'>, action: Any): State {
  if (isPaying(state)) return state;
  if (action.type === 'went-on') return after(state.step, state);
  return action.type === 'went-back' ? before(state.step, state) : state;
}

/** Whether a payment is under way. */
export const isPaying = ({ payment }: Known): boolean => payment.step === 'paying' || payment.step === 'sending';

/** What is due is decided about: on to the last page. */
function paid<S extends Exclude<State, In<'finished'>>>(state: S, payment: PaymentState): State {
  const next = { ...state, payment };
  return state.step === 'due' && payment.step === 'ended' ? after('due', next) : next;
}

const toList = (state: Known): In<'next'> => ({ ...known(state), step: 'next' });

/** Whether something about an order can be booked here: the clinic can tell what, and takes bookings here. */
export const canBook = ({ visitTypeId }: Order, { clinic }: Pick<Session, 'clinic'>): boolean =>
  visitTypeId !== undefined && clinic.supports.includes('bookAppointment');

function book(state: In<'booking'>, action: Any, session: Session): State {
  switch (action.type) {
    case 'loaded-booking': {
      const { part } = action;
      return { ...state, part, inner: state.inner ?? part.begin(state.order, session) };
    }
    case 'of-booking':
      return bookingTo(state, action.action, session);
    case 'went-back':
      return backToList(state, session);
    default:
      return state;
  }
}

function bookingTo(
  state: In<'booking'>,
  action: BookingAction | FlowAction,
  session: Session,
): In<'booking'> | In<'next'> {
  const { part, inner: from, order } = state;
  if (!part || !from) return state;
  const inner = part.transition(from, action, session);
  const settled = part.settled(inner);
  const next = { ...state, inner, ...(settled && { settled: { ...state.settled, [order.id]: settled } }) };
  return part.isOver(inner) ? toList(next) : next;
}

/** What was answered last may have to be told first. */
function backToList(state: In<'booking'>, session: Session): State {
  const isHeld = ({ part, inner }: In<'booking'>) => part && inner && part.holds(inner);
  if (isHeld(state)) return state;
  const told = bookingTo(state, { type: 'left' }, session);
  return told.step === 'booking' && isHeld(told) ? told : toList(state);
}

/** The same in other words: what books is fetched in them, and a time that was held meanwhile is free again. */
export function resume(state: State, session: Session): State {
  const left = state.step === 'booking' ? bookingTo(state, { type: 'left' }, session) : state;
  return left.step === 'booking' ? { ...left, part: undefined } : left;
}

function finishing(state: In<'last'>, action: Any, { visit }: Session): State {
  if (action.type === 'went-back') return before('last', state);
  if (action.type !== 'left-clinic') return state;
  const { version } = visit.appointment;
  return { ...known(state), step: 'checking-out', key: action.key, version, again: false };
}

/** Who was checked out elsewhere has left. What was changed is tried once more as it is now; all else is for the desk. */
function lookedAgain(state: In<'looking-again'>, { visit, key }: Extract<Action, { type: 'looked-again' }>): State {
  if (visit?.status === 'fulfilled') return { step: 'finished', end: 'done' };
  if (visit?.status === 'checked-in' && !state.again) {
    return { ...known(state), step: 'checking-out', key, version: visit.version, again: true };
  }
  return { ...known(state), step: 'desk' };
}

function fail(state: Exclude<State, In<'finished'>>, key: string, error: ClinicError, session: Session): State {
  if (state.step === 'booking') {
    if (key === 'load booking') return { ...known(state), step: 'failed', error, from: state };
    return bookingTo(state, { type: 'failed', key: key.slice(OF_BOOKING.length), error }, session);
  }
  if (key.startsWith('summary') || key === 'orders') {
    return failedToRead(state, key === 'orders' ? 'orders' : 'summary', error);
  }
  if (state.step === 'checking-out' && key.startsWith('check out')) {
    if (error.code === 'conflict') return { ...known(state), step: 'looking-again', again: state.again };
    return { ...known(state), step: 'failed', error, from: state };
  }
  if (state.step === 'looking-again' && key === 'look again') return { ...known(state), step: 'desk' };
  return paid(state, pay(state.payment, { type: 'failed', key, error }));
}

/** What the clinic has not written, or does not do, is not there; it keeps nobody from leaving. */
function failedToRead(state: Exclude<State, In<'finished'>>, what: Reading, error: ClinicError): State {
  if (state.step !== 'reading') return state;
  if (['not-found', 'unsupported', 'forbidden'].includes(error.code)) return without(state, what);
  return { ...known(state), step: 'failed', error, from: { step: 'reading', what } };
}

const without = (state: Known, what: Reading): State =>
  whenRead(what === 'orders' ? { ...state, orders: [] } : { ...state, summary: 'none' });

function mend(state: In<'failed'>, action: Any): State {
  const { from } = state;
  if (from.step === 'booking') {
    if (action.type === 'retried') return from;
    return action.type === 'went-back' ? toList(state) : state;
  }
  if (action.type === 'retried') return from.step === 'reading' ? { ...known(state), step: 'reading' } : from;
  if (action.type === 'went-on') return from.step === 'reading' ? without(state, from.what) : toDesk(state);
  return action.type === 'went-back' && from.step !== 'reading' ? { ...known(state), step: 'last' } : state;
}

const toDesk = (state: Known): State => ({ ...known(state), step: 'desk' });

/** How it ended. */
export const endOf = (state: State): PartEnd | undefined => (state.step === 'finished' ? state.end : undefined);
