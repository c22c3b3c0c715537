import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { appointment, clinic, slot } from './examples.ts';
import { startFhirServer } from './fhir-server.ts';
import type { FhirServer } from './fhir-server.ts';
import { ask } from './test-client.ts';
import { validate } from './validation.ts';

/** What is refused, and the place that the refusal names. */
const mistakes: Record<string, [resource: object, place: string]> = {
  'a code that is none': [slot({ status: 'bookd' }), 'Slot.status'],
  'an unknown field': [slot({ colour: 'red' }), 'Slot.colour'],
  'an unknown field deep inside': [
    appointment({ participant: [{ status: 'accepted', actor: { reference: 'Patient/ana', colour: 'red' } }] }),
    'Appointment.participant[0].actor.colour',
  ],
  'a missing required code': [slot({ status: undefined }), 'Slot.status'],
  'a missing required list': [appointment({ participant: undefined }), 'Appointment.participant'],
  'two values of one choice': [
    slot({ extension: [{ url: 'https://clinic.test/note', valueString: 'a', valueInteger: 1 }] }),
    'valueInteger',
  ],
  'empty text': [slot({ comment: '' }), 'Slot.comment'],
  'a time without its offset': [slot({ start: '2030-05-03T09:00:00' }), 'Slot.start'],
  'a day that is none': [slot({ start: '2030-02-30T09:00:00Z' }), 'Slot.start'],
  'a reference to a wrong type': [slot({ schedule: { reference: 'Patient/ana' } }), 'Slot.schedule'],
  'a broken invariant': [appointment({ start: undefined, end: undefined }), 'Appointment'],
  'a mistake in a contained resource': [
    appointment({ contained: [{ resourceType: 'Patient', id: 'p', gender: 'm' }] }),
    'Appointment.contained[0].gender',
  ],
  'a contained resource of no type': [
    appointment({ contained: [{ resourceType: 'Patiënt', id: 'p' }] }),
    'Appointment.contained[0]',
  ],
};

/** The ways to write that end in the mistake being stored, if nobody looks. */
const writes: Record<string, (server: FhirServer, resource: object) => Promise<{ status: number; issue: Issue[] }>> = {
  async POST(server, resource) {
    return refusal(await ask(server, `POST ${typeOf(resource)}`, { body: resource }));
  },
  async PUT(server, resource) {
    return refusal(await ask(server, `PUT ${typeOf(resource)}/new`, { body: { ...resource, id: 'new' } }));
  },
  async 'POST with If-None-Exist'(server, resource) {
    const headers = { 'if-none-exist': 'identifier=none' };
    return refusal(await ask(server, `POST ${typeOf(resource)}`, { body: resource, headers }));
  },
  async 'PUT by search'(server, resource) {
    return refusal(await ask(server, `PUT ${typeOf(resource)}?identifier=none`, { body: resource }));
  },
  async 'an entry of a batch'(server, resource) {
    const entry = [{ resource, request: { method: 'POST', url: typeOf(resource) } }];
    const { body } = await ask(server, 'POST ', { body: { resourceType: 'Bundle', type: 'batch', entry } });
    const [{ response }] = body.entry;
    return { status: Number(response.status), issue: response.outcome.issue };
  },
};

interface Issue {
  readonly severity: string;
  readonly expression?: readonly string[];
}

describe('Every write is validated', () => {
  let server: FhirServer;
  before(async () => {
    server = await startFhirServer({ seed: clinic });
  });
  after(() => server.close());

  for (const [write, act] of Object.entries(writes)) {
    for (const [mistake, [resource, place]] of Object.entries(mistakes)) {
      it(`refuses ${mistake} in ${write}, and names the place`, async () => {
        const { status, issue } = await act(server, resource);

        assert.equal(status, 422);
        assert.ok(
          issue.some(({ expression }) => expression?.includes(place)),
          JSON.stringify(issue),
        );
      });
    }
  }

  it('stores nothing of what it refused', async () => {
    const { body } = await ask(server, 'GET Slot');

    assert.equal(body.total, 1);
  });

  it('refuses a PATCH whose result is not valid, and leaves the resource as it was', async () => {
    const patched = await ask(server, 'PATCH Slot/nine', {
      body: [{ op: 'replace', path: '/status', value: 'bookd' }],
      headers: { 'content-type': 'application/json-patch+json' },
    });

    assert.equal(patched.status, 422);
    assert.equal((await ask(server, 'GET Slot/nine')).body.status, 'free');
  });

  it('accepts a good Slot and a good Appointment', async () => {
    assert.equal((await ask(server, 'POST Slot', { body: slot() })).status, 201);
    assert.equal((await ask(server, 'POST Appointment', { body: appointment() })).status, 201);
  });

  it('finds nothing wrong with what is read back', async () => {
    const { headers } = await ask(server, 'POST Appointment', { body: appointment() });
    const { body } = await ask(server, `GET ${headers.get('location')?.split('/R4/')[1]}`);

    assert.deepEqual(validate(body), []);
  });
});

describe('validate', () => {
  it('names what is not a resource at all', () => {
    for (const value of [undefined, null, 'Slot', [], {}, { resourceType: 'Sloth' }, { resourceType: 7 }]) {
      assert.equal(validate(value).length, 1, JSON.stringify(value));
    }
  });

  it('checks each resource of a Bundle as one of its own type', () => {
    const entry = [{ resource: slot() }, { resource: slot({ status: 'bookd' }) }];
    const places = validate({ resourceType: 'Bundle', type: 'collection', entry }).map(
      ({ expression }) => expression?.[0],
    );

    assert.deepEqual(places, ['Bundle.entry[1].resource.status']);
  });

  it('is not misled by a field that is merely named resourceType', () => {
    const instance = [{ resourceId: 'p', resourceType: 'Patient' }];

    assert.deepEqual(validate({ resourceType: 'ExampleScenario', status: 'draft', instance }), []);
  });
});

function typeOf(resource: object): string {
  return (resource as { resourceType: string }).resourceType;
}

function refusal({ status, body }: { status: number; body: { issue: Issue[] } }): { status: number; issue: Issue[] } {
  return { status, issue: body.issue };
}
