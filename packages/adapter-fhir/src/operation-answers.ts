import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { listOf } from './client.ts';
import { issuesOf } from './outcomes.ts';

/** The appointment in what an operation answers with: by itself, in a Bundle, or instead of it why there is none. */
export function appointmentIn(content: unknown): fhir.Appointment {
  const { entry } = content as fhir.Bundle<fhir.FhirResource>;
  const resources = [content as fhir.FhirResource | undefined, ...listOf(entry).map((one) => one?.resource)];
  const found = resources.find((one): one is fhir.Appointment => one?.resourceType === 'Appointment');
  if (found) return found;
  // IHE's servers say so with HTTP 200: https://profiles.ihe.net/ITI/Scheduling/ITI-117.html
  const refused = resources.some((one) => issuesOf(one).length > 0);
  throw new ClinicError(refused ? 'conflict' : 'unexpected', 'The operation made no appointment.', { cause: content });
}
