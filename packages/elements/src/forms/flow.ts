import type { Flow, FlowAction } from '../ui/flow.ts';
import type { Action } from './action.ts';
import {
  alertFailed,
  allTroubles,
  begin,
  fill,
  type Filling,
  type FillingAction,
  isUntold,
  needsWorkingOut,
  pagesShown,
  resumed,
  withAnswerTold,
  withEmergency,
  withTroubles,
} from './filling.ts';
import { canGoBack, fillingOf, type Host, type In, type Known, type Open, type State, type Step } from './state.ts';
import { type Outside, workOf } from './work.ts';

type Any = Action | FlowAction;

const NOBODY: Host = {
  acting: { patientId: '' },
  formId: '',
  appointmentId: '',
  language: 'en',
  paging: 'group',
  onSite: false,
};

/** Choose a form that waits, fill it in page by page, look it through, hand it in. */
export const formFlow = (outside: Outside): Flow<State, Action> => ({
  initial: { step: 'starting', host: NOBODY },

  transition(state, action) {
    if (action.type === 'host-changed') return changeHost(state, action.host);
    if (action.type === 'failed') return fail(state, action);
    if (action.type === 'left') action = { type: 'stayed' };
    switch (state.step) {
      case 'starting':
        return action.type === 'started' ? start({ host: state.host, clinic: action.clinic }) : state;
      case 'forms':
        if (action.type === 'found-forms') return { ...state, forms: action.forms };
        if (action.type !== 'chose-form') return state;
        return toOpening(state, action.form.id, action.form.appointmentId ?? '');
      case 'opening':
        return action.type === 'opened' ? opened(state, action) : heard(state, action);
      case 'filling':
      case 'review':
        return change(state, action);
      case 'emergency':
        return action.type === 'recorded' ? { ...state, recorded: true } : heard(state, action);
      case 'sending':
        return 'key' in action && action.key === state.key ? answered(state, action) : heard(state, action);
      case 'sent':
        return action.type === 'listed' ? list(state) : heard(state, action);
      case 'failed':
        if (action.type === 'retried') return isFilled(state.from) ? shown(state.from) : state.from;
        if (action.type === 'went-back') return wayBack(state);
        return { ...state, from: heard(state.from, action) };
    }
  },

  work: (state) => workOf(state, outside),
});

/** Another form, or the same from the start; but the same patient's emergency stays one, and another language loses nothing. */
function changeHost(state: State, host: Host): State {
  const { acting } = state.host;
  if (state.step === 'emergency' && acting.patientId === host.acting.patientId) return { ...state, host };
  const isSame = JSON.stringify({ ...state.host, language: host.language }) === JSON.stringify(host);
  if (!isSame) return { step: 'starting', host };
  if (state.step === 'failed') return { ...state, host, from: spoken(state.from, host) };
  const step = spoken(state, host);
  return isFilled(step) ? shown({ ...step, filling: withAnswerTold(step.filling) }) : step;
}

/** The same for a reader of another language. What is on its way to the clinic goes on as the same write. */
const spoken = (step: Step, host: Host): Step =>
  step.step === 'starting' || step.step === 'forms' ? { step: 'starting', host } : { ...step, host };

/** A form in another language, with all that was filled in. */
export const spokenIn = (language: string, state: State): State => changeHost(state, { ...state.host, language });

/** Whether an answer that staff must hear of has not reached them, as far as is known. */
export function isUnheard(state: State): boolean {
  const filling = fillingOf(state.step === 'failed' ? state.from : state);
  return filling !== undefined && isUntold(filling);
}

/** A step with its filling changed, if it has one: while a form is opened anew it is the one from before. */
function refilled<S extends Step>(step: S, change: (filling: Filling) => Filling): S {
  const filling = fillingOf(step);
  if (!filling) return step;
  return step.step === 'opening' ? { ...step, was: change(filling) } : { ...step, filling: change(filling) };
}

/** A step once something is known of telling staff. */
const heard = <S extends Step>(step: S, action: Any): S =>
  isOfFilling(action) && isAboutAlert(action) ? refilled(step, (filling) => fill(filling, action)) : step;

const known = ({ host, clinic }: Known): Known => ({ host, clinic });

const list = (state: Known): In<'forms'> => ({ ...known(state), step: 'forms' });

const toOpening = (state: Known, formId: string, appointmentId: string): In<'opening'> => ({
  ...known(state),
  step: 'opening',
  formId,
  appointmentId,
});

const start = (state: Known): State =>
  state.host.formId ? toOpening(state, state.host.formId, state.host.appointmentId) : list(state);

function opened(state: In<'opening'>, { form, key, nodes }: Extract<Action, { type: 'opened' }>): State {
  const { host, formId, appointmentId } = state;
  const { paging, onSite } = host;
  const filling = begin(form, { key, paging, onSite }, nodes);
  const { answers, was } = state;
  const notice = answers ? 'changed' : nodes && !was ? 'kept' : undefined;
  return shown({
    ...known(state),
    formId,
    appointmentId,
    language: host.language,
    filling: !was ? filling : answers ? { ...filling, alerts: was.alerts } : resumed(filling, was),
    notice,
  });
}

