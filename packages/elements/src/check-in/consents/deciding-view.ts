import { html, type TemplateResult } from 'lit';
import { failedView } from '../pieces.ts';
import { type In, isUncertain } from './deciding.ts';
import { documentView } from './document-view.ts';
import { signingView } from './signing-view.ts';
import type { Deciding, Queue } from './state.ts';
import type { DecidingContext } from './view-context.ts';

type Words = Pick<DecidingContext, 'text'>;

/** Names what is on screen. Sending changes nothing of it. */
export function decidingPage(state: Deciding): string {
  if (!('documents' in state)) return state.step;
  const document = state.documents[0];
  const step = state.step === 'recording' ? (state.request.signature ? 'signing' : 'reading') : state.step;
  return `${step} ${document?.id ?? ''} ${document?.version ?? ''}`;
}

/** Which document it is, or what it is asked for. */
export function decidingHeading(state: Deciding, { text }: Words): string {
  switch (state.step) {
    case 'reading':
      return place(state, { text });
    case 'signing':
      return text.signature;
    case 'recording':
      return state.request.signature ? text.signature : place(state, { text });
    case 'failed':
      return text.failed;
    default:
      return text.done;
  }
}

const place = ({ decided, documents }: Queue, { text }: Words): string =>
  text.document(decided.length + 1, decided.length + documents.length);

/** What is going on. */
export function decidingStatus(state: Deciding, { text }: Words): string {
  if (state.step === 'finding') return text.finding;
  return state.step === 'recording' ? text.saving : '';
}

/** What the patient sees of the documents. */
export function decidingView(state: Deciding, context: DecidingContext): TemplateResult {
  switch (state.step) {
    case 'reading':
      return documentView(state, false, context);
    case 'signing':
      return signingView(state, false, context);
    case 'recording':
      return state.request.signature ? signingView(state, true, context) : documentView(state, true, context);
    case 'failed':
      return failed(state, context);
    default:
      return html``;
  }
}

/** Whatever it was, the desk can see to it. */
function failed(state: In<'failed'>, { text, send, session }: DecidingContext): TemplateResult {
  const isOfDocument = state.from.step === 'recording';
  const uncertain = isUncertain(state);
  return html`
    ${failedView(state.error, {
      text,
      session,
      retry: () => send({ type: 'retried' }),
      back: isOfDocument && !uncertain ? () => send({ type: 'went-back' }) : undefined,
      kept: isOfDocument,
      notes: uncertain ? [text.uncertain] : [],
    })}
    <button type="button" part="button" @click=${() => send({ type: 'left-to-desk' })}>${text.leave}</button>`;
}
