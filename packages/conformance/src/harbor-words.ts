import type { FormItem, FormOption } from '@clinic-widgets/core/forms.js';
import type { HarborForm, HarborWords } from './harbor-forms.ts';

/** Gives what is said in the language at hand. */
export type Say = (english: string, spanish: string) => string;

/** What there is to say, in each language that the clinic has it in. */
export type ByLanguage<T> = Readonly<Record<string, T>>;

/** Says something in both languages, side by side. */
export const inBoth = <T>(write: (say: Say) => T): ByLanguage<T> => ({
  en: write((english) => english),
  es: write((_, spanish) => spanish),
});

/** A form whose structure is written once and whose words are written in both languages, side by side. */
export function inEnglishAndSpanish(write: (say: Say) => HarborWords): HarborForm {
  const words = { en: write((english) => english), es: write((_, spanish) => spanish) };
  return { id: words.en.id, words };
}

/** Who stands behind a form here: nobody. It is there to be looked at, not to be used. */
export const madeUp = (say: Say) => ({
  sample: true,
  edition: '2026-02',
  approvedBy: say('Harbor Clinic, a made-up clinic', 'Harbor Clinic, una clínica inventada'),
  approvedOn: '2026-02-02',
});

/** The codes of answers that no standard has. */
const ANSWERS = 'urn:harbor-clinic:answers';

/** An answer by its code. */
export const coded = (code: string) => ({ coding: { system: ANSWERS, code } });

/** An answer to choose. */
export const option = (code: string, display: string): FormOption => ({
  value: { coding: { system: ANSWERS, code, display } },
});

/** The answer that leaves no other. */
export const noneOf = (display: string): FormOption => ({ ...option('none', display), exclusive: true });

/** Questions under a heading, which begin a page of their own. */
export const page = (linkId: string, text: string, items: FormItem[], more: Partial<FormItem> = {}): FormItem => ({
  linkId,
  type: 'group',
  text,
  ...more,
  items,
});
