import type { CoverageConfirmation } from '@clinic-widgets/core/details.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionOf, kioskOf, nowThere, openOf, visitNow, visitsOf } from './check-in-found.ts';
import { recordOf } from './details-requests.ts';
import { allOf, otherOf, refOf, type World } from './world.ts';

/** The insurance on file. */
export const coverageCases: readonly Case[] = [
  promise(['findCoverages'], 'Lists the insurance that is asked first first, and nobody else’s.', async (world) => {
    const own = await coveragesOf(world);
    const orders = own.map(({ order = Infinity }) => order);
    ensureSame(
      orders,
      orders.toSorted((a, b) => a - b),
      'They come in the order in which they are asked.',
    );
    const ids = new Set(own.map(({ id }) => id));
    const others = await allOf(world, 'findCoverages', { acting: { patientId: otherOf(world) } });
    ensure(!others.some(({ id }) => ids.has(id)), 'An insurance is of one patient.');
  }),

  promise(
    ['confirmCoverages', 'findConfirmations', 'findVisits'],
    'Takes down that the insurance on file is right.',
    async (world) => {
      const { visit, request } = await asked(world, 'confirmed');
      const before = (await recordOf(world)).length;
      await world.adapter.confirmCoverages(request);
      const made = (await recordOf(world)).slice(before);
      ensure(made.length > 0, 'It must be on record.');
      for (const { field, act, by, station } of made) {
        ensureSame(
          { field, act, by, station },
          { field: 'coverage', act: 'confirmed', by: 'patient', station: 'kiosk' },
          'As said.',
        );
      }
      ensure(!openOf(await visitNow(world, visit)).includes('insurance'), 'It is done for the visit.');
    },
  ),

  ...(['changed', 'none'] as const).map((answer) =>
    promise(
      ['confirmCoverages', 'findAttention'],
      answer === 'changed'
        ? 'Tells the desk of an insurance that has changed.'
        : 'Tells the desk of who has no insurance.',
      async (world) => {
        const { visit, request } = await asked(world, answer);
        await world.adapter.confirmCoverages(request);
        const told = (await attentionOf(world)).filter(
          ({ kind, appointmentId, unfinished = [] }) =>
            kind === 'unfinished' && appointmentId === visit.appointment.id && unfinished.includes('insurance'),
        );
        ensureSame(told.length, 1, 'The desk must be told once.');
        const { preparations } = await visitNow(world, visit);
        const insurance = preparations.find(({ name }) => name === 'insurance');
        ensureSame(insurance?.state, 'at-desk', 'The desk sees to it.');
        ensureSame(insurance?.mandatory, false, 'It keeps nobody from being checked in.');
      },
    ),
  ),

  promise(['confirmCoverages'], 'Refuses what has changed since it was read.', async (world) => {
    const { request } = await asked(world, 'confirmed');
    const [first, ...rest] = request.coverages;
    if (!first || first.version === '') throw new NotApplicable('This clinic gives its insurances no versions.');
    const coverages = [{ ...first, version: `${first.version}0` }, ...rest];
    const before = await recordOf(world);
    const call = world.adapter.confirmCoverages({ ...request, coverages });
    await ensureRefused(call, 'conflict', 'To confirm another version');
    ensureSame(await recordOf(world), before, 'What is refused must not be on record.');
  }),
];

const coveragesOf = async (world: World) => {
  const coverages = await allOf(world, 'findCoverages', { acting: { patientId: world.patientId } });
  if (coverages.length === 0) throw new NotApplicable('The patient has no insurance on file.');
  return coverages;
};

/** An answer about all that is on file, at a visit of today. */
async function asked(world: World, answer: CoverageConfirmation['answer']) {
  const [visit] = await visitsOf(world);
  if (!visit) throw new NotApplicable('The patient has no visit today.');
  const request: CoverageConfirmation = {
    acting: { patientId: world.patientId },
    appointmentId: visit.appointment.id,
    station: kioskOf(world),
    coverages: (await coveragesOf(world)).map(refOf),
    answer,
    at: nowThere(world),
  };
  return { visit, request };
}
