import { defineElement } from '../ui/define-element.ts';
import type { AlertRaisedEvent, FormProblemEvent, FormSubmittedEvent } from '../forms/events.ts';
import type { FailureEvent, StepEvent } from '../ui/events.ts';
import { AppointmentPicker } from './appointment-picker.ts';
import type { AppointmentBookedEvent, AppointmentCancelledEvent, AppointmentRescheduledEvent } from './events.ts';

defineElement('clinic-appointment-picker', AppointmentPicker);

declare global {
  interface HTMLElementTagNameMap {
    'clinic-appointment-picker': AppointmentPicker;
  }
  interface HTMLElementEventMap {
    'clinic-appointment-booked': AppointmentBookedEvent;
    'clinic-appointment-cancelled': AppointmentCancelledEvent;
    'clinic-appointment-rescheduled': AppointmentRescheduledEvent;
    'clinic-form-submitted': FormSubmittedEvent;
    'clinic-form-problem': FormProblemEvent;
    'clinic-alert-raised': AlertRaisedEvent;
    'clinic-step': StepEvent;
    'clinic-error': FailureEvent;
  }
}
