import type { Form, FormItem, Value } from '@clinic-widgets/core/forms.js';

/** One answer to a question, or one occurrence of a group, with what is asked under it. */
export interface Row {
  /** Names the row in its node; it stays when others are taken out. */
  readonly key: number;
  readonly value?: Value | undefined;
  /** What was typed, whether or not it is an answer yet. */
  readonly typed?: string | undefined;
  readonly nodes: readonly Node[];
}

/** How an item of the form stands: a question with its answers, a group with its occurrences. */
export interface Node {
  /** Its place: the number of the item, then by turns the key of a row and the number of an item in it: `3.0.1`. */
  readonly key: string;
  readonly item: FormItem;
  readonly rows: readonly Row[];
  /** Its conditions are not met. */
  readonly off?: boolean;
  /** Its expression says that it is not asked. */
  readonly hushed?: boolean;
}

export type Nodes = readonly Node[];

/** Which item a node is of, and where it is. */
type Place = Pick<Node, 'item' | 'key'>;

/** A form as it is asked: what somebody's safety hangs on is not answered beforehand, whatever the clinic sends. */
export const asAsked = (form: Form): Form =>
  form.purpose === 'safety' ? { ...form, items: withoutInitial(form.items) } : form;

const withoutInitial = (items: readonly FormItem[]): FormItem[] =>
  items.map(({ initial: _, ...item }) => ({ ...item, ...(item.items && { items: withoutInitial(item.items) }) }));

/** The nodes of a list of items, unanswered but for what they begin with. */
export const nodesOf = (items: readonly FormItem[] = [], under = ''): Nodes =>
  items.map((item, index) => nodeOf(item, `${under}${index}`));

const nodeOf = (item: FormItem, key: string): Node => ({ key, item, rows: firstRows({ item, key }) });

function firstRows(place: Place): readonly Row[] {
  const { type, repeats, minOccurs = 1, initial = [] } = place.item;
  if (type === 'display') return [];
  if (type !== 'group') return rowsOf(place, initial);
  const count = repeats ? Math.max(1, Math.min(minOccurs, MOST_AT_FIRST)) : 1;
  return Array.from({ length: count }, (_, row) => groupRow(place, row));
}

/** How many empty occurrences a form may start with. */
const MOST_AT_FIRST = 20;

/** An occurrence of a group with nothing in it. */
export const groupRow = ({ item, key }: Place, row: number): Row => ({
  key: row,
  nodes: nodesOf(item.items, `${key}.${row}.`),
});

/** The group with so many occurrences, if it has not as many. */
export function withOccurrences(node: Node, count: number): Node {
  const rows = [...node.rows];
  while (rows.length < count) rows.push(groupRow(node, rows.length));
  return { ...node, rows };
}

/** A question's rows for its answers; one that is empty where there are none. */
export const rowsOf = (place: Place, values: readonly Value[]): readonly Row[] =>
  values.length === 0
    ? [{ key: 0, nodes: [] }]
    : values.map((value, key) => answered(place, { key, nodes: [] }, value));

/** The row with an answer; what is asked further because of it is there from the first on. */
export const answered = ({ item, key }: Place, row: Row, value: Value | undefined, typed?: string): Row => ({
  key: row.key,
  value,
  typed,
  nodes: row.nodes.length > 0 || !value ? row.nodes : nodesOf(item.items, `${key}.${row.key}.`),
});

/** The node at a place, and those around it from the outermost on; none where there is no such place. */
export function lineOf(nodes: Nodes, key: string): readonly Node[] {
  const line: Node[] = [];
  const parts = key.split('.');
  for (let at = 0; at < parts.length; at += 2) {
    const node: Node | undefined = nodes[Number(parts[at])];
    if (!node) return [];
    line.push(node);
    const row = Number(parts[at + 1]);
    nodes = node.rows.find(({ key }) => key === row)?.nodes ?? [];
  }
  return line;
}

/** The node at a place. */
export const nodeAt = (nodes: Nodes, key: string): Node | undefined => lineOf(nodes, key).at(-1);

/** The same nodes but for the one at a place. Only what is around it is copied. */
export function replaced(nodes: Nodes, key: string, change: (node: Node) => Node): Nodes {
  const [index, row, ...rest] = key.split('.');
  const place = Number(index);
  const node = nodes[place];
  if (!node) return nodes;
  const next =
    row === undefined
      ? change(node)
      : {
          ...node,
          rows: node.rows.map((one) =>
            one.key === Number(row) ? { ...one, nodes: replaced(one.nodes, rest.join('.'), change) } : one,
          ),
        };
  return nodes.with(place, next);
}

/** Whether a node is asked or shown, as far as its own conditions go. */
export const isOn = ({ off, hushed }: Node): boolean => !off && !hushed;

/** Whether a node is asked or shown: it and all around it are, and the questions it is under are answered. */
export function isAsked(nodes: Nodes, key: string): boolean {
  const line = lineOf(nodes, key);
  const parts = key.split('.').map(Number);
  return (
    line.length > 0 &&
    line.every((node, depth) => {
      const row = node.rows.find((one) => one.key === parts[depth * 2 + 1]);
      return isOn(node) && (depth === line.length - 1 || node.item.type === 'group' || row?.value !== undefined);
    })
  );
}

/** The answers of a node, in order. */
export const valuesOf = ({ rows }: Node): readonly Value[] => rows.flatMap(({ value }) => value ?? []);

/** Whether the answer is that the patient does not know: it stands alone. */
export const isUnsure = (node: Node): boolean => valuesOf(node).some((value) => 'unknown' in value);
