import { newKey } from '@clinic-widgets/core/key.js';
import { html, type TemplateResult } from 'lit';
import { errorsOf } from './fields.ts';
import { fieldRow, focusWrong } from './pieces.ts';
import type { Calling } from './state.ts';
import type { ViewContext } from './view-context.ts';

const KINDS = ['complaint', 'compliment', 'bill'] as const;

/** A word to the clinic. */
export function writing(
  { reason, message, missing, refused }: Extract<Calling, { state: 'writing' }>,
  { send, text }: ViewContext,
): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    send({ type: 'called', reason, message, key: newKey() });
    focusWrong(event.currentTarget as Element);
  };
  const error = missing ? text.missing.value : errorsOf({ missing: [], refused }, text)('message');
  return html`
    <form class="stack wide" novalidate @submit=${submit}>
      <fieldset>
        <legend>${text.tellUsTitle}</legend>
        ${KINDS.map(
          (kind) => html`
          <label class="choice"><input type="radio" name="kind" autocomplete="off" .checked=${kind === reason}
            @change=${() => send({ type: 'wrote', reason: kind, message })} /><span>${text.tellUsKinds[kind]}</span></label>`,
        )}
      </fieldset>
      ${fieldRow({ id: 'message', label: text.message, hint: reason === 'bill' ? text.billHint : undefined, value: message, error, lines: 4, most: 2000, write: (words) => send({ type: 'wrote', reason, message: words }) })}
      <div class="row">
        <button part="button primary">${text.send}</button>
        <button part="button" type="button" @click=${() => send({ type: 'closed-help' })}>${text.close}</button>
      </div>
    </form>`;
}
