import type * as fhir from 'fhir/r4.js';
import { type ItemType, PartialDate, type Value } from '@clinic-widgets/core/forms.js';
import { isInstant } from '@clinic-widgets/core/time.js';

/** The name of a kind of value, as the contract has it. */
type Kind = Exclude<Value extends infer V ? (V extends unknown ? keyof V : never) : never, 'unknown'>;

type Elements = Readonly<Record<string, unknown>>;

/** Why there is no value (https://hl7.org/fhir/R4/extension-data-absent-reason.html). */
const DATA_ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** The person was asked and does not know (https://hl7.org/fhir/R4/codesystem-data-absent-reason.html). */
const ASKED_UNKNOWN = 'asked-unknown';
const ABSENT_REASONS = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** Takes the texts of those names, and a number where there may be one. By hand: a form may have ten thousand of them. */
const parts =
  (names: readonly string[], number?: string) =>
  (raw: unknown): object | undefined => {
    const found: Record<string, unknown> = {};
    let isEmpty = true;
    for (const name of names) {
      const one = (raw as Elements)[name];
      if (typeof one !== 'string') continue;
      found[name] = one;
      isEmpty = false;
    }
    if (number !== undefined && Number.isFinite((raw as Elements)[number])) {
      found[number] = (raw as Elements)[number];
      isEmpty = false;
    }
    return isEmpty ? undefined : found;
  };

const matching =
  (test: (text: string) => boolean) =>
  (raw: unknown): string | undefined =>
    typeof raw === 'string' && test(raw) ? raw : undefined;

const isPartial = (text: string): boolean => PartialDate.safeParse(text).success;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?$/;

/** What is taken from an element of each kind; nothing where it is not of that kind. */
const READERS: Readonly<Record<Kind, (raw: unknown) => unknown>> = {
  boolean: (raw) => (typeof raw === 'boolean' ? raw : undefined),
  decimal: (raw) => (Number.isFinite(raw) ? raw : undefined),
  integer: (raw) => (Number.isInteger(raw) && Math.abs(raw as number) < 2 ** 31 ? raw : undefined),
  date: matching(isPartial),
  dateTime: matching((text) => isInstant(text) || isPartial(text)),
  time: matching((text) => TIME.test(text)),
  string: matching(() => true),
  uri: matching(() => true),
  coding: parts(['system', 'version', 'code', 'display']),
  quantity: parts(['unit', 'system', 'code'], 'value'),
  attachment: parts(['contentType', 'data', 'url', 'title']),
  reference: parts(['reference', 'display']),
};

const KINDS = Object.keys(READERS) as readonly Kind[];

/** The name of an element of a kind: `valueBoolean`, `answerCoding`. */
const nameFor = (prefix: string, kind: Kind): string => prefix + kind[0]!.toUpperCase() + kind.slice(1);

const namesFor = (prefix: string): ReadonlyMap<string, Kind> =>
  new Map(KINDS.map((kind) => [nameFor(prefix, kind), kind]));

const NAMES = { value: namesFor('value'), answer: namesFor('answer') };

/** The value of an element, whatever its kind; nothing where it has none, or one that makes no sense. */
export function toValue(element: object, prefix: 'value' | 'answer' = 'value'): Value | undefined {
  for (const name in element) {
    const raw = (element as Elements)[name];
    const kind = NAMES[prefix].get(name);
    if (kind ? isAbsent(raw) : name.startsWith(`_${prefix}`) && isAbsent(raw)) return { unknown: true };
    if (!kind || raw === undefined || raw === null) continue;
    const value = READERS[kind](raw);
    return value === undefined ? undefined : ({ [kind]: value } as Value);
  }
  return undefined;
}

/** Whether it says that the person was asked, and is not sure. */
function isAbsent(element: unknown): boolean {
  if (typeof element !== 'object' || !element) return false;
  const { extension } = element as fhir.Element;
  return Array.isArray(extension) && extension.some((one) => one?.url === DATA_ABSENT);
}

/** The element that an answer to a question of the type is given in, where the answer itself does not tell. */
const ELEMENTS: Readonly<Record<ItemType, string>> = {
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

/** A value as an element of its kind. Not being sure is said inside a Coding, and beside a boolean. */
export function fromValue(value: Value, type: ItemType): fhir.QuestionnaireResponseItemAnswer {
  if ('unknown' in value) {
    const name = ELEMENTS[type];
    const reason = { extension: [{ url: DATA_ABSENT, valueCode: ASKED_UNKNOWN }] };
    return { [COMPLEX.includes(name) ? `value${name}` : `_value${name}`]: reason };
  }
  return Object.fromEntries(Object.entries(value).map(([kind, one]) => [nameFor('value', kind as Kind), one]));
}

/** A value as what comes with a Task, which has no elements that are missing for a reason. */
export const fromInput = (value: Value): Partial<fhir.TaskInput> =>
  'unknown' in value
    ? { valueCoding: { system: ABSENT_REASONS, code: ASKED_UNKNOWN, display: 'Asked But Unknown' } }
    : fromValue(value, 'string');

/** The value in the kind that a question of the type is answered with; nothing where it is no answer to it. */
export function fitted(type: ItemType, value: Value): Value | undefined {
  const [kind, raw] = Object.entries(value)[0] as [Kind, unknown];
  switch (type) {
    case 'decimal':
      return kind === 'integer' || kind === 'decimal' ? { decimal: raw as number } : undefined;
    case 'integer':
      return kind === 'decimal' && !Number.isInteger(raw) ? undefined : only(['integer', 'decimal'], { integer: raw });
    case 'quantity':
      return kind === 'quantity' ? value : only(['integer', 'decimal'], { quantity: { value: raw } });
    case 'date':
      return kind === 'dateTime' ? { date: (raw as string).slice(0, 10) } : only(['date'], value);
    case 'dateTime':
      return only(['dateTime', 'date'], { dateTime: raw });
    case 'string':
    case 'text':
      return only(['string'], value);
    case 'url':
      return only(['uri', 'string'], { uri: raw });
    case 'choice':
    case 'open-choice':
      return only(['coding', 'integer', 'date', 'time', 'string', 'reference'], value);
    case 'group':
    case 'display':
      return undefined;
    default:
      return only([type], value);
  }

  function only(kinds: readonly string[], fit: object): Value | undefined {
    return kinds.includes(kind) ? (fit as Value) : undefined;
  }
}
