import type { FormProblem, Value } from '@clinic-widgets/core/forms.js';
import { sameValue } from '@clinic-widgets/core/answers.js';
import { indexOf, settled } from './conditions.ts';
import type { Evaluate, Evaluation } from './evaluation.ts';
import type { Filling } from './filling.ts';
import { type Node, nodeAt, replaced, rowsOf, valuesOf, withOccurrences } from './tree.ts';

/** Works out what a form has to be worked out as its answers stand, in a worker unless told otherwise. */
export async function workOut(
  { form, nodes, changes: of, stopped, fresh, workedOut }: Filling,
  evaluate: Evaluate | undefined,
  signal: AbortSignal,
): Promise<(filling: Filling) => Filling> {
  const run = evaluate ?? (await import('./worker.ts')).evaluateInWorker;
  const evaluation = await run({ form, nodes, of, first: fresh && workedOut < 0, stopped }, signal);
  return (filling) => workedOutWith(filling, evaluation);
}

/** How often expressions may follow from each other before the form is taken to go round in a circle. */
const MOST_ROUNDS = 10;

/** Takes over what the expressions came to. */
function workedOutWith(
  filling: Filling,
  { of, occurrences = {}, values, hushed, broken, problems, stopped }: Evaluation,
): Filling {
  if (of !== filling.changes) return filling;
  const { form } = filling;
  let { nodes } = filling;
  let isOther = false;
  const touched: string[] = [];
  for (const [key, count] of Object.entries(occurrences)) {
    nodes = replaced(nodes, key, (node) => withOccurrences(node, count));
    touched.push(...indexOf(form).watchers.keys());
    isOther = true;
  }
  for (const [key, calculated] of Object.entries(values)) {
    const node = nodeAt(nodes, key);
    if (!node || isAnsweredBy(node, calculated)) continue;
    nodes = replaced(nodes, key, (one) => ({ ...one, rows: rowsOf(one, calculated) }));
    touched.push(...(indexOf(form).watched.get(node.item) ?? []));
    isOther = true;
  }
  for (const [key, isHushed] of Object.entries(hushed)) {
    const node = nodeAt(nodes, key);
    if (!node || Boolean(node.hushed) === isHushed) continue;
    nodes = replaced(nodes, key, (one) => ({ ...one, hushed: isHushed }));
    touched.push(...(indexOf(form).watched.get(node.item) ?? []));
    isOther = true;
  }
  const rounds = filling.rounds + 1;
  const goesOn = isOther && rounds < MOST_ROUNDS;
  const circle: readonly FormProblem[] = isOther && !goesOn ? [{ reason: 'condition-loop' }] : [];
  return {
    ...filling,
    nodes: settled(form, nodes, touched),
    broken,
    problems: distinct([...filling.problems, ...problems, ...circle]),
    stopped: [...filling.stopped, ...stopped],
    changes: goesOn ? filling.changes + 1 : filling.changes,
    rounds,
    workedOut: filling.changes,
  };
}

/** Each problem once, however often it is met. */
const distinct = (problems: readonly FormProblem[]): readonly FormProblem[] => [
  ...new Map(problems.map((problem) => [`${problem.reason} ${problem.linkId}`, problem])).values(),
];

function isAnsweredBy(node: Node, values: readonly Value[]): boolean {
  const now = valuesOf(node);
  return now.length === values.length && now.every((value, index) => sameValue(value, values[index]!));
}
