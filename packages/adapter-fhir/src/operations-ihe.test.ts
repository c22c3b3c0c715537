import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { ensureValid, harborServer, refused } from '../test/harbor-server.ts';
import { describeOperations, withOperations } from '../test/operations-conformance.ts';
import { operationsDouble } from '../test/operations-double.ts';

describeOperations('IHE');

const server = await harborServer({ statement: withOperations('IHE') });

interface Called {
  readonly name: string;
  readonly parameters: fhir.Parameters;
}

function calling(answer: (called: Called) => Response | undefined = () => undefined) {
  const called: Called[] = [];
  const double = operationsDouble(server.baseUrl, true);
  const adapter = server.adapter({
    fetch: async (input, init) => {
      const name = new URL(input as string).pathname.split('/').at(-1)!;
      if (!name.startsWith('$') || !init?.body)
        return answer({ name, parameters: { resourceType: 'Parameters' } }) ?? double(input, init);
      const one = { name, parameters: JSON.parse(init.body as string) as fhir.Parameters };
      called.push(one);
      return answer(one) ?? double(input, init);
    },
  });
  return { adapter, called };
}

const check = { visitTypeId: 'check-up', practitionerIds: ['okafor'], from: '2026-03-09', to: '2026-03-09' };

async function free(adapter: ReturnType<typeof calling>['adapter']) {
  const { items } = await adapter.findSlots(check);
  return items.map(({ id, version, start }) => ({
    start,
    request: { acting: { patientId: 'p-rosa' }, visitTypeId: 'check-up', slot: { id, version } },
  }));
}

const named = ({ parameter = [] }: fhir.Parameters) => parameter.map(({ name }) => name);

describe('IHE’s operations', () => {
  it('are asked by POST, with codes as tokens and references', async () => {
    const { adapter, called } = calling();
    await adapter.findSlots({ ...check, locationIds: ['st-joseph'] });
    const { parameters } = called[0]!;
    assert.deepEqual(named(parameters), ['start', 'end', 'visit-type', 'practitioner', 'location-reference', '_count']);
    const values = parameters.parameter!.map(
      ({ valueDateTime, valueString, valueReference, valueInteger }) =>
        valueString ?? valueReference?.reference ?? valueInteger ?? typeof valueDateTime,
    );
    assert.deepEqual(values, [
      'string',
      'string',
      'https://harbor.example/visit-types|check-up',
      'Practitioner/okafor',
      'Location/st-joseph',
      1000,
    ]);
  });

  it('book by the resource, pending, with the patient and the key', async () => {
    const { adapter, called } = calling();
    const [time] = await free(adapter);
    const { id } = await adapter.bookAppointment(time!.request, { idempotencyKey: 'k' });
    const [parameter] = called.at(-1)!.parameters.parameter!;
    const sent = parameter!.resource as fhir.Appointment;
    assert.equal(parameter?.name, 'appointment-resource');
    assert.equal(sent.status, 'pending');
    assert.ok(sent.participant.some(({ actor }) => actor?.reference === 'Patient/p-rosa'));
    assert.equal(sent.identifier?.[0]?.value, 'k');
    ensureValid(await server.stored<fhir.Appointment>('Appointment', id));
  });

  it('hold what is proposed for the patient, by its reference, and book what is held', async () => {
    const { adapter, called } = calling();
    const [time] = await free(adapter);
    const hold = await adapter.holdSlot(time!.request);
    const find = called.at(-2)!;
    assert.ok(named(find.parameters).includes('patient-reference'));
    assert.deepEqual(named(called.at(-1)!.parameters), ['appointment-reference']);
    const booked = await adapter.bookAppointment({ ...time!.request, holdId: hold.id });
    assert.deepEqual([booked.id, booked.status], [hold.id, 'booked']);
  });

  it('change and cancel by the resource and its status', async () => {
    const { adapter, called } = calling();
    const [time, other] = await free(adapter);
    const { acting } = time!.request;
    const booked = await adapter.bookAppointment(time!.request);
    const moved = await adapter.rescheduleAppointment({
      acting,
      appointment: { id: booked.id, version: booked.version },
      slot: other!.request.slot,
    });
    assert.equal(moved.start, other!.start);
    await adapter.cancelAppointment({
      acting,
      appointment: { id: moved.id, version: moved.version },
      reason: 'moved-away',
    });
    const statuses = called
      .filter(({ name }) => name === '$book')
      .map(({ parameters }) => (parameters.parameter![0]!.resource as fhir.Appointment).status);
    assert.deepEqual(statuses, ['pending', 'booked', 'cancelled']);
    assert.equal(
      (await server.stored<fhir.Appointment>('Appointment', moved.id)).cancelationReason?.coding?.[0]?.code,
      'pat-mv',
    );
  });

  const issue = [{ severity: 'fatal', code: 'not-found', details: { text: 'Taken' } }];
  const refusals: Record<string, () => Response> = {
    'HTTP 200 and only an OperationOutcome': () =>
      Response.json({
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [{ resource: { resourceType: 'OperationOutcome', issue } }],
      }),
    'HTTP 404 and an OperationOutcome': () =>
      Response.json({ resourceType: 'OperationOutcome', issue }, { status: 404 }),
    'an appointment that is cancelled': () =>
      Response.json({
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Appointment', id: 'x', status: 'cancelled', participant: [] } }],
      }),
  };
  for (const [what, response] of Object.entries(refusals)) {
    it(`are a conflict where the answer is ${what}`, async () => {
      const { adapter } = calling(({ name }) => (name === '$book' || name === '$hold' ? response() : undefined));
      const [time] = await free(adapter);
      await refused(adapter.bookAppointment(time!.request), 'conflict');
      await refused(adapter.holdSlot(time!.request), 'conflict');
    });
  }

  it('are read page by page', async () => {
    const proposed = (id: string, start: string): fhir.Appointment => ({
      resourceType: 'Appointment',
      id,
      status: 'proposed',
      start,
      end: new Date(Date.parse(start) + 900_000).toISOString(),
      participant: [
        { actor: { display: 'Napa Office' }, status: 'needs-action' },
        { actor: { reference: 'Practitioner/okafor' }, status: 'needs-action' },
      ],
    });
    let pages = 0;
    const { adapter } = calling(({ name }) => {
      if (name !== '$find') return undefined;
      pages += 1;
      const link = pages === 1 ? [{ relation: 'next', url: 'http://10.0.0.7/fhir/Appointment/$find?page=2' }] : [];
      const start = pages === 1 ? '2026-03-09T14:00:00Z' : '2026-03-09T15:00:00Z';
      return Response.json({
        resourceType: 'Bundle',
        type: 'searchset',
        total: 2,
        link,
        entry: [{ resource: proposed(`a${pages}`, start) }],
      });
    });
    const { items } = await adapter.findSlots({ visitTypeId: 'check-up', from: '2026-03-09', to: '2026-03-09' });
    assert.deepEqual(
      items.map(({ start, practitioner }) => [start, practitioner?.id]),
      [
        ['2026-03-09T10:00:00-04:00', 'okafor'],
        ['2026-03-09T11:00:00-04:00', 'okafor'],
      ],
    );
  });
});
