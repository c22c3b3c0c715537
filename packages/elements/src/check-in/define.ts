import { defineElement } from '../ui/define-element.ts';
import { ClinicCheckIn } from './check-in.ts';
import type { AlertRaisedEvent, FormProblemEvent, FormSubmittedEvent } from '../forms/events.ts';
import type { AppointmentBookedEvent } from '../scheduling/events.ts';
import type { PaymentRequestedEvent } from './payment/events.ts';
import type { FailureEvent, StepEvent } from '../ui/events.ts';
import type { CheckedInEvent, HelpAskedEvent, SettingsEvent, VisitEndedEvent } from './events.ts';

defineElement('clinic-check-in', ClinicCheckIn);

declare global {
  interface HTMLElementTagNameMap {
    'clinic-check-in': ClinicCheckIn;
  }
  interface HTMLElementEventMap {
    'clinic-alert-raised': AlertRaisedEvent;
    'clinic-appointment-booked': AppointmentBookedEvent;
    'clinic-checked-in': CheckedInEvent;
    'clinic-form-problem': FormProblemEvent;
    'clinic-form-submitted': FormSubmittedEvent;
    'clinic-help-asked': HelpAskedEvent;
    'clinic-visit-ended': VisitEndedEvent;
    'clinic-step': StepEvent;
    'clinic-error': FailureEvent;
    'clinic-payment-requested': PaymentRequestedEvent;
    'clinic-settings': SettingsEvent;
  }
}
