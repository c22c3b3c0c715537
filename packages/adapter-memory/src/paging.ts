import { ClinicError } from '@clinic-widgets/core/errors.js';

/** What items are ordered by, most significant first. No two items share one. */
export type Key = readonly (string | number)[];

/** The part of a query that asks for a page. */
export interface Paging {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const USUAL_LIMIT = 100;

/** Orders keys, item by item. */
export function compareKeys(a: Key, b: Key): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part < other) return -1;
    if (part > other) return 1;
  }
  return 0;
}

/**
 * The key that a page starts after. A cursor names the last item seen, not a position, so that what is
 * taken or given back between two pages makes no item come twice or not at all.
 */
export function keyOf(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(decodeURIComponent(cursor));
    if (Array.isArray(key)) return key as Key;
  } catch {
    // Refused below, as any other cursor that was not made here.
  }
  throw new ClinicError('invalid', 'The cursor is not one of this clinic.', { paths: [['cursor']] });
}

/** The next items of those that come in order, with a cursor where there are more. */
export function pageOf<T, R>(
  items: Iterable<T>,
  { limit = USUAL_LIMIT }: Paging,
  key: (item: T) => Key,
  show: (item: T) => R,
): { items: R[]; next?: string } {
  const shown: R[] = [];
  let last: T | undefined;
  for (const item of items) {
    if (shown.length === limit && last) return { items: shown, next: encodeURIComponent(JSON.stringify(key(last))) };
    shown.push(show(item));
    last = item;
  }
  return { items: shown };
}

/** A page of a list that is not in order yet. */
export function pageOfList<T, R>(
  list: Iterable<T>,
  paging: Paging,
  key: (item: T) => Key,
  show: (item: T) => R,
): { items: R[]; next?: string } {
  const after = paging.cursor === undefined ? undefined : keyOf(paging.cursor);
  const rest = [...list]
    .filter((item) => !after || compareKeys(key(item), after) > 0)
    .sort((a, b) => compareKeys(key(a), key(b)));
  return pageOf(rest, paging, key, show);
}
