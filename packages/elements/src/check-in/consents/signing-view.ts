import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { focusRefused } from '../focus-refused.ts';
import { fieldRow, focusWrong } from '../pieces.ts';
import { sheet } from './pen.ts';
import type { Draft, Queue } from './state.ts';
import type { DecidingContext } from './view-context.ts';

/** The signature under a document, typed or drawn, and what copy is wanted of it. */
export function signingView(queue: Queue, busy: boolean, context: DecidingContext): TemplateResult {
  const { text, send, now } = context;
  const document = queue.documents[0]!;
  const sign = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    send({ type: 'signed', key: newKey(), at: now() });
    focusWrong(event.target as Element);
  };
  const decline = () => {
    if (!busy) send({ type: 'declined', key: newKey(), at: now() });
  };
  const disabled = busy ? 'true' : 'false';
  const { trouble } = queue.draft;
  return html`
    <form class="stack wide" novalidate autocomplete="off" @submit=${sign}
      ${focusRefused(!busy && trouble !== undefined)}>
      <h3 lang=${document.language} dir="auto">${document.title}</h3>
      <p>${signer(context)}</p>
      ${wayChoice(queue.draft, busy, context)}
      ${queue.draft.way === 'typed' ? nameField(queue.draft, busy, context) : nothing}
      ${queue.draft.way === 'drawn' ? drawing(queue, busy, context) : nothing}
      ${copyChoice(queue.draft, busy, context)}
      <div class="decision wide">
        <button type="button" part="button decline" class="protected" aria-disabled=${disabled} @click=${decline}>
          ${text.decline[document.kind]}
        </button>
        <button part="button accept" class="protected" aria-disabled=${disabled}>${busy ? text.saving : text.sign}</button>
      </div>
      ${
        busy
          ? nothing
          : html`<button type="button" part="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`
      }
    </form>`;
}

/** Who signs: said before they do. */
function signer({ session: { authority }, text }: DecidingContext): string {
  return authority === 'self' || authority === 'unknown' ? text.signsSelf : text.signsFor[authority];
}

const WAYS = ['typed', 'drawn'] as const;

function wayChoice({ way, trouble }: Draft, busy: boolean, { text, send }: DecidingContext): TemplateResult {
  const error = trouble && trouble !== 'typed' && trouble !== 'copy' ? text.troubles[trouble] : undefined;
  return html`
    <fieldset role="radiogroup" part="choices" class="field wide" tabindex="-1" aria-describedby="way-error way-hint"
      aria-invalid=${error ? 'true' : 'false'} ?disabled=${busy}>
      <legend>${text.how}</legend>
      <p class="hint" id="way-hint">${text.howNote}</p>
      <p class="error" id="way-error" ?hidden=${!error}>${error}</p>
      <div class="row">
        ${WAYS.map(
          (one) => html`
          <label class="choice">
            <input type="radio" name="way" .checked=${way === one} @change=${() => send({ type: 'wrote', draft: { way: one } })} />
            ${one === 'typed' ? text.typing : text.drawing}
          </label>`,
        )}
      </div>
    </fieldset>`;
}

const nameField = ({ typed, trouble }: Draft, busy: boolean, { text, send }: DecidingContext): TemplateResult =>
  fieldRow({
    id: 'signature',
    label: text.name,
    value: typed,
    capitalize: 'words',
    most: 200,
    disabled: busy,
    error: trouble === 'typed' ? text.troubles.typed : undefined,
    write: (words) => send({ type: 'wrote', draft: { typed: words } }),
  });

function drawing({ draft, pen }: Queue, busy: boolean, { text, send }: DecidingContext): TemplateResult {
  if (pen === 'failed') return html`<p part="notice" class="wide">${text.noPen}</p>`;
  if (!pen) return html`<p class="hint">${text.fetchingPen}</p>`;
  const drawn = (svg: string, strokes: NonNullable<Draft['drawn']>['strokes']) =>
    send({ type: 'wrote', draft: { drawn: { svg, strokes } } });
  return html`
    <div class="field wide stack" .inert=${busy}>
      <p class="hint">${text.sheetNote}</p>
      <canvas class="sheet" role="img" aria-label=${text.sheet}
        ${sheet(pen, draft.sheet, draft.drawn?.strokes ?? [], drawn)}></canvas>
      <button type="button" part="button" @click=${() => send({ type: 'cleared' })}>${text.clear}</button>
    </div>`;
}

const COPIES = ['paper', 'email', 'none'] as const;

const copyChoice = ({ copy, trouble }: Draft, busy: boolean, { text, send }: DecidingContext): TemplateResult => html`
  <fieldset role="radiogroup" part="choices" class="wide" tabindex="-1" aria-describedby="copy-error"
    aria-invalid=${trouble === 'copy' ? 'true' : 'false'} ?disabled=${busy}>
    <legend>${text.copyAsk}</legend>
    <p class="error" id="copy-error" ?hidden=${trouble !== 'copy'}>${trouble === 'copy' ? text.troubles.copy : nothing}</p>
    <div class="options">
      ${COPIES.map(
        (one) => html`
        <label class="choice">
          <input type="radio" name="copy" .checked=${copy === one} @change=${() => send({ type: 'wrote', draft: { copy: one } })} />
          ${text.copies[one]}
        </label>`,
      )}
    </div>
  </fieldset>`;
