import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { arrive, freshVisit, prepareAll, stepOf, visitNow, visitsOf } from './check-in-found.ts';
import { arrivalOf } from './desk-requests.ts';
import { lobbyOf } from './lobby.ts';

/** What a patient is told who waits. */
export const waitingCases: readonly Case[] = [
  promise(['chooseCallBy', 'findArrivals'], 'Keeps how the patient wants to be called.', async (world) => {
    const visit = await arrive(world, await freshVisit(world));
    const acting = { patientId: world.patientId };
    for (const callBy of ['text', 'person'] as const) {
      await world.adapter.chooseCallBy({ acting, appointmentId: visit.appointment.id, callBy });
      ensureSame((await visitNow(world, visit)).callBy, callBy, 'It must be found with the visit.');
      ensureSame((await arrivalOf(world, visit))?.callBy, callBy, 'The desk must see it.');
    }
  }),

  promise(
    ['getVisitProgress', 'arriveAtVisit', 'callPatient', 'checkOut'],
    'Tells how it goes on, and names nobody.',
    async (world) => {
      const { adapter, patientId } = world;
      const visit = await freshVisit(world);
      const appointmentId = visit.appointment.id;
      const { name } = await adapter.getDetails({ acting: { patientId } });
      const expectState = async (state: string, to?: string) => {
        const progress = await adapter.getVisitProgress({ acting: { patientId }, appointmentId });
        ensureSame(progress.state, state, 'The patient must know how it stands.');
        if (to !== undefined) ensureSame(progress.to, to, 'The patient must know where to go.');
        const told = JSON.stringify(progress);
        for (const part of [...(name?.given ?? []), name?.family ?? '']) {
          ensure(part === '' || !told.includes(part), 'What others may see on the screen must name nobody.');
        }
        if (progress.wait)
          ensure(progress.wait.least <= progress.wait.most, 'The wait goes from the least to the most.');
        return progress;
      };
      await expectState('expected');
      const { ticket } = await arrive(world, visit);
      ensureSame((await expectState('waiting')).ticket, ticket, 'The ticket must be the same.');
      await adapter.callPatient({ appointmentId, to: 'Room 4', kind: 'called' });
      await expectState('called', 'Room 4');
      await adapter.callPatient({ appointmentId, to: 'Room 7', kind: 'moved' });
      await expectState('moved', 'Room 7');
      await prepareAll(world, visit);
      const done = await adapter.checkIn(stepOf(world, await visitNow(world, visit)));
      await adapter.checkOut(stepOf(world, done));
      await expectState('finished');
    },
  ),

  promise(['getVisitProgress'], 'Tells nobody how it goes on for another patient.', async (world) => {
    const { several } = lobbyOf(world).visitors;
    const [visit] = await visitsOf(world);
    ensure(visit, 'The patient must have a visit today.');
    const call = world.adapter.getVisitProgress({
      acting: { patientId: several },
      appointmentId: visit.appointment.id,
    });
    await ensureRefused(call, ['not-found', 'forbidden'], 'To ask about a visit of somebody else');
  }),
];
