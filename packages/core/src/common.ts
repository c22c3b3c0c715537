import * as z from 'zod/mini';
import { isDay, isInstant, isTimeZone } from './time.ts';

// A check of our own costs a few bytes where the library's own kinds of number, date and time cost a kilobyte in every page.

/** A whole number, from the one to the other. */
export const whole = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.number().check(z.refine((value) => Number.isInteger(value) && value >= least && value <= most));

/** A text of so many characters. */
export const text = (least: number, most: number) =>
  z.string().check(z.refine((value) => value.length >= least && value.length <= most));

/** Names something at the clinic. Opaque: only the adapter that made it can read it. */
export const Id = text(1, 256);

/** A moment, with its offset: `2026-03-02T09:30:00-05:00` (RFC 3339). */
export const Instant = z.string().check(z.refine(isInstant));

/** A calendar day, without a time or a zone: `2026-03-02`. */
export const Day = z.string().check(z.refine(isDay));

/** An IANA time zone: `America/New_York`. */
export const TimeZone = z.string().check(z.refine(isTimeZone));

/** A BCP 47 language tag, of a spoken or a signed language: `es`, `ase`. */
export const Language = z.string().check(z.refine((tag) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag)));

/** Tells one state of a thing from the next, and goes back with a write. Opaque; empty where the clinic keeps none. */
export const Version = text(0, 256);

/** Where the next page starts. Opaque, and good only for the same question. */
export const Cursor = text(1, 4096);

/** How many items a page may have. */
export const Limit = whole(1, 1000);

/** What every `find…` answers with: maybe empty, and with `next` when there is more. */
export const pageOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.optional(Cursor) });

/** Who acts, and for whom. Goes with every write. */
export const Acting = z.object({
  /** Whose care it is about. */
  patientId: Id,
  /** Who acts for the patient, such as a parent for a child. Left out, the patient acts. */
  representativeId: z.optional(Id),
});
export type Acting = z.output<typeof Acting>;

/** What a write that may wait answers with. */
export const Receipt = z.object({ id: Id, status: z.enum(['accepted', 'queued']) });
export type Receipt = z.output<typeof Receipt>;
