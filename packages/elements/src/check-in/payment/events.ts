import type { Money } from '@clinic-widgets/core';

/** What a terminal, or the fields of a payment processor, came to. */
export type PaymentOutcome =
  /** It is paid; the reference is how the terminal or the processor calls it. Never a card's number. */
  | { readonly reference: string }
  /** It is not paid, for whatever reason. */
  | { readonly failed: true };

/** What is to be paid. */
export interface Due {
  readonly appointmentId: string;
  readonly chargeIds: readonly string[];
  /** The total, in each currency. */
  readonly amounts: readonly Money[];
}

/**
 * A patient wants to pay now. Whoever takes it on calls `preventDefault()` at once, lets the patient pay at a terminal or
 * in fields of its own, and calls `settle`. Unless somebody has taken it on within a second, the patient is sent to the desk.
 */
export class PaymentRequestedEvent extends Event implements Due {
  readonly appointmentId: string;
  readonly chargeIds: readonly string[];
  readonly amounts: readonly Money[];
  /** Aborted when the patient stops, or is gone: the terminal has to stop too. */
  readonly signal: AbortSignal;
  readonly #settle: (outcome: PaymentOutcome) => boolean;

  constructor(
    { appointmentId, chargeIds, amounts }: Due,
    signal: AbortSignal,
    settle: (outcome: PaymentOutcome) => boolean,
  ) {
    super('clinic-payment-requested', { bubbles: true, composed: true, cancelable: true });
    this.appointmentId = appointmentId;
    this.chargeIds = chargeIds;
    this.amounts = amounts;
    this.signal = signal;
    this.#settle = settle;
  }

  /**
   * Says what came of it. `false` when nobody waits for it any more: what was paid then is in no record, and is to be
   * given back or told to the desk.
   */
  settle(outcome: PaymentOutcome): boolean {
    const { reference = '-' } = outcome as { readonly reference?: string };
    if (reference.length < 1 || reference.length > 200) throw new TypeError('A reference has 1 to 200 characters.');
    return this.#settle(outcome);
  }
}
