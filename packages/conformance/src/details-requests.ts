import type { operationsOf } from '@clinic-widgets/core/adapter.js';
import { confirmationOf, kioskOf, nowThere } from './check-in-found.ts';
import { type Prepared, reading } from './prepared.ts';
import { allOf, refOf, type World } from './world.ts';

type DetailsOperation = (typeof operationsOf.details)[number];

/** A valid request for each operation about what is known of a patient. */
export const detailsRequests: { readonly [K in DetailsOperation]: (world: World) => Promise<Prepared<K>> } = {
  getDetails: async ({ patientId }) => reading({ acting: { patientId } }),
  findCoverages: async ({ patientId }) => reading({ acting: { patientId } }),

  async confirmDetails(world) {
    const { patientId } = world;
    const trace = async () => [await recordOf(world), await world.adapter.getDetails({ acting: { patientId } })];
    return { input: await confirmationOf(world, { patientId }), trace };
  },

  async confirmCoverages(world) {
    const acting = { patientId: world.patientId };
    const coverages = (await allOf(world, 'findCoverages', { acting })).map(refOf);
    const input = { acting, station: kioskOf(world), coverages, answer: 'confirmed', at: nowThere(world) } as const;
    return { input, trace: () => recordOf(world) };
  },

  async findConfirmations(world) {
    const { patientId } = world;
    await world.adapter.confirmDetails(await confirmationOf(world, { patientId }));
    return reading({ patientId });
  },
};

/** The reads that find only what was written. */
export const detailsReadsOfWrites: readonly DetailsOperation[] = ['findConfirmations'];

/** The record of who confirmed what about a patient. */
export const recordOf = (world: World, patientId = world.patientId) => allOf(world, 'findConfirmations', { patientId });
