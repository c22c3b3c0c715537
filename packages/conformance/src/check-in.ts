import type { Case } from './case.ts';
import { arrivalCases } from './check-in-arrival.ts';
import { helpCases } from './check-in-help.ts';
import { identityCases } from './check-in-identity.ts';
import { leavingCases } from './check-in-leaving.ts';
import { paymentCases } from './check-in-payment.ts';
import { reminderCases } from './check-in-reminders.ts';
import { triesCases } from './check-in-tries.ts';
import { visitCases } from './check-in-visits.ts';
import { waitingCases } from './check-in-waiting.ts';
import { walkInCases } from './check-in-walk-in.ts';

/** What the operations of who comes to a visit promise besides what all operations do. */
export const checkIn: readonly Case[] = [
  ...identityCases,
  ...triesCases,
  ...visitCases,
  ...arrivalCases,
  ...waitingCases,
  ...paymentCases,
  ...leavingCases,
  ...reminderCases,
  ...helpCases,
  ...walkInCases,
];
