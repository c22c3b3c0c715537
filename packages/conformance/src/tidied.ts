import type { CallOptions, ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { refOf } from './world.ts';

/**
 * Remembers what a case takes at the clinic, so that it can be given back: a case may be run at a real one.
 * What could not be given back is named.
 */
export function tidied(inner: ClinicAdapter): { adapter: ClinicAdapter; tidy: () => Promise<readonly string[]> } {
  const holds = new Map<string, Acting>();
  const appointments = new Map<string, Acting>();
  /** What a patient has told the clinic: nobody can make it untold. */
  const told = new Set<string>();

  const unanswered: (() => Promise<void>)[] = [];

  /** Remembers what a write makes. One that was aborted may have made it all the same: its repeat tells. */
  const remembering =
    <I, O>(call: (input: I, options?: CallOptions) => Promise<O>, remember: (answer: O, input: I) => void) =>
    async (input: I, { idempotencyKey = newKey(), signal }: CallOptions = {}): Promise<O> => {
      const hadBegun = !signal?.aborted;
      try {
        const answer = await call(input, { idempotencyKey, ...(signal && { signal }) });
        remember(answer, input);
        return answer;
      } catch (error) {
        if (hadBegun && signal?.aborted) {
          unanswered.push(async () => remember(await call(input, { idempotencyKey }), input));
        }
        throw error;
      }
    };

  const adapter: ClinicAdapter = {
    ...inner,
    holdSlot: remembering(inner.holdSlot, (hold, { acting }) => holds.set(hold.id, acting)),
    releaseHold: remembering(inner.releaseHold, (_, { holdId }) => holds.delete(holdId)),
    bookAppointment: remembering(inner.bookAppointment, (appointment, { acting, holdId }) => {
      appointments.set(appointment.id, acting);
      if (holdId !== undefined) holds.delete(holdId);
    }),
    rescheduleAppointment: remembering(inner.rescheduleAppointment, (moved, { acting, appointment, holdId }) => {
      appointments.delete(appointment.id);
      appointments.set(moved.id, acting);
      if (holdId !== undefined) holds.delete(holdId);
    }),
    joinWaitlist: remembering(inner.joinWaitlist, (receipt, { acting }) => appointments.set(receipt.id, acting)),
    submitForm: remembering(inner.submitForm, ({ id }) => told.add(`form response ${id}`)),
    raiseAlert: remembering(inner.raiseAlert, ({ id }) => told.add(`alert ${id}`)),
  };

  const cancel = async (appointmentId: string, acting: Acting) => {
    const appointment = await inner.getAppointment({ patientId: acting.patientId, appointmentId });
    if (appointment.status === 'cancelled') return;
    await inner.cancelAppointment({ acting, appointment: refOf(appointment), reason: 'other' });
  };

  return {
    adapter,
    async tidy() {
      for (const learn of unanswered) await learn().catch(() => undefined);
      const left = [...told];
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
