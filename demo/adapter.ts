import type { ClinicAdapter } from '@clinic-widgets/core';
import { phone } from './clinic-facts.ts';
import type { Config } from './config.ts';
import type { AdapterName } from './settings.ts';

/** Builds the adapter of that name; only its own code is loaded. */
export async function adapterOf(name: AdapterName, config: Config | undefined): Promise<ClinicAdapter> {
  if (name === 'memory') {
    const { memoryAdapter } = await import('@clinic-widgets/adapter-memory');
    const { harborClinic } = await import('@clinic-widgets/conformance/harbor-clinic.js');
    const { loadTemporal } = await import('@clinic-widgets/core/time.js');
    await loadTemporal();
    return memoryAdapter(harborClinic({ now: new Date().toISOString() }));
  }
  if (!config) throw new Error('The addresses of the clinic come from the server of the demo.');
  if (name === 'rest') {
    const { restAdapter } = await import('@clinic-widgets/adapter-rest');
    return restAdapter({ baseUrl: config.restBaseUrl });
  }
  const { fhirAdapter } = await import('@clinic-widgets/adapter-fhir');
  // What FHIR has no place for is said here.
  return fhirAdapter({ baseUrl: config.fhirBaseUrl, name: 'Harbor Clinic', timeZone: 'America/New_York', phone });
}
