import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { accuracyReport } from '@clinic-widgets/core/accuracy.js';
import type { Station } from '@clinic-widgets/core/check-in.js';
import type { DetailsConfirmation } from '@clinic-widgets/core/details.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { memoryAdapter } from './memory-adapter.ts';
import type { SeedCheckIn } from './seed.ts';

const NOW = '2026-03-02T09:00:00-05:00';
const harbor = harborClinic({ now: NOW, weeks: 1 });
const rosa = { patientId: 'p-rosa' };
const KIOSK: Station = { kind: 'kiosk', deviceId: 'lobby-1' };
const DESK: Station = { kind: 'desk' };

function clinicWith(checkIn: Partial<SeedCheckIn> = {}) {
  const adapter = memoryAdapter({ ...harbor, checkIn: { ...harbor.checkIn, ...checkIn } }, { now: () => NOW });
  const details = () => adapter.getDetails({ acting: rosa });
  return {
    adapter,
    details,
    confirm: async (more: Partial<DetailsConfirmation>) => {
      const { version } = await details();
      return adapter.confirmDetails({
        acting: rosa,
        version,
        station: KIOSK,
        confirmed: [],
        changed: {},
        at: NOW,
        ...more,
      });
    },
    record: async () =>
      (await adapter.findConfirmations({ patientId: 'p-rosa' })).items.map(
        ({ field, act, by, version }) => `${field} ${act} by ${by} of ${version}`,
      ),
    proposals: async () => (await adapter.findProposals({ patientId: 'p-rosa' })).items,
  };
}

const ref = ({ id, version }: { id: string; version: string }) => ({ id, version });
const invalid = (...paths: (string | number)[][]) => ({ name: 'ClinicError', code: 'invalid', paths });

