import { messages as formEnglish, type Messages as FormMessages } from '../../forms/messages.ts';
import { isUnheard } from '../../forms/flow.ts';
import { announcement, heading as formHeading, headingLanguage } from '../../forms/views.ts';
import { decidingHeading, decidingPage, decidingStatus } from '../consents/deciding-view.ts';
import { type Messages as ConsentMessages, messages as consentEnglish } from '../consents/messages.ts';
import { load as loadInsurance } from '../insurance/insurance-part.ts';
import type { Part, PartContext } from '../part.ts';
import { wordsIn } from '../pieces.ts';
import { begin, resume, transition } from './flow.ts';
import { type Messages, messages } from './messages.ts';
import type { Action, State } from './state.ts';
import { styles } from './styles.ts';
import { documentContext, formContext, insuranceContext, view, type ViewContext } from './views.ts';
import { work } from './work.ts';

const es = async () => (await import('./messages.es.ts')).messages;
const esOfConsents = async () => (await import('../consents/messages.es.ts')).messages;
const esOfForms = async () => (await import('../../forms/messages.es.ts')).messages;

/** Makes the part that enrols a patient in a programme, with the insurance, the forms and the documents that it takes. */
export async function load(language: string): Promise<Part<State, Action>> {
  const more = await import('../../forms/more-views.ts');
  const [text, consentText, formText, insurance] = await Promise.all([
    wordsIn<Messages>(language, messages, { es }),
    wordsIn<ConsentMessages>(language, consentEnglish, { es: esOfConsents }),
    wordsIn<FormMessages>(language, { ...more.moreMessages, ...formEnglish }, { es: esOfForms }),
    loadInsurance(language),
  ]);
  const contextOf = (context: PartContext<Action>): ViewContext => ({
    ...context,
    text,
    consentText,
    formText,
    insurance,
    more,
  });
  return {
    name: 'program',
    styles,
    begin,
    transition,
    work,
    page: (state) => pageOf(state, insurance),
    end: (state) => (state.step === 'finished' ? state.end : undefined),
    holds: isSending,
    isUnheard: (state) => state.step === 'form' && isUnheard(state.form),
    resume,
    heading: (state, context) => headingOf(state, contextOf(context)),
    headingLanguage: (state, context) => {
      if (state.step === 'form') return headingLanguage(state.form, context);
      const isOfProgram = state.step === 'overview' || state.step === 'enrolling';
      return (isOfProgram && state.program.language) || context.locale;
    },
    status: (state, context) => statusOf(state, contextOf(context)),
    view: (state, context) => view(state, contextOf(context)),
  };
}

const isSending = (state: State): boolean =>
  state.step === 'enrolling' ||
  (state.step === 'insurance' && state.inner.step === 'sending') ||
  (state.step === 'form' && state.form.step === 'sending') ||
  (state.step === 'documents' && state.deciding.step === 'recording');

/** While something is sent, the patient stays at the same page. */
function pageOf(state: State, insurance: ViewContext['insurance']): string {
  switch (state.step) {
    case 'insurance':
      return `insurance ${insurance.page(state.inner)}`;
    case 'form':
      return ['form', state.formId, state.form.step, 'filling' in state.form ? state.form.filling.page : ''].join(' ');
    case 'documents':
      return `documents ${decidingPage(state.deciding)}`;
    case 'enrolling':
      return 'overview';
    default:
      return state.step;
  }
}

function headingOf(state: State, context: ViewContext): string {
  const { text, insurance } = context;
  switch (state.step) {
    case 'overview':
    case 'enrolling':
      return state.program.name;
    case 'insurance':
      return insurance.heading(state.inner, insuranceContext(context));
    case 'form':
      return formHeading(state.form, formContext(context)) || text.stages.forms;
    case 'documents':
      return decidingHeading(state.deciding, documentContext(context));
    case 'incomplete':
      return text.incomplete;
    case 'failed':
      return text.failed;
    default:
      return text.title;
  }
}

function statusOf(state: State, context: ViewContext): string {
  const { text, insurance } = context;
  switch (state.step) {
    case 'finding':
      return text.finding;
    case 'enrolling':
      return text.sending;
    case 'insurance':
      return insurance.status(state.inner, insuranceContext(context));
    case 'form':
      return announcement(state.form, formContext(context));
    case 'documents':
      return decidingStatus(state.deciding, documentContext(context));
    default:
      return '';
  }
}
