import type { ClinicAdapter } from '@clinic-widgets/core';
import type { AppointmentPicker } from '@clinic-widgets/elements';
import '@clinic-widgets/elements/scheduling/define.js';
import type { StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { action } from 'storybook/actions';
import { now } from './clinics.ts';

/** What a page may say to the picker, and Storybook's controls too. */
export type Args = Pick<
  AppointmentPicker,
  | 'patientId'
  | 'representativeId'
  | 'people'
  | 'visitTypeId'
  | 'practitionerId'
  | 'locationId'
  | 'orderId'
  | 'from'
  | 'to'
  | 'needs'
  | 'opens'
>;
export type Story = StoryObj<Args>;

/** What the stories say where they do not say otherwise. */
export const args: Args = {
  patientId: 'p-rosa',
  representativeId: '',
  people: [],
  visitTypeId: '',
  practitionerId: '',
  locationId: '',
  orderId: '',
  from: '',
  to: '',
  needs: [],
  opens: 'booking',
};

const told = action('event');

/** The picker at a clinic, which is made anew each time: no story finds what was booked in another. */
export const pickerAt =
  (clinic: () => ClinicAdapter | undefined) =>
  (args: Args): TemplateResult => html`
    <clinic-appointment-picker
      .adapter=${clinic()} .now=${now} .people=${args.people} .needs=${args.needs} opens=${args.opens}
      patient-id=${args.patientId || nothing} representative-id=${args.representativeId || nothing}
      visit-type-id=${args.visitTypeId || nothing} practitioner-id=${args.practitionerId || nothing}
      location-id=${args.locationId || nothing} order-id=${args.orderId || nothing}
      from=${args.from || nothing} to=${args.to || nothing}
      @clinic-step=${told} @clinic-error=${told} @clinic-appointment-booked=${told}
      @clinic-appointment-rescheduled=${told} @clinic-appointment-cancelled=${told}
    ></clinic-appointment-picker>`;
