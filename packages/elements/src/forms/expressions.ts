import type { Constraint, FormItem, FormProblem, Value } from '@clinic-widgets/core/forms.js';
import type { Trouble } from './checks.ts';
import type { Evaluation, Question } from './evaluation.ts';
import { answerFrom, responseOf, type Response, type Result } from './fhir-answers.ts';
import type { Language, LanguageOf, Place, Scope } from './language.ts';
import { isOn, type Node, type Nodes, rowsOf, valuesOf, withOccurrences } from './tree.ts';

/** Hears of every expression before it is tried; one that it says no to is stopped. */
export type Begin = (linkId: string | undefined, expression: string) => boolean;

/** What has been worked out so far, and with what. */
interface Working {
  readonly question: Question;
  readonly response: Response;
  readonly language: Language;
  readonly begin: Begin;
  readonly occurrences: Record<string, number>;
  readonly values: Record<string, readonly Value[]>;
  readonly hushed: Record<string, boolean>;
  readonly broken: Record<string, Trouble>;
  readonly problems: FormProblem[];
  readonly stopped: string[];
}

/** Works out the expressions of a form, each against the answers as they stand. */
export function evaluate(question: Question, languageOf: LanguageOf, begin: Begin = () => true): Evaluation {
  const { form, nodes, of } = question;
  const response = responseOf(nodes);
  const language = languageOf(form, response);
  const found = { values: {}, hushed: {}, broken: {}, problems: [], stopped: [] };
  const occurrences = {};
  const working: Working = { question, response, language, begin, occurrences, ...found };

  const around: Place = { linkId: undefined, context: response.resource, scope: language.scope };
  const at = within(working, form, about(form, recordsOf(working, form, around)[0], around));
  visit(working, nodes, at.scope, true);
  check(working, (nodes.find(isOn) ?? nodes[0])?.key, form.constraints, at);
  return { of, ...found, ...(Object.keys(occurrences).length > 0 && { occurrences }) };
}

/** Tries something that a form asks for. Should it fail, that is noted, and it is not tried again. */
function attempt<T>(
  { question, begin, problems, stopped }: Working,
  linkId: string | undefined,
  text: string,
  go: () => T,
  failure: FormProblem['reason'] = 'expression',
): T | undefined {
  if (question.stopped.includes(text) || stopped.includes(text)) return undefined;
  let reason: FormProblem['reason'] = 'expression-stopped';
  if (begin(linkId, text)) {
    try {
      return go();
    } catch {
      reason = failure;
    }
  }
  problems.push({ ...(linkId !== undefined && { linkId }), reason });
  stopped.push(text);
  return undefined;
}

const run = (working: Working, text: string, at: Place): readonly unknown[] | undefined =>
  attempt(working, at.linkId, text, () => working.language.run(text, at));

const resultsAt = (working: Working, text: string, at: Place): readonly Result[] | undefined =>
  attempt(working, at.linkId, text, () => working.language.results(text, at));

/** The place with the variables that are in scope from there on. A later one may refer to an earlier one. */
function within(working: Working, { variables = [] }: Pick<FormItem, 'variables'>, at: Place): Place {
  for (const { name, expression } of variables) {
    at = { ...at, scope: { ...at.scope, [name]: run(working, expression, at) ?? [] } };
  }
  return at;
}

/** How many records a group begins with at most. */
const MOST_RECORDS = 100;

/** The records that something begins with. Where there is room for one, of several none: the parts of two make no third. */
function recordsOf(
  working: Working,
  { population, repeats, variables }: Pick<FormItem, 'population' | 'repeats' | 'variables'>,
  at: Place,
): readonly unknown[] {
  const { first, form } = working.question;
  if (!population || !first || form.purpose === 'safety') return [];
  const records = run(working, population.expression, within(working, { variables }, at)) ?? [];
  if (records.length <= (repeats ? MOST_RECORDS : 1)) return records;
  const reason = repeats ? 'too-many' : 'expression';
  working.problems.push({ ...(at.linkId !== undefined && { linkId: at.linkId }), reason });
  return repeats ? records.slice(0, MOST_RECORDS) : [];
}

/** The place with the record that it is about. */
const about = ({ population }: Pick<FormItem, 'population'>, record: unknown, at: Place): Place =>
  population ? { ...at, scope: { ...at.scope, [population.name]: record === undefined ? [] : [record] } } : at;

function visit(working: Working, nodes: Nodes, scope: Scope, isAsked: boolean): void {
  for (const node of nodes) {
    const look = node.item.type === 'group' ? visitGroup : visitQuestion;
    look(working, node, scope, isAsked && isOn(node));
  }
}

