import type * as fhir from 'fhir/r4.js';
import type { Authority, Station } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { Confirmation } from '@clinic-widgets/core/details.js';
import { addDays, dayOf, inZone, startOfDay } from '@clinic-widgets/core/time.js';
import { agentOf } from './acting.ts';
import type { Asking, Query } from './client.ts';
import { codesOf, extensionsOf, idAmong, idOf, momentOf } from './datatypes.ts';
import { extensionsIn, objectsIn, textOf } from './elements.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { createOnce, madeUnder, otherRequest, tagOf, type Write } from './once.ts';
import { pageOf, type Paging } from './paging.ts';
import { searchAll, type Setting } from './setting.ts';
import type { VisitAsked } from './visit.ts';
import { CONFIRMATION, CONFIRMATION_CODES, STATION, VISIT } from './vocabulary.ts';

/** What a Provenance is about. */
type About = 'details' | 'coverage' | 'decision' | 'withdrawal';

/** One thing that was looked at. */
interface Entry extends Pick<Confirmation, 'field' | 'act'> {
  /** The resource as it was looked at, with its version: what is true of all entries where left out. */
  readonly what?: string;
}

/** Who said what of which resources, when and from where. */
export interface Said {
  readonly about: About;
  readonly acting: Acting;
  /** By what right. */
  readonly authority: Authority;
  /** Whether staff said it, not the patient or who acts for them. */
  readonly byStaff: boolean;
  readonly station?: Station;
  readonly at: string;
  readonly appointmentId?: string | undefined;
  /** What came of it, each with its version: where nothing was changed, what was looked at. */
  readonly targets: readonly string[];
  /** Where the first target was changed, that as it was looked at, with its version. */
  readonly revised?: string | undefined;
  readonly entries: readonly Entry[];
}

/** A resource as it was read. */
export const asRead = ({ resourceType, id, meta }: fhir.FhirResource): string =>
  `${resourceType}/${id}${meta?.versionId ? `/_history/${meta.versionId}` : ''}`;

/** From where something is said, for a resource to name. */
export const fromStation = ({ kind, deviceId }: Station): fhir.Extension => ({
  url: STATION,
  extension: [
    { url: 'kind', valueCode: kind },
    ...(deviceId === undefined ? [] : [{ url: 'device', valueString: deviceId }]),
  ],
});

/** From what kind of place something was said. */
export const stationIn = (resource: fhir.FhirResource): string | undefined => {
  const station = extensionsIn(resource).find(({ url }) => url === STATION);
  return extensionsOf(station, 'kind')[0]?.valueCode;
};

const fromEntry = ({ field, act, what }: Entry): fhir.Extension => ({
  url: CONFIRMATION,
  extension: [
    { url: 'field', valueCode: field },
    { url: 'act', valueCode: act },
    ...(what === undefined ? [] : [{ url: 'what', valueReference: { reference: what } }]),
  ],
});

// There is nobody to name: the desk's own sign-in is no business of this package.
const STAFF: fhir.Reference = { type: 'Practitioner', display: 'Staff at the front desk' };

/** The record of what was said. It holds no value: what was true is in the versions that it names. */
export function fromSaid(said: Said, key: string, zone: string): fhir.Provenance {
  const { about, acting, authority, byStaff, station, at, appointmentId, targets, revised, entries } = said;
  const patient = { reference: `Patient/${acting.patientId}` };
  return {
    resourceType: 'Provenance',
    meta: { tag: [tagOf(key)] },
    extension: [
      ...(station ? [fromStation(station)] : []),
      ...(appointmentId === undefined
        ? []
        : [{ url: VISIT, valueReference: { reference: `Appointment/${appointmentId}` } }]),
      ...entries.map(fromEntry),
    ],
    target: targets.map((reference) => ({ reference })),
    recorded: inZone(at, zone),
    ...(station?.locationId !== undefined && { location: { reference: `Location/${station.locationId}` } }),
    activity: { coding: [{ system: CONFIRMATION_CODES, code: about }] },
    agent: [byStaff ? { who: STAFF } : agentOf(acting, authority)],
    entity: [
      // By this, and not by a target with a version, every server finds what is about a patient.
      { role: 'source', what: patient },
      // A target is what an activity has made (https://hl7.org/fhir/R4/provenance-definitions.html#Provenance.target).
      ...(revised === undefined ? [] : [{ role: 'revision' as const, what: { reference: revised } }]),
    ],
  };
}

