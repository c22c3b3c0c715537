import type { Part, PartContext } from '../part.ts';
import { wordsIn } from '../pieces.ts';
import { begin, transition, workOf } from './flow.ts';
import { type Messages, messages } from './messages.ts';
import type { Action, State } from './state.ts';
import { styles } from './styles.ts';
import { actsForOther, view } from './views.ts';

const languages = { es: async () => (await import('./messages.es.ts')).messages };

/** Makes the part that shows what the clinic knows of a patient, to be confirmed or put right. */
export async function load(language: string): Promise<Part<State, Action>> {
  const text = await wordsIn<Messages>(language, messages, languages);
  return {
    name: 'details',
    styles,
    begin,
    transition,
    work: workOf,
    page: pageOf,
    end: (state) => (state.step === 'ended' ? state.end : undefined),
    holds: ({ step }) => step === 'sending' || step === 'told',
    heading: (state, context) => headingOf(state, context, text),
    status: ({ step }) => (step === 'reading' ? text.reading : step === 'sending' ? text.sending : ''),
    view: (state, context) => view(state, { ...context, text }),
  };
}

/** While it is sent, the patient stays at the same page. */
function pageOf(state: State): string {
  if (state.step === 'sending') return 'looking';
  return state.step === 'editing' ? `editing ${state.draft.name}` : state.step;
}

/** A question to the patient would ask somebody who acts for them about themselves. */
function headingOf(state: State, context: PartContext<Action>, text: Messages): string {
  switch (state.step) {
    case 'editing':
      return (actsForOther(context) ? text.names : text.editing)[state.draft.name];
    case 'told':
      return text.toldTitle;
    case 'failed':
      return text.failed;
    case 'looking':
    case 'sending':
      return text.title;
    default:
      return text.topic;
  }
}
