import type * as fhir from 'fhir/r4.js';
import type { Coding, FormOption, Value } from '@clinic-widgets/core/forms.js';
import { listOf } from './client.ts';
import { extensionsIn, objectOf, textOf } from './elements.ts';
import { translated, type Words } from './translations.ts';
import { toValue } from './values.ts';

/** Extensions of an option (https://hl7.org/fhir/R4/questionnaire-profiles.html). */
const HL7 = 'http://hl7.org/fhir/StructureDefinition/';
const PREFIX = `${HL7}questionnaire-optionPrefix`;
const EXCLUSIVE = `${HL7}questionnaire-optionExclusive`;
const SCORES: readonly string[] = [`${HL7}ordinalValue`, `${HL7}itemWeight`];

/** An option, and what of it is not shown. */
export interface KnownOption {
  readonly option: FormOption;
  /** Its value in the words of the form's own language, by which conditions name it. */
  readonly own: Value;
  readonly score: number | undefined;
  readonly chosen: boolean;
  /** Whether there is a richer text for it. */
  readonly marked: boolean;
}

const MARKUP: readonly string[] = [`${HL7}rendering-xhtml`, `${HL7}rendering-markdown`];

/** Whether a text comes with another form of it that is markup. */
export const isMarkedUp = (element: unknown): boolean =>
  element !== undefined && extensionsIn(element).some(({ url }) => MARKUP.includes(url));

/** An option of a question; nothing where it has no value. */
export function toOption(raw: unknown, words: Words, prefixed: boolean): KnownOption | undefined {
  const answer = objectOf(raw) as fhir.QuestionnaireItemAnswerOption & { readonly _valueString?: fhir.Element };
  const own = toValue(answer);
  if (!own || 'unknown' in own) return undefined;
  const { valueCoding, _valueString } = answer;
  const extensions = extensionsIn(answer);
  const prefix = prefixed ? extensions.find(({ url }) => url === PREFIX) : undefined;
  const prefixText = prefix && words.of(prefix, 'valueString');
  const scored = [...extensions, ...extensionsIn(valueCoding)].find(({ url }) => SCORES.includes(url));
  return {
    option: {
      value: inWords(own, answer, words),
      ...(prefixText && { prefix: prefixText }),
      ...(extensions.some(({ url, valueBoolean }) => url === EXCLUSIVE && valueBoolean === true) && {
        exclusive: true,
      }),
    },
    own,
    score: typeof scored?.valueDecimal === 'number' ? scored.valueDecimal : undefined,
    chosen: answer.initialSelected === true,
    marked: isMarkedUp(_valueString) || isMarkedUp((valueCoding as { _display?: unknown } | undefined)?._display),
  };
}

/** A value in the words of the form's language: what a concept is called, or a text that is itself the answer. */
function inWords(value: Value, element: fhir.QuestionnaireItemAnswerOption, words: Words): Value {
  if ('coding' in value) {
    const display = words.of(element.valueCoding!, 'display');
    return display ? { coding: { ...value.coding, display } } : value;
  }
  if ('string' in value) return { string: words.of(element, 'valueString') ?? value.string };
  return value;
}

/** The most options that a form is given with itself. */
const MOST = 5000;

/**
 * The concepts of a value set that lists them, in a language where it has that; nothing of one that has to be expanded
 * by a server that knows the code systems.
 */
export function conceptsOf(
  valueSet: fhir.ValueSet,
  language: string,
  other: (url: string) => fhir.ValueSet | undefined = () => undefined,
  within: readonly unknown[] = [],
): Coding[] | undefined {
  if (within.includes(valueSet)) return undefined;
  const { expansion, compose } = valueSet;
  if (listOf(expansion?.contains).length) return expanded(expansion!.contains!, language).slice(0, MOST);

  const included = listOf(compose?.include).map((one) => includedBy(objectOf(one) as Include));
  if (!included.length || included.includes(undefined)) return undefined;
  const excluded = listOf(compose?.exclude).flatMap(({ system, concept }) =>
    listOf(concept).map(({ code }) => `${system}|${code}`),
  );
  return (included.flat() as Coding[])
    .filter(({ system, code }) => !excluded.includes(`${system}|${code}`))
    .slice(0, MOST);

  function includedBy({ system, version, concept, valueSet: sets, filter }: Include): Coding[] | undefined {
    if (filter) return undefined;
    if (listOf(concept).length)
      return listOf(concept).flatMap((one) => toConcept({ ...one, system, version }, language));
    const [url, ...more] = listOf(sets);
    const found = url && !more.length && !system ? other(url) : undefined;
    return found && conceptsOf(found, language, other, [...within, valueSet]);
  }
}

type Include = fhir.ValueSetComposeInclude;

/** The concepts of an expansion that can be chosen, the narrower ones behind the wider. */
const expanded = (contains: readonly fhir.ValueSetExpansionContains[], language: string, depth = 0): Coding[] =>
  depth > 40
    ? []
    : listOf(contains).flatMap((one) => [
        ...(one.abstract || one.inactive ? [] : toConcept(one, language)),
        ...expanded(one.contains ?? [], language, depth + 1),
      ]);

interface Concept {
  readonly system?: string | undefined;
  readonly version?: string | undefined;
  readonly code?: string | undefined;
  readonly display?: string | undefined;
  readonly designation?: readonly fhir.ValueSetComposeIncludeConceptDesignation[] | undefined;
}

function toConcept(concept: Concept, language: string): Coding[] {
  const code = textOf(concept.code);
  if (!code) return [];
  const display = designated(concept, language) ?? textOf(concept.display);
  const system = textOf(concept.system);
  const version = textOf(concept.version);
  return [{ ...(system && { system }), ...(version && { version }), code, ...(display && { display }) }];
}

/** What a concept is called in a language. */
function designated(concept: Concept, language: string): string | undefined {
  const all = listOf(concept.designation).filter((one) => textOf(one?.language) && textOf(one.value));
  const starts = (tag: string, wanted: string) =>
    tag.toLowerCase().split('-')[0] === wanted.toLowerCase().split('-')[0];
  const found =
    all.find((one) => one.language!.toLowerCase() === language.toLowerCase()) ??
    all.find((one) => starts(one.language!, language));
  return found?.value ?? translated((concept as { readonly _display?: unknown })._display, language);
}
