import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { allPages } from '../../ui/all-pages.ts';
import type { Work as WorkOf } from '../../ui/flow.ts';
import { waiting } from '../../ui/waiting.ts';
import { workOf as paymentWork } from '../payment/flow.ts';
import type { Session } from '../session.ts';
import { within } from '../within.ts';
import { OF_BOOKING } from './flow.ts';
import type { Action, In, State } from './state.ts';

type Work = WorkOf<State, Action>;

/** What a state calls for. */
export function work(state: State, session: Session): readonly Work[] {
  switch (state.step) {
    case 'reading':
      return [...(state.summary ? [] : [readSummary(session)]), ...(state.orders ? [] : [findOrders(session)])];
    case 'instructions':
      // A patient may choose another language in between.
      return state.language === session.host.language || state.summary === 'none' ? [] : [readSummary(session)];
    case 'booking':
      return booking(state, session);
    case 'due':
      return payment(state, session);
    case 'checking-out':
      return [checkOut(state, session)];
    case 'looking-again':
      return [lookAgain(session)];
    case 'failed':
      return waiting(state.error);
    default:
      return [];
  }
}

const payment = (state: In<'due'>, session: Session): readonly Work[] =>
  within(paymentWork(state.payment, session), (action) => ({ type: 'of-payment', action }));

function booking(state: In<'booking'>, session: Session): readonly Work[] {
  const { part, inner } = state;
  if (!part || !inner) return [loadBooking(session)];
  const innerOf = (now: State) => (now.step === 'booking' ? now.inner : undefined);
  return within(part.work(inner, session), (action): Action => ({ type: 'of-booking', action }), innerOf).map(
    (work) => ({ ...work, key: `${OF_BOOKING}${work.key}` }),
  );
}

const loadBooking = ({ host: { language } }: Session): Work => ({
  key: 'load booking',
  async run() {
    const { load } = await import('./booking.ts').catch((cause: unknown) => {
      throw new ClinicError('unavailable', 'Part of the page cannot be fetched.', { cause });
    });
    return { type: 'loaded-booking', part: await load(language) };
  },
});

const readSummary = ({ acting, visit, host: { language } }: Session): Work => ({
  key: `summary ${language}`,
  async run(adapter, signal) {
    const query = { acting, appointmentId: visit.appointment.id, language };
    try {
      return { type: 'read-summary', summary: await adapter.getVisitSummary(query, { signal }), language };
    } catch (error) {
      if (isClinicError(error) && error.code === 'not-found')
        return { type: 'read-summary', summary: 'none', language };
      throw error;
    }
  },
});

const findOrders = ({ acting }: Session): Work => ({
  key: 'orders',
  async run(adapter, signal) {
    const orders = await allPages((page) => adapter.findOrders({ acting, ...page }, { signal }));
    return { type: 'found-orders', orders };
  },
});

const checkOut = ({ key, version }: In<'checking-out'>, { acting, host, visit }: Session): Work => ({
  key: `check out ${key}`,
  write: true,
  async run(adapter, signal) {
    const appointment = { id: visit.appointment.id, version };
    await adapter.checkOut({ acting, appointment, station: host.station }, { signal, idempotencyKey: key });
    return { type: 'checked-out' };
  },
});

/** A visit may be over already, or may never have begun. */
const lookAgain = ({ acting, visit, host: { station, language } }: Session): Work => ({
  key: 'look again',
  async run(adapter, signal) {
    const query = { acting, station, language };
    const visits = await allPages((page) => adapter.findVisits({ ...query, ...page }, { signal }));
    const found = visits.find(({ appointment }) => appointment.id === visit.appointment.id)?.appointment;
    const now = found && { status: found.status, version: found.version };
    return { type: 'looked-again', visit: now, key: newKey() };
  },
});
