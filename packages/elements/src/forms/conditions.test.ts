import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Condition, Form, FormItem, Value } from '@clinic-widgets/core/forms.js';
import { askedOf } from '../../../../test/forms/oracle.ts';
import { indexOf, settled, settledAll } from './conditions.ts';
import { answered, groupRow, isAsked, lineOf, type Node, type Nodes, nodesOf, replaced, type Row } from './tree.ts';

const SYSTEM = 'http://example.org/colors';

/** A few answers of each type, near enough to each other to be the same, less or greater often. */
const VALUES: { readonly [type: string]: readonly Value[] } = {
  boolean: [{ boolean: true }, { boolean: false }],
  integer: [{ integer: -1 }, { integer: 0 }, { integer: 7 }],
  decimal: [{ decimal: 0.5 }, { decimal: 7 }, { decimal: -2.25 }],
  date: [{ date: '2019-12-31' }, { date: '2020-01-01' }, { date: '2020-01' }, { date: '2020' }],
  dateTime: [
    { dateTime: '2020-01-01T10:00:00Z' },
    { dateTime: '2020-01-01T11:00:00+01:00' },
    { dateTime: '2020-01-01T09:00:00-05:00' },
    { dateTime: '2021-06-01' },
    { dateTime: '2021' },
  ],
  time: [{ time: '09:00:00' }, { time: '17:30:00' }, { time: '17:30:01' }],
  string: [{ string: 'a' }, { string: 'B' }, { string: "it's" }, { string: '' }],
  text: [{ string: 'more\nthan a line' }, { string: 'b' }],
  url: [{ uri: 'https://clinic.example/a' }, { uri: 'https://clinic.example/b' }],
  choice: [
    { coding: { system: SYSTEM, code: 'red', display: 'Red' } },
    { coding: { system: SYSTEM, code: 'blue' } },
    { coding: { system: 'http://example.org/others', code: 'red' } },
  ],
  'open-choice': [{ coding: { system: SYSTEM, code: 'red' } }, { string: 'none of these' }],
  quantity: [
    { quantity: { value: 3, unit: 'kilogram', code: 'kg', system: 'http://unitsofmeasure.org' } },
    { quantity: { value: 4, unit: 'kilogram', code: 'kg', system: 'http://unitsofmeasure.org' } },
    { quantity: { value: 3, unit: 'second', code: 's', system: 'http://unitsofmeasure.org' } },
  ],
  reference: [{ reference: { reference: 'Patient/1', display: 'Ana' } }, { reference: { reference: 'Patient/2' } }],
};

/** What conditions name, where that is not in the words of an answer. */
const NAMED: typeof VALUES = {
  url: [{ string: 'https://clinic.example/a' }, { string: 'https://clinic.example/c' }],
  reference: [{ reference: { reference: 'Patient/1' } }, { reference: { reference: 'Patient/3', display: 'Ana' } }],
  choice: [{ coding: { system: SYSTEM, code: 'red' } }, { coding: { code: 'blue' } }, { coding: { code: 'green' } }],
};

const OPERATORS = ['exists', '=', '!=', '>', '<', '>=', '<='] as const;

/** The types whose answers can be less or greater. */
const ORDERED = ['integer', 'decimal', 'date', 'dateTime', 'time', 'string', 'text', 'quantity'];

const questions = Object.keys(VALUES) as FormItem['type'][];

/** The shape of a form; which items its conditions are on is settled when it is known how many there are. */
interface Sketch {
  readonly type: FormItem['type'];
  readonly repeats: boolean;
  readonly behavior: 'all' | 'any';
  readonly conditions: readonly (readonly [question: number, operator: number, value: number])[];
  readonly items: readonly Sketch[];
}

const sketches = fc.letrec<{ list: readonly Sketch[]; one: Sketch }>((tie) => ({
  list: fc.array(tie('one'), { minLength: 1, maxLength: 4, depthIdentifier: 'form' }),
  one: fc.record({
    type: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...questions) },
      { weight: 2, arbitrary: fc.constant('group' as const) },
      { weight: 1, arbitrary: fc.constant('display' as const) },
    ),
    repeats: fc.boolean(),
    behavior: fc.constantFrom('all' as const, 'any' as const),
    conditions: fc.array(fc.tuple(fc.nat(99), fc.nat(OPERATORS.length - 1), fc.nat(4)), { maxLength: 2 }),
    items: fc.oneof({ maxDepth: 3, depthIdentifier: 'form' }, fc.constant([]), tie('list')),
  }),
})).list;

