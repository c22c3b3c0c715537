import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { refOf } from './world.ts';

/**
 * Remembers what a case takes at the clinic, so that it can be given back: a case may be run at a real one.
 * What could not be given back is named.
 */
export function tidied(inner: ClinicAdapter): { adapter: ClinicAdapter; tidy: () => Promise<readonly string[]> } {
  const holds = new Map<string, Acting>();
  const appointments = new Map<string, Acting>();

  const adapter: ClinicAdapter = {
    ...inner,
    async holdSlot(input, options) {
      const hold = await inner.holdSlot(input, options);
      holds.set(hold.id, input.acting);
      return hold;
    },
    async releaseHold(input, options) {
      const answer = await inner.releaseHold(input, options);
      holds.delete(input.holdId);
      return answer;
    },
    async bookAppointment(input, options) {
      const appointment = await inner.bookAppointment(input, options);
      appointments.set(appointment.id, input.acting);
      if (input.holdId !== undefined) holds.delete(input.holdId);
      return appointment;
    },
    async rescheduleAppointment(input, options) {
      const appointment = await inner.rescheduleAppointment(input, options);
      appointments.delete(input.appointment.id);
      appointments.set(appointment.id, input.acting);
      if (input.holdId !== undefined) holds.delete(input.holdId);
      return appointment;
    },
    async joinWaitlist(input, options) {
      const receipt = await inner.joinWaitlist(input, options);
      appointments.set(receipt.id, input.acting);
      return receipt;
    },
  };

  const cancel = async (appointmentId: string, acting: Acting) => {
    const appointment = await inner.getAppointment({ patientId: acting.patientId, appointmentId });
    if (appointment.status === 'cancelled') return;
    await inner.cancelAppointment({ acting, appointment: refOf(appointment), reason: 'other' });
  };

  return {
    adapter,
    async tidy() {
      const left: string[] = [];
      for (const [holdId, acting] of holds) {
        await inner.releaseHold({ acting, holdId }).catch(() => left.push(`hold ${holdId}`));
      }
      for (const [id, acting] of appointments) {
        await cancel(id, acting).catch(() => left.push(`appointment ${id}`));
      }
      return left;
    },
  };
}
