import type * as fhir from 'fhir/r4.js';
import type { Coding, Condition, FormItem, Value } from '@clinic-widgets/core/forms.js';
import { Control, ItemType } from '@clinic-widgets/core/forms.js';
import { listOf } from './client.ts';
import {
  CALCULATED,
  constraintsAt,
  ENABLE_WHEN,
  expressionAt,
  INITIAL,
  isWorkedOut,
  LOGIC,
  populationAt,
  variablesAt,
} from './expressions.ts';
import { flagOf, isScore, outcomeOf, translatedBy } from './flags.ts';
import { conceptsOf, isMarkedUp, type KnownOption, toOption } from './options.ts';
import type { Making } from './questionnaires.ts';
import { extensionsIn, type Loose, objectOf, textOf } from './elements.ts';
import { fitted, toValue } from './values.ts';
import { TRIAGE_OUTCOME } from './vocabulary.ts';

/** Extensions of items (https://hl7.org/fhir/R4/questionnaire-profiles.html, https://hl7.org/fhir/uv/sdc/STU3/rendering.html). */
const HL7 = 'http://hl7.org/fhir/StructureDefinition/';
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const ITEM_CONTROL = `${HL7}questionnaire-itemControl`;
const ORIENTATION = `${HL7}questionnaire-choiceOrientation`;
const ENTRY_FORMAT = `${HL7}entryFormat`;
const HIDDEN = `${HL7}questionnaire-hidden`;
const LOOKS: readonly string[] = [ITEM_CONTROL, ORIENTATION, ENTRY_FORMAT, HIDDEN, TRIAGE_OUTCOME];
const BOUNDS = {
  minOccurs: `${HL7}questionnaire-minOccurs`,
  maxOccurs: `${HL7}questionnaire-maxOccurs`,
  minLength: `${HL7}minLength`,
  minValue: `${HL7}minValue`,
  maxValue: `${HL7}maxValue`,
  minQuantity: `${SDC}minQuantity`,
  maxQuantity: `${SDC}maxQuantity`,
  decimals: `${HL7}maxDecimalPlaces`,
  sliderStep: `${HL7}questionnaire-sliderStepValue`,
  regex: `${HL7}regex`,
  maxSize: `${HL7}maxSize`,
  mimeType: `${HL7}mimeType`,
} as const;

/** What is known of an item while it is being made. */
interface Element {
  readonly making: Making;
  readonly linkId: string;
  readonly type: ItemType;
  readonly raw: Loose;
  readonly extensions: readonly fhir.Extension[];
}

/** An item, its own items made by the function given; nothing, and a note of it, where it is not fit for use. */
export function toItem(
  making: Making,
  linkId: string,
  raw: Loose,
  itemsOf: (raw: unknown) => FormItem[],
): FormItem | undefined {
  const type = typeOf(making, linkId, raw);
  if (!type) return undefined;
  const extensions = extensionsIn(raw);
  const element: Element = { making, linkId, type, raw, extensions };
  const item: FormItem = { linkId, type };
  for (const read of OWN) attempt(element, item, read);
  for (const [read, urls] of EXTENDED) {
    if (extensions.some(({ url }) => urls.includes(url))) attempt(element, item, read);
  }
  reportText(making, linkId, raw);

  const inner = listOf(raw['item'] as unknown[]);
  if (!inner.length) return item;
  const notes = inner.filter((one) => isNote(type, objectOf(one)));
  const items = paged(
    controlCode(extensions),
    itemsOf(notes.length ? inner.filter((one) => !notes.includes(one)) : inner),
  );
  note(item, notes, making);
  if (items.length) item.items = items;
  return item;
}

/** Notes what of a text is not shown: a richer one beside it, or one that would have to be worked out. */
function reportText({ report }: Making, linkId: string, { _text }: Loose): void {
  if (isMarkedUp(_text)) report('markup', linkId);
  if (isWorkedOut(_text)) report('expression', linkId);
}

/** Reads a part of an item, as far as the server has not put something else in its place. */
function attempt(element: Element, item: FormItem, read: (element: Element, item: FormItem) => void): void {
  try {
    read(element, item);
  } catch {
    element.making.report('malformed', element.linkId);
  }
}

