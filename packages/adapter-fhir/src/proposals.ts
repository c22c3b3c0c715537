import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Asking, Query } from './client.ts';
import { idOf, momentOf, tokensOf } from './datatypes.ts';
import { bookedActors } from './drafts.ts';
import { lenient } from './lenient.ts';
import { isOf, type Offer, type OfferFilter, offersOf } from './offers.ts';
import type { Setting } from './setting.ts';
import { fingerprint } from './slot-lock.ts';
import { DAY, isoOf, MOST_AT_ONCE, type TimeSearch, timesOf } from './slots.ts';

/** A time that the server proposes. It is no resource yet: its id says all that is needed to ask for it again. */
export interface Proposal {
  readonly start: string;
  readonly end: string;
  readonly actors: readonly fhir.Reference[];
  /** At Medplum: whose time it is. */
  readonly schedule?: fhir.Schedule;
  /** At IHE's servers: the appointment that they propose. */
  readonly proposed?: fhir.Appointment;
}

/** What is asked of `$find`. */
export interface Finding {
  readonly service: fhir.HealthcareService;
  readonly from: number;
  readonly to: number;
  readonly patientId?: string;
}

/** Medplum refuses a longer span: https://www.medplum.com/docs/scheduling/appointment-find */
const MOST_DAYS = 31;

/** Reads free times of a server that works them out when it is asked. */
export const readProposals: TimeSearch['read'] = async function* (search, from, to, _, budget) {
  const { setting, offers, asking, query } = search;
  const { ihe } = setting.ability;
  const windowDays = Math.min(setting.options.windowDays ?? MOST_DAYS, MOST_DAYS);
  const seen = new Set<string>();
  for (let start = from; start < to; start += windowDays * DAY) {
    const end = Math.min(start + windowDays * DAY, to);
    const finding = { service: search.service, from: start, to: end };
    const found = ihe
      ? await offeredBy(setting, await findAtIhe(setting, finding, query, asking), asking)
      : await Promise.all(
          offers.map(async (offer) => ({ offer, slots: await findAtMedplum(setting, offer, finding, asking) })),
        );
    const wanted = found.filter(({ offer }) => isOf(offer, query));
    const offered = wanted.map(({ offer }) => offer);
    const times = await timesOf(
      { ...search, offers: offered },
      wanted.flatMap((one) => one.slots),
      seen,
    );
    // A list that is full may have been cut short: it is complete up to its last time.
    const ends = found.map((one) =>
      one.slots.length < MOST_AT_ONCE ? end : (momentOf(one.slots.at(-1)?.start) ?? end),
    );
    yield { times, last: Math.min(end, ...ends) };
    if ((budget.left -= 1) <= 0) return;
  }
};

/** The id of a time that is no resource. */
const slotId = (key: string, start: string, end: string) =>
  [key, isoOf(Date.parse(start)), isoOf(Date.parse(end))].join('/');

/** A time as a slot that can be looked at like any other. */
const slotAt = (scheduleId: string, { start = '', end = '' }: fhir.Appointment): fhir.Slot => ({
  resourceType: 'Slot',
  id: slotId(scheduleId, start, end),
  schedule: { reference: `Schedule/${scheduleId}` },
  status: 'free',
  start,
  end,
});

/** Several schedules would be asked when all of them are free: each is asked by itself. */
async function findAtMedplum(
  setting: Setting,
  { schedule }: Offer,
  finding: Finding,
  asking: Asking,
): Promise<fhir.Slot[]> {
  const { service, from, to } = finding;
  const query: Query = [
    ['start', isoOf(from)],
    ['end', isoOf(to)],
    ['service-type-reference', `HealthcareService/${service.id}`],
    ['schedule', `Schedule/${schedule.id}`],
    ['_count', `${MOST_AT_ONCE}`],
  ];
  const found = await appointmentsOf(setting, query, undefined, asking);
  return found
    .flatMap((one) => lenient(one, (appointment) => slotAt(`${schedule.id}`, appointment), setting.warn) ?? [])
    .filter(({ start }) => Date.parse(start) < to);
}