/** A form from its sketch, whose linkIds are the numbers of its items. */
function formOf(sketch: readonly Sketch[]): Form {
  const all: Sketch[] = [];
  const count = (list: readonly Sketch[]): void =>
    list.forEach((one) => {
      all.push(one);
      if (one.type !== 'display') count(one.items);
    });
  count(sketch);
  const asked = all.flatMap(({ type }, index) => (type in VALUES ? index : []));
  let next = 0;
  const made = ({ type, repeats, behavior, conditions, items }: Sketch): FormItem => ({
    linkId: String(next++),
    type,
    repeats: repeats && type !== 'display',
    enableBehavior: behavior,
    enableWhen:
      asked.length === 0
        ? []
        : conditions.map(([on, operator, value]) => conditionOn(asked[on % asked.length]!, operator, value)),
    items: type === 'display' ? [] : items.map(made),
  });
  const conditionOn = (on: number, operator: number, value: number): Condition => {
    const { type } = all[on]!;
    const values = NAMED[type] ?? VALUES[type]!;
    const name = OPERATORS[operator % (ORDERED.includes(type) ? OPERATORS.length : 3)]!;
    return {
      question: String(on),
      operator: name,
      value: name === 'exists' ? { boolean: value % 2 === 0 } : values[value % values.length]!,
    };
  };
  return { id: 'f', version: '1', title: 'Form', purpose: 'intake', language: 'en', items: sketch.map(made) };
}

/** A form with answers and occurrences by chance, whose conditions have not been looked at. */
function filled(items: readonly FormItem[], pick: () => number): Nodes {
  const fill = (node: Node): Node => {
    const { item } = node;
    if (item.type === 'display') return node;
    const count = item.repeats ? pick() % 3 : pick() % 2;
    if (item.type === 'group') {
      const rows = Array.from({ length: item.repeats ? Math.max(1, count) : 1 }, (_, key) => groupRow(node, key));
      return { ...node, rows: rows.map((row) => ({ ...row, nodes: row.nodes.map(fill) })) };
    }
    const values = VALUES[item.type]!;
    const rows = Array.from({ length: count }, (_, key): Row => {
      const row = answered(node, { key, nodes: [] }, values[pick() % values.length]);
      return { ...row, nodes: row.nodes.map(fill) };
    });
    return { ...node, rows: rows.length > 0 ? rows : [{ key: 0, nodes: [] }] };
  };
  return nodesOf(items).map(fill);
}

/** Numbers by chance, as many as are asked for. */
function dice(numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length]!;
}

const keysIn = (nodes: Nodes): string[] =>
  nodes.flatMap(({ key, rows }) => [key, ...rows.flatMap((row) => keysIn(row.nodes))]);
const askedIn = (nodes: Nodes): string[] => keysIn(nodes).filter((key) => isAsked(nodes, key));

const numbers = fc.array(fc.nat(1000), { minLength: 20, maxLength: 40 });

describe('conditions, beside FHIRPath', () => {
  it('are met alike in forms by chance', () => {
    let hidden = 0;
    let shown = 0;
    fc.assert(
      fc.property(sketches, numbers, (sketch, chance) => {
        const form = formOf(sketch);
        const { conditions } = indexOf(form);
        const nodes = settledAll(form, filled(form.items, dice(chance)));
        const expected = askedOf(nodes, form.items, (item) => conditions.get(item) ?? []);
        const asked = askedIn(nodes);
        shown += asked.length;
        hidden += keysIn(nodes).length - asked.length;
        assert.deepEqual(
          asked,
          keysIn(nodes).filter((key) => expected.has(key)),
        );
      }),
      { numRuns: 1500 },
    );
    // Else it would be no test.
    assert.ok(hidden > 1000 && shown > 1000, `${hidden} hidden, ${shown} shown`);
  });

  it('come to the same whether they are met after each answer or all at once', () => {
    fc.assert(
      fc.property(sketches, numbers, numbers, (sketch, before, after) => {
        const form = formOf(sketch);
        let nodes = settledAll(form, filled(form.items, dice(before)));
        const pick = dice(after);
        for (let change = 0; change < 5; change += 1) {
          const keys = keysIn(nodes).filter((key) => VALUES[lineOf(nodes, key).at(-1)!.item.type]);
          if (keys.length === 0) return;
          const key = keys[pick() % keys.length]!;
          const { item } = lineOf(nodes, key).at(-1)!;
          const values = VALUES[item.type]!;
          // An answer in place of another, or none: what is under it stays.
          const value = pick() % 3 ? values[pick() % values.length] : undefined;
          const had = lineOf(nodes, key).at(-1)!.rows[0]!.nodes.length > 0 || !item.items?.length;
          nodes = replaced(nodes, key, (node) => ({
            ...node,
            rows: node.rows.map((row, at) => (at ? row : answered(node, row, value))),
          }));
          nodes = settled(
            form,
            nodes,
            had ? (indexOf(form).watched.get(item) ?? []) : [...indexOf(form).watchers.keys()],
          );
        }
        assert.deepEqual(askedIn(nodes), askedIn(settledAll(form, nodes)));
      }),
      { numRuns: 500 },
    );
  });

  it('never make an item wait for itself', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const form = formOf(sketch);
        const { conditions, problems } = indexOf(form);
        const dropped = problems.filter(({ reason }) => reason === 'condition-loop').length;
        const all = [...conditions.values()].flat().length + dropped;
        const items = (list: readonly FormItem[]): readonly FormItem[] =>
          list.flatMap((item) => [item, ...items(item.items ?? [])]);
        assert.equal(all, items(form.items).flatMap(({ enableWhen }) => enableWhen ?? []).length);
      }),
      { numRuns: 300 },
    );
  });
});
