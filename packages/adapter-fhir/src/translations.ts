import type * as fhir from 'fhir/r4.js';
import { Language } from '@clinic-widgets/core/common.js';
import { elementsOf, extensionsIn, type Loose, objectOf, textOf } from './elements.ts';

/** A text in another language (https://hl7.org/fhir/R4/extension-translation.html). */
const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';

/** The language of what says none (https://www.rfc-editor.org/rfc/rfc5646#section-4.1): to call it English would have it misread. */
export const UNDETERMINED = 'und';

/** The texts of a resource in one language. */
export interface Words {
  /** The language that there is, not the one that was asked for. */
  readonly language: string;
  /** The text of an element in that language, or else in the resource's own; nothing where it has none. */
  of(element: object, name: string): string | undefined;
}

/** The words that a resource has in the language asked for, or else in its own. A Questionnaire's are in its items, too. */
export function wordsOf(
  resource: fhir.DomainResource,
  asked: string | undefined,
  worded: () => Iterable<Loose> = () => elementsOf(resource),
): Words {
  const said = textOf(resource.language);
  const own = said && Language.safeParse(said).success ? said : UNDETERMINED;
  const language = asked ? (chosen(asked, own, () => languagesOf(worded())) ?? own) : own;
  return {
    language,
    of: (element, name) =>
      (language === own ? undefined : translated(objectOf(element)[`_${name}`], language)) ??
      textOf((element as Loose)[name]),
  };
}

/** The language that comes nearest to the one asked for: itself, or one of the same name from elsewhere. */
function chosen(asked: string, own: string, others: () => Iterable<string>): string | undefined {
  if (same(asked, own)) return own;
  const there = [own, ...others()];
  return there.find((one) => same(one, asked)) ?? there.find((one) => same(primary(one), primary(asked)));
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const primary = (tag: string): string => tag.split('-')[0]!;

/** Every language that the title or the text of an element is translated to. */
function languagesOf(elements: Iterable<Loose>): Set<string> {
  const found = new Set<string>();
  for (const { _title, _text } of elements) {
    if (!_title && !_text) continue;
    for (const { lang } of [...translationsOf(_title), ...translationsOf(_text)]) {
      if (Language.safeParse(lang).success) found.add(lang);
    }
  }
  return found;
}

/** What an element is in a language, if it is translated to it. */
export function translated(element: unknown, language: string): string | undefined {
  const all = translationsOf(element);
  const found =
    all.find(({ lang }) => same(lang, language)) ?? all.find(({ lang }) => same(primary(lang), primary(language)));
  return found?.content;
}

function translationsOf(element: unknown): { readonly lang: string; readonly content: string }[] {
  if (!element) return [];
  return extensionsIn(element)
    .filter(({ url }) => url === TRANSLATION)
    .flatMap((translation) => {
      const parts = extensionsIn(translation);
      const lang = textOf(parts.find(({ url }) => url === 'lang')?.valueCode);
      const content = parts.find(({ url }) => url === 'content');
      const text = textOf(content?.valueString ?? content?.valueMarkdown);
      return lang && text ? [{ lang, content: text }] : [];
    });
}
