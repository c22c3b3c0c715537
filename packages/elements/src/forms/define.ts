import { defineElement } from '../ui/define-element.ts';
import type { FailureEvent, StepEvent } from '../ui/events.ts';
import type { AlertRaisedEvent, FormProblemEvent, FormSubmittedEvent } from './events.ts';
import { ClinicForm } from './form.ts';

defineElement('clinic-form', ClinicForm);

declare global {
  interface HTMLElementTagNameMap {
    'clinic-form': ClinicForm;
  }
  interface HTMLElementEventMap {
    'clinic-form-submitted': FormSubmittedEvent;
    'clinic-form-problem': FormProblemEvent;
    'clinic-alert-raised': AlertRaisedEvent;
    'clinic-step': StepEvent;
    'clinic-error': FailureEvent;
  }
}
