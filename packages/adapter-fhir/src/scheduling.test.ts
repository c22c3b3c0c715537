import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { ensureValid, harborServer, NOW, refused } from '../test/harbor-server.ts';
import { spoilt } from '../test/spoilt.ts';
import { fhirAdapter } from './fhir-adapter.ts';
import type { Warning } from './lenient.ts';
import { SERVICE_MODES } from './vocabulary.ts';

const server = await harborServer();
const days = { from: '2026-03-02', to: '2026-03-15' };

const slotAt = (id: string, scheduleId: string, start: string): fhir.Slot => ({
  resourceType: 'Slot',
  id,
  schedule: { reference: `Schedule/${scheduleId}` },
  status: 'free',
  start,
  end: new Date(Date.parse(start) + 1_800_000).toISOString(),
});

const names = async (page: Promise<{ items: readonly { name: string }[] }>) =>
  (await page).items.map(({ name }) => name);

describe('a server without HealthcareService', () => {
  const dermatology = { coding: [{ system: 'http://snomed.info/sct', code: '394582007', display: 'Dermatology' }] };

  it('has the visit types that its schedules say', async () => {
    await server.reset([
      {
        resourceType: 'Schedule',
        id: 'd',
        serviceType: [dermatology],
        actor: [{ reference: 'Location/l', display: 'Skin' }],
      },
      {
        resourceType: 'Schedule',
        id: 'e',
        serviceType: [dermatology, { text: 'no code' }],
        actor: [{ reference: 'Location/l' }],
      },
      slotAt('s', 'd', '2026-03-03T15:00:00Z'),
    ]);
    const adapter = server.adapter({ visitTypes: { 'http://snomed.info/sct|394582007': { minutes: 25 } } });
    const visitType = (await adapter.findVisitTypes({})).items[0]!;
    assert.deepEqual(JSON.parse(JSON.stringify(visitType)), {
      id: 'http://snomed.info/sct|394582007',
      name: 'Dermatology',
      minutes: 25,
      modes: ['in-person'],
    });
    assert.equal((await adapter.findSlots({ visitTypeId: visitType.id, ...days })).items.length, 1);
    assert.deepEqual((await adapter.findSlots({ visitTypeId: 'http://snomed.info/sct|1', ...days })).items, []);
  });

  it('has one visit type where they say nothing, and books it', async () => {
    await server.reset([
      { resourceType: 'Schedule', id: 'd', actor: [{ reference: 'Location/l', display: 'Here' }] },
      { resourceType: 'Patient', id: 'p' },
      slotAt('s', 'd', '2026-03-03T15:00:00Z'),
    ]);
    const adapter = server.adapter();
    const { items } = await adapter.findVisitTypes({});
    assert.deepEqual(
      items.map(({ name }) => name),
      ['Appointment'],
    );
    const visitTypeId = items[0]!.id;
    const [slot] = (await adapter.findSlots({ visitTypeId, ...days })).items;
    const ref = { id: slot!.id, version: slot!.version };
    const booked = await adapter.bookAppointment({ acting: { patientId: 'p' }, visitTypeId, slot: ref });
    assert.equal(booked.status, 'booked');
    ensureValid(await server.stored<fhir.Appointment>('Appointment', booked.id));
    const moved = (await adapter.findAppointments({ patientId: 'p' })).items;
    assert.deepEqual(
      moved.map(({ id }) => id),
      [booked.id],
    );
  });
});

describe('HealthcareServices', () => {
  it('are offered that are active, besides what schedules say that are for none', async () => {
    const service = (id: string, changes = {}) => ({
      resourceType: 'HealthcareService',
      id,
      name: id,
      type: [{ coding: [{ system: 's', code: id }] }],
      ...changes,
    });
    const schedule = (id: string, code: string, changes = {}) => ({
      resourceType: 'Schedule',
      id,
      serviceType: [{ coding: [{ system: 's', code }] }],
      actor: [{ display: 'someone' }],
      ...changes,
    });
    await server.reset([
      service('offered'),
      service('closed', { active: false }),
      service('nobody'),
      service('retired'),
      schedule('a', 'offered'),
      schedule('b', 'closed'),
      schedule('c', 'retired', { active: false }),
      schedule('d', 'unknown'),
    ]);
    assert.deepEqual(await names(server.adapter().findVisitTypes({})), ['nobody', 'offered', 'retired', 'unknown']);
  });
});

