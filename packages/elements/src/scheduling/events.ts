/** What happened to an appointment: its identifier, and nothing about anyone's health. */
class AppointmentEvent extends Event {
  readonly appointmentId: string;

  constructor(type: string, appointmentId: string) {
    super(type, { bubbles: true, composed: true });
    this.appointmentId = appointmentId;
  }
}

/** A patient has an appointment, or has asked for one. */
export class AppointmentBookedEvent extends AppointmentEvent {
  constructor(appointmentId: string) {
    super('clinic-appointment-booked', appointmentId);
  }
}

/** An appointment has moved to another time. */
export class AppointmentRescheduledEvent extends AppointmentEvent {
  constructor(appointmentId: string) {
    super('clinic-appointment-rescheduled', appointmentId);
  }
}

/** An appointment is off, or the patient has left the waiting list. */
export class AppointmentCancelledEvent extends AppointmentEvent {
  constructor(appointmentId: string) {
    super('clinic-appointment-cancelled', appointmentId);
  }
}
