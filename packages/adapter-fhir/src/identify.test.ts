import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { Claim, Factor } from '@clinic-widgets/core/check-in.js';
import { ensureValid, harborServer, NOW, refused } from '../test/harbor-server.ts';

const server = await harborServer();
const { checkIn: onServer } = harborClinic({ now: NOW, weeks: 1 });
const station = { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' } as const;
const rosa = { familyName: 'Delgado', birthDate: '1984-06-17' };

describe('finding out who somebody is', () => {
  it('is not done in a page, whatever the host says that it supports', async () => {
    const adapter = server.adapter({ supports: { identify: true } });
    await refused(adapter.identify({ claim: rosa, station }), 'unsupported');
    const { supports } = await adapter.describeClinic({});
    for (const name of [
      'identify',
      'startWalkIn',
      'askForHelp',
      'getHelp',
      'respondToAppointment',
      'describeDesk',
      'openDesk',
    ]) {
      assert.ok(!supports.includes(name), name);
    }
    for (const name of ['findVisits', 'arriveAtVisit', 'findAttention', 'getDetails']) {
      assert.ok(supports.includes(name), name);
    }
  });

  it('asks the server as often for nobody as for somebody, and names nobody in a URL', async () => {
    const adapter = server.adapter({ onServer });
    const asked = async (claim: Claim) => {
      await adapter.describeClinic({});
      server.requests.length = 0;
      await adapter.identify({ claim, station });
      for (const { query, method } of server.requests) {
        assert.doesNotMatch(`${query}`, /birthdate|patient|identifier/, method);
      }
      return server.requests.map(({ method, path }) => `${method} ${path}`).sort();
    };
    const known = await asked(rosa);
    assert.deepEqual(await asked({ familyName: 'Quackenbush', birthDate: '1901-01-01' }), known);
    assert.deepEqual(await asked({ familyName: 'Aldous', birthDate: '1939-11-27' }), known, 'Has no visit today.');
    assert.deepEqual(await asked({ ...rosa, familyName: 'Quackenbush' }), known, 'Has another name.');
    assert.deepEqual(await asked({ ...rosa, birthDate: '1984-06-18' }), known, 'Was born on another day.');
    const challenge = await adapter.identify({ claim: rosa, station });
    assert.ok(challenge.outcome === 'challenge');
    const { challengeId } = challenge;
    assert.deepEqual(await asked({ challengeId, factor: 'postal-code', value: '00000' }), known, 'Answers wrong.');
    assert.deepEqual(
      await asked({ challengeId: 'no-such-challenge', factor: 'postal-code', value: '49085' }),
      known,
      'Answers no challenge.',
    );
    const other = (await server.storedAll<fhir.Appointment>('Appointment')).find(
      ({ start }) => !start?.startsWith(NOW.slice(0, 10)),
    );
    const identifier = [{ system: 'urn:clinic-widgets:check-in-code', value: 'OLD-CODE' }];
    await server.change<fhir.Appointment>('Appointment', other!.id!, { identifier });
    assert.deepEqual(await asked({ code: 'NO-SUCH-CODE' }), await asked({ code: 'OLD-CODE' }), 'Is of another day.');
  });

  it('knows a code however it is typed, for four hours where the clinic does not say, and its time where the visit is', async () => {
    const { passMinutes: _, ...unsaid } = onServer;
    const adapter = server.adapter({ onServer: unsaid });
    for (const code of ['RDE-4172', 'rde4172', ' RDE 4172 ']) {
      const answer = await adapter.identify({ claim: { code }, station });
      assert.ok(answer.outcome === 'identified');
      assert.deepEqual(answer.acting, { patientId: 'p-rosa' });
      assert.equal(answer.authority, 'self');
      assert.equal(answer.language, 'es');
      assert.equal(answer.expires, '2026-03-02T11:00:00-05:00');
    }
    const claim = { familyName: 'Zielinski', birthDate: '1988-01-19' };
    const inChicago = await adapter.identify({ claim, station });
    assert.ok(inChicago.outcome === 'challenge');
    assert.equal(inChicago.timeZone, 'America/Chicago');
    assert.equal(inChicago.start, '2026-03-02T06:15:00-06:00');
  });

  it('knows nobody whose record says that they have died, by name or by code', async () => {
    for (const deceased of [{ deceasedBoolean: true }, { deceasedDateTime: '2026-02' }]) {
      await server.reset();
      await server.change<fhir.Patient>('Patient', 'p-rosa', deceased);
      const adapter = server.adapter({ onServer });
      for (const claim of [rosa, { code: 'RDE-4172' }]) {
        assert.deepEqual(await adapter.identify({ claim, station }), { outcome: 'unrecognized' });
      }
    }
    await server.reset();
    await server.change<fhir.Patient>('Patient', 'p-rosa', { deceasedBoolean: false });
    assert.equal((await server.adapter({ onServer }).identify({ claim: rosa, station })).outcome, 'challenge');
  });

  it('asks for no number and no postal code that are over, nor for those where bills go', async () => {
    const period = { end: '2026-03-01' };
    await server.change<fhir.Patient>('Patient', 'p-rosa', {
      telecom: [
        { system: 'phone', value: '(269) 555-0001', period },
        { system: 'phone', value: '(269) 555-0002', use: 'old' },
        { system: 'phone', value: '(269) 555-0003', period: { end: '2026-03-02' } },
      ],
      address: [
        { postalCode: '10001', period },
        { postalCode: '10002', use: 'billing' },
        { postalCode: '10003', use: 'home' },
      ],
    });
    const meet = async (factor: Factor, value: string) => {
      const adapter = server.adapter({ onServer });
      const challenge = await adapter.identify({ claim: rosa, station });
      assert.ok(challenge.outcome === 'challenge');
      const { challengeId } = challenge;
      return (await adapter.identify({ claim: { challengeId, factor, value }, station })).outcome;
    };
    assert.equal(await meet('phone-last-four', '0003'), 'identified');
    assert.equal(await meet('postal-code', '10003'), 'identified');
    for (const over of ['0001', '0002']) assert.equal(await meet('phone-last-four', over), 'unrecognized');
    for (const over of ['10001', '10002']) assert.equal(await meet('postal-code', over), 'unrecognized');
  });

  it('looks for a code by itself, and among all of the day only where it is typed otherwise or cannot be searched', async () => {
    const adapter = server.adapter({ onServer });
    await adapter.describeClinic({});
    const searches = async (code: string) => {
      server.requests.length = 0;
      assert.equal((await adapter.identify({ claim: { code }, station })).outcome, 'identified', code);
      const made = server.requests.filter(({ path }) => path === 'Appointment/_search');
      return made.map(({ body }) => `${body as URLSearchParams}`.includes('identifier='));
    };
    assert.deepEqual(await searches('RDE-4172'), [true]);
    assert.deepEqual(await searches(' rde-4172 '), [true]);
    assert.deepEqual(await searches('RDE4172'), [true, false]);
    server.fail(({ body }) => (`${body as URLSearchParams}`.includes('check-in-code') ? { status: 400 } : undefined));
    assert.deepEqual(await searches('RDE-4172'), [true, false]);
  });

  it('counts tries over many calls, and forgets them in time', async () => {
    const adapter = server.adapter({ onServer: { ...onServer, tries: { device: 3, identity: 2, minutes: 15 } } });
    const wrong = (familyName: string) => adapter.identify({ claim: { familyName, birthDate: '1984-06-17' }, station });
    await wrong('Wrong');
    await wrong('Wrong');
    assert.ok((await refused(wrong('Wrong'), 'throttled')).retryAfter);
    await wrong('Other');
    await refused(adapter.identify({ claim: rosa, station }), 'throttled');
    server.advance(16);
    assert.equal((await adapter.identify({ claim: rosa, station })).outcome, 'challenge');
  });

  it('gives the same answer to a repeat under the same key, and takes a failed one for no try', async () => {
    const adapter = server.adapter({ onServer: { ...onServer, tries: { device: 1, identity: 1, minutes: 15 } } });
    const claim = { code: 'RDE-4172' };
    server.fail(({ path }) => (path.startsWith('Appointment') ? { status: 503 } : undefined));
    await refused(adapter.identify({ claim, station }, { idempotencyKey: 'k1' }), 'unavailable');
    server.fail(() => undefined);
    const [first, second] = await Promise.all(
      [1, 2].map(() => adapter.identify({ claim, station }, { idempotencyKey: 'k1' })),
    );
    assert.equal(first!.outcome, 'identified');
    assert.deepEqual(second, first);
  });

  it('lets whoever is on record act, by what they are to the patient', async () => {
    const adapter = server.adapter({ onServer });
    const claim = { code: 'MDE-8214' };
    const representative = { name: 'rosa DELGADO', relationship: 'mother' };
    const answer = await adapter.identify({ claim, station, representative });
    assert.ok(answer.outcome === 'identified');
    assert.deepEqual(answer.acting, { patientId: 'p-mateo', representativeId: 'r-rosa' });
    assert.equal(answer.authority, 'parent');
  });

  it('keeps once what somebody only says, marked, and makes no patient of anyone', async () => {
    const adapter = server.adapter({ onServer });
    const before = (await server.storedAll<fhir.Patient>('Patient')).length;
    const representative = { name: 'Walt Nobody', relationship: 'uncle' };
    const ids = [];
    for (const code of ['MDE-8214', 'MDE-8214']) {
      const answer = await adapter.identify({ claim: { code }, station, representative });
      assert.ok(answer.outcome === 'identified');
      assert.equal(answer.authority, 'unknown');
      ids.push(answer.acting.representativeId!);
    }
    assert.equal(ids[0], ids[1]);
    const person = await server.stored<fhir.RelatedPerson>('RelatedPerson', ids[0]!);
    ensureValid(person);
    assert.equal(person.identifier?.[0]?.system, 'urn:clinic-widgets:claimed');
    assert.equal((await server.storedAll<fhir.Patient>('Patient')).length, before);
  });
});
