import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { type Asking, isOneOf } from './client.ts';
import { objectsIn } from './elements.ts';
import { searchAll, type Setting } from './setting.ts';
import { WRITE_KEY } from './vocabulary.ts';
import { create } from './writes.ts';

/** A write: what goes with the call, and what it works with. */
export interface Write extends Setting {
  readonly key: string;
  readonly asking: Asking;
}

/**
 * Where a resource carries the key of its write: a tag where its type has no identifier that can be searched
 * (https://hl7.org/fhir/R4/provenance.html#search).
 */
const placeOf = (type: string): 'identifier' | '_tag' => (type === 'Provenance' ? '_tag' : 'identifier');

/** The mark of a write on what it makes. */
export const markOf = (key: string) => ({ system: WRITE_KEY, value: key });
/** The same as a tag. */
export const tagOf = (key: string) => ({ system: WRITE_KEY, code: key });

/** Whether a resource was made under a key. */
function isUnder(resource: fhir.FhirResource, key: string): boolean {
  const { identifier, meta } = resource as { identifier?: unknown; meta?: fhir.Meta };
  return (
    objectsIn<fhir.Identifier>(identifier).some(({ system, value }) => system === WRITE_KEY && value === key) ||
    objectsIn<fhir.Coding>(meta?.tag).some(({ system, code }) => system === WRITE_KEY && code === key)
  );
}

/** What an earlier try under the key has made. */
export async function madeUnder<R extends fhir.FhirResource>(
  setting: Setting,
  type: R['resourceType'],
  key: string,
  asking: Asking,
): Promise<R | undefined> {
  const query = [[placeOf(type), `${WRITE_KEY}|${key}`]] as const;
  // Where it cannot be searched for, the conditional create alone keeps it from being made twice.
  const found = await searchAll<R>(setting, type, query, { ...asking, secret: true, tolerant: true });
  return found.find((one) => isUnder(one, key));
}

/** Creates a resource once, however often it is tried under the key that it is marked with. */
export async function createOnce<R extends fhir.FhirResource>(
  { client, ...setting }: Setting,
  draft: R,
  key: string,
  asking: Asking,
): Promise<R> {
  const type = draft.resourceType;
  try {
    return await create(client, draft, asking, `${WRITE_KEY}|${key}`, placeOf(type));
  } catch (error) {
    // The reply may be lost, and not the write.
    const made = isOneOf(error, 'unavailable', 'unexpected')
      ? await madeUnder<R>({ client, ...setting }, type, key, asking).catch(() => undefined)
      : undefined;
    if (made) return made;
    throw error;
  }
}

/** A key that was used for something else. */
export const otherRequest = (): ClinicError =>
  new ClinicError('invalid', 'The idempotency key was used for another request.');
