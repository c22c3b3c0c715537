import type * as fhir from 'fhir/r4.js';
import type { Constraint, Form, FormItem } from '@clinic-widgets/core/forms.js';
import { elementsOf, extensionsIn, objectOf, textOf } from './elements.ts';
import type { Words } from './translations.ts';

/** Where expressions stand (https://hl7.org/fhir/uv/sdc/STU3/expressions.html, behavior.html; R4's own beside them). */
const HL7 = 'http://hl7.org/fhir/StructureDefinition/';
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const VARIABLE = `${HL7}variable`;
const POPULATION_CONTEXT = `${SDC}itemPopulationContext`;
const CONSTRAINTS: readonly string[] = [`${HL7}targetConstraint`, `${HL7}questionnaire-constraint`];
const CQF_EXPRESSION = `${HL7}cqf-expression`;
const LAUNCH_CONTEXT = `${SDC}launchContext`;

/** The extensions that give an item one expression. */
export const ENABLE_WHEN: readonly string[] = [`${SDC}enableWhenExpression`];
export const CALCULATED: readonly string[] = [`${SDC}calculatedExpression`];
export const INITIAL: readonly string[] = [
  `${SDC}initialExpression`,
  `${HL7}questionnaire-initialExpression`,
  CQF_EXPRESSION,
];

/** Those that nothing can be made of here: without them options of the question are missing, or stand that should not. */
const UNUSED: readonly string[] = [
  `${SDC}answerExpression`,
  `${SDC}candidateExpression`,
  `${SDC}answerOptionsToggleExpression`,
];

/** All that says what is reckoned in an item. */
export const LOGIC: readonly string[] = [
  ...[ENABLE_WHEN, CALCULATED, INITIAL, CONSTRAINTS, UNUSED].flat(),
  VARIABLE,
  POPULATION_CONTEXT,
];

/** Whether a value is to be worked out, which only whole answers are here. */
export const isWorkedOut = (element: unknown): boolean =>
  element !== undefined && extensionsIn(element).some(({ url }) => url === CQF_EXPRESSION);

const FHIRPATH = 'text/fhirpath';
const FHIR_QUERY = 'application/x-fhir-query';

/** Takes note of an expression that cannot be used. */
type Report = () => void;

type Named = NonNullable<FormItem['variables']>[number];

/** The FHIRPath of the first of such extensions; noted where it is in another language. */
export function expressionAt(
  extensions: readonly fhir.Extension[],
  urls: readonly string[],
  report: Report,
): string | undefined {
  const found = extensions.filter(({ url }) => urls.includes(url));
  const usable = found.map(fhirPathOf).find(Boolean);
  if (found.length && !usable) report();
  return usable;
}

const fhirPathOf = ({ valueExpression }: fhir.Extension): string | undefined => {
  const { language, expression } = objectOf(valueExpression);
  return language === FHIRPATH ? textOf(expression) : undefined;
};

/** What expressions may refer to by a name, as far as it is FHIRPath itself; noted where it is neither that nor a search. */
export function variablesAt(extensions: readonly fhir.Extension[], report: Report): Named[] {
  if (extensions.some(({ url }) => UNUSED.includes(url))) report();
  return extensions
    .filter(({ url }) => url === VARIABLE)
    .flatMap((extension) => {
      const named = namedIn(extension);
      if (!named && !searchOf(extension)) report();
      return named ?? [];
    });
}

function namedIn(extension: fhir.Extension): Named | undefined {
  const name = textOf(objectOf(extension.valueExpression)['name']);
  const expression = fhirPathOf(extension);
  return name && expression ? { name, expression } : undefined;
}

/** The records that an item is filled in from: where a search finds them, each resource of what it finds. */
export function populationAt(extensions: readonly fhir.Extension[], report: Report): Named | undefined {
  const extension = extensions.find(({ url }) => url === POPULATION_CONTEXT);
  if (!extension) return undefined;
  const search = searchOf(extension);
  const named = search
    ? { name: search.name, expression: `%\`${search.name}\`.entry.resource.ofType(${search.type})` }
    : namedIn(extension);
  if (!named) report();
  return named;
}

/** What must hold, as far as it is FHIRPath. */
export function constraintsAt(extensions: readonly fhir.Extension[], words: Words, report: Report): Constraint[] {
  return extensions
    .filter(({ url }) => CONSTRAINTS.includes(url))
    .flatMap((extension) => {
      const part = (name: string) => extensionsIn(extension).find(({ url }) => url === name);
      const said = part('expression') ?? { url: '' };
      const expression = fhirPathOf(said) ?? textOf(said.valueString);
      if (!expression) return report() ?? [];
      const human = part('human') ?? part('requirements');
      const text = (human && (words.of(human, 'valueString') ?? words.of(human, 'valueMarkdown'))) ?? '';
      const severity = part('severity')?.valueCode === 'warning' ? 'warning' : 'error';
      return [{ expression, text, severity }];
    });
}