function typeOf({ report }: Making, linkId: string, { type, item }: Loose): ItemType | undefined {
  const holds = listOf(item as unknown[]).length > 0;
  const known = type === 'question' ? 'string' : (type as ItemType);
  if (TYPES.includes(known)) return known === 'display' && holds ? 'group' : known;
  report('unknown-type', linkId);
  return holds ? 'group' : undefined;
}

const TYPES: readonly ItemType[] = ItemType.options;

/** What is read of every item. */
const OWN = [words, limits, answers, units, conditions];

const isTrue = (raw: unknown): raw is true => raw === true;

/** Gives an item one of its fields, if there is a value for it. */
function put<K extends keyof FormItem>(item: FormItem, name: K, value: FormItem[K] | undefined | false): void {
  if (value !== undefined && value !== false) item[name] = value;
}

const extension = ({ extensions }: Element, url: string) => extensions.find((one) => one.url === url);

const wholeOf = (raw: unknown, least: number): number | undefined =>
  Number.isSafeInteger(raw) && (raw as number) >= least ? (raw as number) : undefined;

/** What is shown of an item. */
function words({ making, raw }: Element, item: FormItem): void {
  put(item, 'text', making.words.of(raw, 'text'));
  put(item, 'prefix', making.words.of(raw, 'prefix'));
}

/** How it is shown. */
function looks(element: Element, item: FormItem): void {
  const { making, extensions } = element;
  const control = CONTROLS[controlCode(extensions) ?? ''];
  const orientation = extension(element, ORIENTATION)?.valueCode;
  const format = extension(element, ENTRY_FORMAT);
  put(item, 'entryFormat', format && making.words.of(format, 'valueString'));
  put(item, 'control', control);
  put(item, 'orientation', orientation === 'horizontal' || orientation === 'vertical' ? orientation : undefined);
  put(item, 'hidden', isTrue(extension(element, HIDDEN)?.valueBoolean));
  put(item, 'outcome', outcomeOf(extensions));
}

/** What controls there are, by their codes (https://hl7.org/fhir/R4/valueset-questionnaire-item-control.html). */
const CONTROLS: Readonly<Record<string, Control>> = {
  ...Object.fromEntries(Control.options.map((control) => [control, control])),
  lookup: 'autocomplete',
};

function controlCode(extensions: readonly fhir.Extension[]): string | undefined {
  for (const { url, valueCodeableConcept } of extensions) {
    if (url !== ITEM_CONTROL) continue;
    const code = listOf(valueCodeableConcept?.coding)
      .map((coding) => textOf(coding?.code))
      .find(Boolean);
    if (code) return code;
  }
  return undefined;
}

/** The groups in a container of tabs are its pages. */
const paged = (control: string | undefined, items: FormItem[]): FormItem[] =>
  control === 'tab-container'
    ? items.map((item) => (item.type === 'group' ? { ...item, control: 'page' } : item))
    : items;

/** How many answers there may be, and how long each. */
function limits(element: Element, item: FormItem): void {
  const { raw, type } = element;
  put(item, 'required', isTrue(raw['required']) && type !== 'display' && !isUnanswerable(element));
  put(item, 'repeats', isTrue(raw['repeats']));
  put(item, 'readOnly', isTrue(raw['readOnly']));
  put(item, 'maxLength', wholeOf(raw['maxLength'], 1));
  if (isSecret(element)) Object.assign(item, { readOnly: true, hidden: true });
}

