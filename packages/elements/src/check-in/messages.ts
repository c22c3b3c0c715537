import { messages as common } from '../ui/messages.ts';
import type { MoreMessages } from './more-messages.ts';

/** What the check-in says until somebody is recognized, and of a call for a person, in plain English. */
export const messages = {
  ...common,
  welcome: 'Welcome',
  welcomeTo: (clinic: string) => `Welcome to ${clinic}`,
  chooseLanguage: 'Language',
  settings: 'Make it easier to use',
  textSize: 'Size of the words',
  textSizes: { normal: 'Normal', large: 'Large', largest: 'Largest' },
  contrast: 'Stronger colors',
  moreTime: 'I need more time',
  purpose: 'What would you like to do?',
  coming: 'Check in for my visit',
  leaving: 'Leave after my visit',
  program: 'Join a program for my medicine or device',
  walkIn: 'I have no appointment',
  who: 'Who is the visit for?',
  byName: 'With my name',
  byCode: 'With the code from my reminder',
  code: 'Code from your reminder',
  codeHint: 'You find it in the text message, e-mail or letter about your visit.',
  familyName: 'Last name',
  birthDate: 'Date of birth',
  month: 'Month',
  day: 'Day',
  year: 'Year',
  forOther: 'I am here for someone else, such as my child or my parent',
  forOtherNote: 'Above, please write the name of the person who has the visit.',
  yourName: 'Your own name',
  relationship: 'Who you are to them',
  relationshipHint: 'Such as: mother, son, guardian',
  next: 'Next',
  looking: 'Looking for your visit…',
  unrecognized: 'We could not find your visit with this.',
  unrecognizedNote:
    'Please check what you wrote. Or get a number for the front desk: they can help you with any question.',
  tooManyTries: 'That was tried many times. Please wait some minutes, or go to the front desk.',
  deskNumber: 'Get a number for the desk',
  missing: {
    code: 'Please write the code.',
    familyName: 'Please write the last name.',
    birthDate: 'Please write the date of birth. The year has four digits.',
    name: 'Please write your own name.',
    relationship: 'Please write who you are to them.',
    value: 'Please write an answer.',
    reason: 'Please write why you have come.',
  },
  refused: 'The clinic could not accept this. Please check it.',
  arriving: 'We are telling the clinic that you are here…',
  opening: 'One moment, please…',
  finishing: 'We are checking you in…',
  finish: 'I am finished',
  leave: 'Stop and clear the screen',
  goodbye: 'Thank you. Goodbye!',
  sending: 'One moment, please…',
  help: 'Get a person',
  helpTitle: 'We are here to help',
  helpOffer: 'Would you like someone to help you?',
  notCalled: 'Nobody has been told yet.',
  callPerson: 'Call someone to me now',
  close: 'Close this',
  calling: 'We are telling staff…',
  called: 'Staff have been told. We do not know yet who can come.',
  someoneComes: 'Someone is coming to you.',
  callClosed: 'Staff have closed this call. If you still need someone, please call again or go to the front desk.',
  nobody: (goTo: string) => `Nobody has answered yet. Please go to: ${goTo}`,
  deskClosed: (goTo: string) => `The front desk is closed right now. Please go to: ${goTo}`,
  number: (number: string) => `Your number for this: ${number}`,
  notReached: 'This has NOT reached staff.',
  notReachedNote: 'Please go to the front desk, or call out to someone who works here.',
  /** Said instead to somebody with a phone, who need not be at the clinic. */
  away: {
    callPerson: 'Tell staff now',
    called: 'Staff have been told. We do not know yet who can answer.',
    someoneComes: 'Staff have seen this.',
    notReachedNote: 'If you are at the clinic, please go to the front desk.',
    desk: 'Please ask the front desk',
    emergency: 'Call 911 now',
    emergencyNote: 'If you are at the clinic, tell a member of staff now.',
    takenIn: 'Please come to the front desk',
    takenInNote: 'When you come, say this number.',
  },
  signedOut:
    'To keep your information private, your visit here was closed. What you sent is kept; what you had not sent must be entered again.',
  uncertain: 'We could not make sure that it arrived. Trying again will not do it twice.',
  failed: 'That did not work',
  startOver: 'Start again',
};
/** Words laid over others, also over some of a group. */
export const laidOver = (text: Messages, words: object): Messages =>
  Object.fromEntries(
    Object.entries(text).map(([name, said]: [string, unknown]) => {
      const over = (words as Record<string, unknown>)[name];
      return [name, typeof over === 'object' ? { ...(said as object), ...over } : (over ?? said)];
    }),
  ) as unknown as Messages;

/** Everything the check-in says: a language has all of it, English fetches the second part meanwhile. */
export type Messages = typeof messages & MoreMessages;
