import type { Part, PartContext } from '../part.ts';
import { load as loadPayment } from '../payment/payment-part.ts';
import { isDeskClosed } from '../state.ts';
import { wordsIn } from '../pieces.ts';
import { begin, endOf, isPaying, transition } from './flow.ts';
import { type Messages, messages } from './messages.ts';
import type { Action, State } from './state.ts';
import { styles } from './styles.ts';
import { view, type ViewContext } from './views.ts';
import { work } from './work.ts';

const languages = { es: async () => (await import('./messages.es.ts')).messages };

/** Makes the part for a patient who leaves: what to do, what to book, what is due, and out. */
export async function load(language: string): Promise<Part<State, Action>> {
  const [text, payment] = await Promise.all([wordsIn<Messages>(language, messages, languages), loadPayment(language)]);
  const contextOf = (context: PartContext<Action>): ViewContext => ({ ...context, text, payment });
  return {
    name: 'leaving',
    styles,
    begin,
    transition,
    work,
    page: (state) => pageOf(state, payment),
    end: endOf,
    holds: (state) =>
      state.step === 'checking-out' || state.step === 'looking-again' || (state.step === 'due' && isPaying(state)),
    heading: (state, context) => headingOf(state, contextOf(context)),
    status: (state, context) => statusOf(state, contextOf(context)),
    view: (state, context) => view(state, contextOf(context)),
    namesDesk: ({ step }) => step === 'desk',
  };
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

function headingOf(state: State, context: ViewContext): string {
  const { text, payment, session } = context;
  switch (state.step) {
    case 'next':
      return text.next;
    case 'due':
      return payment.heading(state.payment, paymentContext(context)) || text.due;
    case 'last':
    case 'checking-out':
    case 'looking-again':
      return text.last;
    case 'desk':
      return isDeskClosed(session) ? text.notEnded : text.desk;
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
    case 'due':
      return payment.status(state.payment, paymentContext(context));
    case 'checking-out':
    case 'looking-again':
      return text.leaving;
    default:
      return '';
  }
}
