import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import type { ErrorCode } from '@clinic-widgets/core/errors.js';
import type { Slot, SlotQuery } from '@clinic-widgets/core/scheduling.js';
import { addDays, addMinutes } from '@clinic-widgets/core/time.js';
import { memoryAdapter } from './memory-adapter.ts';
import type { Seed, SeedSlot } from './seed.ts';

const START = '2026-03-02T07:00:00-05:00';
const seed: Seed = harborClinic({ now: START, weeks: 3 });
const month = { from: '2026-03-02', to: '2026-03-22' };
const checkUps: SlotQuery = { visitTypeId: 'check-up', ...month };
const rosa = { patientId: 'p-rosa' };
const samuel = { patientId: 'p-samuel' };

/** The clinic with a clock that the test moves. */
function clinicAt(start = START, clinic = seed) {
  let instant = start;
  const adapter = memoryAdapter(clinic, { now: () => instant });
  return { adapter, wait: (minutes: number) => void (instant = addMinutes(instant, minutes)) };
}

const refused = (code: ErrorCode, ...paths: string[][]) => ({ name: 'ClinicError', code, paths });
const ref = ({ id, version }: { id: string; version: string }) => ({ id, version });
const firstSlot = async (adapter: ClinicAdapter, query = checkUps): Promise<Slot> =>
  (await adapter.findSlots({ ...query, limit: 1 })).items[0]!;
const request = (slot: Slot, acting = rosa, visitTypeId = 'check-up') => ({ acting, visitTypeId, slot: ref(slot) });

