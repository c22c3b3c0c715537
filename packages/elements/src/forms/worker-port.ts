import type { Form, FormItem } from '@clinic-widgets/core/forms.js';
import type { Evaluation, Question } from './evaluation.ts';
import type { Node, Nodes, Row } from './tree.ts';

/** A node without its item, which the form has at the same place. */
type Bare = Omit<Node, 'item' | 'rows'> & { readonly rows: readonly BareRow[] };
type BareRow = Pick<Row, 'key' | 'value'> & { readonly nodes: readonly Bare[] };

/** What the page asks the worker. */
export interface Asked extends Omit<Question, 'form' | 'nodes'> {
  /** The form, where it is another one than before. */
  readonly form?: Form;
  readonly nodes: readonly Bare[];
  /** The expressions that have turned out not to end. */
  readonly endless: readonly string[];
}

/** What the worker says: which expression it begins, and at last what came of all of them. */
export type Said =
  { readonly linkId: string | undefined; readonly expression: string } | { readonly evaluation: Evaluation };

/** The nodes as they are sent: what is large and does not change stays behind. */
export const bare = (nodes: Nodes): readonly Bare[] =>
  nodes.map(({ item: _, rows, ...node }) => ({
    ...node,
    rows: rows.map(({ key, value, nodes: under }) => ({ key, value, nodes: bare(under) })),
  }));

/** The nodes as they were. */
export const restored = (nodes: readonly Bare[], items: readonly FormItem[] = []): Nodes =>
  nodes.map(({ rows, ...node }, index) => {
    const item = items[index]!;
    return { ...node, item, rows: rows.map((row) => ({ ...row, nodes: restored(row.nodes, item.items) })) };
  });
