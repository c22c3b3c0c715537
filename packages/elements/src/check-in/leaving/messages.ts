import { messages as common } from '../../ui/messages.ts';

const visits = (count: number) => `${count} ${count === 1 ? 'visit' : 'visits'}`;

const withTime = (booked: number, all: number) => `${booked} of ${all} visits ${booked === 1 ? 'has' : 'have'} a time.`;

/** What is said to a patient who leaves, in plain English. */
export const messages = {
  ...common,
  reading: 'Getting what you need to know…',
  failed: 'That did not work',
  without: 'Go on without it',
  instructions: 'What to do now',
  noInstructions:
    'We have nothing in writing for you here. If you are not sure what to do next, ask staff before you leave.',
  source: (who: string) => `From ${who}`,
  foreign: (language: string, wanted: string) =>
    `These words are in ${language}. We do not have them in ${wanted}. You can ask for a person to go through them with you.`,
  warning: 'If something is not right',
  goOn: 'Go on',
  next: 'What to book next',
  nextNoteDone: 'Your care team asked for this.',
  nextNote: 'Your care team asked for this. You can book it now or later.',
  orderedBy: (name: string) => `Asked for by ${name}`,
  urgent: 'Please book this soon.',
  book: 'Book now',
  bookOf: (name: string) => `Book now: ${name}`,
  toList: 'Back to the list',
  bookedFor: (when: string) => `Booked: ${when}`,
  requestedFor: (when: string) => `Asked for: ${when}`,
  requestedNote: 'The clinic will tell you whether the time is yours.',
  gone: 'This has been booked already.',
  waitsUntil: (day: string) =>
    `You are on the waiting list until ${day}. We tell you when a time comes free. You can still book a time now.`,
  willWaitUntil: (day: string) =>
    `We cannot reach the clinic right now. Your wish to be on the waiting list until ${day} is saved here and sent as soon as we can. You can still book a time now.`,
  rest: (booked: number, all: number) =>
    `${withTime(booked, all)} The front desk books the ${all - booked === 1 ? 'other one' : 'others'} with you.`,
  /** Of a series: before it is booked, and after. */
  unfitted: (count: number) =>
    `We found no free time at this hour for ${visits(count)}. You can book the other visits now.`,
  missing: (count: number, phone: string | undefined) =>
    `There is no time yet for ${visits(count)}. The front desk books ${count === 1 ? 'it' : 'them'} with you${phone ? `, or call us at ${phone}` : ''}.`,
  deskBooks: 'This cannot be booked here. The front desk books it with you: please ask there.',
  later: 'I will do this later',
  due: 'What is due',
  askBill: 'Ask about a bill',
  last: 'Before you leave',
  lastNote: 'That is all. Have you got everything?',
  leave: 'Finish and leave',
  leaving: 'One moment, we are ending your visit…',
  desk: 'Please see the front desk',
  deskNote: 'We could not end your visit here. You have done nothing wrong. The front desk will do it for you.',
  toDesk: 'I will go to the front desk',
  /** Said instead while nobody is at the desk. */
  closed: {
    rest: (booked: number, all: number) =>
      `${withTime(booked, all)} The ${all - booked === 1 ? 'other one' : 'others'} cannot be booked here right now.`,
    missing: (count: number, phone: string | undefined) =>
      `There is no time yet for ${visits(count)}. Please call ${phone ? `us at ${phone}` : 'the clinic'}.`,
    deskBooks: 'This cannot be booked here right now.',
    desk: 'We could not end your visit here',
    deskNote: 'You have done nothing wrong.',
    toDesk: 'Go on',
  },
  uncertain: 'We could not make sure that it arrived. Trying again will not do it twice.',
};
export type Messages = typeof messages;
