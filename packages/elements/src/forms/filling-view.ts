import type { Control } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type Filling, pagesShown, shownNodes } from './filling.ts';
import { isOnEach } from './pages.ts';
import { nodeViews } from './question-view.ts';
import { lineOf, nodeAt } from './tree.ts';
import type { FormContext } from './view-context.ts';
import { formTitle, languageOf } from './words.ts';

type Shown = TemplateResult | typeof nothing;

/** One page of a form: what is to be known before, what is wrong, the questions. The host adds the ways on. */
export function pageView(filling: Filling, context: FormContext): TemplateResult {
  const { form, nodes } = filling;
  const pages = pagesShown(filling);
  const at = pages.findIndex(({ key }) => key === filling.page);
  const page = pages[at];
  const shown = (page?.keys ?? []).flatMap((key) => nodeAt(nodes, key) ?? []);
  const onEach = (control: Control) =>
    nodeViews(
      nodes.filter(({ item }) => item.control === control && isOnEach(item)),
      filling,
      context,
    );
  // What is said of a group is said at the top of its page.
  const help = lineOf(nodes, page?.keys.at(-1) ?? '').at(-2)?.item.help;
  return html`
    ${pages.length > 1 ? progress(formTitle(form, context.text), at + 1, pages.length, context) : nothing}
    ${context.more.summary(filling, page, context)}
    ${alertsFromElsewhere(filling, context)}
    ${at === 0 ? context.more.about(filling, context) : nothing}
    ${onEach('header')}
    ${help ? html`<p class="hint prose" dir="auto" lang=${languageOf(filling, context)}>${help}</p>` : nothing}
    ${keyed(filling.page, nodeViews(shown, filling, context))}${onEach('footer')}`;
}

const progress = (title: string, page: number, pages: number, { text }: FormContext): TemplateResult => html`
  <div part="progress" class="wide">
    <p class="hint"><bdi>${title}</bdi> · ${text.page(page, pages)}</p>
    <progress max=${pages} value=${page} aria-hidden="true"></progress>
  </div>`;

/** What has become of telling staff of answers on other pages; under a question itself the notice stands there. */
function alertsFromElsewhere(filling: Filling, context: FormContext): Shown {
  const here = new Set(shownNodes(filling).map(({ item }) => item.linkId));
  const alerts = filling.alerts.filter(({ linkId }) => linkId === undefined || !here.has(linkId));
  return alerts.length > 0 ? context.more.alertView(alerts, filling, context) : nothing;
}
