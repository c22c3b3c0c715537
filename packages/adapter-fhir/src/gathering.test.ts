import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { fullDesk } from '../test/full-desk.ts';
import { harborServer, NOW } from '../test/harbor-server.ts';

const server = await harborServer();
const { checkIn: onServer } = harborClinic({ now: NOW, weeks: 1 });
const DAY = { day: '2026-03-02', limit: 1000 };

async function arrived(count: number): Promise<ClinicAdapter> {
  await server.reset();
  const appointment = await server.stored<fhir.Appointment>('Appointment', 'a-rosa-today');
  const patient = await server.stored<fhir.Patient>('Patient', 'p-rosa');
  await server.seed(fullDesk(count, appointment, patient));
  const adapter = server.adapter({ onServer });
  await adapter.describeClinic({});
  server.requests.length = 0;
  return adapter;
}

/** How often the server is asked for a list of so many. */
async function asked(count: number, list: (adapter: ClinicAdapter) => Promise<{ items: readonly unknown[] }>) {
  const adapter = await arrived(count);
  const { items } = await list(adapter);
  assert.ok(items.length >= count, `All ${count} must be listed.`);
  return server.requests.length;
}

describe('a desk with many before it', () => {
  for (const [what, list] of [
    ['arrivals', (adapter: ClinicAdapter) => adapter.findArrivals(DAY)],
    ['attention', (adapter: ClinicAdapter) => adapter.findAttention({ limit: 1000 })],
  ] as const) {
    it(`asks the server no more often for ninety ${what} than for three`, async () => {
      const few = await asked(3, list);
      assert.ok(few < 30, `${few} requests`);
      assert.equal(await asked(90, list), few);
    });
  }

  it('looks into no more than a page shows, and goes on where it ended', async () => {
    const adapter = await arrived(60);
    const whole = (await adapter.findAttention({ limit: 1000 })).items;
    server.requests.length = 0;
    assert.ok((await adapter.findAttention({ limit: 10 })).items.every(({ kind }) => kind === 'help'));
    assert.ok(!server.requests.some(({ path }) => path.startsWith('Provenance')), 'No visit is on that page.');
    const { items, next } = await adapter.findAttention({ limit: 70 });
    const rest = await adapter.findAttention({ limit: 70, cursor: next! });
    assert.deepEqual([...items, ...rest.items], whole);
    assert.equal(rest.next, undefined);
  });

  it('says of each what is their own', async () => {
    const adapter = await arrived(3);
    const acting = { patientId: 'many-0001' };
    const station = { kind: 'desk' } as const;
    const [visit] = (await adapter.findVisits({ acting, station })).items;
    const { version } = await adapter.getDetails({ acting });
    const confirmation = { acting, appointmentId: visit!.appointment.id, version, station, at: NOW };
    await adapter.confirmDetails({ ...confirmation, confirmed: ['name'], changed: {} });
    const { items } = await adapter.findArrivals(DAY);
    const lacksDetails = items.map(({ appointment, lacks }) => [appointment.id, lacks.includes('details')]);
    assert.deepEqual(lacksDetails, [
      ['many-0000', true],
      ['many-0001', false],
      ['many-0002', true],
    ]);
  });

  it('asks for less at once where the answer would be too much, and loses nothing', async () => {
    const adapter = await arrived(8);
    const whole = (await adapter.findArrivals(DAY)).items;
    // One of these is more than the server sends along at a time.
    server.fail(({ path, body }) =>
      path.startsWith('Provenance') && decodeURIComponent(`${String(body)}`).split(',').length > 3
        ? { status: 200, body: 'x'.repeat(6_000_000) }
        : undefined,
    );
    server.requests.length = 0;
    assert.deepEqual((await adapter.findArrivals(DAY)).items, whole);
    assert.ok(server.requests.filter(({ path }) => path.startsWith('Provenance')).length > 2);
  });
});