/** Whom a Provenance is about. */
const patientIn = ({ entity }: fhir.Provenance): string | undefined =>
  idAmong(
    objectsIn<fhir.ProvenanceEntity>(entity).map(({ what }) => what),
    'Patient',
  );

const aboutIn = ({ activity }: fhir.Provenance): string | undefined => codesOf([activity], CONFIRMATION_CODES)[0];

/** Who said it of a patient: the patient, or who acts for them; nothing where it was staff. */
export function actorIn({ agent }: fhir.Provenance, patientId: string): Acting | undefined {
  const who = objectsIn<fhir.ProvenanceAgent>(agent)[0]?.who;
  const representativeId = idOf(who, 'RelatedPerson');
  if (representativeId) return { patientId, representativeId };
  return idOf(who, 'Patient') === patientId ? { patientId } : undefined;
}

/** The lines of a record, each as the contract has it. */
export function toConfirmations(provenance: fhir.Provenance, zone: string): Confirmation[] {
  const { id = '', recorded, target, entity } = provenance;
  const patientId = patientIn(provenance) ?? '';
  const who = actorIn(provenance, patientId);
  if (momentOf(recorded) === undefined) throw new LeftOut('malformed');
  const revised = objectsIn<fhir.ProvenanceEntity>(entity).find(({ role }) => role === 'revision')?.what;
  const looked = revised ?? objectsIn<fhir.Reference>(target)[0];
  return entriesIn(provenance).map(({ field, act, what }, index) =>
    held(Confirmation, {
      id: `${id}/${index + 1}`,
      patientId,
      field: field as Confirmation['field'],
      act: act as Confirmation['act'],
      at: inZone(recorded, zone),
      station: (stationIn(provenance) ?? 'desk') as Confirmation['station'],
      by: !who ? 'staff' : who.representativeId ? 'representative' : 'patient',
      ...(who?.representativeId && { representativeId: who.representativeId }),
      version: `${what ?? looked?.reference}`.split('/_history/')[1] ?? '',
    }),
  );
}

interface EntryRead {
  readonly field: string | undefined;
  readonly act: string | undefined;
  readonly what: string | undefined;
}

/** The lines of a record as they are kept. */
export const entriesIn = (provenance: fhir.Provenance): EntryRead[] =>
  extensionsIn(provenance)
    .filter(({ url }) => url === CONFIRMATION)
    .map((entry) => ({
      field: extensionsOf(entry, 'field')[0]?.valueCode,
      act: extensionsOf(entry, 'act')[0]?.valueCode,
      what: textOf(extensionsOf(entry, 'what')[0]?.valueReference?.reference),
    }));

/** What an earlier try under the key has recorded: nothing is left to be done then. */
export async function saidBefore(write: Write, about: About, { patientId }: Acting): Promise<string | undefined> {
  const made = await madeUnder<fhir.Provenance>(write, 'Provenance', write.key, write.asking);
  return made && ensureOwn(made, about, patientId);
}

/** Writes down what was said, once. */
export async function keep(write: Write, said: Said): Promise<string> {
  const draft = fromSaid(said, write.key, write.ability.clinic.timeZone);
  // What it tells of was done: the caller's signal is not heard any more.
  return ensureOwn(await createOnce(write, draft, write.key, {}), said.about, said.acting.patientId);
}

function ensureOwn(provenance: fhir.Provenance, about: About, patientId: string): string {
  if (!provenance.id || patientIn(provenance) !== patientId || aboutIn(provenance) !== about) throw otherRequest();
  return provenance.id;
}

