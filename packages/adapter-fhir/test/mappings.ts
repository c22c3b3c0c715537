import type * as fhir from 'fhir/r4.js';
import { isHold, keysOf, toAppointment, visitTypeIn } from '../src/appointments.ts';
import { askedFor, toDocument } from '../src/consent-documents.ts';
import { toRecordedConsent } from '../src/consent-records.ts';
import { toCoverage } from '../src/coverages.ts';
import { toDetails } from '../src/demographics.ts';
import { toProgram } from '../src/programs.ts';
import { actorsOf } from '../src/participants.ts';
import { nameOf } from '../src/datatypes.ts';
import { type Directory, toLocation, toPractitioner } from '../src/directory.ts';
import { lenient, type Warn } from '../src/lenient.ts';
import { toOrder } from '../src/orders.ts';
import { markOf, stateOf } from '../src/slot-marks.ts';
import { toSlot } from '../src/slots.ts';
import { isFor, modesOf, toVisitType } from '../src/visit-types.ts';

export const ZONE = 'America/New_York';
const TODAY = '2026-03-02';

const nobody: Directory = { practitioner: () => undefined, location: () => undefined, place: () => undefined };
const nowhere = { practitioner: undefined, location: undefined, timeZone: ZONE };
const service: fhir.HealthcareService = { resourceType: 'HealthcareService', id: 'check-up', name: 'Check-up' };

type Mapping = (resource: never) => unknown;

/** Everything that is made of a resource of each type. */
export const mappings: Readonly<Record<string, Mapping>> = {
  Slot: (slot: fhir.Slot) => [toSlot(slot, nowhere), markOf(slot), stateOf(slot, 0), modesOf(slot)][0],
  Schedule: (schedule: fhir.Schedule) => [isFor(service, schedule), modesOf(schedule)],
  Appointment: (one: fhir.Appointment) =>
    [toAppointment(one, nobody, ZONE), actorsOf(one), isHold(one), keysOf(one), visitTypeIn(one)][0],
  HealthcareService: (one: fhir.HealthcareService) => toVisitType(one),
  Practitioner: (person: fhir.Practitioner) => toPractitioner(person),
  PractitionerRole: (role: fhir.PractitionerRole) =>
    toPractitioner({ resourceType: 'Practitioner', id: 'p', name: [{ text: 'P' }] }, role),
  Location: (place: fhir.Location) => toLocation(place, ZONE),
  Patient: (patient: fhir.Patient) => [toDetails(patient, TODAY), nameOf(patient.name)][0],
  Coverage: (coverage: fhir.Coverage) => toCoverage(coverage, () => undefined, ZONE),
  Consent: (consent: fhir.Consent) => toRecordedConsent(consent, ZONE, TODAY),
  DocumentReference: (document: fhir.DocumentReference) => [toDocument(document, 'es'), askedFor(document)][0],
  PlanDefinition: (plan: fhir.PlanDefinition) => toProgram(plan, { formIds: [], documentIds: [] }, undefined, 'es'),
  ServiceRequest: (request: fhir.ServiceRequest) => toOrder(request, [service], undefined),
};

/** What a mapping makes of a resource, as it is used everywhere: nothing, and a warning, where it is not fit. */
export const mapped = (
  resource: { readonly resourceType: string; readonly id?: string | undefined },
  warn: Warn,
): unknown => lenient(resource, mappings[resource.resourceType] as (one: typeof resource) => unknown, warn);
