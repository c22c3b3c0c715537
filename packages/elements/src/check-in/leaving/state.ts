import type { Order, VisitSummary } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { PartEnd } from '../part.ts';
import type { Action as BookingAction, BookingPart, Settled, State as BookingState } from './booking.ts';
import type { Action as PaymentAction, State as PaymentState } from '../payment/state.ts';

/** What goes on beside the pages. */
export interface Known {
  /** What to do after the visit; `none` where the clinic has written nothing, nothing while it is fetched. */
  readonly summary: VisitSummary | 'none' | undefined;
  /** In which language it was asked for. */
  readonly language: string;
  /** What there is to book; not known at first. */
  readonly orders: readonly Order[] | undefined;
  /** What has become here of what was ordered, by order. */
  readonly settled: Readonly<Record<string, Settled>>;
  /** What is due, in the words and ways of the part that asks for it. */
  readonly payment: PaymentState;
}

/** What is read first. */
export type Reading = 'summary' | 'orders';

interface Booking extends Known {
  readonly step: 'booking';
  readonly order: Order;
  /** What it is booked with, once that is fetched, and how far the patient is. */
  readonly part: BookingPart | undefined;
  readonly inner: BookingState | undefined;
}

interface CheckingOut extends Known {
  readonly step: 'checking-out';
  /** Made when the patient said that they are leaving. */
  readonly key: string;
  readonly version: string;
  /** The visit was changed in the meantime, and has been read again once. */
  readonly again: boolean;
}

/** How far it is. */
export type State =
  | ({ readonly step: 'reading' } & Known)
  | ({ readonly step: 'instructions' } & Known)
  | ({ readonly step: 'next' } & Known)
  | Booking
  | ({ readonly step: 'due' } & Known)
  | ({ readonly step: 'last' } & Known)
  | CheckingOut
  | ({ readonly step: 'looking-again'; readonly again: boolean } & Known)
  | ({ readonly step: 'desk' } & Known)
  | ({
      readonly step: 'failed';
      readonly error: ClinicError;
      readonly from: { readonly step: 'reading'; readonly what: Reading } | Booking | CheckingOut;
    } & Known)
  | { readonly step: 'finished'; readonly end: PartEnd };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** What a patient does, or a clinic answers. */
export type Action =
  | { readonly type: 'read-summary'; readonly summary: VisitSummary | 'none'; readonly language: string }
  | { readonly type: 'found-orders'; readonly orders: readonly Order[] }
  | { readonly type: 'wanted'; readonly order: Order }
  | { readonly type: 'loaded-booking'; readonly part: BookingPart }
  | { readonly type: 'of-booking'; readonly action: BookingAction }
  | { readonly type: 'of-payment'; readonly action: PaymentAction }
  | { readonly type: 'went-on' }
  | { readonly type: 'went-back' }
  | { readonly type: 'left-clinic'; readonly key: string }
  | { readonly type: 'checked-out' }
  /** How the visit stands, after it could not be ended; a new key, should it be tried again. */
  | {
      readonly type: 'looked-again';
      readonly visit: { readonly status: string; readonly version: string } | undefined;
      readonly key: string;
    }
  | { readonly type: 'retried' };
