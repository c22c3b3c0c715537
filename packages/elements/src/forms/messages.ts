import { messages as common } from '../ui/messages.ts';
import type { MoreMessages } from './more-messages.ts';

/** What the form says until its questions are there, in plain English. */
export const messages = {
  ...common,
  noPatient: 'Please sign in to fill in a form.',
  opening: 'Getting your forms ready…',
  forms: 'Forms to fill in',
  noForms: 'There is nothing to fill in right now.',
  untitled: 'Questions',
  due: (day: string) => `Please fill it in by ${day}`,
  uncertain: 'We could not make sure that it arrived. Trying again will not send it twice.',
  failed: 'That did not work',
};
/** Everything the form says: a language has all of it, English fetches the second part with the form. */
export type Messages = typeof messages & MoreMessages;
