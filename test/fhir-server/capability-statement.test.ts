import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { appointment, clinic, slot } from './examples.ts';
import { startFhirServer } from './fhir-server.ts';
import type { FhirServer, FhirServerOptions } from './fhir-server.ts';
import { ask, found } from './test-client.ts';
import { validate } from './validation.ts';

/** One resource that has a value for each search parameter of its type, and for each the search that finds it. */
const searches: Record<string, { resource: { id: string }; finding: Record<string, string> }> = {
  Appointment: {
    resource: {
      id: 'full',
      ...appointment({
        resourceType: 'Appointment',
        meta: meta(),
        identifier: [{ system: 'urn:clinic', value: '7' }],
        appointmentType: { coding: [{ code: 'ROUTINE' }] },
        basedOn: [{ reference: 'ServiceRequest/mri' }],
        reasonCode: [{ coding: [{ code: 'knee' }] }],
        reasonReference: [{ reference: 'Condition/knee' }],
        serviceCategory: [{ coding: [{ code: 'gp' }] }],
        serviceType: [{ coding: [{ code: '124' }] }],
        specialty: [{ coding: [{ code: '394814009' }] }],
        supportingInformation: [{ reference: 'DiagnosticReport/knee' }],
        participant: ['Patient/ana', 'Practitioner/rivera', 'Location/harbor'].map((reference) => ({
          actor: { reference },
          status: 'accepted',
        })),
      }),
    },
    finding: {
      ...metaSearches(),
      actor: 'Location/harbor',
      'appointment-type': 'ROUTINE',
      'based-on': 'ServiceRequest/mri',
      date: '2030-05-03',
      identifier: 'urn:clinic|7',
      location: 'Location/harbor',
      'part-status': 'accepted',
      patient: 'Patient/ana',
      practitioner: 'Practitioner/rivera',
      'reason-code': 'knee',
      'reason-reference': 'Condition/knee',
      'service-category': 'gp',
      'service-type': '124',
      slot: 'Slot/nine',
      specialty: '394814009',
      status: 'booked',
      'supporting-info': 'DiagnosticReport/knee',
    },
  },
  Slot: {
    resource: {
      id: 'full',
      ...slot({
        meta: meta(),
        identifier: [{ system: 'urn:clinic', value: '7' }],
        appointmentType: { coding: [{ code: 'ROUTINE' }] },
        serviceCategory: [{ coding: [{ code: 'gp' }] }],
        serviceType: [{ coding: [{ code: '124' }] }],
        specialty: [{ coding: [{ code: '394814009' }] }],
      }),
    },
    finding: {
      ...metaSearches(),
      'appointment-type': 'ROUTINE',
      identifier: 'urn:clinic|7',
      schedule: 'Schedule/rivera',
      'service-category': 'gp',
      'service-type': '124',
      specialty: '394814009',
      start: 'ge2030-05-03T09:00:00-04:00',
      status: 'free',
    },
  },
  Schedule: {
    resource: {
      id: 'full',
      ...{
        resourceType: 'Schedule',
        meta: meta(),
        identifier: [{ system: 'urn:clinic', value: '7' }],
        active: true,
        serviceCategory: [{ coding: [{ code: 'gp' }] }],
        serviceType: [{ coding: [{ code: '124' }] }],
        specialty: [{ coding: [{ code: '394814009' }] }],
        actor: [{ reference: 'Practitioner/rivera' }],
        planningHorizon: { start: '2030-05-01', end: '2030-05-31' },
      },
    },
    finding: {
      ...metaSearches(),
      active: 'true',
      actor: 'Practitioner/rivera',
      date: '2030-05-03',
      identifier: 'urn:clinic|7',
      'service-category': 'gp',
      'service-type': '124',
      specialty: '394814009',
    },
  },
};

function meta() {
  return { profile: ['urn:profile'], source: 'urn:source', security: [{ code: 'R' }], tag: [{ code: 'test' }] };
}

