import type { Choice, Person } from './state.ts';

/** First and last day, both counting. */
export interface Bounds {
  readonly from: string;
  readonly to: string;
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
