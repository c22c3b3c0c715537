import type { Program } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { formFlow, spokenIn } from '../../forms/flow.ts';
import type { State as FormState } from '../../forms/state.ts';
import type { FlowAction } from '../../ui/flow.ts';
import { beginDeciding, decide } from '../consents/deciding.ts';
import type { Deciding } from '../consents/state.ts';
import { begin as beginInsurance, transition as insure } from '../insurance/flow.ts';
import type { State as InsuranceState } from '../insurance/state.ts';
import type { Session } from '../session.ts';
import {
  canEnrol,
  gatheredFor,
  gatheredWithout,
  missingFrom,
  openForm,
  openStage,
  stagesOf,
  withGathered,
} from './gathering.ts';
import type { Action, Chosen, Gathered, In, Known, Stage, State } from './state.ts';

type Any = Action | FlowAction;

/** The questions of a form, one page after the other, as the form widget asks them. */
export const forms = formFlow({ now: () => new Date().toISOString() });

/** What can be enrolled in is read first. */
export const begin = (): State => ({
  step: 'finding',
  programs: [],
  language: '',
  gathered: {},
  note: undefined,
  atDesk: false,
});

/** What becomes of a state. */
export function transition(state: State, action: Any, session: Session): State {
  if (action.type === 'failed') return fail(state, action.key, action.error, session);
  switch (state.step) {
    case 'finding':
      return action.type === 'found-programs' ? { ...found(state, action), step: 'choosing' } : state;
    case 'choosing':
      return choose(state, action);
    case 'overview':
      return look(state, action, session);
    case 'insurance':
      if (action.type === 'of-insurance') return insured(state, insure(state.inner, action.action));
      return action.type === 'listed' && state.inner.step !== 'sending' ? overview(state) : state;
    case 'form':
      return answer(state, action);
    case 'documents':
      if (action.type === 'of-documents') return decided(state, decide(state.deciding, action.action, session));
      return action.type === 'listed' && state.deciding.step !== 'recording' ? overview(state) : state;
    case 'enrolling':
      return action.type === 'enrolled' && action.key === state.key ? enrolled(state, action.queued) : state;
    case 'incomplete':
      return complete(state, action);
    case 'failed':
      return mend(state, action);
    case 'finished':
      return state;
  }
}

const known = ({ programs, language, gathered, note, atDesk }: Known): Known => ({
  programs,
  language,
  gathered,
  note,
  atDesk,
});

const chosen = (state: Chosen): Chosen => ({ ...known(state), program: state.program });
const overview = (state: Chosen): State => ({ ...chosen(state), step: 'overview' });

const found = (state: Known, { programs, language }: Extract<Action, { type: 'found-programs' }>): Known => ({
  ...known(state),
  programs,
  language,
});

function choose(state: In<'choosing'>, action: Any): State {
  switch (action.type) {
    case 'found-programs':
      return { ...found(state, action), step: 'choosing' };
    case 'chose': {
      const program = state.programs.find(({ id }) => id === action.programId);
      if (!program || !canEnrol(program)) return state;
      return { ...known(state), note: undefined, step: 'overview', program };
    }
    case 'closed':
      return { step: 'finished', end: state.atDesk ? 'at-desk' : 'done' };
    default:
      return state;
  }
}

function look(state: In<'overview'>, action: Any, session: Session): State {
  const { program } = state;
  const gathered = gatheredFor(state, program);
  if (action.type === 'listed') return { ...known(state), step: 'choosing' };
  if (action.type === 'went-on') return toStage(state, openStage(program, gathered), session);
  if (action.type !== 'sent' || openStage(program, gathered)) return state;
  const missing = missingFrom(program, gathered);
  if (missing.length > 0) return { ...chosen(state), step: 'incomplete', missing };
  return { ...chosen(state), step: 'enrolling', key: action.key };
}

function toStage(state: Chosen, stage: Stage | undefined, session: Session): State {
  const { program } = state;
  switch (stage) {
    case 'insurance':
      return { ...chosen(state), step: 'insurance', inner: beginInsurance(), said: undefined };
    case 'forms':
      return openingForm(state, openForm(program, gatheredFor(state, program))!, session);
    case 'documents':
      return { ...chosen(state), step: 'documents', deciding: beginDeciding({ programId: program.id }) };
    default:
      return overview(state);
  }
}

/** The form in the widget's own terms. It is of the programme, not of the visit. */
function openingForm(state: Chosen, formId: string, { acting, clinic, host }: Session): State {
  const form: FormState = {
    step: 'opening',
    clinic,
    formId,
    appointmentId: '',
    host: {
      acting,
      formId,
      appointmentId: '',
      language: host.language,
      paging: 'group',
      onSite: host.station.kind === 'kiosk',
    },
  };
  return { ...chosen(state), step: 'form', formId, form };
}

