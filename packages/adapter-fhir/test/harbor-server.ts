import { after, beforeEach } from 'node:test';
import assert from 'node:assert/strict';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { type ClinicError, type ErrorCode, isClinicError } from '@clinic-widgets/core/errors.js';
import type { Appointment, BookingRequest } from '@clinic-widgets/core/appointments.js';
import type { Slot } from '@clinic-widgets/core/scheduling.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import {
  type Fault,
  type FhirRequest,
  type FhirServerOptions,
  startFhirServer,
} from '../../../test/fhir-server/fhir-server.ts';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { validate } from '../../../test/fhir-server/validation.ts';
import { fhirAdapter, type FhirOptions } from '../src/fhir-adapter.ts';
import type { Warning } from '../src/lenient.ts';

/** A Monday morning before the clinic opens. */
export const NOW = '2026-03-02T07:00:00-05:00';

await loadTemporal();
const seed = harborResources(harborClinic({ now: NOW, weeks: 2 }));

/** Marks what a test asks for itself: it is not recorded, and nothing goes wrong with it. */
const ASIDE = 'x-aside';

/** Harbor Clinic on a real server, for the tests of a file: fresh for each of them. */
export async function harborServer(options: Omit<FhirServerOptions, 'faults' | 'seed'> = {}) {
  const requests: FhirRequest[] = [];
  let plan: (request: FhirRequest) => Fault | undefined = () => undefined;
  const server = await startFhirServer({
    ...options,
    seed,
    faults(request) {
      if (request.headers[ASIDE]) return undefined;
      requests.push(request);
      return plan(request);
    },
  });
  beforeEach(async () => {
    plan = () => undefined;
    await server.reset();
    requests.length = 0;
  });
  after(() => server.close());

  const warnings: Warning[] = [];
  let minutes = 0;

  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${server.baseUrl}/${path}`, { headers: { [ASIDE]: 'yes' } });
    return (await response.json()) as T;
  };

  return {
    ...server,
    /** What was asked of the server, in order. */
    requests,
    /** What the adapters warned of. */
    warnings,
    /** What goes wrong from now on. */
    fail(next: (request: FhirRequest) => Fault | undefined) {
      plan = next;
    },
    /** Lets the clock of the adapters go on. */
    advance(by: number) {
      minutes += by;
    },
    adapter(options: Partial<FhirOptions> = {}) {
      minutes = 0;
      warnings.length = 0;
      return fhirAdapter({
        baseUrl: server.baseUrl,
        name: 'Harbor Clinic',
        timeZone: 'America/New_York',
        now: () => new Date(Date.parse(NOW) + minutes * 60_000).toISOString(),
        onWarning: (warning) => warnings.push(warning),
        ...options,
      });
    },
    /** What is stored, whatever goes wrong for others. */
    stored: <T extends fhir.FhirResource>(type: T['resourceType'], id: string) => ask<T>(`${type}/${id}`),
    async storedAll<T extends fhir.FhirResource>(type: T['resourceType'], query = ''): Promise<T[]> {
      const bundle = await ask<fhir.Bundle>(`${type}?_count=1000&${query}`);
      return (bundle.entry ?? []).map(({ resource }) => resource as T);
    },
    /** Stores a change that somebody else makes. */
    async change<T extends fhir.FhirResource>(type: T['resourceType'], id: string, changes: Partial<T>): Promise<void> {
      const now = await this.stored<T>(type, id);
      await server.seed([{ ...now, ...changes, meta: { ...now.meta, versionId: crypto.randomUUID() } }]);
    },
  };
}

export type HarborServer = Awaited<ReturnType<typeof harborServer>>;

/** A free check-up with Dr. Okafor on the second Monday, and a request to book it for Rosa. */
export async function aBooking(server: HarborServer, changes: Partial<BookingRequest> = {}, index = 0) {
  const adapter = server.adapter();
  const day = '2026-03-09';
  const query = {
    visitTypeId: 'check-up',
    practitionerIds: ['okafor'],
    mode: 'in-person' as const,
    from: day,
    to: day,
  };
  const { items } = await adapter.findSlots(query);
  const slot = items[index] ?? assert.fail('There must be a free time.');
  server.requests.length = 0;
  const request: BookingRequest = {
    acting: { patientId: 'p-rosa' },
    visitTypeId: 'check-up',
    slot: { id: slot.id, version: slot.version },
    ...changes,
  };
  return { slot, request, slots: items };
}

/** The error that a call is refused with, which must be one with the code. */
export async function refused(call: Promise<unknown>, code: ErrorCode): Promise<ClinicError> {
  const error = await call.then(
    () => assert.fail(`It must be refused with ${code}, and was answered.`),
    (reason: unknown) => reason,
  );
  assert.ok(isClinicError(error), `It must be refused with ${code}, and failed with ${String(error)}`);
  assert.equal(error.code, code);
  return error;
}

/** What of a slot tells whose it is. */
export const slotState = ({ status, identifier = [] }: fhir.Slot) => ({
  status,
  marks: identifier.map(({ system, period }) => `${system?.split(':').at(-1)}${period ? ', ending' : ''}`),
});

/** Fails unless resources are valid FHIR R4 by the server's validators. */
export function ensureValid(...resources: readonly fhir.FhirResource[]): void {
  const wrong = resources.flatMap((resource) =>
    validate(resource).map(({ details, expression }) => `${details?.text} ${expression?.join()}`),
  );
  assert.deepEqual(wrong, []);
  // FHIR knows no empty lists and objects, and the validators let them pass.
  assert.doesNotMatch(JSON.stringify(resources), /:(\[\]|\{\}|"")/);
}

/** The appointments that take a slot. */
export const takenBy = async (server: HarborServer, { id }: Pick<Slot, 'id'>): Promise<fhir.Appointment[]> => {
  const found = await server.storedAll<fhir.Appointment>('Appointment', `slot=Slot/${id}`);
  return found.filter(({ status }) => !['cancelled', 'entered-in-error'].includes(status));
};

export type { Appointment };
