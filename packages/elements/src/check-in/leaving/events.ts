/** What a patient wants to book. */
export interface Wanted {
  readonly orderId: string;
  /** Where the clinic can tell what to book for the order. */
  readonly visitTypeId?: string | undefined;
}

/** A patient wants to book what was ordered: for a page that has the appointment picker beside the check-in. */
export class BookingRequestedEvent extends Event implements Wanted {
  readonly orderId: string;
  readonly visitTypeId: string | undefined;

  constructor({ orderId, visitTypeId }: Wanted) {
    super('clinic-booking-requested', { bubbles: true, composed: true });
    this.orderId = orderId;
    this.visitTypeId = visitTypeId;
  }
}
