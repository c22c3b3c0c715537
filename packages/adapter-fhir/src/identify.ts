import type * as fhir from 'fhir/r4.js';
import type { Identification, IdentifyRequest } from '@clinic-widgets/core/check-in.js';
import {
  type Candidate,
  type ClaimedRepresentative,
  identification,
  type Issued,
  type KnownNames,
  matchName,
  plainName,
  type Search,
} from '@clinic-widgets/core/identity.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { addMinutes, inZone } from '@clinic-widgets/core/time.js';
import { authorityOf } from './authorities.ts';
import { todayAt } from './changes.ts';
import type { Asking, Client, Query } from './client.ts';
import { idAmong, momentOf, writtenName } from './datatypes.ts';
import { toLocation } from './directory.ts';
import { objectsIn, textOf } from './elements.ts';
import { languageIn } from './languages.ts';
import { lenient } from './lenient.ts';
import { otherRequest, type Write } from './once.ts';
import { actorsOf } from './participants.ts';
import { isOver } from './periods.ts';
import { receptionOf } from './reception.ts';
import { searchAll, type Searching, type Setting } from './setting.ts';
import { fingerprint } from './slot-lock.ts';
import { around, CERTAIN, isToday, nowIn } from './visits.ts';
import { CHECK_IN_CODE, CLAIMED } from './vocabulary.ts';
import { create } from './writes.ts';

/** Stands for nobody in a search, so that as much is asked when nobody was found. */
const NOBODY = 'nobody-of-that-name';

/** Identifies at one server: the challenges that wait and the tries that were made outlive a call. */
interface Desk {
  setting: Setting & { readonly asking: Asking };
  readonly identify: (request: IdentifyRequest) => Promise<Identification>;
  /** What was asked and answered under a key, for as long as a lost answer may be asked for again. */
  readonly answers: Map<
    string,
    { readonly asked: string; readonly answer: Promise<Identification>; readonly until: number }
  >;
}

const ANSWER_SPAN = 5 * 60_000;

const desks = new WeakMap<Client, Desk>();

/** Finds out who somebody is. A repeat under the same key is no other try; another claim under it is nobody's to answer. */
export async function identify(write: Write, request: IdentifyRequest): Promise<Identification> {
  // What is looked up for one call is not ended by the next one's signal.
  const setting = { ...write, asking: {} };
  const desk = desks.get(write.client) ?? openedFor(setting);
  desk.setting = setting;
  for (const [key, { until }] of desk.answers) if (until <= write.now) desk.answers.delete(key);

  const asked = JSON.stringify(request);
  const earlier = desk.answers.get(write.key);
  if (earlier && earlier.asked !== asked) throw otherRequest();
  if (earlier) return earlier.answer;
  const answer = desk.identify(request);
  desk.answers.set(write.key, { asked, answer, until: write.now + ANSWER_SPAN });
  // What failed may be tried again.
  answer.catch(() => desk.answers.delete(write.key));
  return answer;
}

function openedFor(setting: Desk['setting']): Desk {
  const desk: Desk = {
    setting,
    identify: identification({
      find: (claim) => candidatesFor(desk.setting, claim),
      issue: (patientId, representative) => letIn(desk.setting, patientId, representative),
      limits: receptionOf(setting).tries,
      now: () => desk.setting.now,
    }),
    answers: new Map(),
  };
  desks.set(setting.client, desk);
  return desk;
}

interface Today {
  readonly patientId: string;
  readonly start: string;
  readonly timeZone: string;
  readonly isOver: boolean;
  readonly codes: readonly string[];
}

