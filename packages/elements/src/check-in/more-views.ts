export { deskClosed } from './desk-closed-view.ts';
export { desk, done, list, partWays, progress } from './going-views.ts';
export { moreMessages } from './more-messages.ts';
export { moreStyles as partStyles } from './more-styles.ts';
export { challenged, here, visits } from './recognized-views.ts';
export { reminded, responded } from './reminder-views.ts';
export { writing } from './tell-us-view.ts';
export { danger, emergency, takenIn, walkIn } from './walk-in-views.ts';
