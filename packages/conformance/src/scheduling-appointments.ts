import type { Appointment } from '@clinic-widgets/core/appointments.js';
import { addDays, compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { ensure, ensureDistinct, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { bookOne } from './requests.ts';
import { allOf, does, findTimes, otherOf, refOf, type World } from './world.ts';

/** The patient's own appointments: how they are listed, and which can still be changed. */
export const appointmentCases: readonly Case[] = [
  promise(
    ['findAppointments'],
    'Lists the patient’s appointments, earliest first, those on the waitlist last.',
    async (world) => {
      if (await does(world, 'joinWaitlist')) await join(world);
      const appointments = await own(world);
      ensureDistinct(
        appointments.map(({ id }) => id),
        'No appointment may be listed twice.',
      );
      ensure(
        appointments.every(({ patientId }) => patientId === world.patientId),
        'Each must be the patient’s.',
      );
      for (const [index, later] of appointments.entries()) {
        const earlier = appointments[index - 1];
        ensure(!earlier || inOrder(earlier, later), `The appointment ${later.id} comes too late in the list.`);
      }
    },
    { writes: true },
  ),

  promise(
    ['findAppointments'],
    'Narrows the list to the days asked for, by the calendar of their place.',
    async (world) => {
      const timed = (await own(world)).filter(({ start }) => start);
      if (timed.length === 0) throw new NotApplicable('The patient has no appointments.');
      const days = timed.map(({ start, timeZone }) => dayOf(start!, timeZone));
      const day = days[0]!;
      const found = await allOf(world, 'findAppointments', { patientId: world.patientId, from: day, to: day });
      const expected = timed.filter((_, index) => days[index] === day).map(({ id }) => id);
      const ids = found.filter(({ start }) => start).map(({ id }) => id);
      ensureSame(ids, expected, `Those of ${day} must be found.`);
      const later = { patientId: world.patientId, from: addDays(day, 1) };
      const rest = (await allOf(world, 'findAppointments', later)).filter(({ start }) => start).map(({ id }) => id);
      ensureSame(
        rest,
        timed.map(({ id }) => id).filter((id) => !expected.includes(id)),
        `All after ${day} must be found.`,
      );
    },
  ),

  promise(['getAppointment'], 'Says not-found for what there is not.', async ({ adapter, patientId }) => {
    const call = adapter.getAppointment({ patientId, appointmentId: 'no-such-appointment' });
    await ensureRefused(call, 'not-found', 'An appointment that there is not');
  }),

  promise(['getAppointment', 'bookAppointment'], 'Keeps an appointment from other patients.', async (world) => {
    const { appointment } = await bookOne(world);
    const call = world.adapter.getAppointment({ patientId: otherOf(world), appointmentId: appointment.id });
    await ensureRefused(call, ['not-found', 'forbidden'], 'An appointment of someone else');
  }),

  promise(['cancelAppointment'], 'Does not let one patient cancel what is another’s.', async (world) => {
    const { appointment } = await bookOne(world);
    const acting = { patientId: otherOf(world) };
    const call = world.adapter.cancelAppointment({ acting, appointment: refOf(appointment), reason: 'other' });
    await ensureRefused(call, ['not-found', 'forbidden'], 'To cancel the appointment of someone else');
    const found = (await own(world)).find(({ id }) => id === appointment.id);
    ensureSame(found, appointment, 'The appointment must be as it was.');
  }),

  promise(['cancelAppointment'], 'Refuses what is cancelled already.', async (world) => {
    const { acting, appointment } = await bookOne(world);
    const cancelled = await world.adapter.cancelAppointment({
      acting,
      appointment: refOf(appointment),
      reason: 'other',
    });
    const call = world.adapter.cancelAppointment({ acting, appointment: refOf(cancelled), reason: 'other' });
    await ensureRefused(call, 'conflict', 'To cancel once more');
  }),

  promise(['cancelAppointment'], 'Refuses what is over.', async (world) => {
    const { id, version } = await past(world);
    const acting = { patientId: world.patientId };
    const call = world.adapter.cancelAppointment({ acting, appointment: { id, version }, reason: 'other' });
    await ensureRefused(call, 'conflict', 'To cancel an appointment that is over');
  }),

  promise(['cancelAppointment'], 'Says not-found for what there is not.', async ({ adapter, patientId }) => {
    const appointment = { id: 'no-such-appointment', version: '1' };
    const call = adapter.cancelAppointment({ acting: { patientId }, appointment, reason: 'other' });
    await ensureRefused(call, 'not-found', 'To cancel what there is not');
  }),

  promise(['rescheduleAppointment'], 'Refuses what is cancelled or over.', async (world) => {
    const { adapter } = world;
    const { acting, appointment } = await bookOne(world);
    const cancelled = await adapter.cancelAppointment({ acting, appointment: refOf(appointment), reason: 'other' });
    const slot = refOf((await findTimes(world)).slots[0]!);
    for (const gone of [cancelled, await past(world)]) {
      const call = adapter.rescheduleAppointment({ acting, appointment: refOf(gone), slot });
      await ensureRefused(call, 'conflict', `To move an appointment that is ${gone.status}`);
    }
  }),

  promise(
    ['joinWaitlist', 'getAppointment'],
    'Puts the patient on the waitlist, for the days asked for.',
    async (world) => {
      const appointment = await join(world);
      ensure(appointment.status === 'waitlist', `The status must be waitlist, not ${appointment.status}.`);
      ensureSame(appointment.requested, { from: world.from, to: world.to }, 'The days must be kept.');
      const listed = (await own(world)).filter(({ id }) => id === appointment.id);
      ensureSame(listed, [appointment], 'It must be listed once.');
    },
  ),

  promise(['joinWaitlist', 'cancelAppointment'], 'Lets the patient leave the waitlist.', async (world) => {
    const acting = { patientId: world.patientId };
    const appointment = refOf(await join(world));
    const { status } = await world.adapter.cancelAppointment({ acting, appointment, reason: 'other' });
    ensure(status === 'cancelled', `The status must be cancelled, not ${status}.`);
  }),
];

const own = (world: World): Promise<Appointment[]> => allOf(world, 'findAppointments', { patientId: world.patientId });

function inOrder(earlier: Appointment, later: Appointment): boolean {
  if (earlier.start === undefined) return later.start === undefined;
  return later.start === undefined || compareInstants(earlier.start, later.start) <= 0;
}

async function join(world: World): Promise<Appointment> {
  const { patientId, from, to, adapter } = world;
  const { visitType } = await findTimes(world);
  const receipt = await adapter.joinWaitlist({ acting: { patientId }, visitTypeId: visitType.id, from, to });
  if (receipt.status === 'queued') throw new NotApplicable('The request waits on this device.');
  return adapter.getAppointment({ patientId, appointmentId: receipt.id });
}

async function past(world: World): Promise<Appointment> {
  const over = (await own(world)).find(({ start, status }) => {
    return start !== undefined && status !== 'cancelled' && compareInstants(start, world.now()) < 0;
  });
  if (!over) throw new NotApplicable('The patient has no appointment that is over.');
  return over;
}