function visitGroup(working: Working, node: Node, scope: Scope, isAsked: boolean): void {
  const { item, key } = node;
  const { linkId } = item;
  const records = recordsOf(working, item, { linkId, context: { linkId }, scope });
  if (records.length > node.rows.length) working.occurrences[key] = records.length;
  const { rows } = withOccurrences(node, records.length);
  for (const [index, row] of (rows.length > 0 ? rows : [{ key: 0, nodes: [] }]).entries()) {
    const context = working.response.elements.get(row) ?? { linkId };
    const at = within(working, item, about(item, records[index], { linkId, context, scope }));
    // It is asked or not as a whole, which its first occurrence tells.
    if (index === 0) hush(working, node, at);
    if (isAsked) check(working, key, item.constraints, at);
    visit(working, row.nodes, at.scope, isAsked);
  }
}

function visitQuestion(working: Working, node: Node, scope: Scope, isAsked: boolean): void {
  const { item, key } = node;
  const { linkId } = item;
  const calculatedExpression = calculatedIn(working, item);
  const at = within(working, item, { linkId, context: working.response.elements.get(node) ?? { linkId }, scope });
  hush(working, node, at);
  const initial = initialOf(working, node, at);
  if (initial.length > 0) working.values[key] = initial;
  if (isAsked) {
    if (calculatedExpression !== undefined && !working.question.stopped.includes(calculatedExpression)) {
      working.values[key] = answersAt(working, item, calculatedExpression, at, 'only');
    }
    match(working, node);
    check(working, key, item.constraints, at);
  }
  // What is asked because of an answer that was just found is there at once.
  const rows = initial.length > 0 ? rowsOf(node, initial) : node.rows;
  for (const row of rows) visit(working, row.nodes, at.scope, isAsked && row.value !== undefined);
}

/** Finds out whether an item is to be asked. Where that cannot be known, asking is better than leaving out. */
function hush(working: Working, { item, key }: Node, at: Place): void {
  if (item.enableWhenExpression === undefined) return;
  const results = resultsAt(working, item.enableWhenExpression, at);
  working.hushed[key] = results !== undefined && !(results.length === 1 && results[0]!.value === true);
}

/** What answers a question for the patient: none does in a form that somebody's safety hangs on, but what they cannot change. */
const calculatedIn = (
  { question }: Working,
  { calculatedExpression, readOnly, hidden }: FormItem,
): string | undefined =>
  question.form.purpose === 'safety' && !readOnly && !hidden ? undefined : calculatedExpression;

/** What a question begins with. Nothing is answered beforehand in a form that somebody's safety hangs on. */
function initialOf(working: Working, node: Node, at: Place): readonly Value[] {
  const { first, form } = working.question;
  const { initialExpression } = node.item;
  if (!first || form.purpose === 'safety' || !initialExpression || valuesOf(node).length > 0) return [];
  return answersAt(working, node.item, initialExpression, at, 'first');
}

/** What an expression answers. One of several to begin with can be corrected; a calculation with several went wrong. */
function answersAt(
  working: Working,
  item: FormItem,
  text: string,
  at: Place,
  which: 'first' | 'only',
): readonly Value[] {
  const results = resultsAt(working, text, at) ?? [];
  const answers = results.flatMap((result) => answerFrom(item, result) ?? []);
  const isOneTooMany = !item.repeats && results.length > 1;
  if (which === 'first' && isOneTooMany && answers.length > 0) return answers.slice(0, 1);
  if (!isOneTooMany && answers.length === results.length) return answers;
  working.problems.push({ linkId: item.linkId, reason: 'expression' });
  return isOneTooMany ? [] : answers;
}

/** Whether what was written is of the form that it must have. */
function match(working: Working, node: Node): void {
  const { linkId, pattern } = node.item;
  const values = valuesOf(node);
  const written = values.flatMap((value) => ('string' in value ? value.string : 'uri' in value ? value.uri : []));
  if (pattern === undefined || written.length === 0) return;
  const test = () => {
    const whole = wholly(pattern);
    return written.every((words) => whole.test(words));
  };
  if (attempt(working, linkId, pattern, test, 'pattern') === false) working.broken[node.key] = { reason: 'pattern' };
}

/** A pattern that all of a text must match. Most are written for other languages, not all of whose escapes are ours. */
function wholly(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return new RegExp(`^(?:${pattern})$`);
  }
}

/** Whether the rules of an item, or of the form, hold. */
function check(working: Working, key: string | undefined, constraints: readonly Constraint[] = [], at: Place): void {
  for (const { expression, text, severity } of constraints) {
    if (severity !== 'error' || key === undefined || working.broken[key]) continue;
    const results = resultsAt(working, expression, at) ?? [];
    // A rule about what is not answered yet comes to nothing.
    if (results.some(({ value }) => value === false)) working.broken[key] = { reason: 'constraint', text };
  }
}
