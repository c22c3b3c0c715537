import { messages as common } from '../ui/messages.ts';
import type { MoreMessages } from './more-messages.ts';

const times = (free: number, atLeast = false) =>
  `${atLeast ? 'at least ' : ''}${free} ${free === 1 && !atLeast ? 'time' : 'times'} free`;

/** What the appointment picker says until a time is chosen, in plain English. */
export const messages = {
  ...common,
  noPatient: 'Please sign in to book an appointment.',
  opening: 'Getting the calendar ready…',
  whoFor: 'Who is the visit for?',
  chooseVisit: 'What is the visit for?',
  noVisits: 'Nothing can be booked online right now.',
  orders: 'Your doctor asked for',
  otherVisits: 'Other visits',
  orderedBy: (name: string) => `Asked for by ${name}`,
  urgent: 'Please book soon',
  callToBook: (phone: string | undefined) =>
    phone ? `Call us at ${phone} to arrange this.` : 'Call the clinic to arrange this.',
  minutes: (minutes: number) => `${minutes} minutes`,
  visits: (count: number) => `${count} ${count === 1 ? 'visit' : 'visits'}`,
  modes: { 'in-person': 'At the clinic', video: 'By video', phone: 'By phone' },
  orderOnly: 'Your doctor has to ask for this first.',
  chooseTime: 'Choose a day and a time',
  changeVisit: 'Choose another visit',
  how: 'How would you like to meet?',
  narrow: 'Choose who, where or what time of day',
  needsTitle: 'Do you need an interpreter, help to move, or more time?',
  calendar: 'Calendar',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  looking: 'Looking for free times…',
  freeOn: (day: string, free: number, atLeast?: boolean) => `${day}, ${times(free, atLeast)}`,
  noneOn: (day: string) => `${day}, no times free`,
  free: (free: number, atLeast?: boolean) => (atLeast ? `${free}+ free` : `${free} free`),
  freeDays: (month: string, days: number) =>
    days === 1 ? `${month}: 1 day has free times.` : `${month}: ${days} days have free times.`,
  noneIn: (month: string) => `No times are free in ${month}.`,
  nextFree: (day: string) => `Go to the first free day: ${day}`,
  first: 'Show the first free day',
  noneAtAll: 'No times are free to book online.',
  pickDay: 'Choose a day to see its times.',
  timesOn: (day: string) => `Times on ${day}`,
  noneLeft: 'All times on this day have been taken. Please choose another day.',
  more: 'Show more times',
  parts: { morning: 'Morning', afternoon: 'Afternoon', evening: 'Evening' },
  zone: (zone: string) => `Times are shown in ${zone}, as at the clinic.`,
  noneSuits: 'No time suits me',
  appointments: 'My appointments',
  failed: 'That did not work',
  uncertain: 'We could not make sure that it arrived. Trying again will not do it twice.',
};
/** Everything the picker says: a language has all of it, English fetches the second part while the patient looks at the times. */
export type Messages = typeof messages & MoreMessages;
