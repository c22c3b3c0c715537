import type * as fhir from 'fhir/r4.js';
import type { Desk } from '@clinic-widgets/core/check-in.js';
import { type Asking, isOneOf } from './client.ts';
import type { Write } from './once.ts';
import { receptionOf, whereToGo } from './reception.ts';
import { searchAll, type Setting } from './setting.ts';
import { DESK } from './vocabulary.ts';
import { create, update } from './writes.ts';

const FRONT = `${DESK}|front`;

async function deskOf(setting: Setting, asking: Asking): Promise<fhir.Location | undefined> {
  const query = [['identifier', FRONT]] as const;
  const found = await searchAll<fhir.Location>(setting, 'Location', query, { ...asking, tolerant: true });
  return found.find(({ status }) => status !== 'inactive');
}

/** Whether somebody is at the desk: as it said last, or else as the host does. */
export async function isDeskOpen(setting: Setting, asking: Asking): Promise<boolean> {
  const status = (await deskOf(setting, asking))?.status;
  return status === undefined ? receptionOf(setting).deskOpen : status === 'active';
}

/** Whether somebody is at the desk, and where to go when nobody comes. */
export const describeDesk = async (setting: Setting, asking: Asking): Promise<Desk> => ({
  open: await isDeskOpen(setting, asking),
  ...whereToGo(setting),
});

/** Opens or closes the desk. Who says so last is right. */
export async function openDesk(write: Write, { open }: { readonly open: boolean }): Promise<Record<string, never>> {
  const { client, asking } = write;
  const status = open ? 'active' : 'suspended';
  const draft: fhir.Location = {
    resourceType: 'Location',
    identifier: [{ system: DESK, value: 'front' }],
    status,
    name: 'Front desk',
  };
  let desk = (await deskOf(write, asking)) ?? (await create(client, draft, asking, FRONT));
  for (let tries = 0; desk.status !== status; tries++) {
    try {
      desk = await update(client, desk, { status }, asking);
    } catch (error) {
      if (!isOneOf(error, 'conflict') || tries > 5) throw error;
      desk = await client.read<fhir.Location>('Location', `${desk.id}`, asking);
    }
  }
  return {};
}
