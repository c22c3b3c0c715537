import { newKey } from '@clinic-widgets/core/key.js';
import { compareInstants } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { again, bookingOf, findTimes, freeOn, isFree, otherOf, refOf, standingAt, type World } from './world.ts';

/** What a hold keeps, for whom and for how long. */
export const holdCases: readonly Case[] = [
  promise(['holdSlot', 'findSlots'], 'Hides a held time from every search.', async (world) => {
    const { times, slot, hold } = await holding(world);
    ensure(hold.slotId === slot.id, 'The hold must name the slot that it keeps.');
    ensure(!(await isFree(world, times, slot)), 'A held time must not be found.');
  }),

  promise(['holdSlot', 'findFreeDays'], 'Counts a held time as taken.', async (world) => {
    const times = await findTimes(world);
    const free = await countOn(world, times);
    await world.adapter.holdSlot(bookingOf(world, times, times.slots[0]!));
    const left = await countOn(world, times);
    ensure(left.atLeast || left.free === free.free - 1, `${free.free} times were free, and now ${left.free} are.`);
  }),

  promise(['holdSlot', 'bookAppointment'], 'Keeps a held time from everyone else.', async (world) => {
    const { slot, request } = await holding(world);
    const rival = { ...request, acting: { patientId: otherOf(world) } };
    await ensureRefused(world.adapter.holdSlot(rival), 'conflict', `A hold on ${slot.id}, which someone else holds,`);
    await ensureRefused(world.adapter.bookAppointment(rival), 'conflict', `A booking of ${slot.id}, which is held,`);
  }),

  promise(['holdSlot', 'bookAppointment'], 'Lets someone book only with a hold of their own.', async (world) => {
    const { request, hold } = await holding(world);
    const rival = { ...request, acting: { patientId: otherOf(world) }, holdId: hold.id };
    const codes = ['conflict', 'forbidden', 'not-found'] as const;
    await ensureRefused(world.adapter.bookAppointment(rival), codes, 'A booking with someone else’s hold');
  }),

  promise(['holdSlot', 'bookAppointment'], 'Books the time that the hold keeps.', async (world) => {
    const { times, slot, request, hold } = await holding(world);
    const { status, start } = await world.adapter.bookAppointment({ ...request, holdId: hold.id });
    ensure(status === 'booked', `The appointment must be booked, not ${status}.`);
    ensure(start && compareInstants(start, slot.start) === 0, `It must be at ${slot.start}, not at ${start}.`);
    ensure(!(await isFree(world, times, slot)), 'The time must not be free any more.');
  }),

  promise(
    ['holdSlot', 'bookAppointment'],
    'Takes one key for a hold and for the booking that follows.',
    async (world) => {
      const times = await findTimes(world);
      const request = bookingOf(world, times, times.slots[0]!);
      const options = { idempotencyKey: newKey() };
      const hold = await world.adapter.holdSlot(request, options);
      const { status } = await world.adapter.bookAppointment({ ...request, holdId: hold.id }, options);
      ensure(status === 'booked', `The appointment must be booked, not ${status}.`);
    },
  ),

  promise(['holdSlot', 'bookAppointment'], 'Does not let a hold on one time book another.', async (world) => {
    const times = await findTimes(world, 2);
    const [held, other] = times.slots;
    const hold = await world.adapter.holdSlot(bookingOf(world, times, held!));
    const request = { ...bookingOf(world, times, other!), holdId: hold.id };
    await ensureRefused(world.adapter.bookAppointment(request), ['conflict', 'invalid'], 'A booking of another time');
    ensure(await isFree(world, times, other!), 'The other time must still be free.');
  }),

  promise(['releaseHold', 'holdSlot'], 'Gives a held time back, to be taken by anyone.', async (world) => {
    const { times, slot, request, hold } = await holding(world);
    await world.adapter.releaseHold({ acting: request.acting, holdId: hold.id });
    const now = await again(world, times, slot);
    const next = { ...request, acting: { patientId: otherOf(world) }, slot: refOf(now) };
    ensure((await world.adapter.holdSlot(next)).slotId === slot.id, 'The next one must get the time.');
  }),

  promise(['releaseHold', 'holdSlot'], 'Answers for a hold that has ended as for one that has not.', async (world) => {
    const { times, slot, request, hold } = await holding(world);
    const release = { acting: request.acting, holdId: hold.id };
    await world.adapter.releaseHold(release);
    await world.adapter.releaseHold(release);
    ensure(await isFree(world, times, slot), 'The time must be free.');
  }),

  promise(
    ['releaseHold', 'holdSlot', 'bookAppointment'],
    'Leaves a time alone that was booked meanwhile.',
    async (world) => {
      const { times, slot, request, hold } = await holding(world);
      await world.adapter.bookAppointment({ ...request, holdId: hold.id });
      await world.adapter.releaseHold({ acting: request.acting, holdId: hold.id });
      ensure(!(await isFree(world, times, slot)), 'A booked time must not become free.');
      ensure((await standingAt(world, world.patientId, slot)).length === 1, 'The appointment must stand.');
    },
  ),

  promise(['releaseHold', 'holdSlot'], 'Leaves a time alone that someone else holds by now.', async (world) => {
    const { times, slot, request, hold } = await holding(world);
    const release = { acting: request.acting, holdId: hold.id };
    await world.adapter.releaseHold(release);
    const now = await again(world, times, slot);
    await world.adapter.holdSlot({ ...request, acting: { patientId: otherOf(world) }, slot: refOf(now) });
    await world.adapter.releaseHold(release);
    ensure(!(await isFree(world, times, slot)), 'The hold of the next one must stand.');
  }),

  promise(['holdSlot'], 'Ends a hold by itself, when it says: the time can be taken then.', async (world) => {
    const { times, slot, request, hold } = await holding(world);
    await expire(world, hold.expires);
    const now = await again(world, times, slot);
    const next = { ...request, acting: { patientId: otherOf(world) }, slot: refOf(now) };
    ensure((await world.adapter.holdSlot(next)).slotId === slot.id, 'The next one must get the time.');
  }),

  promise(
    ['holdSlot', 'bookAppointment'],
    'Lets a hold that ran out still book the time while nobody else has taken it.',
    async (world) => {
      const { slot, request, hold } = await holding(world);
      await expire(world, hold.expires);
      const appointment = await world.adapter.bookAppointment({ ...request, holdId: hold.id });
      ensure(
        appointment.start !== undefined && Date.parse(appointment.start) === Date.parse(slot.start),
        'It must be that time.',
      );
    },
  ),

  promise(
    ['holdSlot', 'bookAppointment'],
    'Does not let a hold book a time that someone else holds by now.',
    async (world) => {
      const { times, slot, request, hold } = await holding(world);
      await expire(world, hold.expires);
      const now = await again(world, times, slot);
      await world.adapter.holdSlot({ ...request, acting: { patientId: otherOf(world) }, slot: refOf(now) });
      const late = world.adapter.bookAppointment({ ...request, holdId: hold.id });
      await ensureRefused(late, 'conflict', 'A booking with a hold that has ended');
    },
  ),
];

async function holding(world: World) {
  const times = await findTimes(world);
  const slot = times.slots[0]!;
  const request = bookingOf(world, times, slot);
  return { times, slot, request, hold: await world.adapter.holdSlot(request) };
}

async function countOn(world: World, { visitType, day }: Awaited<ReturnType<typeof findTimes>>) {
  const query = { visitTypeId: visitType.id, from: day, to: day };
  const [counted] = (await world.adapter.findFreeDays(query)).items;
  const free = (await freeOn(world, { visitType, day })).length;
  return { free: counted?.free ?? 0, atLeast: counted?.atLeast ?? free !== (counted?.free ?? 0) };
}

/** Lets the time pass until the hold is over. */
async function expire({ advance, now }: World, expires: string | undefined): Promise<void> {
  if (expires === undefined) throw new NotApplicable('This clinic does not say when a hold ends.');
  if (!advance) throw new NotApplicable('Nobody can move this clinic’s clock.');
  const left = Date.parse(expires) - Date.parse(now());
  ensure(left > 0, `A new hold must end later than now, not at ${expires}.`);
  await advance(Math.ceil(left / 60_000) + 1);
}
