// Names that no standard has begin with `urn:clinic-widgets:`, and have a row in this package's README. They are names,
// not addresses: nothing is fetched from there. Each is written out, for only then a page leaves out those it has no use for.

/** `identifier` of an Appointment, QuestionnaireResponse or Task: the idempotency key of each write that made or changed it. */
export const WRITE_KEY = 'urn:clinic-widgets:write-key';

/** `Slot.identifier` of a slot held while a patient confirms. Its period ends when anyone may have the time. */
export const HOLD_MARK = 'urn:clinic-widgets:hold-mark';

/** `Slot.identifier` of a slot that is being booked, until its period ends, or is booked, where it has none. */
export const BOOKING_MARK = 'urn:clinic-widgets:booking-mark';

/** `Appointment.extension`: something the patient needs, as a code and, for an interpreter, a language. */
export const NEED = 'urn:clinic-widgets:need';

/** How patient and clinician meet: an extension of `Appointment`, `Slot` or `Schedule`. */
export const MODE = 'urn:clinic-widgets:mode';

/** `HealthcareService.extension`, a Timing: the usual course where one visit is not enough. */
export const SERIES = 'urn:clinic-widgets:series';

/** The codes of needs, as the contract names them; as a characteristic, the need is met there. */
export const NEED_CODES = 'urn:clinic-widgets:needs';

/** The code `order-only` as a characteristic: the service is booked only for an order. */
export const BOOKING_CODES = 'urn:clinic-widgets:booking-rules';

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
export const FORM_PURPOSE = 'urn:clinic-widgets:form-purpose';

/** `Questionnaire.extension`, a boolean: never shown to someone who acts for the patient. */
export const PATIENT_ONLY = 'urn:clinic-widgets:patient-only';

/** `Questionnaire.item.extension`, repeated, any kind of value: an answer that does not make the review urgent. */
export const FLAG_UNLESS = 'urn:clinic-widgets:flag-unless';

/** `Questionnaire.item.extension`, a boolean: any answer but the harmless ones is flagged; if true, staff are told at once. */
export const FLAG_ALERT = 'urn:clinic-widgets:flag-alert';

/** What a triage comes to, a code: an extension of `Questionnaire.item`, and of `QuestionnaireResponse`. */
export const TRIAGE_OUTCOME = 'urn:clinic-widgets:triage-outcome';

/** `HealthcareService.extension`, a canonical: the form that is asked before any time is shown. */
export const TRIAGE_FORM = 'urn:clinic-widgets:triage-form';

/** `HealthcareService.extension`, repeated, a canonical: a form that every visit needs. */
export const VISIT_FORM = 'urn:clinic-widgets:visit-form';

/** `QuestionnaireResponse.extension`, a reference with a version: the form as it was when it was filled in. */
export const FORM_AS_READ = 'urn:clinic-widgets:form-as-read';

/** Extension of QuestionnaireResponse, Provenance and Consent, a reference: the appointment that it is for. */
export const VISIT = 'urn:clinic-widgets:visit';

/** Codes of Tasks for staff, as the contract names them: `review`, `alert`, `help`, `walk-in`, `unfinished` and `copy`. */
export const ATTENTION_CODES = 'urn:clinic-widgets:attention';

/** Why staff are told at once: codes of `Task.reasonCode`. */
export const ALERT_REASONS = 'urn:clinic-widgets:alert-reasons';

/** What comes with an alert, codes of `Task.input.type`: `link-id` of the question, and each `answer`. */
export const ALERT_INPUTS = 'urn:clinic-widgets:alert-inputs';

/** What else comes with a call for staff, codes of `Task.input.type`: `message`, `language`, `name`, `birth-date`, `phone`, `unfinished`, `copy`. */
export const ATTENTION_INPUTS = 'urn:clinic-widgets:attention-inputs';

/** Why somebody wants a person: codes of `Task.reasonCode`, as the contract names them. */
export const HELP_REASONS = 'urn:clinic-widgets:help-reasons';

/** `Appointment.identifier`: the code of a reminder, by which a patient is known at a kiosk. */
export const CHECK_IN_CODE = 'urn:clinic-widgets:check-in-code';

/** Codes of Tasks that keep what an Appointment has no place for: `visit`, `payment`, `reminder`, `number`. */
export const VISIT_TASKS = 'urn:clinic-widgets:visit-tasks';

/** `Task.identifier` of the one Task of a visit: the id of its Appointment. */
export const VISIT_TASK = 'urn:clinic-widgets:visit-task';

/** How it goes on for a patient who waits: codes of `Task.businessStatus`: `expected`, `ready`, `waiting`, `called`, `moved`. */
export const VISIT_STATES = 'urn:clinic-widgets:visit-states';

/** What is known of a visit besides, codes of `Task.input.type`: `ready`, `call-by`, `actor-…` for who said either in the patient's place, `charge`, `payment-reference`; of `Task.output.type`: `called-to`, `called-at`. */
export const VISIT_INPUTS = 'urn:clinic-widgets:visit-inputs';

