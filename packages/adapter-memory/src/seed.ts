import type { Clinic } from '@clinic-widgets/core/clinic.js';
import type { Form, FormOption } from '@clinic-widgets/core/forms.js';
import type { AppointmentStatus, Order } from '@clinic-widgets/core/appointments.js';
import type { Authority, Charge, Help, Preparation, VisitSummary, Way } from '@clinic-widgets/core/check-in.js';
import type { ConsentDocument, Program } from '@clinic-widgets/core/consents.js';
import type { CoverageOnFile, Details } from '@clinic-widgets/core/details.js';
import type { Location, Mode, Practitioner, VisitType } from '@clinic-widgets/core/scheduling.js';

/** A time at the clinic before the first call. */
export interface SeedSlot {
  readonly id: string;
  readonly status: 'free' | 'busy';
  /** Written with the offset of the location: its first ten characters are the day there. */
  readonly start: string;
  readonly end: string;
  readonly visitTypeId: string;
  readonly practitionerId?: string;
  readonly locationId: string;
  readonly modes: readonly Mode[];
}

/** An appointment made before the first call. */
export interface SeedAppointment {
  readonly id: string;
  readonly patientId: string;
  readonly status: AppointmentStatus;
  readonly start: string;
  readonly end: string;
  /** The busy slot it takes, where it takes one. */
  readonly slotId?: string;
  readonly visitTypeId: string;
  readonly practitionerId?: string;
  readonly locationId: string;
  readonly mode: Mode;
  /** What the reminder says, to identify by. */
  readonly checkInCode?: string;
}

/** What the clinic knows of a patient before the first call. */
export interface SeedPatient extends Omit<Details, 'version' | 'withheld'> {
  readonly id: string;
  /** A maiden name, an earlier name, a nickname: answers to a claim as well. */
  readonly otherNames?: readonly string[];
}

/** Someone who may act for patients. */
export interface SeedRepresentative {
  readonly id: string;
  readonly name: string;
  readonly patientIds: readonly string[];
  readonly authority: Authority;
}

/** A document to decide about, in each language that the clinic has it in. */
export interface SeedConsentDocument extends Pick<ConsentDocument, 'id' | 'kind' | 'mandatory' | 'sample'> {
  readonly words: Readonly<Record<string, Pick<ConsentDocument, 'title' | 'text' | 'authorization'>>>;
  /** Asked at visits of these types; at every visit where left out, unless it is of a programme. */
  readonly visitTypeIds?: readonly string[];
  readonly programIds?: readonly string[];
}

/** A programme, in each language. */
export interface SeedProgram extends Omit<Program, 'name' | 'description' | 'enrolment'> {
  readonly words: Readonly<Record<string, Pick<Program, 'name' | 'description'>>>;
}

/** Something due for a visit, in each language. */
export interface SeedCharge extends Pick<Charge, 'id' | 'amount'> {
  readonly appointmentId: string;
  readonly words: Readonly<Record<string, Pick<Charge, 'label'>>>;
}

/** What to do after a visit of a type, in each language. */
export interface SeedSummary {
  readonly visitTypeId: string;
  readonly words: Readonly<Record<string, Pick<VisitSummary, 'instructions' | 'warning'>>>;
}

/** How the clinic takes patients in. */
export interface SeedCheckIn {
  /** From this age on, who acts for a patient sees no private contact, form or visit type. */
  readonly privacyAge: number;
  /** Visit types that are private from that age on. */
  readonly privateVisitTypeIds: readonly string[];
  /** Before and after the start, in minutes: `early` and `late` come in, what is further off goes to the desk. */
  readonly minutes: {
    readonly tooEarly: number;
    readonly early: number;
    readonly late: number;
    readonly missed: number;
  };
  /** What keeps a visit from being checked in while it is open. */
  readonly mandatory: readonly Preparation[];
  /** Whether screening comes before anything about a payer, as in an emergency department. */
  readonly screeningFirst: boolean;
  /** Whether a change to the details waits for staff. */
  readonly proposes: boolean;
  readonly lobbyCodes: readonly { readonly locationId: string; readonly code: string }[];
  /** How many wrong claims a kiosk, and an identity, have in so many minutes. */
  readonly tries: { readonly device: number; readonly identity: number; readonly minutes: number };
  readonly passMinutes: number;
  readonly deskOpen: boolean;
  /** Where to go when nobody comes. */
  readonly goTo: string;
  /** In which language that is said, and the ways are, and the same in others. */
  readonly language: string;
  readonly translations: NonNullable<Help['translations']>;
  /** How to get to a visit of a type at a location. */
  readonly ways: readonly (Omit<Way, 'location'> & { readonly locationId: string; readonly visitTypeId: string })[];
  /** The wait that is usual, in minutes, by visit type. */
  readonly waits: readonly { readonly visitTypeId: string; readonly least: number; readonly most: number }[];
}

/** A link in a reminder. */
export interface SeedReminder {
  readonly token: string;
  readonly appointmentId: string;
  readonly expires: string;
}

/** A form in each language that the clinic has it in: the same but for its words. */
export interface SeedForm {
  readonly id: string;
  readonly words: Readonly<Record<string, Omit<Form, 'version' | 'language'>>>;
}

/** A form that the care team asked a patient to fill in. */
export interface SeedFormRequest {
  readonly id: string;
  readonly patientId: string;
  readonly formId: string;
  readonly appointmentId?: string;
  /** The day by which it is wanted. */
  readonly due?: string;
}

/** The clinic as it stands before the first call. */
export interface Seed {
  readonly clinic: Omit<Clinic, 'supports'>;
  readonly visitTypes: readonly VisitType[];
  readonly practitioners: readonly Practitioner[];
  readonly locations: readonly Location[];
  readonly slots: readonly SeedSlot[];
  readonly patients: readonly SeedPatient[];
  /** Who may act for whom besides the patients themselves. */
  readonly representatives: readonly SeedRepresentative[];
  readonly orders: readonly (Omit<Order, 'version'> & { readonly patientId: string })[];
  readonly appointments: readonly SeedAppointment[];
  /** The languages that interpreters can be had for. */
  readonly interpreters: { readonly spoken: readonly string[]; readonly sign: readonly string[] };
  /** The locations with a hoist and people to help. */
  readonly transferEquipmentAt: readonly string[];
  readonly forms: readonly SeedForm[];
  readonly formRequests: readonly SeedFormRequest[];
  /** What each visit of a type needs to have filled in. */
  readonly visitForms: readonly { readonly visitTypeId: string; readonly formIds: readonly string[] }[];
  /** What a value set has to choose from, by its address and by language. */
  readonly optionSets: Readonly<Record<string, Readonly<Record<string, readonly FormOption[]>>>>;
  readonly checkIn: SeedCheckIn;
  readonly coverages: readonly (Omit<CoverageOnFile, 'version'> & { readonly patientId: string })[];
  readonly charges: readonly SeedCharge[];
  readonly consentDocuments: readonly SeedConsentDocument[];
  readonly programs: readonly SeedProgram[];
  readonly summaries: readonly SeedSummary[];
  readonly reminders: readonly SeedReminder[];
}