describe('the details of the memory adapter', () => {
  it('writes one line for each field, of the version that was looked at, and another version once for all changes', async () => {
    const { confirm, record, details } = clinicWith();
    const removed = ['needs' as const];
    await confirm({ confirmed: ['name', 'email'], changed: { phone: '(269) 555-0999', preferredName: 'Ro' }, removed });
    assert.deepEqual(await record(), [
      'name confirmed by patient of 1',
      'email confirmed by patient of 1',
      'preferredName changed by patient of 1',
      'phone changed by patient of 1',
      'needs changed by patient of 1',
    ]);
    const { version, phone, preferredName, needs } = await details();
    assert.deepEqual([version, phone, preferredName, needs], ['2', '(269) 555-0999', 'Ro', undefined]);
  });

  it('takes what is written again as it was for confirmed', async () => {
    const { confirm, record, details } = clinicWith();
    const { phone, version } = await details();
    await confirm({ changed: { phone } });
    assert.deepEqual(await record(), ['phone confirmed by patient of 1']);
    assert.equal((await details()).version, version);
  });

  it('says where a detail cannot be so, and then writes nothing', async () => {
    const { confirm, record, details } = clinicWith();
    const before = await details();
    const address = { ...before.address!, lines: [' '], postalCode: '4908' };
    await assert.rejects(
      confirm({ changed: { address } }),
      invalid(['changed', 'address', 'lines'], ['changed', 'address', 'postalCode']),
    );
    await assert.rejects(confirm({ changed: { phone: '12345' } }), invalid(['changed', 'phone']));
    await assert.rejects(confirm({ changed: { phone: 'ask my son' } }), invalid(['changed', 'phone']));
    await assert.rejects(confirm({ changed: { email: 'rosa at home' } }), invalid(['changed', 'email']));
    await assert.rejects(confirm({ changed: { preferredName: ' ' } }), invalid(['changed', 'preferredName']));
    await assert.rejects(
      confirm({ changed: { emergencyContact: { name: 'Luis', phone: '12' } } }),
      invalid(['changed', 'emergencyContact', 'phone']),
    );
    await assert.rejects(confirm({ removed: ['birthDate', 'phone'] }), invalid(['removed', 0]));
    await assert.rejects(
      confirm({ confirmed: ['phone'], changed: { phone: '(269) 555-0999' } }),
      invalid(['confirmed', 0]),
    );
    assert.deepEqual(await record(), []);
    assert.deepEqual(await details(), before);
  });

  it('takes numbers and codes of other countries, and an extension', async () => {
    const { confirm, details } = clinicWith();
    const phone = '+44 20 7946 0018 ext. 5';
    const address = { lines: ['1 High Street'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' };
    await confirm({ changed: { phone, address } });
    assert.deepEqual([(await details()).phone, (await details()).address], [phone, address]);
  });

  it('lays every change before staff where the clinic has it so, and takes two that were proposed together', async () => {
    const { confirm, record, details, proposals, adapter } = clinicWith({ proposes: true });
    const before = await details();
    const address = {
      lines: ['1 Elm Street', 'Unit 2'],
      city: 'St. Joseph',
      state: 'MI',
      postalCode: '49085',
      country: 'US',
    };
    await confirm({ changed: { address, phone: '(269) 555-0999' }, removed: ['email'] });
    assert.deepEqual(await details(), before);
    const waiting = await proposals();
    assert.deepEqual(
      waiting.map(({ field, from, to }) => [field, from, to]),
      [
        [
          'address',
          '318 Pleasant Street, Apartment 4, St. Joseph, MI 49085, US',
          '1 Elm Street, Unit 2, St. Joseph, MI 49085, US',
        ],
        ['phone', '(269) 555-0123', '(269) 555-0999'],
        ['email', 'rosa.delgado@example.com', undefined],
      ],
    );
    for (const proposal of waiting.slice(0, 2))
      await adapter.decideProposal({ proposal: ref(proposal), decision: 'accepted' });
    await adapter.decideProposal({ proposal: ref(waiting[2]!), decision: 'refused' });
    const { phone, email, address: moved } = await details();
    assert.deepEqual([phone, email, moved], ['(269) 555-0999', before.email, address]);
    assert.deepEqual(await proposals(), []);
    assert.deepEqual((await record()).slice(3), [
      'address accepted by staff of 1',
      'phone accepted by staff of 2',
      'email refused by staff of 3',
    ]);
  });

  it('refuses a proposal that was overtaken by another change, but can still turn it down', async () => {
    const { confirm, proposals, adapter } = clinicWith({ proposes: true });
    await confirm({ changed: { phone: '(269) 555-0999' } });
    await confirm({ station: DESK, changed: { phone: '(269) 555-0777' } });
    const [proposal] = await proposals();
    const decide = (decision: 'accepted' | 'refused') =>
      adapter.decideProposal({ proposal: ref(proposal!), decision }, { idempotencyKey: decision });
    await assert.rejects(decide('accepted'), { code: 'conflict' });
    await decide('refused');
    await assert.rejects(decide('accepted'), { code: 'conflict' });
  });

  it('lays before staff what was called wrong, and takes nothing out when they have put it right', async () => {
    const { confirm, record, details, proposals, adapter } = clinicWith();
    const before = await details();
    await assert.rejects(confirm({ confirmed: ['email', 'name'], doubted: ['name'] }), invalid(['doubted', 0]));
    await confirm({ confirmed: ['email'], doubted: ['birthDate', 'name'] });
    const waiting = await proposals();
    assert.deepEqual(
      waiting.map(({ field, from, to }) => [field, from, to]),
      [
        ['birthDate', before.birthDate, undefined],
        ['name', before.name?.text, undefined],
      ],
    );
    await adapter.decideProposal({ proposal: ref(waiting[0]!), decision: 'accepted' });
    await adapter.decideProposal({ proposal: ref(waiting[1]!), decision: 'refused' });
    assert.deepEqual(await details(), before);
    assert.deepEqual(await record(), [
      'email confirmed by patient of 1',
      'birthDate doubted by patient of 1',
      'name doubted by patient of 1',
      'birthDate accepted by staff of 1',
      'name refused by staff of 1',
    ]);
  });

  it('counts a change at the desk as a correction only of what a patient had said', async () => {
    const { confirm, record, adapter } = clinicWith();
    await confirm({ confirmed: ['phone'] });
    await confirm({ station: DESK, changed: { phone: '(269) 555-0777', email: 'rosa@example.com' } });
    assert.deepEqual((await record()).slice(1), ['phone corrected by staff of 1', 'email changed by staff of 1']);
    const { items } = await adapter.findConfirmations({ patientId: 'p-rosa' });
    const report = accuracyReport(items, (instant) => dayOf(instant, harbor.clinic.timeZone));
    const kiosk = report.find(({ station }) => station === 'kiosk');
    assert.deepEqual([kiosk?.fields, kiosk?.contradicted], [1, 1]);
  });

  it('narrows the record by the clinic’s days', async () => {
    const { confirm, adapter } = clinicWith();
    await confirm({ confirmed: ['phone'], at: '2026-03-03T04:30:00Z' });
    const on = async (day: string) => (await adapter.findConfirmations({ from: day, to: day })).items.length;
    assert.deepEqual([await on('2026-03-02'), await on('2026-03-03')], [1, 0]);
  });

  it('tells the desk that an insurance has changed before anybody has arrived, and of nothing else that is open', async () => {
    const { adapter } = clinicWith();
    const acting = { patientId: 'p-rosa' };
    const coverages = (await adapter.findCoverages({ acting })).items.map(ref);
    const about = { acting, station: KIOSK, at: NOW, appointmentId: 'a-rosa-today' };
    await assert.rejects(
      adapter.confirmCoverages({ ...about, coverages: [{ ...coverages[0]!, version: '0' }], answer: 'confirmed' }),
      { code: 'conflict' },
    );
    await adapter.confirmCoverages({ ...about, coverages, answer: 'changed' });
    const waiting = async () => (await adapter.findAttention({ patientId: 'p-rosa' })).items;
    assert.deepEqual(
      (await waiting()).map(({ kind, unfinished }) => [kind, unfinished]),
      [['unfinished', ['insurance']]],
    );
    await adapter.confirmCoverages({ ...about, coverages, answer: 'confirmed' });
    assert.deepEqual(await waiting(), [], 'What was finished no longer waits.');
  });
});
