import type { ConsentDecision, ConsentDocument } from '@clinic-widgets/core';
import { missingElements } from '@clinic-widgets/core/authorization.js';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { FlowAction } from '../../ui/flow.ts';
import type { PartEnd } from '../part.ts';
import type { Session } from '../session.ts';
import type { About, Decided, Deciding, DecidingAction, Draft, Queue } from './state.ts';

/** A state at one step. */
export type In<S extends Deciding['step']> = Extract<Deciding, { step: S }>;

type Found = Extract<DecidingAction, { type: 'found-documents' }>;

/** The key of the work that finds the documents begins with it. */
export const DOCUMENTS = 'documents ';

/** How much of a drawing the clinic takes, in characters of SVG. */
const MOST_DRAWN = 200_000;

const BLANK: Draft = {
  way: undefined,
  typed: '',
  drawn: undefined,
  sheet: 0,
  copy: undefined,
  trouble: undefined,
};

/** Begins with the documents of a visit or a programme, with what was decided about them before, if anything was. */
export const beginDeciding = (about: About, decided: readonly Decided[] = []): Deciding => ({
  step: 'finding',
  about,
  language: '',
  documents: [],
  decided,
  draft: BLANK,
  pen: undefined,
  changed: undefined,
});

/** What becomes of the documents. */
export function decide(state: Deciding, action: DecidingAction | FlowAction, session: Session): Deciding {
  if (action.type === 'failed') return fail(state, action.key, action.error);
  switch (state.step) {
    case 'finding':
      return action.type === 'found-documents' ? shown(found(state, action)) : state;
    case 'reading':
      return read(state, action, session);
    case 'signing':
      return sign(state, action, session);
    case 'recording':
      return action.type === 'recorded' && action.key === state.key ? recorded(state, action) : state;
    case 'failed':
      return mend(state, action);
    case 'decided':
      return state;
  }
}

/** What keeps a document from being signed here, if anything does. */
export function obstacleTo(document: ConsentDocument, { authority }: Session): 'elements' | 'authority' | undefined {
  if (missingElements(document).length > 0) return 'elements';
  return authority === 'unknown' ? 'authority' : undefined;
}

const queueOf = ({ about, language, documents, decided, draft, pen, changed }: Queue): Queue => ({
  about,
  language,
  documents,
  decided,
  draft,
  pen,
  changed,
});

/** What was decided is not asked again, even where the clinic has not heard of it yet. */
function found(state: Queue, { documents, language }: Found): Queue {
  const left = documents.filter(({ id }) => !state.decided.some(({ document }) => document.id === id));
  return { ...queueOf(state), documents: left, language };
}

/** The same documents in the language that the patient has chosen in the meantime. Nobody signs words that they have not read. */
function translated(state: In<'reading' | 'signing'>, action: Found): Deciding {
  const queue = found(state, action);
  const [before] = state.documents;
  const [now] = queue.documents;
  if (state.step === 'reading' || !before || now?.id !== before.id) return shown(queue);
  if (now.version === before.version && now.language === before.language) return { ...queue, step: 'signing' };
  return { ...queue, step: 'reading', draft: undrawn(state) };
}

/** What is to be signed with, but for a drawing that was made under other words. */
const undrawn = ({ draft }: Queue): Draft => ({ ...draft, drawn: undefined, sheet: draft.sheet + 1 });

/** The next document, or the end of them. */
function shown(queue: Queue): Deciding {
  if (queue.documents.length > 0) return { ...queue, step: 'reading' };
  return { step: 'decided', decided: queue.decided, unread: false };
}

function read(state: In<'reading'>, action: DecidingAction | FlowAction, session: Session): Deciding {
  const [document] = state.documents;
  switch (action.type) {
    case 'found-documents':
      return translated(state, action);
    case 'left-to-desk':
      return toDesk(state);
    case 'declined':
      return obstacleTo(document!, session) ? state : decline(state, action, session);
    case 'agreed':
      return obstacleTo(document!, session) ? state : { ...queueOf(state), step: 'signing' };
    default:
      return state;
  }
}

function sign(state: In<'signing'>, action: DecidingAction | FlowAction, session: Session): Deciding {
  const { draft } = state;
  switch (action.type) {
    case 'found-documents':
      return translated(state, action);
    case 'wrote':
      return { ...state, draft: { ...draft, ...action.draft, trouble: undefined } };
    case 'cleared':
      return { ...state, draft: { ...draft, drawn: undefined, sheet: draft.sheet + 1, trouble: undefined } };
    case 'fetched-pen':
      return { ...state, pen: action.pen };
    case 'went-back':
      return { ...queueOf(state), step: 'reading' };
    case 'declined':
      return decline(state, action, session);
    case 'signed': {
      const trouble = troubleOf(draft);
      if (trouble) return { ...state, draft: { ...draft, trouble } };
      const { copy } = draft;
      const request = requestOf(state, 'accepted', action.at, session);
      return record(state, action.key, {
        ...request,
        signature: draft.way === 'typed' ? { typed: draft.typed.trim() } : { drawn: draft.drawn!.svg },
        ...(copy && copy !== 'none' && { copy }),
      });
    }
    default:
      return state;
  }
}

