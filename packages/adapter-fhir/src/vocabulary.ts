/**
 * Where the names stand that no standard has: a row for each in this package's README. They are names, not
 * addresses: nothing is fetched from there.
 */
const OWN = 'urn:clinic-widgets:';

/** `identifier` of an Appointment, QuestionnaireResponse or Task: the idempotency key of each write that made or changed it. */
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

/** `Questionnaire.extension`, a code: what the form is for, as the contract names it. */
export const FORM_PURPOSE = `${OWN}form-purpose`;

/** `Questionnaire.extension`, a boolean: never shown to someone who acts for the patient. */
export const PATIENT_ONLY = `${OWN}patient-only`;

/** `Questionnaire.item.extension`, repeated, any kind of value: an answer that does not make the review urgent. */
export const FLAG_UNLESS = `${OWN}flag-unless`;

/** `Questionnaire.item.extension`, a boolean: any answer but the harmless ones is flagged; if true, staff are told at once. */
export const FLAG_ALERT = `${OWN}flag-alert`;

/** What a triage comes to, a code: an extension of `Questionnaire.item`, and of `QuestionnaireResponse`. */
export const TRIAGE_OUTCOME = `${OWN}triage-outcome`;

/** `HealthcareService.extension`, a canonical: the form that is asked before any time is shown. */
export const TRIAGE_FORM = `${OWN}triage-form`;

/** `HealthcareService.extension`, repeated, a canonical: a form that every visit needs. */
export const VISIT_FORM = `${OWN}visit-form`;

/** `QuestionnaireResponse.extension`, a reference with a version: the form as it was when it was filled in. */
export const FORM_AS_READ = `${OWN}form-as-read`;

/** `QuestionnaireResponse.extension`, a reference: the appointment that it is for. */
export const VISIT = `${OWN}visit`;

/** Codes of Tasks for staff, as the contract names them: `review` and `alert`. */
export const ATTENTION_CODES = `${OWN}attention`;

/** Why staff are told at once: codes of `Task.reasonCode`. */
export const ALERT_REASONS = `${OWN}alert-reasons`;

/** What comes with an alert, codes of `Task.input.type`: `link-id` of the question, and each `answer`. */
export const ALERT_INPUTS = `${OWN}alert-inputs`;
