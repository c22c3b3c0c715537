import * as z from 'zod/mini';
import { TimeZone } from './common.ts';
import { read } from './operation.ts';

/** Who the clinic is, and what its adapter can do. */
export const Clinic = z.object({
  name: z.string(),
  /** The zone in which the clinic's days and hours are meant, unless a location has its own. */
  timeZone: TimeZone,
  /** Names of the operations that the adapter carries out here. */
  supports: z.array(z.string()),
  /** Whether a booking is a request that staff answer later, so that no widget says "booked". */
  requestOnly: z.optional(z.boolean()),
  /** The number that a patient may call, as it is read out or written. */
  phone: z.optional(z.string()),
});
export type Clinic = z.output<typeof Clinic>;

/** The questions about the clinic itself. */
export const clinic = {
  /** Who the clinic is and what can be done here. Every widget asks this first. */
  describeClinic: read(z.object({}), Clinic, { sample: {}, phi: false }),
};
