import { html, nothing, type TemplateResult } from 'lit';
import { fieldOf } from './field-of.ts';
import type { Filling } from './filling.ts';
import { hasPlace, type Page } from './pages.ts';
import { idOf } from './question-view.ts';
import { isAsked, nodeAt } from './tree.ts';
import type { FormContext } from './view-context.ts';
import { troubleWords } from './trouble-words.ts';
import { labelOf } from './words.ts';

/** What is wrong, with a way to each place. */
export function summary(
  { troubles, nodes }: Filling,
  page: Page | undefined,
  context: FormContext,
): TemplateResult | typeof nothing {
  // What was taken out or is no longer asked may have been wrong.
  const wrong = Object.entries(troubles).filter(([key]) => page && hasPlace(page, key) && isAsked(nodes, key));
  if (!page || wrong.length === 0) return nothing;
  return html`
    <div part="alert" class="stack wide" data-focus="troubles" tabindex="-1" role="group" aria-label=${context.text.problem}>
      <h3>${context.text.problem}</h3>
      <ul>
        ${wrong.map(([key, trouble]) => {
          const go = (event: Event) => {
            event.preventDefault();
            focusOn(event.currentTarget as Element, idOf(page.keys[0]!), idOf(key));
          };
          const label = labelOf(nodeAt(nodes, key)!.item, context.text);
          return html`<li><a href="#${idOf(key)}" @click=${go}><bdi>${label}</bdi> – ${troubleWords(trouble, context)}</a></li>`;
        })}
      </ul>
    </div>`;
}

/** Brings the focus to a question: its own field, or the first of its fields, or all of it; else to the first of the page. */
function focusOn(link: Element, first: string, id: string): void {
  const root = link.getRootNode() as ShadowRoot;
  const found = [id, `${id}-all`, first, `${first}-all`].map((one) => root.getElementById(one)).find(Boolean);
  if (found) fieldOf(found).focus();
}
