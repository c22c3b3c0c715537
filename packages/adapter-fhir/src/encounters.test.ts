import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { harborServer, NOW } from '../test/harbor-server.ts';
import { spoilt } from '../test/spoilt.ts';
import { metIn } from './encounters.ts';

const { checkIn: onServer } = harborClinic({ now: NOW, weeks: 1 });
const acting = { patientId: 'p-rosa' };
const appointmentId = 'a-rosa-today';
const station = { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' } as const;
const server = await harborServer();
const silent = await harborServer({
  statement: (truth) => ({
    ...truth,
    rest: truth.rest!.map((rest) => ({ ...rest, resource: rest.resource!.filter(({ type }) => type !== 'Encounter') })),
  }),
});

const encounter = (status: fhir.Encounter['status'], more: Partial<fhir.Encounter> = {}): fhir.Encounter => ({
  resourceType: 'Encounter',
  id: 'e-rosa',
  status,
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/p-rosa' },
  appointment: [{ reference: `Appointment/${appointmentId}` }],
  ...more,
});

async function arrive(adapter: ClinicAdapter): Promise<void> {
  const { items } = await adapter.findVisits({ acting, station });
  const { id, version } = items.find(({ appointment }) => appointment.id === appointmentId)!.appointment;
  await adapter.arriveAtVisit({ acting, appointment: { id, version }, station });
}

const progress = async (adapter: ClinicAdapter) => (await adapter.getVisitProgress({ acting, appointmentId })).state;
const arrivals = async (adapter: ClinicAdapter) =>
  (await adapter.findArrivals({ day: '2026-03-02' })).items.map(({ appointment, state }) => [appointment.id, state]);
const call = (adapter: ClinicAdapter, to: string, kind: 'called' | 'moved') =>
  adapter.callPatient({ appointmentId, to, kind });

describe('the Encounter of a visit', () => {
  it('says that the patient is with a clinician, until it is over, to the patient and to the desk', async () => {
    const adapter = server.adapter({ onServer });
    await arrive(adapter);
    for (const status of ['planned', 'arrived', 'triaged', 'cancelled'] as const) {
      await server.seed([encounter(status)]);
      assert.equal(await progress(adapter), 'waiting', status);
    }
    await call(adapter, 'Room 4', 'called');
    server.advance(5);
    await server.seed([encounter('in-progress', { period: { start: '2026-03-02T07:05:00-05:00' } })]);
    assert.equal(await progress(adapter), 'with-clinician');
    assert.deepEqual(await arrivals(adapter), [[appointmentId, 'with-clinician']]);
    await server.seed([encounter('finished')]);
    assert.equal(await progress(adapter), 'finished');
    assert.deepEqual(await arrivals(adapter), [], 'Who was seen waits for nobody.');
  });

  it('gives way to a call from there', async () => {
    const adapter = server.adapter({ onServer });
    await arrive(adapter);
    const statusHistory = [{ status: 'arrived' as const, period: { end: '2026-03-02T07:05:00-05:00' } }];
    await server.seed([encounter('in-progress', { period: { start: NOW }, statusHistory })]);
    server.advance(4);
    await call(adapter, 'Room 4', 'called');
    assert.equal(await progress(adapter), 'with-clinician');
    server.advance(10);
    await call(adapter, 'Laboratory', 'moved');
    assert.equal(await progress(adapter), 'moved');
    assert.deepEqual(await arrivals(adapter), [[appointmentId, 'moved']]);
  });

  it('goes on after an Appointment that staff have fulfilled, but not after the patient has checked out', async () => {
    const adapter = server.adapter({ onServer: { ...onServer, mandatory: [] } });
    await server.seed([encounter('in-progress')]);
    await server.change<fhir.Appointment>('Appointment', appointmentId, { status: 'fulfilled' });
    assert.equal(await progress(adapter), 'with-clinician');
    await server.change<fhir.Appointment>('Appointment', appointmentId, { status: 'checked-in' });
    const { items } = await adapter.findVisits({ acting, station });
    const { id, version } = items.find(({ appointment }) => appointment.id === appointmentId)!.appointment;
    await adapter.checkOut({ acting, appointment: { id, version }, station });
    assert.equal(await progress(adapter), 'finished');
  });

  it('is of that visit alone', async () => {
    const adapter = server.adapter({ onServer });
    await arrive(adapter);
    await server.seed([encounter('in-progress', { appointment: [{ reference: 'Appointment/a-kate-today' }] })]);
    assert.equal(await progress(adapter), 'waiting');
  });

  it('is done without where it may not be read', async () => {
    for (const status of [403, 404, 400]) {
      const adapter = server.adapter({ onServer });
      await server.seed([encounter('in-progress')]);
      await arrive(adapter);
      server.fail(({ path }) => (path.startsWith('Encounter') ? { status } : undefined));
      assert.equal(await progress(adapter), 'waiting', `${status}`);
      assert.deepEqual(await arrivals(adapter), [[appointmentId, 'waiting']], `${status}`);
      await server.reset();
      server.fail(() => undefined);
    }
  });

  it('is not asked for where the server has none', async () => {
    const adapter = silent.adapter({ onServer });
    await arrive(adapter);
    await silent.seed([encounter('in-progress')]);
    assert.equal(await progress(adapter), 'waiting');
    assert.deepEqual(await arrivals(adapter), [[appointmentId, 'waiting']]);
    assert.ok(!silent.requests.some(({ path }) => path.startsWith('Encounter')));
  });

  it('is over when all of several are, and is never thrown at', () => {
    assert.deepEqual(metIn([encounter('finished'), encounter('arrived')]), undefined);
    assert.deepEqual(metIn([encounter('finished'), encounter('cancelled')]), { state: 'finished' });
    assert.deepEqual(metIn([encounter('finished'), encounter('in-progress')]), { state: 'with-clinician' });
    assert.deepEqual(metIn([]), undefined);
    const good = encounter('in-progress', {
      period: { start: NOW },
      statusHistory: [{ status: 'arrived', period: { start: NOW, end: NOW } }],
    });
    fc.assert(
      fc.property(spoilt(good), (resource) => {
        const met = metIn([resource as fhir.Encounter]);
        return !met || (['with-clinician', 'finished'].includes(met.state) && !Number.isNaN(met.since));
      }),
      { numRuns: 300 },
    );
  });
});