/** The same by extensions, and how large each answer may be. */
function bounds(element: Element, item: FormItem): void {
  const { making, linkId, type, extensions } = element;
  const whole = (url: string, least: number) => wholeOf(extension(element, url)?.valueInteger, least);
  const megabytes = extension(element, BOUNDS.maxSize)?.valueDecimal;
  const mediaTypes = extensions
    .filter(({ url }) => url === BOUNDS.mimeType)
    .flatMap(({ valueCode }) => textOf(valueCode) ?? []);
  const bound = (...urls: string[]): Value | undefined => {
    const said = extensions.find(({ url }) => urls.includes(url));
    const value = said && toValue(said);
    const fit = value && !('unknown' in value) ? fitted(type, value) : undefined;
    const isExpression = said && Object.values(said).some(isWorkedOut);
    if (said && !fit) making.report(isExpression ? 'expression' : 'malformed', linkId);
    return fit;
  };
  put(item, 'minOccurs', whole(BOUNDS.minOccurs, 0));
  put(item, 'maxOccurs', whole(BOUNDS.maxOccurs, 1));
  put(item, 'minLength', whole(BOUNDS.minLength, 0));
  put(item, 'min', bound(BOUNDS.minValue, BOUNDS.minQuantity));
  put(item, 'max', bound(BOUNDS.maxValue, BOUNDS.maxQuantity));
  put(item, 'decimals', whole(BOUNDS.decimals, 0));
  put(item, 'sliderStep', whole(BOUNDS.sliderStep, 1));
  put(item, 'pattern', patternOf(element));
  put(item, 'maxBytes', wholeOf(Math.floor(Number(megabytes) * 1_000_000), 1));
  put(item, 'mediaTypes', mediaTypes.length ? mediaTypes : undefined);
}

function patternOf(element: Element): string | undefined {
  const pattern = textOf(extension(element, BOUNDS.regex)?.valueString);
  if (!pattern) return undefined;
  try {
    new RegExp(pattern);
    return pattern;
  } catch {
    element.making.report('pattern', element.linkId);
    return undefined;
  }
}

/** What can be answered, and what is answered at first. */
function answers(element: Element, item: FormItem): void {
  const { making, linkId, raw, type } = element;
  const known = optionsOf(element);
  if (known.length) making.options.set(linkId, known);
  optionsOrSet(element, item, known);
  const { use } = making;
  const initial = use.purpose === 'safety' ? [] : initialOf(element, known);
  put(item, 'initial', initial.length ? initial : undefined);
  put(item, 'flag', flagOf(raw, type, known, use));
}

/** The options that are known with the form: its own, or those of a value set that came with it. */
function optionsOf(element: Element): KnownOption[] {
  const { making, linkId, raw } = element;
  if (!raw['answerOption'] && !raw['answerValueSet']) return [];
  const own = listOf(raw['answerOption'] as unknown[]).flatMap((one) => {
    const option = toOption(one, making.words, making.use.purpose !== 'screening');
    if (!option) making.report('malformed', linkId);
    if (option?.marked) making.report('markup', linkId);
    return option ?? [];
  });
  return own.length ? own : (containedIn(making, raw['answerValueSet'])?.map(fromConcept) ?? []);
}

function fromConcept(coding: Coding): KnownOption {
  const value = { coding };
  return { option: { value }, own: value, score: undefined, chosen: false, marked: false };
}

/** The concepts of a value set that came with the form. */
function containedIn({ valueSets, words }: Making, url: unknown): Coding[] | undefined {
  const contained = valueSets.get(url as string);
  try {
    return contained && conceptsOf(contained, words.language, (other) => valueSets.get(other));
  } catch {
    return undefined;
  }
}

function optionsOrSet({ making, linkId, raw, type }: Element, item: FormItem, known: readonly KnownOption[]): void {
  if (known.length) {
    item.options = known.map(({ option }) => option);
    return;
  }
  const valueSet = textOf(raw['answerValueSet']);
  const isThere = valueSet?.startsWith('#') ? isExpandable(making.valueSets.get(valueSet), making) : valueSet;
  if (valueSet && isThere && valueSet.length <= 2000) item.valueSet = valueSet;
  else if (valueSet || type === 'choice') making.report('value-set', linkId);
}

/** Whether a server could list a value set that came with the form: it may know it, or the code systems that it names. */
function isExpandable(valueSet: fhir.ValueSet | undefined, { valueSets }: Making): boolean {
  if (textOf(valueSet?.url)) return true;
  return listOf(valueSet?.compose?.include)
    .map(objectOf)
    .some(
      ({ system, concept, valueSet: parts }) =>
        (textOf(system) && !listOf(concept as unknown[]).length) ||
        listOf(parts as string[]).some((url) => !valueSets.has(url)),
    );
}

