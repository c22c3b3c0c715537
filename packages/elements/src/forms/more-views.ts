export { alertView } from './alert-view.ts';
export { dateInputs, timeInput } from './date-inputs.ts';
export { emergencyView } from './emergency-view.ts';
export { fileInput } from './file-input.ts';
export { review, sent } from './last-views.ts';
export { moreMessages } from './more-messages.ts';
export { moreStyles as partStyles } from './more-styles.ts';
export { amountInput, sliderInput } from './number-inputs.ts';
export { adder, occurrence, remover } from './occurrences.ts';
export { dropDown, ownWords, typedInstead } from './rarer-choices.ts';
export { searchInput } from './search-input.ts';
// Needed later: should the network be gone by then, they are here.
export { attachmentOf } from './file-reading.ts';
export { handIn } from './submitting.ts';
export { summary } from './trouble-summary.ts';
export { troubleWords } from './trouble-words.ts';
