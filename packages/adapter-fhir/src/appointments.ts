import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { Appointment, AppointmentStatus, Need } from '@clinic-widgets/core/appointments.js';
import { dayOf, inZone } from '@clinic-widgets/core/time.js';
import { extensionsOf, idAmong, idOf, momentOf, tokensOf, wordedIn, wordsOf } from './datatypes.ts';
import type { Asking } from './client.ts';
import { type Directory, directoryOf } from './directory.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { actorsOf } from './participants.ts';
import type { Setting } from './setting.ts';
import { modesOf, serviceReferenceOf } from './visit-types.ts';
import { NEED, WRITE_KEY } from './vocabulary.ts';

/** An appointment, with the people and places that it names. */
export function toAppointment(resource: fhir.Appointment, directory: Directory, clinicZone: string): Appointment {
  const { id = '', meta, status, start, end, basedOn = [] } = resource;
  if (status === 'entered-in-error') throw new LeftOut('entered-in-error');
  if (!AppointmentStatus.safeParse(status).success) throw new LeftOut('unknown-status');
  if (start !== undefined && momentOf(start) === undefined) throw new LeftOut('no-start');
  const actors = actorsOf(resource);
  const patientId = idAmong(actors, 'Patient');
  if (!patientId) throw new LeftOut('no-patient');

  const location = directory.location(actors);
  const timeZone = location?.timeZone ?? clinicZone;
  const zoned = (instant: string | undefined) =>
    instant === undefined || momentOf(instant) === undefined ? undefined : inZone(instant, timeZone);
  const needs = needsOf(resource);
  return held(Appointment, {
    id,
    version: meta?.versionId ?? '',
    status,
    patientId,
    start: zoned(start),
    end: zoned(end),
    timeZone,
    requested: requestedOf(resource, timeZone),
    visitType: visitTypeIn(resource),
    practitioner: directory.practitioner(actors),
    location,
    mode: modesOf(resource)[0],
    instructions: resource.patientInstruction,
    language: wordedIn(resource),
    needs: needs.length ? needs : undefined,
    orderId: idAmong(basedOn, 'ServiceRequest'),
  });
}

/** Everything that says what an appointment is for, whether or not there are words for it: a service first, then codes. */
export const visitTypeIdsIn = (appointment: fhir.Appointment): string[] => [
  ...servicesIn(appointment).flatMap((one) => idOf(one, 'HealthcareService') ?? []),
  ...tokensOf(appointment.serviceType),
];

/** What an appointment is for: a service, or the code of one. */
export function visitTypeIn(appointment: fhir.Appointment): Appointment['visitType'] {
  const [id] = visitTypeIdsIn(appointment);
  const name = wordsOf(appointment.serviceType?.[0]) ?? servicesIn(appointment)[0]?.display;
  return name ? { id, name } : undefined;
}

/** The references to services among those who take part, and in what it is for. */
function servicesIn(appointment: fhir.Appointment): fhir.Reference[] {
  const references = [...actorsOf(appointment), ...(appointment.serviceType ?? []).map(serviceReferenceOf)];
  return references.flatMap((one) => (one && idOf(one, 'HealthcareService') ? [one] : []));
}

function requestedOf({ requestedPeriod = [] }: fhir.Appointment, timeZone: string): Appointment['requested'] {
  const dayIn = (time: string | undefined) =>
    momentOf(time) === undefined ? /^\d{4}-\d\d-\d\d$/.exec(time ?? '')?.[0] : dayOf(time!, timeZone);
  const [from, to] = [dayIn(requestedPeriod[0]?.start), dayIn(requestedPeriod[0]?.end)];
  return from && to ? { from, to } : undefined;
}

function needsOf(appointment: fhir.Appointment): Need[] {
  return extensionsOf(appointment, NEED).flatMap((need) => {
    const kind = extensionsOf(need, 'kind')[0]?.valueCoding?.code;
    const language = extensionsOf(need, 'language')[0]?.valueCode;
    const { success, data } = Need.safeParse({ kind, language });
    return success ? [data] : [];
  });
}

/** An appointment as the contract has it. */
export async function show(
  setting: Setting,
  appointment: fhir.Appointment,
  asking: Asking,
  known?: Directory,
): Promise<Appointment> {
  const directory = known ?? (await directoryOf(setting, actorsOf(appointment), [], asking));
  const shown = lenient(
    appointment,
    (one) => toAppointment(one, directory, setting.ability.clinic.timeZone),
    setting.warn,
  );
  if (shown) return shown;
  if (appointment.status === 'entered-in-error') throw new ClinicError('not-found', 'There is no such appointment.');
  throw new ClinicError('unexpected', 'The appointment makes no sense.');
}

/** The keys of the writes that made the appointment what it is. */
export const keysOf = ({ identifier = [] }: fhir.Appointment): string[] =>
  identifier.flatMap(({ system, value }) => (system === WRITE_KEY && value) || []);

/** What is added to the key of a call, to tell what it has done to an appointment. */
export const HELD = '/held';

/** Whether an appointment is only a time held for a patient who confirms, at a server that keeps holds so. */
export function isHold(appointment: fhir.Appointment): boolean {
  const keys = keysOf(appointment);
  return keys.length > 0 && keys.every((key) => key.endsWith(HELD));
}
