import { parseArgs } from 'node:util';
import { startFhirServer } from './fhir-server.ts';
import { missingData, sharedData } from './shared-data.ts';
import type { SharedResource } from './shared-data.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8103' }, data: { type: 'boolean', default: false } },
});

const types: ReadonlySet<string> = new Set(['Appointment', 'Location', 'Patient', 'Practitioner', 'Schedule', 'Slot']);

const missing = values.data ? missingData() : undefined;
if (missing) fail(missing);

const seed = values.data ? [...sharedData()].map(({ resource }) => resource).filter(isSeeded) : [];

const server = await startFhirServer({ port: Number(values.port), seed }).catch((error: Error) => fail(error.message));
console.log(`FHIR R4 server on ${server.baseUrl}`);
console.log(`Seeded: ${counts(seed)}`);
for (const { reason } of server.refused) console.log(`Not stored: ${reason}`);

function isSeeded({ resourceType }: SharedResource['resource']): boolean {
  return types.has(resourceType);
}

/** How many of each type, in words; those with one id are one. */
function counts(resources: readonly SharedResource['resource'][]): string {
  const byType = new Map<string, Set<unknown>>();
  for (const resource of resources) {
    const known = byType.get(resource.resourceType) ?? new Set();
    byType.set(resource.resourceType, known.add(resource.id ?? resource));
  }
  return [...byType].map(([type, { size }]) => `${size} ${type}`).join(', ') || 'nothing';
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}
