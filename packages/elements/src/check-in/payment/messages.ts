import { messages as common } from '../../ui/messages.ts';

/** What is said about what is due, in plain English. */
export const messages = {
  ...common,
  topic: 'Payment',
  title: 'How would you like to pay?',
  reading: 'Looking for what is due…',
  sending: 'Sending…',
  failed: 'That did not work',
  source: (clinic: string) => `${clinic} says that this is due:`,
  total: 'Total',
  notKept: 'Whatever you choose, you can go on.',
  payNow: 'Pay now',
  atDesk: 'Pay at the desk',
  cannotPay: 'I can’t pay today',
  paying: 'Please follow the steps on the card machine',
  payingNote: 'You pay at the card machine, or where this page asks you to. We never see the number of your card.',
  stop: 'Stop paying',
  notices: {
    unheard: 'You cannot pay here right now. Please choose another way.',
    failed: 'The payment did not work. You can try again, or choose another way.',
    stopped: 'You have stopped paying. You can try again, or choose another way.',
    changed: 'The clinic has changed what is due. Please look again.',
  },
  paidUnsent: 'You have paid. We could not tell the clinic yet. Please do not pay again.',
  reference: (reference: string) => `Number of your payment: ${reference}`,
  keepReference: 'Please write this number down, or show it to staff.',
  uncertain: 'We could not make sure that it arrived. Trying again will not send it twice.',
  paidTitle: 'Thank you, you have paid',
  savedTitle: 'Saved',
  queued: 'We cannot reach the clinic right now. What you said is saved, and will be sent.',
  goOn: 'Go on',
};
export type Messages = typeof messages;
