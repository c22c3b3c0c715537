import { after } from 'node:test';
import type { AdapterSetup } from '@clinic-widgets/conformance/describe-adapter.js';
import { type FhirServer, type FhirServerOptions, startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import { withReminders } from '../../../test/fhir-server/harbor-check-in.ts';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { fhirAdapter } from '../src/fhir-adapter.ts';

/** Sets up the adapter to Harbor Clinic on a server of that kind, which for each case is as it was at first. */
export function harborSetup(
  options: Omit<FhirServerOptions, 'seed'> = {},
  fetchOf?: (baseUrl: string) => typeof globalThis.fetch,
): AdapterSetup {
  let starting: Promise<FhirServer> | undefined;
  after(async () => (await starting)?.close());

  return async (clinic, now) => {
    // All cases have the same clinic, and to store it takes longer than most of them.
    starting ??= startFhirServer({ ...options, seed: harborResources(clinic) });
    const { baseUrl, reset } = await starting;
    await reset();
    const { name, timeZone } = clinic.clinic;
    const fetch = fetchOf?.(baseUrl);
    const adapter = fhirAdapter({ baseUrl, name, timeZone, now, onServer: clinic.checkIn, ...(fetch && { fetch }) });
    return withReminders(adapter, clinic);
  };
}
