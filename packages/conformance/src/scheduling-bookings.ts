import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Slot } from '@clinic-widgets/core/scheduling.js';
import { compareInstants } from '@clinic-widgets/core/time.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { bookOne } from './requests.ts';
import { again, bookingOf, findTimes, isFree, otherOf, refOf, standingAt, takesRequests, type World } from './world.ts';

/** How a time becomes an appointment, moves, and is given back. */
export const bookingCases: readonly Case[] = [
  promise(
    ['bookAppointment'],
    'Makes an appointment of the time; a proposed one where staff decide.',
    async (world) => {
      const { times, appointment } = await bookOne(world);
      const expected = (await takesRequests(world)) ? 'proposed' : 'booked';
      ensure(appointment.status === expected, `It must be ${expected}, not ${appointment.status}.`);
      ensure(appointment.patientId === world.patientId, 'It must be the patient’s.');
      ensureAt(appointment, times.slots[0]!);
      const { visitType, practitioner, location } = appointment;
      ensure(visitType?.id === times.visitType.id, `It must be for ${times.visitType.id}, not for ${visitType?.id}.`);
      ensureSame(practitioner?.id, times.slots[0]!.practitioner?.id, 'It must be with the practitioner of the slot.');
      ensureSame(location?.id, times.slots[0]!.location?.id, 'It must be at the location of the slot.');
      const { language = times.visitType.language } = appointment;
      ensureSame(language, times.visitType.language, 'What it is for must be in the language of the visit type.');
    },
  ),

  promise(
    ['bookAppointment', 'getAppointment', 'findAppointments'],
    'Shows the appointment afterwards.',
    async (world) => {
      const { times, appointment } = await bookOne(world);
      const { patientId } = world;
      const shown = await world.adapter.getAppointment({ patientId, appointmentId: appointment.id });
      ensureSame(shown, appointment, 'It must be shown as it was booked.');
      const standing = await standingAt(world, patientId, times.slots[0]!);
      ensureSame(standing, [appointment], 'It must be listed once, as it was booked.');
    },
  ),

  promise(['bookAppointment', 'findSlots'], 'Takes the time off the list, unless staff decide.', async (world) => {
    const { times, acting } = await bookOne(world);
    if (await takesRequests(world)) return;
    const slot = times.slots[0]!;
    ensure(!(await isFree(world, times, slot)), 'A booked time must not be found.');
    const rival = { ...bookingOf(world, times, slot), acting: { ...acting, patientId: otherOf(world) } };
    await ensureRefused(world.adapter.bookAppointment(rival), 'conflict', 'A booking of a time that is booked');
  }),

  promise(['bookAppointment', 'getAppointment'], 'Keeps the mode and the needs that were asked for.', async (world) => {
    const fits = ({ modes, orderOnly }: { modes: readonly unknown[]; orderOnly?: boolean | undefined }) =>
      !orderOnly && modes.length > 0;
    const times = await findTimes(world, 1, fits);
    const { mode, slot } = await oneWithMode(world, times);
    const needs = [{ kind: 'spoken-interpreter' as const, language: 'es' }, { kind: 'more-time' as const }];
    const request = { ...bookingOf(world, times, slot), mode, needs, reason: 'A question about <b>my</b> results.' };
    const { id: appointmentId } = await world.adapter.bookAppointment(request);
    const shown = await world.adapter.getAppointment({ patientId: world.patientId, appointmentId });
    ensureSame(shown.mode, mode, 'The mode must be kept.');
    ensureSame(shown.needs, needs, 'The needs must be kept.');
  }),

  promise(['bookAppointment'], 'Refuses a time that there is not.', async (world) => {
    const times = await findTimes(world);
    const { id, version } = times.slots[0]!;
    const request = { ...bookingOf(world, times, times.slots[0]!), slot: { id: `${id}-nowhere`, version } };
    await ensureRefused(world.adapter.bookAppointment(request), ['not-found', 'conflict'], 'A time that there is not');
  }),

  promise(
    ['bookAppointment', 'holdSlot'],
    'Gives a time to one who books or to one who holds, not to both.',
    async (world) => {
      const { adapter } = world;
      const times = await findTimes(world);
      const slot = times.slots[0]!;
      const request = bookingOf(world, times, slot);
      const rival = { ...request, acting: { patientId: otherOf(world) } };
      const outcomes = await Promise.allSettled([adapter.bookAppointment(request), adapter.holdSlot(rival)]);
      const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      ensure(lost.length === 1, `One of the two must get the time; ${2 - lost.length} did.`);
      ensure(isClinicError(lost[0]) && lost[0].code === 'conflict', 'Who comes late must get conflict.');
    },
  ),

  promise(['rescheduleAppointment', 'getAppointment'], 'Moves the appointment to the other time.', async (world) => {
    const { times, acting, appointment } = await bookOne(world, 2);
    const [old, next] = times.slots as [Slot, Slot];
    const move = { acting, appointment: refOf(appointment), slot: refOf(next) };
    const moved = await world.adapter.rescheduleAppointment(move);
    ensureAt(moved, next);
    ensure(moved.status === 'booked', `It must be booked, not ${moved.status}.`);
    const { patientId } = world;
    const shown = await world.adapter.getAppointment({ patientId, appointmentId: moved.id });
    ensureSame(shown, moved, 'It must be shown as it was moved.');
    ensureSame(await standingAt(world, patientId, old), [], 'Nothing may be left at the old time.');
    ensure((await standingAt(world, patientId, next)).length === 1, 'It must be listed once at the new time.');
  }),

  promise(['rescheduleAppointment', 'findSlots'], 'Gives the old time back and takes the new one.', async (world) => {
    const { times, acting, appointment } = await bookOne(world, 2);
    const [old, next] = times.slots as [Slot, Slot];
    await world.adapter.rescheduleAppointment({ acting, appointment: refOf(appointment), slot: refOf(next) });
    ensure(!(await isFree(world, times, next)), 'The new time must not be free.');
    const freed = await again(world, times, old);
    const { status } = await world.adapter.bookAppointment(bookingOf(world, times, freed));
    ensure(status === 'booked', 'The old time must be there to book.');
  }),

  promise(
    ['rescheduleAppointment', 'holdSlot'],
    'Moves the appointment to a time that is held for the patient.',
    async (world) => {
      const { times, acting, appointment } = await bookOne(world, 2);
      const next = times.slots[1]!;
      const hold = await world.adapter.holdSlot(bookingOf(world, times, next));
      const move = { acting, appointment: refOf(appointment), slot: refOf(next), holdId: hold.id };
      ensureAt(await world.adapter.rescheduleAppointment(move), next);
      ensure(!(await isFree(world, times, next)), 'The new time must not be free.');
    },
  ),

  promise(
    ['rescheduleAppointment', 'bookAppointment'],
    'Keeps the old time where the new one is lost.',
    async (world) => {
      const { adapter, patientId } = world;
      const { times, acting, appointment } = await bookOne(world, 2);
      const [old, next] = times.slots as [Slot, Slot];
      await adapter.bookAppointment({ ...bookingOf(world, times, next), acting: { patientId: otherOf(world) } });
      const move = { acting, appointment: refOf(appointment), slot: refOf(next) };
      await ensureRefused(adapter.rescheduleAppointment(move), 'conflict', 'A move to a time that is taken');
      const shown = await adapter.getAppointment({ patientId, appointmentId: appointment.id });
      ensureSame(shown, appointment, 'The appointment must be as it was.');
      ensure(!(await isFree(world, times, old)), 'The old time must still be the patient’s.');
    },
  ),

  promise(['cancelAppointment', 'getAppointment'], 'Calls the appointment off and remembers it.', async (world) => {
    const { acting, appointment } = await bookOne(world);
    const cancel = { acting, appointment: refOf(appointment), reason: 'no-transport', comment: 'No bus.' } as const;
    const { status, id } = await world.adapter.cancelAppointment(cancel);
    ensure(status === 'cancelled', `It must be cancelled, not ${status}.`);
    const shown = await world.adapter.getAppointment({ patientId: world.patientId, appointmentId: id });
    ensure(shown.status === 'cancelled', `It must be shown as cancelled, not as ${shown.status}.`);
  }),

  promise(
    ['cancelAppointment', 'findSlots', 'bookAppointment'],
    'Gives the time back to be booked again.',
    async (world) => {
      const { times, acting, appointment } = await bookOne(world);
      await world.adapter.cancelAppointment({ acting, appointment: refOf(appointment), reason: 'feeling-better' });
      const freed = await again(world, times, times.slots[0]!);
      ensureAt(await world.adapter.bookAppointment(bookingOf(world, times, freed)), freed);
    },
  ),
];

function ensureAt({ start, end, timeZone }: Appointment, slot: Slot): void {
  const same = (a: string | undefined, b: string) => a !== undefined && compareInstants(a, b) === 0;
  ensure(same(start, slot.start), `The appointment must start at ${slot.start}, not at ${start}.`);
  ensure(same(end, slot.end), `The appointment must end at ${slot.end}, not at ${end}.`);
  ensure(timeZone === slot.timeZone, `The appointment must be in the zone ${slot.timeZone}, not ${timeZone}.`);
}

/** A free time with a mode that it is offered in. */
async function oneWithMode(world: World, { visitType, day }: Awaited<ReturnType<typeof findTimes>>) {
  for (const mode of visitType.modes.toReversed()) {
    const { items } = await world.adapter.findSlots({ visitTypeId: visitType.id, from: day, to: day, mode });
    if (items[0]) return { mode, slot: items[0] };
  }
  throw new Error(`On ${day} there are times of ${visitType.id}, but in none of its modes.`);
}
