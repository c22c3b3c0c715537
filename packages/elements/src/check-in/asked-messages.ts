/** What is said of a call for a person that was made from within a part, in plain English. */
export const askedMessages = {
  asking: 'We are telling staff…',
  notReached: 'This has NOT reached staff.',
  goToDesk: 'Please go to the front desk, or try again.',
  askAgain: 'Try again to reach staff',
  told: 'Staff have been told. Please wait here for a moment.',
  coming: 'Someone is coming to you.',
  seen: 'Staff have seen this.',
  closed: 'Staff have closed this. If you still need someone, please ask at the front desk.',
  unanswered: 'Nobody has answered yet.',
  deskClosed: 'Nobody is at the desk right now.',
  goTo: (place: string) => `Please go here: ${place}`,
  number: (number: string) => `Your number is ${number}.`,
  billSent: 'Your question has reached us. Use your number when you ask about it.',
};
export type AskedMessages = typeof askedMessages;
