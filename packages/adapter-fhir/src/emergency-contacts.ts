import type * as fhir from 'fhir/r4.js';
import type { EmergencyContact } from '@clinic-widgets/core/details.js';
import { pointOf, withPoint } from './contact-points.ts';
import { writtenName } from './datatypes.ts';
import { objectsIn, textOf } from './elements.ts';
import { isOver } from './periods.ts';
import { CONTACT_ROLES } from './vocabulary.ts';

type Contact = fhir.PatientContact;

const EMERGENCY: readonly unknown[] = ['C', 'EP'];

const isForEmergency = ({ coding }: fhir.CodeableConcept): boolean =>
  objectsIn<fhir.Coding>(coding).some(({ system, code }) => system === CONTACT_ROLES && EMERGENCY.includes(code));

const rolesOf = ({ relationship }: Contact) => objectsIn<fhir.CodeableConcept>(relationship);

/** The contact of a patient's that is there for emergencies: others are not asked for, and not shown. */
function contactIn({ contact }: fhir.Patient, today: string): Contact | undefined {
  return objectsIn<Contact>(contact).find(
    (one) => rolesOf(one).some(isForEmergency) && !isOver(one.period, today) && one.name && writtenName(one.name),
  );
}

/** What the contact is to the patient besides that, in words. */
function relationshipOf(contact: Contact): string | undefined {
  const words = rolesOf(contact).flatMap((role) => {
    const codings = objectsIn<fhir.Coding>(role.coding).filter((coding) => !isForEmergency({ coding: [coding] }));
    const shown = codings.map(({ display }) => textOf(display)).find(Boolean);
    // What is said of the role in an emergency alone tells no more than that.
    const said = codings.length || !isForEmergency(role) ? textOf(role.text) : undefined;
    return said ?? shown ?? [];
  });
  return words[0];
}

/** Whom to call in an emergency. */
export function emergencyContactIn(patient: fhir.Patient, today: string): EmergencyContact | undefined {
  const contact = contactIn(patient, today);
  if (!contact) return undefined;
  const relationship = relationshipOf(contact);
  const phone = pointOf(contact.telecom, 'phone', today)?.value;
  return { name: writtenName(contact.name!), ...(relationship && { relationship }), ...(phone && { phone }) };
}

/** The contacts with the one for emergencies changed, or taken out; all others are as they were. */
export function withEmergencyContact(
  patient: fhir.Patient,
  next: EmergencyContact | undefined,
  today: string,
): Contact[] {
  const all = [...(patient.contact ?? [])];
  const found = contactIn(patient, today);
  if (!next) return all.flatMap((one) => (one === found ? forOthers(one) : [one]));
  if (!found) return [...all, changed({ relationship: [role] }, next, today)];
  return all.map((one) => (one === found ? changed(one, next, today) : one));
}

const role: fhir.CodeableConcept = { coding: [{ system: CONTACT_ROLES, code: 'C', display: 'Emergency Contact' }] };

/** What a contact still is who is not to be called any more: next of kin, say; else nothing. */
function forOthers(contact: Contact): Contact[] {
  const others = rolesOf(contact).flatMap((one) => {
    const coding = objectsIn<fhir.Coding>(one.coding).filter((code) => !isForEmergency({ coding: [code] }));
    if (coding.length) return [{ ...one, coding }];
    return isForEmergency(one) ? [] : [one];
  });
  return others.some(({ coding }) => coding?.length) ? [{ ...contact, relationship: others }] : [];
}

function changed(contact: Contact, { name, relationship, phone }: EmergencyContact, today: string): Contact {
  const isNamed = contact.name && writtenName(contact.name) === name;
  const telecom = withPoint(contact.telecom, 'phone', phone, today);
  const { telecom: _, relationship: __, ...rest } = contact;
  return {
    ...rest,
    relationship: relationship === relationshipOf(contact) ? rolesOf(contact) : rolesWith(contact, relationship),
    name: isNamed ? contact.name! : { text: name },
    ...(telecom.length && { telecom }),
  };
}

/** The roles of a contact who is something else to the patient; that they are to be called stays. */
function rolesWith(contact: Contact, relationship: string | undefined): fhir.CodeableConcept[] {
  const kept = rolesOf(contact).flatMap((one) => {
    const coding = objectsIn<fhir.Coding>(one.coding).filter(({ system }) => system === CONTACT_ROLES);
    return coding.length ? [{ coding }] : [];
  });
  return [...kept, ...(relationship ? [{ text: relationship }] : [])];
}
