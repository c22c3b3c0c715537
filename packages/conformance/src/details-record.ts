import { accuracyReport } from '@clinic-widgets/core/accuracy.js';
import { addDays, compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { ensure, ensureDistinct, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { confirmationOf, kioskOf, pass, PHONE } from './check-in-found.ts';
import { propose, today } from './desk-requests.ts';
import { recordOf } from './details-requests.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, otherOf, refOf, type World } from './world.ts';

/** The record of who confirmed what. */
export const recordCases: readonly Case[] = [
  promise(
    ['findConfirmations', 'confirmDetails'],
    'Keeps of each field who said what of it, when, from where and of which version.',
    async (world) => {
      const { patientId } = world;
      const acting = { patientId };
      const { email } = await world.adapter.getDetails({ acting });
      if (email === undefined) throw new NotApplicable('The clinic has no e-mail of the patient’s to take out.');
      const added = await addedTo(world);
      const request = {
        ...(await confirmationOf(world, acting)),
        confirmed: ['birthDate', 'address'] as const,
        changed: { phone: '(269) 555-0187' },
        removed: ['email'] as const,
      };
      await world.adapter.confirmDetails({
        ...request,
        confirmed: [...request.confirmed],
        removed: [...request.removed],
      });
      const made = await added();
      ensureSame(
        made.map(({ field, act }) => `${field} ${act}`).sort(),
        ['address confirmed', 'birthDate confirmed', 'email changed', 'phone changed'],
        'Each field that was looked at must have its line, and no other.',
      );
      for (const line of made) {
        const { version, station, by, representativeId } = line;
        ensureSame(
          { patientId: line.patientId, version, station, by, representativeId },
          { patientId, version: request.version, station: request.station.kind, by: 'patient' },
          'It must say who, from where and of which version.',
        );
        ensure(Math.abs(compareInstants(line.at, request.at)) < SECONDS * 1000, 'It must say when.');
      }
      ensure(!JSON.stringify(made).includes('0187'), 'The record holds no value.');
    },
  ),

  promise(['findConfirmations', 'confirmDetails'], 'Tells a kiosk, a telephone and the desk apart.', async (world) => {
    const acting = { patientId: world.patientId };
    const added = await addedTo(world);
    for (const station of [kioskOf(world), PHONE, { kind: 'desk' as const }]) {
      await world.adapter.confirmDetails({
        ...(await confirmationOf(world, acting)),
        confirmed: ['address'],
        station,
      });
      if (world.advance) await pass(world, 1);
    }
    const sources = (await added()).map(({ station }) => station);
    const expected = ['kiosk', 'phone', 'desk'];
    if (world.advance) ensureSame(sources, expected, 'The source must be kept, and the earliest comes first.');
    else ensureSame(sources.toSorted(), expected.toSorted(), 'The source must be kept.');
  }),

  promise(['findConfirmations', 'confirmDetails'], 'Narrows the record to a patient and to days.', async (world) => {
    const other = otherOf(world);
    for (const patientId of [world.patientId, other]) {
      await world.adapter.confirmDetails(await confirmationOf(world, { patientId }));
    }
    const own = await recordOf(world);
    ensure(own.length > 0 && own.every(({ patientId }) => patientId === world.patientId), 'Only the patient’s lines.');
    const day = await today(world);
    const all = await allOf(world, 'findConfirmations', { from: day, to: day });
    const patients = new Set(all.map(({ patientId }) => patientId));
    ensure(patients.has(world.patientId) && patients.has(other), 'Of a day, the lines of all patients.');
    ensureDistinct(
      all.map(({ id }) => id),
      'No line may come twice.',
    );
    for (const query of [{ from: addDays(day, 1) }, { to: addDays(day, -1) }]) {
      const none = await allOf(world, 'findConfirmations', { ...query, patientId: world.patientId });
      ensureSame(none, [], 'Of other days, none.');
    }
  }),

  promise(
    ['findConfirmations', 'confirmDetails', 'decideProposal'],
    'Is good for a report of what was confirmed, changed, proposed and contradicted.',
    async (world) => {
      const { patientId } = lobbyOf(world).stranger;
      await world.adapter.confirmDetails({
        ...(await confirmationOf(world, { patientId })),
        confirmed: ['address', 'birthDate'],
      });
      if (world.advance) await pass(world, 1);
      const proposal = await propose(world, { preferredName: 'Sam' });
      await world.adapter.decideProposal({ proposal: refOf(proposal), decision: 'refused' });
      const { timeZone } = await world.adapter.describeClinic({});
      const rows = accuracyReport(await recordOf(world, patientId), (at) => dayOf(at, timeZone));
      ensureSame(
        rows,
        [
          {
            ...{ day: await today(world), station: 'kiosk', fields: 3 },
            ...{ confirmed: 2, changed: 0, proposed: 1, doubted: 0, contradicted: 1 },
          },
        ],
        'The record must add up.',
      );
    },
  ),
];

/** How far the clinic's clock and the world's may be apart. */
const SECONDS = 60;

/** Notes which lines there are, and gives those that came since. */
async function addedTo(world: World): Promise<() => ReturnType<typeof recordOf>> {
  const before = new Set((await recordOf(world)).map(({ id }) => id));
  return async () => (await recordOf(world)).filter(({ id }) => !before.has(id));
}
