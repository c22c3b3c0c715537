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

  let closed = false;

  const unanswered: (() => Promise<void>)[] = [];

  /** Remembers what a write makes. One that was aborted may have made it all the same: its repeat tells. */
  const remembering =
    <I, O>(call: (input: I, options?: CallOptions) => Promise<O>, remember: (answer: O, input: I) => void) =>
    async (input: I, { signal, ...options }: CallOptions = {}): Promise<O> => {
      const keyed = { ...options, idempotencyKey: options.idempotencyKey ?? newKey() };
      const hadBegun = !signal?.aborted;
      try {
        const answer = await call(input, { ...keyed, ...(signal && { signal }) });
        remember(answer, input);
        return answer;
      } catch (error) {
        if (hadBegun && signal?.aborted) {
          unanswered.push(async () => remember(await call(input, keyed), input));
        }
        throw error;
      }
    };

  /** What brings a visit on, or calls for someone. */
  const visited = () => {
    const stepped = ({ appointment: { id } }: { appointment: { id: string } }) => told.add(`visit ${id}`);
    /** Whoever has come cannot be booked out any more: the visit is the clinic's to end. */
    const come = (visit: { appointment: { id: string } }) => {
      stepped(visit);
      appointments.delete(visit.appointment.id);
    };
    const called = ({ number }: { number: string }) => told.add(`call ${number}`);
    return {
      prepareVisit: remembering(inner.prepareVisit, stepped),
      arriveAtVisit: remembering(inner.arriveAtVisit, come),
      checkIn: remembering(inner.checkIn, come),
      checkOut: remembering(inner.checkOut, come),
      respondToAppointment: remembering(inner.respondToAppointment, () => told.add('answer to a reminder')),
      startWalkIn: remembering(inner.startWalkIn, called),
      askForHelp: remembering(inner.askForHelp, called),
    };
  };

  /** What a patient says of themselves, agrees to, or chooses. */
  const declared = () => {
    const as =
      (what: string) =>
      ({ id }: { id: string }) =>
        told.add(`${what} ${id}`);
    return {
      chooseCallBy: remembering(inner.chooseCallBy, as('choice')),
      choosePayment: remembering(inner.choosePayment, as('choice')),
      confirmDetails: remembering(inner.confirmDetails, as('confirmation')),
      confirmCoverages: remembering(inner.confirmCoverages, as('confirmation')),
      recordConsent: remembering(inner.recordConsent, as('consent')),
      enrolInProgram: remembering(inner.enrolInProgram, as('enrolment')),
    };
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
    ...visited(),
    ...declared(),
    openDesk: remembering(inner.openDesk, (_, { open }) => (closed = !open)),
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
      if (closed) await inner.openDesk({ open: true }).catch(() => left.push('the closed desk'));
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
