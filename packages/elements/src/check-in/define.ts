import { defineElement } from '../ui/define-element.ts';
import { ClinicCheckIn } from './check-in.ts';
import type { CheckedInEvent, HelpAskedEvent, SettingsEvent, VisitEndedEvent } from './events.ts';

defineElement('clinic-check-in', ClinicCheckIn);

declare global {
  interface HTMLElementTagNameMap {
    'clinic-check-in': ClinicCheckIn;
  }
  interface HTMLElementEventMap {
    'clinic-checked-in': CheckedInEvent;
    'clinic-help-asked': HelpAskedEvent;
    'clinic-visit-ended': VisitEndedEvent;
    'clinic-settings': SettingsEvent;
  }
}
