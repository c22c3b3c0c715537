import type { Need, Order } from '@clinic-widgets/core/appointments.js';
import type { Slot } from '@clinic-widgets/core/scheduling.js';
import { canonical, ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, bookingOf, findTimes, otherOf, queryOf, refOf, type Times, type World } from './world.ts';

/** A language that there is not: its code is kept free for private use (ISO 639-2). */
const NO_LANGUAGE = 'qaa';

/** Who asks for whom, what they need, and what was ordered for them. */
export const requestCases: readonly Case[] = [
  promise(['bookAppointment'], 'Lets a representative act for their patient.', async (world) => {
    const { representative, adapter } = world;
    if (!representative) throw new NotApplicable('No representative was named.');
    const { patientId } = representative;
    const times = await findTimes(world);
    const acting = { patientId, representativeId: representative.id };
    const booked = await adapter.bookAppointment({ ...bookingOf(world, times, times.slots[0]!), acting });
    ensure(booked.patientId === patientId, 'The appointment must be the patient’s, not the representative’s.');
    const cancelled = await adapter.cancelAppointment({ acting, appointment: refOf(booked), reason: 'other' });
    ensure(cancelled.status === 'cancelled', 'The representative must be able to cancel it.');
  }),

  promise(['findUnmetNeeds'], 'Answers about the needs asked for only, each at most once.', async (world) => {
    const { visitType, slots } = await findTimes(world);
    const needs: Need[] = [
      { kind: 'spoken-interpreter', language: NO_LANGUAGE },
      { kind: 'transfer-equipment' },
      { kind: 'more-time' },
    ];
    for (const slotId of [undefined, slots[0]!.id]) {
      const { items } = await world.adapter.findUnmetNeeds({
        visitTypeId: visitType.id,
        needs,
        ...(slotId && { slotId }),
      });
      const unmet = items.map(({ need }) => canonical(need));
      ensure(new Set(unmet).size === unmet.length, 'No need may be answered twice.');
      ensure(
        unmet.every((need) => needs.map(canonical).includes(need)),
        'A need was answered that nobody has.',
      );
    }
  }),

  promise(['findUnmetNeeds'], 'Promises no interpreter for a language that there is not.', async (world) => {
    const { visitType } = await findTimes(world);
    for (const kind of ['spoken-interpreter', 'sign-interpreter'] as const) {
      const needs = [{ kind, language: NO_LANGUAGE }];
      const { items } = await world.adapter.findUnmetNeeds({ visitTypeId: visitType.id, needs });
      ensureSame(
        items.map(({ need }) => need),
        needs,
        'The need must be called unmet.',
      );
    }
  }),

  promise(['findUnmetNeeds'], 'Finds nothing unmet where nothing is needed.', async (world) => {
    const { visitType } = await findTimes(world);
    const { items } = await world.adapter.findUnmetNeeds({ visitTypeId: visitType.id, needs: [] });
    ensureSame(items, [], 'Nothing may be unmet.');
  }),

  promise(['findOrders'], 'Keeps the orders of one patient from another.', async (world) => {
    const own = (await ordersOf(world)).map(({ id }) => id);
    const others = await allOf(world, 'findOrders', { acting: { patientId: otherOf(world) } });
    ensure(!others.some(({ id }) => own.includes(id)), 'An order was given to two patients.');
  }),

  promise(['findOrders'], 'Shows a parent what was ordered for a child.', async (world) => {
    const acting = lobbyOf(world).child;
    const own = await allOf(world, 'findOrders', { acting: { patientId: acting.patientId } });
    ensure(own.length > 0, 'There must be an order.');
    const { patientId, representativeId } = acting;
    ensureSame(
      await allOf(world, 'findOrders', { acting: { patientId, representativeId } }),
      own,
      'Below the privacy age a parent sees all.',
    );
  }),

  promise(['findOrders'], 'Keeps orders for a private visit from who acts above the privacy age.', async (world) => {
    const { patientId, representativeId } = lobbyOf(world).adolescent;
    const own = await allOf(world, 'findOrders', { acting: { patientId } });
    ensure(own.length > 0, 'The patient must see what was ordered.');
    const seen = await allOf(world, 'findOrders', { acting: { patientId, representativeId } });
    ensureSame(seen, [], 'What was ordered tells what the visit is for.');
  }),

  promise(
    ['findOrders', 'bookAppointment', 'cancelAppointment'],
    'Drops an order once it is booked, and has it again when that is cancelled.',
    async (world) => {
      const { order, times } = await orderWithTimes(world, ({ visits }) => visits === undefined);
      const appointment = await bookFor(world, times, order, times.slots[0]!);
      ensure(appointment.orderId === order.id, 'The appointment must name its order.');
      ensure(!(await isOpen(world, order)), 'An order that is booked must not wait any more.');
      const acting = { patientId: world.patientId };
      await world.adapter.cancelAppointment({ acting, appointment: refOf(appointment), reason: 'cannot-come' });
      ensure(await isOpen(world, order), 'An order whose appointment is cancelled must wait again.');
    },
  ),

  promise(
    ['findOrders', 'bookAppointment'],
    'Keeps a series waiting until its last visit is booked.',
    async (world) => {
      const { order, slots, times } = await seriesWithTimes(world);
      for (const [index, slot] of slots.entries()) {
        ensure(await isOpen(world, order), `With ${index} of ${slots.length} visits booked the order must wait.`);
        await bookFor(world, times, order, slot);
      }
      ensure(!(await isOpen(world, order)), 'With all visits booked the order must not wait any more.');
    },
  ),

  promise(['bookAppointment', 'findOrders'], 'Refuses an order that is another patient’s.', async (world) => {
    const { order, times } = await orderWithTimes(world);
    const acting = { patientId: otherOf(world) };
    const request = { ...bookingOf(world, times, times.slots[0]!), acting, orderId: order.id };
    const codes = ['not-found', 'forbidden', 'invalid', 'conflict'] as const;
    await ensureRefused(world.adapter.bookAppointment(request), codes, 'A booking for someone else’s order');
  }),

  promise(['bookAppointment', 'findVisitTypes'], 'Books what needs an order only with one.', async (world) => {
    const times = await findTimes(world, 1, ({ orderOnly }) => orderOnly === true);
    const request = bookingOf(world, times, times.slots[0]!);
    const codes = ['invalid', 'forbidden', 'conflict'] as const;
    await ensureRefused(world.adapter.bookAppointment(request), codes, 'A booking without the order that it needs');
  }),
];

const ordersOf = (world: World): Promise<Order[]> =>
  allOf(world, 'findOrders', { acting: { patientId: world.patientId } });

const isOpen = async (world: World, { id }: Order): Promise<boolean> =>
  (await ordersOf(world)).some((order) => order.id === id);

const bookFor = (world: World, times: Times, { id }: Order, slot: Slot) =>
  world.adapter.bookAppointment({ ...bookingOf(world, times, slot), orderId: id });

async function orderWithTimes(world: World, fits: (order: Order) => boolean = () => true) {
  for (const order of (await ordersOf(world)).filter(fits)) {
    if (order.visitTypeId === undefined) continue;
    return { order, times: await findTimes(world, 1, ({ id }) => id === order.visitTypeId) };
  }
  throw new NotApplicable('The patient has no order that says what to book for it.');
}

async function seriesWithTimes(world: World) {
  const { order, times } = await orderWithTimes(world, ({ visits }) => visits !== undefined);
  const slots = (await allOf(world, 'findSlots', queryOf(world, times.visitType))).slice(-(order.visits ?? 0));
  if (slots.length < (order.visits ?? 0))
    throw new NotApplicable(`There are too few times for ${order.visits} visits.`);
  return { order, times, slots };
}
