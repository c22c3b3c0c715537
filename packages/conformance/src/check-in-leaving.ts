import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { arrive, checkedIn, freshVisit, statusOf, stepOf, visitNow } from './check-in-found.ts';
import { arrivalOf } from './desk-requests.ts';

/** What happens when a patient leaves. */
export const leavingCases: readonly Case[] = [
  promise(['checkOut', 'findArrivals'], 'Lets a patient leave who was checked in.', async (world) => {
    const visit = await checkedIn(world);
    ensure(await arrivalOf(world, visit), 'The patient must be listed while they are there.');
    const { appointment } = await world.adapter.checkOut(stepOf(world, visit));
    ensureSame(appointment.status, 'fulfilled', 'The visit is over.');
    ensureSame(await statusOf(world, visit), 'fulfilled', 'It must be so afterwards.');
    ensure(!(await arrivalOf(world, visit)), 'Who has left is not there any more.');
  }),

  promise(['checkOut'], 'Lets nobody leave who was never checked in.', async (world) => {
    const booked = await freshVisit(world);
    await ensureRefused(world.adapter.checkOut(stepOf(world, booked)), 'conflict', 'To leave without having come');
    ensureSame(await statusOf(world, booked), 'booked', 'What is refused must change nothing.');
    const arrived = await arrive(world, booked);
    await ensureRefused(world.adapter.checkOut(stepOf(world, arrived)), 'conflict', 'To leave before being checked in');
    ensureSame(await statusOf(world, arrived), 'arrived', 'What is refused must change nothing.');
  }),

  ...(['prepareVisit', 'arriveAtVisit', 'checkIn'] as const).map((name) =>
    promise([name, 'checkOut'], 'Refuses a visit that is over.', async (world) => {
      const visit = await world.adapter.checkOut(stepOf(world, await checkedIn(world)));
      const { id, patientId } = visit.appointment;
      const { version } = await world.adapter.getAppointment({ patientId, appointmentId: id });
      const step = { ...stepOf(world, visit), appointment: { id, version } };
      await ensureRefused(world.adapter[name](step), 'conflict', `${name} of what is over`);
      ensureSame(await statusOf(world, visit), 'fulfilled', 'It must stay over.');
    }),
  ),

  promise(
    ['getVisitSummary', 'checkOut'],
    'Tells what to do after the visit, in the language asked for.',
    async (world) => {
      const { patientId } = world;
      const visit = await visitNow(world, await checkedIn(world));
      await world.adapter.checkOut(stepOf(world, visit));
      const about = { acting: { patientId }, appointmentId: visit.appointment.id };
      const texts = [];
      for (const language of ['en', 'es']) {
        const summary = await world.adapter.getVisitSummary({ ...about, language });
        ensureSame(summary.appointmentId, visit.appointment.id, 'It is about this visit.');
        ensureSame(summary.language, language, 'The clinic has it in both languages.');
        ensure(summary.instructions && summary.warning, 'It must say what to do, and when to call.');
        texts.push(summary.instructions);
      }
      ensure(texts[0] !== texts[1], 'Each language has its own words.');
    },
  ),

  promise(['getVisitSummary', 'checkOut'], 'Tells nobody what another patient is to do.', async (world) => {
    const visit = await world.adapter.checkOut(stepOf(world, await checkedIn(world)));
    const acting = { patientId: world.lobby?.visitors.several ?? 'nobody' };
    const call = world.adapter.getVisitSummary({ acting, appointmentId: visit.appointment.id });
    await ensureRefused(call, ['not-found', 'forbidden'], 'To read the instructions of somebody else');
  }),
];
