import type { operationsOf } from '@clinic-widgets/core/adapter.js';
import type { Visit } from '@clinic-widgets/core/check-in.js';
import type { Proposal } from '@clinic-widgets/core/desk.js';
import type { DetailsConfirmation } from '@clinic-widgets/core/details.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { NotApplicable } from './assert.ts';
import { arrive, attentionOf, confirmationOf, freshVisit, kioskOf, pass } from './check-in-found.ts';
import { ofVisitor } from './check-in-requests.ts';
import { attentionTo, findForm, handIn, submissionOf } from './forms-found.ts';
import { lobbyOf } from './lobby.ts';
import { type Prepared, reading } from './prepared.ts';
import { allOf, otherOf, refOf, type World } from './world.ts';

type DeskOperation = (typeof operationsOf.desk)[number];

/** A valid request for each operation of the front desk. */
export const deskRequests: { readonly [K in DeskOperation]: (world: World) => Promise<Prepared<K>> } = {
  async findAttention(world) {
    const { patientId } = world;
    const { length } = await attentionTo(world);
    for (let count = length; count < 2; count += 1) await handIn(world, submissionOf(world, await findForm(world)));
    return reading({ patientId });
  },

  async acknowledge(world) {
    const { id } = await world.adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
    return { input: { attentionId: id, state: 'acknowledged' }, trace: deskTrace(world) };
  },

  async matchWalkIn(world) {
    const id = await walkIn(world);
    return { input: { attentionId: id, patientId: world.patientId }, trace: deskTrace(world) };
  },

  async findArrivals(world) {
    const there = (await arrivals(world)).length;
    const comers = there > 0 ? [] : [world.patientId, otherOf(world)];
    for (const patientId of comers) await arrive(world, await freshVisit(world, patientId));
    return reading({ day: await today(world) });
  },

  async callPatient(given) {
    const world = ofVisitor(given);
    const { appointment } = await arrive(world, await freshVisit(world));
    return { input: { appointmentId: appointment.id, to: 'Room 4', kind: 'called' }, trace: deskTrace(world) };
  },

  async findProposals(world) {
    const { patientId } = lobbyOf(world).stranger;
    await propose(world, { emergencyContact: { name: 'Walter Quinn' } });
    await propose(world, { preferredName: 'Sammy' });
    return reading({ patientId });
  },

  async decideProposal(world) {
    // Another name each time: what is so already is no change.
    const proposal = await propose(world, { preferredName: `Sam ${newKey().slice(0, 4)}` });
    const { patientId } = proposal;
    const trace = async () => [
      await world.adapter.getDetails({ acting: { patientId } }),
      await allOf(world, 'findProposals', { patientId }),
    ];
    return { input: { proposal: refOf(proposal), decision: 'accepted' }, trace };
  },

  async openDesk(world) {
    const { id } = await world.adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
    const trace = async () => (await world.adapter.getHelp({ helpId: id })).deskOpen;
    return { input: { open: true }, trace };
  },
};

/** The reads that find only what was written. */
export const deskReadsOfWrites: readonly DeskOperation[] = ['findAttention', 'findArrivals', 'findProposals'];

/** The clinic's day. */
export async function today({ adapter, now }: World): Promise<string> {
  return dayOf(now(), (await adapter.describeClinic({})).timeZone);
}

/** Who has arrived today and not left. */
export const arrivals = async (world: World) => allOf(world, 'findArrivals', { day: await today(world) });

/** The line of the visit in the list of who has arrived, or nothing. */
export const arrivalOf = async (world: World, visit: Visit) =>
  (await arrivals(world)).find(({ appointment }) => appointment.id === visit.appointment.id);

/** Takes somebody in without an appointment; gives what waits for staff then. */
export async function walkIn(world: World, more: { danger?: boolean } = {}): Promise<string> {
  const person = { familyName: 'Ferreira', givenName: 'Beatriz', birthDate: '1971-01-09', phone: '(269) 555-0173' };
  const walker = { station: kioskOf(world), danger: false, ...person, reason: 'A deep cut in the hand', ...more };
  const { number } = await world.adapter.startWalkIn(walker);
  const waits = (await attentionOf(world)).find((one) => one.kind === 'walk-in' && one.number === number);
  if (!waits) throw new Error('Staff must have somebody who comes without an appointment.');
  return waits.id;
}

/** Has somebody without authority ask for a change of what they may see; gives the proposal that comes of it. */
export async function propose(
  world: World,
  changed: Pick<DetailsConfirmation['changed'], 'emergencyContact' | 'preferredName'>,
): Promise<Proposal> {
  const acting = lobbyOf(world).stranger;
  const { patientId } = acting;
  const before = new Set((await allOf(world, 'findProposals', { patientId })).map(({ id }) => id));
  const { status } = await world.adapter.confirmDetails({
    ...(await confirmationOf(world, acting)),
    confirmed: [],
    changed,
  });
  if (status === 'queued') throw new NotApplicable('The proposal waits on this device.');
  const made = (await allOf(world, 'findProposals', { patientId })).find(({ id }) => !before.has(id));
  if (!made) throw new Error('What somebody without authority wants changed must be a proposal.');
  if (world.advance) await pass(world, 1);
  return made;
}

const deskTrace = (world: World) => async () => ({
  attention: await attentionOf(world),
  arrivals: await arrivals(world),
});
