import {
  BOOKING_CODES,
  CHECK_IN_CODE,
  MODE,
  NEED_CODES,
  PLACE_CHARACTERISTIC,
  SCHEDULING_PARAMETERS,
  SERIES,
  SERVICE_MODES,
  SERVICE_REFERENCE,
  TIME_ZONE,
} from '@clinic-widgets/adapter-fhir/vocabulary.js';
import type { HarborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type * as fhir from 'fhir/r4.js';
import { checkInResources } from './harbor-check-in.ts';
import { formExtensions, formResources } from './harbor-forms.ts';
import { fromCoverage, fromDocument, fromPatient, fromProgram, fromRepresentative } from './harbor-records.ts';

const VISIT_TYPES = 'https://harbor.example/visit-types';
const LANGUAGES = 'urn:ietf:bcp:47';

type Of<K extends keyof HarborClinic> = HarborClinic[K] extends readonly (infer T)[] ? T : never;

/** Harbor Clinic as FHIR R4 resources, each under the id that it has in the seed. */
export function harborResources(seed: HarborClinic): fhir.FhirResource[] {
  const schedules = new Map(seed.slots.map((slot) => [scheduleId(slot), slot]));
  return [
    ...seed.visitTypes.map((visitType) => healthcareService(visitType, seed)),
    ...seed.practitioners.map(practitioner),
    ...seed.locations.map((location) => place(location, seed)),
    ...[...schedules.values()].map((slot) => schedule(slot, seed)),
    ...seed.slots.map((one) => slot(one, seed)),
    ...seed.patients.map(fromPatient),
    ...seed.representatives.flatMap(relatedPersons),
    ...seed.orders.map((order) => serviceRequest(order, seed)),
    ...seed.appointments.map((one) => appointment(one, seed)),
    ...formResources(seed),
    ...seed.coverages.map(fromCoverage),
    ...seed.consentDocuments.map(fromDocument),
    ...seed.programs.map(fromProgram),
    ...checkInResources(seed),
  ];
}

const MODE_CODES = { 'in-person': 'in-person', video: 'videoconference', phone: 'telephone' } as const;

const modeConcept = (mode: keyof typeof MODE_CODES): fhir.CodeableConcept => ({
  coding: [{ system: SERVICE_MODES, code: MODE_CODES[mode] }],
});

const concept = (system: string, code: string): fhir.CodeableConcept => ({ coding: [{ system, code }] });

function healthcareService(visitType: Of<'visitTypes'>, seed: HarborClinic): fhir.HealthcareService {
  const { interpreters } = seed;
  const { id, name, description, minutes, modes, instructions, orderOnly, series } = visitType;
  const duration = { value: minutes ?? 30, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' };
  return {
    resourceType: 'HealthcareService',
    id,
    ...(visitType.language && { language: visitType.language }),
    active: true,
    name,
    type: [{ coding: [{ system: VISIT_TYPES, code: id, display: name }], text: name }],
    ...(description && { comment: description }),
    ...(instructions && { extraDetails: instructions }),
    characteristic: [
      ...modes.map(modeConcept),
      // Harbor Clinic always finds more time.
      concept(NEED_CODES, 'more-time'),
      ...(orderOnly ? [concept(BOOKING_CODES, 'order-only')] : []),
    ],
    communication: [...interpreters.spoken, ...interpreters.sign].map((code) => concept(LANGUAGES, code)),
    extension: [
      { url: SCHEDULING_PARAMETERS, extension: [{ url: 'duration', valueDuration: duration }] },
      ...(series ? [seriesOf(series)] : []),
      ...formExtensions(visitType, seed),
    ],
  };
}

const seriesOf = ({ visits, perWeek }: NonNullable<Of<'visitTypes'>['series']>): fhir.Extension => ({
  url: SERIES,
  valueTiming: { repeat: { count: visits, frequency: perWeek, period: 1, periodUnit: 'wk' } },
});

const practitioner = ({ id, name, role }: Of<'practitioners'>): fhir.Practitioner => ({
  resourceType: 'Practitioner',
  id,
  active: true,
  name: [{ use: 'official', text: name }],
  ...(role && { qualification: [{ code: { text: role } }] }),
});

function place(location: Of<'locations'>, { transferEquipmentAt }: HarborClinic): fhir.Location {
  const { id, name, language, address, timeZone, directions, phone } = location;
  const equipment = { url: PLACE_CHARACTERISTIC, valueCodeableConcept: concept(NEED_CODES, 'transfer-equipment') };
  return {
    resourceType: 'Location',
    id,
    ...(language && { language }),
    status: 'active',
    name,
    ...(address && { address: { text: address } }),
    ...(directions && { description: directions }),
    ...(phone && { telecom: [{ system: 'phone', value: phone }] }),
    extension: [{ url: TIME_ZONE, valueCode: timeZone }, ...(transferEquipmentAt.includes(id) ? [equipment] : [])],
  };
}

/** Those who share a place, a visit type and a clinician, or a machine, share a schedule. */
const scheduleId = ({ practitionerId = 'scanner', locationId, visitTypeId }: Of<'slots'>): string =>
  `${practitionerId}-${locationId}-${visitTypeId}`;

const schedule = (slot: Of<'slots'>, seed: HarborClinic): fhir.Schedule => ({
  resourceType: 'Schedule',
  id: scheduleId(slot),
  active: true,
  serviceType: [serviceType(slot.visitTypeId, seed)],
  actor: whoAndWhere(slot),
});

function serviceType(visitTypeId: string, { visitTypes }: HarborClinic): fhir.CodeableConcept {
  const name = visitTypes.find(({ id }) => id === visitTypeId)?.name ?? visitTypeId;
  return {
    coding: [{ system: VISIT_TYPES, code: visitTypeId, display: name }],
    text: name,
    extension: [{ url: SERVICE_REFERENCE, valueReference: { reference: `HealthcareService/${visitTypeId}` } }],
  };
}

const whoAndWhere = ({ practitionerId, locationId }: Pick<Of<'slots'>, 'practitionerId' | 'locationId'>) => [
  ...(practitionerId ? [{ reference: `Practitioner/${practitionerId}` }] : []),
  { reference: `Location/${locationId}` },
];

function slot(one: Of<'slots'>, { visitTypes }: HarborClinic): fhir.Slot {
  const { id, status, start, end, modes } = one;
  const usual = visitTypes.find(({ id }) => id === one.visitTypeId)?.modes.join();
  return {
    resourceType: 'Slot',
    id,
    schedule: { reference: `Schedule/${scheduleId(one)}` },
    status,
    start,
    end,
    ...(modes.join() !== usual && { extension: modes.map(modeExtension) }),
  };
}

const modeExtension = (mode: keyof typeof MODE_CODES): fhir.Extension => ({
  url: MODE,
  valueCodeableConcept: modeConcept(mode),
});

/** A RelatedPerson has one patient, so that one who acts for several is there several times. */
const relatedPersons = ({ id, patientIds, ...person }: Of<'representatives'>): fhir.RelatedPerson[] =>
  patientIds.map((patientId, index) => fromRepresentative(index === 0 ? id : `${id}-${patientId}`, patientId, person));

function serviceRequest(order: Of<'orders'>, { practitioners }: HarborClinic): fhir.ServiceRequest {
  const { id, patientId, name, language, visitTypeId, orderedBy, orderedOn, urgency, visits, instructions } = order;
  const requester = practitioners.find((one) => one.name === orderedBy);
  return {
    resourceType: 'ServiceRequest',
    id,
    ...(language && { language }),
    status: 'active',
    intent: 'order',
    priority: urgency,
    subject: { reference: `Patient/${patientId}` },
    code: { text: name, ...(visitTypeId && { coding: [{ system: VISIT_TYPES, code: visitTypeId }] }) },
    ...(orderedOn && { authoredOn: orderedOn }),
    ...(requester && { requester: { reference: `Practitioner/${requester.id}`, display: requester.name } }),
    ...(visitTypeId && { performer: [{ reference: `HealthcareService/${visitTypeId}` }] }),
    ...(visits && { quantityQuantity: { value: visits } }),
    ...(instructions && { patientInstruction: instructions }),
  };
}

function appointment(one: Of<'appointments'>, seed: HarborClinic): fhir.Appointment {
  const { id, patientId, status, start, end, slotId, visitTypeId, mode, checkInCode } = one;
  const { instructions, language } = seed.visitTypes.find(({ id }) => id === visitTypeId) ?? {};
  const actors = [
    { reference: `Patient/${patientId}` },
    ...whoAndWhere(one),
    { reference: `HealthcareService/${visitTypeId}` },
  ];
  return {
    resourceType: 'Appointment',
    id,
    ...(language && { language }),
    ...(checkInCode && { identifier: [{ system: CHECK_IN_CODE, value: checkInCode }] }),
    status,
    start,
    end,
    serviceType: [serviceType(visitTypeId, seed)],
    extension: [modeExtension(mode)],
    ...(instructions && { patientInstruction: instructions }),
    ...(slotId && { slot: [{ reference: `Slot/${slotId}` }] }),
    participant: actors.map((actor) => ({ actor, status: 'accepted' })),
  };
}
