import type { Appointment, FreeDay } from '@clinic-widgets/core';
import type { Flow, FlowAction } from '../ui/flow.ts';
import type { Action } from './action.ts';
import {
  type Advice,
  type Asking,
  type Choice,
  type Chosen,
  holdKeyOf,
  type In,
  type InSeries,
  isToCome,
  isUncertain,
  type Known,
  NOTHING_SAID,
  range,
  type State,
  type Step,
} from './state.ts';
import { isRefused } from '../ui/waiting.ts';
import { workOf } from './work.ts';

type Any = Action | FlowAction;

/** Choose a visit, a day and a time, confirm while the time is held, have it booked; move it, call it off. */
export const appointmentFlow = (now: () => string, language: () => string = () => 'en'): Flow<State, Action> => ({
  initial: { step: 'starting', host: NOTHING_SAID, stopped: {} },

  transition(state, action) {
    if (action.type === 'host-changed') return { step: 'starting', host: action.host, stopped: stoppedIn(state) };
    if (action.type === 'failed') return fail(state, action);
    switch (state.step) {
      case 'starting':
        return action.type === 'started' ? start(state, action, now) : state;
      case 'visit':
        return changeVisit(state, action, now);
      case 'triage':
      case 'advised':
        return changeTriage(state, action, now);
      case 'time':
        return changeTime(state, action, now);
      case 'details':
        return changeDetails(state, action);
      case 'booking':
        if (action.type !== 'booked' && action.type !== 'refused') return changeHold(state, action);
        // The answer to another patient's booking may come late.
        if (action.key !== state.key) return state;
        if (action.type === 'booked') return finish(state, action.appointment);
        return { ...state, step: 'details', refused: true };
      case 'series':
      case 'booking-series':
        return changeSeries(state, action);
      case 'waitlist':
        if (action.type === 'went-back') return toTime(state);
        return action.type === 'joined' ? { ...state, step: 'joining', key: action.key, until: action.until } : state;
      case 'joining':
        return action.type === 'waits'
          ? { ...known(state), step: 'waiting', queued: action.queued, visitType: state.visitType, until: state.until }
          : state;
      case 'appointments':
      case 'cancelling':
      case 'cancel':
        return changeAppointments(state, action, now);
      case 'booked':
      case 'series-booked':
      case 'waiting':
      case 'cancelled':
        if (action.type === 'opened-appointments') return list(state);
        return action.type === 'started-over' ? { ...known(state), step: 'visit' } : state;
      case 'failed':
        if (action.type === 'retried') return state.from;
        if (action.type === 'went-back') return isUncertain(state) ? state : wayBack(state.from);
        return action.type === 'left' && state.from.step === 'details' ? wayBack(state.from) : state;
    }
  },

  work: (state) => workOf(state, now, language),
});

const stoppedIn = (state: State): Known['stopped'] =>
  'stopped' in state ? state.stopped : state.step === 'failed' ? stoppedIn(state.from) : {};

const known = ({ host, clinic, visitTypes, person, needs, stopped }: Known): Known => ({
  host,
  clinic,
  visitTypes,
  person,
  needs,
  stopped,
});

const list = (state: Known): In<'appointments'> => ({ ...known(state), step: 'appointments', look: 0 });

function start(
  { host, stopped }: In<'starting'>,
  { clinic, visitTypes }: Pick<Known, 'clinic' | 'visitTypes'>,
  now: () => string,
): State {
  const at: Known = { host, clinic, visitTypes, person: host.people[0]!, needs: host.needs, stopped };
  if (host.opens === 'appointments') return list(at);
  const visitType = visitTypes.find(({ id }) => id === host.visitTypeId);
  return visitType && !host.orderId ? choose(at, { visitType }, now) : { ...at, step: 'visit' };
}

