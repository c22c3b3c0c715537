import { messages as common } from '../../ui/messages.ts';

/** What is said of programmes for a medicine or a device, in plain English. */
export const messages = {
  ...common,
  title: 'Programs that help with your medicine or device',
  finding: 'Looking for programs…',
  none: 'There is no program for you here right now.',
  choose: 'Ask to join',
  chooseOf: (name: string) => `Ask to join: ${name}`,
  source: (clinic: string) => `From ${clinic}`,
  states: {
    submitted: (day: string) => `You asked to join on ${day}. The program has not answered yet.`,
    active: (day: string) => `You have been in this program since ${day}.`,
    declined: (day: string) => `The program said no on ${day}. You can ask again.`,
    ended: (day: string) => `You were in this program until ${day}.`,
  },
  notes: {
    sent: 'Your request has been sent.',
    queued: 'Your request is saved on this device. It will be sent as soon as the clinic can be reached.',
    changed: 'This has changed in the meantime. Here is how it stands now.',
    'at-desk': 'Please ask staff about this program. We have not told them.',
  },
  takes: 'What it takes',
  takesNote: 'We go through it one by one. What you have done stays done.',
  takesNothing: 'It takes nothing more from you.',
  stages: {
    insurance: 'Say whether your insurance is still right',
    forms: 'Answer questions about your health',
    documents: 'Read what you would agree to, and decide',
  },
  through: 'Done',
  open: 'Still to do',
  lacks: { insurance: 'Staff have to look at it', forms: 'Still to do', documents: 'You said no' },
  start: 'Start',
  goOn: 'Go on',
  ready: 'You have been through everything. You can send your request now.',
  send: 'Send my request',
  sending: 'Sending your request…',
  others: 'See all programs',
  stop: 'Back to what is left',
  incomplete: 'You have not joined yet',
  missing: {
    insurance: 'The program needs your insurance as it is now. Staff have to put it right with you.',
    forms: 'Answers about your health are missing.',
    documents: 'The program needs your agreement, and does not have it.',
  },
  saidNo: (title: string) =>
    `You said no to “${title}”. That is all right. Without it, the program cannot take you. Your visit goes on as planned.`,
  again: 'Go through it again',
  toDesk: 'Leave it for staff',
  failed: 'That did not work',
  uncertain: 'We could not make sure that it arrived. Trying again will not send it twice.',
  close: 'I am finished here',
};
export type Messages = typeof messages;