/** Everybody whom a claim may be about. The server is asked as much and as often, whyever nobody is recognized. */
async function candidatesFor(setting: Desk['setting'], claim: Search): Promise<readonly Candidate[]> {
  const places = searchAll<fhir.Location>(setting, 'Location', [], { tolerant: true });
  places.catch(() => undefined);
  if ('code' in claim) {
    const coded = await codedToday(setting, claim.code, places);
    const ids = [...new Set(coded.map(({ patientId }) => patientId))];
    const people = await patientsBy(setting, ['_id', ids.join() || NOBODY]);
    return people.flatMap((one) => lenient(one, () => toCandidate(setting, one, coded), setting.warn) ?? []);
  }
  const people = await patientsBy(setting, ['birthdate', claim.birthDate]);
  const references = people.map(({ id }) => `Patient/${id}`).join() || `Patient/${NOBODY}`;
  const today = todayIn(setting, await appointmentsToday(setting, [['patient', references]]), await places);
  return people.flatMap((one) => lenient(one, () => toCandidate(setting, one, today), setting.warn) ?? []);
}

/** The visits of today that have a code: those that have it as it is typed, or else all of the day are looked through. */
async function codedToday(
  setting: Setting,
  code: string,
  places: Promise<readonly fhir.Location[]>,
): Promise<readonly Today[]> {
  const typed = [code.trim(), code.trim().toUpperCase()].map((value) => `${CHECK_IN_CODE}|${value}`);
  const among = async (appointments: Promise<readonly fhir.Appointment[]>) =>
    todayIn(setting, await appointments, await places).filter(({ codes }) => codes.includes(plainName(code)));
  // On a day with more visits than are read this finds the one. Where it cannot be searched for, there is the other way.
  const found = await among(appointmentsToday(setting, [['identifier', typed.join()]], { tolerant: true }));
  return found.length ? found : among(appointmentsToday(setting, []));
}

async function patientsBy(setting: Setting, parameter: readonly [string, string]): Promise<fhir.Patient[]> {
  const found = await searchAll<fhir.Patient>(setting, 'Patient', [parameter], { secret: true });
  return found.filter((one) => one.active !== false && !isDeceased(one));
}

/** Of whom the record says that they have died, it is the desk that looks who stands there. */
const isDeceased = ({ deceasedBoolean, deceasedDateTime }: fhir.Patient): boolean =>
  deceasedBoolean === true || deceasedDateTime !== undefined;

const appointmentsToday = (setting: Setting, query: Query, asking: Searching = {}) =>
  searchAll<fhir.Appointment>(setting, 'Appointment', [...query, ['status', CERTAIN.join()], ...around(setting.now)], {
    ...asking,
    secret: true,
  });

/** The visits of today, each in the time of its place, those that are not over first. */
function todayIn(
  setting: Setting,
  appointments: readonly fhir.Appointment[],
  places: readonly fhir.Location[],
): Today[] {
  const clinicZone = setting.ability.clinic.timeZone;
  const zones = new Map(
    places.map((one) => [
      one.id,
      lenient(
        one,
        (place) => toLocation(place, clinicZone).timeZone,
        () => undefined,
      ),
    ]),
  );
  const all = appointments.flatMap((one) => lenient(one, (it) => toToday(it, zones, clinicZone), setting.warn) ?? []);
  return all
    .filter((one) => isToday(setting, one))
    .sort((a, b) => Number(a.isOver) - Number(b.isOver) || Date.parse(a.start) - Date.parse(b.start));
}

function toToday(
  appointment: fhir.Appointment,
  zones: ReadonlyMap<string | undefined, string | undefined>,
  clinicZone: string,
): Today | undefined {
  const { status, start, identifier } = appointment;
  const actors = actorsOf(appointment);
  const patientId = idAmong(actors, 'Patient');
  if (!patientId || !CERTAIN.includes(status) || momentOf(start) === undefined) return undefined;
  const timeZone = zones.get(idAmong(actors, 'Location')) ?? clinicZone;
  const codes = objectsIn<fhir.Identifier>(identifier).flatMap(({ system, value }) =>
    system === CHECK_IN_CODE && value ? [plainName(value)] : [],
  );
  return { patientId, start: inZone(start!, timeZone), timeZone, isOver: status === 'fulfilled', codes };
}

/** What is over shows nobody, nor where bills go: that may be where somebody else lives. */
const isCurrent =
  (day: string) =>
  ({ use, period }: { use?: unknown; period?: fhir.Period | undefined }): boolean =>
    use !== 'old' && use !== 'billing' && !isOver(period, day);

