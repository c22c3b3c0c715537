import type { FormOption } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Choice } from './choice-inputs.ts';
import { fieldOf } from './field-of.ts';
import { type Field, lineInput } from './line-input.ts';
import { passingBy } from './passing.ts';
import { seekAgain } from './seeking.ts';
import { isUnsure, valuesOf } from './tree.ts';
import { read } from './typing.ts';
import type { FormContext } from './view-context.ts';
import { isChosen, languageOf, optionWords, wordsOf } from './words.ts';

/** A list that cannot be had is no reason to stop: the answer can be written. */
export function typedInstead(
  { node, id, described, invalid }: Field,
  context: FormContext,
  found?: 'failed' | 'again',
): Choice {
  const { item, key } = node;
  const { send, text } = context;
  const [value] = valuesOf(node);
  const disabled = isUnsure(node);
  const write = (words: string) => send({ type: 'chose', key, values: [read(item, words) ?? []].flat() });
  const again = (event: Event) => {
    if (found === 'again') return;
    follow(event.currentTarget as HTMLElement, id);
    send({ type: 'applied', apply: seekAgain(key) });
  };
  const fields = html`
    <p class="hint" id="${id}-list" role="status">${found === 'again' ? text.loading : item.valueSet ? text.noList : ''}</p>
    ${lineInput({ id, value: value && !disabled ? wordsOf(value, context) : '', write, described: `${described} ${id}-list`, invalid, disabled })}
    ${found ? html`<button part="button" type="button" aria-disabled=${found === 'again' ? 'true' : 'false'} @click=${again}>${text.tryList}</button>` : nothing}`;
  return { fields, isOne: true };
}

/** Where a button gives way to what it has brought, so does the focus, unless the patient has gone on meanwhile. */
function follow(button: HTMLElement, id: string): void {
  const root = button.getRootNode() as ShadowRoot;
  const observer = new MutationObserver(() => {
    if (button.isConnected) return;
    observer.disconnect();
    const question = root.getElementById(id) ?? root.getElementById(`${id}-all`);
    if (question && !root.activeElement) fieldOf(question).focus();
  });
  observer.observe(root, { childList: true, subtree: true });
}

/** Words of the patient's own, besides the options. */
export function ownWords({ node, id }: Field, options: readonly FormOption[], { send, text }: FormContext) {
  const { key, rows } = node;
  const row = rows[0]!;
  const isUsed =
    row.typed !== undefined || (row.value !== undefined && !options.some((option) => isChosen(node, option)));
  const value = row.typed ?? (row.value && 'string' in row.value ? row.value.string : '');
  const write = (typed: string) =>
    send({ type: 'typed', key, row: row.key, typed, value: typed.trim() ? { string: typed } : undefined });
  const words = html`
    <div class="under"><label for="${id}-words">${text.otherAnswer}</label>${lineInput({ id: `${id}-words`, value, write })}</div>`;
  return { isUsed, words, begin: () => write(value) };
}

/** Options in a list that opens. */
export function dropDown(field: Field, options: readonly FormOption[], context: FormContext): TemplateResult {
  const { node, id, described, invalid, filling } = field;
  const { item, key } = node;
  const { send, text } = context;
  const at = options.findIndex((option) => isChosen(node, option));
  const own = item.type === 'open-choice' ? ownWords(field, options, context) : undefined;
  const isOther = own?.isUsed && at < 0;
  const passing = item.flag?.alert ? passingBy() : undefined;
  const change = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    if (value === 'other') return own?.begin();
    const option = options[Number(value)];
    send({ type: 'chose', key, values: value !== '' && option ? [option.value] : [], ...passing?.by() });
  };
  return html`
    <select id=${id} aria-describedby=${described || nothing} aria-invalid=${invalid ? 'true' : 'false'}
      @keydown=${passing?.note ?? nothing} @change=${change}>
      <option value="" .selected=${at < 0 && !isOther}>${text.choose}</option>
      ${options.map(
        (option, index) => html`
        <option value=${index} .selected=${index === at} dir="auto" lang=${languageOf(filling, context)}>${optionWords(option, context)}</option>`,
      )}
      ${own ? html`<option value="other" .selected=${Boolean(isOther)}>${text.other}</option>` : nothing}
    </select>
    ${isOther ? own?.words : nothing}`;
}
