import type * as fhir from 'fhir/r4.js';

/** Anything that may stand in a resource. */
export type Loose = Readonly<Record<string, unknown>>;

/** How deep a form may be, and how many items it may have: what is beyond that is left out. */
export const MOST_DEEP = 40;
export const MOST_ITEMS = 5000;

/** An object, where the server has put one. */
export const objectOf = (raw: unknown): Loose => (typeof raw === 'object' && raw ? (raw as Loose) : {});

/** The extensions of an element that make sense. */
export const extensionsIn = (element: unknown): fhir.Extension[] => objectsIn(objectOf(element)['extension']);

/** A text that says something. */
export const textOf = (raw: unknown): string | undefined => (typeof raw === 'string' && raw ? raw : undefined);

/** A Questionnaire and all of its items that are used, as they stand there. */
export function elementsOf(questionnaire: object): readonly Loose[] {
  const found: Loose[] = [];
  const within = (element: Loose, depth: number) => {
    if (found.length > MOST_ITEMS) return;
    found.push(element);
    const { item } = element;
    if (depth >= MOST_DEEP || !Array.isArray(item)) return;
    for (const inner of item) within(objectOf(inner), depth + 1);
  };
  within(questionnaire as Loose, 0);
  return found;
}

/** The objects of a list, where the server has put one. */
export const objectsIn = <T extends object>(list: unknown): T[] =>
  Array.isArray(list) ? (list as unknown[]).filter((one): one is T => typeof one === 'object' && one !== null) : [];

/** An element without some of what is in it, and without what extends these. */
export function without<T extends object>(element: T, ...names: readonly string[]): T {
  const out = names.flatMap((name) => [name, `_${name}`]);
  return Object.fromEntries(Object.entries(element).filter(([name]) => !out.includes(name))) as T;
}
