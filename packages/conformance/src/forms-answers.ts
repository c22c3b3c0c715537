import type { Form, FormItem, ResponseItem, Value } from '@clinic-widgets/core/forms.js';

/** Gives the answer to a question, or nothing where it is left open. */
export type Answering = (item: FormItem) => Value | undefined;

/** Whether the item is asked whatever is answered elsewhere. */
const isCertain = ({ enableWhen, enableWhenExpression }: FormItem): boolean => !enableWhen && !enableWhenExpression;

/** Whether the person gives the answer, and not the form. */
const isAsked = ({ type, readOnly, hidden, calculatedExpression }: FormItem): boolean =>
  type !== 'group' && type !== 'display' && !readOnly && !hidden && !calculatedExpression;

/** Every question that is certain to be asked, wherever it stands in the form. */
export function questionsOf({ items }: Pick<Form, 'items'>): readonly FormItem[] {
  return items.flatMap((item) => {
    if (!isCertain(item)) return [];
    const inner = item.type === 'group' && !item.hidden ? questionsOf({ items: item.items ?? [] }) : [];
    return isAsked(item) ? [item, ...inner] : inner;
  });
}

/** Answers every question that is certain to be asked; what hangs on an answer is left out. */
export function answered({ items }: Pick<Form, 'items'>, answerTo: Answering): ResponseItem[] {
  return items.filter(isCertain).flatMap((item): ResponseItem[] => {
    if (item.type === 'group') {
      const inner = item.hidden ? [] : answered({ items: item.items ?? [] }, answerTo);
      return inner.length > 0 ? [{ linkId: item.linkId, items: inner }] : [];
    }
    const value = isAsked(item) ? answerTo(item) : undefined;
    return value ? [{ linkId: item.linkId, answers: [{ value }] }] : [];
  });
}

/** An answer that is right for the question and means no harm. A text that must look some way is left out. */
export const harmless: Answering = (item) => {
  const { flag, options, min, max } = item;
  if (flag) return flag.unless[0];
  return options?.[0]?.value ?? min ?? max ?? USUAL[item.type]?.(item);
};

const USUAL: Readonly<Partial<Record<FormItem['type'], Answering>>> = {
  boolean: () => ({ boolean: false }),
  decimal: () => ({ decimal: 1.5 }),
  integer: () => ({ integer: 1 }),
  date: () => ({ date: '1984-06-17' }),
  dateTime: () => ({ dateTime: '2026-01-05T09:30:00-05:00' }),
  time: () => ({ time: '09:30:00' }),
  string: written,
  text: written,
  url: () => ({ uri: 'https://clinic.example/' }),
  'open-choice': written,
  attachment: ({ mediaTypes: [contentType = 'text/plain'] = [] }) => ({
    attachment: { contentType, data: 'SGFyYm9y', title: 'harbor' },
  }),
  quantity: ({ units: [unit] = [] }) => ({
    quantity: { value: 1, ...(unit && { unit: unit.display, system: unit.system, code: unit.code }) },
  }),
};

const TEXT = 'Much as before.';

function written({ pattern, minLength = 0, maxLength = TEXT.length }: FormItem): Value | undefined {
  const string = TEXT.slice(0, maxLength);
  return pattern === undefined && string.length >= minLength ? { string } : undefined;
}
