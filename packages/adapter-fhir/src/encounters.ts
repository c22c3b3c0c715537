import type * as fhir from 'fhir/r4.js';
import type { Asking } from './client.ts';
import { idOf, momentOf } from './datatypes.ts';
import { objectsIn, textOf } from './elements.ts';
import { lenient } from './lenient.ts';
import { inChunks, searchAll, type Setting } from './setting.ts';

/** What the Encounters of a visit say of it. */
export interface Met {
  readonly state: 'with-clinician' | 'finished';
  /** When it came to be so, in milliseconds, where that is known. */
  readonly since?: number;
}

type Status = fhir.Encounter['status'];

/** What is not over, and not under way either (https://hl7.org/fhir/R4/valueset-encounter-status.html). */
const STILL: readonly Status[] = ['planned', 'arrived', 'triaged', 'onleave', 'unknown'];

/** How visits stand by their Encounters, which many servers make themselves; nothing of a visit that has none. */
export async function encountersOf(
  setting: Setting,
  appointmentIds: readonly string[],
  asking: Asking,
): Promise<ReadonlyMap<string, Met>> {
  const { ability, warn } = setting;
  // A server that does not know the parameter may ignore it, and answer with all the Encounters that it has.
  if (!ability.matches('Encounter', 'appointment')) return new Map();
  const found = await inChunks(appointmentIds, (ids) => {
    const query = [['appointment', ids.map((id) => `Appointment/${id}`).join()]] as const;
    return searchAll<fhir.Encounter>(setting, 'Encounter', query, { ...asking, secret: true, tolerant: true });
  });
  return new Map(
    appointmentIds.flatMap((id) => {
      const own = found.filter((one) => lenient(one, (encounter) => isOf(encounter, id), warn));
      const met = metIn(own);
      return met ? [[id, met] as const] : [];
    }),
  );
}

const isOf = ({ appointment }: fhir.Encounter, appointmentId: string): boolean =>
  objectsIn<fhir.Reference>(appointment).some((one) => idOf(one, 'Appointment') === appointmentId);

/** What several Encounters of one visit come to: it is not over before all are. */
export function metIn(encounters: readonly fhir.Encounter[]): Met | undefined {
  const now = encounters.filter(({ status }) => status === 'in-progress');
  const begun = now.flatMap((one) => begunAt(one) ?? []);
  if (now.length) return { state: 'with-clinician', ...(begun.length && { since: Math.max(...begun) }) };
  const isOver = encounters.some(({ status }) => status === 'finished');
  return isOver && !encounters.some(({ status }) => STILL.includes(status)) ? { state: 'finished' } : undefined;
}

/** When it got under way: where what came before was noted, after that, for the Encounter may begin with the arrival. */
function begunAt({ statusHistory, period }: fhir.Encounter): number | undefined {
  const noted = objectsIn<fhir.EncounterStatusHistory>(statusHistory).map((one) =>
    one.status === 'in-progress' ? one.period?.start : one.period?.end,
  );
  const moments = [period?.start, ...noted].flatMap((one) => momentOf(textOf(one)) ?? []);
  return moments.length ? Math.max(...moments) : undefined;
}
