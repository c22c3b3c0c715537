import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as fhir from 'fhir/r4.js';
import type { Form, Value } from '@clinic-widgets/core/forms.js';
import { toForm } from '../../packages/adapter-fhir/src/questionnaires.ts';
import { settledAll } from '../../packages/elements/src/forms/conditions.ts';
import { evaluate } from '../../packages/elements/src/forms/expressions.ts';
import { fhirPath } from '../../packages/elements/src/forms/fhirpath.ts';
import { type Nodes, nodesOf, replaced, rowsOf, withOccurrences } from '../../packages/elements/src/forms/tree.ts';
import { dataFolder } from '../fhir-server/shared-data.ts';

/** A questionnaire of the shared data, by its path without the ending, and the form that it is. */
export interface SharedForm {
  readonly name: string;
  readonly questionnaire: fhir.Questionnaire;
  readonly form: Form;
}

const folder = join(dataFolder(), 'questionnaires');

/** Every questionnaire of the shared data. */
export const sharedForms = (): SharedForm[] =>
  globSync('**/*.json', { cwd: folder })
    .sort()
    .flatMap((file) => {
      const questionnaire = JSON.parse(readFileSync(join(folder, file), 'utf8')) as fhir.Questionnaire;
      if (questionnaire.resourceType !== 'Questionnaire') return [];
      return { name: file.replace('.json', ''), questionnaire, form: toForm(questionnaire) };
    });

/** One of them, with what its expressions may refer to. */
export function sharedForm(name: string, context: Readonly<Record<string, unknown>> = {}): Form {
  const { form, questionnaire } = sharedForms().find((one) => one.name === name)!;
  return { ...form, context: { questionnaire, ...context } };
}

/** The places of the items with a linkId. */
export const placesOf = (nodes: Nodes, linkId: string): string[] =>
  nodes.flatMap(({ key, item, rows }) => [
    ...(item.linkId === linkId ? [key] : []),
    ...rows.flatMap((row) => placesOf(row.nodes, linkId)),
  ]);

type Answers = Readonly<Record<string, readonly Value[]>>;

/** What is worked out in a form that is answered as is said, each answer by its linkId; it must settle. */
export function workedOut(
  form: Form,
  answers: Answers = {},
  { first = false } = {},
): { nodes: Nodes; values: Answers; problems: string[] } {
  let nodes = nodesOf(form.items);
  const give = (linkId: string, values: readonly Value[]) => {
    for (const key of placesOf(nodes, linkId))
      nodes = replaced(nodes, key, (node) => ({ ...node, rows: rowsOf(node, values) }));
  };
  for (const [linkId, values] of Object.entries(answers)) give(linkId, values);
  const problems = new Set<string>();
  const stopped: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    nodes = settledAll(form, nodes);
    const evaluation = evaluate({ form, nodes, of: round, first: first && round === 0, stopped }, fhirPath);
    for (const { linkId, reason } of evaluation.problems) problems.add(`${linkId} ${reason}`);
    stopped.push(...evaluation.stopped);
    const before = JSON.stringify(nodes);
    for (const [key, count] of Object.entries(evaluation.occurrences ?? {}))
      nodes = replaced(nodes, key, (node) => withOccurrences(node, count));
    for (const [key, values] of Object.entries(evaluation.values)) {
      nodes = replaced(nodes, key, (node) => ({ ...node, rows: rowsOf(node, values) }));
    }
    for (const [key, hushed] of Object.entries(evaluation.hushed))
      nodes = replaced(nodes, key, (node) => ({ ...node, hushed }));
    if (JSON.stringify(nodes) === before) return { nodes, values: valuesByLink(nodes), problems: [...problems] };
  }
  throw new Error('It does not settle.');
}

function valuesByLink(nodes: Nodes, into: Record<string, readonly Value[]> = {}): Answers {
  for (const { item, rows } of nodes) {
    const values = rows.flatMap(({ value }) => value ?? []);
    if (values.length > 0) into[item.linkId] = [...(into[item.linkId] ?? []), ...values];
    for (const row of rows) valuesByLink(row.nodes, into);
  }
  return into;
}
