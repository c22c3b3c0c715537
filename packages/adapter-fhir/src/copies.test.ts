import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import type { ConsentDecision } from '@clinic-widgets/core/consents.js';
import { Attention } from '@clinic-widgets/core/desk.js';
import { ensureValid, harborServer, NOW, refused } from '../test/harbor-server.ts';
import { spoilt } from '../test/spoilt.ts';
import { toAttention } from './attention.ts';
import { fromCopy } from './copies.ts';
import { lenient } from './lenient.ts';

const server = await harborServer();
const taskless = await harborServer({
  statement: (truth) => ({
    ...truth,
    rest: truth.rest!.map((rest) => ({ ...rest, resource: rest.resource!.filter(({ type }) => type !== 'Task') })),
  }),
});
const { checkIn: onServer } = harborClinic({ now: NOW, weeks: 1 });
const acting = { patientId: 'p-rosa' };
const appointmentId = 'a-rosa-today';
const station = { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' } as const;

async function decisionAt(adapter: ClinicAdapter): Promise<ConsentDecision & { readonly title: string }> {
  const { items } = await adapter.findConsents({ acting, appointmentId });
  const { id, version, language, title } = items[0] ?? assert.fail('There must be something to sign.');
  const signature = { typed: 'Rosa Delgado' };
  const decision = { acting, appointmentId, document: { id, version }, language, signature, station, at: NOW };
  return { ...decision, decision: 'accepted', copy: 'paper', title };
}

const wanted = async () =>
  (await server.storedAll<fhir.Task>('Task')).filter(({ code }) => code?.coding?.[0]?.code === 'copy');

describe('a copy', () => {
  it('is a Task for the desk about the Consent, with the ticket once there is one', async () => {
    const adapter = server.adapter({ onServer });
    const { title, ...decision } = await decisionAt(adapter);
    const { id: consentId } = await adapter.recordConsent(decision);
    const [task, ...others] = await wanted();
    assert.deepEqual(others, []);
    ensureValid(task!);
    const copies = async () => (await adapter.findAttention({})).items.filter(({ kind }) => kind === 'copy');
    const one = {
      id: task!.id,
      kind: 'copy',
      priority: 'routine',
      state: 'waiting',
      at: NOW,
      patientId: 'p-rosa',
      appointmentId,
      station,
      language: 'en',
      copyOf: { consentId, title, way: 'paper' },
    };
    assert.deepEqual(await copies(), [one]);
    const { items } = await adapter.findVisits({ acting, station });
    const { id, version } = items.find(({ appointment }) => appointment.id === appointmentId)!.appointment;
    const { ticket } = await adapter.arriveAtVisit({ acting, appointment: { id, version }, station });
    assert.deepEqual(await copies(), [{ ...one, number: ticket }]);
    await adapter.acknowledge({ attentionId: one.id!, state: 'done' });
    assert.deepEqual(await copies(), []);
    // Who handed it over is not asked for it again by a late retry.
    assert.equal((await server.stored<fhir.Task>('Task', one.id!)).status, 'completed');
  });

  it('is told by a retry where the first try kept the decision alone', async () => {
    const adapter = server.adapter({ onServer });
    const { title: _, ...decision } = await decisionAt(adapter);
    server.fail(({ method, path }) => (method === 'POST' && path === 'Task' ? { status: 503 } : undefined));
    await refused(adapter.recordConsent(decision, { idempotencyKey: 'k1' }), 'unavailable');
    assert.equal((await server.storedAll('Consent')).length, 1);
    server.fail(() => undefined);
    for (let tries = 0; tries < 2; tries++) await adapter.recordConsent(decision, { idempotencyKey: 'k1' });
    assert.equal((await wanted()).length, 1);
    assert.equal((await server.storedAll('Consent')).length, 1);
  });

  it('is never thrown at', () => {
    const decision: ConsentDecision = {
      ...{ acting, document: { id: 'd', version: '1' }, language: 'es', decision: 'declined', copy: 'paper' },
      ...{ station, at: NOW },
    };
    const consent = { resourceType: 'Consent', id: 'c', sourceAttachment: { title: 'Treatment' } } as fhir.Consent;
    const good = { ...fromCopy(decision, consent, 'k', Date.parse(NOW)), id: 't' };
    assert.deepEqual(toAttention(good, 'UTC').copyOf, { consentId: 'c', title: 'Treatment', way: 'paper' });
    const byEmail = fromCopy({ ...decision, copy: 'email' }, consent, 'k', Date.parse(NOW));
    assert.equal(toAttention({ ...byEmail, id: 't' }, 'UTC').copyOf?.way, 'email');
    assert.equal(toAttention({ ...good, input: [] }, 'UTC').copyOf?.way, 'paper');
    fc.assert(
      fc.property(spoilt(good), (resource) => {
        const value = lenient(
          resource as fhir.Task,
          (one) => toAttention(one, 'UTC'),
          () => undefined,
        );
        return value === undefined || Attention.safeParse(value).success;
      }),
      { numRuns: 300 },
    );
  });
});

describe('a copy on paper at a server that takes no Tasks', () => {
  it('is wanted in the Consent alone, which is kept all the same', async () => {
    const adapter = taskless.adapter({ onServer });
    const { title: _, ...decision } = await decisionAt(adapter);
    await adapter.recordConsent(decision);
    const [consent] = await taskless.storedAll<fhir.Consent>('Consent');
    assert.ok(consent!.extension?.some(({ valueCode }) => valueCode === 'paper'));
    assert.ok(!taskless.requests.some(({ method, path }) => method === 'POST' && path === 'Task'));
  });
});
