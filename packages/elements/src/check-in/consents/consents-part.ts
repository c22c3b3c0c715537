import { withDesk } from '../overlay.ts';
import type { Part } from '../part.ts';
import { wordsIn } from '../pieces.ts';
import { begin, transition, work } from './flow.ts';
import { messages } from './messages.ts';
import type { Action, State } from './state.ts';
import { styles } from './styles.ts';
import { heading, page, status, view } from './views.ts';

const languages = { es: async () => (await import('./messages.es.ts')).messages };

/** Makes the part that shows what a visit asks the patient to agree to. */
export async function load(language: string): Promise<Part<State, Action>> {
  const text = await wordsIn(language, messages, languages);
  return {
    name: 'consents',
    styles,
    begin,
    transition,
    work,
    page,
    end: (state) => (state.step === 'finished' ? state.end : undefined),
    // Once all are decided, nothing of it is left.
    holds: (state) => state.step !== 'deciding' || state.deciding.step === 'recording',
    heading: (state) => heading(state, { text }),
    status: (state) => status(state, { text }),
    view: (state, context) => view(state, { ...context, text: withDesk(text, context.session) }),
    namesDesk: (state) => state.step === 'summary' && state.decided.some(({ copy }) => copy === 'paper'),
  };
}
