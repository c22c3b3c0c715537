import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { keysOf } from './appointments.ts';
import type { Write } from './booking.ts';
import { isOneOf } from './client.ts';
import { keyed } from './drafts.ts';
import { appointmentIn } from './operation-answers.ts';
import type { Dialect } from './operations.ts';
import { searchAll } from './setting.ts';
import { update } from './writes.ts';

/**
 * IHE's operations: https://profiles.ihe.net/ITI/Scheduling. `$hold` is given a reference to what was proposed;
 * `$book` makes, changes and cancels, by the status of the appointment that it is given.
 */
export const ihe: Dialect = {
  async hold(write, { proposed }) {
    const valueReference = { reference: `Appointment/${proposed?.id}` };
    return sign(write, await run(write, '$hold', { name: 'appointment-reference', valueReference }));
  },

  async adopt(write, patientId, isWanted) {
    const query = [['patient', `Patient/${patientId}`]] as const;
    const found = await searchAll<fhir.Appointment>(write, 'Appointment', query, { ...write.asking, secret: true });
    for (const one of found) {
      if (one.status === 'pending' && keysOf(one).length === 0 && (await isWanted(one))) return sign(write, one);
    }
    return undefined;
  },

  book: (write, { proposed }, draft) => book(write, { ...proposed, ...draft, status: 'pending' }),

  confirm: (write, held, draft) => book(write, { ...held, ...draft, ...keyed(held, write.key), status: 'pending' }),

  move: (write, found, _, changes) => book(write, { ...found, ...changes, status: 'booked' }),

  cancel: (write, found, changes) => book(write, { ...found, ...changes, status: 'cancelled' }),
};

const book = (write: Write, resource: fhir.Appointment) =>
  run(write, '$book', { name: 'appointment-resource', resource });

/** `$hold` takes no key, so the key is written on what it has made: of many who try, the server lets one. */
async function sign({ client, key, asking, ability }: Write, held: fhir.Appointment): Promise<fhir.Appointment> {
  return ability.can('Appointment', 'update') ? update(client, held, keyed(held, key), asking) : held;
}

async function run({ client, asking }: Write, operation: string, parameter: fhir.ParametersParameter) {
  try {
    const body: fhir.Parameters = { resourceType: 'Parameters', parameter: [parameter] };
    const appointment = appointmentIn((await client.send(`Appointment/${operation}`, { ...asking, body })).content);
    const wanted = (parameter.resource as fhir.Appointment | undefined)?.status === 'cancelled';
    if (appointment.status !== 'cancelled' || wanted) return appointment;
  } catch (error) {
    // What is gone has been taken: https://profiles.ihe.net/ITI/Scheduling/ITI-116.html
    if (!isOneOf(error, 'not-found')) throw error;
  }
  throw new ClinicError('conflict', 'The time is no longer free.');
}
