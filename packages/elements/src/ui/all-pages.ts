type Find<T> = (page: { cursor?: string }) => Promise<{ items: readonly T[]; next?: string | undefined }>;

/** Everything a short list has, up to as many pages as a patient could ever look through. */
export async function allPages<T>(find: Find<T>): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page === 0 || (cursor && page < 10); page += 1) {
    const found = await find(cursor ? { cursor } : {});
    items.push(...found.items);
    cursor = found.next;
  }
  return items;
}
