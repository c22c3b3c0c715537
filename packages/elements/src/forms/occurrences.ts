import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Filling } from './filling.ts';
import { fieldOf } from './field-of.ts';
import { nodeViews } from './question-view.ts';
import type { Node, Row } from './tree.ts';
import type { FormContext } from './view-context.ts';
import { labelOf } from './words.ts';

/** One occurrence of a group that repeats. */
export function occurrence(
  node: Node,
  row: Row,
  index: number,
  filling: Filling,
  context: FormContext,
): TemplateResult {
  const { item, rows } = node;
  const name = [item.text?.trim(), context.text.nth(index + 1)].filter(Boolean).join(', ');
  const canGo = rows.length > Math.max(1, item.minOccurs ?? 0);
  return html`
    <fieldset class="occurrence">
      <legend><bdi>${name}</bdi></legend>
      ${nodeViews(row.nodes, filling, context)}
      ${canGo ? remover(node, row, name, context) : nothing}
    </fieldset>`;
}

/** Takes an occurrence or an answer out. */
export function remover({ key }: Node, row: Row, name: string, { send, text }: FormContext): TemplateResult {
  const remove = (event: Event) => {
    // The button goes away: who has pressed it stays where it was.
    (event.currentTarget as Element).parentElement!.closest<HTMLElement>('[tabindex]')?.focus();
    send({ type: 'removed', key, row: row.key });
  };
  return html`<button part="button" type="button" @click=${remove}>${text.remove(name)}</button>`;
}

/** Puts another occurrence or answer in. */
export function adder({ item, rows, key }: Node, { send, text }: FormContext): TemplateResult | typeof nothing {
  if (rows.length >= (item.maxOccurs ?? Infinity)) return nothing;
  const add = (event: Event) => {
    const around = (event.currentTarget as Element).parentElement!;
    const { updateComplete } = (around.getRootNode() as ShadowRoot).host as LitElement;
    send({ type: 'added', key });
    void updateComplete.then(() => {
      const added = [...around.querySelectorAll<HTMLElement>(':scope > .occurrence')].at(-1);
      if (added) fieldOf(added).focus();
    });
  };
  return html`<button part="button" type="button" @click=${add}>${text.add(labelOf(item, text))}</button>`;
}
