import { FailureEvent, StepEvent } from '../ui/events.ts';
import { bookingEvents } from './booking-events.ts';
import { AppointmentCancelledEvent, AppointmentRescheduledEvent } from './events.ts';
import type { State } from './state.ts';

/** What the page is told of a step from one state to the next. */
export const eventsOf = (from: State, to: State): readonly Event[] => [
  ...(from.step === to.step ? [] : [new StepEvent(to.step)]),
  ...(to.step === 'failed' ? [new FailureEvent(to.error.code)] : []),
  ...changes(from, to),
  ...bookingEvents(from, to),
];

function changes(from: State, to: State): readonly Event[] {
  if (from.step === 'booking' && to.step === 'booked' && to.moved) {
    return [new AppointmentRescheduledEvent(to.appointment.id)];
  }
  if (from.step !== 'cancel' || to.step !== 'cancelled') return [];
  return [new AppointmentCancelledEvent(to.appointment.id)];
}