/** `Task.identifier`: a number that is called in place of a name, unique on its day: `2026-03-02/12`, called out as `A21`. */
export const NUMBER = 'urn:clinic-widgets:number';

/** `Task.identifier` of the note that such a number was drawn: its focus is the Task that has it. */
export const DRAWN = 'urn:clinic-widgets:drawn-number';

/** How a patient pays: codes of `Task.businessStatus`, as the contract names them. */
export const PAYMENT_CHOICES = 'urn:clinic-widgets:payment-choices';

/** `Task.identifier`: the reminder that was answered, so that none is twice. */
export const REMINDER = 'urn:clinic-widgets:reminder';

/** `Location.identifier` of the front desk, value `front`: it is open while its status is `active`. */
export const DESK = 'urn:clinic-widgets:desk';

/** The parts of an after-visit summary, codes of `DocumentReference.content.format`: `instructions`, `warning`. */
export const SUMMARY_PARTS = 'urn:clinic-widgets:summary-parts';

/** `RelatedPerson.identifier` of somebody who only says that they act for the patient: nobody has looked into it. */
export const CLAIMED = 'urn:clinic-widgets:claimed';

/** Extension of a reference to somebody who acts for a patient, a concept: by what right they do, at that moment. */
export const AUTHORITY = 'urn:clinic-widgets:authority';

/** Codes of such a right, as the contract names them; also of `Provenance.agent.role`. */
export const AUTHORITY_CODES = 'urn:clinic-widgets:authorities';

/** Languages as BCP 47 has them (https://hl7.org/fhir/R4/valueset-languages.html). */
export const LANGUAGES = 'urn:ietf:bcp:47';

/** `Patient.extension`, a boolean (https://hl7.org/fhir/R4/extension-patient-interpreterrequired.html). */
export const INTERPRETER_REQUIRED = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

/** US Core's way to say the same (https://hl7.org/fhir/us/core/StructureDefinition-us-core-interpreter-needed.html). */
export const US_INTERPRETER_NEEDED = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed';

/** How confidential something is (https://terminology.hl7.org/CodeSystem-v3-Confidentiality.html). */
export const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

/** A security label of one element (https://hl7.org/fhir/uv/security-label-ds4p/). */
export const INLINE_LABEL = 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label';

/** What a contact is to a patient: `C` and `EP` are whom to call in an emergency (https://terminology.hl7.org/CodeSystem-v2-0131.html). */
export const CONTACT_ROLES = 'http://terminology.hl7.org/CodeSystem/v2-0131';

/** Roles of persons (https://terminology.hl7.org/CodeSystem-v3-RoleCode.html). */
export const ROLES = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

/** What a Provenance records, codes of `activity`: `details`, `coverage`, `decision`, `withdrawal`. */
export const CONFIRMATION_CODES = 'urn:clinic-widgets:confirmations';

/** `Provenance.extension`, repeated: a `field` and the `act`, as the contract names them. */
export const CONFIRMATION = 'urn:clinic-widgets:confirmation';

/** Codes of `Task.code`: `details`, a change to a patient's details that waits for staff. */
export const CHANGE_CODES = 'urn:clinic-widgets:changes';

/** What comes with a change, codes of `Task.input.type`: `field`, `from`, `to`. */
export const CHANGE_INPUTS = 'urn:clinic-widgets:change-inputs';

/** What a document is, codes of `DocumentReference.category` and `Consent.category`, as the contract names them. */
export const CONSENT_KINDS = 'urn:clinic-widgets:consent-kinds';

/** `DocumentReference.extension` and `Consent.extension`, a boolean: declined, the patient sees the desk first. */
export const MANDATORY = 'urn:clinic-widgets:mandatory';

/** Extension of `DocumentReference.content` and of `Consent`: the elements of an authorization, each as an extension by its name. */
export const AUTHORIZATION = 'urn:clinic-widgets:authorization';

/** `Consent.extension`, a reference with a version: the document as it was when it was decided about. */
export const DOCUMENT_AS_READ = 'urn:clinic-widgets:document-as-read';

/** `Consent.extension`, a Signature. */
export const SIGNATURE = 'urn:clinic-widgets:signature';

/** `Consent.extension`, a code: how a copy is wanted, `paper` or `email`. */
export const COPY_WANTED = 'urn:clinic-widgets:copy-wanted';

/** Codes of `PlanDefinition.topic`, `program`, and of its actions, `coverage`; and of the `Task.code` of an `enrolment`. */
export const PROGRAM_CODES = 'urn:clinic-widgets:programs';

/** What was gathered to enrol, codes of `Task.input.type`: `response`, `consent`, `coverage`. */
export const ENROLMENT_INPUTS = 'urn:clinic-widgets:enrolment-inputs';

/** Extension of Provenance and Consent: from where it was said, by `kind`, as the contract names it, and `device`. */
export const STATION = 'urn:clinic-widgets:station';
