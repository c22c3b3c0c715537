import type { Case } from './case.ts';
import { acknowledgeCases } from './desk-acknowledged.ts';
import { arrivalListCases } from './desk-arrivals.ts';
import { attentionCases } from './desk-attention.ts';

/** What the operations of the front desk promise besides what all operations do. */
export const desk: readonly Case[] = [...attentionCases, ...acknowledgeCases, ...arrivalListCases];