function choose(at: Known, what: Pick<Choice, 'visitType' | 'order' | 'moving' | 'advice'>, now: () => string): State {
  const { visitType, order, moving, advice } = what;
  const { host, person, stopped } = at;
  const stop = stopped[person.patientId];
  if (stop && !moving) return { ...stop, ...known(at) };
  if (!moving && !advice && visitType.triageFormId) return { ...known(at), step: 'triage', visitType, order };
  const course = order?.visits ? { visits: order.visits, perWeek: visitType.series?.perWeek ?? 1 } : visitType.series;
  return {
    ...known(at),
    ...what,
    step: 'time',
    course: moving ? undefined : course,
    filter: {
      mode: moving?.mode ?? advice?.mode ?? visitType.modes[0],
      practitionerId: host.practitionerId || undefined,
      locationId: host.locationId || undefined,
    },
    reason: '',
    active: range({ ...at, advice }, now).from,
    look: 0,
  };
}

function changeVisit(state: In<'visit'>, action: Any, now: () => string): State {
  switch (action.type) {
    case 'chose-person':
      return { ...known(state), step: 'visit', person: action.person };
    case 'found-orders': {
      // A page may lead here for one order: once, so that there is a way out of it.
      const host = { ...state.host, orderId: '' };
      const order = action.orders.find(({ id }) => id === state.host.orderId);
      const visitType = state.visitTypes.find(({ id }) => id === order?.visitTypeId);
      return order && visitType
        ? choose({ ...state, host }, { visitType, order }, now)
        : { ...state, host, orders: action.orders };
    }
    case 'chose-visit':
      return choose(state, { visitType: action.visitType, order: action.order }, now);
    case 'opened-appointments':
      return list(state);
    default:
      return state;
  }
}

/** Questions come before times; the part of the page that asks them goes by the answers. */
function changeTriage(state: In<'triage' | 'advised'>, action: Any, now: () => string): State {
  const part = (action.type === 'opened-triage' ? action : state).triage?.part;
  const leave = (): State => ({ ...known(state), step: 'visit' });
  if (!part) return action.type === 'went-back' ? leave() : state;
  const { visitType, order }: Pick<Asking, 'visitType' | 'order'> = state;
  const go = (advice: Advice) => choose(state, { visitType, order, advice }, now);
  return part.changeTriage(state, action, go, leave, now);
}

/** The same choice with nothing known of what is free. */
function lookAgain(choice: Choice): Choice {
  const {
    days: _d,
    nextFree: _n,
    slots: _s,
    cursor: _c,
    more: _m,
    lost: _l,
    nearest: _w,
    seeking: _k,
    ...rest
  } = choice;
  return { ...rest, look: choice.look + 1 };
}

const toTime = (choice: Choice): In<'time'> => ({ ...lookAgain(choice), step: 'time' });

function changeTime(state: In<'time'>, action: Any, now: () => string): State {
  switch (action.type) {
    case 'changed-filter':
      return { ...toTime(state), filter: { ...state.filter, ...action.filter } };
    case 'narrowed':
      return { ...state, narrowing: true };
    case 'found-choices':
      return { ...state, practitioners: action.practitioners, locations: action.locations };
    case 'changed-needs': {
      const { unmet: _, ...rest } = state;
      return { ...rest, needs: action.needs };
    }
    case 'found-unmet':
      return { ...state, unmet: action.unmet };
    case 'moved':
      return moveTo(state, action, now);
    case 'asked-first':
      if (state.nextFree) return changeTime(state, { type: 'found-first', day: state.nextFree }, now);
      return { ...state, seeking: true };
    case 'found-first': {
      const { seeking: _, ...rest } = state;
      if (!action.day) return { ...rest, nextFree: '' };
      return changeTime(moveTo(rest, action, now), { type: 'chose-day', day: action.day }, now);
    }
    case 'found-days':
      return { ...state, days: action.days, active: firstFree(state, action.days) };
    case 'found-next':
      return { ...state, nextFree: action.day };
    case 'chose-day': {
      const { slots: _s, cursor: _c, more: _m, lost: _l, nearest: _n, ...other } = state;
      return { ...other, active: action.day, day: action.day };
    }
    case 'found-slots':
      return { ...state, slots: [...(state.slots ?? []), ...action.slots], cursor: action.cursor, more: false };
    case 'asked-more':
      return { ...state, more: true };
    case 'found-nearest':
      // An appointment that is no longer to come cannot be moved.
      if (action.moving && !isToCome(action.moving)) return { ...list(state), notice: 'changed' };
      return { ...state, nearest: action.slots, ...(action.moving && { moving: action.moving }) };
    case 'chose-slot':
      return chooseSlot(state, action);
    case 'asked-waitlist':
      return { ...state, step: 'waitlist' };
    case 'went-back':
      return state.moving ? list(state) : { ...known(state), step: 'visit' };
    default:
      return state;
  }
}

