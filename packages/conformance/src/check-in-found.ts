import type { Preparation, Station, Visit, VisitStep } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { ConsentDecision, ConsentDocument } from '@clinic-widgets/core/consents.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import { DetailName, type Details, type DetailsConfirmation } from '@clinic-widgets/core/details.js';
import type { Slot } from '@clinic-widgets/core/scheduling.js';
import { compareInstants, dayOf, inZone } from '@clinic-widgets/core/time.js';
import { ensure, ensureDistinct, NotApplicable } from './assert.ts';
import { handIn, submissionOf } from './forms-found.ts';
import { allOf, bookingOf, refOf, type World } from './world.ts';

/** A kiosk of the clinic's. */
export const kioskOf = ({ lobby }: World): Station => lobby?.kiosk() ?? { kind: 'kiosk', deviceId: 'conformance' };

/** The patient's own telephone, wherever it is. */
export const PHONE: Station = { kind: 'phone' };

/** The patient's visits of today. */
export const visitsOf = (world: World, patientId = world.patientId): Promise<Visit[]> =>
  allOf(world, 'findVisits', { acting: { patientId }, station: kioskOf(world) });

/** The visit as it is now. */
export async function visitNow(world: World, { appointment: { id, patientId } }: Visit): Promise<Visit> {
  const visit = (await visitsOf(world, patientId)).find(({ appointment }) => appointment.id === id);
  ensure(visit, 'The visit must be found.');
  return visit;
}

/** The status that the visit has now, whether or not it is among those of today still. */
export async function statusOf({ adapter }: World, { appointment: { id, patientId } }: Visit): Promise<string> {
  return (await adapter.getAppointment({ patientId, appointmentId: id })).status;
}

const COMES_IN: readonly Visit['timing'][] = ['early', 'on-time', 'late'];

const isFresh = ({ appointment: { status }, timing, elsewhere, ready }: Visit): boolean =>
  status === 'booked' && COMES_IN.includes(timing) && !elsewhere && !ready;

/** A visit of today that nothing has been done about: one that the patient has, or else one that is booked now. */
export async function freshVisit(world: World, patientId = world.patientId): Promise<Visit> {
  const known = (await visitsOf(world, patientId)).find(isFresh);
  if (known) return known;
  const id = await bookToday({ ...world, patientId });
  const visit = (await visitsOf(world, patientId)).find(({ appointment }) => appointment.id === id);
  ensure(visit, 'A visit that was booked for today must be among those of today.');
  return visit;
}

/** How soon a visit must be to come in for it, in minutes, where the clinic does not say. */
const SOON = 150;

async function bookToday(world: World): Promise<string> {
  const { adapter, now } = world;
  const { timeZone } = await adapter.describeClinic({});
  const today = dayOf(now(), timeZone);
  const { locationId } = kioskOf(world);
  const isSoon = ({ start, location }: Slot): boolean =>
    compareInstants(start, now()) < SOON * 60_000 && (locationId === undefined || location?.id === locationId);

  for (const visitType of await allOf(world, 'findVisitTypes', {})) {
    if (visitType.orderOnly || !visitType.modes.includes('in-person')) continue;
    const query = { visitTypeId: visitType.id, from: today, to: today, mode: 'in-person' as const };
    const slot = (await allOf(world, 'findSlots', query)).find(isSoon);
    if (slot)
      return (await adapter.bookAppointment({ ...bookingOf(world, { visitType }, slot), mode: 'in-person' })).id;
  }
  throw new NotApplicable('The patient has no visit today, and none can be booked.');
}

/** Brings the visit a step on. */
export const stepOf = (world: World, { appointment }: Visit, station = kioskOf(world)): VisitStep => ({
  acting: { patientId: appointment.patientId },
  appointment: refOf(appointment),
  station,
});

/** The names of what is known, and can be confirmed. */
export const knownOf = (details: Details): DetailName[] => DetailName.options.filter((name) => name in details);

/** Says of all that is known that it is right. */
export async function confirmationOf(world: World, acting: Acting): Promise<DetailsConfirmation> {
  const details = await world.adapter.getDetails({ acting });
  return {
    acting,
    version: details.version,
    station: kioskOf(world),
    confirmed: knownOf(details),
    changed: {},
    at: nowThere(world),
  };
}

/** The instant it is, as a device there would write it. */
export const nowThere = ({ now }: World): string => inZone(now(), 'UTC');

/** A decision about a document. An agreement is signed by name. */
export const decisionOf = (
  world: World,
  acting: Acting,
  { id, version, language }: ConsentDocument,
  decision: ConsentDecision['decision'],
): ConsentDecision => ({
  acting,
  document: { id, version },
  language,
  decision,
  ...(decision === 'accepted' && { signature: { typed: 'R. Delgado' } }),
  station: kioskOf(world),
  at: nowThere(world),
});

/** Does all that is wanted before the visit but what the patient may leave out. */
export async function prepareAll(world: World, visit: Visit): Promise<void> {
  await confirmAll(world, visit);
  await answerForms(world, visit);
  await agree(world, visit);
}

