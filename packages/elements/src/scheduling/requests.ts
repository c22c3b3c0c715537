import type { Choice, Person } from './state.ts';

/** First and last day, both counting. */
export interface Bounds {
  readonly from: string;
  readonly to: string;
}

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

const only = (id: string | undefined) => (id ? [id] : undefined);

/** The times that are asked for, in the contract's terms. */
export const filterOf = ({ visitType, filter: { mode, practitionerId, locationId, partOfDay } }: Choice) => ({
  visitTypeId: visitType.id,
  practitionerIds: only(practitionerId),
  locationIds: only(locationId),
  mode,
  partOfDay,
});

/** Who acts, and for whom, in the contract's terms. */
export const actingOf = ({ patientId, representativeId }: Person) => ({ patientId, representativeId });
