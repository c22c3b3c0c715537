// Compares what a patient has answered with what the clinic has.
import { sameValue } from '@clinic-widgets/core/answers.js';
import type { Form, FormItem, ResponseItem, Value } from '@clinic-widgets/core/forms.js';
import { expect } from '@playwright/test';
import type { Answered } from './patient.ts';

/** The items of a form from the outermost to the one that is meant. */
type Line = readonly FormItem[];

/** The answers to each item, by its line of names, in order. */
type ByName = Map<string, { readonly line: Line; readonly values: Value[] }>;

/** Holds that the clinic has every answer that was given, where it was given, and no other. */
export function expectAnswers(form: Form, answered: Answered, items: readonly ResponseItem[]): void {
  const [given, had] = [givenIn(form, answered), hadIn(form, items)];
  for (const [name, { line, values }] of given) {
    const found = had.get(name)?.values ?? [];
    if (!isAlwaysAsked(line) && found.length < values.length) continue;
    if (!isFilledIn(line)) expect(found.length, name).toBe(values.length);
    for (const value of values)
      expect(
        found.some((one) => isMeant(value, one)),
        `${name}: ${said(value)} in ${said(found)}`,
      ).toBe(true);
  }
  for (const [name, { line, values }] of had) {
    if (isFilledIn(line)) continue;
    const known = given.get(name)?.values ?? [];
    for (const value of values)
      expect(
        known.some((one) => isMeant(one, value)),
        `${name}: ${said(value)} in ${said(known)}`,
      ).toBe(true);
  }
}

const said = (value: unknown): string => JSON.stringify(value);

/** Whether nothing that was answered can take the question away. */
const isAlwaysAsked = (line: Line): boolean =>
  line.every(({ enableWhen, enableWhenExpression }) => !enableWhen && enableWhenExpression === undefined);

/** Whether the form itself may have answered. */
const isFilledIn = (line: Line): boolean =>
  line.some(
    ({ initial, readOnly, hidden, calculatedExpression, initialExpression }) =>
      initial !== undefined ||
      readOnly ||
      hidden ||
      calculatedExpression !== undefined ||
      initialExpression !== undefined,
  );

function givenIn({ items }: Form, answered: Answered): ByName {
  const found: ByName = new Map();
  const inOrder = [...answered].sort(([a], [b]) => compareSteps(a, b));
  for (const [place, value] of inOrder) note(found, lineAt(items, place.split(' ')[0]!), value);
  return found;
}

function compareSteps(a: string, b: string): number {
  const [one, other] = [a, b].map((place) => place.split(/[ .]/).map(Number)) as [number[], number[]];
  const at = one.findIndex((step, index) => step !== other[index]);
  return at < 0 ? -1 : one[at]! - (other[at] ?? -1);
}

function lineAt(items: readonly FormItem[], place: string): Line {
  const [index, , ...rest] = place.split('.');
  const item = items[Number(index)]!;
  return rest.length > 0 ? [item, ...lineAt(item.items ?? [], rest.join('.'))] : [item];
}

function hadIn(form: Form, response: readonly ResponseItem[]): ByName {
  const found: ByName = new Map();
  const look = (asked: readonly FormItem[] = [], given: readonly ResponseItem[] = [], above: Line): void => {
    for (const { linkId, answers = [], items } of given) {
      const item = asked.find((one) => one.linkId === linkId);
      expect(item, `${linkId} is asked here`).toBeDefined();
      const line = [...above, item!];
      for (const answer of answers) {
        note(found, line, answer.value);
        look(item!.items, answer.items, line);
      }
      look(item!.items, items, line);
    }
  };
  look(form.items, response, []);
  return found;
}

function note(found: ByName, line: Line, value: Value): void {
  const name = line.map(({ linkId }) => linkId).join(' › ');
  const known = found.get(name) ?? { line, values: [] };
  found.set(name, known);
  known.values.push(value);
}

/** Whether a value is the one that the patient meant: a name that was typed has no code, and a moment no zone. */
function isMeant(meant: Value, value: Value): boolean {
  if ('dateTime' in meant && 'dateTime' in value) return value.dateTime.startsWith(meant.dateTime);
  if ('quantity' in meant && 'quantity' in value) return meant.quantity.value === value.quantity.value;
  if ('coding' in meant && 'coding' in value && !meant.coding.code)
    return meant.coding.display === value.coding.display;
  return sameValue(meant, value);
}
