import { expect, type Locator, type Page } from '@playwright/test';
import { messages as spanish } from '../../packages/elements/src/forms/messages.es.ts';
import { type Messages, messages } from '../../packages/elements/src/forms/messages.ts';
import { moreMessages } from '../../packages/elements/src/forms/more-messages.ts';
import type { Adapter, Language } from './booking.ts';

export const languages: Readonly<Record<Language, Messages>> = {
  en: { ...messages, ...moreMessages },
  es: spanish,
};

/** A form as a patient meets it. */
export interface FormPage {
  readonly text: Messages;
  heading(name: string | RegExp): Locator;
  button(name: string | RegExp): Locator;
  /** A question that is answered by choosing. */
  question(name: string | RegExp): Locator;
  field(name: string | RegExp): Locator;
  /** Goes to the next page, which has this heading. */
  next(heading: string | RegExp): Promise<void>;
  /** Looks through the answers no further, and sends them. */
  send(): Promise<void>;
}

interface Opening {
  readonly adapter: Adapter;
  readonly language: Language;
  readonly patient: string;
  /** More of the query: `&on-site`. */
  readonly also: string;
}

/** Opens one form on a page of its own. */
export const openForm = (page: Page, form: string, { also = '', ...opening }: Partial<Opening> = {}) =>
  open(page, '/form.html', { ...opening, also: `&form=${form}${also}` });

/** Opens what waits for a patient, in the portal. */
export const openForms = (page: Page, opening: Partial<Opening> = {}) => open(page, '/forms.html', opening);

async function open(
  page: Page,
  path: string,
  { adapter = 'memory', language = 'en', patient = 'p-rosa', also = '' }: Partial<Opening>,
): Promise<FormPage> {
  await page.goto(`${path}?adapter=${adapter}&lang=${language}&patient=${patient}${also}`);
  return formOn(page, languages[language]);
}

function formOn(page: Page, text: Messages): FormPage {
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 2, name });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  return {
    text,
    heading,
    button,
    question: (name) =>
      page
        .getByRole('group', { name })
        .filter({ has: page.locator('legend') })
        .last(),
    field: (name) => page.getByRole('textbox', { name }),
    async next(name) {
      await button(text.next).click();
      await expect(heading(name)).toBeFocused();
    },
    async send() {
      await button(text.send).click();
      await expect(heading(text.sent)).toBeFocused();
    },
  };
}

/** Gives every question that is answered by choosing the same answer, page after page, up to the review. */
export async function answerAll(page: Page, { text, button, heading }: FormPage, answer: string): Promise<void> {
  for (let number = 1; ; number += 1) {
    const [before, after] = text.page(number, 99).split('99') as [string, string];
    const progress = page.getByText(new RegExp(`${before}(\\d+)${after}$`));
    await expect(progress).toBeVisible();
    for (const option of await page.getByRole('radio', { name: answer, exact: true }).all()) await option.check();
    const isLast = (await progress.innerText()).endsWith(`${before}${number}${after}`);
    await button(text.next).click();
    if (isLast) return expect(heading(text.review)).toBeFocused();
  }
}

/** The reference of the answers that the page shows. */
export const responseOn = async (page: Page): Promise<string> =>
  (await page.locator('.reference').innerText()).replace('QuestionnaireResponse/', '');
