import type { CallOptions, ClinicAdapter, OperationName } from '@clinic-widgets/core/adapter.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { Appointment } from '@clinic-widgets/core/appointments.js';
import { NotApplicable } from './assert.ts';
import { checkInReadsOfWrites, checkInRequests } from './check-in-requests.ts';
import { consentsReadsOfWrites, consentsRequests } from './consents-requests.ts';
import { deskReadsOfWrites, deskRequests } from './desk-requests.ts';
import { detailsReadsOfWrites, detailsRequests } from './details-requests.ts';
import { formReadsOfWrites, formRequests } from './forms-requests.ts';
import { type Prepared, reading } from './prepared.ts';
import { allOf, bookingOf, does, findTimes, freeOn, refOf, type Times, type World } from './world.ts';

/** A valid request for each operation, made of what there is at the clinic. Each call makes another one. */
export const requests: { readonly [K in OperationName]: (world: World) => Promise<Prepared<K>> } = {
  describeClinic: async () => reading({}),
  findVisitTypes: async () => reading({}),
  findPractitioners: async () => reading({}),
  findLocations: async () => reading({}),

  async findFreeDays(world) {
    const { visitType } = await findTimes(world);
    return reading({ visitTypeId: visitType.id, from: world.from, to: world.to });
  },

  async findSlots(world) {
    const { visitType, day } = await findTimes(world, 3);
    return reading({ visitTypeId: visitType.id, from: day, to: day });
  },

  async findUnmetNeeds(world) {
    const [visitType] = await allOf(world, 'findVisitTypes', {});
    if (!visitType) throw new NotApplicable('There are no visit types.');
    return reading({ visitTypeId: visitType.id, needs: [{ kind: 'more-time' }, { kind: 'transfer-equipment' }] });
  },

  findOrders: async ({ patientId }) => reading({ acting: { patientId } }),
  findAppointments: async ({ patientId }) => reading({ patientId }),

  async getAppointment(world) {
    const { patientId } = world;
    const [known] = await allOf(world, 'findAppointments', { patientId });
    if (!known) throw new NotApplicable('The patient has no appointments.');
    return reading({ patientId, appointmentId: known.id });
  },

  async holdSlot(world) {
    const times = await findTimes(world);
    return { input: bookingOf(world, times, times.slots[0]!), trace: traceOf(world, times) };
  },

  async releaseHold(world) {
    const times = await findTimes(world);
    const request = bookingOf(world, times, times.slots[0]!);
    const { id } = await world.adapter.holdSlot(request);
    return { input: { acting: request.acting, holdId: id }, trace: traceOf(world, times) };
  },

  async bookAppointment(world) {
    const times = await findTimes(world);
    return { input: bookingOf(world, times, times.slots[0]!), trace: traceOf(world, times) };
  },

  async rescheduleAppointment(world) {
    const { times, acting, appointment } = await bookOne(world, 2);
    return {
      input: { acting, appointment: refOf(appointment), slot: refOf(times.slots[1]!) },
      trace: traceOf(world, times),
    };
  },

  async cancelAppointment(world) {
    const { times, acting, appointment } = await bookOne(world);
    return {
      input: { acting, appointment: refOf(appointment), reason: 'cannot-come' },
      trace: traceOf(world, times),
    };
  },

  async joinWaitlist(world) {
    const times = await findTimes(world);
    const { patientId, from, to } = world;
    return {
      input: { acting: { patientId }, visitTypeId: times.visitType.id, from, to },
      trace: traceOf(world, times),
    };
  },

  ...formRequests,
  ...checkInRequests,
  ...detailsRequests,
  ...consentsRequests,
  ...deskRequests,
};

/** The reads for which something must be written first, because there may be nothing to be read. */
export const readsOfWrites: readonly OperationName[] = [
  ...formReadsOfWrites,
  ...checkInReadsOfWrites,
  ...detailsReadsOfWrites,
  ...consentsReadsOfWrites,
  ...deskReadsOfWrites,
];

/** Books the first of so many times of one day. */
export async function bookOne(
  world: World,
  count = 1,
): Promise<{ times: Times; acting: Acting; appointment: Appointment }> {
  const times = await findTimes(world, count);
  const request = bookingOf(world, times, times.slots[0]!);
  return { times, acting: request.acting, appointment: await world.adapter.bookAppointment(request) };
}

/** The operation of an adapter, for a case that treats all operations alike. */
export const callOf = <K extends OperationName>(adapter: ClinicAdapter, name: K) =>
  adapter[name] as (input: unknown, options?: CallOptions) => Promise<Awaited<ReturnType<ClinicAdapter[K]>>>;

const traceOf = (world: World, times: Times) => async () => ({
  free: (await freeOn(world, times)).map(({ id }) => id),
  appointments: (await does(world, 'findAppointments'))
    ? (await allOf(world, 'findAppointments', { patientId: world.patientId })).map(({ id, status, start }) =>
        [id, status, start ?? ''].join(' '),
      )
    : [],
});
