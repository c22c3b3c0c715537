import type { CapabilityStatement } from '@medplum/fhirtypes';
import { describeBooking } from './booking-conformance.ts';
import { harborSetup } from './harbor-setup.ts';
import { operationsDouble } from './operations-double.ts';

const NAMES = { Medplum: ['find', 'hold', 'book', 'confirm', 'cancel', 'reschedule'], IHE: ['find', 'hold', 'book'] };
const DEFINITIONS = {
  Medplum: 'https://medplum.com/fhir/OperationDefinition/appointment-',
  IHE: 'https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-',
};

/** What a server says that has the operations. */
export const withOperations =
  (dialect: keyof typeof NAMES) =>
  (truth: CapabilityStatement): CapabilityStatement => {
    const statement = structuredClone(truth);
    const appointment = statement.rest?.[0]?.resource?.find(({ type }) => type === 'Appointment');
    if (appointment) {
      appointment.operation = NAMES[dialect].map((name) => ({ name, definition: DEFINITIONS[dialect] + name }));
    }
    return statement;
  };

/** What no server of the kind can be held to, and why. */
const BEYOND: Readonly<Record<string, string>> = {
  'Refuses a time that has changed since it was read.': 'A proposed time is no resource, and has no version.',
  'Ends a hold by itself, when it says: the time can be taken then.': 'Nobody says when a hold ends.',
  'Lets a hold that ran out still book the time while nobody else has taken it.': 'Nobody says when a hold ends.',
  'Does not let a hold book a time that someone else holds by now.': 'Nobody says when a hold ends.',
};

/** Holds the adapter to the contract at a stand-in for a server with operations: to all that such a server allows. */
export function describeOperations(dialect: keyof typeof NAMES): void {
  const options = { statement: withOperations(dialect) };
  const setup = harborSetup(options, (baseUrl) => operationsDouble(baseUrl, dialect === 'IHE'));
  describeBooking(`fhirAdapter, with operations as of ${dialect},`, setup, BEYOND);
}
