import { type AdapterImplementation, type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { booksOf } from './books.ts';
import { checkIn } from './check-in.ts';
import { consents } from './consents.ts';
import { desk } from './desk.ts';
import { details } from './details.ts';
import { forms } from './forms.ts';
import { scheduling } from './scheduling.ts';
import type { Seed } from './seed.ts';

/** What may be said about the clinic besides its seed. */
export interface MemoryOptions {
  /** The instant it is at the clinic; the machine's clock where left out. It never goes back. */
  readonly now?: () => string;
  /** For how long a time is kept for a patient. */
  readonly holdMinutes?: number;
}

/** A clinic that lives in this page: for demos, stories, tests and as the reference for every other adapter. */
export function memoryAdapter(
  seed: Seed,
  { now = () => new Date().toISOString(), holdMinutes = 10 }: MemoryOptions = {},
): ClinicAdapter {
  const open = booksOf(seed, now, holdMinutes);
  const implementation: AdapterImplementation = {
    async describeClinic() {
      return { ...seed.clinic, supports: Object.keys(implementation) };
    },
    ...scheduling(open, seed),
    ...forms(open),
    ...checkIn(open, seed),
    ...details(open),
    ...consents(open),
    ...desk(open),
  };
  return defineAdapter(implementation);
}
