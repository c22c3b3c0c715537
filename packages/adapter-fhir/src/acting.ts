import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { AUTHORITY, AUTHORITY_CODES, ROLES } from './vocabulary.ts';

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
