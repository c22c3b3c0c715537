import type * as fhir from 'fhir/r4.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { Asking } from './client.ts';
import { actorIn, asRead, keep, type Said, saidOf } from './confirmations.ts';
import { idAmong } from './datatypes.ts';
import { objectsIn } from './elements.ts';
import type { Write } from './once.ts';
import type { Setting } from './setting.ts';

/** Writes down, once, who took an agreement back, where the server keeps such notes: the Consent has no place for it. */
export async function noteWithdrawal(
  write: Write,
  { acting, authority }: Pick<Said, 'acting' | 'authority'>,
  consent: fhir.Consent,
  versionId: string,
): Promise<void> {
  if (!write.ability.can('Provenance', 'create')) return;
  await keep(write, {
    about: 'withdrawal',
    acting,
    authority,
    byStaff: false,
    at: new Date(write.now).toISOString(),
    targets: [asRead(consent)],
    ...(versionId && { revised: asRead({ ...consent, meta: { versionId } }) }),
    entries: [],
  });
}

/** Who took agreements of a patient's back, by the ids of the Consents. */
export async function withdrawalsOf(
  setting: Setting,
  patientId: string,
  asking: Asking,
): Promise<ReadonlyMap<string, Acting>> {
  const said = await saidOf(setting, patientId, ['withdrawal'], asking);
  return new Map(
    said.flatMap((one) => {
      const id = idAmong(objectsIn<fhir.Reference>(one.target), 'Consent');
      const acting = actorIn(one, patientId);
      return id && acting ? [[id, acting] as const] : [];
    }),
  );
}
