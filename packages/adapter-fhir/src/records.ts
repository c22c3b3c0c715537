import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { agentOf } from './acting.ts';
import { keysOf } from './appointments.ts';
import type { Asking } from './client.ts';
import { warningOf } from './lenient.ts';
import { searchAll, type Setting } from './setting.ts';
import { WRITE_KEY } from './vocabulary.ts';
import { type Changes, create as createResource, update } from './writes.ts';

/** The appointment that an earlier write under the key has made. */
export async function madeUnder(setting: Setting, key: string, asking: Asking): Promise<fhir.Appointment | undefined> {
  const query = [['identifier', `${WRITE_KEY}|${key}`]] as const;
  const found = await searchAll<fhir.Appointment>(setting, 'Appointment', query, { ...asking, secret: true });
  return found.find((one) => keysOf(one).includes(key));
}

/** Creates an appointment once, however often it is tried under the key. */
export async function create(
  setting: Setting,
  key: string,
  draft: fhir.Appointment,
  asking: Asking,
): Promise<fhir.Appointment> {
  try {
    return await createResource(setting.client, draft, asking, `${WRITE_KEY}|${key}`);
  } catch (error) {
    const made = isLost(error) ? await madeUnder(setting, key, asking).catch(() => undefined) : undefined;
    if (made) return made;
    throw error;
  }
}

/** Changes an appointment once, however often it is tried under the key. */
export async function change(
  { client }: Setting,
  found: fhir.Appointment,
  changes: Changes<fhir.Appointment>,
  asking: Asking,
  key?: string,
): Promise<fhir.Appointment> {
  try {
    return await update(client, found, changes, asking);
  } catch (error) {
    const { id = '' } = found;
    const now = key && (await client.read<fhir.Appointment>('Appointment', id, asking).catch(() => undefined));
    if (now && key && keysOf(now).includes(key)) return now;
    throw error;
  }
}

/** Whether a write may have been carried out although it failed: the reply may be lost, and not the write. */
const isLost = (error: unknown): boolean =>
  isClinicError(error) && (error.code === 'unavailable' || error.code === 'unexpected');

/** Notes who acted for the patient, and by what right, where the server keeps such notes. What was done stands without it. */
export async function record(
  { client, ability, now, warn }: Setting,
  acting: Acting,
  authority: Authority,
  appointment: fhir.Appointment,
) {
  if (acting.representativeId === undefined || !ability.can('Provenance', 'create')) return;
  const { id, meta } = appointment;
  const version = meta?.versionId ? `/_history/${meta.versionId}` : '';
  const provenance: fhir.Provenance = {
    resourceType: 'Provenance',
    target: [{ reference: `Appointment/${id}${version}` }],
    recorded: new Date(now).toISOString(),
    agent: [agentOf(acting, authority)],
  };
  await createResource(client, provenance, {}).catch(() => warn(warningOf(appointment, 'not-recorded')));
}
