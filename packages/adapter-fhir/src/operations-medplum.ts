import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Write } from './booking.ts';
import { isOneOf } from './client.ts';
import { keyed } from './drafts.ts';
import { warningOf } from './lenient.ts';
import { appointmentIn } from './operation-answers.ts';
import type { Dialect } from './operations.ts';
import type { Proposal } from './proposals.ts';
import { update } from './writes.ts';

const parameters = (...parameter: fhir.ParametersParameter[]): fhir.Parameters => ({
  resourceType: 'Parameters',
  parameter,
});

/**
 * Medplum's operations: https://www.medplum.com/docs/scheduling. They are given the appointment whole, with the slots
 * to make in `contained`, and keep what else it says.
 */
export const medplum: Dialect = {
  hold: (write, proposal, draft) => propose(write, '$hold', proposal, draft),
  book: (write, proposal, draft) => propose(write, '$book', proposal, draft),

  async confirm(write, held, draft) {
    const { resourceType: _, status: __, identifier: ___, participant: ____, ...said } = draft;
    const { client, asking, key } = write;
    await update(client, held, { ...said, ...keyed(held, key) }, asking);
    return run(write, `${held.id}/$confirm`);
  },

  move: (write, { id }, { start, schedule }) =>
    run(
      write,
      `${id}/$reschedule`,
      { name: 'start', valueDateTime: start },
      { name: 'schedule', valueReference: { reference: `Schedule/${schedule?.id}` } },
    ),

  async cancel(write, found, changes) {
    const { client, asking, warn } = write;
    if (found.status !== 'booked' && found.status !== 'pending') return update(client, found, changes, asking);
    const over = await cancelAt(write, found).catch(async (error: unknown) => {
      const now = await client.read<fhir.Appointment>('Appointment', `${found.id}`, asking);
      if (now.status === 'cancelled' && !isOneOf(error, 'conflict')) return now;
      throw error;
    });
    // The operation takes no reason: it is written down afterwards.
    return update(client, over, changes, {}).catch(() => {
      warn(warningOf(over, 'not-recorded'));
      return over;
    });
  },
};

function propose(write: Write, operation: string, { schedule, start, end }: Proposal, draft: fhir.Appointment) {
  const slot: fhir.Slot = {
    resourceType: 'Slot',
    status: 'busy',
    schedule: { reference: `Schedule/${schedule?.id}` },
    start,
    end,
  };
  const resource: fhir.Appointment = { ...draft, contained: [slot] };
  return run(write, operation, { name: 'appointment', resource });
}

/** It is an operation of the appointment; in older versions, of its type. */
async function cancelAt(write: Write, { id }: fhir.Appointment): Promise<fhir.Appointment> {
  try {
    return await run(write, `${id}/$cancel`);
  } catch (error) {
    // What was in a state to be cancelled when it was read is not any more.
    if (isOneOf(error, 'invalid')) throw new ClinicError('conflict', 'The appointment has changed.', { cause: error });
    if (!isOneOf(error, 'not-found', 'unsupported')) throw error;
    return run(write, '$cancel', { name: 'appointment-reference', valueReference: { reference: `Appointment/${id}` } });
  }
}

async function run({ client, asking }: Write, path: string, ...parameter: fhir.ParametersParameter[]) {
  const body = parameters(...parameter);
  return appointmentIn((await client.send(`Appointment/${path}`, { ...asking, body })).content);
}