/** Somebody as much as is needed to tell who they are. */
function toCandidate(setting: Setting, patient: fhir.Patient, today: readonly Today[]): Candidate {
  const { id = '', birthDate, telecom, address } = patient;
  const visit = today.find(({ patientId }) => patientId === id);
  const inForce = isCurrent(todayAt(setting));
  return {
    id,
    names: namesIn(patient),
    birthDate: textOf(birthDate),
    phones: objectsIn<fhir.ContactPoint>(telecom)
      .filter(inForce)
      .flatMap(({ system, value }) => ((system === 'phone' || system === 'sms') && value ? [value] : [])),
    postalCodes: objectsIn<fhir.Address>(address)
      .filter(inForce)
      .flatMap(({ postalCode }) => textOf(postalCode) ?? []),
    ...(visit && { visit: { start: visit.start, timeZone: visit.timeZone } }),
  };
}

/** Every name that somebody is known by, earlier ones too. */
function namesIn({ name }: fhir.Patient): KnownNames {
  const names = objectsIn<fhir.HumanName>(name);
  const isPlain = ({ given, family }: fhir.HumanName) => !family && !objectsOrTexts(given).length;
  return {
    given: names.flatMap(({ given }) => objectsOrTexts(given)),
    family: names.flatMap(({ family }) => textOf(family) ?? []),
    other: names.filter(isPlain).flatMap(({ text }) => textOf(text) ?? []),
  };
}

const objectsOrTexts = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => !!textOf(one)) : [];

async function letIn(
  setting: Desk['setting'],
  patientId: string,
  claimed: ClaimedRepresentative | undefined,
): Promise<Issued> {
  const { client, warn, ability } = setting;
  const [patient, person] = await Promise.all([
    client.read<fhir.Patient>('Patient', patientId, {}),
    claimed && representativeFor(setting, patientId, claimed),
  ]);
  const language = lenient(patient, languageIn, warn);
  return {
    pass: newKey(),
    expires: addMinutes(nowIn(setting, ability.clinic.timeZone), receptionOf(setting).passMinutes),
    acting: { patientId, ...(person && { representativeId: `${person.id}` }) },
    authority: authorityOf(person),
    ...(language && { language }),
  };
}

/** Who is on record for the patient by that name; else somebody of whom nothing is known but what they say. */
async function representativeFor(
  setting: Desk['setting'],
  patientId: string,
  { name, relationship }: ClaimedRepresentative,
): Promise<fhir.RelatedPerson> {
  const { client, now, warn } = setting;
  const query = [['patient', `Patient/${patientId}`]] as const;
  const people = await searchAll<fhir.RelatedPerson>(setting, 'RelatedPerson', query, { secret: true });
  const named = people.filter((one) => lenient(one, (person) => isCalled(person, name, now), warn));
  const onRecord = named.filter((one) => !isClaimed(one));
  if (onRecord.length === 1) return onRecord[0]!;

  const value = fingerprint(plainName(name), patientId);
  const draft: fhir.RelatedPerson = {
    resourceType: 'RelatedPerson',
    identifier: [{ system: CLAIMED, value }],
    active: true,
    patient: { reference: `Patient/${patientId}` },
    relationship: [{ text: relationship }],
    name: [{ text: name }],
  };
  return named.find(isClaimed) ?? (await create(client, draft, {}, `${CLAIMED}|${value}`));
}

const isClaimed = ({ identifier }: fhir.RelatedPerson): boolean =>
  objectsIn<fhir.Identifier>(identifier).some(({ system }) => system === CLAIMED);

function isCalled({ active, period, name }: fhir.RelatedPerson, said: string, now: number): boolean {
  if (active === false || Date.parse(period?.end ?? '') < now) return false;
  const names = objectsIn<fhir.HumanName>(name).flatMap((one) => [
    writtenName(one),
    [...(one.given ?? []), one.family].filter(Boolean).join(' '),
  ]);
  return matchName(said, names) === 'whole';
}