describe('practitioners in a role', () => {
  it('are known by name, with what they do and where they work', async () => {
    await server.reset([
      { resourceType: 'Practitioner', id: 'p', name: [{ prefix: ['Dr.'], given: ['Ana'], family: 'Ochoa' }] },
      {
        resourceType: 'Location',
        id: 'l',
        name: 'Uptown',
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: 'America/Chicago' }],
      },
      {
        resourceType: 'PractitionerRole',
        id: 'r',
        practitioner: { reference: 'Practitioner/p' },
        location: [{ reference: 'Location/l' }],
        specialty: [{ text: 'Dermatology' }],
      },
      { resourceType: 'Schedule', id: 's', actor: [{ reference: 'PractitionerRole/r' }] },
      { resourceType: 'Patient', id: 'p1' },
      slotAt('t', 's', '2026-03-03T15:00:00Z'),
    ]);
    const adapter = server.adapter();
    const [slot] = (await adapter.findSlots({ visitTypeId: '*', ...days, practitionerIds: ['p'], locationIds: ['l'] }))
      .items;
    assert.deepEqual(slot?.practitioner, { id: 'p', name: 'Dr. Ana Ochoa', role: 'Dermatology' });
    assert.equal(slot.start, '2026-03-03T09:00:00-06:00');
    const ref = { id: slot.id, version: slot.version };
    const booked = await adapter.bookAppointment({ acting: { patientId: 'p1' }, visitTypeId: '*', slot: ref });
    assert.equal(booked.practitioner?.name, 'Dr. Ana Ochoa');
    assert.equal(booked.location?.name, 'Uptown');
  });
});

describe('findUnmetNeeds', () => {
  const ask = async (
    needs: Parameters<ReturnType<typeof server.adapter>['findUnmetNeeds']>[0]['needs'],
    slotId?: string,
  ) => {
    const { items } = await server
      .adapter()
      .findUnmetNeeds({ visitTypeId: 'check-up', needs, ...(slotId && { slotId }) });
    return items.map(({ need, answer }) => `${need.kind} ${answer}`);
  };

  it('answers by what the service and the places say', async () => {
    assert.deepEqual(
      await ask([
        { kind: 'spoken-interpreter', language: 'es-MX' },
        { kind: 'sign-interpreter', language: 'ase' },
      ]),
      [],
    );
    assert.deepEqual(await ask([{ kind: 'spoken-interpreter', language: 'is' }]), ['spoken-interpreter cannot']);
    assert.deepEqual(await ask([{ kind: 'more-time' }, { kind: 'transfer-equipment' }]), [
      'transfer-equipment not-sure',
    ]);
  });

  it('answers for the place of the time in question', async () => {
    const at = async (practitionerId: string) => {
      const query = { visitTypeId: 'check-up', practitionerIds: [practitionerId], limit: 1, ...days };
      return (await server.adapter().findSlots(query)).items[0]!.id;
    };
    assert.deepEqual(await ask([{ kind: 'transfer-equipment' }], await at('okafor')), []);
    assert.deepEqual(await ask([{ kind: 'transfer-equipment' }], await at('lin')), ['transfer-equipment cannot']);
  });

  it('is not sure where the server says nothing', async () => {
    const bare = { communication: [], characteristic: [] };
    await server.change<fhir.HealthcareService>('HealthcareService', 'check-up', bare);
    for (const id of ['st-joseph', 'imaging']) await server.change<fhir.Location>('Location', id, { extension: [] });
    assert.deepEqual(
      await ask([{ kind: 'more-time' }, { kind: 'transfer-equipment' }, { kind: 'sign-interpreter', language: 'ase' }]),
      ['more-time not-sure', 'transfer-equipment not-sure', 'sign-interpreter not-sure'],
    );
  });
});

