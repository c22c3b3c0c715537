import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import { objectsIn } from './elements.ts';
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