function metaSearches() {
  return {
    _id: 'full',
    _lastUpdated: 'gt2020-01-01',
    _profile: 'urn:profile',
    _security: 'R',
    _source: 'urn:source',
    _tag: 'test',
  };
}

let server: FhirServer;
let statement: CapabilityStatement;

async function start(options: FhirServerOptions = {}): Promise<void> {
  server = await startFhirServer({ seed: clinic, ...options });
  ({ body: statement } = await ask(server, 'GET metadata'));
}

function declared(type: string): CapabilityStatementRestResource {
  const resource = statement.rest?.[0]?.resource?.find((one) => one.type === type);
  assert.ok(resource, `${type} is not declared.`);
  return resource;
}

function interactions(type: string): string[] {
  return (declared(type).interaction ?? []).map(({ code }) => code ?? '');
}

describe('The CapabilityStatement', () => {
  beforeEach(() => start());
  afterEach(() => server.close());

  it('is valid FHIR R4 and says where the server is', () => {
    assert.deepEqual(validate(statement), []);
    assert.equal(statement.fhirVersion, '4.0.1');
    assert.equal(statement.kind, 'instance');
    assert.equal(statement.implementation?.url, server.baseUrl);
  });

  it('declares no operation, and the server has none', async () => {
    assert.ok(!statement.rest?.[0]?.operation && !declared('Slot').operation);
    for (const line of ['GET Schedule/rivera/$find', 'POST Appointment/$book', 'POST $graphql']) {
      assert.ok((await ask(server, line, line.startsWith('POST') ? { body: {} } : {})).status >= 400, line);
    }
  });

  it('declares the interactions that the server carries out', async () => {
    assert.deepEqual(interactions('Slot'), ['read', 'vread', 'search-type', 'create', 'update', 'patch', 'delete']);

    const created = await ask(server, 'POST Slot', { body: slot() });
    assert.equal(created.status, 201);
    const { id, meta: first } = created.body;
    const updated = await ask(server, `PUT Slot/${id}`, { body: slot({ id, status: 'busy' }) });
    assert.equal(updated.status, 200);
    assert.equal((await ask(server, `GET Slot/${id}`)).body.status, 'busy');
    assert.equal((await ask(server, `GET Slot/${id}/_history/${first.versionId}`)).body.status, 'free');
    assert.ok(found(await ask(server, 'GET Slot?status=busy')).includes(id));
    assert.equal((await ask(server, `DELETE Slot/${id}`)).status, 200);
    assert.equal((await ask(server, `GET Slot/${id}`)).status, 404);
  });

  it('declares the formats of PATCH that the server takes', async () => {
    assert.deepEqual(statement.patchFormat, ['application/json-patch+json', 'application/fhir+json']);

    const json = await ask(server, 'PATCH Slot/nine', {
      body: [{ op: 'replace', path: '/status', value: 'busy' }],
      headers: { 'content-type': 'application/json-patch+json' },
    });
    assert.equal(json.body.status, 'busy');

    const part = [
      { name: 'type', valueCode: 'replace' },
      { name: 'path', valueString: 'Slot.status' },
      { name: 'value', valueCode: 'free' },
    ];
    const fhir = await ask(server, 'PATCH Slot/nine', {
      body: { resourceType: 'Parameters', parameter: [{ name: 'operation', part }] },
    });
    assert.equal(fhir.body.status, 'free');
  });

  it('declares versioned-update: a stale If-Match is refused by PUT, PATCH and DELETE', async () => {
    assert.equal(declared('Slot').versioning, 'versioned-update');

    const headers = { 'if-match': 'W/"stale"' };
    const patch = [{ op: 'replace', path: '/status', value: 'busy' }];
    assert.equal((await ask(server, 'PUT Slot/nine', { body: slot({ id: 'nine' }), headers })).status, 412);
    assert.equal((await ask(server, 'PATCH Slot/nine', { body: patch, headers })).status, 412);
    assert.equal((await ask(server, 'DELETE Slot/nine', { headers })).status, 412);
  });

  it('declares create by update', async () => {
    assert.equal(declared('Slot').updateCreate, true);

    assert.equal((await ask(server, 'PUT Slot/ten', { body: slot({ id: 'ten' }) })).status, 200);
    assert.equal((await ask(server, 'GET Slot/ten')).status, 200);
  });

  it('declares the conditional writes that the server carries out', async () => {
    const { conditionalCreate, conditionalUpdate, conditionalDelete } = declared('Slot');
    assert.deepEqual(
      { conditionalCreate, conditionalUpdate, conditionalDelete },
      {
        conditionalCreate: true,
        conditionalUpdate: true,
        conditionalDelete: 'single',
      },
    );

    const body = slot({ identifier: [{ value: '7' }] });
    const headers = { 'if-none-exist': 'identifier=7' };
    assert.equal((await ask(server, 'POST Slot', { body, headers })).status, 201);
    assert.equal((await ask(server, 'POST Slot', { body, headers })).status, 200);
    assert.equal((await ask(server, 'PUT Slot?identifier=7', { body })).status, 200);
    assert.equal((await ask(server, 'PUT Slot?identifier=8', { body })).status, 201);
    assert.equal((await ask(server, 'POST Slot', { body, headers })).status, 412);
    assert.equal((await ask(server, 'DELETE Slot?identifier=7')).status, 412);
    assert.equal((await ask(server, 'DELETE Slot?status=free&_id=nine')).status, 200);
    assert.equal((await ask(server, 'GET Slot/nine')).status, 404);
  });

  it('declares no conditional read: If-None-Match is ignored', async () => {
    assert.equal(declared('Slot').conditionalRead, 'not-supported');

    const { headers } = await ask(server, 'GET Slot/nine');
    const again = await ask(server, 'GET Slot/nine', { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    assert.equal(again.status, 200);
  });

  it('declares batch', async () => {
    const entry = ['Slot/nine', 'Slot/none'].map((url) => ({ request: { method: 'GET', url } }));
    const { status, body } = await ask(server, 'POST ', { body: { resourceType: 'Bundle', type: 'batch', entry } });

    assert.equal(status, 200);
    assert.deepEqual(statuses(body), ['200', '404']);
  });

  it('declares no transaction: one is run like a batch, and what was written stays', async () => {
    assert.deepEqual(statement.rest?.[0]?.interaction, [{ code: 'batch' }]);

    const entry = [
      { resource: appointment(), request: { method: 'POST', url: 'Appointment' } },
      { resource: slot({ id: 'nine' }), request: { method: 'PUT', url: 'Slot/nine', ifMatch: 'W/"stale"' } },
    ];
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
    const { status, body } = await ask(server, 'POST ', { body: bundle });

    assert.equal(status, 200);
    assert.equal(body.type, 'transaction-response');
    assert.deepEqual(statuses(body), ['201', '412']);
    assert.equal((await ask(server, 'GET Appointment')).body.total, 1);
  });

  for (const [type, { resource, finding }] of Object.entries(searches)) {
    it(`declares the search parameters of ${type} that find what they should, and no others`, async () => {
      assert.deepEqual(validate(resource), []);
      await server.seed([resource]);

      assert.deepEqual(
        declared(type)
          .searchParam?.map(({ name }) => name)
          .sort(),
        Object.keys(finding).sort(),
      );
      for (const [name, value] of Object.entries(finding)) {
        const answer = await ask(server, `GET ${type}?${new URLSearchParams({ [name]: value })}`);
        assert.ok(found(answer).includes('full'), `${name}: ${JSON.stringify(answer.body)}`);
      }
    });
  }

  it('declares for every type only search parameters that the server can evaluate', async () => {
    for (const { type, searchParam = [] } of statement.rest?.[0]?.resource ?? []) {
      await server.seed([{ resourceType: type, id: 'bare' }]);
      const names = searchParam.map(({ name }) => name);
      const queries = names.flatMap((name) => [`${name}:missing=true`, `${name}:missing=false`]);
      const [bundles, refused] = await searchAll(queries.map((query) => `${type}?_id=bare&${query}`));

      assert.deepEqual(refused, []);
      for (const [index, name] of names.entries()) {
        const [without, having] = bundles.slice(2 * index);
        assert.equal((without?.total ?? 0) + (having?.total ?? 0), 1, `${type}?${name}`);
      }
    }
  });

  it('declares the includes that the server follows, in both directions', async () => {
    assert.ok(declared('Slot').searchInclude?.includes('Slot:schedule'));
    assert.ok(declared('Schedule').searchRevInclude?.includes('Slot:schedule'));

    const forth = await ask(server, 'GET Slot?_include=Slot:schedule&_include:iterate=Schedule:actor');
    assert.deepEqual(found(forth), ['nine', 'rivera', 'rivera']);
    const back = await ask(server, 'GET Schedule?_revinclude=Slot:schedule');
    assert.deepEqual(found(back), ['rivera', 'nine']);
  });
});

describe('The CapabilityStatement of a weaker server', () => {
  afterEach(() => server.close());

  it('does not promise If-Match where it is ignored', async () => {
    await start({ ignoreIfMatch: true });
    assert.equal(declared('Slot').versioning, 'versioned');

    const headers = { 'if-match': 'W/"stale"' };
    assert.equal((await ask(server, 'PUT Slot/nine', { body: slot({ id: 'nine' }), headers })).status, 200);
    assert.equal((await ask(server, 'DELETE Slot/nine', { headers })).status, 200);
  });

  it('does not promise conditional create where If-None-Exist is ignored', async () => {
    await start({ noIfNoneExist: true });
    assert.equal(declared('Slot').conditionalCreate, false);

    const message = { body: slot({ identifier: [{ value: '7' }] }), headers: { 'if-none-exist': 'identifier=7' } };
    assert.equal((await ask(server, 'POST Slot', message)).status, 201);
    assert.equal((await ask(server, 'POST Slot', message)).status, 201);
  });

  it('does not promise to write what can only be read', async () => {
    await start({ readOnly: ['Slot'] });
    assert.deepEqual(interactions('Slot'), ['read', 'vread', 'search-type']);
    assert.ok(interactions('Appointment').includes('create'));

    const patch = [{ op: 'replace', path: '/status', value: 'busy' }];
    assert.equal((await ask(server, 'POST Slot', { body: slot() })).status, 403);
    assert.equal((await ask(server, 'PUT Slot/nine', { body: slot({ id: 'nine' }) })).status, 403);
    assert.equal((await ask(server, 'PATCH Slot/nine', { body: patch })).status, 403);
    assert.equal((await ask(server, 'DELETE Slot/nine')).status, 403);
    assert.equal((await ask(server, 'POST Appointment', { body: appointment() })).status, 201);
  });

  it('can be changed, also into a lie', async () => {
    await start({ statement: (truth) => ({ ...truth, software: { name: 'Other' } }) });

    assert.equal(statement.software?.name, 'Other');
    assert.equal(statement.fhirVersion, '4.0.1');
  });
});

/** What many searches found, and those that were refused. */
async function searchAll(urls: readonly string[]): Promise<[found: { total: number }[], refused: string[]]> {
  if (!urls.length) return [[], []];
  const entry = urls.map((url) => ({ request: { method: 'GET', url } }));
  const { body } = await ask(server, 'POST ', { body: { resourceType: 'Bundle', type: 'batch', entry } });
  const refused = urls.filter((_, index) => body.entry[index].response.status !== '200');
  return [body.entry.map(({ resource }: { resource: { total: number } }) => resource), refused];
}

function statuses(bundle: { entry: { response: { status: string } }[] }): string[] {
  return bundle.entry.map(({ response }) => response.status);
}
