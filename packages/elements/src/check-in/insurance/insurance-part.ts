import type { Part } from '../part.ts';
import { wordsIn } from '../pieces.ts';
import { begin, transition, workOf } from './flow.ts';
import { type Messages, messages } from './messages.ts';
import type { Action, State } from './state.ts';
import { styles } from './styles.ts';
import { view } from './views.ts';

const languages = { es: async () => (await import('./messages.es.ts')).messages };

/** Makes the part that asks whether the insurance on file is still right. */
export async function load(language: string): Promise<Part<State, Action>> {
  const text = await wordsIn<Messages>(language, messages, languages);
  return {
    name: 'insurance',
    styles,
    begin,
    transition,
    work: workOf,
    // While it is sent, the patient stays at the same page.
    page: ({ step }) => (step === 'sending' ? 'looking' : step),
    end: (state) => (state.step === 'ended' ? state.end : undefined),
    holds: ({ step }) => step === 'sending' || step === 'told',
    heading: (state) => headingOf(state, text),
    status: ({ step }) => (step === 'reading' ? text.reading : step === 'sending' ? text.sending : ''),
    view: (state, context) => view(state, { ...context, text }),
  };
}

function headingOf(state: State, text: Messages): string {
  switch (state.step) {
    case 'told':
      return text.toldTitle;
    case 'failed':
      return text.failed;
    case 'looking':
    case 'sending':
      return state.coverages.length > 0 ? text.title : text.noneTitle;
    default:
      return text.topic;
  }
}
