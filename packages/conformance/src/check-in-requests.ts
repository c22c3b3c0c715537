import type { operationsOf } from '@clinic-widgets/core/adapter.js';
import {
  arrivedAndReady,
  attentionOf,
  checkedIn,
  freshVisit,
  kioskOf,
  prepareAll,
  stepOf,
  traceOfVisits,
  visitNow,
  visitsOf,
} from './check-in-found.ts';
import { lobbyOf } from './lobby.ts';
import { type Prepared, reading } from './prepared.ts';
import { allOf, type World } from './world.ts';

type CheckInOperation = (typeof operationsOf.checkIn)[number];

/** The world of a patient with several visits today, where there is one: each request needs a visit of its own. */
export const ofVisitor = (world: World): World => ({
  ...world,
  patientId: world.lobby?.visitors.several ?? world.patientId,
});

/** A valid request for each operation of who comes to a visit. */
export const checkInRequests: { readonly [K in CheckInOperation]: (world: World) => Promise<Prepared<K>> } = {
  async identify(world) {
    const { usual } = lobbyOf(world);
    return reading({ claim: { code: usual.code }, station: kioskOf(world) });
  },

  async findVisits(world) {
    const { patientId } = ofVisitor(world);
    return reading({ acting: { patientId }, station: kioskOf(world) });
  },

  async prepareVisit(given) {
    const world = ofVisitor(given);
    const visit = await freshVisit(world);
    await prepareAll(world, visit);
    return { input: stepOf(world, await visitNow(world, visit)), trace: traceOfVisits(world) };
  },

  async arriveAtVisit(given) {
    const world = ofVisitor(given);
    return { input: stepOf(world, await freshVisit(world)), trace: traceOfVisits(world) };
  },

  async checkIn(given) {
    const world = ofVisitor(given);
    return { input: stepOf(world, await arrivedAndReady(world)), trace: traceOfVisits(world) };
  },

  async chooseCallBy(world) {
    return { input: { ...(await ofVisit(world)), callBy: 'text' }, trace: traceOfVisits(world) };
  },

  getVisitProgress: async (world) => reading(await ofVisit(world)),
  findCharges: async (world) => reading(await ofVisit(world)),

  async choosePayment(world) {
    const visit = await ofVisit(world);
    const chargeIds = (await allOf(world, 'findCharges', visit)).map(({ id }) => id);
    return { input: { ...visit, chargeIds, choice: 'at-desk' }, trace: traceOfVisits(world) };
  },

  async getVisitSummary(given) {
    const world = ofVisitor(given);
    const visit = await world.adapter.checkOut(stepOf(world, await checkedIn(world)));
    return reading({ acting: { patientId: world.patientId }, appointmentId: visit.appointment.id });
  },

  async checkOut(given) {
    const world = ofVisitor(given);
    return { input: stepOf(world, await checkedIn(world)), trace: traceOfVisits(world) };
  },

  async respondToAppointment(world) {
    const { token, patientId, appointmentId } = lobbyOf(world).reminder();
    const trace = async () => (await world.adapter.getAppointment({ patientId, appointmentId })).version;
    return { input: { token, answer: 'coming' }, trace };
  },

  async startWalkIn(world) {
    const input = { station: kioskOf(world), danger: false, familyName: 'Ferreira', reason: 'A cough' };
    return { input, trace: waiting(world) };
  },

  askForHelp: async (world) => ({ input: { station: kioskOf(world), reason: 'person' }, trace: waiting(world) }),

  async getHelp(world) {
    const { id } = await world.adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
    return reading({ helpId: id });
  },

  describeDesk: async () => reading({}),
};

/** The reads that find only what was written. */
export const checkInReadsOfWrites: readonly CheckInOperation[] = ['getVisitSummary', 'getHelp'];

/** A visit of today, rather one that something is due for. */
async function ofVisit(world: World) {
  const acting = { patientId: world.patientId };
  const [visit = await freshVisit(world)] = await visitsOf(world);
  return { acting, appointmentId: visit.appointment.id };
}

const waiting = (world: World) => async () => (await attentionOf(world)).map(({ id }) => id).sort();
