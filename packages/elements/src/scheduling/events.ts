import { FailureEvent, StepEvent } from '../ui/events.ts';
import type { State } from './state.ts';

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

/** What the page is told of a step from one state to the next. */
export const eventsOf = (from: State, to: State): readonly Event[] => [
  ...(from.step === to.step ? [] : [new StepEvent(to.step)]),
  ...(to.step === 'failed' ? [new FailureEvent(to.error.code)] : []),
  ...appointmentEvents(from, to),
  ...((triageIn(to) ?? triageIn(from))?.part.triageEvents(from, to) ?? []),
];

const triageIn = (state: State) => ('triage' in state ? state.triage : undefined);

function appointmentEvents(from: State, to: State): readonly AppointmentEvent[] {
  if (from.step === 'booking' && to.step === 'booked') {
    const { id } = to.appointment;
    return [to.moved ? new AppointmentRescheduledEvent(id) : new AppointmentBookedEvent(id)];
  }
  if (from.step === 'cancel' && to.step === 'cancelled') return [new AppointmentCancelledEvent(to.appointment.id)];
  if (from.step !== 'booking-series' || !('visits' in to)) return [];
  const before = new Set(from.visits.map(({ appointment }) => appointment?.id));
  return (to.visits ?? [])
    .flatMap(({ appointment }) => appointment ?? [])
    .filter(({ id }) => !before.has(id))
    .map(({ id }) => new AppointmentBookedEvent(id));
}
