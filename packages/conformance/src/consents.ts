import type { Case } from './case.ts';
import { copyCases } from './consents-copies.ts';
import { decisionCases } from './consents-decided.ts';
import { documentCases } from './consents-documents.ts';
import { programCases } from './consents-programs.ts';
import { representedConsentCases } from './consents-represented.ts';
import { withdrawalCases } from './consents-withdrawn.ts';

/** What the operations about agreements promise besides what all operations do. */
export const consents: readonly Case[] = [
  ...documentCases,
  ...decisionCases,
  ...copyCases,
  ...withdrawalCases,
  ...programCases,
  ...representedConsentCases,
];
