import type { Charge, PaymentChoice } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { PartEnd } from '../part.ts';
import type { PaymentOutcome } from './events.ts';
import type { PaymentRequest } from './request.ts';

/** What a patient decides. */
export type Choice = PaymentChoice['choice'];

/** Why the patient chooses again. */
export type Notice = 'unheard' | 'failed' | 'stopped' | 'changed';

/** What is due. */
export interface Owing {
  readonly charges: readonly Charge[];
  /** The payment that the page was asked for last. Stopped, it may still come through. */
  readonly request?: PaymentRequest | undefined;
}

interface Reading {
  readonly step: 'reading';
  readonly notice?: Notice | undefined;
}

interface Sending extends Owing {
  readonly step: 'sending';
  readonly choice: Choice;
  /** Made when the patient decided, so that trying again is the same write. */
  readonly key: string;
  /** What the terminal called the payment. */
  readonly reference?: string | undefined;
}

/** How far it is. */
export type State =
  | Reading
  | ({ readonly step: 'choosing'; readonly notice?: Notice | undefined } & Owing)
  | ({ readonly step: 'paying'; readonly request: PaymentRequest } & Owing)
  | Sending
  | ({
      readonly step: 'told';
      readonly choice: Choice;
      readonly reference?: string | undefined;
      readonly queued: boolean;
    } & Pick<Owing, 'charges'>)
  | { readonly step: 'ended'; readonly end: PartEnd }
  | { readonly step: 'failed'; readonly error: ClinicError; readonly from: Reading | Sending };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** What a patient does, a terminal says, or a clinic answers. */
export type Action =
  | { readonly type: 'found'; readonly charges: readonly Charge[] }
  | { readonly type: 'asked'; readonly request: PaymentRequest }
  | { readonly type: 'stopped' }
  | {
      readonly type: 'settled';
      readonly request: PaymentRequest;
      readonly outcome: PaymentOutcome | 'unheard';
      /** For the write that follows. */
      readonly key: string;
    }
  | { readonly type: 'chose'; readonly choice: Exclude<Choice, 'paid'>; readonly key: string }
  | { readonly type: 'sent'; readonly key: string; readonly queued: boolean }
  | { readonly type: 'went-on' }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' };