function troubleOf({ way, typed, drawn }: Draft): Draft['trouble'] {
  if (!way) return 'way';
  if (way === 'typed') return typed.trim() ? undefined : 'typed';
  if (!drawn) return 'drawn';
  return drawn.svg.length > MOST_DRAWN ? 'long' : undefined;
}

const decline = (state: Queue, { key, at }: { readonly key: string; readonly at: string }, session: Session) =>
  record(state, key, requestOf(state, 'declined', at, session));

function requestOf(
  { documents, about }: Queue,
  decision: ConsentDecision['decision'],
  at: string,
  { acting, host, visit }: Session,
): ConsentDecision {
  const { id, version, language } = documents[0]!;
  // A programme is enrolled in at a visit, but its papers are not the visit's.
  const appointmentId = 'appointmentId' in about ? visit.appointment.id : undefined;
  return {
    acting,
    ...(appointmentId && { appointmentId }),
    document: { id, version },
    language,
    decision,
    station: host.station,
    at,
  };
}

const record = (state: Queue, key: string, request: ConsentDecision): Deciding => ({
  ...queueOf(state),
  step: 'recording',
  request,
  key,
});

function recorded(
  state: In<'recording'>,
  { consentId, queued }: { readonly consentId: string; readonly queued: boolean },
): Deciding {
  const { decision, copy } = state.request;
  const document = state.documents[0]!;
  return next(state, { document, decision, consentId, queued, ...(copy && { copy }) });
}

/** The document that comes after one that is decided. The signature of one is not that of another. */
const next = (state: Queue, decided: Decided): Deciding =>
  shown({
    ...queueOf(state),
    documents: state.documents.slice(1),
    decided: [...state.decided, decided],
    draft: BLANK,
    changed: undefined,
  });

const toDesk = (state: Queue): Deciding =>
  next(state, { document: state.documents[0]!, decision: 'at-desk', queued: false });

function fail(state: Deciding, key: string, error: ClinicError): Deciding {
  if (key === 'pen' && state.step === 'signing') return { ...state, pen: 'failed' };
  if (key.startsWith(DOCUMENTS) && 'about' in state) {
    return { step: 'failed', error, from: { ...queueOf(state), step: 'finding' } };
  }
  if (state.step !== 'recording' || key !== `record ${state.key}`) return state;
  if (error.code === 'conflict') return changed(state);
  const trouble = state.request.signature && refusedIn(error, state.draft.way);
  if (trouble) return { ...queueOf(state), step: 'signing', draft: { ...state.draft, trouble } };
  return { step: 'failed', error, from: state };
}

/** What of a signature the clinic does not accept, where it says so. */
function refusedIn({ code, misfits }: ClinicError, way: Draft['way']): Draft['trouble'] {
  const at = (name: string) => (code === 'invalid' ? misfits.find(({ path: [field] }) => field === name) : undefined);
  const signature = at('signature');
  if (!signature) return at('copy') && 'copy';
  if (signature.reason === 'required') return way;
  return signature.reason === 'too-long' && way === 'drawn' ? 'long' : 'refused';
}

/** A document that has changed is read anew; a drawing was made under other words, and is made anew as well. */
const changed = (state: In<'recording'>): Deciding => ({
  ...queueOf(state),
  step: 'finding',
  documents: [],
  draft: undrawn(state),
  changed: state.request.document.id,
});

/** Whether a decision may have reached the clinic all the same: then only the same one may follow. */
export const isUncertain = ({ from, error }: In<'failed'>): boolean =>
  from.step === 'recording' && (error.retryable || error.code === 'unexpected');

function mend(state: In<'failed'>, action: DecidingAction | FlowAction): Deciding {
  const { from } = state;
  if (action.type === 'retried') return from;
  if (action.type === 'left-to-desk') {
    return from.step === 'recording' ? toDesk(from) : { step: 'decided', decided: from.decided, unread: true };
  }
  if (action.type !== 'went-back' || from.step !== 'recording' || isUncertain(state)) return state;
  return { ...queueOf(from), step: from.request.signature ? 'signing' : 'reading' };
}

/** What is left to the desk: what nobody could sign here, and a refusal of what the clinic cannot do without. */
export const endOf = ({ decided, unread }: In<'decided'>): PartEnd =>
  unread || decided.some((one) => one.decision === 'at-desk' || isBlocking(one)) ? 'at-desk' : 'done';

/** Whether the visit waits for the desk because of it. */
export const isBlocking = ({ decision, document }: Decided): boolean => decision === 'declined' && document.mandatory;
