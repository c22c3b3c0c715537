import { sameValue } from '@clinic-widgets/core/answers.js';
import type { Condition, Form, FormItem, FormProblem, Value } from '@clinic-widgets/core/forms.js';
import { isOn, lineOf, type Node, type Nodes, replaced, valuesOf } from './tree.ts';

/** The numbers of the items that lead to an item. */
type Path = readonly number[];

/** What is found out about a form once. */
export interface Index {
  /** The items by their `linkId`. */
  readonly known: ReadonlyMap<string, Entry>;
  /** The conditions of an item that can be followed. */
  readonly conditions: ReadonlyMap<FormItem, readonly Condition[]>;
  /** The items that have a condition on an item. */
  readonly watchers: ReadonlyMap<string, readonly Path[]>;
  /** The items that a condition is on, in and under an item. */
  readonly watched: ReadonlyMap<FormItem, readonly string[]>;
  /** The items that a triage may come to. */
  readonly outcomes: readonly Path[];
  /** Whether anything of it has to be worked out. */
  readonly works: boolean;
  readonly problems: readonly FormProblem[];
}

const indexes = new WeakMap<Form, Index>();

/** What is known of a form: its conditions without those that would go round in a circle. */
export function indexOf(form: Form): Index {
  let index = indexes.get(form);
  if (!index) indexes.set(form, (index = makeIndex(form)));
  return index;
}

/** Where an item is. */
interface Entry {
  readonly item: FormItem;
  /** How many come before it. */
  readonly order: number;
  readonly path: Path;
  readonly around: readonly FormItem[];
}

function makeIndex(form: Form): Index {
  const entries: Entry[] = [];
  const known = new Map<string, Entry>();
  const outcomes: Path[] = [];
  let works = isWorkedOut(form);
  const collect = (items: readonly FormItem[], before: Path, around: readonly FormItem[]): void =>
    items.forEach((item, index) => {
      const path = [...before, index];
      const entry = { item, order: entries.length, path, around };
      entries.push(entry);
      if (!known.has(item.linkId)) known.set(item.linkId, entry);
      if (item.outcome) outcomes.push(path);
      works ||= isWorkedOut(item);
      if (item.items) collect(item.items, path, [...around, item]);
    });
  collect(form.items, [], []);

  const problems: FormProblem[] = [];
  const conditions = followable(entries, known, problems);

  const watchers = new Map<string, Path[]>();
  for (const { item, path } of entries) {
    for (const question of new Set(conditions.get(item)?.map((condition) => condition.question))) {
      watchers.set(question, [...(watchers.get(question) ?? []), path]);
    }
  }
  const watched = new Map<FormItem, string[]>();
  for (const linkId of watchers.keys()) {
    const { item, around } = known.get(linkId)!;
    for (const one of [item, ...around]) watched.set(one, [...(watched.get(one) ?? []), linkId]);
  }
  return { known, conditions, watchers, watched, outcomes, works, problems };
}

const isWorkedOut = (one: Form | FormItem): boolean =>
  Boolean(one.constraints?.length) ||
  ('linkId' in one &&
    Boolean(one.enableWhenExpression ?? one.calculatedExpression ?? one.initialExpression ?? one.pattern));

/** The conditions but for those on what is not there, or that would make an item wait for itself. */
function followable(
  entries: readonly Entry[],
  known: ReadonlyMap<string, Entry>,
  problems: FormProblem[],
): ReadonlyMap<FormItem, readonly Condition[]> {
  const kept = new Map<FormItem, Condition[]>();
  /** Whether asking the one hangs on the other: on its conditions, and on those of all around it. */
  const hangsOn = (item: FormItem, on: FormItem): boolean => {
    const seen = new Set([item]);
    for (const one of seen) {
      if (one === on) return true;
      for (const outer of known.get(one.linkId)?.around ?? []) seen.add(outer);
      for (const { question } of kept.get(one) ?? []) seen.add(known.get(question)!.item);
    }
    return false;
  };
  const later: (readonly [FormItem, Condition])[] = [];
  const keep = (item: FormItem, condition: Condition) => kept.set(item, [...(kept.get(item) ?? []), condition]);
  for (const { item, order } of entries) {
    for (const condition of item.enableWhen ?? []) {
      const target = known.get(condition.question);
      if (!target) problems.push({ linkId: item.linkId, reason: 'condition' });
      // What looks back can make no circle, and is most of what there is.
      else if (target.order < order) keep(item, condition);
      else later.push([item, condition]);
    }
  }
  for (const [item, condition] of later) {
    if (hangsOn(known.get(condition.question)!.item, item))
      problems.push({ linkId: item.linkId, reason: 'condition-loop' });
    else keep(item, condition);
  }
  return kept;
}

/** The places of all occurrences of an item. */
export function keysAt(nodes: Nodes, [index, ...rest]: Path): readonly string[] {
  const node = nodes[index!];
  if (!node) return [];
  return rest.length === 0 ? [node.key] : node.rows.flatMap((row) => keysAt(row.nodes, rest));
}

