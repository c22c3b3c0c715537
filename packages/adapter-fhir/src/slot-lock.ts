import type * as fhir from 'fhir/r4.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type { Asking, Client } from './client.ts';
import { type Mark, markOf, SYSTEMS } from './slot-marks.ts';
import { type Changes, update } from './writes.ts';

/**
 * Puts a mark on a slot, if it is still the version that was read: of many who try, the server lets one. Nothing
 * where slots may not be written at all.
 */
export async function lock(
  client: Client,
  slot: fhir.Slot,
  mark: Mark,
  now: number,
  asking: Asking,
): Promise<fhir.Slot | undefined> {
  if (isMarked(slot, mark) && (markOf(slot)?.until ?? Infinity) > now) return slot;
  try {
    return await update(client, slot, { status: 'busy-tentative', ...marked(slot, mark) }, asking);
  } catch (error) {
    if (isClinicError(error) && (error.code === 'forbidden' || error.code === 'unsupported')) return undefined;
    // The reply may be lost and not the write, or the same write may have been made by a repeat.
    const found = await look(client, slot, asking);
    if (found && isMarked(found, mark)) return found;
    throw error;
  }
}

/** Makes a locked slot busy for good; `conflict` where it has been taken over in the meantime. */
export async function settle(client: Client, slot: fhir.Slot, mark: Mark): Promise<void> {
  const final = (one: fhir.Slot) => ({ status: 'busy', ...marked(one, { ...mark, until: undefined }) }) as const;
  if (markOf(slot)?.until === undefined) return;
  try {
    await update(client, slot, final(slot), {});
  } catch (error) {
    const found = await look(client, slot, {});
    if (!found) throw error;
    if (!isMarked(found, mark)) throw new ClinicError('conflict', 'The slot was taken over.', { cause: error });
    // Some servers touch a slot by themselves when an appointment comes to refer to it.
    if (markOf(found)?.until !== undefined) await update(client, found, final(found), {});
  }
}

/** Gives a slot back, if it still carries the mark. */
export async function release(client: Client, id: string, mark: Mark, asking: Asking): Promise<void> {
  const slot = await client.read<fhir.Slot>('Slot', id, asking);
  if (isMarked(slot, mark)) await update(client, slot, { status: 'free', ...marked(slot) }, asking);
}

/** Whether a slot carries a mark, whenever that ends. */
export function isMarked(slot: fhir.Slot, { system, value }: Mark): boolean {
  const mark = markOf(slot);
  return mark?.system === system && mark.value === value;
}

const look = (client: Client, { id = '' }: fhir.Slot, asking: Asking): Promise<fhir.Slot | undefined> =>
  client.read<fhir.Slot>('Slot', id, asking).catch(() => undefined);

/** A slot's identifiers with another mark, or none. */
export function marked({ identifier = [] }: fhir.Slot, mark?: Mark): Changes<Pick<fhir.Slot, 'identifier'>> {
  const others = identifier.filter(({ system }) => !SYSTEMS.includes(system));
  if (!mark) return { identifier: others.length ? others : undefined };
  const { system, value, until } = mark;
  const period = until === undefined ? {} : { period: { end: new Date(until).toISOString() } };
  return { identifier: [...others, { system, value, ...period }] };
}

/**
 * What stands for a key and a patient in a mark. Not secure, and it need not be: the key is random, so that nobody
 * finds the patient by trying (cyrb53).
 */
export function fingerprint(key: string, patientId: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const character of `${key} ${patientId}`) {
    const code = character.codePointAt(0)!;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