/** Says of all details that they are right, at the visit. */
export async function confirmAll(world: World, { appointment: { id, patientId } }: Visit): Promise<void> {
  await world.adapter.confirmDetails({ ...(await confirmationOf(world, { patientId })), appointmentId: id });
}

/** Hands in each form of the visit. */
export async function answerForms(world: World, { appointment: { id, patientId } }: Visit): Promise<void> {
  const acting = { patientId };
  for (const { id: formId } of await allOf(world, 'findForms', { acting, appointmentId: id })) {
    const form = await world.adapter.getForm({ acting, formId });
    await handIn(world, { ...submissionOf({ ...world, patientId }, form), appointmentId: id });
  }
}

/** Agrees to each document of the visit that is mandatory. */
async function agree(world: World, visit: Visit): Promise<void> {
  for (const document of await documentsOf(world, visit)) {
    if (document.mandatory) await decide(world, visit, document, 'accepted');
  }
}

/** What is still to be decided for the visit. */
export const documentsOf = (
  world: World,
  { appointment: { id, patientId } }: Pick<Visit, 'appointment'>,
): Promise<ConsentDocument[]> => allOf(world, 'findConsents', { acting: { patientId }, appointmentId: id });

/** Decides about a document of the visit; gives the id that the decision is kept under. */
export async function decide(
  world: World,
  { appointment: { id, patientId } }: Visit,
  document: ConsentDocument,
  decision: ConsentDecision['decision'],
): Promise<string> {
  const request = { ...decisionOf(world, { patientId }, document, decision), appointmentId: id };
  const receipt = await world.adapter.recordConsent(request);
  if (receipt.status === 'queued') throw new NotApplicable('The decision waits on this device.');
  return receipt.id;
}

/** A visit whose patient has arrived. */
export const arrive = async (world: World, visit: Visit): Promise<Visit> =>
  world.adapter.arriveAtVisit(stepOf(world, visit));

/** A visit that nothing mandatory keeps from being checked in. */
export async function arrivedAndReady(world: World, patientId = world.patientId): Promise<Visit> {
  const visit = await arrive(world, await freshVisit(world, patientId));
  await prepareAll(world, visit);
  return visitNow(world, visit);
}

/** A visit that is checked in. */
export async function checkedIn(world: World, patientId = world.patientId): Promise<Visit> {
  return world.adapter.checkIn(stepOf(world, await arrivedAndReady(world, patientId)));
}

/** Checks in a visit whose patient has arrived, with all that is mandatory done. */
export async function checkInFully(world: World, visit: Visit): Promise<Visit> {
  await prepareAll(world, visit);
  return world.adapter.checkIn(stepOf(world, await visitNow(world, visit)));
}

/** What of the visit is open. */
export const openOf = ({ preparations }: Visit, isMandatory?: boolean): Preparation[] =>
  preparations
    .filter(({ state, mandatory }) => state === 'open' && (isMandatory === undefined || mandatory === isMandatory))
    .map(({ name }) => name);

/** How one preparation of the visit stands. */
export const stateOf = ({ preparations }: Visit, wanted: Preparation) =>
  preparations.find(({ name }) => name === wanted)?.state;

/** What staff see of the patient's visits: who has arrived and left again, and what waits. */
export const traceOfVisits = (world: World) => async () => ({
  visits: await Promise.all(
    (await visitsOf(world)).map(async ({ appointment, ready, ticket, callBy, preparations }) => ({
      ...{ id: appointment.id, version: appointment.version, status: appointment.status },
      ...{ ready, ticket, callBy, preparations },
    })),
  ),
  attention: (await attentionOf(world)).map(({ id, state }) => `${id} ${state}`).sort(),
});

/** All that waits for staff. */
export const attentionOf = (world: World): Promise<Attention[]> => allOf(world, 'findAttention', {});

/** What waits for staff under an id, or nothing. */
export const attentionAt = async (world: World, id: string): Promise<Attention | undefined> =>
  (await attentionOf(world)).find((one) => one.id === id);

/** What waits for staff because the visit lacks something. */
export const unfinishedOf = async (world: World, { appointment }: Visit): Promise<Preparation[]> =>
  (await attentionOf(world))
    .filter(({ kind, appointmentId }) => kind === 'unfinished' && appointmentId === appointment.id)
    .flatMap(({ unfinished = [] }) => unfinished);

/** Moves the clock on, where somebody can. */
export async function pass({ advance }: World, minutes: number): Promise<void> {
  if (!advance) throw new NotApplicable('Nobody can move this clinic’s clock.');
  await advance(minutes);
}

/** What the clinic says in its own words is said in each language once, and its first language is told where there are others. */
export function ensureTranslated<K extends string>(
  said: {
    readonly language?: string | undefined;
    readonly translations?: readonly ({ readonly language: string } & Readonly<Record<K, string>>)[] | undefined;
  },
  name: K,
): void {
  const { language, translations = [] } = said;
  if (translations.length === 0) return;
  ensure(language !== undefined, 'The language of the first words must be told.');
  ensureDistinct([language, ...translations.map((one) => one.language)], 'Each language must be there once.');
  for (const one of translations) ensure(one[name].length > 0, 'No language may be without words.');
}
