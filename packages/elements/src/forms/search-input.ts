import { sameValue } from '@clinic-widgets/core/answers.js';
import type { Value } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Found } from './filling.ts';
import { type Field, lineInput } from './line-input.ts';
import { searchAgain } from './seeking.ts';
import { isUnsure, valuesOf } from './tree.ts';
import { read } from './typing.ts';
import type { FormContext } from './view-context.ts';
import { isChosen, languageOf, optionWords, wordsOf } from './words.ts';

/** A list of the clinic's that is too long to show: what is found is offered under the field. */
export function searchInput(
  { node, id, filling, described, invalid }: Field,
  isSearching: boolean,
  found: Found | undefined,
  context: FormContext,
): TemplateResult {
  const { item, key } = node;
  const { send, text } = context;
  const values = valuesOf(node).filter((value) => !('unknown' in value));
  // A list that cannot be had is no reason to stop: the answer can be written, in the same field.
  const isFailed = found === 'failed';
  const options = typeof found === 'object' ? found.options : [];
  const own = { string: (filling.filters[key] ?? '').trim() };
  const choose = (all: readonly Value[]) => send({ type: 'chose', key, values: all });
  const toggle = (value: Value) => {
    const rest = values.filter((one) => !sameValue(one, value));
    choose(!item.repeats ? [value] : rest.length < values.length ? rest : [...values, value]);
  };
  const remove = (value: Value) => (event: Event) => {
    ((event.currentTarget as Element).getRootNode() as ShadowRoot).getElementById(id)?.focus();
    choose(values.filter((one) => one !== value));
  };
  const again = (event: Event) => {
    // The button goes away.
    ((event.currentTarget as Element).getRootNode() as ShadowRoot).getElementById(id)?.focus();
    const typed = values.find((value) => !('coding' in value && value.coding.code !== undefined));
    const filter = typed ? wordsOf(typed, context) : (filling.filters[key] ?? '');
    send({ type: 'applied', apply: searchAgain(key, filter) });
  };
  const stay = (event: KeyboardEvent) => event.key === 'Enter' && event.preventDefault();
  return html`
    ${(isFailed ? [] : values).map((value) => {
      const words = wordsOf(value, context);
      return html`
      <div class="row"><strong dir="auto">${text.chosen(words)}</strong>
        <button part="button" class="plain" type="button" @click=${remove(value)}>${text.remove(words)}</button></div>`;
    })}
    <p class="hint" id="${id}-search">${isFailed ? text.noList : text.search}</p>
    <div class="wide" @keydown=${stay}>${lineInput({
      id,
      type: 'search',
      value: isFailed ? values.map((value) => wordsOf(value, context)).join(', ') : (filling.filters[key] ?? ''),
      write: (words) =>
        isFailed ? choose([read(item, words) ?? []].flat()) : send({ type: 'searched', key, filter: words }),
      described: `${described} ${id}-search`,
      invalid,
      disabled: isUnsure(node),
    })}</div>
    ${isFailed ? html`<button part="button" type="button" @click=${again}>${text.tryList}</button>` : nothing}
    <p role="status" class="hint">${
      !isSearching || isFailed
        ? ''
        : typeof found === 'object'
          ? text.found(options.length, found.more)
          : text.searching
    }</p>
    <ul class="found" lang=${languageOf(filling, context)}>
      ${options.map(
        (option) => html`
        <li><button part="button" type="button" aria-pressed=${isChosen(node, option) ? 'true' : 'false'}
          @click=${() => toggle(option.value)}><bdi>${optionWords(option, context)}</bdi></button></li>`,
      )}
    </ul>
    ${
      item.type === 'open-choice' && own.string && !isFailed
        ? html`
      <button part="button" type="button" aria-pressed=${isChosen(node, { value: own }) ? 'true' : 'false'}
        @click=${() => toggle(own)}><bdi>${text.useWords(own.string)}</bdi></button>`
        : nothing
    }`;
}
