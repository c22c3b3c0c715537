import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { Station } from '@clinic-widgets/core/check-in.js';
import { addMinutes } from '@clinic-widgets/core/time.js';
import { memoryAdapter } from './memory-adapter.ts';

const NOW = '2026-03-02T09:00:00-05:00';
const harbor = harborClinic({ now: NOW, weeks: 1 });
const KIOSK: Station = { kind: 'kiosk', deviceId: 'lobby-1' };
const DAY = { day: '2026-03-02' };

function clinic() {
  let now = NOW;
  const adapter = memoryAdapter(harbor, { now: () => now });
  return {
    adapter,
    wait: (minutes: number) => void (now = addMinutes(now, minutes)),
    arrive: async (patientId: string) => {
      const acting = { patientId };
      const { items } = await adapter.findVisits({ acting, station: KIOSK });
      const { id, version } = items[0]!.appointment;
      return adapter.arriveAtVisit({ acting, appointment: { id, version }, station: KIOSK });
    },
  };
}

describe('the front desk of the memory adapter', () => {
  it('lists who came first, first, even of those who came at the same moment', async () => {
    const { adapter, arrive } = clinic();
    const order = ['p-samuel', 'p-rosa', 'p-mateo', 'p-kate'];
    for (const patientId of order) await arrive(patientId);
    const { items } = await adapter.findArrivals(DAY);
    assert.deepEqual(
      items.map(({ appointment }) => appointment.patientId),
      order,
    );
    assert.deepEqual((await adapter.findArrivals({ day: '2026-03-03' })).items, []);
    assert.deepEqual((await adapter.findArrivals({ ...DAY, locationId: 'imaging' })).items, []);
  });

  it('has nobody before it who has not arrived, or has left', async () => {
    const { adapter, arrive } = clinic();
    const { appointment } = await arrive('p-rosa');
    const { id, version } = appointment;
    await adapter.cancelAppointment({ acting: { patientId: 'p-rosa' }, appointment: { id, version }, reason: 'other' });
    assert.deepEqual((await adapter.findArrivals(DAY)).items, []);
    const call = (appointmentId: string) => adapter.callPatient({ appointmentId, to: 'Room 4', kind: 'called' });
    await assert.rejects(call(id), { code: 'conflict' });
    await assert.rejects(call('a-kate-today'), { code: 'conflict' });
    await assert.rejects(call('none'), { code: 'not-found' });
  });

  it('counts the flags about a visit and about its patient at large, until somebody has seen to them', async () => {
    const { adapter, arrive } = clinic();
    const { appointment } = await arrive('p-ines');
    const about = { acting: { patientId: 'p-ines' }, reason: 'answer' as const, form: { id: 'intake', version: '1' } };
    const { id } = await adapter.raiseAlert(about);
    await adapter.raiseAlert({ ...about, appointmentId: appointment.id });
    await adapter.raiseAlert({ ...about, appointmentId: 'a-ines-doctor' });
    const flags = async () => (await adapter.findArrivals(DAY)).items[0]!.flags;
    assert.equal(await flags(), 2);
    await adapter.acknowledge({ attentionId: id, state: 'acknowledged' });
    assert.equal(await flags(), 1);
  });

  it('names what is unfinished as it stands, and keeps it before staff once', async () => {
    const { adapter, arrive } = clinic();
    const { appointment, ticket } = await arrive('p-mateo');
    const acting = { patientId: 'p-mateo' };
    const waiting = async () =>
      (await adapter.findAttention(acting)).items.map(({ kind, number, unfinished }) => [kind, number, unfinished]);
    const before = await waiting();
    assert.deepEqual(before, [['unfinished', ticket, ['details', 'insurance', 'consents']]]);
    const { version } = await adapter.getDetails({ acting });
    const about = { acting, appointmentId: appointment.id, station: KIOSK, at: NOW };
    await adapter.confirmDetails({ ...about, version, confirmed: ['name'], changed: {} });
    await arrive('p-mateo');
    assert.deepEqual(await waiting(), [['unfinished', ticket, ['insurance', 'consents']]]);
  });

  it('makes no patient of somebody without an appointment, and leaves what they typed as it was', async () => {
    const { adapter } = clinic();
    const { id, number, state } = await adapter.startWalkIn({
      ...{ station: KIOSK, danger: true, givenName: 'Rosa', familyName: 'Delgado', birthDate: '1984-06-17' },
      ...{ phone: '555 0123', reason: 'Chest pain', language: 'es' },
    });
    assert.equal(state, 'waiting');
    const [one] = (await adapter.findAttention({})).items;
    assert.deepEqual([one!.kind, one!.priority, one!.number, one!.patientId], ['walk-in', 'stat', number, undefined]);
    assert.deepEqual(one!.claimed, { name: 'Rosa Delgado', birthDate: '1984-06-17', phone: '555 0123' });
    assert.deepEqual((await adapter.findAttention({ patientId: 'p-rosa' })).items, []);

    await assert.rejects(adapter.matchWalkIn({ attentionId: id, patientId: 'p-none' }), { code: 'not-found' });
    const matched = await adapter.matchWalkIn({ attentionId: id, patientId: 'p-rosa' });
    assert.deepEqual([matched.patientId, matched.state], ['p-rosa', 'done']);
    assert.equal((await adapter.getHelp({ helpId: id })).state, 'done');
    await assert.rejects(adapter.matchWalkIn({ attentionId: id, patientId: 'p-kate' }), { code: 'conflict' });
  });

  it('promises somebody only once a person has said so, and nobody while it is closed', async () => {
    const { adapter, wait } = clinic();
    const { id, state, deskOpen } = await adapter.askForHelp({ station: KIOSK, reason: 'person' });
    assert.deepEqual([state, deskOpen], ['waiting', true]);
    wait(5);
    assert.equal((await adapter.getHelp({ helpId: id })).state, 'waiting');
    await adapter.acknowledge({ attentionId: id, state: 'acknowledged' });
    assert.equal((await adapter.getHelp({ helpId: id })).state, 'acknowledged');
    await adapter.acknowledge({ attentionId: id, state: 'done' });
    await assert.rejects(adapter.acknowledge({ attentionId: id, state: 'acknowledged' }), { code: 'conflict' });
    await adapter.openDesk({ open: false });
    assert.equal((await adapter.askForHelp({ station: KIOSK, reason: 'person' })).deskOpen, false);
  });

  it('leaves a complaint for later, and puts danger first', async () => {
    const { adapter } = clinic();
    for (const reason of ['complaint', 'person', 'danger'] as const)
      await adapter.askForHelp({ station: KIOSK, reason });
    const { items } = await adapter.findAttention({});
    assert.deepEqual(
      items.map(({ reason, priority }) => `${reason} ${priority}`),
      ['danger stat', 'person urgent', 'complaint routine'],
    );
  });
});
