import type { FormItem } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Filling } from './filling.ts';
import type { FormContext } from './view-context.ts';
import { dayInWords, languageOf } from './words.ts';

/** Whose form it is, whether it may be relied on, and what must be answered. */
export function about(filling: Filling, context: FormContext): TemplateResult {
  const { sample, approvedBy, approvedOn, edition = '', description, items } = filling.form;
  const { text, locale } = context;
  return html`
    ${sample ? html`<p part="notice" class="wide">${text.sample}</p>` : nothing}
    ${description ? html`<p class="prose" dir="auto" lang=${languageOf(filling, context)}>${description}</p>` : nothing}
    ${
      approvedBy
        ? html`<p class="hint">${text.approved(approvedBy, approvedOn ? dayInWords(approvedOn, locale) : '', edition)}</p>`
        : nothing
    }
    ${requiredNote(items, context)}`;
}

/** What must be answered, where something must. */
function requiredNote(items: readonly FormItem[], { text }: FormContext): TemplateResult | typeof nothing {
  if (!someRequired(items)) return nothing;
  return html`<p class="hint">${someOptional(items) ? text.requiredNote : text.allRequiredNote}</p>`;
}

const someRequired = (items: readonly FormItem[] = []): boolean =>
  items.some((item) => item.required || someRequired(item.items));

/** Whether something may be left out that is asked whatever the other answers are. */
const someOptional = (items: readonly FormItem[] = []): boolean =>
  items.some(
    ({ type, required, readOnly, hidden, enableWhen, enableWhenExpression, items: inner }) =>
      !hidden &&
      !enableWhen &&
      !enableWhenExpression &&
      (type === 'group' ? someOptional(inner) : type !== 'display' && !required && !readOnly),
  );