function chooseSlot(state: In<'time'>, { slot, key }: Extract<Action, { type: 'chose-slot' }>): State {
  const { lost: _l, nearest: _n, ...choice } = state;
  const { course } = choice;
  return course ? { ...choice, course, step: 'series', slot } : { ...choice, step: 'details', slot, holdKey: key };
}

/** Another month is another look; a day outside what may be shown stays at its edge. */
function moveTo(
  state: In<'time'>,
  { day, keyed = false }: Pick<Extract<Action, { type: 'moved' }>, 'day' | 'keyed'>,
  now: () => string,
): In<'time'> {
  const { from, to } = range(state, now);
  const active = day < from ? from : day > to ? to : day;
  if (sameMonth(active, state.active)) return { ...state, active, keyed };
  const { day: _d, ...choice } = toTime(state);
  return { ...choice, active, keyed };
}

const sameMonth = (a: string, b: string): boolean => a.slice(0, 7) === b.slice(0, 7);

/** The keyboard starts on a day that can be chosen. */
function firstFree({ active, day, keyed }: Choice, days: readonly FreeDay[]): string {
  if (keyed || (day && sameMonth(day, active))) return active;
  return (days.find((free) => free.day >= active) ?? days[0])?.day ?? active;
}

function changeDetails(state: In<'details'>, action: Any): State {
  switch (action.type) {
    case 'found-unmet-here':
      return { ...state, unmetHere: action.unmet };
    case 'accepted':
      return { ...state, accepted: true };
    case 'typed':
      return { ...state, reason: action.reason, refused: false };
    case 'confirmed':
      return { ...state, step: 'booking', key: action.key };
    case 'went-back':
    case 'left':
      return toTime(unchosen(state));
    default:
      return changeHold(state, action);
  }
}

function changeHold<S extends In<'details' | 'booking'>>(state: S, action: Any): S {
  switch (action.type) {
    case 'held':
      return { ...state, hold: action.hold, ...(action.left !== undefined && { left: action.left }) };
    case 'minute-passed':
      return { ...state, left: action.left };
    case 'hold-ended':
      // The hold goes with the booking all the same: until someone else takes the time it is as good as ever.
      return { ...state, unheld: true };
    default:
      return state;
  }
}

function unchosen(state: Chosen): Choice {
  const {
    slot: _s,
    holdKey: _k,
    hold: _h,
    left: _l,
    unheld: _u,
    unmetHere: _m,
    accepted: _a,
    refused: _r,
    ...choice
  } = state;
  return choice;
}

const finish = (state: Chosen, appointment: Appointment): State => ({
  ...known(state),
  step: 'booked',
  appointment,
  moved: Boolean(state.moving),
});

