import type { Part } from '../part.ts';
import { wordsIn } from '../pieces.ts';
import { begin, isPaid, transition, workOf } from './flow.ts';
import { type Messages, messages } from './messages.ts';
import type { Action, State } from './state.ts';
import { styles } from './styles.ts';
import { view } from './views.ts';

const languages = { es: async () => (await import('./messages.es.ts')).messages };

/** Makes the part that says what is due, and asks how the patient will pay. */
export async function load(language: string): Promise<Part<State, Action>> {
  const text = await wordsIn<Messages>(language, messages, languages);
  return {
    name: 'payment',
    styles,
    begin,
    transition,
    work: workOf,
    page: pageOf,
    end: (state) => (state.step === 'ended' ? state.end : undefined),
    holds: (state) => state.step === 'sending' || state.step === 'paying' || state.step === 'told' || isPaid(state),
    heading: (state) => headingOf(state, text),
    status: ({ step }) => (step === 'reading' ? text.reading : step === 'sending' ? text.sending : ''),
    view: (state, context) => view(state, { ...context, text }),
  };
}

/** While a choice is sent, the patient stays at the same page. */
const pageOf = (state: State): string =>
  state.step === 'sending' && state.choice !== 'paid' ? 'choosing' : state.step;

function headingOf(state: State, text: Messages): string {
  switch (state.step) {
    case 'choosing':
      return text.title;
    case 'sending':
      return state.choice === 'paid' ? text.paidTitle : text.title;
    case 'paying':
      return text.paying;
    case 'told':
      return state.choice === 'paid' ? text.paidTitle : text.savedTitle;
    case 'failed':
      return text.failed;
    default:
      return text.topic;
  }
}
