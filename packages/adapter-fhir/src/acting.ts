import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { objectsIn } from './elements.ts';
import { AUTHORITY, AUTHORITY_CODES, CLAIMED, ROLES } from './vocabulary.ts';

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

/** What others call it (https://terminology.hl7.org/CodeSystem-v3-RoleCode.html). */
const ROLE_CODES: Readonly<Partial<Record<Authority, string>>> = {
  'health-care-proxy': 'HPOWATT',
  guardian: 'GUARD',
  parent: 'PRN',
};

function fromAuthority(authority: Authority): fhir.CodeableConcept {
  const role = ROLE_CODES[authority];
  return { coding: [{ system: AUTHORITY_CODES, code: authority }, ...(role ? [{ system: ROLES, code: role }] : [])] };
}

/**
 * Who acts, as what they write names them; in the patient's place, by what right, as it is now: what somebody is to a
 * patient may be another thing later, and what they did is not.
 */
export function actorOf({ patientId, representativeId }: Acting, authority?: Authority): fhir.Reference {
  if (representativeId === undefined) return { reference: `Patient/${patientId}` };
  const extension = authority && [{ url: AUTHORITY, valueCodeableConcept: fromAuthority(authority) }];
  return { ...(extension && { extension }), reference: `RelatedPerson/${representativeId}` };
}

/** The same in a Provenance, which has a place for the right (https://hl7.org/fhir/R4/provenance-definitions.html#Provenance.agent.role). */
export function agentOf(acting: Acting, authority: Authority): fhir.ProvenanceAgent {
  const who = actorOf(acting);
  if (acting.representativeId === undefined) return { who };
  return { role: [fromAuthority(authority)], who, onBehalfOf: { reference: `Patient/${acting.patientId}` } };
}