function initialOf(element: Element, known: readonly KnownOption[]): Value[] {
  const { making, linkId, raw, type } = element;
  const given = listOf(raw['initial'] as object[]);
  if (!given.length && !known.length) return [];
  const values = given.flatMap((one) => {
    const value = toValue(objectOf(one));
    const fit = value && 'unknown' in value ? undefined : value && fitted(type, translatedBy(known, value));
    if (!fit) making.report('malformed', linkId);
    // An amount without a number says in which unit the answer is wanted.
    return fit && !('quantity' in fit && fit.quantity.value === undefined) ? [fit] : [];
  });
  const chosen = known.filter((one) => one.chosen).map(({ option }) => option.value);
  const all = values.length ? values : chosen;
  return raw['repeats'] === true ? all : all.slice(0, 1);
}

const UNIT_VALUE_SET = `${HL7}questionnaire-unitValueSet`;
const UNITS: readonly string[] = [`${HL7}questionnaire-unit`, `${HL7}questionnaire-unitOption`];
const isOfUnits = ({ url }: fhir.Extension): boolean => url === UNIT_VALUE_SET || UNITS.includes(url);

/** The units of an amount, each once, the usual one first. */
function units(element: Element, item: FormItem): void {
  const { making, linkId, raw, extensions, type } = element;
  if (type !== 'quantity' && !extensions.some(isOfUnits)) return;
  const given = UNITS.flatMap((wanted) => extensions.filter(({ url }) => url === wanted)).flatMap(({ valueCoding }) => {
    const value = valueCoding && toValue({ valueCoding });
    if (!value || !('coding' in value)) return [];
    const display = making.words.of(valueCoding, 'display');
    return [{ ...value.coding, ...(display && { display }) }];
  });
  const set = textOf(extension(element, UNIT_VALUE_SET)?.valueCanonical);
  const listed = containedIn(making, set);
  if (set && !listed) making.report('value-set', linkId);
  const all = [...usualUnits(raw, type), ...given, ...(listed ?? [])];
  const once = [...new Map(all.map((unit) => [unit.code ?? unit.display, unit])).values()];
  put(item, 'units', once.length ? once : undefined);
}

function usualUnits(raw: Loose, type: ItemType): Coding[] {
  if (type !== 'quantity') return [];
  return listOf(raw['initial'] as object[]).flatMap((one) => {
    const value = toValue(objectOf(one));
    if (!value || !('quantity' in value) || value.quantity.value !== undefined) return [];
    const { unit, system, code } = value.quantity;
    const display = unit ?? code;
    return display ? [{ ...(system && { system }), ...(code && { code }), display }] : [];
  });
}

/** When an item is asked. */
function conditions(element: Element, item: FormItem): void {
  const all = conditionsOf(element);
  if (!all.length) return;
  item.enableWhen = all;
  put(item, 'enableBehavior', element.raw['enableBehavior'] === 'any' && 'any');
}

/** What is reckoned. */
function logic(element: Element, item: FormItem): void {
  const { making, linkId, extensions } = element;
  const { use, words } = making;
  const report = () => making.report('expression', linkId);
  const calculated = expressionAt(extensions, CALCULATED, report);
  const initial = use.purpose === 'safety' ? undefined : expressionAt(extensions, INITIAL, report);
  const population = populationAt(extensions, report);
  // A question has all of its records at once.
  const variables = [
    ...variablesAt(extensions, report),
    ...(population && element.type !== 'group' ? [population] : []),
  ];
  const constraints = constraintsAt(extensions, words, report);
  put(item, 'enableWhenExpression', expressionAt(extensions, ENABLE_WHEN, report));
  put(item, 'calculatedExpression', calculated);
  put(item, 'initialExpression', initial);
  put(item, 'variables', variables.length ? variables : undefined);
  put(item, 'population', element.type === 'group' && population);
  put(item, 'constraints', constraints.length ? constraints : undefined);
  put(item, 'readOnly', isCalculated(element));
}

const isCalculated = ({ extensions }: Element): boolean => extensions.some(({ url }) => CALCULATED.includes(url));

