import { html, type TemplateResult } from 'lit';

/** Words of the clinic's own, with the languages that it has them in. */
interface Said {
  readonly language?: string | undefined;
  readonly translations?: readonly { readonly language: string }[] | undefined;
}

const primary = (tag = ''): string => tag.split('-')[0]!.toLowerCase();

/** What a clinic says, in the reader's language where the clinic has it in that. */
export function saidIn<S extends Said>(locale: string, said: S): S {
  const inLocale = said.translations?.find(({ language }) => primary(language) === primary(locale));
  return primary(said.language) === primary(locale) || !inLocale ? said : { ...said, ...inLocale };
}

/** The language that words are in; where the clinic does not say, the reader's. */
export const langOf = ({ language }: Said, locale: string): string => language ?? locale;

/** A sentence of ours with the clinic's words about where to go in it, each in its own language. */
export function goingTo(
  say: (place: string) => string,
  help: Said & { readonly goTo: string },
  locale: string,
): TemplateResult {
  const said = saidIn(locale, help);
  // A sign that no sentence has stands for the place until the sentence is there.
  const [before, after] = say('\0').split('\0');
  return html`${before}<bdi lang=${langOf(said, locale)}>${said.goTo}</bdi>${after}`;
}
