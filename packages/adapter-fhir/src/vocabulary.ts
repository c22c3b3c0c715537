/**
 * Where the names stand that no standard has: a row for each in this package's README. They are names, not
 * addresses: nothing is fetched from there.
 */
const OWN = 'urn:clinic-widgets:';

/** `Appointment.identifier`: the idempotency key of each write that made or changed the appointment. */
export const WRITE_KEY = `${OWN}write-key`;

/** `Slot.identifier` of a slot held while a patient confirms. Its period ends when anyone may have the time. */
export const HOLD_MARK = `${OWN}hold-mark`;

/** `Slot.identifier` of a slot that is being booked, until its period ends, or is booked, where it has none. */
export const BOOKING_MARK = `${OWN}booking-mark`;

/** `Appointment.extension`: something the patient needs, as a code and, for an interpreter, a language. */
export const NEED = `${OWN}need`;

/** How patient and clinician meet: an extension of `Appointment`, `Slot` or `Schedule`. */
export const MODE = `${OWN}mode`;

/** `HealthcareService.extension`, a Timing: the usual course where one visit is not enough. */
export const SERIES = `${OWN}series`;

/** The codes of needs, as the contract names them; as a characteristic, the need is met there. */
export const NEED_CODES = `${OWN}needs`;

/** The code `order-only` as a characteristic: the service is booked only for an order. */
export const BOOKING_CODES = `${OWN}booking-rules`;

/** Codes of how a service is given; R5's, used in R4 as well (https://hl7.org/fhir/R5/codesystem-service-mode.html). */
export const SERVICE_MODES = 'http://hl7.org/fhir/service-mode';

/** What a place has, in R5 an element of Location (https://hl7.org/fhir/R5/location-definitions.html#Location.characteristic). */
export const PLACE_CHARACTERISTIC = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Location.characteristic';

/** The time zone of a place or person (https://hl7.org/fhir/R4/extension-timezone.html). */
export const TIME_ZONE = 'http://hl7.org/fhir/StructureDefinition/timezone';

/** Why an appointment is called off (https://terminology.hl7.org/CodeSystem-appointment-cancellation-reason.html). */
export const CANCEL_REASONS = 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason';

/** How many can be seen at a time (https://github.com/smart-on-fhir/smart-scheduling-links/blob/master/specification.md). */
export const CAPACITY = 'http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity';

/** Medplum's length of a visit and more (https://www.medplum.com/docs/scheduling/defining-availability). */
export const SCHEDULING_PARAMETERS = 'https://medplum.com/fhir/StructureDefinition/SchedulingParameters';

/** Medplum's link from a service type to the HealthcareService that it means. */
export const SERVICE_REFERENCE = 'https://medplum.com/fhir/service-type-reference';

/** Medplum's service type of a schedule that is there for every service: its code is `all`. */
export const EVERY_SERVICE = 'https://medplum.com/fhir/CodeSystem/scheduling-service-type';
