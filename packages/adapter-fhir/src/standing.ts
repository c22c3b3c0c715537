import type * as fhir from 'fhir/r4.js';
import type { Asking } from './client.ts';
import { idOf } from './datatypes.ts';
import { searchAll, type Setting } from './setting.ts';

const OVER: readonly string[] = ['cancelled', 'noshow', 'entered-in-error', 'waitlist'];

/** Whether an appointment takes a time, or took it. */
export const isLive = ({ status }: fhir.Appointment): boolean => !OVER.includes(status);

/** Those of the slots that an appointment refers to that stands. */
export async function slotsTaken(setting: Setting, slots: readonly fhir.Slot[], asking: Asking): Promise<fhir.Slot[]> {
  const query = [['slot', slots.map(({ id }) => `Slot/${id}`).join()]] as const;
  const found = await searchAll<fhir.Appointment>(setting, 'Appointment', query, { ...asking, secret: true });
  const standing = found.flatMap((one) => (isLive(one) ? (one.slot ?? []) : []));
  const ids = standing.map((reference) => idOf(reference, 'Slot'));
  return slots.filter(({ id }) => ids.includes(id));
}