/** Whether it is a score that the person is not to see. */
const isSecret = (element: Element): boolean =>
  element.making.use.purpose === 'screening' && (isCalculated(element) || isScore(element.raw));

/** Whether an answer that is missing could be given by nobody. */
const isUnanswerable = (element: Element): boolean =>
  isSecret(element) || (isCalculated(element) && !expressionAt(element.extensions, CALCULATED, () => undefined));

const SUB_QUESTIONNAIRE = `${SDC}subQuestionnaire`;
const UNIT_OPEN = `${SDC}unitOpen`;
const USAGE_MODE = `${HL7}questionnaire-usageMode`;

/** Notes what an item asks for that nothing is made of here. */
function unused({ making, linkId, extensions }: Element): void {
  const isLost = ({ url, valueCode }: fhir.Extension) =>
    url === SUB_QUESTIONNAIRE ||
    (url === UNIT_OPEN && valueCode !== 'optionsOnly') ||
    // Not to be asked, but only to be shown with answers.
    (url === USAGE_MODE && /^display/.test(`${valueCode}`));
  if (extensions.some(isLost)) making.report('unsupported', linkId);
}

/** What only the extensions of an item say, which most items have few of; and which those are. */
const EXTENDED: readonly (readonly [read: (element: Element, item: FormItem) => void, urls: readonly string[]])[] = [
  [looks, LOOKS],
  [bounds, Object.values(BOUNDS)],
  [logic, LOGIC],
  [unused, [SUB_QUESTIONNAIRE, UNIT_OPEN, USAGE_MODE]],
];

const OPERATORS: readonly unknown[] = ['exists', '=', '!=', '>', '<', '>=', '<='];

function conditionsOf({ making, linkId, raw }: Element): Condition[] {
  const given = listOf(raw['enableWhen'] as unknown[]);
  if (!given.length) return [];
  return given.flatMap((one) => {
    const { question, operator, ...answer } = objectOf(one);
    const value = toValue(answer, 'answer');
    const fits = value && !('unknown' in value) && (operator !== 'exists' || 'boolean' in value);
    if (textOf(question) && OPERATORS.includes(operator) && fits) {
      return [{ question, operator, value } as Condition];
    }
    making.report('malformed', linkId);
    return [];
  });
}

/** What a note to an item becomes, by how it asks to be shown; more about the item, where it does not say. */
const NOTES: Readonly<Record<string, 'entryFormat' | 'units' | 'min' | 'max'>> = {
  prompt: 'entryFormat',
  unit: 'units',
  lower: 'min',
  upper: 'max',
};
const HELP: readonly unknown[] = ['help', 'flyover'];

/**
 * Whether an item is no more than a note to the one that it stands in. Words that stand in a question would be seen only
 * once it is answered; those in a group have a place of their own.
 */
function isNote(type: ItemType, element: Loose): boolean {
  if (element['type'] !== 'display' || element['item'] || element['enableWhen']) return false;
  const extensions = extensionsIn(element);
  const isMore = extensions.some(({ url, valueBoolean }) =>
    url === HIDDEN ? isTrue(valueBoolean) : ENABLE_WHEN.includes(url) || url === TRIAGE_OUTCOME,
  );
  return !isMore && (type !== 'group' || HELP.includes(controlCode(extensions)));
}

/** Puts notes to the item that they stand in. */
function note(item: FormItem, notes: readonly unknown[], making: Making): void {
  for (const one of notes) {
    const element = objectOf(one);
    const text = making.words.of(element, 'text');
    reportText(making, item.linkId, element);
    if (!text) continue;
    const kind = NOTES[controlCode(extensionsIn(element)) ?? ''];
    if (kind === 'units') item.units ??= [{ display: text }];
    else if (kind === 'entryFormat') item.entryFormat ??= text;
    else item.help = [item.help, kind ? endOf(item[kind], text) : text].filter(Boolean).join('\n');
  }
}

/** What an end of a scale stands for. */
function endOf(bound: Value | undefined, text: string): string {
  const amount = bound && ('integer' in bound ? bound.integer : 'decimal' in bound ? bound.decimal : undefined);
  return amount === undefined ? text : `${amount} = ${text}`;
}
