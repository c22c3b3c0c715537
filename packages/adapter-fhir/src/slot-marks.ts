import type * as fhir from 'fhir/r4.js';
import { momentOf } from './datatypes.ts';
import { BOOKING_MARK, HOLD_MARK } from './vocabulary.ts';

/**
 * Who has a slot is written on it as an identifier: `value` says under which key and for whom, to those who know
 * both and to nobody else; the end of its period, until when.
 *
 * | slot | status | mark |
 * |---|---|---|
 * | free | free | none |
 * | held while a patient confirms | busy-tentative | hold, with an end: then anyone may take it |
 * | being booked | busy-tentative | booking, with an end: then it may be taken if no appointment stands |
 * | booked | busy | booking, without an end |
 */
export interface Mark {
  readonly system: string;
  readonly value: string;
  /** In milliseconds. */
  readonly until?: number | undefined;
}

/** Where marks are told from other identifiers. */
export const SYSTEMS: readonly unknown[] = [HOLD_MARK, BOOKING_MARK];

/** The mark on a slot. */
export function markOf({ identifier = [] }: fhir.Slot): Mark | undefined {
  const mark = identifier.find(({ system }) => SYSTEMS.includes(system));
  return mark && { system: `${mark.system}`, value: `${mark.value}`, until: momentOf(mark.period?.end) };
}

/** Whether a time can be had: `unsure` where that hangs on whether an appointment stands. */
export function stateOf(slot: fhir.Slot, now: number): 'free' | 'taken' | 'unsure' {
  if ((momentOf(slot.start) ?? 0) <= now) return 'taken';
  if (slot.status === 'free') return 'free';
  const { system, until = Infinity } = markOf(slot) ?? {};
  if (slot.status !== 'busy-tentative' || until > now) return 'taken';
  return system === HOLD_MARK ? 'free' : 'unsure';
}