describe('findOrders', () => {
  it('has what is ordered and open, and nothing that is only planned', async () => {
    const orders = await server.storedAll<fhir.ServiceRequest>('ServiceRequest');
    const mri = orders.find(({ id }) => id === 'o-rosa-mri')!;
    await server.seed([
      { ...mri, id: 'planned', intent: 'plan' },
      { ...mri, id: 'not-to-be-done', doNotPerform: true },
      { ...mri, id: 'done', status: 'completed' },
      { ...mri, id: 'nameless', code: {} },
      { ...mri, id: 'by-code', performer: [] },
    ]);
    const { items } = await server.adapter().findOrders({ acting: { patientId: 'p-rosa' } });
    assert.deepEqual(items.map(({ id }) => id).sort(), ['by-code', 'o-rosa-mri', 'o-rosa-physio']);
    assert.deepEqual([...new Set(items.map(({ visitTypeId }) => visitTypeId))].sort(), ['mri-scan', 'physiotherapy']);
    assert.equal(items.find(({ id }) => id === 'o-rosa-physio')?.visits, 8);
    assert.equal(items[0]?.orderedBy, 'Dr. Adaeze Okafor');
  });
});

describe('joinWaitlist', () => {
  it('writes a valid Appointment that says what is wanted, once', async () => {
    const adapter = server.adapter();
    const request = {
      acting: { patientId: 'p-rosa' },
      visitTypeId: 'check-up',
      ...days,
      partOfDay: 'morning' as const,
      practitionerIds: ['okafor'],
      locationIds: ['st-joseph', 'michigan-city'],
      mode: 'video' as const,
      needs: [{ kind: 'more-time' as const }],
    };
    const receipt = await adapter.joinWaitlist(request, { idempotencyKey: 'w' });
    assert.deepEqual(await adapter.joinWaitlist(request, { idempotencyKey: 'w' }), receipt);
    const stored = await server.stored<fhir.Appointment>('Appointment', receipt.id);
    ensureValid(stored);
    assert.equal(stored.comment, 'Needs: more time\nWanted: morning');
    assert.deepEqual(stored.requestedPeriod, [{ start: '2026-03-02', end: '2026-03-15' }]);
    assert.deepEqual(
      stored.supportingInformation?.map(({ reference }) => reference),
      ['Location/st-joseph', 'Location/michigan-city'],
    );
    const shown = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId: receipt.id });
    assert.deepEqual(
      [shown.status, shown.mode, shown.practitioner?.id, shown.location],
      ['waitlist', 'video', 'okafor', undefined],
    );
    await refused(adapter.joinWaitlist({ ...request, visitTypeId: 'nothing' }), 'not-found');
  });
});

describe('findAppointments', () => {
  it('leaves out what makes no sense, with a warning that says nothing of the patient', async () => {
    const adapter = server.adapter();
    const whole = (await adapter.findAppointments({ patientId: 'p-rosa' })).items;
    const good = await server.stored<fhir.Appointment>('Appointment', 'a-rosa-past');
    const wrong = [
      { ...good, id: 'w1', status: 'entered-in-error' },
      { ...good, id: 'w2', status: 'lost' },
      { ...good, id: 'w3', start: 'soon' },
      { ...good, id: 'w4', serviceType: { text: 'no list' } },
      { ...good, id: 'w5', extension: [{ url: null }, 'x', null] },
    ];
    await server.seed(wrong);
    assert.deepEqual((await adapter.findAppointments({ patientId: 'p-rosa' })).items, whole);
    const told = server.warnings.map(({ id, reason, ...rest }) => [id, reason, Object.keys(rest).join()]);
    assert.deepEqual(told.sort(), [
      ['w1', 'entered-in-error', 'resourceType'],
      ['w2', 'unknown-status', 'resourceType'],
      ['w3', 'no-start', 'resourceType'],
      ['w4', 'malformed', 'resourceType'],
      ['w5', 'malformed', 'resourceType'],
    ]);
  });

  it('is not disturbed by a host that fails at a warning', async () => {
    await server.change<fhir.Appointment>('Appointment', 'a-rosa-past', { status: 'entered-in-error' });
    const onWarning = () => {
      throw new Error('The host’s own mistake.');
    };
    assert.equal((await server.adapter({ onWarning }).findAppointments({ patientId: 'p-rosa' })).items.length, 3);
  });
});

