import type { FormOption, Value } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import { type Choice, chosenFrom } from './choice-inputs.ts';
import { isSearched, searchOf } from './filling.ts';
import { type Field, isOneField, type Line, lineInput } from './line-input.ts';
import type { Row } from './tree.ts';
import { read } from './typing.ts';
import type { FormContext } from './view-context.ts';
import { labelOf } from './words.ts';

const YES: FormOption = { value: { boolean: true } };
const NO: FormOption = { value: { boolean: false } };

/** The choices of a question that is answered by choosing; nothing for any other. */
export function choiceOf(field: Field, context: FormContext): Choice | undefined {
  const { node, filling } = field;
  const { item } = node;
  if (item.type === 'boolean') return chosenFrom(field, [YES, NO], context);
  if (item.type !== 'choice' && item.type !== 'open-choice') return undefined;
  if (item.options) return chosenFrom(field, item.options, context);
  const search = searchOf(filling, node);
  const found = search && filling.found.get(search.search);
  if (isSearched(filling, item))
    return { fields: context.more.searchInput(field, Boolean(search), found, context), isOne: true };
  if (!item.valueSet) return context.more.typedInstead(field, context);
  if (found === 'failed' || found === 'again') return context.more.typedInstead(field, context, found);
  if (!found) return { fields: html`<p class="hint">${context.text.loading}</p>`, isOne: false };
  return found.options.length === 0
    ? context.more.typedInstead(field, context)
    : chosenFrom(field, [...found.options, ...context.more.typedBefore(node, found.options)], context);
}

/** The field, or fields, for one answer that is written. */
export function inputOf(field: Field, row: Row, context: FormContext, name = ''): TemplateResult {
  const { node, described, invalid } = field;
  const { item, key } = node;
  const { send, text, more } = context;
  const id = row === node.rows[0] ? field.id : `${field.id}-${row.key}`;
  const label = isOneField(item) ? undefined : [labelOf(item, text), name].filter(Boolean).join(', ');
  const disabled = row.value !== undefined && 'unknown' in row.value;
  const value = row.typed ?? (row.value ? typedOf(row.value, context.locale) : '');
  const put = (typed: string, value: Value | undefined) => send({ type: 'typed', key, row: row.key, typed, value });
  const write = (typed: string) => put(typed, read(item, typed));
  const writing: Line = { id, label, value, write, described, invalid, disabled };

  switch (item.type) {
    case 'text':
      return html`
        <textarea id=${id} rows="4" autocomplete="off" spellcheck="false" aria-label=${label ?? nothing}
          aria-describedby=${described || nothing} aria-invalid=${invalid ? 'true' : 'false'} ?disabled=${disabled}
          .value=${value} @input=${(event: Event) => write((event.target as HTMLTextAreaElement).value)}></textarea>`;
    case 'date':
    case 'dateTime':
      return more.dateInputs(item, row, writing, context, put);
    case 'time':
      return more.timeInput(row, writing, put);
    case 'attachment':
      return more.fileInput(field, row, id, context);
    case 'integer':
    case 'decimal':
      if (item.control === 'slider' && item.min && item.max) return more.sliderInput(field, row, writing, context);
      return more.amountInput(field, row, writing, context);
    case 'quantity':
      return more.amountInput(field, row, writing, context);
    default:
      return lineInput({ ...writing, type: item.type === 'url' ? 'url' : 'text' });
  }
}

/** What an answer looks like in its field, as the reader would have written it. */
function typedOf(value: Value, locale: string): string {
  const plain = (number: number | undefined) =>
    number === undefined
      ? ''
      : new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(number);
  if ('string' in value) return value.string;
  if ('integer' in value) return plain(value.integer);
  if ('decimal' in value) return plain(value.decimal);
  if ('quantity' in value) return plain(value.quantity.value);
  if ('uri' in value) return value.uri;
  return 'reference' in value ? (value.reference.display ?? '') : '';
}