async function findAtIhe(
  setting: Setting,
  { service, from, to, patientId }: Finding,
  { practitionerIds = [], locationIds = [] }: OfferFilter,
  asking: Asking,
): Promise<fhir.Appointment[]> {
  const reference = (name: string, type: string) => (id: string) => ({
    name,
    valueReference: { reference: `${type}/${id}` },
  });
  const body: fhir.Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'start', valueDateTime: isoOf(from) },
      { name: 'end', valueDateTime: isoOf(to) },
      ...tokensOf(service.type).map((token) => ({ name: 'visit-type', valueString: token })),
      ...practitionerIds.map(reference('practitioner', 'Practitioner')),
      ...locationIds.map(reference('location-reference', 'Location')),
      ...(patientId === undefined ? [] : [patientId]).map(reference('patient-reference', 'Patient')),
      { name: '_count', valueInteger: MOST_AT_ONCE },
    ],
  };
  const found = await appointmentsOf(setting, [], body, asking);
  return found.filter(({ start }) => (momentOf(start) ?? to) < to && (momentOf(start) ?? 0) >= from);
}

async function appointmentsOf({ client }: Setting, query: Query, body: fhir.Parameters | undefined, asking: Asking) {
  const found: fhir.Appointment[] = [];
  for await (const { resources } of client.pages('Appointment/$find', query, { ...asking, ...(body && { body }) })) {
    found.push(...resources.filter((one): one is fhir.Appointment => one.resourceType === 'Appointment'));
  }
  return found;
}

/** Proposals by who and where they are with, as if each of these had a schedule. */
async function offeredBy(setting: Setting, found: readonly fhir.Appointment[], asking: Asking) {
  const schedules = new Map<string, { schedule: fhir.Schedule; slots: fhir.Slot[] }>();
  for (const one of found) {
    lenient(
      one,
      (appointment) => {
        const actor = actorsIn(appointment);
        const id = keyOf(actor);
        const known = schedules.get(id) ?? { schedule: { resourceType: 'Schedule', id, actor }, slots: [] };
        known.slots.push(slotAt(id, appointment));
        schedules.set(id, known);
      },
      setting.warn,
    );
  }
  const all = [...schedules.values()];
  const { list } = await offersOf(
    setting,
    all.map(({ schedule }) => schedule),
    [],
    asking,
  );
  return list.map((offer) => ({ offer, slots: schedules.get(`${offer.schedule.id}`)?.slots ?? [] }));
}

/** Those for whom and for what it is, not with whom or where. */
const OTHERS = ['Patient', 'RelatedPerson', 'HealthcareService'];

const actorsIn = ({ participant = [] }: fhir.Appointment): fhir.Reference[] =>
  participant.flatMap(({ actor }) => (actor && !OTHERS.some((type) => idOf(actor, type)) ? [actor] : []));

const keyOf = (actors: readonly fhir.Reference[]): string =>
  fingerprint(
    actors
      .map(({ reference, display }) => reference ?? display)
      .sort()
      .join(),
    '',
  );

/** The time that an id names, as the server proposes it now, or as an appointment has it already. */
export async function proposalOf(
  setting: Setting,
  id: string,
  service: fhir.HealthcareService,
  patientId: string,
  asking: Asking,
  taken?: fhir.Appointment,
): Promise<Proposal> {
  const [key = '', start = '', end = ''] = id.split('/');
  const [from, to] = [momentOf(start), momentOf(end)];
  if (from === undefined || to === undefined) throw new ClinicError('not-found', 'There is no such slot.');
  if (taken && (momentOf(taken.start) !== from || momentOf(taken.end) !== to)) throw notThere();
  if (!setting.ability.ihe) {
    const schedule = await setting.client.read<fhir.Schedule>('Schedule', key, asking);
    const actors = bookedActors(schedule);
    const there = taken && actorsIn(taken).map(({ reference }) => reference);
    if (there && !actors.every(({ reference }) => there.includes(reference))) throw notThere();
    return { start, end, schedule, actors };
  }
  if (taken) {
    if (keyOf(actorsIn(taken)) !== key) throw notThere();
    return { start, end, actors: actorsIn(taken) };
  }
  const found = await findAtIhe(setting, { service, from, to, patientId }, {}, asking);
  const proposed = found.find((one) => slotId(keyOf(actorsIn(one)), `${one.start}`, `${one.end}`) === id);
  if (!proposed) throw new ClinicError('conflict', 'The time is no longer proposed.');
  return { start, end, proposed, actors: actorsIn(proposed) };
}

const notThere = () => new ClinicError('conflict', 'The appointment is at another time.');

/** Who and where of a proposal, as an offer. */
export async function offerOf(setting: Setting, { schedule, actors }: Proposal, asking: Asking): Promise<Offer> {
  const made = schedule ?? { resourceType: 'Schedule' as const, actor: [...actors] };
  return (await offersOf(setting, [made], [], asking)).list[0]!;
}
