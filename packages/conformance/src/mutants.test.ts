import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { isRead, operationNames } from '@clinic-widgets/core/adapter.js';
import { contract } from '@clinic-widgets/core/contract.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type { Appointment, Order } from '@clinic-widgets/core/appointments.js';
import type { Slot } from '@clinic-widgets/core/scheduling.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import {
  altering,
  answeringWith,
  calling,
  describeMutants,
  gateless,
  hearing,
  mutant,
  type Mutant,
  without,
} from '../test/mutant.ts';
import { cases, runCase } from './cases.ts';
import { harborWorld } from './describe-adapter.ts';

const writes = operationNames.filter((name) => !isRead(name));
const paged = operationNames.filter((name) => 'cursor' in contract[name].input.shape);

const mutants: Readonly<Record<string, Mutant>> = {
  'ignores the idempotency key': mutant(/bookAppointment: Does nothing twice/, (adapter) =>
    calling(adapter, (call) => (input, options) => call(input, without(options, 'idempotencyKey')), writes),
  ),

  'ignores the idempotency key of the waitlist': mutant(/joinWaitlist: Does nothing twice/, ({ joinWaitlist }) => ({
    joinWaitlist: (input, options) => joinWaitlist(input, without(options, 'idempotencyKey')),
  })),

  'ignores the signal': gateless(
    /findSlots: Rejects .* during/,
    (call) => (input, options) => call(input, without(options ?? {}, 'signal')),
  ),

  'rejects with an error of its own when aborted': gateless(
    /findSlots: Rejects .* before/,
    (call) => (input, options) =>
      call(input, options).catch((error: unknown) => {
        throw isClinicError(error) ? error : new Error('aborted');
      }),
  ),

  'does not say what is invalid': gateless(
    /bookAppointment: Refuses what does not match/,
    (call) => (input, options) =>
      call(input, options).catch((error: unknown) => {
        throw isClinicError(error) ? new ClinicError(error.code, error.message) : error;
      }),
  ),

  'books a time twice': mutant(/bookAppointment: Gives a time that several ask for/, ({ bookAppointment }) => {
    const booked = new Map<string, Promise<Appointment>>();
    return {
      async bookAppointment(input, options) {
        const earlier = booked.get(input.slot.id);
        if (earlier) return { ...(await earlier), id: `again-${options?.idempotencyKey}` };
        const appointment = bookAppointment(input, options);
        booked.set(input.slot.id, appointment);
        return appointment;
      },
    };
  }),

  'forgets to give the time back when it cancels': mutant(
    /cancelAppointment: Gives the time back/,
    ({ bookAppointment, findSlots }) => {
      const gone = new Set<string>();
      return {
        async bookAppointment(input, options) {
          const appointment = await bookAppointment(input, options);
          gone.add(input.slot.id);
          return appointment;
        },
        async findSlots(input, options) {
          const { items, ...rest } = await findSlots(input, options);
          return { ...rest, items: items.filter(({ id }) => !gone.has(id)) };
        },
      };
    },
  ),

  'gives the last item of a page again on the next': mutant(/findSlots: Gives the same in small pages/, (adapter) =>
    calling(
      adapter,
      (call) => {
        const last = new Map<string, unknown>();
        return async (input, options) => {
          const { items, next } = (await call(input, options)) as { items: unknown[]; next?: string };
          const { cursor, limit } = input as { cursor?: string; limit?: number };
          if (next) last.set(next, items.at(-1));
          return { items: cursor ? [last.get(cursor), ...items].slice(0, limit) : items, next };
        };
      },
      paged,
    ),
  ),

  'leaves the first item of a next page out': mutant(/findAppointments: Gives the same in small pages/, (adapter) =>
    calling(
      adapter,
      altering((items, { cursor }) => (cursor ? items.slice(1) : items)),
      paged,
    ),
  ),

  'takes no notice of the limit': mutant(/findSlots: Gives the same in small pages/, ({ findSlots }) => ({
    findSlots: (input, options) => findSlots({ ...input, limit: 1000 }, options),
  })),

  'gives ever the same page': mutant(/findVisitTypes: Gives the same in small pages/, ({ findVisitTypes }) => ({
    findVisitTypes: (input, options) => findVisitTypes(without(input, 'cursor'), options),
  })),

  'lists times in the wrong order': mutant(/findSlots: Finds free times .* earliest first/, (adapter) =>
    calling(
      adapter,
      altering((items) => items.toReversed()),
      ['findSlots'],
    ),
  ),

  'lists the waitlist first': mutant(/findAppointments: Lists .* those on the waitlist last/, (adapter) =>
    calling(
      adapter,
      altering((items) => (items as Appointment[]).toSorted((a, b) => Number('start' in a) - Number('start' in b))),
      ['findAppointments'],
    ),
  ),

  'lists what is over as free': mutant(/findSlots: Finds free times that are still to come/, ({ findSlots }) => ({
    async findSlots(input, options) {
      const { items, next } = await findSlots(input, options);
      const over = items.map((slot) => ({ ...slot, start: slot.start.replace('2026-', '2025-') }));
      return { items: [...over.slice(0, 1), ...items], next };
    },
  })),

  'accepts a stale version of an appointment': mutant(
    /cancelAppointment: Refuses an appointment that has changed/,
    ({ cancelAppointment, getAppointment }) => ({
      async cancelAppointment(input, options) {
        const { acting, appointment } = input;
        const found = await getAppointment({ patientId: acting.patientId, appointmentId: appointment.id });
        return cancelAppointment({ ...input, appointment: { ...appointment, version: found.version } }, options);
      },
    }),
  ),

  'accepts a stale version of a time': mutant(/holdSlot: Refuses a time that has changed/, (adapter) => {
    const versions = new Map<string, string>();
    return {
      async findSlots(input, options) {
        const page = await adapter.findSlots(input, options);
        for (const { id, version } of page.items) versions.set(id, version);
        return page;
      },
      holdSlot: ({ slot, ...input }, options) =>
        adapter.holdSlot({ ...input, slot: { ...slot, version: versions.get(slot.id) ?? slot.version } }, options),
    };
  }),

  'never changes the version of an appointment': mutant(/Refuses an appointment that has changed/, (adapter) =>
    calling(
      adapter,
      (call) => async (input, options) => ({ ...((await call(input, options)) as Appointment), version: '1' }),
      ['bookAppointment', 'rescheduleAppointment', 'getAppointment'],
    ),
  ),

  'counts a free time too many': mutant(/findFreeDays: Counts as many/, (adapter) =>
    calling(
      adapter,
      altering((items) => (items as { free: number }[]).map((item) => ({ ...item, free: item.free + 1 }))),
      ['findFreeDays'],
    ),
  ),

  'counts the free times of everyone': mutant(/findFreeDays: Counts as many/, ({ findFreeDays }) => ({
    findFreeDays: (input, options) => findFreeDays(without(input, 'practitionerIds'), options),
  })),

  'takes no notice of the practitioner': mutant(/findSlots: Narrows the times to a practitioner/, ({ findSlots }) => ({
    findSlots: (input, options) => findSlots(without(input, 'practitionerIds'), options),
  })),

  'takes no notice of the place': mutant(/findSlots: Narrows the times to a location/, ({ findSlots }) => ({
    findSlots: (input, options) => findSlots(without(input, 'locationIds'), options),
  })),

  'takes no notice of the mode': mutant(/findSlots: Narrows the times to a mode/, ({ findSlots }) => ({
    findSlots: (input, options) => findSlots(without(input, 'mode'), options),
  })),

  'finds times by the day in Auckland': mutant(/findSlots: Finds times of the days asked for/, ({ findSlots }) => ({
    async findSlots({ from, to, ...input }, options) {
      const { items, ...rest } = await findSlots(
        { ...input, from: '2026-03-01', to: '2026-03-31', limit: 1000 },
        options,
      );
      const day = ({ start }: Slot) => dayOf(start, 'Pacific/Auckland');
      return { ...rest, items: items.filter((slot) => day(slot) >= from && day(slot) <= to) };
    },
  })),

  'takes the hour in New York for the hour everywhere': mutant(/part of the day/, ({ findSlots }) => ({
    async findSlots({ partOfDay, ...input }, options) {
      const { items, ...rest } = await findSlots({ ...input, limit: 1000 }, options);
      const hour = ({ start, timeZone }: Slot) =>
        Number(start.slice(11, 13)) + (timeZone === 'America/Chicago' ? 1 : 0);
      const part = (slot: Slot) => (hour(slot) < 12 ? 'morning' : hour(slot) < 17 ? 'afternoon' : 'evening');
      return { ...rest, items: items.filter((slot) => !partOfDay || part(slot) === partOfDay) };
    },
  })),

  'holds nothing': mutant(/holdSlot: Hides a held time/, ({ bookAppointment }) => ({
    holdSlot: ({ slot }) => Promise.resolve({ id: 'hold', slotId: slot.id }),
    bookAppointment: (input, options) => bookAppointment(without(input, 'holdId'), options),
  })),

  'lets anyone book with any hold': mutant(/holdSlot: Lets someone book only with a hold of their own/, (adapter) => {
    const holders = new Map<string, string>();
    return {
      async holdSlot(input, options) {
        const hold = await adapter.holdSlot(input, options);
        holders.set(hold.id, input.acting.patientId);
        return hold;
      },
      bookAppointment: ({ acting, ...input }, options) => {
        const patientId = holders.get(input.holdId ?? '') ?? acting.patientId;
        return adapter.bookAppointment({ ...input, acting: { patientId } }, options);
      },
    };
  }),

  'never ends a hold': {
    breaks: /holdSlot: Ends a hold by itself/,
    setup: (seed, now) => {
      const start = now();
      return memoryAdapter(seed, { now: () => start });
    },
  },

  'keeps a time that is released': mutant(/releaseHold: Gives a held time back/, () => ({
    releaseHold: () => Promise.resolve({}),
  })),

  'lets anyone act for anyone': mutant(/bookAppointment: Refuses someone who may not act/, (adapter) =>
    calling(
      adapter,
      (call) => (input, options) => {
        const { acting } = input as { acting: object };
        return call({ ...(input as object), acting: without(acting, 'representativeId') }, options);
      },
      writes,
    ),
  ),

  'gives the old time up before the new one is certain': mutant(
    /rescheduleAppointment: Keeps the old time/,
    ({ rescheduleAppointment, cancelAppointment }) => ({
      async rescheduleAppointment(input, options) {
        const { acting, appointment } = input;
        const moved = rescheduleAppointment(input, options);
        await moved.catch(() => cancelAppointment({ acting, appointment, reason: 'other' }));
        return moved;
      },
    }),
  ),

  'shows an appointment to whoever knows its id': mutant(
    /getAppointment: Keeps an appointment from other patients/,
    ({ getAppointment }) => ({
      getAppointment: ({ appointmentId }) => getAppointment({ patientId: 'p-rosa', appointmentId }),
    }),
  ),

  'cancels what is over': mutant(
    /cancelAppointment: Refuses what is over/,
    ({ cancelAppointment, getAppointment }) => ({
      async cancelAppointment(input, options) {
        const { acting, appointment } = input;
        const found = await getAppointment({ patientId: acting.patientId, appointmentId: appointment.id });
        return found.status === 'fulfilled' ? { ...found, status: 'cancelled' } : cancelAppointment(input, options);
      },
    }),
  ),

  'says booked where staff decide': mutant(
    /bookAppointment: Makes an appointment of the time/,
    ({ bookAppointment }) => ({
      bookAppointment: async (input, options) => ({ ...(await bookAppointment(input, options)), status: 'booked' }),
    }),
    { requestOnly: true },
  ),

  'says that it can do what it cannot': mutant(/joinWaitlist: Puts the patient on/, () => ({
    joinWaitlist: () => Promise.reject(new ClinicError('unsupported', 'No.')),
  })),

  'does not say that it can do what it can': mutant(/joinWaitlist: Puts the patient on/, ({ describeClinic }) => ({
    async describeClinic() {
      const { supports, ...rest } = await describeClinic({});
      return { ...rest, supports: supports.filter((name) => name !== 'joinWaitlist') };
    },
  })),

  'takes its words for Spanish': mutant(
    /bookAppointment: Makes an appointment of the time/,
    answeringWith('bookAppointment', (appointment) => ({ ...appointment, language: 'es' })),
  ),

  'forgets the needs': mutant(/bookAppointment: Keeps the mode and the needs/, ({ bookAppointment }) => ({
    bookAppointment: (input, options) => bookAppointment(without(input, 'needs'), options),
  })),

  'promises every interpreter': mutant(/findUnmetNeeds: Promises no interpreter/, () => ({
    findUnmetNeeds: () => Promise.resolve({ items: [] }),
  })),

  'lists an order for ever': mutant(/findOrders: Drops an order once it is booked/, ({ findOrders }) => {
    let first: { items: Order[] } | undefined;
    return { findOrders: async (input) => (first ??= await findOrders(input)) };
  }),

  'shows a parent no order': mutant(/findOrders: Shows a parent/, ({ findOrders }) => ({
    findOrders: async (input, options) =>
      input.acting.representativeId === undefined ? findOrders(input, options) : { items: [] },
  })),

  'takes everybody for the patient who asks for orders': mutant(
    /findOrders: (Keeps orders for a private visit|Refuses someone who may not act)/,
    hearing('findOrders', (input) => ({ ...input, acting: without(input.acting, 'representativeId') })),
  ),

  'drops a series after its first visit': mutant(/findOrders: Keeps a series waiting/, (adapter) => {
    const booked = new Set<string | undefined>();
    return {
      async bookAppointment(input, options) {
        const appointment = await adapter.bookAppointment(input, options);
        booked.add(input.orderId);
        return appointment;
      },
      async findOrders(input, options) {
        const { items, ...rest } = await adapter.findOrders(input, options);
        return { ...rest, items: items.filter(({ id }) => !booked.has(id)) };
      },
    };
  }),
};

describe('the cases', () => {
  describeMutants(mutants);

  it('pass the adapter that the mutants are made of', async () => {
    const { setup } = mutant(/./, () => ({}));
    for (const one of cases) {
      const { outcome, reason } = await runCase(one, () => harborWorld(setup));
      assert.equal(outcome, 'passed', `${one.name} ${reason}`);
    }
  });
});
