// The conditions of real questionnaires, met as FHIRPath would have them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Condition, FormItem, Value } from '@clinic-widgets/core/forms.js';
import { indexOf, settledAll } from '../../packages/elements/src/forms/conditions.ts';
import {
  answered,
  groupRow,
  isAsked,
  type Node,
  type Nodes,
  nodesOf,
  type Row,
} from '../../packages/elements/src/forms/tree.ts';
import { missingData } from '../fhir-server/shared-data.ts';
import { askedOf } from './oracle.ts';
import { sharedForms } from './shared-forms.ts';

const missing = missingData();
const all = missing ? [] : sharedForms();

function* itemsIn(items: readonly FormItem[] = []): Generator<FormItem> {
  for (const item of items) {
    yield item;
    yield* itemsIn(item.items);
  }
}

const keysIn = (nodes: Nodes): string[] =>
  nodes.flatMap(({ key, rows }) => [key, ...rows.flatMap((row) => keysIn(row.nodes))]);

/** Answers to a question that make a difference: those that a condition names, its options, and others. */
function answersTo(item: FormItem, conditions: readonly Condition[]): readonly Value[] {
  const named = conditions
    .filter(({ question, operator }) => question === item.linkId && operator !== 'exists')
    .map(({ value }) => value);
  const others: Readonly<Record<string, readonly Value[]>> = {
    boolean: [{ boolean: true }, { boolean: false }],
    integer: [{ integer: 0 }, { integer: 1000 }],
    decimal: [{ decimal: 0 }, { decimal: 1000.5 }],
    date: [{ date: '1999-01-01' }, { date: '2030-01' }],
    dateTime: [{ dateTime: '1999-01-01T00:00:00Z' }],
    time: [{ time: '00:00:00' }, { time: '23:59:59' }],
    quantity: [{ quantity: { value: 1, code: 'kg', system: 'http://unitsofmeasure.org' } }],
    choice: [{ coding: { code: 'something-else' } }],
    reference: [{ reference: { reference: 'Patient/1' } }],
    url: [{ uri: 'https://clinic.example' }],
    attachment: [{ attachment: { title: 'x' } }],
  };
  return [
    ...named,
    ...(item.options ?? []).map(({ value }) => value),
    ...(others[item.type] ?? [{ string: 'something else' }]),
  ];
}

describe('conditions of real questionnaires, beside FHIRPath', { skip: missing ?? false }, () => {
  for (const { name, form } of all) {
    const conditions = [...itemsIn(form.items)].flatMap(({ enableWhen }) => enableWhen ?? []);
    if (conditions.length === 0) continue;

    it(`are met alike: ${name}, ${conditions.length} of them`, () => {
      const known = indexOf(form).conditions;
      fc.assert(
        fc.property(fc.array(fc.nat(10_000), { minLength: 50, maxLength: 100 }), (numbers) => {
          let at = 0;
          const pick = (count: number) => numbers[at++ % numbers.length]! % count;
          const fill = (node: Node): Node => {
            const { item } = node;
            if (item.type === 'display') return node;
            if (item.type === 'group') {
              const rows = Array.from({ length: item.repeats ? 1 + pick(2) : 1 }, (_, key) => groupRow(node, key));
              return { ...node, rows: rows.map((row) => ({ ...row, nodes: row.nodes.map(fill) })) };
            }
            const answers = answersTo(item, conditions);
            const rows = Array.from({ length: pick(item.repeats ? 3 : 2) }, (_, key): Row => {
              const row = answered(node, { key, nodes: [] }, answers[pick(answers.length)]);
              return { ...row, nodes: row.nodes.map(fill) };
            });
            return { ...node, rows: rows.length > 0 ? rows : [{ key: 0, nodes: [] }] };
          };
          const nodes = settledAll(form, nodesOf(form.items).map(fill));
          const expected = askedOf(nodes, form.items, (item) => known.get(item) ?? []);
          const keys = keysIn(nodes);
          assert.deepEqual(
            keys.filter((key) => isAsked(nodes, key)),
            keys.filter((key) => expected.has(key)),
          );
        }),
        { numRuns: 60 },
      );
    });
  }
});
