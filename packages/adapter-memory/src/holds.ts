import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Diary, Entry } from './diary.ts';

/** A slot that is kept for a patient. */
export interface Kept {
  readonly id: string;
  readonly entry: Entry;
  readonly patientId: string;
  readonly until: number;
}

/** The slots kept at the moment. */
export interface Holds {
  /** Ends the holds whose time is over. */
  advance(now: number): void;
  keep(entry: Entry, patientId: string, now: number): Kept;
  find(id: string): Kept | undefined;
  /** A hold that ran out and whose slot nobody has touched since. */
  findEnded(id: string): Kept | undefined;
  /** Ends a hold and leaves the slot to whoever ended it. */
  drop(hold: Kept): void;
}

/** Keeps slots for so many minutes. */
export function holdsOf(diary: Diary, minutes: number): Holds {
  const kept = new Map<string, Kept>();
  const ended = new Map<string, { readonly hold: Kept; readonly version: number }>();
  let count = 0;

  return {
    advance(now) {
      for (const hold of kept.values()) {
        if (hold.until > now) return;
        kept.delete(hold.id);
        diary.change(hold.entry, 'free');
        ended.set(hold.id, { hold, version: hold.entry.version });
      }
    },

    keep(entry, patientId, now) {
      const hold = { id: `hold-${(count += 1)}`, entry, patientId, until: now + minutes * 60_000 };
      diary.change(entry, 'held');
      kept.set(hold.id, hold);
      return hold;
    },

    find: (id) => kept.get(id),

    findEnded(id) {
      const { hold, version } = ended.get(id) ?? {};
      return hold?.entry.version === version ? hold : undefined;
    },

    drop(hold) {
      kept.delete(hold.id);
    },
  };
}

/** The slot that a request may have: free and as the patient saw it, or held for them. */
export function claim(
  diary: Diary,
  holds: Holds,
  request: {
    readonly acting: { readonly patientId: string };
    readonly slot: { readonly id: string; readonly version: string };
    readonly holdId?: string | undefined;
  },
): { readonly entry: Entry; readonly hold?: Kept } {
  const entry = diary.find(request.slot.id);
  if (!entry) throw new ClinicError('not-found', 'There is no such slot.');

  if (request.holdId !== undefined) {
    const hold = holds.find(request.holdId) ?? holds.findEnded(request.holdId);
    if (hold?.entry !== entry || hold.patientId !== request.acting.patientId || entry.begun) {
      throw new ClinicError('conflict', 'The slot is not held any more.');
    }
    return { entry, hold };
  }
  if (!diary.isFree(entry)) throw new ClinicError('conflict', 'The slot is no longer free.');
  if (String(entry.version) !== request.slot.version) throw new ClinicError('conflict', 'The slot has changed.');
  return { entry };
}
