import type { MisfitReason } from '@clinic-widgets/core/errors.js';
import type { Coding, FormItem, Quantity, Value } from '@clinic-widgets/core/forms.js';
import { compare } from './conditions.ts';
import { isOn, type Node, type Nodes, valuesOf } from './tree.ts';

/** What is wrong with an answer. `amount` says how many or how much there may be; `text` is the form's own sentence. */
export interface Trouble {
  readonly reason:
    | 'required'
    | 'few'
    | 'many'
    | 'number'
    | 'whole'
    | 'decimals'
    | 'date'
    | 'time'
    | 'url'
    | 'min'
    | 'max'
    | 'range'
    | 'short'
    | 'long'
    | 'size'
    | 'kind'
    | 'choice'
    | 'file'
    | 'pattern'
    | 'constraint'
    | 'refused';
  readonly amount?: number;
  readonly value?: Value;
  readonly text?: string;
}

/** How large a file may be, whatever the form says: what a request to the clinic can carry. */
const MOST_BYTES = 3_000_000;

/** How large a file may be that answers an item. */
const mostBytesOf = ({ maxBytes = MOST_BYTES }: FormItem): number => Math.min(maxBytes, MOST_BYTES);

/** What is wrong with a file, before it is read: its size, or what kind of file it is. */
export function troubleWithFile(item: FormItem, { size, type }: Pick<File, 'size' | 'type'>): Trouble | undefined {
  const most = mostBytesOf(item);
  if (size > most) return { reason: 'size', amount: most };
  // Of all images a form says `image/*`.
  const isMeant = (kind: string) => type.startsWith(kind.toLowerCase().replace(/\*$/, ''));
  return item.mediaTypes && !item.mediaTypes.some(isMeant) ? { reason: 'kind' } : undefined;
}

/** What is wrong with the answers of a node; nothing where all is well. */
export function troubleOf({ item, rows }: Node): Trouble | undefined {
  if (item.readOnly || item.hidden || item.type === 'display') return undefined;
  if (item.type === 'group') {
    const filled = rows.filter(({ nodes }) => nodes.some(hasAnswer)).length;
    return item.required && filled === 0 ? { reason: 'required' } : fewOrMany(item, filled);
  }
  const values = rows.flatMap(({ value }) => value ?? []);
  const half = rows.find(({ value, typed }) => typed?.trim() && !value);
  const isHalfTime = item.type === 'dateTime' && half?.typed?.endsWith(`T${HALF}`);
  if (half) return { reason: isHalfTime ? 'time' : (REASONS[item.type] ?? 'refused') };
  if (values.length === 0) return item.required ? { reason: 'required' } : undefined;
  if (values.some((value) => 'unknown' in value)) return undefined;
  return fewOrMany(item, values.length) ?? values.map((value) => troubleWith(item, value)).find(Boolean);
}

/** Stands for a time of which the browser says only that it is not a whole one. */
export const HALF = '?';

const REASONS: { readonly [type: string]: Trouble['reason'] } = {
  integer: 'whole',
  decimal: 'number',
  quantity: 'number',
  date: 'date',
  dateTime: 'date',
  time: 'time',
  url: 'url',
  attachment: 'file',
};

/** What is wrong with an answer that the clinic refuses, in the form's own words where it has some. */
export function troubleRefused({ type }: FormItem, reason: MisfitReason): Trouble {
  if (reason === 'wrong-format') return { reason: REASONS[type] ?? 'pattern' };
  if (reason === 'too-long' && type === 'attachment') return { reason: 'size' };
  return { reason: REFUSALS[reason] };
}

const REFUSALS: Readonly<Record<Exclude<MisfitReason, 'wrong-format'>, Trouble['reason']>> = {
  required: 'required',
  'too-short': 'short',
  'too-long': 'long',
  'out-of-range': 'range',
  'not-a-choice': 'choice',
  unknown: 'refused',
};

const fewOrMany = ({ minOccurs = 0, maxOccurs = Infinity }: FormItem, count: number): Trouble | undefined =>
  count > 0 && count < minOccurs
    ? { reason: 'few', amount: minOccurs }
    : count > maxOccurs
      ? { reason: 'many', amount: maxOccurs }
      : undefined;

const hasAnswer = (node: Node): boolean =>
  isOn(node) && (valuesOf(node).length > 0 || node.rows.some(({ nodes }) => nodes.some(hasAnswer)));

function troubleWith(item: FormItem, value: Value): Trouble | undefined {
  const { minLength = 0, maxLength = Infinity, decimals = Infinity } = item;
  const words = 'string' in value ? value.string : 'uri' in value ? value.uri : undefined;
  if (words !== undefined && words.length > maxLength) return { reason: 'long', amount: maxLength };
  if (words !== undefined && words.length < minLength) return { reason: 'short', amount: minLength };
  const [min, max] = [boundFor(value, item.min, item), boundFor(value, item.max, item)];
  if (min && (compare(value, min) ?? 0) < 0) return { reason: 'min', value: min };
  if (max && (compare(value, max) ?? 0) > 0) return { reason: 'max', value: max };
  const amount = 'decimal' in value ? value.decimal : 'quantity' in value ? value.quantity.value : undefined;
  if (amount !== undefined && decimalsOf(amount) > decimals) return { reason: 'decimals', amount: decimals };
  const most = mostBytesOf(item);
  if ('attachment' in value && bytesOf(value.attachment.data) > most) return { reason: 'size', amount: most };
  return undefined;
}

/** A bound as an answer is held to it: that of an amount may be no more than a number, which is in the usual unit. */
function boundFor(answer: Value, bound: Value | undefined, { units: [usual] = [] }: FormItem): Value | undefined {
  if (!bound || !('quantity' in bound) || !('quantity' in answer)) return bound;
  const { value, code, unit } = bound.quantity;
  const isPlain = !code && !unit && (!usual || isUnit(usual, answer.quantity));
  return isPlain ? { quantity: { ...answer.quantity, value } } : bound;
}

/** Whether an amount is in a unit. */
export const isUnit = ({ code, display }: Coding, quantity: Quantity): boolean =>
  code ? quantity.code === code : quantity.unit === display;

const decimalsOf = (amount: number): number => /\.(\d+)$/.exec(String(amount))?.[1]?.length ?? 0;

const bytesOf = (data = ''): number => Math.floor((data.length * 3) / 4);

/** What is wrong in and under the nodes at some places, by place. */
export function troublesIn(nodes: Nodes): Readonly<Record<string, Trouble>> {
  const found: Record<string, Trouble> = {};
  const look = (list: Nodes): void => {
    for (const node of list) {
      if (!isOn(node) || node.item.hidden) continue;
      const trouble = troubleOf(node);
      if (trouble) found[node.key] = trouble;
      for (const [index, row] of node.rows.entries()) {
        // An occurrence that nobody has begun to fill in asks for nothing.
        const isIdle = node.item.repeats && !(node.item.required && index === 0) && !row.nodes.some(hasAnswer);
        if (node.item.type === 'group' ? !isIdle : row.value) look(row.nodes);
      }
    }
  };
  look(nodes);
  return found;
}
