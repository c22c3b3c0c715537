import { html, nothing, type TemplateResult } from 'lit';
import type { Filling } from './filling.ts';
import { choiceOf, inputOf } from './inputs.ts';
import { type Field, isOneField } from './line-input.ts';
import { isOn, isUnsure, type Node, type Row, valuesOf } from './tree.ts';
import type { FormContext } from './view-context.ts';
import { labelOf, languageOf, wordsOf } from './words.ts';

type Shown = TemplateResult | typeof nothing;

/** The name of a question's field, for what refers to it. */
export const idOf = (key: string): string => `q${key.replaceAll('.', '-')}`;

/** A question, a group or words, with what is under it. */
function nodeView(node: Node, filling: Filling, context: FormContext): Shown {
  const { item } = node;
  if (!isOn(node) || item.hidden || item.outcome) return nothing;
  if (item.type === 'group') return groupView(node, filling, context);
  if (item.type !== 'display') return questionView(node, filling, context);
  return item.text
    ? html`<p part="text" class="prose" dir="auto" lang=${languageOf(filling, context)}>${item.text}</p>`
    : nothing;
}

/** Nodes one after the other. */
export const nodeViews = (nodes: readonly Node[], filling: Filling, context: FormContext): readonly Shown[] =>
  nodes.map((node) => nodeView(node, filling, context));

function groupView(node: Node, filling: Filling, context: FormContext): TemplateResult {
  const { item, rows, key } = node;
  const title = item.text?.trim() ? labelOf(item, context.text) : '';
  const isGroup = title && !item.repeats;
  return html`
    <div part="group" class="group wide" id=${idOf(key)} tabindex="-1" role="group"
      aria-label=${isGroup ? title : nothing}>
      ${title ? html`<h3 dir="auto" lang=${languageOf(filling, context)}>${title}</h3>` : nothing}
      ${hintsOf(node, filling, context)}${errorOf(node, filling, context)}
      ${
        item.repeats
          ? [
              rows.map((row, index) => context.more.occurrence(node, row, index, filling, context)),
              context.more.adder(node, context),
            ]
          : rows.map((row) => nodeViews(row.nodes, filling, context))
      }
    </div>`;
}

function questionView(node: Node, filling: Filling, context: FormContext): TemplateResult {
  const { item, rows, key } = node;
  const id = idOf(key);
  const label = labelView(node, filling, context);
  const hints = hintsOf(node, filling, context);
  const error = errorOf(node, filling, context);
  const leads = (row: Row) => row.value && row.nodes.length > 0;
  const under = rows.some(leads)
    ? rows.map((row) => (leads(row) ? underRow(node, row, filling, context) : nothing))
    : nothing;
  if (item.readOnly) {
    const values = valuesOf(node).map((value) => wordsOf(value, context));
    return html`
      <div part="question" class="question">
        <label for=${id}>${label}</label>${hints}
        <output id=${id} dir="auto">${values.join(', ') || context.text.noAnswer}</output>
      </div>${under}`;
  }
  const described = [hints === nothing ? '' : `${id}-hint`, error === nothing ? '' : `${id}-error`].join(' ').trim();
  const field: Field = { node, filling, id, described, invalid: error !== nothing };
  const choice = choiceOf(field, context);
  const fields = choice?.fields ?? writtenIn(field, context);
  const unsure = choice?.isAll ? nothing : notSure(field, context);
  const alerts = item.flag?.alert
    ? context.more.alertView(
        filling.alerts.filter(({ linkId }) => linkId === item.linkId),
        filling,
        context,
      )
    : nothing;
  const look = `question wide ${error === nothing ? '' : 'wrong'}`;
  if (choice ? choice.isOne : isOneField(item)) {
    return html`
      <div part="question" class=${look}>
        <label for=${id}>${label}</label>${hints}${error}${fields}${unsure}${alerts}
      </div>${under}`;
  }
  return html`
    <fieldset part="question" class=${look} id="${id}-all" tabindex="-1" aria-describedby=${described || nothing}>
      <legend>${label}</legend>${hints}${error}${fields}${unsure}${alerts}
    </fieldset>${under}`;
}

const labelView = ({ item, key }: Node, filling: Filling, context: FormContext): TemplateResult => html`<bdi
  id="${idOf(key)}-label" lang=${languageOf(filling, context)}>${labelOf(item, context.text)}</bdi>${
    item.required ? html` <span class="hint">(${context.text.required})</span>` : nothing
  }`;

/** What is asked further because of an answer. */
const underRow = (node: Node, row: Row, filling: Filling, context: FormContext): TemplateResult => {
  const asked = nodeViews(row.nodes, filling, context);
  // Of several answers it must be clear which one the further questions are about.
  return node.item.repeats && row.value
    ? html`<fieldset class="occurrence"><legend><bdi>${wordsOf(row.value, context)}</bdi></legend>${asked}</fieldset>`
    : html`<div class="under">${asked}</div>`;
};

function writtenIn(field: Field, context: FormContext): TemplateResult {
  const { node } = field;
  const { item, rows } = node;
  if (!item.repeats) return inputOf(field, rows[0]!, context);
  const name = (index: number) => context.text.nth(index + 1);
  return html`
    ${rows.map(
      (row, index) => html`
        <div class="occurrence">
          ${rows.length > 1 ? html`<span aria-hidden="true">${name(index)}</span>` : nothing}
          ${inputOf(field, row, context, name(index))}
          ${rows.length > 1 ? context.more.remover(node, row, name(index), context) : nothing}
        </div>`,
    )}
    ${isUnsure(node) ? nothing : context.more.adder(node, context)}`;
}

/** In a safety form nobody has to guess, whatever is asked and however it is answered. */
function notSure({ node, filling, id }: Field, { send, text }: FormContext): Shown {
  if (filling.form.purpose !== 'safety') return nothing;
  const change = (event: Event) =>
    send({
      type: 'chose',
      key: node.key,
      values: (event.target as HTMLInputElement).checked ? [{ unknown: true }] : [],
    });
  return html`
    <label class="choice"><input type="checkbox" aria-describedby="${id}-label" .checked=${isUnsure(node)}
      @change=${change} />${text.amNotSure}</label>`;
}

function hintsOf({ item, key }: Node, filling: Filling, context: FormContext): Shown {
  const { help, entryFormat, type } = item;
  const isDate = type === 'date' || type === 'dateTime';
  if (!help && !entryFormat && !isDate) return nothing;
  return html`<div class="hint prose" id="${idOf(key)}-hint"><div dir="auto" lang=${languageOf(filling, context)}>${[
    help,
    entryFormat,
  ]
    .filter(Boolean)
    .join('\n')}</div>${isDate ? context.more.dateHint(context) : nothing}</div>`;
}

function errorOf({ key }: Node, { troubles }: Filling, context: FormContext): Shown {
  const trouble = troubles[key];
  return trouble
    ? html`<p part="error" class="error" id="${idOf(key)}-error">${context.more.troubleWords(trouble, context)}</p>`
    : nothing;
}
