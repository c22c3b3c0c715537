import { ClinicCheckIn } from './check-in/check-in.ts';
import { ClinicForm } from './forms/form.ts';
import { AppointmentPicker } from './scheduling/appointment-picker.ts';
import { ClinicProvider } from './ui/clinic-provider.ts';
import { defineElement } from './ui/define-element.ts';

export { ClinicCheckIn } from './check-in/check-in.ts';
export { CheckedInEvent, HelpAskedEvent, SettingsEvent, VisitEndedEvent } from './check-in/events.ts';
export { PaymentRequestedEvent } from './check-in/payment/events.ts';
export type { Messages as CheckInMessages } from './check-in/messages.ts';
export { AlertRaisedEvent, FormProblemEvent, FormSubmittedEvent } from './forms/events.ts';
export { ClinicForm } from './forms/form.ts';
export type { Messages as FormMessages } from './forms/messages.ts';
export { AppointmentPicker } from './scheduling/appointment-picker.ts';
export { AppointmentBookedEvent, AppointmentCancelledEvent, AppointmentRescheduledEvent } from './scheduling/events.ts';
export type { Person } from './scheduling/state.ts';
export type { Messages as AppointmentPickerMessages } from './scheduling/messages.ts';
export { ClinicProvider } from './ui/clinic-provider.ts';
export { FailureEvent, StepEvent } from './ui/events.ts';

const elements = {
  provider: ClinicProvider,
  'appointment-picker': AppointmentPicker,
  form: ClinicForm,
  'check-in': ClinicCheckIn,
};

/** Registers every element under a prefix of the page's choice, so that two versions can live on one page. */
export function define({ prefix }: { readonly prefix: string }): void {
  for (const [name, element] of Object.entries(elements)) {
    // A class can have one tag only: under another prefix it goes as a subclass of itself.
    defineElement(`${prefix}-${name}`, class extends (element as CustomElementConstructor) {});
  }
}
