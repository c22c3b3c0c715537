import type { Coding, FormItem, Quantity, Value } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import { isUnit } from './checks.ts';
import { type Field, type Line, lineInput } from './line-input.ts';
import type { Row } from './tree.ts';
import { readNumber } from './numbers.ts';
import type { FormContext } from './view-context.ts';
import { labelOf, wordsOf } from './words.ts';

/** A number, with its unit where it has one. */
export function amountInput(field: Field, row: Row, writing: Line, context: FormContext): TemplateResult {
  const { item, key } = field.node;
  const { units = [], type } = item;
  const { locale, send, text } = context;
  const { id, described, disabled } = writing;
  const look = { look: 'number', mode: type === 'integer' ? 'numeric' : 'decimal' };
  const [only] = units;
  const isFixed = only && (units.length === 1 || type !== 'quantity');
  const unit = row.value && 'quantity' in row.value ? row.value.quantity : quantityOf(only);
  const put = (typed: string, unit: Quantity) =>
    send({ type: 'typed', key, row: row.key, typed, value: readNumber(item, typed, locale, unit) });
  const write = (typed: string) => put(typed, unit);
  if (isFixed || type !== 'quantity') {
    if (!only) return lineInput({ ...writing, ...look, write });
    const after = `${id}-unit`;
    return html`<div class="row">${lineInput({ ...writing, ...look, write, described: `${described} ${after}`.trim() })}
      <span id=${after}>${unitWords(only)}</span></div>`;
  }
  return html`<div class="row">${lineInput({ ...writing, ...look, write })}${
    units.length > 0
      ? unitChoice()
      : html`<label class="part">${text.unit}${lineInput({ id: `${id}-unit`, look: 'number', value: unit.unit ?? '', write: own, disabled })}</label>`
  }</div>`;

  function own(words: string): void {
    const { unit: _, ...rest } = unit;
    put(writing.value, { ...rest, ...(words && { unit: words }) });
  }

  function unitChoice(): TemplateResult {
    const change = (event: Event) =>
      put(writing.value, quantityOf(units[Number((event.target as HTMLSelectElement).value)]));
    return html`
      <select id="${id}-unit" class="unit" aria-label=${text.unit} ?disabled=${disabled} @change=${change}>
        ${units.map((one, index) => html`<option value=${index} .selected=${isUnit(one, unit)}>${unitWords(one)}</option>`)}
      </select>`;
  }
}

const unitWords = ({ display, code }: Coding): string => display ?? code ?? '';

/** A number between two ends: moved, or written. */
export function sliderInput({ node }: Field, row: Row, writing: Line, context: FormContext): TemplateResult {
  const { item, key } = node;
  const { text, locale, send } = context;
  const { id, disabled, described } = writing;
  const put = (typed: string, value: Value | undefined) => send({ type: 'typed', key, row: row.key, typed, value });
  const write = (typed: string) => put(typed, readNumber(item, typed, locale));
  // The slider's own numbers are written in no language.
  const move = (typed: string) => put(typed, readNumber(item, typed, 'en'));
  const [least, most] = [amountIn(item.min), amountIn(item.max)];
  const value = row.value && amountIn(row.value);
  return html`
    <p class="hint" id="${id}-ends">${text.between(wordsOf(item.min!, context), wordsOf(item.max!, context))}</p>
    <input
      id="${id}-slider" type="range" min=${least} max=${most} step=${stepOf(item, most - least)}
      aria-label=${labelOf(item, text)} aria-describedby="${described} ${id}-ends"
      aria-valuetext=${value === undefined ? text.notMoved : nothing} ?disabled=${disabled}
      .value=${String(value ?? (least + most) / 2)}
      @input=${(event: Event) => move((event.target as HTMLInputElement).value)} />
    <div class="row">${lineInput({ ...writing, write, look: 'number', mode: 'decimal', described: `${described} ${id}-ends` })}
      ${value === undefined ? html`<span class="hint">${text.notMoved}</span>` : nothing}</div>`;
}

/** How far a slider goes at a time: where the form does not say, a hundredth of the way in as many digits as it takes. */
function stepOf({ type, sliderStep, decimals }: FormItem, way: number): number {
  if (sliderStep !== undefined || type === 'integer') return sliderStep ?? 1;
  if (decimals === undefined) return way / 100;
  const least = 10 ** -decimals;
  return Number((Math.max(1, Math.round(way / 100 / least)) * least).toFixed(decimals));
}

const quantityOf = (unit: Coding | undefined): Quantity =>
  unit
    ? {
        ...(unitWords(unit) && { unit: unitWords(unit) }),
        ...(unit.system && { system: unit.system }),
        ...(unit.code && { code: unit.code }),
      }
    : {};

const amountIn = (value: Value | undefined): number =>
  value && 'integer' in value ? value.integer : value && 'decimal' in value ? value.decimal : 0;