describe('memoryAdapter', () => {
  describe('idempotency', () => {
    it('refuses another input under the same key as invalid', async () => {
      const { adapter } = clinicAt();
      const { items } = await adapter.findSlots({ ...checkUps, limit: 2 });
      const key = { idempotencyKey: 'k' };
      await adapter.bookAppointment(request(items[0]!), key);
      await assert.rejects(adapter.bookAppointment(request(items[1]!), key), refused('invalid'));
    });

    it('keeps no failure: the same write may succeed later', async () => {
      const { adapter, wait } = clinicAt();
      const slot = await firstSlot(adapter, { ...checkUps, from: '2026-03-20' });
      await adapter.holdSlot(request(slot, samuel));
      const key = { idempotencyKey: 'k' };
      await assert.rejects(adapter.holdSlot(request(slot), key), refused('conflict'));
      wait(11);
      const again = await firstSlot(adapter, { ...checkUps, from: '2026-03-20' });
      assert.equal((await adapter.holdSlot(request(again), key)).slotId, slot.id);
    });

    it('hands out answers that nobody can change from outside', async () => {
      const { adapter } = clinicAt();
      const page = await adapter.findAppointments(rosa);
      page.items[0]!.status = 'booked';
      page.items[0]!.visitType!.name = 'Something else';
      assert.equal((await adapter.findAppointments(rosa)).items[0]!.status, 'fulfilled');
      assert.equal((await adapter.findAppointments(rosa)).items[0]!.visitType!.name, 'Nurse visit');
    });
  });

  describe('what is refused', () => {
    it('does not know a patient who is not on its list', async () => {
      const { adapter } = clinicAt();
      const slot = await firstSlot(adapter);
      await assert.rejects(adapter.bookAppointment(request(slot, { patientId: 'p-nobody' })), refused('not-found'));
      assert.deepEqual(await adapter.findAppointments({ patientId: 'p-nobody' }), { items: [] });
    });

    it('does not take a slot of one visit type for another', async () => {
      const { adapter } = clinicAt();
      const wrong = request(await firstSlot(adapter), rosa, 'nurse-visit');
      await assert.rejects(adapter.holdSlot(wrong), refused('invalid', ['visitTypeId']));
      await assert.rejects(adapter.bookAppointment(wrong), refused('invalid', ['visitTypeId']));
    });

    it('does not book a mode that the time is not offered in', async () => {
      const { adapter } = clinicAt();
      const slot = await firstSlot(adapter, { visitTypeId: 'nurse-visit', ...month });
      const video = { ...request(slot, rosa, 'nurse-visit'), mode: 'video' as const };
      await assert.rejects(adapter.bookAppointment(video), refused('invalid', ['mode']));
    });

    it('does not put anyone on a waitlist for what there is not', async () => {
      const { adapter } = clinicAt();
      const wish = { acting: rosa, visitTypeId: 'no-such-visit', ...month };
      await assert.rejects(adapter.joinWaitlist(wish), refused('not-found'));
    });

    it('does not book an order twice, nor for another visit', async () => {
      const { adapter } = clinicAt();
      const query = { visitTypeId: 'mri-scan', ...month, limit: 2 };
      const [first, second] = (await adapter.findSlots(query)).items;
      const forOrder = (slot: Slot) => ({ ...request(slot, rosa, 'mri-scan'), orderId: 'o-rosa-mri' });
      const other = { ...request(await firstSlot(adapter)), orderId: 'o-rosa-mri' };
      await assert.rejects(adapter.bookAppointment(other), refused('invalid', ['orderId']));
      await adapter.bookAppointment(forOrder(first!));
      await assert.rejects(adapter.bookAppointment(forOrder(second!)), refused('conflict'));
    });

    it('does not let one patient release the hold of another', async () => {
      const { adapter } = clinicAt();
      const { id: holdId } = await adapter.holdSlot(request(await firstSlot(adapter)));
      await assert.rejects(adapter.releaseHold({ acting: samuel, holdId }), refused('forbidden'));
    });
  });

  describe('the clock', () => {
    it('ends a time that has begun', async () => {
      const { adapter, wait } = clinicAt();
      const before = await firstSlot(adapter);
      const free = (await adapter.findFreeDays(checkUps)).items[0]!;
      wait((Date.parse(before.start) - Date.parse(START)) / 60_000);
      assert.notEqual((await firstSlot(adapter)).id, before.id);
      assert.ok((await adapter.findFreeDays(checkUps)).items[0]!.free < free.free);
      await assert.rejects(adapter.bookAppointment(request(before)), refused('conflict'));
    });

    it('does not book a held time that has begun meanwhile', async () => {
      const start = '2026-03-02T08:25:00-05:00';
      const { adapter, wait } = clinicAt(start);
      const slot = await firstSlot(adapter);
      const minutes = (Date.parse(slot.start) - Date.parse(start)) / 60_000;
      wait(minutes - 5);
      const { id: holdId } = await adapter.holdSlot(request(slot));
      wait(5);
      await assert.rejects(adapter.bookAppointment({ ...request(slot), holdId }), refused('conflict'));
    });

    it('says when a hold ends, by the clock of the place', async () => {
      const adapter = memoryAdapter(seed, { now: () => START, holdMinutes: 5 });
      const slot = await firstSlot(adapter, { ...checkUps, locationIds: ['michigan-city'] });
      assert.equal((await adapter.holdSlot(request(slot))).expires, '2026-03-02T06:05:00-06:00');
    });

    it('does not cancel or move what has begun', async () => {
      const { adapter, wait } = clinicAt();
      const appointment = await adapter.bookAppointment(request(await firstSlot(adapter)));
      const slot = ref(await firstSlot(adapter, { ...checkUps, from: '2026-03-20' }));
      wait(24 * 60);
      const change = { acting: rosa, appointment: ref(appointment) };
      await assert.rejects(adapter.cancelAppointment({ ...change, reason: 'other' }), refused('conflict'));
      await assert.rejects(adapter.rescheduleAppointment({ ...change, slot }), refused('conflict'));
    });
  });

  describe('pages', () => {
    const rest = async (adapter: ClinicAdapter, query: SlotQuery, cursor: string | undefined) => {
      const items: Slot[] = [];
      while (cursor) {
        const page = await adapter.findSlots({ ...query, cursor });
        items.push(...page.items);
        cursor = page.next;
      }
      return items.map(({ id }) => id);
    };

    it('follow on rightly when times before them were taken and given back', async () => {
      const { adapter } = clinicAt();
      const whole = (await adapter.findSlots({ ...checkUps, limit: 1000 })).items.map(({ id }) => id);
      const { items, next } = await adapter.findSlots({ ...checkUps, limit: 10 });
      const held = await adapter.holdSlot(request(items[3]!));
      await adapter.bookAppointment(request(items[5]!));
      await adapter.releaseHold({ acting: rosa, holdId: held.id });
      assert.deepEqual(await rest(adapter, checkUps, next), whole.slice(10));
    });

    it('follow on rightly when the time that they start from was taken', async () => {
      const { adapter } = clinicAt();
      const whole = (await adapter.findSlots({ ...checkUps, limit: 1000 })).items.map(({ id }) => id);
      const { items, next } = await adapter.findSlots({ ...checkUps, limit: 10 });
      await adapter.bookAppointment(request(items[9]!));
      assert.deepEqual(await rest(adapter, checkUps, next), whole.slice(10));
    });

    it('refuse a cursor that is none', async () => {
      const { adapter } = clinicAt();
      for (const cursor of ['%', 'nonsense', '%22text%22']) {
        await assert.rejects(adapter.findSlots({ ...checkUps, cursor }), refused('invalid', ['cursor']));
        await assert.rejects(adapter.findVisitTypes({ cursor }), refused('invalid', ['cursor']));
      }
    });
  });

  describe('needs', () => {
    const unmet = async (needs: Parameters<ClinicAdapter['findUnmetNeeds']>[0]['needs'], slotId?: string) => {
      const { items } = await clinicAt().adapter.findUnmetNeeds({ visitTypeId: 'check-up', needs, slotId });
      return items.map(({ answer }) => answer);
    };

    it('has interpreters for some languages, whatever their variety', async () => {
      assert.deepEqual(await unmet([{ kind: 'spoken-interpreter', language: 'es-MX' }]), []);
      assert.deepEqual(await unmet([{ kind: 'sign-interpreter', language: 'ase' }]), []);
      assert.deepEqual(await unmet([{ kind: 'spoken-interpreter', language: 'ase' }]), ['cannot']);
    });

    it('has transfer equipment at some places, and is not sure before the place is known', async () => {
      const at = async (id: string) => {
        return (await firstSlot(clinicAt().adapter, { ...checkUps, locationIds: [id] })).id;
      };
      assert.deepEqual(await unmet([{ kind: 'transfer-equipment' }]), ['not-sure']);
      assert.deepEqual(await unmet([{ kind: 'transfer-equipment' }], await at('st-joseph')), []);
      assert.deepEqual(await unmet([{ kind: 'transfer-equipment' }], await at('michigan-city')), ['cannot']);
    });
  });

  it('gives an order another version with each of its visits', async () => {
    const { adapter } = clinicAt();
    const version = async () =>
      (await adapter.findOrders({ acting: rosa })).items.find(({ id }) => id === 'o-rosa-physio')!.version;
    const first = await version();
    const slot = await firstSlot(adapter, { visitTypeId: 'physiotherapy', ...month });
    await adapter.bookAppointment({ ...request(slot, rosa, 'physiotherapy'), orderId: 'o-rosa-physio' });
    assert.notEqual(await version(), first);
  });

  it('neither holds nor moves anything where staff decide', async () => {
    const { adapter } = clinicAt(START, { ...seed, clinic: { ...seed.clinic, requestOnly: true } });
    const { supports, requestOnly } = await adapter.describeClinic({});
    assert.equal(requestOnly, true);
    assert.ok(!['holdSlot', 'releaseHold', 'rescheduleAppointment'].some((name) => supports.includes(name)));
    const slot = await firstSlot(adapter);
    assert.equal((await adapter.bookAppointment(request(slot))).status, 'proposed');
    assert.equal((await firstSlot(adapter)).id, slot.id);
  });

  describe('with 100,000 times over 90 days', () => {
    let read = 0;
    const large: Seed = { ...seed, slots: manySlots(() => (read += 1)) };
    const { adapter } = clinicAt('2026-03-01T00:00:00-05:00', large);
    const query = { visitTypeId: 'check-up', from: '2026-04-01', to: '2026-04-30' };

    /** How many times were looked at. */
    const cost = async (call: () => Promise<unknown>) => {
      await adapter.findVisitTypes({});
      const before = read;
      await call();
      return read - before;
    };

    it('shows a month by what is counted of each practitioner and part of the day, not by its times', async () => {
      const { items } = await adapter.findFreeDays({ ...query, mode: 'in-person' });
      assert.equal(items.length, 30);
      assert.ok(items.reduce((sum, { free }) => sum + free, 0) > 30_000);
      const looked = await cost(() => adapter.findFreeDays({ ...query, mode: 'in-person' }));
      assert.ok(looked <= 30 * 3 * 20, `${looked} times were read.`);
    });

    it('reads a page and no more for a page', async () => {
      const looked = await cost(() => adapter.findSlots({ ...query, mode: 'in-person', limit: 50 }));
      assert.ok(looked <= 51, `${looked} times were read.`);
    });

    it('counts on when a time is taken', async () => {
      const day = { ...query, to: query.from };
      const free = async () => (await adapter.findFreeDays(day)).items[0]!.free;
      const before = await free();
      await adapter.holdSlot(request(await firstSlot(adapter, day)));
      assert.equal(await free(), before - 1);
    });
  });
});

/** Twenty practitioners with a time every quarter of an hour for 14 hours a day; tells when one is looked at. */
function manySlots(onRead: () => void): readonly SeedSlot[] {
  const slots: SeedSlot[] = [];
  for (let index = 0; slots.length < 100_000; index += 1) {
    const day = addDays('2026-03-10', Math.floor(index / (20 * 56)));
    const [practitioner, time] = [index % 20, 6 * 60 + (Math.floor(index / 20) % 56) * 15];
    const clock = (minutes: number) =>
      `${day}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00-04:00`;
    slots.push({
      id: `slot-${index}`,
      status: 'free',
      start: clock(time),
      end: clock(time + 15),
      visitTypeId: 'check-up',
      practitionerId: `practitioner-${practitioner}`,
      locationId: 'st-joseph',
      get modes() {
        onRead();
        return ['in-person'] as const;
      },
    });
  }
  return slots;
}
