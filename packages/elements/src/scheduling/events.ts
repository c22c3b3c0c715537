/** A patient has an appointment, or has asked for one. */
export class AppointmentBookedEvent extends Event {
  readonly appointmentId: string;

  constructor(appointmentId: string) {
    super('clinic-appointment-booked', { bubbles: true, composed: true });
    this.appointmentId = appointmentId;
  }
}
