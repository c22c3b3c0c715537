import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { ensureActing, notThere } from './admission.ts';
import { visitTypeIdsIn } from './appointments.ts';
import type { Asking } from './client.ts';
import { objectsIn } from './elements.ts';
import { receptionOf } from './reception.ts';
import type { Setting } from './setting.ts';
import { CLAIMED, ROLES } from './vocabulary.ts';

/** Where codes of what somebody is to a patient come from (https://hl7.org/fhir/R4/valueset-relatedperson-relationshiptype.html). */
const SYSTEMS: readonly (string | undefined)[] = [
  ROLES,
  'http://terminology.hl7.org/CodeSystem/v3-RoleClass',
  'http://terminology.hl7.org/CodeSystem/v2-0063',
];

/** By what right somebody may act, by what they are to the patient: what somebody was appointed to comes before kinship. */
const AUTHORITIES: readonly (readonly [authority: Authority, codes: readonly string[]])[] = [
  ['health-care-proxy', ['HPOWATT', 'DPOWATT', 'POWATT', 'SPOWATT']],
  ['guardian', ['GUARD', 'GUADLTM', 'GRD']],
  ['parent', ['PRN', 'MTH', 'FTH', 'NPRN', 'NMTH', 'NFTH', 'ADOPTP', 'ADOPTM', 'ADOPTF', 'PRNFOST', 'PAR']],
  ['caregiver', ['CAREGIVER', 'CGV']],
];

/** By what right somebody acts for a patient, as the clinic has it on record. */
export function authorityOf(person: fhir.RelatedPerson | undefined): Authority {
  if (!person) return 'self';
  // Nobody has looked into it.
  if (objectsIn<fhir.Identifier>(person.identifier).some(({ system }) => system === CLAIMED)) return 'unknown';
  const codes = objectsIn<fhir.CodeableConcept>(person.relationship)
    .flatMap(({ coding }) => objectsIn<fhir.Coding>(coding))
    .flatMap(({ system, code }) => (SYSTEMS.includes(system) && code ? [code] : []));
  return AUTHORITIES.find(([, own]) => codes.some((code) => own.includes(code)))?.[0] ?? 'unknown';
}

/** Who acts, for whom, and by what right. */
export interface Represented {
  readonly patient: fhir.Patient;
  readonly authority: Authority;
  /** Whether somebody acts for a patient who is old enough for that, or by no right on record: how to reach the patient is not theirs to see. */
  readonly isPrivate: boolean;
}

/** Lets those pass who may act for the patient, and says by what right. */
export async function represented(setting: Setting, acting: Acting, asking: Asking): Promise<Represented> {
  const { client, now } = setting;
  const { patientId, representativeId } = acting;
  const [patient, person] = await Promise.all([
    client.read<fhir.Patient>('Patient', patientId, asking),
    representativeId === undefined
      ? undefined
      : client.read<fhir.RelatedPerson>('RelatedPerson', representativeId, asking).catch(notThere),
  ]);
  if (representativeId === undefined) return { patient, authority: 'self', isPrivate: false };
  ensureActing(person, patientId, now);
  const authority = authorityOf(person);
  return { patient, authority, isPrivate: authority === 'unknown' || isOfAge(setting, patient) };
}

/** Whether a patient has reached the clinic's privacy age. Of whom it cannot be told, it is taken to be so. */
function isOfAge(setting: Setting, { birthDate }: fhir.Patient): boolean {
  const { ability, now } = setting;
  const age = receptionOf(setting).privacyAge;
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(`${birthDate}`) ?? [];
  if (!year) return true;
  const today = dayOf(new Date(now).toISOString(), ability.clinic.timeZone);
  return `${String(Number(year) + age).padStart(4, '0')}-${month}-${day}` <= today;
}

/** Whether somebody may know what a visit is for: above the clinic's privacy age, some are the patient's alone. */
export const maySee = (
  setting: Setting,
  { isPrivate }: Pick<Represented, 'isPrivate'>,
  visit: fhir.Appointment,
): boolean => !isPrivate || !visitTypeIdsIn(visit).some((id) => receptionOf(setting).privateVisitTypeIds.includes(id));

/** Lets those sign who may: for somebody whose authority nobody has looked into, the desk does. */
export function ensureKnown({ authority }: Pick<Represented, 'authority'>): void {
  if (authority === 'unknown') throw new ClinicError('forbidden', 'The authority to sign is not on record.');
}

/** Whether staff say it: a page has no desk, and what it says of itself is not believed. */
export const isStaff = ({ options }: Setting, { kind }: { readonly kind: string }): boolean =>
  kind === 'desk' && options.onServer !== undefined;
