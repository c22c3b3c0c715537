import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import { missingData, sharedData } from '../../../test/fhir-server/shared-data.ts';
import { ensureValid } from '../test/harbor-server.ts';
import { mapped, mappings } from '../test/mappings.ts';
import { fhirAdapter } from './fhir-adapter.ts';
import type { Warning } from './lenient.ts';

await loadTemporal();
const missing = missingData();
const skip = missing ?? false;
const resources = missing ? [] : [...sharedData()].filter(({ resource }) => resource.resourceType in mappings);

/** What is left out of each type, and why, of all files together. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Those that are proposed to nobody in particular, and those whose patient is only a logical reference.
  Appointment: { 'no-patient': 25 },
  // Those of a request and of an example have no ids.
  Consent: { malformed: 1 },
  Coverage: { malformed: 5 },
  // A message has these without ids.
  HealthcareService: { malformed: 1 },
  Location: { malformed: 1, 'no-name': 1 },
  Patient: {},
  Practitioner: { malformed: 1 },
  PractitionerRole: {},
  Schedule: {},
  // Some have no code, and one no id.
  ServiceRequest: { malformed: 1, 'no-name': 3 },
  // Full at 112 pharmacies; eight whose offsets make them begin and end at once.
  Slot: { malformed: 1, 'no-capacity': 112, 'zero-length': 8 },
};

describe('real data, every file', { skip }, () => {
  for (const [type, expected] of Object.entries(LEFT_OUT)) {
    it(`are mapped without a throw, and counted where they are left out: ${type}`, (test) => {
      const found: Record<string, number> = {};
      const all = resources.filter(({ resource }) => resource.resourceType === type);
      for (const { resource } of all) mapped(resource, ({ reason }) => (found[reason] = (found[reason] ?? 0) + 1));
      test.diagnostic(`${all.length} ${type}, left out: ${JSON.stringify(found)}`);
      assert.ok(all.length > 0);
      assert.deepEqual(found, expected);
    });
  }
});

const inFolder = (folder: string, ...types: string[]) =>
  resources
    .filter(({ file, resource }) => file.startsWith(folder) && types.includes(resource.resourceType))
    .map(({ resource }) => resource);

/** The pharmacies, and the patients of another source: whatever was open by one morning in 2023. */
const options = { name: 'Pharmacies', timeZone: 'America/New_York', now: () => '2023-03-24T11:00:00Z' };
const days = { from: '2023-03-24', to: '2023-04-30' };

describe('real pharmacies', { skip }, () => {
  it('tell their visit types by the types of their schedules, and can be booked', async (test) => {
    const types = ['Patient', 'Practitioner', 'Location', 'Schedule', 'Slot'];
    const seed = [...inFolder('scheduling/smart', ...types), ...inFolder('synthea', 'Patient', 'Practitioner')];
    const server = await startFhirServer({ seed });
    test.after(() => server.close());
    const adapter = fhirAdapter({ ...options, baseUrl: server.baseUrl });
    const { items: visitTypes } = await adapter.findVisitTypes({});
    assert.deepEqual(
      visitTypes.map(({ name }) => name),
      ['Immunization'],
    );
    const jab = visitTypes[0]!;

    const query = { visitTypeId: jab.id, ...days };
    const { items: free } = await adapter.findFreeDays(query);
    const { items: slots } = await adapter.findSlots({ ...query, limit: 1000 });
    assert.ok(slots.length > 50);
    assert.equal(
      free.reduce((sum, one) => sum + one.free, 0),
      slots.length,
    );
    assert.ok(slots.every(({ location }) => location?.name.startsWith('Rite Aid')));

    const patientId = inFolder('synthea', 'Patient')[0]!.id!;
    const { id, version } = slots[0]!;
    const request = { acting: { patientId }, visitTypeId: jab.id, slot: { id, version } };
    const booked = await adapter.bookAppointment(request);
    assert.deepEqual([booked.status, booked.start, booked.visitType?.name], ['booked', slots[0]!.start, jab.name]);
    const read = async <R>(path: string) => (await (await fetch(`${server.baseUrl}/${path}`)).json()) as R;
    const [appointment, slot] = [
      await read<fhir.Appointment>(`Appointment/${booked.id}`),
      await read<fhir.Slot>(`Slot/${id}`),
    ];
    ensureValid(appointment, slot);
    assert.equal(slot.status, 'busy');
  });

  it('give several slots one id: each id is offered once, with a warning', async () => {
    const warnings: Warning[] = [];
    const answers: Record<string, fhir.Bundle> = {};
    for (const type of ['Slot', 'Schedule', 'Location']) {
      const entry = inFolder('scheduling/smart', type).map((resource) => ({ resource: resource as fhir.FhirResource }));
      answers[type] = { resourceType: 'Bundle', type: 'searchset', entry };
    }
    const adapter = fhirAdapter({
      ...options,
      baseUrl: 'https://pharmacies.test',
      onWarning: (warning) => warnings.push(warning),
      fetch: async (input) => {
        const type = /test\/(\w+)/.exec(input as string)?.[1] ?? '';
        return Response.json(answers[type] ?? { resourceType: 'Bundle', type: 'searchset' });
      },
    });
    const [jab] = (await adapter.findVisitTypes({})).items;
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await adapter.findSlots({ visitTypeId: jab!.id, ...days, limit: 1000, ...(cursor && { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 50 && ids.length <= 112, String(ids.length));
    assert.ok(warnings.some(({ reason }) => reason === 'repeated-id'));
  });
});
