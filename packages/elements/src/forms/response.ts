import { sameValue } from '@clinic-widgets/core/answers.js';
import type { Answer, Form, FormItem, FormOption, ResponseItem, Value } from '@clinic-widgets/core/forms.js';
import { settledAll } from './conditions.ts';
import { answered, groupRow, isOn, type Node, type Nodes, nodesOf, type Row } from './tree.ts';

/** A response, and which place of the form each of its parts came from, by its path in the submission. */
export interface Written {
  readonly items: readonly ResponseItem[];
  readonly places: ReadonlyMap<string, string>;
}

/** What is handed in: what is asked and answered, as a tree that follows the form's. */
export function written(nodes: Nodes): Written {
  const places = new Map<string, string>();
  return { items: itemsOf(nodes, 'items', places), places };
}

function itemsOf(nodes: Nodes, at: string, places: Map<string, string>): ResponseItem[] {
  const items: ResponseItem[] = [];
  for (const node of nodes) {
    if (!isOn(node) || node.item.type === 'display') continue;
    const { linkId, type } = node.item;
    if (type === 'group') {
      for (const row of node.rows) {
        const inner = itemsOf(row.nodes, `${at}.${items.length}.items`, places);
        if (inner.length === 0) continue;
        places.set(`${at}.${items.length}`, node.key);
        items.push({ linkId, items: inner });
      }
      continue;
    }
    const answers: Answer[] = [];
    for (const { value, nodes: under } of node.rows) {
      if (!value) continue;
      const inner = itemsOf(under, `${at}.${items.length}.answers.${answers.length}.items`, places);
      answers.push({ value, ...(inner.length > 0 && { items: inner }) });
    }
    if (answers.length === 0) continue;
    places.set(`${at}.${items.length}`, node.key);
    items.push({ linkId, answers });
  }
  return items;
}

/** The place of the form that a path of a submission is about; none where it is about no question. */
export function placeOf({ places }: Written, path: readonly PropertyKey[]): string | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const place = places.get(path.slice(0, length).map(String).join('.'));
    if (place) return place;
  }
  return undefined;
}

/** Answers to a form as it asks for them in another language: an option is the same by its place, whatever its words. */
export function retold(given: readonly ResponseItem[], from: Form, to: Form): readonly ResponseItem[] {
  if (from.version !== to.version) return given;
  const before = optionsOf(from);
  const now = optionsOf(to);
  const valueOf = (linkId: string, value: Value): Value => {
    const at = before.get(linkId)?.findIndex((option) => sameValue(option.value, value)) ?? -1;
    return now.get(linkId)?.[at]?.value ?? value;
  };
  const all = (items: readonly ResponseItem[]): ResponseItem[] =>
    items.map(({ linkId, answers, items: inner }) => ({
      linkId,
      ...(answers && {
        answers: answers.map((one) => ({
          value: valueOf(linkId, one.value),
          ...(one.items && { items: all(one.items) }),
        })),
      }),
      ...(inner && { items: all(inner) }),
    }));
  return all(given);
}

function optionsOf({ items }: Form): ReadonlyMap<string, readonly FormOption[]> {
  const options = new Map<string, readonly FormOption[]>();
  const note = (list: readonly FormItem[] = []): void =>
    list.forEach((item) => {
      if (item.options) options.set(item.linkId, item.options);
      note(item.items);
    });
  note(items);
  return options;
}

/** The nodes of a form with answers given before, as far as it still asks for them and offers them. */
export const filledIn = (form: Form, response: readonly ResponseItem[]): Nodes =>
  settledAll(form, withAnswers(nodesOf(form.items), response));

function withAnswers(nodes: Nodes, response: readonly ResponseItem[]): Nodes {
  const byLink = new Map<string, ResponseItem[]>();
  for (const item of response) byLink.set(item.linkId, [...(byLink.get(item.linkId) ?? []), item]);
  return nodes.map((node) => {
    const given = byLink.get(node.item.linkId);
    if (!given || node.item.type === 'display') return node;
    if (node.item.type !== 'group') {
      const answers = given.flatMap((one) => one.answers ?? []).filter(({ value }) => isOffered(node.item, value));
      return answers.length > 0 ? { ...node, rows: rowsWith(node, answers) } : node;
    }
    const occurrences = node.item.repeats ? given : given.slice(0, 1);
    const rows = occurrences.map((one, key): Row => {
      const row = groupRow(node, key);
      return { ...row, nodes: withAnswers(row.nodes, one.items ?? []) };
    });
    return { ...node, rows };
  });
}

/** What is no option any more would be an answer that nobody sees and that the clinic refuses. */
const isOffered = ({ type, options, valueSet }: FormItem, value: Value): boolean =>
  type !== 'choice' || !options || Boolean(valueSet) || [...options, UNSURE].some((one) => sameValue(one.value, value));

const UNSURE: FormOption = { value: { unknown: true } };

const rowsWith = (node: Node, answers: readonly Answer[]): readonly Row[] =>
  (node.item.repeats ? answers : answers.slice(0, 1)).map(({ value, items = [] }, key) => {
    const row = answered(node, { key, nodes: [] }, value);
    return { ...row, nodes: withAnswers(row.nodes, items) };
  });
