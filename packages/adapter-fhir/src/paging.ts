/** The part of a query that asks for a page. */
export interface Paging {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** An item of a list, and what it is ordered by: no two items have the same. */
export type Keyed<T> = readonly [key: string, item: T];

/** How many items a page has where nobody says. */
export const USUAL_LIMIT = 100;

/**
 * The first items behind the cursor, in order. A cursor is the key of the last item seen, not a position, so that what
 * changes between two pages makes no item come twice or not at all.
 */
export function pageOf<T>(list: readonly Keyed<T>[], { cursor = '', limit = USUAL_LIMIT }: Paging) {
  const rest = list.filter(([key]) => key > cursor).sort(([a], [b]) => (a < b ? -1 : 1));
  const page = rest.slice(0, limit);
  return { items: page.map(([, item]) => item), ...(rest.length > limit && { next: page.at(-1)![0] }) };
}

/** A page of a list of what has a name, each once, by name. */
export function listed<T extends { readonly id: string; readonly name: string }>(
  list: readonly (T | undefined)[],
  query: Paging,
) {
  const keyed = new Map(list.flatMap((one) => (one ? [[`${one.name}\n${one.id}`, one]] : [])));
  return pageOf([...keyed], query);
}
