const visits = (count: number) => `${count} ${count === 1 ? 'visit' : 'visits'}`;

/** What the appointment picker says beyond a plain booking, in plain English. */
export const moreMessages = {
  practitioner: 'With',
  location: 'Where',
  partOfDay: 'Time of day',
  any: 'Any',
  needs: {
    'spoken-interpreter': 'Interpreter for a spoken language',
    'sign-interpreter': 'Sign language interpreter',
    'transfer-equipment': 'Help to move onto a chair or table',
    'more-time': 'More time',
  },
  no: 'No',
  interpreter: (language: string) => `Interpreter: ${language}`,
  cannotMeet: (need: string) => `We cannot offer this online: ${need}.`,
  maybeMeet: (need: string) => `We have to check this and will tell you: ${need}.`,
  goOn: 'Go on with this time',
  series: 'Your visits',
  course: (count: number, perWeek: number) =>
    perWeek === 1
      ? `${visits(count)}, once a week`
      : perWeek === 2
        ? `${visits(count)}, twice a week`
        : `${visits(count)}, ${perWeek} times a week`,
  planning: 'Looking for a time for each visit…',
  unfitted: (count: number) => `We found no free time at this hour for ${visits(count)}. The rest can be booked later.`,
  noTimeThen: 'no free time at this hour',
  takenVisit: 'someone else was faster',
  bookVisits: (count: number) => `Book ${visits(count)}`,
  otherFirst: 'Choose another first time',
  bookingSeries: (done: number, all: number) => `Booking… ${done} of ${all} done`,
  seriesBooked: (count: number) => (count === 0 ? 'Nothing could be booked' : `${visits(count)} booked`),
  missing: (count: number, phone: string | undefined) =>
    `There is no time yet for ${visits(count)}. Book ${count === 1 ? 'it' : 'them'} one by one${phone ? `, or call us at ${phone}` : ''}.`,
  waitlist: 'Shall we tell you when a time comes free?',
  waitlistNote:
    'We put you on the waiting list and tell you as soon as a time comes free. You can still book another time.',
  until: 'Tell me of times until the end of',
  joinWaitlist: 'Put me on the waiting list',
  waiting: 'You are on the waiting list',
  waitingNote: 'We tell you when a time comes free.',
  waitingQueued: 'We cannot reach the clinic right now. Your wish is saved here and sent as soon as we can.',
  noAppointments: 'You have no appointments.',
  bookVisit: 'Book a visit',
  changed: 'This appointment has changed in the meantime. Here is how things are now.',
  changeTime: 'Change the time',
  cancel: 'Cancel',
  leaveWaitlist: 'Leave the waiting list',
  between: (from: string, to: string) => `From ${from} to ${to}`,
  statuses: {
    waitlist: 'On the waiting list',
    proposed: 'Waiting for the clinic to say yes',
    pending: 'Waiting for the clinic to say yes',
    booked: 'Booked',
    arrived: 'You have arrived',
    'checked-in': 'Checked in',
    fulfilled: 'Done',
    noshow: 'Missed',
    cancelled: 'Cancelled',
  },
  cancelling: 'Do you want to cancel this?',
  why: 'Why?',
  reasons: {
    'cannot-come': 'I cannot come then',
    'feeling-better': 'I feel better',
    'no-transport': 'I have no way to get there',
    'cannot-pay': 'I cannot pay for it',
    'moved-away': 'I have moved away',
    other: 'Another reason',
  },
  cancelIt: 'Yes, cancel it',
  keepIt: 'No, keep it',
  cancelled: 'It is cancelled',
  chooseNewTime: 'Choose a new time',
  keepTime: 'Keep my time',
  move: 'Move to this time',
  movingFrom: (time: string) => `You keep your old time until this is done: ${time}.`,
  moved: 'Your appointment has been moved',
  nearest: 'The nearest free times',
};
export type MoreMessages = typeof moreMessages;
