// Expressions see a form as FHIR has it: what passes into them, and what comes out of them.
import { sameValue } from '@clinic-widgets/core/answers.js';
import type { Coding, FormItem, Quantity, Value } from '@clinic-widgets/core/forms.js';
import { isDay, isInstant } from '@clinic-widgets/core/time.js';
import { isOn, type Node, type Nodes, type Row } from './tree.ts';

/** An item of a QuestionnaireResponse. */
export interface ResponseElement {
  readonly linkId: string;
  readonly text?: string;
  readonly answer?: readonly { readonly [name: string]: unknown }[];
  readonly item?: readonly ResponseElement[];
}

/** The answers as a QuestionnaireResponse, and the item that each question and each occurrence of a group has in it. */
export interface Response {
  readonly resource: { readonly resourceType: string; readonly status: string; readonly item?: ResponseElement[] };
  /** What has no answer is not in the resource, and has an empty item here all the same. */
  readonly elements: ReadonlyMap<Node | Row, ResponseElement>;
}

/** The answers as they stand. */
export function responseOf(nodes: Nodes): Response {
  const elements = new Map<Node | Row, ResponseElement>();
  const item = elementsOf(nodes, elements);
  const resource = { resourceType: 'QuestionnaireResponse', status: 'in-progress', ...(item.length > 0 && { item }) };
  return { resource, elements };
}

function elementsOf(nodes: Nodes, all: Map<Node | Row, ResponseElement>): ResponseElement[] {
  const present: ResponseElement[] = [];
  const add = (of: Node | Row, { item: { linkId, text }, off, hushed }: Node, inner: object): void => {
    const element = { linkId, ...(text && { text }), ...inner };
    all.set(of, element);
    if (isOn({ off, hushed } as Node) && Object.keys(inner).length > 0) present.push(element);
  };
  for (const node of nodes) {
    if (node.item.type === 'display') continue;
    if (node.item.type === 'group') {
      for (const row of node.rows) {
        const item = elementsOf(row.nodes, all);
        add(row, node, item.length > 0 ? { item } : {});
      }
      continue;
    }
    const answer = node.rows.flatMap((row) => {
      const item = elementsOf(row.nodes, all);
      return row.value ? { ...elementOf(row.value, node.item), ...(item.length > 0 && { item }) } : [];
    });
    add(node, node, answer.length > 0 ? { answer } : {});
  }
  return present;
}

/** The element that an answer to a question of each type is given in, where the answer itself does not tell. */
const NAMES: Readonly<Record<FormItem['type'], string>> = {
  group: 'String',
  display: 'String',
  boolean: 'Boolean',
  decimal: 'Decimal',
  integer: 'Integer',
  date: 'Date',
  dateTime: 'DateTime',
  time: 'Time',
  string: 'String',
  text: 'String',
  url: 'Uri',
  choice: 'Coding',
  'open-choice': 'Coding',
  attachment: 'Attachment',
  reference: 'Reference',
  quantity: 'Quantity',
};

const COMPLEX = ['Coding', 'Attachment', 'Reference', 'Quantity'];

/** The person was asked and does not know (https://hl7.org/fhir/R4/extension-data-absent-reason.html). */
const NOT_SURE = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'asked-unknown' }],
};

function elementOf(value: Value, { type }: FormItem): { readonly [name: string]: unknown } {
  const [kind, content] = Object.entries(value)[0] as [string, unknown];
  if (kind !== 'unknown') return { [`value${kind[0]!.toUpperCase()}${kind.slice(1)}`]: content };
  return { [`${COMPLEX.includes(NAMES[type]) ? 'value' : '_value'}${NAMES[type]}`]: NOT_SURE };
}

/** One thing that an expression came to: a plain value, and the name of its type. */
export interface Result {
  readonly type: string;
  readonly value: unknown;
}

/** The answer that a result is to a question; nothing where it is none. */
export function answerFrom(item: FormItem, { type, value }: Result): Value | undefined {
  switch (item.type) {
    case 'boolean':
      return typeof value === 'boolean' ? { boolean: value } : undefined;
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? { integer: value as number } : undefined;
    case 'decimal':
      return isNumber(value) ? { decimal: value } : undefined;
    case 'quantity':
      return quantityFrom(item, type, value);
    case 'date':
      return isDate(value) ? { date: value } : isMoment(value) ? { date: value.slice(0, 10) } : undefined;
    case 'dateTime':
      return isDate(value) || isMoment(value) ? { dateTime: value.replace('-00:00', '+00:00') } : undefined;
    case 'time':
      return timeFrom(value);
    case 'string':
    case 'text':
      return wordsFrom(value);
    case 'url':
      return typeof value === 'string' && value ? { uri: value } : undefined;
    case 'choice':
    case 'open-choice':
      return choiceFrom(item, type, value);
    case 'reference': {
      const reference = picked<{ reference: string; display: string }>(value, ['reference', 'display']);
      return type === 'Reference' && reference ? { reference } : undefined;
    }
    case 'attachment': {
      const attachment = picked<Record<string, string>>(value, ['contentType', 'data', 'url', 'title']);
      return type === 'Attachment' && attachment ? { attachment } : undefined;
    }
    default:
      return undefined;
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}(-\d\d(-\d\d)?)?$/.test(value) && isDay(`${value}-01-01`.slice(0, 10));

const isMoment = (value: unknown): value is string => typeof value === 'string' && isInstant(value);

function timeFrom(value: unknown): Value | undefined {
  const time = /^([01]\d|2[0-3])(:[0-5]\d){1,2}(\.\d+)?$/.exec(String(value))?.[0];
  return time ? { time: time.length === 5 ? `${time}:00` : time } : undefined;
}

const wordsFrom = (value: unknown): Value | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) && value !== '' ? { string: String(value) } : undefined;

