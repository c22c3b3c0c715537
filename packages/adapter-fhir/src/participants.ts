import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Asking } from './client.ts';
import { idAmong } from './datatypes.ts';
import type { Setting } from './setting.ts';

/** Who and what takes part in an appointment. */
export const actorsOf = ({ participant = [] }: fhir.Appointment): (fhir.Reference | undefined)[] =>
  participant.map((one) => one?.actor);

/** The appointment of the patient's: one of someone else is none of theirs, and one entered in error is none at all. */
export async function ownAppointment(
  { client }: Setting,
  patientId: string,
  id: string,
  asking: Asking,
): Promise<fhir.Appointment> {
  const found = await client.read<fhir.Appointment>('Appointment', id, asking);
  const isOwn = idAmong(actorsOf(found), 'Patient') === patientId;
  if (isOwn && found.status !== 'entered-in-error') return found;
  throw new ClinicError('not-found', 'There is no such appointment.');
}
