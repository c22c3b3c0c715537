import { ClinicProvider } from './clinic-provider.ts';
import { defineElement } from './define-element.ts';

defineElement('clinic-provider', ClinicProvider);

declare global {
  interface HTMLElementTagNameMap {
    'clinic-provider': ClinicProvider;
  }
}
