import { messages as common } from '../ui/messages.ts';
import type { MoreMessages } from './more-messages.ts';

/** What the form says until its questions are answered, in plain English. */
export const messages = {
  ...common,
  noPatient: 'Please sign in to fill in a form.',
  opening: 'Getting your forms ready…',
  forms: 'Forms to fill in',
  noForms: 'There is nothing to fill in right now.',
  untitled: 'Questions',
  due: (day: string) => `Please fill it in by ${day}`,
  kept: 'We kept the answers that you gave before.',
  startAgain: 'Start again with no answers',
  changed: 'The clinic has changed this form in the meantime. Please look through your answers again.',
  sample: 'This is a sample. It is not for clinical use.',
  approved: (by: string, on: string, edition: string) =>
    `Approved by: ${by}.${on ? ` Date: ${on}.` : ''}${edition ? ` Edition: ${edition}.` : ''}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  next: 'Next',
  noAnswer: 'No answer',
  send: 'Send',
  sending: 'Sending your answers…',
  required: 'required',
  requiredNote: 'Questions that say “required” need an answer. You can leave out the others.',
  answer: 'Your answer',
  yes: 'Yes',
  no: 'No',
  notSure: 'Not sure',
  amNotSure: 'I am not sure',
  clear: 'Take my answer back',
  choose: 'Choose…',
  other: 'Something else',
  otherAnswer: 'Please say what',
  chooseSeveral: 'You can choose more than one.',
  noList: 'The list cannot be shown right now. Please type your answer.',
  nth: (number: number) => `Number ${number}`,
  add: (what: string) => `Add another: ${what}`,
  remove: (what: string) => `Remove: ${what}`,
  partialDate: 'If you do not know the day or the month, leave them out.',
  uncertain: 'We could not make sure that it arrived. Trying again will not send it twice.',
  failed: 'That did not work',
};
/** Everything the form says: a language has all of it, English fetches the second part with the form. */
export type Messages = typeof messages & MoreMessages;
