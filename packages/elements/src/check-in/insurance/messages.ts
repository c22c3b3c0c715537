import { messages as common } from '../../ui/messages.ts';

/** What is said about a patient's insurance, in plain English. */
export const messages = {
  ...common,
  topic: 'Your insurance',
  title: 'Is this insurance still right?',
  noneTitle: 'We have no insurance on file',
  reading: 'Getting your insurance…',
  sending: 'Sending…',
  failed: 'That did not work',
  noneOnFile: 'Do you have insurance that pays for visits?',
  notKept: 'Whatever you answer, you can go on.',
  payer: 'Insurance',
  plan: 'Plan',
  member: 'Member number',
  holder: 'In whose name',
  holders: { self: 'The patient', parent: 'A parent', spouse: 'Husband or wife', child: 'A child' } as Readonly<
    Record<string, string>
  >,
  ends: (day: string) => `It ends on ${day}.`,
  ended: (day: string) => `It ended on ${day}.`,
  first: 'We send the bill here first.',
  show: 'Show the whole number',
  hide: 'Hide it again',
  hidden: 'hidden',
  hiddenBut: (open: string) => `hidden, but for the end: ${open}`,
  confirm: 'This is still right',
  changed: 'This has changed',
  have: 'I have insurance',
  none: 'I have no insurance',
  conflict: 'The clinic has changed something in the meantime. Please look again.',
  uncertain: 'We could not make sure that it arrived. Trying again will not send it twice.',
  toldTitle: 'Thank you',
  queued: 'We cannot reach the clinic right now. What you said is saved, and will be sent.',
  toldChanged: 'Staff need to go through your insurance with you. Please have your card ready, if you have one.',
  toldNone: 'Staff need to talk with you about this.',
  goOn: 'Go on',
};
export type Messages = typeof messages;
