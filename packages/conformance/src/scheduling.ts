import { appointmentCases } from './scheduling-appointments.ts';
import { bookingCases } from './scheduling-bookings.ts';
import { holdCases } from './scheduling-holds.ts';
import { requestCases } from './scheduling-requests.ts';
import { timeCases } from './scheduling-times.ts';
import type { Case } from './case.ts';

/** What the operations of scheduling promise besides what all operations do. */
export const scheduling: readonly Case[] = [
  ...timeCases,
  ...holdCases,
  ...bookingCases,
  ...appointmentCases,
  ...requestCases,
];
