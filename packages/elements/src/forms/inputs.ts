import type { FormOption, Value } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import { type Choice, chosenFrom, typedInstead } from './choice-inputs.ts';
import { dateInputs } from './date-inputs.ts';
import { fileInput } from './file-input.ts';
import { isSearched, searchOf } from './filling.ts';
import { type Field, isOneField, type Line, lineInput } from './line-input.ts';
import { amountInput, sliderInput } from './number-inputs.ts';
import { typedOf } from './response.ts';
import { searchInput } from './search-input.ts';
import type { Row } from './tree.ts';
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
  const found = search && filling.found[search.search];
  if (found === 'failed' || !item.valueSet) return typedInstead(field, context);
  if (isSearched(item)) return { fields: searchInput(field, Boolean(search), found, context), isOne: true };
  if (!found) return { fields: html`<p class="hint">${context.text.loading}</p>`, isOne: false };
  return found.options.length === 0 ? typedInstead(field, context) : chosenFrom(field, found.options, context);
}

/** The field, or fields, for one answer that is written. */
export function inputOf(field: Field, row: Row, context: FormContext, name = ''): TemplateResult {
  const { node, described, invalid } = field;
  const { item, key } = node;
  const { send, text, locale, timeZone } = context;
  const id = row === node.rows[0] ? field.id : `${field.id}-${row.key}`;
  const label = isOneField(item) ? undefined : [labelOf(item, text), name].filter(Boolean).join(', ');
  const disabled = row.value !== undefined && 'unknown' in row.value;
  const value = row.typed ?? (row.value ? (typedOf(row.value) ?? '') : '');
  const write = (typed: string) => send({ type: 'typed', key, row: row.key, typed, reading: { locale, timeZone } });
  const writing: Line = { id, label, value, write, described, invalid, disabled };

  switch (item.type) {
    case 'text':
      return html`
        <textarea id=${id} rows="4" autocomplete="off" spellcheck="false" aria-label=${label ?? nothing}
          aria-describedby=${described || nothing} aria-invalid=${invalid ? 'true' : nothing} ?disabled=${disabled}
          .value=${value} @input=${(event: Event) => write((event.target as HTMLTextAreaElement).value)}></textarea>`;
    case 'date':
    case 'dateTime':
      return dateInputs(item, row, writing, context);
    case 'time':
      return lineInput({ ...writing, type: 'time', look: 'time', value: row.typed ?? timeIn(row.value) });
    case 'attachment':
      return fileInput(field, row, id, context);
    case 'integer':
    case 'decimal':
      return item.control === 'slider' && item.min && item.max
        ? sliderInput(item, row, writing, context)
        : amountInput(field, row, writing, context);
    case 'quantity':
      return amountInput(field, row, writing, context);
    default:
      return lineInput({ ...writing, type: item.type === 'url' ? 'url' : 'text' });
  }
}

const timeIn = (value: Value | undefined): string => (value && 'time' in value ? value.time.slice(0, 5) : '');
