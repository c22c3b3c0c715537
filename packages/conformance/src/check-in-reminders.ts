import { compareInstants } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { visitsOf } from './check-in-found.ts';
import { type Lobby, lobbyOf } from './lobby.ts';
import type { World } from './world.ts';

/** The answers to reminders. */
export const reminderCases: readonly Case[] = [
  promise(
    ['respondToAppointment'],
    'Takes down that somebody is coming, and leaves the visit as it is.',
    async (world) => {
      const reminder = lobbyOf(world).reminder();
      const answer = await world.adapter.respondToAppointment({ token: reminder.token, answer: 'coming' });
      ensureSame(answer.status, 'booked', 'The visit stands.');
      ensure(
        answer.start !== undefined && compareInstants(answer.start, reminder.start) === 0,
        'It is told when it is.',
      );
      ensureSame(await statusAt(world, reminder), 'booked', 'It must be so afterwards.');
    },
  ),

  promise(['respondToAppointment', 'findVisits'], 'Cancels the visit of somebody who cannot come.', async (world) => {
    const reminder = lobbyOf(world).reminder();
    const answer = await world.adapter.respondToAppointment({ token: reminder.token, answer: 'cannot-come' });
    ensureSame(answer.status, 'cancelled', 'The visit is off.');
    ensureSame(await statusAt(world, reminder), 'cancelled', 'It must be so afterwards.');
    const left = (await visitsOf(world, reminder.patientId)).find(
      ({ appointment }) => appointment.id === reminder.appointmentId,
    );
    ensure(!left || left.appointment.status === 'cancelled', 'Nobody may check in for it.');
  }),

  promise(['respondToAppointment'], 'Takes one answer from a link.', async (world) => {
    const reminder = lobbyOf(world).reminder();
    await world.adapter.respondToAppointment({ token: reminder.token, answer: 'coming' });
    for (const answer of ['cannot-come', 'coming'] as const) {
      const call = world.adapter.respondToAppointment({ token: reminder.token, answer });
      await ensureRefused(call, 'not-found', 'A link that was used');
    }
    ensureSame(await statusAt(world, reminder), 'booked', 'The first answer stands.');
  }),

  promise(['respondToAppointment'], 'Knows no link that has run out or is none of its own.', async (world) => {
    const { expiredToken, reminder } = lobbyOf(world);
    const good = reminder();
    for (const token of [expiredToken, `${good.token}x`, 'nothing']) {
      const call = world.adapter.respondToAppointment({ token, answer: 'cannot-come' });
      await ensureRefused(call, 'not-found', 'A link that is not good');
    }
    ensureSame(await statusAt(world, good), 'booked', 'No visit may be cancelled by it.');
  }),
];

const statusAt = async ({ adapter }: World, { patientId, appointmentId }: ReturnType<Lobby['reminder']>) =>
  (await adapter.getAppointment({ patientId, appointmentId })).status;
