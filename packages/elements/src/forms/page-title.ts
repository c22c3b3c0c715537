import { type Filling, pagesShown } from './filling.ts';
import type { FormContext } from './view-context.ts';
import { formTitle } from './words.ts';

/** The heading of what is shown: the group that the page is of, else the form. */
export function pageTitle(filling: Filling, text: FormContext['text']): string {
  const { form } = filling;
  if (!filling.page) return text.review;
  const page = pagesShown(filling).find(({ key }) => key === filling.page);
  return page?.titles.at(-1)?.trim() || formTitle(form, text);
}
