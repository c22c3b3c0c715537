import type * as fhir from 'fhir/r4.js';
import { Location, Practitioner } from '@clinic-widgets/core/scheduling.js';
import { isTimeZone } from '@clinic-widgets/core/time.js';
import { addressOf, extensionsOf, idAmong, idOf, nameOf, phoneOf, wordedIn, wordsOf } from './datatypes.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { inChunks, searchAll, type Setting } from './setting.ts';
import { type Asking, listOf } from './client.ts';
import { TIME_ZONE } from './vocabulary.ts';

type References = readonly (fhir.Reference | undefined)[];

/** Who and where: what references to people and places stand for. */
export interface Directory {
  /** The first practitioner among the references, by role or in person. */
  practitioner(references: References): Practitioner | undefined;
  /** The first place among the references, or where the practitioner works. */
  location(references: References): Location | undefined;
  /** The resource of a place, for what the contract does not carry. */
  place(id: string): fhir.Location | undefined;
}

/** A practitioner; the role says more of what they do than their person. */
export function toPractitioner(person: fhir.Practitioner, role?: fhir.PractitionerRole): Practitioner {
  const { id = '', name, qualification = [] } = person;
  const named = nameOf(name);
  if (!named) throw new LeftOut('no-name');
  const does = wordsOf(role?.specialty?.[0] ?? role?.code?.[0] ?? qualification[0]?.code);
  return held(Practitioner, { id, name: named, role: does });
}

/** A place, in the clinic's zone where it names none that this machine knows. */
export function toLocation(place: fhir.Location, clinicZone: string): Location {
  const { id = '', name, address, description, telecom } = place;
  if (!name) throw new LeftOut('no-name');
  const zone = extensionsOf(place, TIME_ZONE)[0]?.valueCode;
  return held(Location, {
    id,
    name,
    address: addressOf(address),
    timeZone: zone && isTimeZone(zone) ? zone : clinicZone,
    directions: description,
    language: wordedIn(place),
    phone: phoneOf(telecom),
  });
}

/** Reads whatever the references refer to and is not known yet. */
export async function directoryOf(
  setting: Setting,
  references: References,
  known: readonly fhir.FhirResource[],
  asking: Asking,
): Promise<Directory> {
  const { warn, ability } = setting;
  const resources = new Map(known.map((one) => [`${one.resourceType}/${one.id}`, one]));
  const find = <R extends fhir.FhirResource>(type: R['resourceType'], id: string | undefined) =>
    resources.get(`${type}/${id}`) as R | undefined;

  async function learn(type: fhir.FhirResource['resourceType'], list: References): Promise<void> {
    const ids = new Set(list.flatMap((reference) => idOf(reference, type) ?? []));
    const unknown = [...ids].filter((id) => !resources.has(`${type}/${id}`));
    for (const one of await byIds(setting, type, unknown, asking)) resources.set(`${type}/${one.id}`, one);
  }
  await learn('PractitionerRole', references);
  const roles = [...resources.values()].filter(
    (one): one is fhir.PractitionerRole => one.resourceType === 'PractitionerRole',
  );
  const behind = roles.flatMap(
    (role) => lenient(role, ({ practitioner, location = [] }) => [practitioner, ...location], warn) ?? [],
  );
  await Promise.all([learn('Practitioner', [...references, ...behind]), learn('Location', [...references, ...behind])]);

  const shown = new Map<string, unknown>();
  /** What is known of the first of a type: its resource, or else only what it is called. */
  function first<R extends fhir.FhirResource, T>(type: R['resourceType'], list: References, show: (resource: R) => T) {
    const id = idAmong(list, type);
    if (!id) return undefined;
    const name = list.find((reference) => idOf(reference, type) === id)?.display;
    const key = `${type}/${id}/${name}`;
    const resource = find<R>(type, id) ?? ({ resourceType: type, id, name: named(type, name) } as R);
    // Made, and complained of, once.
    if (!shown.has(key)) shown.set(key, lenient(resource, show, warn));
    return shown.get(key) as T | undefined;
  }
  const roleOf = (list: References) =>
    find<fhir.PractitionerRole>('PractitionerRole', idAmong(list, 'PractitionerRole'));

  return {
    practitioner(list) {
      const role = roleOf(list);
      return first<fhir.Practitioner, Practitioner>('Practitioner', [...list, role?.practitioner], (person) =>
        toPractitioner(person, role),
      );
    },
    location(list) {
      const [place] = listOf(roleOf(list)?.location);
      return first<fhir.Location, Location>('Location', [...list, place], (found) =>
        toLocation(found, ability.clinic.timeZone),
      );
    },
    place: (id) => find<fhir.Location>('Location', id),
  };
}

/** A name that is only known as text, as the resource would carry it. */
const named = (type: string, text: string | undefined) => (type === 'Practitioner' && text ? [{ text }] : text);

/** Resources by their ids; none of a type that may not be read, whose names then stand in the references. */
async function byIds(
  setting: Setting,
  type: fhir.FhirResource['resourceType'],
  ids: readonly string[],
  asking: Asking,
) {
  return inChunks(ids, (part) => searchAll(setting, type, [['_id', part.join()]], { ...asking, tolerant: true }));
}
