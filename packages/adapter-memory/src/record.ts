import type { Confirmation, DetailName, DetailsConfirmation } from '@clinic-widgets/core/details.js';
import type { Books } from './books.ts';

/** A detail as it is to be; nothing where it is to be taken out. */
export type Change = readonly [field: DetailName, value: unknown];

/** Writes changes to what is known of a patient, which makes another version of it. */
export function change(books: Books, patientId: string, changes: readonly Change[]): void {
  const { details: before, version } = books.known.get(patientId)!;
  const after = Object.entries({ ...before, ...Object.fromEntries(changes) }).filter(
    ([, value]) => value !== undefined,
  );
  books.known.set(patientId, { details: Object.fromEntries(after), version: version + 1 });
}

/** Writes a line of the record: who, when, from where, and of which version. Never what. */
export function note(
  { confirmations }: Books,
  {
    acting: { patientId, representativeId },
    station: { kind: station },
    at,
    version,
  }: Pick<DetailsConfirmation, 'acting' | 'station' | 'at' | 'version'>,
  field: Confirmation['field'],
  act: Confirmation['act'],
): void {
  const by = station === 'desk' ? 'staff' : representativeId === undefined ? 'patient' : 'representative';
  const id = `confirmation-${confirmations.length + 1}`;
  confirmations.push({ id, patientId, field, act, at, station, by, representativeId, version });
}
