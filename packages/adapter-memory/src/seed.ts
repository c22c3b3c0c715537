import type { Clinic } from '@clinic-widgets/core/clinic.js';
import type { Form, FormOption } from '@clinic-widgets/core/forms.js';
import type { AppointmentStatus, Order } from '@clinic-widgets/core/appointments.js';
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
  readonly patients: readonly { readonly id: string }[];
  /** Who may act for whom besides the patients themselves. */
  readonly representatives: readonly { readonly id: string; readonly patientIds: readonly string[] }[];
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
}
