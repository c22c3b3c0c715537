import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';

/** A visit as what it needs is asked about. */
export interface VisitAsked {
  readonly acting: Acting;
  /** By what right who acts does. */
  readonly authority: Authority;
  readonly patientId: string;
  readonly appointmentId: string;
  /** Absent where the appointment does not say what it is for. */
  readonly visitTypeId?: string | undefined;
  readonly appointment: fhir.Appointment;
  /** Whether what it is for is the patient's alone, and not for who acts. */
  readonly isHidden?: boolean;
}

/** How something that a visit may need stands; nothing where the visit does not need it. */
export type NeedState = 'open' | 'done' | 'at-desk' | undefined;
