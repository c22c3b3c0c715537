import type { Appointment, Clinic } from '@clinic-widgets/core';
import type { Action } from './action.ts';
import type { Messages } from './messages.ts';

/** The views that are fetched while the patient looks at the times. */
export type MoreViews = typeof import('./more-views.ts');

/** What every view is given besides the state. */
export interface ViewContext {
  readonly send: (action: Action) => void;
  readonly text: Messages;
  readonly locale: string;
  readonly now: () => string;
  readonly more: MoreViews | undefined;
  /** Offers the appointment as a file for the reader's own calendar; left out where nothing is taken along, as at a kiosk. */
  readonly saveToCalendar?: ((appointment: Appointment, clinic: Clinic) => Promise<void>) | undefined;
}