function changeSeries(state: In<'series' | 'booking-series'>, action: Any): State {
  if (action.type === 'booked-visit' && state.step === 'booking-series') {
    const { appointment, key } = action;
    const visits = state.visits.map((visit) =>
      visit.key === key ? { ...visit, ...(appointment ? { appointment } : { taken: true }) } : visit,
    );
    const open = visits.some((visit) => visit.slot && !visit.appointment && !visit.taken);
    return open ? { ...state, visits } : endSeries({ ...state, visits });
  }
  if (state.step === 'booking-series') return state;
  if (action.type === 'planned') return { ...state, visits: action.visits };
  if (action.type === 'went-back') return toTime(unplanned(state));
  return action.type === 'confirmed' && state.visits
    ? { ...state, step: 'booking-series', visits: state.visits }
    : state;
}

const endSeries = (state: In<'booking-series'>): In<'series-booked'> => ({
  ...known(state),
  step: 'series-booked',
  visits: state.visits,
});

function unplanned(state: InSeries): Choice {
  const { slot: _s, visits: _v, ...choice } = state;
  return choice;
}

function changeAppointments(
  state: In<'appointments' | 'cancelling' | 'cancel'>,
  action: Any,
  now: () => string,
): State {
  if (state.step === 'cancel') {
    if (action.type !== 'was-cancelled' || action.key !== state.key) return state;
    return { ...known(state), step: 'cancelled', appointment: action.appointment };
  }
  if (state.step === 'cancelling') {
    if (action.type === 'went-back') return list(state);
    return action.type === 'cancelled' ? { ...state, step: 'cancel', reason: action.reason, key: action.key } : state;
  }
  switch (action.type) {
    case 'found-appointments':
      return { ...state, appointments: action.appointments };
    case 'chose-to-cancel':
      return { ...state, step: 'cancelling', appointment: action.appointment };
    case 'chose-to-move': {
      const { appointment: moving } = action;
      const visitType = state.visitTypes.find(({ id }) => id === moving.visitType?.id);
      return visitType ? choose(state, { visitType, moving }, now) : state;
    }
    case 'chose-person':
      return list({ ...state, person: action.person });
    case 'started-over':
      return { ...known(state), step: 'visit' };
    default:
      return state;
  }
}

/** A time that someone else took is no dead end: the patient sees what is free now, with nothing typed lost. */
function fail(state: State, { key, error }: Extract<FlowAction, { type: 'failed' }>): State {
  if (state.step === 'failed') return state;
  if (state.step === 'visit') return { ...state, orders: [] };
  const after = 'triage' in state && state.triage?.part.failTriage(state, key);
  if (after) return after;
  if (state.step === 'booking-series' && error.code === 'conflict')
    return changeSeries(state, { type: 'booked-visit', key });
  if (state.step === 'cancel' && error.code === 'conflict') return { ...list(state), notice: 'changed' };

  const chosen = state.step === 'details' || state.step === 'booking' ? state : undefined;
  const ofHold = chosen && key === holdKeyOf(chosen);
  if (chosen && error.code === 'conflict') return { ...toTime(unchosen(chosen)), lost: chosen.slot };
  // A clinic that cannot keep a time for the patient can still book it.
  if (chosen && ofHold && isRefused(error)) return { ...chosen, unheld: true };
  const clinic = state.step === 'starting' ? undefined : state.clinic;
  return { step: 'failed', host: state.host, clinic, error, from: state };
}

/** One step back from what could not be done. */
function wayBack(from: Step): State {
  switch (from.step) {
    case 'time':
      return from.moving ? list(from) : { ...known(from), step: 'visit' };
    case 'triage':
      return from.triage ? from.triage.part.backToQuestions(from) : { ...known(from), step: 'visit' };
    case 'details':
      return toTime(unchosen(from));
    case 'booking':
      return { ...from, step: 'details' };
    case 'series':
      return toTime(unplanned(from));
    case 'booking-series':
      // What has been booked is booked, whatever stopped the rest.
      return from.visits.some(({ appointment }) => appointment) ? endSeries(from) : toTime(unplanned(from));
    case 'waitlist':
    case 'joining':
      return toTime(from);
    case 'appointments':
      return { ...known(from), step: 'visit' };
    case 'cancelling':
    case 'cancel':
      return list(from);
    default:
      return from;
  }
}
