import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { CapabilityStatement } from '@medplum/fhirtypes';
import { cases, runCase } from '@clinic-widgets/conformance';
import { harborWorld } from '@clinic-widgets/conformance/describe-adapter.js';
import { startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import { withReminders } from '../../../test/fhir-server/harbor-check-in.ts';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { fhirAdapter } from '../src/fhir-adapter.ts';
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
export async function describeOperations(dialect: keyof typeof NAMES): Promise<void> {
  const server = await startFhirServer({ statement: withOperations(dialect) });
  after(() => server.close());

  describe(`fhirAdapter keeps the contract with operations as of ${dialect}, as far as they allow it`, () => {
    for (const one of cases) {
      it(`${one.operations[0]}: ${one.name}`, async () => {
        const setup = () =>
          harborWorld(async (clinic, now) => {
            await server.reset(harborResources(clinic));
            const adapter = fhirAdapter({
              baseUrl: server.baseUrl,
              fetch: operationsDouble(server.baseUrl, dialect === 'IHE'),
              name: 'Harbor Clinic',
              timeZone: 'America/New_York',
              now,
              onServer: clinic.checkIn,
            });
            return withReminders(adapter, clinic);
          });
        const { outcome, reason, error } = await runCase(one, setup);
        if (outcome === 'failed') throw error;
        if (outcome === 'not-applicable') assert.ok(BEYOND[one.name], reason ?? one.name);
      });
    }
  });
}