/** The parts that are texts, of those that are named; nothing where there is none. */
function picked<T>(value: unknown, names: readonly string[]): Partial<T> | undefined {
  const parts = Object.entries(Object(value) as object).filter(
    ([name, part]) => names.includes(name) && typeof part === 'string',
  );
  return parts.length > 0 ? (Object.fromEntries(parts) as Partial<T>) : undefined;
}

/** An amount from an amount, or from a number in the usual unit of the question. */
function quantityFrom({ units = [] }: FormItem, type: string, value: unknown): Value | undefined {
  if (isNumber(value)) return { quantity: { value, ...(units[0] && unitOf(units[0])) } };
  // A literal of the language comes as its text: 3 'kg', 4 days.
  const [, amount, unit] = (typeof value === 'string' && /^(-?[\d.]+(?:e[-+]?\d+)?) '?(.*?)'?$/.exec(value)) || [];
  const given: Quantity | undefined =
    amount === undefined
      ? { ...picked<Quantity>(value, ['unit', 'code', 'system']), value: Number((value as Quantity | null)?.value) }
      : { value: Number(amount), code: unit!, system: 'http://unitsofmeasure.org' };
  if (!/Quantity$|^(Age|Count|Distance|Duration|Money)$/.test(type) || !isNumber(given.value)) return undefined;
  const known = units.find(({ code }) => code !== undefined && code === given.code);
  return {
    quantity: {
      ...(given.unit === undefined && given.code && { unit: given.code }),
      ...given,
      ...(known && unitOf(known)),
    },
  };
}

const unitOf = ({ code, display = code, system }: Coding): Quantity => ({
  ...(display && { unit: display }),
  ...(code && { code }),
  ...(system && { system }),
});

/** The option that a concept, a code or a plain value stands for; where others may be given too, that value itself. */
function choiceFrom({ type, options, valueSet }: FormItem, of: string, value: unknown): Value | undefined {
  const candidates = candidatesFrom(of, value, valueSet);
  for (const candidate of candidates) {
    const option = options?.find((one) => sameValue(one.value, candidate));
    if (option) return option.value;
  }
  if (type === 'choice' && options && !valueSet) return undefined;
  // A code without its system, or words, are no answer to a question that asks for a concept.
  const isWords = typeof value === 'string';
  return candidates.find((one) =>
    'coding' in one ? !isWords || one.coding.system : type === 'open-choice' || !('string' in one),
  );
}

/** What FHIR has codes of its own for: the value set of all of them is named like their system. */
const OF_FHIR = /^http:\/\/hl7\.org\/fhir\/ValueSet\/([^/|]+)/;

function candidatesFrom(type: string, value: unknown, valueSet = ''): readonly Value[] {
  const codings = type === 'CodeableConcept' ? [(value as { coding?: unknown }).coding ?? []].flat() : [value];
  if (type === 'Reference') {
    const reference = picked<{ reference: string; display: string }>(value, ['reference', 'display']);
    return reference ? [{ reference }] : [];
  }
  if (typeof value === 'object') {
    const parts = codings.flatMap((one) => picked<Coding>(one, ['system', 'version', 'code', 'display']) ?? []);
    return parts.filter(({ code, display }) => code ?? display).map((coding) => ({ coding }));
  }
  if (typeof value === 'number') return Number.isInteger(value) ? [{ integer: value }] : [];
  if (typeof value !== 'string' || !value) return [];
  const [, name] = OF_FHIR.exec(valueSet) ?? [];
  const coding = { code: value, ...(type === 'code' && name && { system: `http://hl7.org/fhir/${name}` }) };
  const time = timeFrom(value);
  const moments = [...(isDate(value) ? [{ date: value }] : []), ...(time ? [time] : [])];
  return /^(date|time)$/i.test(type) ? [...moments, { string: value }] : [{ string: value }, { coding }, ...moments];
}