/** The form in the language that the patient has chosen meanwhile; all else is read anew, or in the page's own words. */
export const resume = (state: State, { host }: Session): State =>
  state.step === 'form' ? { ...state, form: spokenIn(host.language, state.form) } : state;

/** What was said is gathered once the clinic has it. */
function insured(state: In<'insurance'>, inner: InsuranceState): State {
  const said: Gathered['insurance'] =
    inner.step === 'sending'
      ? { answer: inner.answer, coverageIds: inner.coverages.map(({ id }) => id) }
      : inner.step === 'looking' || inner.step === 'reading'
        ? undefined
        : state.said;
  if (inner.step !== 'ended') return { ...state, inner, said };
  return overview(withGathered(state, state.program, { insurance: said }));
}

function answer(state: In<'form'>, action: Any): State {
  if (action.type === 'of-form') return { ...state, form: forms.transition(state.form, action.action) };
  if (action.type === 'left') return { ...state, form: forms.transition(state.form, action) };
  if (state.form.step === 'sending') return state;
  if (action.type === 'went-on' && state.form.step === 'sent') {
    const { responseIds } = gatheredFor(state, state.program);
    const more = { responseIds: { ...responseIds, [state.formId]: state.form.responseId } };
    return overview(withGathered(state, state.program, more));
  }
  // No button takes an emergency back.
  const stays = state.form.step === 'sent' || state.form.step === 'emergency';
  return action.type === 'listed' && !stays ? overview(state) : state;
}

const decided = (state: In<'documents'>, deciding: Deciding): State => {
  if (deciding.step !== 'decided') return { ...state, deciding };
  // What could not even be shown is for the desk, and nothing of it is decided.
  if (deciding.unread) return { ...chosen(state), step: 'incomplete', missing: ['documents'] };
  return overview(withGathered(state, state.program, { documents: deciding.decided }));
};

/** How it stands is read anew, so that the clinic says it and not the page. */
const enrolled = (state: In<'enrolling'>, queued: boolean): State => ({
  ...known(withGathered(state, state.program, gatheredWithout(gatheredFor(state, state.program), ALL))),
  step: 'finding',
  note: { kind: queued ? 'queued' : 'sent', programId: state.program.id },
});

const ALL: readonly Stage[] = ['insurance', 'forms', 'documents'];

function complete(state: In<'incomplete'>, action: Any): State {
  const { program, missing } = state;
  if (action.type === 'left-to-desk') return leftToDesk(state, program);
  if (action.type === 'listed') return { ...known(state), step: 'choosing' };
  if (action.type !== 'again') return state;
  return overview(withGathered(state, program, gatheredWithout(gatheredFor(state, program), missing)));
}

const leftToDesk = (state: Known, { id }: Program): State => ({
  ...known(state),
  step: 'choosing',
  note: { kind: 'at-desk', programId: id },
  atDesk: true,
});

function fail(state: State, key: string, error: ClinicError, session: Session): State {
  const failed = { type: 'failed', key, error } as const;
  switch (state.step) {
    case 'finding':
      return { ...known(state), step: 'failed', error, from: state };
    case 'insurance':
      return insured(state, insure(state.inner, failed));
    case 'form':
      return { ...state, form: forms.transition(state.form, failed) };
    case 'documents':
      return decided(state, decide(state.deciding, failed, session));
    case 'enrolling':
      return notEnrolled(state, error);
    default:
      return state;
  }
}

/** Who is enrolled already is told so; what the clinic misses can be gone through again. */
function notEnrolled(state: In<'enrolling'>, error: ClinicError): State {
  if (error.code === 'conflict') {
    return { ...known(state), step: 'finding', note: { kind: 'changed', programId: state.program.id } };
  }
  const missing = error.code === 'invalid' ? missingIn(error, state.program) : [];
  if (missing.length > 0) return { ...chosen(state), step: 'incomplete', missing };
  return { ...known(state), step: 'failed', error, from: state };
}

const STAGES: Readonly<Record<string, Stage>> = {
  coverageIds: 'insurance',
  responseIds: 'forms',
  consentIds: 'documents',
};

/** What the clinic says is missing. */
const missingIn = ({ paths }: ClinicError, program: Program): readonly Stage[] =>
  stagesOf(program).filter((stage) => paths.some(([field]) => STAGES[String(field)] === stage));

function mend(state: In<'failed'>, action: Any): State {
  const { from } = state;
  switch (action.type) {
    case 'retried':
      return from;
    case 'listed':
      return from.step === 'enrolling' ? overview(from) : state;
    case 'left-to-desk':
      return from.step === 'enrolling' ? leftToDesk(state, from.program) : state;
    case 'closed':
      return from.step === 'finding' ? { step: 'finished', end: 'at-desk' } : state;
    default:
      return state;
  }
}
