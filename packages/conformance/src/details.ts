import type { Case } from './case.ts';
import { changeCases } from './details-changed.ts';
import { coverageCases } from './details-coverages.ts';
import { recordCases } from './details-record.ts';
import { representedCases } from './details-represented.ts';

/** What the operations about what is known of a patient promise besides what all operations do. */
export const details: readonly Case[] = [...changeCases, ...representedCases, ...recordCases, ...coverageCases];
