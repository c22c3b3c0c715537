import type { Visit } from '@clinic-widgets/core/check-in.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { compareInstants } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import {
  arrive,
  arrivedAndReady,
  checkedIn,
  confirmAll,
  freshVisit,
  openOf,
  pass,
  PHONE,
  prepareAll,
  statusOf,
  stepOf,
  traceOfVisits,
  visitNow,
  visitsOf,
} from './check-in-found.ts';
import { arrivalOf, arrivals } from './desk-requests.ts';
import { lobbyOf } from './lobby.ts';
import { findTimes, refOf, type World } from './world.ts';

type Step = 'prepareVisit' | 'arriveAtVisit' | 'checkIn' | 'checkOut';

/**
 * How a visit is brought on: booked, arrived, checked in, fulfilled, or cancelled on the way. R4 says that `arrived` is
 * being there, and `checked-in` that all administrative work is done (https://hl7.org/fhir/R4/codesystem-appointmentstatus.html).
 */
export const arrivalCases: readonly Case[] = [
  promise(['arriveAtVisit'], 'Says that the patient is there, with a ticket and the time.', async (world) => {
    const before = await freshVisit(world);
    const visit = await arrive(world, before);
    ensureSame(visit.appointment.id, before.appointment.id, 'It is the same visit.');
    ensureSame(visit.appointment.status, 'arrived', 'The patient is there, and not yet checked in.');
    ensure(visit.ticket, 'The patient must have something to be called by.');
    ensure(
      visit.arrivedAt !== undefined && Math.abs(compareInstants(visit.arrivedAt, world.now())) < SECONDS * 1000,
      'The time of arrival must be kept.',
    );
    ensureSame(await statusOf(world, visit), 'arrived', 'It must be so afterwards.');
  }),

  promise(['arriveAtVisit'], 'Takes it for a success that the patient has arrived already.', async (world) => {
    const first = await arrive(world, await freshVisit(world));
    await world.advance?.(1);
    const second = await arrive(world, await visitNow(world, first));
    ensureSame(second.appointment.status, 'arrived', 'The patient is still there.');
    ensureSame(second.ticket, first.ticket, 'The ticket must stay the same.');
    ensureSame(second.arrivedAt, first.arrivedAt, 'Who comes first is before others.');
  }),

  promise(['arriveAtVisit', 'checkIn'], 'Takes nobody back who is checked in already.', async (world) => {
    const visit = await checkedIn(world);
    const again = await arrive(world, await visitNow(world, visit));
    ensureSame(again.appointment.status, 'checked-in', 'Who is checked in stays so.');
    const step = stepOf(world, await visitNow(world, visit));
    ensureSame(
      (await world.adapter.checkIn(step)).appointment.status,
      'checked-in',
      'That it was done already is a success.',
    );
  }),

  promise(['arriveAtVisit'], 'Believes a telephone only by the code in the lobby.', async (world) => {
    const { lobbyCode } = lobbyOf(world);
    const visit = await freshVisit(world);
    const trace = traceOfVisits(world);
    const before = await trace();
    for (const station of [PHONE, { ...PHONE, lobbyCode: 'not-on-any-sign' }]) {
      const call = world.adapter.arriveAtVisit(stepOf(world, visit, station));
      await ensureRefused(call, 'forbidden', 'To arrive without being there');
    }
    ensureSame(await trace(), before, 'What is refused must change nothing.');
    const station = { ...PHONE, lobbyCode };
    const there = await world.adapter.arriveAtVisit(stepOf(world, visit, station));
    ensureSame(there.appointment.status, 'arrived', 'The code shows that they are there.');
  }),

  promise(
    ['arriveAtVisit', 'findArrivals'],
    'Lets the same patient arrive at two kiosks at once, and once only.',
    async (world) => {
      const visit = await freshVisit(world);
      const calls = [arrive(world, visit), arrive(world, visit)];
      for (const outcome of await Promise.allSettled(calls)) {
        if (outcome.status === 'fulfilled') continue;
        const reason: unknown = outcome.reason;
        ensure(
          isClinicError(reason) && reason.code === 'conflict',
          `Who loses the race gets conflict: ${String(reason)}`,
        );
      }
      const now = await visitNow(world, visit);
      const settled = await arrive(world, now);
      ensureSame(settled.ticket, now.ticket, 'Both must be told the same ticket.');
      const lines = (await arrivals(world)).filter(({ appointment }) => appointment.id === visit.appointment.id);
      ensureSame(lines.length, 1, 'There must be one arrival.');
    },
  ),

  promise(['checkIn'], 'Checks in nobody who has not arrived.', async (world) => {
    const visit = await freshVisit(world);
    await prepareAll(world, visit);
    const step = stepOf(world, await visitNow(world, visit));
    await ensureRefused(world.adapter.checkIn(step), 'conflict', 'To be checked in from afar');
    ensureSame(await statusOf(world, visit), 'booked', 'What is refused must change nothing.');
  }),

  promise(
    ['checkIn'],
    'Checks in nobody for whom something mandatory is open, and whoever has done it.',
    async (world) => {
      const visit = await arrive(world, await freshVisit(world));
      ensure(openOf(visit, true).length > 0, 'Something mandatory must be open at first.');
      await ensureRefused(
        world.adapter.checkIn(stepOf(world, visit)),
        'conflict',
        'To be checked in with nothing done',
      );
      await confirmAll(world, visit);
      const halfway = await visitNow(world, visit);
      ensure(openOf(halfway, true).length > 0, 'Something mandatory must be open still.');
      await ensureRefused(world.adapter.checkIn(stepOf(world, halfway)), 'conflict', 'To be checked in halfway');
      ensureSame(await statusOf(world, visit), 'arrived', 'What is refused must change nothing.');
      await prepareAll(world, visit);
      const done = await world.adapter.checkIn(stepOf(world, await visitNow(world, visit)));
      ensureSame(done.appointment.status, 'checked-in', 'Nothing keeps the visit any more.');
      ensureSame(await statusOf(world, visit), 'checked-in', 'It must be so afterwards.');
    },
  ),

  promise(
    ['checkIn', 'findArrivals'],
    'Lets no payment, insurance or optional consent keep anyone from being checked in.',
    async (world) => {
      const visit = await arrivedAndReady(world);
      const open = openOf(visit, false);
      ensure(
        open.some((name) => name === 'payment' || name === 'insurance'),
        'A payment or an insurance must be open.',
      );
      const { preparations } = visit;
      for (const { name, mandatory } of preparations) {
        ensure(!mandatory || (name !== 'payment' && name !== 'insurance'), `${name} is never mandatory.`);
      }
      const done = await world.adapter.checkIn(stepOf(world, visit));
      ensureSame(done.appointment.status, 'checked-in', 'What is left is for the desk.');
      const lacks = (await arrivalOf(world, visit))?.lacks ?? [];
      for (const name of open) ensure(lacks.includes(name), `The desk must see that ${name} is not done.`);
    },
  ),

  ...(['prepareVisit', 'arriveAtVisit', 'checkIn'] as const).map((name) =>
    promise([name, 'cancelAppointment'], 'Refuses a visit that was cancelled.', async (world) => {
      const visit = await readyFor(name, world);
      const { id, patientId } = visit.appointment;
      const acting = { patientId };
      await world.adapter.cancelAppointment({ acting, appointment: refOf(visit.appointment), reason: 'other' });
      const now = await world.adapter.getAppointment({ patientId, appointmentId: id });
      const step = { ...stepOf(world, visit), appointment: refOf(now) };
      await ensureRefused(world.adapter[name](step), 'conflict', `${name} of what was cancelled`);
      ensureSame(await statusOf(world, visit), 'cancelled', 'It must stay cancelled.');
    }),
  ),

  promise(
    ['arriveAtVisit', 'rescheduleAppointment'],
    'Refuses a visit that was moved to another day.',
    async (world) => {
      const visit = await freshVisit(world);
      const isSame = ({ id }: { id: string }) => id === visit.appointment.visitType?.id;
      const { slots } = await findTimes(world, 1, isSame);
      const step = stepOf(world, visit);
      const { acting, appointment } = step;
      const moved = await world.adapter.rescheduleAppointment({ acting, appointment, slot: refOf(slots[0]!) });
      // As it is now, so that nothing but the day is in the way.
      const call = world.adapter.arriveAtVisit({ ...step, appointment: refOf(moved) });
      await ensureRefused(call, 'conflict', 'To arrive at what was moved');
    },
  ),

  ...(['prepareVisit', 'arriveAtVisit', 'checkIn', 'checkOut'] as const).map((name) =>
    promise([name], 'Refuses a visit that has changed since it was read.', async (world) => {
      const visit = await readyFor(name, world);
      const before = await statusOf(world, visit);
      const step = stepOf(world, visit);
      const { id, version } = step.appointment;
      const stale = { ...step, appointment: { id, version: `${version}0` } };
      await ensureRefused(world.adapter[name](stale), 'conflict', `${name} of a visit that has changed`);
      ensureSame(await statusOf(world, visit), before, 'What is refused must change nothing.');
    }),
  ),

  ...(['prepareVisit', 'arriveAtVisit', 'checkIn', 'checkOut'] as const).map((name) =>
    promise([name], 'Knows no visit of another patient.', async (world) => {
      const visit = await readyFor(name, world);
      const acting = { patientId: lobbyOf(world).visitors.several };
      const call = world.adapter[name]({ ...stepOf(world, visit), acting });
      await ensureRefused(call, ['not-found', 'forbidden'], `${name} of a visit of somebody else`);
    }),
  ),

  promise(['arriveAtVisit', 'checkIn'], 'Lets a parent come in with a child.', async (world) => {
    const { patientId, representativeId } = lobbyOf(world).child;
    const visit = await freshVisit(world, patientId);
    const step = { ...stepOf(world, visit), acting: { patientId, representativeId } };
    const { appointment } = await world.adapter.arriveAtVisit(step);
    ensureSame(appointment.status, 'arrived', 'The child is there.');
  }),

  promise(['arriveAtVisit'], 'Lets in who is early or late, as the clinic has it.', async (world) => {
    const { early, late } = lobbyOf(world).visitors;
    for (const patientId of [early, late]) {
      const [visit] = await visitsOf(world, patientId);
      ensure(visit, 'There must be a visit.');
      ensureSame((await arrive(world, visit)).appointment.status, 'arrived', `Who is ${visit.timing} comes in.`);
    }
  }),

  promise(['arriveAtVisit', 'findArrivals'], 'Keeps the time of arrival while the rest is done.', async (world) => {
    const visit = await arrive(world, await freshVisit(world));
    await pass(world, 5);
    await prepareAll(world, visit);
    const done = await world.adapter.checkIn(stepOf(world, await visitNow(world, visit)));
    ensureSame(done.arrivedAt, visit.arrivedAt, 'It is the time at which the patient came.');
    ensureSame((await arrivalOf(world, visit))?.arrivedAt, visit.arrivedAt, 'The desk must see the same.');
  }),
];

/** How far the clinic's clock and the world's may be apart. */
const SECONDS = 60;

/** A visit as it must be for the step. */
async function readyFor(step: Step, world: World): Promise<Visit> {
  if (step === 'checkOut') return visitNow(world, await checkedIn(world));
  if (step === 'checkIn') return arrivedAndReady(world);
  const visit = await freshVisit(world);
  if (step === 'prepareVisit') await prepareAll(world, visit);
  return visitNow(world, visit);
}