const isFilled = (state: State): state is In<'filling' | 'review'> =>
  state.step === 'filling' || state.step === 'review';

/** The step that a filling is at. One that was asked for in another language is asked for anew. */
function shown(open: Open): Step {
  const { filling, host, language } = open;
  if (filling.emergency) return { ...open, step: 'emergency', recorded: false };
  if (language !== host.language) return { ...toOpening(open, open.formId, open.appointmentId), was: filling };
  return { ...open, step: filling.page ? 'filling' : 'review' };
}

const FILLING: ReadonlySet<string> = new Set<FillingAction['type']>([
  'typed',
  'answered',
  'picked',
  'read-file',
  'chose',
  'stayed',
  'added',
  'removed',
  'turned',
  'opened-page',
  'searched',
  'applied',
  'found-options',
  'worked-out',
  'alerted',
  'retried-alerts',
]);

const isOfFilling = (action: Any): action is FillingAction => FILLING.has(action.type);
const isAboutAlert = ({ type }: FillingAction): boolean =>
  type === 'alerted' || type === 'retried-alerts' || type === 'stayed';

function change(state: In<'filling' | 'review'>, action: Any): State {
  if (action.type === 'confirmed') return confirm(state, action.authored);
  if (action.type === 'started-again') {
    const { form, key, paging, onSite, alerts } = withAnswerTold(state.filling);
    const { notice: _, ...open } = state;
    return shown({
      ...open,
      // A change, so that what was kept of it is written over.
      filling: { ...begin(form, { key: `${key}~`, paging, onSite }), alerts, changes: 1 },
    });
  }
  if (!isOfFilling(action)) return state;
  const filling = fill(state.filling, action);
  if (filling === state.filling) return state;
  // Of a form on one page there is nothing to look through again.
  if (action.type === 'turned' && !filling.page && pagesShown(filling).length < 2) {
    return { ...state, filling: withAnswerTold(state.filling) };
  }
  const { notice, confirmed, ...open } = state;
  const stays = filling.page === state.filling.page;
  const next = shown({ ...open, filling, notice: stays ? notice : undefined });
  // Sent before the form's rules were worked out, it waits for that, and for nothing else.
  const waits = confirmed && (action.type === 'worked-out' || isAboutAlert(action));
  return waits && isFilled(next) ? confirm(next, confirmed) : next;
}

/** Handing in: what is wrong is shown instead, on the page where it is. */
function confirm(state: In<'filling' | 'review'>, authored: string): State {
  const told = withAnswerTold(state.filling);
  if (needsWorkingOut(told)) return { ...state, filling: told, confirmed: authored };
  const filling = withEmergency(told);
  if (filling.emergency) return shown({ ...state, filling });
  const troubles = allTroubles(filling);
  if (Object.keys(troubles).length > 0) return shown({ ...state, filling: withTroubles(filling, troubles) });
  return {
    ...state,
    step: 'sending',
    filling,
    key: `${filling.key}-${filling.changes}`,
    authored,
  };
}

/** What the clinic says of what was handed in. */
function answered(state: In<'sending'>, action: Any): State {
  const { key: _, authored: __, ...open } = state;
  switch (action.type) {
    case 'sent':
      return sent(state, action);
    case 'form-changed':
      return { ...toOpening(state, state.formId, state.appointmentId), answers: action.answers, was: state.filling };
    case 'refused':
      return shown({ ...open, filling: withTroubles(state.filling, action.troubles) });
    default:
      return state;
  }
}

const sent = (state: In<'sending'>, { responseId, queued }: Extract<Action, { type: 'sent' }>): State => ({
  ...known(state),
  step: 'sent',
  form: state.filling.form,
  filling: state.filling,
  responseId,
  queued,
});

function fail(state: State, { key, error }: Extract<FlowAction, { type: 'failed' }>): State {
  const of = state.step === 'failed' ? state.from : state;
  if (key.startsWith('alert ') && fillingOf(of)) {
    const from = refilled(of, (filling) => alertFailed(filling, key.slice('alert '.length)));
    return state.step === 'failed' ? { ...state, from } : from;
  }
  // What cannot be worked out is left as it is: the form stays usable.
  if (key.startsWith('work out ') && isFilled(state)) {
    const { filling } = state;
    const problems = [...filling.problems, { reason: 'expression' } as const];
    const { confirmed, ...open } = { ...state, filling: { ...filling, problems, workedOut: filling.changes } };
    return confirmed ? confirm(open, confirmed) : open;
  }
  if (state.step === 'failed' || key.startsWith('save ')) return state;
  const clinic = state.step === 'starting' ? undefined : state.clinic;
  return { step: 'failed', host: state.host, clinic, error, from: state };
}

/** One step back from what could not be done. */
function wayBack(state: In<'failed'>): State {
  const { from } = state;
  if (!canGoBack(state)) return state;
  if (from.step !== 'sending') return 'clinic' in from ? list(from) : state;
  const { key: _, authored: __, ...open } = from;
  return shown(open);
}
