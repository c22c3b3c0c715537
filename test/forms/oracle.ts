// Says what of a form is asked without the code of the widgets: every condition as an expression of FHIRPath over a
// QuestionnaireResponse made anew, again and again until nothing changes.
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4';
import type { Condition, FormItem, Value } from '@clinic-widgets/core/forms.js';
import type { Node, Nodes } from '../../packages/elements/src/forms/tree.ts';

/** A step to an occurrence: the number of the item, and of its occurrence or its answer. */
interface Step {
  readonly item: number;
  readonly row: number;
}

interface Element {
  readonly linkId: string;
  readonly answer?: readonly object[];
  readonly item?: readonly Element[];
}

/** One item where it stands. */
interface Instance {
  readonly node: Node;
  /** The occurrences it is in, and its own number at the end. */
  readonly within: readonly Step[];
  readonly index: number;
  readonly parent: Instance | undefined;
}

function* instancesOf(nodes: Nodes, within: readonly Step[] = [], parent?: Instance): Generator<Instance> {
  for (const [index, node] of nodes.entries()) {
    const instance = { node, within, index, parent };
    yield instance;
    for (const [row, { nodes: under }] of node.rows.entries()) {
      yield* instancesOf(under, [...within, { item: index, row }], instance);
    }
  }
}

const nameOf = (value: Value): string => {
  const [kind] = Object.keys(value);
  return `value${kind![0]!.toUpperCase()}${kind!.slice(1)}`;
};

/** All that is enabled, empty occurrences too, so that each is at its number. */
const elementsOf = (nodes: Nodes, isEnabled: (key: string) => boolean): Element[] =>
  nodes
    .filter(({ key, item }) => isEnabled(key) && item.type !== 'display')
    .flatMap(({ item: { linkId, type }, rows }): Element[] => {
      if (type === 'group') return rows.map((row) => ({ linkId, item: elementsOf(row.nodes, isEnabled) }));
      const answer = rows.flatMap(({ value, nodes: under }) =>
        value ? [{ [nameOf(value)]: Object.values(value)[0] as unknown, item: elementsOf(under, isEnabled) }] : [],
      );
      return [{ linkId, answer }];
    });

/** The keys of what is asked, the conditions being those that the function gives for an item. */
export function askedOf(
  nodes: Nodes,
  items: readonly FormItem[],
  conditionsOf: (item: FormItem) => readonly Condition[],
): Set<string> {
  const all = [...instancesOf(nodes)];
  const paths = pathsOf(items);
  let enabled = new Set(all.map(({ node }) => node.key));
  for (let round = 0; round < 100; round += 1) {
    const response = {
      resourceType: 'QuestionnaireResponse',
      status: 'in-progress',
      item: elementsOf(nodes, (key) => enabled.has(key)),
    };
    const next = new Set<string>();
    for (const instance of all) {
      const { item, key } = instance.node;
      const met = conditionsOf(item).map((condition) => isMet(response, condition, instance, paths));
      const own = item.enableBehavior === 'any' && met.length > 0 ? met.includes(true) : !met.includes(false);
      const { parent } = instance;
      if (own && (!parent || (next.has(parent.node.key) && isThere(instance)))) next.add(key);
    }
    if (next.size === enabled.size && [...next].every((key) => enabled.has(key))) return next;
    enabled = next;
  }
  throw new Error('The conditions go round in a circle.');
}

/** What is under a question is there with an answer. */
function isThere({ parent, within }: Instance): boolean {
  const { item, rows } = parent!.node;
  return item.type === 'group' || rows[within.at(-1)!.row]!.value !== undefined;
}

function pathsOf(items: readonly FormItem[]): ReadonlyMap<string, readonly (readonly [number, FormItem])[]> {
  const paths = new Map<string, readonly (readonly [number, FormItem])[]>();
  const look = (list: readonly FormItem[], above: readonly (readonly [number, FormItem])[]): void => {
    for (const [index, item] of list.entries()) {
      const path = [...above, [index, item] as const];
      if (!paths.has(item.linkId)) paths.set(item.linkId, path);
      look(item.items ?? [], path);
    }
  };
  look(items, []);
  return paths;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function isMet(response: object, condition: Condition, from: Instance, paths: ReturnType<typeof pathsOf>): boolean {
  const path = paths.get(condition.question)!;
  const steps = path.map(([, { linkId, type }], depth) => {
    const item = `item.where(linkId = ${quoted(linkId)})`;
    if (depth === path.length - 1) return `${item}.answer`;
    const which = occurrence(path, depth, from);
    return type === 'group' ? `${item}${which}` : `${item}.answer${which}`;
  });
  const expression = `${steps.join('.')}.${said(condition)}`;
  try {
    return (fhirpath.evaluate(response, expression, {}, model) as unknown[])[0] === true;
  } catch {
    // Some kinds have no order.
    return false;
  }
}

/** Which occurrence is meant: the one that the item is in itself, else the nearest before it, else the nearest after it. */
function occurrence(
  path: readonly (readonly [number, FormItem])[],
  depth: number,
  { within, index: own }: Instance,
): string {
  const around = [...within.map(({ item }) => item), own];
  let common = 0;
  while (common < path.length - 1 && common < within.length && path[common]![0] === around[common]) common += 1;
  if (depth < common) return `[${within[depth]!.row}]`;
  const isBefore = path[common]![0] < (around[common] ?? Infinity);
  return isBefore ? '.last()' : '.first()';
}

function said({ operator, value }: Condition): string {
  if (operator === 'exists') return 'boolean' in value && value.boolean ? 'exists()' : 'empty()';
  const equals =
    'coding' in value
      ? sameConcept(value.coding)
      : 'reference' in value
        ? sameReference(value.reference)
        : `value = ${literal(value)}`;
  if (operator === '=') return `exists(${equals})`;
  // No answer is equal.
  if (operator === '!=') return `exists(${equals}).not()`;
  return `exists(value ${operator} ${literal(value)})`;
}

const sameConcept = ({ code, system }: { code?: string | undefined; system?: string | undefined }): string =>
  `value.code = ${quoted(code ?? '')}${system ? ` and (value.system.empty() or value.system = ${quoted(system)})` : ''}`;

const sameReference = ({ reference }: { reference?: string | undefined }): string =>
  `value.reference = ${quoted(reference ?? '')}`;

function literal(value: Value): string {
  if ('boolean' in value) return String(value.boolean);
  if ('integer' in value) return String(value.integer);
  if ('decimal' in value) return String(value.decimal);
  if ('date' in value) return `@${value.date}`;
  if ('dateTime' in value) return `@${value.dateTime}${value.dateTime.includes('T') ? '' : 'T'}`;
  if ('time' in value) return `@T${value.time}`;
  if ('string' in value) return quoted(value.string);
  if ('quantity' in value) return `${value.quantity.value} '${value.quantity.code}'`;
  throw new TypeError('It has no literal.');
}