/** The nodes with the conditions met again that hang on the items named, and on what changes thereby. */
export function settled(form: Form, nodes: Nodes, linkIds: readonly string[]): Nodes {
  const index = indexOf(form);
  const open = new Set(linkIds.flatMap((linkId) => index.watchers.get(linkId) ?? []));
  for (const path of open) {
    open.delete(path);
    for (const key of keysAt(nodes, path)) {
      const node = lineOf(nodes, key).at(-1)!;
      const off = !areMet(index, nodes, node);
      if (off === Boolean(node.off)) continue;
      nodes = replaced(nodes, key, (one) => ({ ...one, off }));
      for (const linkId of index.watched.get(node.item) ?? []) {
        for (const watcher of index.watchers.get(linkId)!) open.add(watcher);
      }
    }
  }
  return nodes;
}

/** The nodes with every condition met. */
export const settledAll = (form: Form, nodes: Nodes): Nodes => settled(form, nodes, [...indexOf(form).watchers.keys()]);

function areMet({ conditions, known }: Index, nodes: Nodes, { item, key }: Node): boolean {
  const all = conditions.get(item) ?? [];
  const isMet = (condition: Condition) => holds(condition, answersTo(nodes, key, known.get(condition.question)!.path));
  return item.enableBehavior === 'any' && all.length > 0 ? all.some(isMet) : all.every(isMet);
}

/**
 * The answers to a question as seen from a place: those of the occurrence nearest to it, in the same
 * group, else before it, else after it (https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen.question).
 * What is not asked has no answer.
 */
function answersTo(nodes: Nodes, from: string, path: Path): readonly Value[] {
  const parts = from.split('.').map(Number);
  /** On which side of the place the question is; none as long as what is around both is the same. */
  let side: 'before' | 'after' | undefined;
  for (const [depth, index] of path.entries()) {
    const node = nodes[index];
    if (!node || !isOn(node)) return [];
    if (depth === path.length - 1) return valuesOf(node);
    const own = parts[depth * 2]!;
    if (!side && (own !== index || parts.length === depth * 2 + 1)) side = index < own ? 'before' : 'after';
    const around = parts[depth * 2 + 1];
    const row = side ? node.rows.at(side === 'before' ? -1 : 0) : node.rows.find(({ key }) => key === around);
    if (!row || (node.item.type !== 'group' && !row.value)) return [];
    nodes = row.nodes;
  }
  return [];
}

/** Whether a condition holds for the answers (https://hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html). */
export function holds({ operator, value }: Condition, answers: readonly Value[]): boolean {
  switch (operator) {
    case 'exists':
      return 'boolean' in value && answers.length > 0 === value.boolean;
    case '=':
      return answers.some((answer) => compare(answer, value) === 0);
    case '!=':
      return !answers.some((answer) => compare(answer, value) === 0);
    default:
      return answers.some((answer) => {
        const order = compare(answer, value);
        if (order === undefined) return false;
        return operator.includes('=') && order === 0 ? true : operator.startsWith('>') ? order > 0 : order < 0;
      });
  }
}

/** Which of two answers is greater; undefined where they cannot be compared, zero where they are the same. */
export function compare(a: Value, b: Value): number | undefined {
  const [one, other] = [amountOf(a), amountOf(b)];
  if (one === undefined || other === undefined || typeof one !== typeof other) return sameValue(a, b) ? 0 : undefined;
  if ('quantity' in a && 'quantity' in b && unitOf(a.quantity) !== unitOf(b.quantity)) return undefined;
  if (typeof one === 'string' && typeof other === 'string' && isDated(a) && isDated(b)) return compareDates(one, other);
  return orderOf(one, other);
}

const orderOf = <T extends number | string>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0);

const isDated = (value: Value): boolean => 'date' in value || 'dateTime' in value;

/** Dates are compared as far as both go: whether a day is before its month, nobody can say. */
function compareDates(one: string, other: string): number | undefined {
  if (one.length > 10 && other.length > 10) return orderOf(Date.parse(one), Date.parse(other));
  const length = Math.min(one.length, other.length, 10);
  return orderOf(one.slice(0, length), other.slice(0, length)) || (one === other ? 0 : undefined);
}

const unitOf = ({ code, unit }: { readonly code?: string | undefined; readonly unit?: string | undefined }) =>
  code ?? unit;

/** What an answer is ordered by. */
function amountOf(value: Value): number | string | undefined {
  if ('integer' in value) return value.integer;
  if ('decimal' in value) return value.decimal;
  if ('quantity' in value) return value.quantity.value;
  if ('date' in value) return value.date;
  if ('dateTime' in value) return value.dateTime;
  if ('time' in value) return value.time;
  // R4 has no condition on an address but by its text.
  if ('uri' in value) return value.uri;
  return 'string' in value ? value.string : undefined;
}
