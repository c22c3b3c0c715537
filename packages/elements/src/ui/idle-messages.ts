/** What the warning before a wipe says, in plain English. */
export const messages = {
  title: 'Are you still here?',
  lead: (seconds: number) =>
    `If nobody answers, this screen is cleared in ${seconds} seconds, so that nobody else sees what you entered. What you have sent is kept.`,
  anyKey: 'Touch the screen or press any key to go on.',
  nearEnd: (seconds: number) => `This screen is cleared in ${seconds} seconds.`,
  stillHere: 'I am still here',
  moreTime: 'I need more time',
  finished: 'I am finished',
};
export type IdleMessages = typeof messages;