/** Which part of the record is asked for. */
interface Asked extends Paging {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly patientId?: string | undefined;
}

/** The record of who confirmed what, earliest first. */
export async function findConfirmations(setting: Setting, { from, to, patientId, ...paging }: Asked, asking: Asking) {
  const { timeZone } = setting.ability.clinic;
  const [reached = ''] = (paging.cursor ?? '').split('/');
  const first = [from && instantAt(startOfDay(from, timeZone)), reached].filter(Boolean).sort().at(-1);
  const query: Query = [
    ...(first ? [['recorded', `ge${first}`] as const] : []),
    ...(to ? [['recorded', `lt${instantAt(startOfDay(addDays(to, 1), timeZone))}`] as const] : []),
    ...(patientId === undefined ? [] : [['entity', `Patient/${patientId}`] as const]),
    // A record that is too long to be read at once is read from its start.
    ['_sort', 'recorded'],
  ];
  const found = await searchAll<fhir.Provenance>(setting, 'Provenance', query, { ...asking, secret: true });
  const lines = found
    .filter((one) => lenient(one, aboutIn, setting.warn))
    .flatMap((one) => lenient(one, (provenance) => toConfirmations(provenance, timeZone), setting.warn) ?? [])
    .filter((line) => isAsked(line, { from, to, patientId }, timeZone));
  return pageOf(
    lines.map((line) => [`${instantAt(line.at)}/${line.id}`, line] as const),
    paging,
  );
}

const instantAt = (instant: string): string => new Date(instant).toISOString();

function isAsked({ at, patientId }: Confirmation, asked: Asked, timeZone: string): boolean {
  const day = dayOf(at, timeZone);
  if (asked.patientId !== undefined && asked.patientId !== patientId) return false;
  return day >= (asked.from ?? '') && day <= (asked.to ?? '9999-12-31');
}

/** All that was said of a patient about some things, the latest first. */
export async function saidOf(
  setting: Setting,
  patientId: string,
  about: readonly About[],
  asking: Asking,
): Promise<fhir.Provenance[]> {
  const query = [['entity', `Patient/${patientId}`]] as const;
  const secret = { ...asking, secret: true, tolerant: true };
  const found = await searchAll<fhir.Provenance>(setting, 'Provenance', query, secret);
  const isOf = (one: fhir.Provenance) => about.some((it) => it === aboutIn(one)) && patientIn(one) === patientId;
  const writtenAt = ({ recorded, meta }: fhir.Provenance) => [
    Date.parse(recorded),
    Date.parse(meta?.lastUpdated ?? ''),
  ];
  return found
    .filter((one) => lenient(one, isOf, setting.warn) && momentOf(one.recorded) !== undefined)
    .sort((a, b) => {
      const [[at = 0, written = 0], [otherAt = 0, otherWritten = 0]] = [writtenAt(a), writtenAt(b)];
      return otherAt - at || otherWritten - written;
    });
}

/** What was said of a patient for a visit, the latest first. */
export async function saidFor(setting: Setting, visit: VisitAsked, about: About, asking: Asking): Promise<EntryRead[]> {
  const said = await saidOf(setting, visit.patientId, [about], asking);
  return said.filter((one) => visitIn(one) === visit.appointmentId).flatMap(entriesIn);
}

/** The visit that something was said for. */
export const visitIn = (provenance: fhir.Provenance): string | undefined =>
  idOf(extensionsIn(provenance).find(({ url }) => url === VISIT)?.valueReference, 'Appointment');

/** The details that a patient, or who acts for them, has spoken about. */
export async function saidByPatient(setting: Setting, patientId: string, asking: Asking) {
  const said = await saidOf(setting, patientId, ['details'], asking);
  return said
    .filter((one) => actorIn(one, patientId))
    .flatMap((one) => entriesIn(one).flatMap(({ field }) => field ?? []));
}
