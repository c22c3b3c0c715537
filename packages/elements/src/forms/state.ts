import type { Acting, Clinic, Form, ResponseItem, WaitingForm } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Filling } from './filling.ts';
import type { Paging } from './pages.ts';

/** What the page says about the form. An empty string is what it leaves open. */
export interface Host {
  readonly acting: Acting;
  readonly formId: string;
  readonly appointmentId: string;
  readonly language: string;
  readonly paging: Paging;
  readonly onSite: boolean;
}

/** What is known from the first screen on. */
export interface Known {
  readonly host: Host;
  readonly clinic: Clinic;
}

/** Which form is opened, and what was answered in it before. */
export interface Opening extends Known {
  readonly formId: string;
  readonly appointmentId: string;
  readonly answers?: readonly ResponseItem[];
  /** The form as it stood: in another language, or before the clinic changed it. */
  readonly was?: Filling;
}

/** A form that is being filled in. */
export interface Open extends Known {
  readonly formId: string;
  readonly appointmentId: string;
  /** The language that it was asked for in. */
  readonly language: string;
  readonly filling: Filling;
  /** The form has changed, or answers from before are still there. */
  readonly notice?: 'changed' | 'kept' | undefined;
  /** When the patient sent it; it goes once the form's rules have been worked out. */
  readonly confirmed?: string | undefined;
}

export type Step =
  | { readonly step: 'starting'; readonly host: Host }
  | ({ readonly step: 'forms'; readonly forms?: readonly WaitingForm[] } & Known)
  | ({ readonly step: 'opening' } & Opening)
  | ({ readonly step: 'filling' } & Open)
  | ({ readonly step: 'review' } & Open)
  | ({ readonly step: 'emergency'; readonly recorded: boolean } & Open)
  | ({ readonly step: 'sending'; readonly key: string; readonly authored: string } & Open)
  | ({
      readonly step: 'sent';
      readonly form: Form;
      readonly filling: Filling;
      readonly responseId: string;
      readonly queued: boolean;
    } & Known);

export type State =
  | Step
  | {
      readonly step: 'failed';
      readonly host: Host;
      readonly clinic: Clinic | undefined;
      readonly error: ClinicError;
      readonly from: Step;
    };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** What is filled in at a step; while a form is opened anew, as it was before. */
export const fillingOf = (step: Step): Filling | undefined =>
  'filling' in step ? step.filling : 'was' in step ? step.was : undefined;

/** Whether a failed write may have been carried out all the same: then only the same write may follow. */
export const isUncertain = ({ from, error }: In<'failed'>): boolean =>
  from.step === 'sending' && (error.retryable || error.code === 'unexpected');

/** Whether there is a step to go back to. */
export const canGoBack = (state: In<'failed'>): boolean =>
  state.from.step === 'sending' ? !isUncertain(state) : state.from.step === 'opening' && !state.host.formId;
