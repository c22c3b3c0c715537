import type { Clinic } from '@clinic-widgets/core/clinic.js';
import type {
  AppointmentStatus,
  Location,
  Mode,
  Order,
  Practitioner,
  VisitType,
} from '@clinic-widgets/core/scheduling.js';

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
}
