import type { Order } from '@clinic-widgets/core';
import type { Part, PartContext } from '../part.ts';
import { withDesk } from '../overlay.ts';
import { load as loadPayment } from '../payment/payment-part.ts';
import { wordsIn } from '../pieces.ts';
import type { Session } from '../session.ts';
import type { BookingPart, Settled, State as BookingState } from './booking.ts';
import { begin, canBook, endOf, isPaying, resume, transition } from './flow.ts';
import { type Messages, messages } from './messages.ts';
import type { Action, State } from './state.ts';
import { styles } from './styles.ts';
import { bookingContext, view, type ViewContext } from './views.ts';
import { work } from './work.ts';

const languages = { es: async () => (await import('./messages.es.ts')).messages };

/** Makes the part for a patient who leaves: what to do, what to book, what is due, and out. */
export async function load(language: string): Promise<Part<State, Action>> {
  const [text, payment] = await Promise.all([wordsIn<Messages>(language, messages, languages), loadPayment(language)]);
  const contextOf = (context: PartContext<Action>): ViewContext => ({
    ...context,
    text: withDesk(text, context.session),
    payment,
  });
  return {
    name: 'leaving',
    styles,
    moreStyles: (state) => ofBooking(state, (part, inner) => part.styles(inner)) ?? [],
    begin,
    transition,
    work,
    page: (state) => pageOf(state, payment),
    end: endOf,
    focus: (from, to) => booked(from, to, (part, before, now) => part.focus(before, now)) ?? '',
    events: (from, to) => booked(from, to, (part, before, now) => part.events(before, now)) ?? [],
    holds: (state) =>
      state.step === 'checking-out' ||
      state.step === 'looking-again' ||
      (state.step === 'due' && isPaying(state)) ||
      ofBooking(state, (part, inner) => part.holds(inner)) === true,
    isUnheard: (state) => ofBooking(state, (part, inner) => part.isUnheard(inner)) === true,
    resume,
    heading: (state, context) => headingOf(state, contextOf(context)),
    headingLanguage: (state, { locale }) =>
      ofBooking(state, (part, inner) => part.headingLanguage(inner, locale)) ?? locale,
    status: (state, context) => statusOf(state, contextOf(context)),
    view: (state, context) => view(state, contextOf(context)),
    namesDesk,
  };
}

function namesDesk(state: State, session: Session): boolean {
  if (state.step !== 'next') return state.step === 'desk';
  return (state.orders ?? []).some((order) => isForDesk(order, state.settled[order.id], session));
}

/** Whether the list sends to the desk for an order, or for some of its visits. */
function isForDesk(order: Order, settled: Settled | undefined, session: Session): boolean {
  if (settled?.kind === 'booked') return settled.appointments.length < (order.visits ?? 1);
  return settled?.kind === 'at-desk' || !canBook(order, session);
}

/** While the visit is ended, the patient stays at the same page. */
function pageOf(state: State, payment: ViewContext['payment']): string {
  switch (state.step) {
    case 'due':
      return `due ${payment.page(state.payment)}`;
    case 'checking-out':
    case 'looking-again':
      return 'last';
    default:
      return state.step;
  }
}

const paymentContext = ({ send, ...context }: ViewContext) => ({
  ...context,
  send: (action: Extract<Action, { type: 'of-payment' }>['action']) => send({ type: 'of-payment', action }),
});

/** Something of what is booked with; nothing before it is there, and elsewhere. */
function ofBooking<T>(state: State, of: (part: BookingPart, inner: BookingState) => T): T | undefined {
  return state.step === 'booking' && state.part && state.inner ? of(state.part, state.inner) : undefined;
}

/** Something of what is booked with, from one state of it to the next. */
function booked<T>(
  from: State,
  to: State,
  of: (part: BookingPart, before: BookingState, now: BookingState) => T,
): T | undefined {
  if (from.step !== 'booking' || to.step !== 'booking') return undefined;
  return from.inner && to.inner && to.part ? of(to.part, from.inner, to.inner) : undefined;
}

function headingOf(state: State, context: ViewContext): string {
  const { text, payment } = context;
  switch (state.step) {
    case 'next':
      return text.next;
    case 'booking':
      return ofBooking(state, (part, inner) => part.heading(inner, bookingContext(context))) ?? '';
    case 'due':
      return payment.heading(state.payment, paymentContext(context)) || text.due;
    case 'last':
    case 'checking-out':
    case 'looking-again':
      return text.last;
    case 'desk':
      return text.desk;
    case 'failed':
      return text.failed;
    default:
      return text.instructions;
  }
}

function statusOf(state: State, context: ViewContext): string {
  const { text, payment } = context;
  switch (state.step) {
    case 'reading':
      return text.reading;
    case 'booking':
      return ofBooking(state, (part, inner) => part.status(inner, bookingContext(context))) ?? text.loading;
    case 'due':
      return payment.status(state.payment, paymentContext(context));
    case 'checking-out':
    case 'looking-again':
      return text.leaving;
    default:
      return '';
  }
}