describe('cursors', () => {
  it('that were not made here are invalid', async () => {
    const query = { visitTypeId: 'check-up', ...days };
    for (const cursor of ['x', '2026', '-1/2', '9999-99-99', 'NaN', '2026-02-30/x/y']) {
      if (Date.parse(cursor.split('/')[0]!) >= 0) continue;
      await refused(server.adapter().findSlots({ ...query, cursor }), 'invalid');
      await refused(server.adapter().findFreeDays({ ...query, cursor }), 'invalid');
    }
  });
});

describe('modes', () => {
  it('are those of the slot, or else of its schedule, or else of the service', async () => {
    const mode = (code: string) => ({
      url: 'urn:clinic-widgets:mode',
      valueCodeableConcept: { coding: [{ system: SERVICE_MODES, code }] },
    });
    await server.reset([
      { resourceType: 'Schedule', id: 'plain', actor: [{ display: 'a' }] },
      { resourceType: 'Schedule', id: 'phone', actor: [{ display: 'b' }], extension: [mode('telephone')] },
      slotAt('s1', 'plain', '2026-03-03T15:00:00Z'),
      slotAt('s2', 'phone', '2026-03-03T16:00:00Z'),
      { ...slotAt('s3', 'phone', '2026-03-03T17:00:00Z'), extension: [mode('videoconference')] },
    ]);
    const find = async (mode: 'in-person' | 'video' | 'phone') =>
      (await server.adapter().findSlots({ visitTypeId: '*', ...days, mode })).items.map(({ id }) => id);
    assert.deepEqual([await find('in-person'), await find('phone'), await find('video')], [['s1'], ['s2'], ['s3']]);
  });
});

describe('whatever a server sends', () => {
  const good = harborResources(harborClinic({ now: NOW, weeks: 1 }));
  const some = [
    'HealthcareService',
    'Schedule',
    'Practitioner',
    'Location',
    'Slot',
    'Appointment',
    'ServiceRequest',
  ].flatMap((type) => good.filter(({ resourceType }) => resourceType === type).slice(0, 3));

  it('lists are answered', async () => {
    const statement = { resourceType: 'CapabilityStatement' };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...some).chain(spoilt), { maxLength: 12 }), async (wrong) => {
        const all = [...some, ...wrong] as fhir.FhirResource[];
        const warnings: Warning[] = [];
        const adapter = fhirAdapter({
          baseUrl: 'https://fhir.test/r4',
          timeZone: 'America/New_York',
          now: () => NOW,
          onWarning: (warning) => warnings.push(warning),
          fetch: async (input) => {
            const [type = '', id] = (input as string).slice('https://fhir.test/r4/'.length).split(/[/?]/);
            if (type === 'metadata') return Response.json(statement);
            const found = all.filter((one) => one.resourceType === type);
            if (id && id !== '_search' && !id.includes('='))
              return Response.json(some.find((one) => one.id === id) ?? {});
            return Response.json({
              resourceType: 'Bundle',
              type: 'searchset',
              entry: found.map((resource) => ({ resource })),
            });
          },
        });
        const week = { visitTypeId: 'check-up', from: '2026-03-02', to: '2026-03-08' };
        await adapter.findVisitTypes({});
        await adapter.findPractitioners({});
        await adapter.findLocations({ visitTypeId: 'check-up' });
        await adapter.findFreeDays(week);
        await adapter.findSlots(week);
        await adapter.findOrders({ acting: { patientId: 'p-rosa' } });
        await adapter.findAppointments({ patientId: 'p-rosa' });
        await adapter.findUnmetNeeds({ visitTypeId: 'check-up', needs: [{ kind: 'transfer-equipment' }] });
        assert.ok(warnings.every(({ resourceType }) => typeof resourceType === 'string'));
      }),
      { numRuns: 150 },
    );
  });
});
