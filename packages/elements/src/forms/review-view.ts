import { html, nothing, type TemplateResult } from 'lit';
import { alertView } from './alert-view.ts';
import { type Filling, pagesShown } from './filling.ts';
import type { Page } from './pages.ts';
import { isOn, type Node, nodeAt, type Nodes, valuesOf } from './tree.ts';
import type { FormContext } from './view-context.ts';
import { formTitle, labelOf, languageOf, wordsOf } from './words.ts';

type Shown = TemplateResult | typeof nothing;

/** All answers, page by page, with a way back to each as long as they are not `busy` being sent. */
export function reviewView(filling: Filling, busy: boolean, context: FormContext): TemplateResult {
  const { text } = context;
  const pages = pagesShown(filling);
  return html`
    ${filling.alerts.length > 0 ? alertView(filling.alerts, filling, context) : nothing}
    ${busy ? nothing : html`<p>${pages.length === 0 ? text.nothingAsked : text.reviewNote}</p>`}
    ${pages.map((page, index) => answersView(pages, page, index, filling, busy, context))}`;
}

function answersView(
  pages: readonly Page[],
  page: Page,
  index: number,
  filling: Filling,
  busy: boolean,
  context: FormContext,
): Shown {
  const { send, text } = context;
  const answers = answersOf(
    page.keys.flatMap((key) => nodeAt(filling.nodes, key) ?? []),
    context,
  );
  if (answers.length === 0) return nothing;
  const titleOf = (one: Page | undefined) => one?.titles.at(-1)?.trim() ?? '';
  const title = titleOf(page);
  const isAgain = pages.filter((one) => titleOf(one) === title).length > 1;
  const place = text.page(index + 1, pages.length);
  const name = title
    ? [title, isAgain ? place : ''].filter(Boolean).join(', ')
    : pages.length > 1
      ? place
      : formTitle(filling.form, text);
  return html`
    <section part="answers" class="answers wide stack">
      ${title && title !== titleOf(pages[index - 1]) ? html`<h3 dir="auto" lang=${languageOf(filling, context)}>${title}</h3>` : nothing}
      <dl class="wide">${answers.map(
        ({ label, answer }) => html`
        <div><dt dir="auto" lang=${languageOf(filling, context)}>${label}</dt><dd dir="auto">${answer}</dd></div>`,
      )}</dl>
      ${
        busy
          ? nothing
          : html`
        <button part="button" @click=${() => send({ type: 'opened-page', page: page.key })}>${text.change(name)}</button>`
      }
    </section>`;
}

interface Answered {
  readonly label: string;
  readonly answer: string;
}

function answersOf(nodes: Nodes, context: FormContext): readonly Answered[] {
  return nodes.flatMap((node) => {
    const { item, rows } = node;
    if (!isOn(node) || item.hidden || item.type === 'display') return [];
    const isGroup = item.type === 'group';
    const under = rows.flatMap((row, index) => {
      if (!isGroup && !row.value) return [];
      const inner = answersOf(row.nodes, context);
      if (rows.length < 2) return inner;
      // Of several it must be clear which one an answer is about.
      const of = isGroup ? context.text.nth(index + 1) : wordsOf(row.value!, context);
      return inner.map(({ label, answer }) => ({ label: `${of}: ${label}`, answer }));
    });
    return isGroup ? under : [answerOf(node, context), ...under];
  });
}

const answerOf = (node: Node, context: FormContext): Answered => ({
  label: labelOf(node.item, context.text),
  answer:
    valuesOf(node)
      .map((value) => wordsOf(value, context))
      .join(', ') || context.text.noAnswer,
});
