import { AppointmentBookedEvent } from './events.ts';
import type { State } from './state.ts';

/** What the page is told of bookings, and of the questions before them, from one state to the next. */
export const bookingEvents = (from: State, to: State): readonly Event[] => [
  ...bookedBetween(from, to).map((id) => new AppointmentBookedEvent(id)),
  ...((triageIn(to) ?? triageIn(from))?.part.triageEvents(from, to) ?? []),
];

const triageIn = (state: State) => ('triage' in state ? state.triage : undefined);

/** The appointments that there are now, and were not before. */
function bookedBetween(from: State, to: State): readonly string[] {
  if (from.step === 'booking' && to.step === 'booked') return to.moved ? [] : [to.appointment.id];
  if (from.step !== 'booking-series' || !('visits' in to)) return [];
  const before = new Set(from.visits.map(({ appointment }) => appointment?.id));
  return (to.visits ?? [])
    .flatMap(({ appointment }) => appointment ?? [])
    .filter(({ id }) => !before.has(id))
    .map(({ id }) => id);
}
