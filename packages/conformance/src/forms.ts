import type { Case } from './case.ts';
import { alertCases } from './forms-attention.ts';
import { formCases } from './forms-asked.ts';
import { optionCases } from './forms-options.ts';
import { submissionCases } from './forms-submitted.ts';
import { waitingCases } from './forms-waiting.ts';

/** What the operations about forms promise besides what all operations do. */
export const forms: readonly Case[] = [
  ...waitingCases,
  ...formCases,
  ...optionCases,
  ...submissionCases,
  ...alertCases,
];