/** A search whose results expressions may refer to. */
export interface NamedSearch {
  readonly name: string;
  readonly type: string;
  /** Its parameters, with the patient's id in its place. */
  readonly query: (patientId: string) => (readonly [name: string, value: string])[];
}

/** Parameters that keep a search to what is about one patient. */
const ABOUT_PATIENT = /^(patient|subject|beneficiary|individual)$/;
const IS_PATIENT = /^(Patient\/)?\{\{\s*%patient\.id\s*\}\}$/;
const PLACEHOLDER = /\{\{\s*%patient\.id\s*\}\}/g;

/**
 * The search that a variable is; nothing where it is something else. It must be about the patient: what it finds goes
 * to the page, and with the clinic's own token it could be anybody's.
 */
function searchOf({ valueExpression }: fhir.Extension): NamedSearch | undefined {
  const { language, expression, name } = objectOf(valueExpression);
  if (language !== FHIR_QUERY || !textOf(name)) return undefined;
  const [, type, rest] = /^([A-Z]\w+)\?(.+)$/s.exec(textOf(expression) ?? '') ?? [];
  if (!type || !rest || /\{\{/.test(rest.replace(PLACEHOLDER, ''))) return undefined;
  const isOwn = (key: string, value: string) =>
    (ABOUT_PATIENT.test(key) || (type === 'Patient' && key === '_id')) && IS_PATIENT.test(value);
  const parameters = rest.split('&').map((part): readonly [string, string] => {
    const [key = '', ...value] = part.split('=');
    return [key, value.join('=')];
  });
  if (!parameters.some(([key, value]) => isOwn(key, value))) return undefined;
  const filled = (value: string, patientId: string) =>
    decoded(value.replace(PLACEHOLDER, () => encodeURIComponent(patientId)));
  return {
    name: name as string,
    type,
    query: (patientId) => parameters.map(([key, value]) => [key, filled(value, patientId)]),
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

/** The searches that the expressions of a form may refer to, each name once. */
function searchesIn(questionnaire: fhir.Questionnaire): NamedSearch[] {
  const found = new Map<string, NamedSearch>();
  for (const element of elementsOf(questionnaire)) {
    for (const extension of extensionsIn(element)) {
      if (extension.url !== VARIABLE && extension.url !== POPULATION_CONTEXT) continue;
      const search = searchOf(extension);
      if (search && !found.has(search.name)) found.set(search.name, search);
    }
  }
  return [...found.values()];
}

/** What the expressions of a form need besides its answers, and no more than that. */
export interface Needs {
  readonly searches: readonly NamedSearch[];
  /** The names that stand for the patient. */
  readonly patient: readonly string[];
  readonly isQuestionnaireNeeded: boolean;
}

/** Looks through the expressions of a form. */
export function needsOf(form: Form, questionnaire: fhir.Questionnaire): Needs {
  const expressions = [...expressionsIn(form), ...form.items.flatMap((item) => [...expressionsWithin(item)])];
  const mentions = (pattern: RegExp) => expressions.some((one) => pattern.test(one));
  const named = extensionsIn(questionnaire)
    .filter(({ url }) => url === LAUNCH_CONTEXT)
    .flatMap((context) => {
      const part = (name: string) => extensionsIn(context).find(({ url }) => url === name);
      const name = textOf(part('name')?.valueCoding?.code ?? part('name')?.valueId);
      return name && name !== 'user' && part('type')?.valueCode === 'Patient' ? [name] : [];
    });
  const isMentioned = (name: string) => mentions(new RegExp(`%['\`"]?${name.replace(/\W/g, '\\$&')}(?!\\w)`));
  return {
    searches: searchesIn(questionnaire).filter(({ name }) => isMentioned(name)),
    patient: [...new Set(['patient', ...named])].filter(isMentioned),
    isQuestionnaireNeeded: mentions(/%questionnaire\b|%qitem\b|\b(ordinal|weight)\(/),
  };
}

function* expressionsWithin(item: FormItem): Generator<string> {
  yield* expressionsIn(item);
  for (const inner of item.items ?? []) yield* expressionsWithin(inner);
}

function expressionsIn(part: Partial<FormItem> | Form): string[] {
  const { enableWhenExpression, calculatedExpression, initialExpression, variables, population, constraints } =
    part as Partial<FormItem>;
  return [
    enableWhenExpression,
    calculatedExpression,
    initialExpression,
    population?.expression,
    ...(variables ?? []).map(({ expression }) => expression),
    ...(constraints ?? []).map(({ expression }) => expression),
  ].filter((one) => one !== undefined);
}
