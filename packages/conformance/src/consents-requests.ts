import type { operationsOf } from '@clinic-widgets/core/adapter.js';
import { missingElements, type Program } from '@clinic-widgets/core/consents.js';
import { NotApplicable } from './assert.ts';
import { decide, decisionOf, documentsOf, freshVisit, visitsOf } from './check-in-found.ts';
import { handIn, submissionOf } from './forms-found.ts';
import { type Prepared, reading } from './prepared.ts';
import { allOf, type Query, type World } from './world.ts';

type ConsentsOperation = (typeof operationsOf.consents)[number];

/** A valid request for each operation about what a patient agrees to. */
export const consentsRequests: { readonly [K in ConsentsOperation]: (world: World) => Promise<Prepared<K>> } = {
  async findConsents(world) {
    const { visit } = await signable(world);
    return reading({ acting: { patientId: world.patientId }, appointmentId: visit.appointment.id });
  },

  async recordConsent(world) {
    const { visit, document } = await signable(world);
    const request = decisionOf(world, { patientId: world.patientId }, document, 'accepted');
    return { input: { ...request, appointmentId: visit.appointment.id }, trace: () => decisionsOf(world) };
  },

  async findRecordedConsents(world) {
    for (let count = (await decisionsOf(world)).length; count < 2; count += 1) await agreed(world);
    return reading({ acting: { patientId: world.patientId } });
  },

  async withdrawConsent(world) {
    const { id, version } = await agreed(world);
    const input = { acting: { patientId: world.patientId }, consent: { id, version } };
    return { input, trace: () => decisionsOf(world) };
  },

  findPrograms: async ({ patientId }) => reading({ acting: { patientId } }),

  async enrolInProgram(world) {
    const acting = { patientId: world.patientId };
    const program = (await allOf(world, 'findPrograms', { acting })).find(({ enrolment }) => !enrolment);
    if (!program) throw new NotApplicable('There is no programme that the patient can be enrolled in.');
    const trace = async () => (await allOf(world, 'findPrograms', { acting })).map(({ enrolment }) => enrolment ?? '');
    return { input: await gather(world, program), trace };
  },
};

/** The reads that find only what was written. */
export const consentsReadsOfWrites: readonly ConsentsOperation[] = ['findRecordedConsents'];

/** What the patient has decided. */
export const decisionsOf = (world: World, patientId = world.patientId) =>
  allOf(world, 'findRecordedConsents', { acting: { patientId } });

/** A document that the patient can sign, and the visit that it is for; the first that they have yet to decide about. */
export async function signable(world: World) {
  for (const visit of await visitsOf(world)) {
    const document = (await documentsOf(world, visit)).find((one) => missingElements(one).length === 0);
    if (document) return { visit, document };
  }
  const visit = await freshVisit(world);
  const document = (await documentsOf(world, visit)).find((one) => missingElements(one).length === 0);
  if (!document) throw new NotApplicable('There is nothing for the patient to sign.');
  return { visit, document };
}

/** An agreement of the patient's, as it is kept. */
export async function agreed(world: World) {
  const { visit, document } = await signable(world);
  const id = await decide(world, visit, document, 'accepted');
  const kept = (await decisionsOf(world)).find((one) => one.id === id);
  if (!kept) throw new Error('What the patient agreed to must be found.');
  return kept;
}

/** All that it takes to enrol the patient: forms, authorizations and an insurance. */
export async function gather(
  world: World,
  { id: programId, formIds, documentIds, needsCoverage }: Program,
): Promise<Query<'enrolInProgram'>> {
  const acting = { patientId: world.patientId };
  const responseIds: string[] = [];
  for (const formId of formIds) {
    const form = await world.adapter.getForm({ acting, formId });
    responseIds.push(await handIn(world, submissionOf(world, form)));
  }
  const consentIds: string[] = [];
  for (const document of await allOf(world, 'findConsents', { acting, programId })) {
    if (!documentIds.includes(document.id)) continue;
    const { id, status } = await world.adapter.recordConsent(decisionOf(world, acting, document, 'accepted'));
    if (status === 'queued') throw new NotApplicable('The decision waits on this device.');
    consentIds.push(id);
  }
  const [coverage] = needsCoverage ? await allOf(world, 'findCoverages', { acting }) : [];
  return { acting, programId, responseIds, consentIds, coverageIds: coverage ? [coverage.id] : [] };
}
