import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import { authorityOf } from './authorities.ts';
import type { Asking } from './client.ts';
import { idOf } from './datatypes.ts';
import type { Setting } from './setting.ts';

/** Lets those pass who may act for the patient, and says by what right. */
export async function admit(
  { client, ability, now }: Setting,
  { patientId, representativeId }: Acting,
  asking: Asking,
): Promise<Authority> {
  const [person] = await Promise.all([
    representativeId === undefined
      ? undefined
      : client.read<fhir.RelatedPerson>('RelatedPerson', representativeId, asking).catch(notThere),
    ability.can('Patient', 'read') && client.read<fhir.Patient>('Patient', patientId, asking),
  ]);
  if (representativeId !== undefined) ensureActing(person, patientId, now);
  return authorityOf(person);
}

/** Lets somebody pass who may act for the patient at that moment. */
export function ensureActing(person: fhir.RelatedPerson | undefined, patientId: string, now: number): void {
  const acts =
    idOf(person?.patient, 'Patient') === patientId &&
    person?.active !== false &&
    !(Date.parse(person?.period?.end ?? '') < now);
  if (!acts) throw new ClinicError('forbidden', 'The representative may not act for the patient.');
}

/** Nobody, where there is no such person. */
export function notThere(error: unknown): undefined {
  if (!isClinicError(error) || error.code !== 'not-found') throw error;
}
