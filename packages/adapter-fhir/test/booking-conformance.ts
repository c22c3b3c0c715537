import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cases, runCase } from '@clinic-widgets/conformance';
import { type AdapterSetup, harborWorld } from '@clinic-widgets/conformance/describe-adapter.js';
import { operationsOf } from '@clinic-widgets/core/adapter.js';

const booking: ReadonlySet<string> = new Set([
  ...operationsOf.clinic,
  ...operationsOf.scheduling,
  ...operationsOf.appointments,
]);

/**
 * Holds the adapter to what is promised of times and appointments, at a server where these are booked in another way.
 * Everything else it does as at any server, where it is held to the whole contract. What no such server can be held to
 * is named, with why.
 */
export function describeBooking(
  name: string,
  setup: AdapterSetup,
  beyond: Readonly<Record<string, string>> = {},
): void {
  describe(`${name} keeps what the contract says of booking`, () => {
    for (const one of cases.filter(({ operations }) => operations.some((operation) => booking.has(operation)))) {
      it(`${one.operations[0]}: ${one.name}`, async () => {
        const { outcome, reason, error } = await runCase(one, () => harborWorld(setup));
        if (outcome === 'failed') throw error;
        if (outcome === 'not-applicable') assert.ok(beyond[one.name], reason ?? one.name);
      });
    }
  });
}
