import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { callOff } from './booking.ts';
import type { Books, OpenBooks, Stored } from './books.ts';
import { once } from './once.ts';

interface Answer {
  readonly token: string;
  readonly answer: 'coming' | 'cannot-come';
}

/** The links in reminders, and what is answered by them. */
export const reminders = (open: OpenBooks) =>
  ({
    respondToAppointment: once((answer: Answer) => respond(open(), answer)),
  }) satisfies AdapterImplementation;

function respond(books: Books, { token, answer }: Answer) {
  const reminder = books.seed.reminders.find((one) => one.token === token);
  const stored = reminder && books.appointments.get(reminder.appointmentId);
  // Which of them it is, is nothing for who may have found the link.
  if (!stored || books.answered.has(token) || Date.parse(reminder.expires) <= books.now) {
    throw new ClinicError('not-found', 'The link is not good, or no longer.');
  }
  const { start, timeZone, status } = answer === 'coming' ? stored.appointment : calledOff(books, stored);
  books.answered.add(token);
  return { start, timeZone, status };
}

/** Who is at the clinic already, or was, has come. */
function calledOff(books: Books, stored: Stored): Stored['appointment'] {
  const { status } = stored.appointment;
  if (status === 'cancelled') return stored.appointment;
  if (!['waitlist', 'proposed', 'pending', 'booked'].includes(status)) {
    throw new ClinicError('conflict', 'The visit can no longer be called off.');
  }
  return callOff(books, stored);
}
