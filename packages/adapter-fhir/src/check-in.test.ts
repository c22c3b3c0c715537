import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import type { Visit, VisitStep } from '@clinic-widgets/core/check-in.js';
import type { FhirRequest } from '../../../test/fhir-server/fhir-server.ts';
import { visitSteps } from '../../../test/visit-steps.ts';
import { ensureValid, harborServer, NOW, refused } from '../test/harbor-server.ts';
import { VISIT_FORM } from './vocabulary.ts';

const server = await harborServer();
const { checkIn: onServer } = harborClinic({ now: NOW, weeks: 1 });
const acting = { patientId: 'p-rosa' };
const appointmentId = 'a-rosa-today';
const station = { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' } as const;
const there = (mandatory: typeof onServer.mandatory = []) => server.adapter({ onServer: { ...onServer, mandatory } });

const isTo =
  (type: string, method: string) =>
  ({ path, ...request }: FhirRequest) =>
    request.method === method && path.split('/')[0] === type;

async function visitAt(adapter: ClinicAdapter): Promise<Visit> {
  const { items } = await adapter.findVisits({ acting, station });
  return items.find(({ appointment }) => appointment.id === appointmentId) ?? assert.fail('There must be the visit.');
}

const stepOf = ({ appointment: { id, version } }: Visit): VisitStep => ({
  acting,
  appointment: { id, version },
  station,
});
const seen = async (adapter: ClinicAdapter) => stepOf(await visitAt(adapter));
const stored = () => server.stored<fhir.Appointment>('Appointment', appointmentId);

const tasks = async (code: string) =>
  (await server.storedAll<fhir.Task>('Task')).filter((one) => one.code?.coding?.[0]?.code === code);

describe('arriving', () => {
  it('writes the status, and keeps what an appointment has no place for in one Task', async () => {
    const adapter = there();
    const visit = await adapter.arriveAtVisit(await seen(adapter));
    assert.equal(visit.appointment.status, 'arrived');
    assert.equal(visit.arrivedAt, NOW);
    assert.equal(visit.ticket, 'A10');
    const appointment = await stored();
    assert.equal(appointment.status, 'arrived');
    assert.equal(appointment.identifier?.[0]?.value, 'RDE-4172', 'All else stays.');

    const [task, ...others] = await tasks('visit');
    assert.deepEqual(others, []);
    ensureValid(task!, appointment, ...(await tasks('number')), ...(await tasks('unfinished')));
    const { id: _, meta: __, ...rest } = task!;
    assert.deepEqual(rest, {
      resourceType: 'Task',
      identifier: [
        { system: 'urn:clinic-widgets:visit-task', value: appointmentId },
        { system: 'urn:clinic-widgets:number', value: '2026-03-02/1' },
      ],
      status: 'in-progress',
      businessStatus: { coding: [{ system: 'urn:clinic-widgets:visit-states', code: 'waiting' }] },
      intent: 'order',
      code: { coding: [{ system: 'urn:clinic-widgets:visit-tasks', code: 'visit' }] },
      focus: { reference: `Appointment/${appointmentId}` },
      for: { reference: 'Patient/p-rosa' },
      authoredOn: '2026-03-02T12:00:00.000Z',
      executionPeriod: { start: '2026-03-02T12:00:00.000Z' },
    });
  });

  it('is one record at two kiosks at once, with one ticket', async () => {
    const kiosks = [there(), there(), there()];
    const step = await seen(kiosks[0]!);
    const visits = await Promise.all(kiosks.map((adapter) => adapter.arriveAtVisit(step)));
    assert.deepEqual([...new Set(visits.map(({ ticket }) => ticket))].length, 1);
    assert.ok(visits.every(({ appointment }) => appointment.status === 'arrived'));
    assert.equal((await tasks('visit')).length, 1);
    assert.equal((await tasks('unfinished')).length, 1);
  });

  it('gives each of many at once a number of their own', async () => {
    const adapter = there();
    const calls = Array.from({ length: 12 }, () => adapter.askForHelp({ station, reason: 'person' }));
    const { ticket } = await adapter.arriveAtVisit(await seen(adapter));
    const numbers = [ticket, ...(await Promise.all(calls)).map(({ number }) => number)];
    assert.equal(new Set(numbers).size, numbers.length);
  });

  it('counts anew on the next day', async () => {
    const adapter = there();
    assert.equal((await adapter.askForHelp({ station, reason: 'person' })).number, 'A10');
    assert.equal((await adapter.askForHelp({ station, reason: 'person' })).number, 'A11');
    server.advance(24 * 60);
    assert.equal((await adapter.askForHelp({ station, reason: 'person' })).number, 'A10');
  });

  for (const [type, method] of [
    ['Appointment', 'PUT'],
    ['Task', 'POST'],
    ['Task', 'PUT'],
  ] as const) {
    it(`is done once where the answer to the ${method} of the ${type} was lost`, async () => {
      const adapter = there();
      const step = await seen(adapter);
      let lost = false;
      server.fail((request) => {
        if (lost || !isTo(type, method)(request) || request.path.includes('_search')) return undefined;
        lost = true;
        return { dropReply: true };
      });
      const first = await adapter.arriveAtVisit(step, { idempotencyKey: 'k1' }).catch(() => undefined);
      assert.ok(lost);
      // A lost answer is looked up at once where it is the status.
      if (type === 'Appointment') assert.equal(first?.appointment.status, 'arrived');
      const again = await adapter.arriveAtVisit(step, { idempotencyKey: 'k1' });
      assert.equal(again.ticket, 'A10');
      assert.equal((await tasks('visit')).length, 1);
      assert.equal((await stored()).meta?.versionId, again.appointment.version);
    });
  }

  it('is finished by a retry where the server failed after the status was written', async () => {
    const adapter = there();
    const step = await seen(adapter);
    server.fail((request) => (isTo('Task', 'POST')(request) && request.path === 'Task' ? { status: 503 } : undefined));
    await refused(adapter.arriveAtVisit(step, { idempotencyKey: 'k1' }), 'unavailable');
    assert.equal((await stored()).status, 'arrived');
    server.fail(() => undefined);
    assert.equal((await adapter.arriveAtVisit(step, { idempotencyKey: 'k1' })).ticket, 'A10');
  });

  it('is a conflict where the desk was faster to cancel, and a success where it was faster to receive', async () => {
    for (const [status, outcome] of [
      ['cancelled', 'conflict'],
      ['arrived', undefined],
    ] as const) {
      await server.reset();
      const adapter = there();
      const step = await seen(adapter);
      server.fail((request) => {
        if (!isTo('Appointment', 'PUT')(request)) return undefined;
        server.fail(() => undefined);
        return { delay: 30 };
      });
      const arriving = adapter.arriveAtVisit(step);
      arriving.catch(() => undefined);
      while (!server.requests.some(isTo('Appointment', 'PUT'))) await new Promise((resolve) => setTimeout(resolve, 2));
      await server.change<fhir.Appointment>('Appointment', appointmentId, { status });
      if (outcome) await refused(arriving, outcome);
      else assert.equal((await arriving).appointment.status, 'arrived');
      assert.equal((await stored()).status, status);
      server.requests.length = 0;
    }
  });

  it('is refused for another day, and to a phone without the code of that lobby', async () => {
    const adapter = there();
    const step = await seen(adapter);
    for (const lobbyCode of [undefined, 'DUNE-45', 'GUESSED']) {
      const phone = { kind: 'phone' as const, ...(lobbyCode && { lobbyCode }) };
      await refused(adapter.arriveAtVisit({ ...step, station: phone }), 'forbidden');
    }
    server.advance(24 * 60);
    await refused(adapter.arriveAtVisit(step), 'conflict');
    assert.equal((await stored()).status, 'booked');
    const page = server.adapter();
    const desk = { kind: 'desk' as const };
    await refused(page.arriveAtVisit({ ...step, station: desk }), 'forbidden');
  });
});

describe('the status of a visit', () => {
  for (const { step: name, from, to } of visitSteps) {
    it(`${to ? 'lets' : 'does not let'} ${name} follow ${from}`, async () => {
      await server.change<fhir.Appointment>('Appointment', appointmentId, { status: from });
      const { meta } = await stored();
      const step = { acting, appointment: { id: appointmentId, version: meta!.versionId! }, station };
      if (to) await there()[name](step);
      else await refused(there()[name](step), 'conflict');
      assert.equal((await stored()).status, to ?? from);
    });
  }

  for (const name of ['prepareVisit', 'arriveAtVisit', 'checkIn', 'checkOut'] as const) {
    it(`is none where the visit was entered in error, for ${name}`, async () => {
      await server.change<fhir.Appointment>('Appointment', appointmentId, { status: 'entered-in-error' });
      const { meta } = await stored();
      const step = { acting, appointment: { id: appointmentId, version: meta!.versionId! }, station };
      await refused(there()[name](step), 'not-found');
      assert.equal((await stored()).status, 'entered-in-error');
    });
  }

  it('goes no further while something mandatory is open', async () => {
    const adapter = there(['details']);
    const visit = await adapter.arriveAtVisit(await seen(adapter));
    assert.equal(visit.preparations.find(({ name }) => name === 'details')?.mandatory, true);
    await refused(adapter.checkIn(stepOf(visit)), 'conflict');
    assert.equal((await stored()).status, 'arrived');
  });

  for (const screeningFirst of [false, true]) {
    const name = screeningFirst ? 'screening' : 'forms';
    it(`tells the desk of a form that is not to be had, and goes no further without it: ${name}`, async () => {
      const valueCanonical = 'https://harbor.example/Questionnaire/gone|1';
      const extension = [{ url: VISIT_FORM, valueCanonical }];
      await server.change<fhir.HealthcareService>('HealthcareService', 'check-up', { extension });
      const adapter = server.adapter({ onServer: { ...onServer, screeningFirst, mandatory: [name] } });
      const visit = await adapter.arriveAtVisit(await seen(adapter));
      const found = visit.preparations.filter((one) => one.name === name);
      assert.deepEqual(found, [{ name, state: 'at-desk', mandatory: true }]);
      await refused(adapter.checkIn(stepOf(visit)), 'conflict');
      const [unfinished] = (await adapter.findAttention(acting)).items.filter(({ kind }) => kind === 'unfinished');
      assert.ok(unfinished?.unfinished?.includes(name));
      assert.equal((await adapter.getVisitProgress({ acting, appointmentId })).state, 'see-desk');
    });
  }

  it('tells the desk what is left, once, as it stands when it looks', async () => {
    const adapter = there();
    await adapter.checkIn(stepOf(await adapter.arriveAtVisit(await seen(adapter))));
    const waiting = async () => (await adapter.findAttention(acting)).items.filter(({ kind }) => kind === 'unfinished');
    const [one, ...others] = await waiting();
    assert.deepEqual(others, []);
    assert.ok(one!.unfinished?.includes('payment'));
    assert.equal(one!.number, 'A10');
    const { items } = await adapter.findCharges({ acting, appointmentId });
    const chargeIds = items.map(({ id }) => id);
    await adapter.choosePayment({ acting, appointmentId, chargeIds, choice: 'paid', reference: 'T-1' });
    assert.ok(!(await waiting())[0]!.unfinished?.includes('payment'));
    await adapter.acknowledge({ attentionId: one!.id, state: 'done' });
    assert.deepEqual(await waiting(), []);
  });
});

describe('who acts for a patient', () => {
  const rosa = { patientId: 'p-mateo', representativeId: 'r-rosa' };
  const about = { acting: rosa, appointmentId: 'a-mateo-today' };
  const PARENT = {
    coding: [
      { system: 'urn:clinic-widgets:authorities', code: 'parent' },
      { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'PRN' },
    ],
  };
  const actor = {
    extension: [{ url: 'urn:clinic-widgets:authority', valueCodeableConcept: PARENT }],
    reference: 'RelatedPerson/r-rosa',
  };

  it('is named with the right by which they do, in all that they bring about at a visit', async () => {
    const adapter = there();
    const step = async () => {
      const [visit] = (await adapter.findVisits({ acting: rosa, station })).items;
      return { ...stepOf(visit!), acting: rosa };
    };
    await adapter.prepareVisit(await step());
    await adapter.chooseCallBy({ ...about, callBy: 'person' });
    await adapter.arriveAtVisit(await step());
    const { version } = await adapter.getDetails({ acting: rosa });
    await adapter.confirmDetails({ ...about, version, station, confirmed: ['name'], changed: {}, at: NOW });
    const form = { id: 'intake', version: '1' };
    await adapter.raiseAlert({ ...about, reason: 'answer', form });
    await adapter.askForHelp({ ...about, station, reason: 'person' });

    const [visit] = await tasks('visit');
    const inputs = visit!.input!.map(({ type, valueReference }) => [type.coding?.[0]?.code, valueReference]);
    assert.deepEqual(Object.fromEntries(inputs), {
      ready: undefined,
      'actor-ready': actor,
      'call-by': undefined,
      'actor-call-by': actor,
    });
    const [alert, help, unfinished] = (await Promise.all(['alert', 'help', 'unfinished'].map(tasks))).flat();
    for (const task of [alert, help, unfinished]) assert.deepEqual(task!.requester, actor);

    const provenances = await server.storedAll<fhir.Provenance>('Provenance');
    const said = provenances.map(({ target }) => target[0]!.reference!.split('/')[0]).sort();
    assert.deepEqual(said, ['Appointment', 'Patient']);
    for (const { agent } of provenances) {
      const [{ role, who, onBehalfOf }] = agent as [fhir.ProvenanceAgent];
      assert.deepEqual([role, who.reference, onBehalfOf?.reference], [[PARENT], actor.reference, 'Patient/p-mateo']);
    }
    ensureValid(visit!, alert!, help!, unfinished!, ...provenances);
  });

  it('is named as the one who says how to be called only until somebody else says it', async () => {
    const adapter = there();
    await adapter.chooseCallBy({ ...about, callBy: 'person' });
    await adapter.chooseCallBy({ ...about, acting: { patientId: 'p-mateo' }, callBy: 'screen' });
    const [visit] = await tasks('visit');
    assert.deepEqual(
      visit!.input!.map(({ type }) => type.coding?.[0]?.code),
      ['call-by'],
    );
  });
});

describe('what a private visit is for', () => {
  const jun = { patientId: 'p-zoe', representativeId: 'r-jun' };
  const SECRET = { system: 'urn:visits', code: 'secret' };
  const ways: readonly (readonly [how: string, change: Partial<fhir.Appointment>])[] = [
    ['the second of its codes', { serviceType: [{ coding: [{ system: 'urn:visits', code: 'talk' }, SECRET] }] }],
    ['a code of another type', { serviceType: [{ text: 'A talk' }, { coding: [SECRET] }] }],
    ['a code behind one that is none', { serviceType: [{ coding: [{ system: 'urn:visits' }, SECRET] }] }],
  ];
  for (const [how, change] of ways) {
    it(`is kept from who acts where ${how} says it`, async () => {
      const { participant } = await server.stored<fhir.Appointment>('Appointment', 'a-zoe-today');
      const isService = ({ actor }: fhir.AppointmentParticipant) => /^HealthcareService/.test(`${actor?.reference}`);
      const others = participant.filter((one) => !isService(one));
      await server.change<fhir.Appointment>('Appointment', 'a-zoe-today', { ...change, participant: others });
      const adapter = server.adapter({ onServer: { ...onServer, privateVisitTypeIds: ['urn:visits|secret'] } });
      const [visit] = (await adapter.findVisits({ acting: jun, station })).items;
      const { visitType, practitioner, instructions } = visit!.appointment;
      assert.deepEqual([visitType, practitioner, instructions], [undefined, undefined, undefined]);
      const { items } = await adapter.findCharges({ acting: jun, appointmentId: 'a-zoe-today' });
      assert.deepEqual(items, []);
    });
  }

  it('cannot be found out by paying, and keeps its charge from nobody at the desk', async () => {
    const adapter = there();
    const choice = {
      acting: jun,
      appointmentId: 'a-zoe-today',
      chargeIds: ['d-zoe-copay'],
      choice: 'at-desk' as const,
    };
    await refused(adapter.choosePayment(choice), 'invalid');
    const [visit] = (await adapter.findVisits({ acting: jun, station })).items;
    const { id, version } = visit!.appointment;
    await adapter.arriveAtVisit({ acting: jun, appointment: { id, version }, station });
    const { items } = await adapter.findAttention({ patientId: 'p-zoe' });
    assert.ok(items.some(({ unfinished }) => unfinished?.includes('payment')));
  });
});

describe('a payment', () => {
  it('is kept as it was chosen, without a card', async () => {
    const adapter = there();
    const { items } = await adapter.findCharges({ acting, appointmentId });
    assert.deepEqual(items, [
      {
        id: 'd-rosa-copay',
        label: 'Copay for today’s check-up',
        language: 'en',
        amount: { value: '25.00', currency: 'USD' },
      },
      {
        id: 'd-rosa-earlier',
        label: 'Still open from an earlier nurse visit',
        language: 'en',
        amount: { value: '18.40', currency: 'USD' },
      },
    ]);
    const choice = { acting, appointmentId, chargeIds: ['d-rosa-copay'], choice: 'at-desk' as const };
    const { id } = await adapter.choosePayment(choice, { idempotencyKey: 'k1' });
    assert.equal((await adapter.choosePayment(choice, { idempotencyKey: 'k1' })).id, id);
    const [task, ...others] = await tasks('payment');
    assert.deepEqual(others, []);
    ensureValid(task!);
    assert.equal(task!.businessStatus?.coding?.[0]?.code, 'at-desk');
    assert.equal(task!.input?.[0]?.valueReference?.reference, 'Invoice/d-rosa-copay');
    const wrong = { ...choice, chargeIds: ['d-rosa-copay', 'd-kate-copay'] };
    assert.deepEqual((await refused(adapter.choosePayment(wrong), 'invalid')).paths, [['chargeIds', 1]]);
  });

  it('is not asked for again after it was made, and cannot be made twice', async () => {
    const adapter = there();
    const choice = { acting, appointmentId, chargeIds: ['d-rosa-copay'], choice: 'paid' as const };
    await adapter.choosePayment(choice);
    const { items } = await adapter.findCharges({ acting, appointmentId });
    assert.deepEqual(
      items.map(({ id }) => id),
      ['d-rosa-earlier'],
    );
    await refused(adapter.choosePayment(choice), 'conflict');
  });
});

describe('a reminder', () => {
  const tokenOf = (changes: object = {}) =>
    JSON.stringify({ appointmentId, patientId: 'p-rosa', jti: 'link-1', exp: Date.parse(NOW) / 1000 + 60, ...changes });

  it('is answered once, by whoever used it first', async () => {
    const adapter = there();
    const answer = { token: tokenOf(), answer: 'cannot-come' as const };
    const answers = await Promise.allSettled(
      ['k1', 'k2', 'k3'].map((idempotencyKey) => adapter.respondToAppointment(answer, { idempotencyKey })),
    );
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await stored()).status, 'cancelled');
    ensureValid(...(await tasks('reminder')));
  });

  it('is finished by a retry under its key where the visit could not be called off at first', async () => {
    const adapter = there();
    const answer = { token: tokenOf(), answer: 'cannot-come' as const };
    server.fail((request) => (isTo('Appointment', 'PUT')(request) ? { status: 503 } : undefined));
    await refused(adapter.respondToAppointment(answer, { idempotencyKey: 'k1' }), 'unavailable');
    server.fail(() => undefined);
    await refused(adapter.respondToAppointment(answer, { idempotencyKey: 'k2' }), 'not-found');
    const { status } = await adapter.respondToAppointment(answer, { idempotencyKey: 'k1' });
    assert.equal(status, 'cancelled');
  });

  it('says nothing of why it is not good', async () => {
    const adapter = there();
    const wrong = [
      'no JSON',
      '{}',
      'null',
      tokenOf({ exp: Date.parse(NOW) / 1000 }),
      tokenOf({ exp: 'never' }),
      tokenOf({ patientId: 'p-kate' }),
      tokenOf({ appointmentId: 'none' }),
      tokenOf({ jti: 7 }),
    ];
    for (const token of wrong) {
      const { message } = await refused(adapter.respondToAppointment({ token, answer: 'coming' }), 'not-found');
      assert.equal(message, 'The link is not good, or no longer.');
    }
    assert.deepEqual(await tasks('reminder'), []);
  });
});
