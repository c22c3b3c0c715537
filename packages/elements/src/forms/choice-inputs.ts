import { sameValue } from '@clinic-widgets/core/answers.js';
import type { FormOption, Value } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import { type Field, lineInput } from './line-input.ts';
import { valuesOf } from './tree.ts';
import type { FormContext } from './view-context.ts';
import { isChosen, labelOf, languageOf, optionWords } from './words.ts';

/** What a question is answered in, and whether that is one field, which its label is for. */
export interface Choice {
  readonly fields: TemplateResult;
  readonly isOne: boolean;
  /** Whether all there is to say is among the options, "not sure" as well. */
  readonly isAll?: boolean;
}

/** From how many options on a list opens on demand. */
const MANY = 12;

const UNKNOWN: FormOption = { value: { unknown: true }, exclusive: true };

/** The options, in the way that the form wants them shown. */
export function chosenFrom(field: Field, given: readonly FormOption[], context: FormContext): Choice {
  const { node, filling } = field;
  const { control, repeats, type } = node.item;
  const isSafety = filling.form.purpose === 'safety' && !given.some(({ value }) => 'unknown' in value);
  const options = isSafety ? [...given, UNKNOWN] : given;
  const isLong = options.length > MANY && control !== 'radio-button';
  const isOne = !repeats && type !== 'boolean' && (control === 'drop-down' || isLong);
  if (isOne) return { fields: context.more.dropDown(field, options, context), isOne, isAll: true };
  const list = repeats ? checkboxes : radios;
  return { fields: list(field, options, context), isOne, isAll: true };
}

function radios(field: Field, options: readonly FormOption[], context: FormContext): TemplateResult {
  const { node, id } = field;
  const { item, key } = node;
  const { send, text } = context;
  const own = item.type === 'open-choice' ? context.more.ownWords(field, options, context) : undefined;
  const passing = item.flag?.alert ? context.more.passingBy() : undefined;
  const clear = (event: Event) => {
    // The button goes away.
    (event.currentTarget as Element).closest('fieldset')?.querySelector('input')?.focus();
    send({ type: 'chose', key, values: [] });
  };
  return html`
    <div class="options ${item.orientation ?? ''}" lang=${item.type === 'boolean' ? context.locale : languageOf(field.filling, context)}
      @keydown=${passing?.note ?? nothing}>
      ${options.map(
        (option, index) => html`
        <label class="choice"><input type="radio" name=${id} id=${index === 0 ? id : `${id}-${index}`}
          .checked=${isChosen(node, option)} @change=${() => send({ type: 'chose', key, values: [option.value], ...passing?.by() })}
        /><bdi>${optionWords(option, context)}</bdi></label>`,
      )}
      ${
        own
          ? html`
        <label class="choice"><input type="radio" name=${id} id="${id}-other" .checked=${own.isUsed} @change=${own.begin}
        />${text.other}</label>`
          : nothing
      }
    </div>
    ${own?.isUsed ? own.words : nothing}
    ${
      valuesOf(node).length > 0 && !item.required
        ? html`
      <button part="button" class="plain" type="button" aria-label="${text.clear}: ${labelOf(item, text)}" @click=${clear}>
        ${text.clear}</button>`
        : nothing
    }`;
}

function checkboxes(field: Field, options: readonly FormOption[], context: FormContext): TemplateResult {
  const { node, id } = field;
  const { item, key } = node;
  const { send, text } = context;
  const values = valuesOf(node);
  const isAlone = (value: Value) => options.some((one) => one.exclusive && sameValue(one.value, value));
  const own = values.find((value) => !options.some((option) => sameValue(option.value, value)));
  const put = (added: Value | undefined, taken: Value | undefined) => {
    const rest = values.filter((value) => value !== taken && !(added && (isAlone(added) || isAlone(value))));
    send({ type: 'chose', key, values: added ? [...rest, added] : rest });
  };
  const toggle = ({ value }: FormOption) => {
    const chosen = values.find((one) => sameValue(one, value));
    put(chosen ? undefined : value, chosen);
  };
  return html`
    <p class="hint">${text.chooseSeveral}</p>
    <div class="options ${item.orientation ?? ''}" lang=${languageOf(field.filling, context)}>
      ${options.map(
        (option, index) => html`
        <label class="choice"><input type="checkbox" id=${index === 0 ? id : `${id}-${index}`}
          .checked=${isChosen(node, option)} @change=${() => toggle(option)} /><bdi>${optionWords(option, context)}</bdi></label>`,
      )}
    </div>
    ${
      item.type === 'open-choice'
        ? html`
      <div class="under"><label for="${id}-words">${text.other}</label>${lineInput({
        id: `${id}-words`,
        value: own && 'string' in own ? own.string : '',
        write: (string) => put(string.trim() ? { string } : undefined, own),
      })}</div>`
        : nothing
    }`;
}
