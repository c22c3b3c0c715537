import type { FormItem } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type Filling, pagesShown, shownNodes } from './filling.ts';
import { nodeViews } from './question-view.ts';
import { lineOf, nodeAt } from './tree.ts';
import type { FormContext } from './view-context.ts';
import { dayInWords, languageOf, formTitle } from './words.ts';

type Shown = TemplateResult | typeof nothing;

/** The heading of what is shown: the group that the page is of, else the form. */
export function pageTitle(filling: Filling, text: FormContext['text']): string {
  const { form } = filling;
  if (!filling.page) return text.review;
  const page = pagesShown(filling).find(({ key }) => key === filling.page);
  return page?.titles.at(-1)?.trim() || formTitle(form, text);
}

/** One page of a form: what is to be known before, what is wrong, the questions. The host adds the ways on. */
export function pageView(filling: Filling, context: FormContext): TemplateResult {
  const { form, nodes } = filling;
  const pages = pagesShown(filling);
  const at = pages.findIndex(({ key }) => key === filling.page);
  const page = pages[at];
  const shown = (page?.keys ?? []).flatMap((key) => nodeAt(nodes, key) ?? []);
  // What is said of a group is said at the top of its page.
  const help = lineOf(nodes, page?.keys.at(-1) ?? '').at(-2)?.item.help;
  return html`
    ${pages.length > 1 ? progress(formTitle(form, context.text), at + 1, pages.length, context) : nothing}
    ${context.more.summary(filling, page, context)}
    ${alertsFromElsewhere(filling, context)}
    ${at === 0 ? about(filling, context) : nothing}
    ${help ? html`<p class="hint prose" lang=${languageOf(filling, context)}>${help}</p>` : nothing}
    ${keyed(filling.page, nodeViews(shown, filling, context))}`;
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

/** Whose form it is, whether it may be relied on, and what must be answered. */
function about(filling: Filling, context: FormContext): TemplateResult {
  const { sample, approvedBy, approvedOn, edition = '', description, items } = filling.form;
  const { text, locale } = context;
  return html`
    ${sample ? html`<p part="notice" class="wide">${text.sample}</p>` : nothing}
    ${description ? html`<p class="prose" lang=${languageOf(filling, context)}>${description}</p>` : nothing}
    ${
      approvedBy
        ? html`<p class="hint">${text.approved(approvedBy, approvedOn ? dayInWords(approvedOn, locale) : '', edition)}</p>`
        : nothing
    }
    ${someRequired(items) ? html`<p class="hint">${text.requiredNote}</p>` : nothing}`;
}

const someRequired = (items: readonly FormItem[] = []): boolean =>
  items.some((item) => item.required || someRequired(item.items));
