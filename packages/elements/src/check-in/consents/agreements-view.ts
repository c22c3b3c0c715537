import type { RecordedConsent } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { fullDay } from '../../ui/format.ts';
import type { PartContext } from '../part.ts';
import { failedView } from '../pieces.ts';
import { canTake, isSending } from './agreements.ts';
import type { Messages } from './messages.ts';
import type { Agreements, AgreementsAction } from './state.ts';

/** What the views of earlier decisions are given besides the state. */
export interface AgreementsContext extends Pick<PartContext<unknown>, 'session' | 'locale'> {
  readonly text: Messages;
  readonly send: (action: AgreementsAction) => void;
  /** Goes back to where the patient came from. */
  readonly close: () => void;
}

/** What the patient decided before, each with a way to take it back. */
export function agreementsView(state: Agreements, context: AgreementsContext): TemplateResult {
  const { text, send, session, close } = context;
  const { error, list, taking, note } = state;
  if (error) {
    const back = () => (taking ? send({ type: 'went-back' }) : close());
    const retry = () => send({ type: 'retried' });
    return failedView(error, { text, session, retry, back });
  }
  if (!list) return html``;
  if (taking) return takingBack(state, taking, context);
  return html`
    ${note ? html`<p part="notice" class="wide">${text.notes[note]}</p>` : nothing}
    ${list.length === 0 ? html`<p>${text.noneBefore}</p>` : nothing}
    <ul class="entries wide">${list.map((one) => agreement(one, context))}</ul>
    <button type="button" part="button" @click=${close}>${text.back}</button>`;
}

function agreement(consent: RecordedConsent, context: AgreementsContext): TemplateResult {
  const { document } = consent;
  const { text, send, session } = context;
  return html`
    <li>
      <h3 lang=${document.language} dir="auto">${document.title}</h3>
      <p>${standing(consent, context)}</p>
      ${
        canTake(consent, session)
          ? html`
        <button type="button" part="button" aria-label=${text.takeBackOf(document.title)}
          @click=${() => send({ type: 'took', consent })}>${text.takeBack}</button>`
          : nothing
      }
    </li>`;
}

/** How it stands, and whose doing that is: of what somebody else did the reader is not told that they did it. */
function standing(consent: RecordedConsent, { text, session, locale }: AgreementsContext): string {
  const { decision, at } = consent;
  const day = fullDay(dayOf(at, session.clinic.timeZone), locale);
  if (decision === 'ended') return text.states.ended(day);
  // Of what was taken back elsewhere it may not be known who did.
  const doer = decision === 'withdrawn' ? consent.withdrawnBy : consent;
  if (!doer) return text.statesOfOthers[decision](day);
  const { representativeId } = session.acting;
  if (doer.representativeId === representativeId) return text.states[decision](day);
  const who =
    doer.representativeId === undefined ? 'patient' : representativeId === undefined ? 'forYou' : 'forPatient';
  return `${text.statesOfOthers[decision](day)} ${text.doers[who]}`;
}

/** Both answers look the same, so that neither is pressed by habit. */
function takingBack(
  state: Agreements,
  { document }: RecordedConsent,
  { text, send }: AgreementsContext,
): TemplateResult {
  const busy = isSending(state);
  const take = () => {
    if (!busy) send({ type: 'confirmed', key: newKey() });
  };
  const keep = () => {
    if (!busy) send({ type: 'went-back' });
  };
  return html`
    <h3 lang=${document.language} dir="auto">${document.title}</h3>
    <p>${text.takeBackNote}</p>
    <div class="decision wide">
      <button type="button" part="button decline" class="protected" aria-disabled=${busy ? 'true' : 'false'} @click=${take}>
        ${busy ? text.withdrawing : text.yesTake}
      </button>
      <button type="button" part="button accept" class="protected" aria-disabled=${busy ? 'true' : 'false'} @click=${keep}>${text.noKeep}</button>
    </div>`;
}
