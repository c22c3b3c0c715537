import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { ensureValid, harborServer, refused } from '../test/harbor-server.ts';
import { describeOperations, withOperations } from '../test/operations-conformance.ts';
import { operationsDouble } from '../test/operations-double.ts';

describeOperations('Medplum');

const server = await harborServer({ statement: withOperations('Medplum') });

interface Called {
  readonly name: string;
  readonly url: URL;
  readonly parameters: fhir.Parameters | undefined;
}

/** An adapter to the stand-in, and what it calls; answers can be put in its place. */
function calling(answer: (called: Called) => Response | undefined = () => undefined) {
  const called: Called[] = [];
  const double = operationsDouble(server.baseUrl, false);
  const adapter = server.adapter({
    fetch: async (input, init) => {
      const url = new URL(input as string);
      const name = url.pathname.split('/').at(-1)!;
      if (!name.startsWith('$')) return double(input, init);
      const one = {
        name,
        url,
        parameters: init?.body ? (JSON.parse(init.body as string) as fhir.Parameters) : undefined,
      };
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

const outcome = (status: number, code: string, text: string) =>
  Response.json(
    { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text } }] },
    { status },
  );

describe('Medplum’s operations', () => {
  it('are asked for one schedule at a time and 31 days at most', async () => {
    const { adapter, called } = calling();
    await adapter.findFreeDays({ visitTypeId: 'check-up', from: '2026-03-02', to: '2026-05-20' });
    assert.ok(called.length >= 6);
    for (const { url } of called) {
      const { searchParams } = url;
      assert.equal(searchParams.getAll('schedule').length, 1);
      assert.equal(searchParams.get('service-type-reference'), 'HealthcareService/check-up');
      const days = (Date.parse(searchParams.get('end')!) - Date.parse(searchParams.get('start')!)) / 86_400_000;
      assert.ok(days > 0 && days <= 31, String(days));
    }
  });

  it('are given the whole appointment, with the slot to make', async () => {
    const { adapter, called } = calling();
    const [time] = await free(adapter);
    const { id } = await adapter.bookAppointment({ ...time!.request, reason: 'A cough' });
    const sent = called.find(({ name }) => name === '$book')?.parameters;
    const [parameter] = sent?.parameter ?? [];
    const appointment = parameter?.resource as fhir.Appointment;
    assert.equal(parameter?.name, 'appointment');
    assert.equal(appointment.status, 'proposed');
    assert.equal(appointment.slot, undefined);
    assert.equal(
      (appointment.contained?.[0] as fhir.Slot | undefined)?.schedule.reference,
      'Schedule/okafor-st-joseph-check-up',
    );
    assert.equal(appointment.serviceType?.[0]?.extension?.[0]?.valueReference?.reference, 'HealthcareService/check-up');
    const stored = await server.stored<fhir.Appointment>('Appointment', id);
    ensureValid(stored);
    assert.equal(stored.reasonCode?.[0]?.text, 'A cough');
  });

  it('hold a time and then confirm it, with what was said meanwhile', async () => {
    const { adapter, called } = calling();
    const [time] = await free(adapter);
    const hold = await adapter.holdSlot(time!.request);
    assert.equal(hold.expires, undefined);
    assert.deepEqual(
      (await adapter.findAppointments({ patientId: 'p-rosa' })).items.filter(({ status }) => status === 'pending'),
      [],
    );
    const booked = await adapter.bookAppointment({ ...time!.request, holdId: hold.id, reason: 'A cough' });
    assert.deepEqual([booked.id, booked.status], [hold.id, 'booked']);
    assert.deepEqual(called.map(({ name }) => name).slice(-2), ['$hold', '$confirm']);
    assert.equal((await server.stored<fhir.Appointment>('Appointment', booked.id)).reasonCode?.[0]?.text, 'A cough');
  });

  for (const text of [
    'Requested time slot is not available',
    'Requested time slot is no longer available',
    'No availability found at this time',
  ]) {
    it(`are a conflict at HTTP 400 with “${text}”`, async () => {
      const { adapter } = calling(({ name }) => (name === '$book' ? outcome(400, 'invalid', text) : undefined));
      const [time] = await free(adapter);
      await refused(adapter.bookAppointment(time!.request), 'conflict');
    });
  }

  it('are understood in each form that versions answer in', async () => {
    const booked: fhir.Appointment = {
      resourceType: 'Appointment',
      id: 'new',
      status: 'booked',
      start: '2026-03-09T13:00:00Z',
      end: '2026-03-09T13:30:00Z',
      participant: [{ actor: { reference: 'Patient/p-rosa' }, status: 'accepted' }],
    };
    const bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ resource: { resourceType: 'Slot', id: 's' } }, { resource: booked }],
    };
    const forms = [booked, bundle, { resourceType: 'Parameters', parameter: [{ name: 'return', resource: bundle }] }];
    for (const form of forms) {
      const { adapter } = calling(({ name }) => (name === '$book' ? Response.json(form, { status: 201 }) : undefined));
      const [time] = await free(adapter);
      assert.equal((await adapter.bookAppointment(time!.request)).id, 'new');
    }
  });

  it('give the same appointment to a retry whose first reply was lost', async () => {
    let lost = false;
    const double = operationsDouble(server.baseUrl, false);
    const adapter = server.adapter({
      fetch: async (input, init) => {
        const response = await double(input, init);
        if (!(input as string).endsWith('$book') || lost) return response;
        lost = true;
        throw new TypeError('terminated');
      },
    });
    const [time] = await free(adapter);
    const first = await adapter.bookAppointment(time!.request, { idempotencyKey: 'k' });
    assert.equal((await adapter.bookAppointment(time!.request, { idempotencyKey: 'k' })).id, first.id);
    assert.ok(lost);
  });

  it('cancel by the appointment, or by its type in older versions, and keep the reason', async () => {
    for (const old of [false, true]) {
      const cancelled: string[] = [];
      const { adapter } = calling(({ name, url, parameters }) => {
        if (name !== '$cancel' || !old) return undefined;
        if (url.pathname.split('/').length === new URL(server.baseUrl).pathname.split('/').length + 3)
          return outcome(404, 'not-found', 'Not found');
        cancelled.push(parameters?.parameter?.[0]?.valueReference?.reference ?? '');
        return undefined;
      });
      const [time] = await free(adapter);
      const { id, version } = await adapter.bookAppointment(time!.request);
      const cancel = adapter.cancelAppointment({
        acting: { patientId: 'p-rosa' },
        appointment: { id, version },
        reason: 'cannot-pay',
      });
      if (old) {
        // The stand-in has only the newer form: what matters is that the older one is called.
        await assert.rejects(cancel);
        assert.deepEqual(cancelled, [`Appointment/${id}`]);
      } else {
        assert.equal((await cancel).status, 'cancelled');
        const stored = await server.stored<fhir.Appointment>('Appointment', id);
        ensureValid(stored);
        assert.equal(stored.cancelationReason?.coding?.[0]?.code, 'oth-fin');
      }
      await server.reset();
    }
  });

  it('move an appointment by its start and its schedule', async () => {
    const { adapter, called } = calling();
    const [time, other] = await free(adapter);
    const { id, version } = await adapter.bookAppointment(time!.request);
    const moved = await adapter.rescheduleAppointment({
      acting: time!.request.acting,
      appointment: { id, version },
      slot: other!.request.slot,
    });
    assert.equal(moved.start, other!.start);
    const { url, parameters } = called.at(-1)!;
    assert.ok(url.pathname.endsWith(`/Appointment/${id}/$reschedule`));
    assert.deepEqual(
      parameters?.parameter?.map(({ name, valueDateTime, valueReference }) => [
        name,
        valueDateTime ? Date.parse(valueDateTime) : valueReference?.reference,
      ]),
      [
        ['start', Date.parse(other!.start)],
        ['schedule', 'Schedule/okafor-st-joseph-check-up'],
      ],
    );
  });
});
