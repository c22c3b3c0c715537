import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import type { FhirRequest } from '../../../test/fhir-server/fhir-server.ts';
import { aBooking, ensureValid, harborServer, refused, slotState, takenBy } from '../test/harbor-server.ts';

const server = await harborServer();
const closed = await harborServer({ readOnly: ['Slot'], statement: (truth) => hidden(truth) });

/** A statement that says Slots may be written, where they may not. */
function hidden<T>(truth: T): T {
  const statement = structuredClone(truth) as fhir.CapabilityStatement;
  const slot = statement.rest?.[0]?.resource?.find(({ type }) => type === 'Slot');
  slot?.interaction?.push({ code: 'update' });
  return statement as T;
}

const isSlotPut = ({ method, path }: FhirRequest) => method === 'PUT' && path.startsWith('Slot/');
const isAppointmentPost = ({ method, path }: FhirRequest) => method === 'POST' && path === 'Appointment';
const isAppointmentPut = ({ method, path }: FhirRequest) => method === 'PUT' && path.startsWith('Appointment/');

/** The nth request of a kind. */
function nth(count: number, isIt: (request: FhirRequest) => boolean) {
  let seen = 0;
  return (request: FhirRequest) => isIt(request) && ++seen === count;
}

const BOOKED = { status: 'busy', marks: ['booking-mark'] };
const FREE = { status: 'free', marks: [] };

describe('bookAppointment, with the Slot as the lock', () => {
  it('writes an Appointment and a busy Slot that are valid FHIR R4', async () => {
    const { request, slot } = await aBooking(server, {
      reason: 'A question about <b>my</b> results.',
      mode: 'in-person',
      needs: [{ kind: 'sign-interpreter', language: 'ase' }, { kind: 'more-time' }],
    });
    const { id } = await server.adapter().bookAppointment(request, { idempotencyKey: 'k1' });

    const appointment = await server.stored<fhir.Appointment>('Appointment', id);
    const stored = await server.stored<fhir.Slot>('Slot', slot.id);
    ensureValid(appointment, stored);
    assert.deepEqual(slotState(stored), BOOKED);
    assert.equal(appointment.status, 'booked');
    assert.equal(Date.parse(appointment.start!), Date.parse(slot.start));
    assert.equal(appointment.reasonCode?.[0]?.text, 'A question about <b>my</b> results.');
    assert.equal(appointment.comment, 'Needs: sign-language interpreter (ase), more time');
    assert.match(appointment.patientInstruction ?? '', /medicines/);
    assert.deepEqual(
      appointment.participant.map(({ actor }) => actor?.reference),
      ['Patient/p-rosa', 'Practitioner/okafor', 'Location/st-joseph', 'HealthcareService/check-up'],
    );
    assert.doesNotMatch(JSON.stringify(stored), /rosa|k1/, 'A slot says nothing of the patient.');
  });

  it('writes the Slot, then the Appointment, then the Slot, and nothing else', async () => {
    const { request } = await aBooking(server);
    await server.adapter().bookAppointment(request);
    const written = server.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('_search'));
    assert.deepEqual(
      written.map(({ method, path }) => `${method} ${path.split('/')[0]}`),
      ['PUT Slot', 'POST Appointment', 'PUT Slot'],
    );
    assert.ok(written[0]?.headers['if-match']);
    assert.match(String(written[1]?.headers['if-none-exist']), /^identifier=urn%3Aclinic-widgets%3Awrite-key%7C/);
  });

  it('lets exactly one of fifty have the time', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    const rivals = Array.from({ length: 50 }, (_, index) => {
      const acting = { patientId: index % 2 ? 'p-rosa' : 'p-samuel' };
      return adapter.bookAppointment({ ...request, acting });
    });
    const outcomes = await Promise.allSettled(rivals);
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    assert.equal(lost.length, 49);
    assert.deepEqual([...new Set(lost.map((error) => isClinicError(error) && error.code))], ['conflict']);
    assert.equal((await takenBy(server, slot)).length, 1);
    assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), BOOKED);
  });

  it('lets at most one of fifty have the time where answers are lost, late and wrong', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    let count = 0;
    server.fail((one) => {
      if (one.method === 'GET' || one.path.endsWith('_search')) return undefined;
      count += 1;
      if (count % 3 === 0) return { dropReply: true };
      if (count % 5 === 0) return { status: 503 };
      if (count % 7 === 0) return { delay: 20 };
      return undefined;
    });
    const patients = ['p-rosa', 'p-samuel'];
    const tries = Array.from({ length: 50 }, async (_, index) => {
      const acting = { patientId: patients[index % 2]! };
      const options = { idempotencyKey: `try-${index}` };
      for (let left = 4; ; left -= 1) {
        try {
          return await adapter.bookAppointment({ ...request, acting }, options);
        } catch (error) {
          if (!isClinicError(error) || !error.retryable || left === 0) throw error;
        }
      }
    });
    const booked = (await Promise.allSettled(tries)).flatMap((one) =>
      one.status === 'fulfilled' ? [one.value.id] : [],
    );
    const standing = await takenBy(server, slot);
    assert.ok(standing.length <= 1, `${standing.length} appointments stand.`);
    assert.deepEqual([...new Set(booked)], standing.map(({ id }) => id).slice(0, booked.length ? 1 : 0));
  });

  for (const [step, isIt] of [
    ['the Slot is locked', nth(1, isSlotPut)],
    ['the Appointment is made', nth(1, isAppointmentPost)],
    ['the Slot is settled', nth(2, isSlotPut)],
  ] as const) {
    it(`finishes although the reply is lost when ${step}`, async () => {
      const { request, slot } = await aBooking(server);
      server.fail((one) => (isIt(one) ? { dropReply: true } : undefined));
      const adapter = server.adapter();
      const options = { idempotencyKey: 'lost' };
      const appointment = await adapter.bookAppointment(request, options);
      assert.equal((await adapter.bookAppointment(request, options)).id, appointment.id);
      assert.deepEqual(
        (await takenBy(server, slot)).map(({ id }) => id),
        [appointment.id],
      );
      assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), BOOKED);
    });
  }

  for (const [step, from] of [
    ['the Slot was locked', 1],
    ['the Appointment was made', 2],
    ['the Slot was settled', 3],
  ] as const) {
    it(`gives the same appointment to a retry where nothing was heard any more after ${step}`, async () => {
      const { request, slot } = await aBooking(server);
      let written = 0;
      let cut = false;
      server.fail((one) => {
        if (cut) return { dropReply: true, status: 503 };
        if (one.method !== 'GET' && !one.path.endsWith('_search')) written += 1;
        cut = written === from;
        return cut ? { dropReply: true } : undefined;
      });
      const options = { idempotencyKey: 'cut' };
      const first = await server
        .adapter()
        .bookAppointment(request, options)
        .catch((error: unknown) => error);
      assert.ok(!isClinicError(first) || first.retryable, String(first));

      server.fail(() => undefined);
      const appointment = await server.adapter().bookAppointment(request, options);
      assert.equal((await server.adapter().bookAppointment(request, options)).id, appointment.id);
      assert.equal(appointment.status, 'booked');
      assert.deepEqual(
        (await takenBy(server, slot)).map(({ id }) => id),
        [appointment.id],
      );
      assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), BOOKED);
    });
  }

  for (const status of [400, 403, 409, 412, 422, 429]) {
    it(`gives the Slot back when the Appointment is refused with ${status}`, async () => {
      const { request, slot } = await aBooking(server);
      server.fail((one) => (isAppointmentPost(one) ? { status } : undefined));
      await assert.rejects(server.adapter().bookAppointment(request), isClinicError);
      assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), FREE);
      server.fail(() => undefined);
      const { items } = await server
        .adapter()
        .findSlots({ visitTypeId: 'check-up', from: '2026-03-09', to: '2026-03-09' });
      assert.ok(items.some(({ id }) => id === slot.id));
    });
  }

  for (const status of [409, 412]) {
    it(`is a conflict when the Slot is refused with ${status}`, async () => {
      const { request, slot } = await aBooking(server);
      server.fail((one) => (isSlotPut(one) ? { status } : undefined));
      await refused(server.adapter().bookAppointment(request), 'conflict');
      assert.deepEqual(await takenBy(server, slot), []);
    });
  }

  it('takes its Appointment back when the Slot was taken over before it was settled', async () => {
    const { request, slot } = await aBooking(server);
    const isSettling = nth(2, isSlotPut);
    server.fail((one) => (isSettling(one) ? { delay: 50 } : undefined));
    const booking = server.adapter().bookAppointment(request, { idempotencyKey: 'slow' });
    while ((await takenBy(server, slot)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.change<fhir.Slot>('Slot', slot.id, { status: 'busy', identifier: [] });

    await refused(booking, 'conflict');
    assert.deepEqual(await takenBy(server, slot), []);
    await refused(server.adapter().bookAppointment(request, { idempotencyKey: 'slow' }), 'conflict');
  });

  it('does not mind that the server itself touches the Slot when an Appointment refers to it', async () => {
    const { request, slot } = await aBooking(server);
    const isSettling = nth(2, isSlotPut);
    server.fail((one) => (isSettling(one) ? { delay: 50 } : undefined));
    const booking = server.adapter().bookAppointment(request);
    while ((await takenBy(server, slot)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.change<fhir.Slot>('Slot', slot.id, { status: 'busy', comment: 'Booked online.' });

    assert.equal((await booking).status, 'booked');
    assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), BOOKED);
  });

  it('refuses a key that was used for another booking', async () => {
    const { request, slots } = await aBooking(server);
    const adapter = server.adapter();
    await adapter.bookAppointment(request, { idempotencyKey: 'one' });
    const { id, version } = slots[1]!;
    await refused(adapter.bookAppointment({ ...request, slot: { id, version } }, { idempotencyKey: 'one' }), 'invalid');
  });

  it('is honestly a request where Slots turn out not to be writable', async () => {
    const { request, slot } = await aBooking(closed);
    const adapter = closed.adapter();
    assert.equal((await adapter.describeClinic({})).requestOnly, undefined);
    const appointment = await adapter.bookAppointment(request);
    assert.equal(appointment.status, 'proposed');
    ensureValid(await closed.stored<fhir.Appointment>('Appointment', appointment.id));
    assert.deepEqual(slotState(await closed.stored<fhir.Slot>('Slot', slot.id)), FREE);
    await refused(adapter.holdSlot({ ...request, acting: { patientId: 'p-samuel' } }), 'unsupported');
  });
});

describe('holds', () => {
  it('say on the Slot until when, and nothing of the patient', async () => {
    const { request, slot } = await aBooking(server);
    const hold = await server.adapter({ holdMinutes: 5 }).holdSlot(request);
    const stored = await server.stored<fhir.Slot>('Slot', slot.id);
    ensureValid(stored);
    assert.deepEqual(slotState(stored), { status: 'busy-tentative', marks: ['hold-mark, ending'] });
    assert.equal(hold.expires, '2026-03-02T07:05:00-05:00');
    assert.doesNotMatch(JSON.stringify(stored), /rosa/);
  });

  it('that their client left behind are taken over, by one of those who try', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    await adapter.holdSlot(request);
    const day = { visitTypeId: 'check-up', from: '2026-03-09', to: '2026-03-09' };
    const find = async () => (await adapter.findSlots(day)).items.find(({ id }) => id === slot.id);
    assert.equal(await find(), undefined);

    server.advance(11);
    const { version } = (await find()) ?? assert.fail('The time must be offered again.');
    const acting = { patientId: 'p-samuel' };
    const tries = Array.from({ length: 10 }, () =>
      adapter.bookAppointment({ ...request, acting, slot: { id: slot.id, version } }),
    );
    const outcomes = await Promise.allSettled(tries);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await takenBy(server, slot)).length, 1);
  });

  it('of other software are left alone', async () => {
    const { slot, request } = await aBooking(server);
    await server.change<fhir.Slot>('Slot', slot.id, { status: 'busy-tentative' });
    server.advance(10_000);
    const { version } = (await server.stored<fhir.Slot>('Slot', slot.id)).meta as { version?: string };
    await refused(
      server.adapter().bookAppointment({ ...request, slot: { id: slot.id, version: version ?? '' } }),
      'conflict',
    );
  });
});

describe('a booking that died half-way', () => {
  /** Locks the time, and does no more. */
  async function died(makes: boolean) {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter({ timeout: 200 });
    let cut = false;
    server.fail((one) => {
      if (cut) return { dropReply: true, status: 503 };
      cut = makes ? isAppointmentPost(one) : isSlotPut(one);
      return cut ? { dropReply: true } : undefined;
    });
    await assert.rejects(adapter.bookAppointment(request, { idempotencyKey: 'dead' }), isClinicError);
    server.fail(() => undefined);
    return { request, slot };
  }
  const later = { visitTypeId: 'check-up', from: '2026-03-09', to: '2026-03-09' };

  it('keeps its time while its client may still come back', async () => {
    const { slot } = await died(false);
    assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), {
      status: 'busy-tentative',
      marks: ['booking-mark, ending'],
    });
    const { items } = await server.adapter().findSlots(later);
    assert.ok(!items.some(({ id }) => id === slot.id));
  });

  it('loses its time later, where no appointment refers to it', async () => {
    const { request, slot } = await died(false);
    const adapter = server.adapter();
    server.advance(11);
    const found = (await adapter.findSlots(later)).items.find(({ id }) => id === slot.id);
    assert.ok(found, 'The time must be offered again.');
    const seen = { id: found.id, version: found.version };
    const taken = await adapter.bookAppointment({ ...request, acting: { patientId: 'p-samuel' }, slot: seen });
    assert.equal(taken.status, 'booked');
    // And who comes back then has lost it.
    await refused(adapter.bookAppointment(request, { idempotencyKey: 'dead' }), 'conflict');
    assert.equal((await takenBy(server, slot)).length, 1);
  });

  it('keeps its time where the adapter asks as somebody, who may not see the appointment', async () => {
    const { slot } = await died(false);
    const signedIn = [
      { getAccessToken: () => 'token' },
      { fetch: globalThis.fetch },
      { credentials: 'include' as const },
    ];
    for (const options of signedIn) {
      const adapter = server.adapter(options);
      server.advance(11);
      assert.ok(!(await adapter.findSlots(later)).items.some(({ id }) => id === slot.id));
    }
    const looks = server.requests.filter(({ path }) => path === 'Appointment/_search');
    assert.ok(!looks.some(({ body }) => String(body).includes('slot')));
    const clinics = server.adapter({ getAccessToken: () => 'token', seesEveryone: true });
    server.advance(11);
    assert.ok((await clinics.findSlots(later)).items.some(({ id }) => id === slot.id));
  });

  it('keeps its time for good, where an appointment refers to it', async () => {
    const { request, slot } = await died(true);
    const adapter = server.adapter();
    server.advance(11);
    const { items } = await adapter.findSlots(later);
    assert.ok(!items.some(({ id }) => id === slot.id));
    const { versionId = '' } = (await server.stored<fhir.Slot>('Slot', slot.id)).meta ?? {};
    const acting = { patientId: 'p-samuel' };
    await refused(
      adapter.bookAppointment({ ...request, acting, slot: { id: slot.id, version: versionId } }),
      'conflict',
    );
    assert.equal((await adapter.bookAppointment(request, { idempotencyKey: 'dead' })).status, 'booked');
    assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), BOOKED);
  });
});

describe('cancelAppointment', () => {
  it('says why in a standard code, and gives the Slot back', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    const { id, version } = await adapter.bookAppointment(request);
    const cancel = {
      acting: request.acting,
      appointment: { id, version },
      reason: 'no-transport',
      comment: 'The <i>bus</i> is gone.',
    } as const;
    assert.equal((await adapter.cancelAppointment(cancel)).status, 'cancelled');
    const stored = await server.stored<fhir.Appointment>('Appointment', id);
    ensureValid(stored);
    assert.deepEqual(stored.cancelationReason, {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason', code: 'pat-lt' }],
      text: 'The <i>bus</i> is gone.',
    });
    assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), FREE);
  });

  it('gives back the Slot of an appointment that staff made', async () => {
    const adapter = server.adapter();
    const { version } = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId: 'a-rosa-coming' });
    const acting = { patientId: 'p-rosa' };
    await adapter.cancelAppointment({ acting, appointment: { id: 'a-rosa-coming', version }, reason: 'other' });
    const { slot } = await server.stored<fhir.Appointment>('Appointment', 'a-rosa-coming');
    const id = slot![0]!.reference!.split('/')[1]!;
    assert.equal((await server.stored<fhir.Slot>('Slot', id)).status, 'free');
  });

  it('finishes although the reply is lost, and answers a repeat alike', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    const { id, version } = await adapter.bookAppointment(request);
    server.fail((one) => (isAppointmentPut(one) ? { dropReply: true } : undefined));
    const cancel = { acting: request.acting, appointment: { id, version }, reason: 'other' } as const;
    const first = await adapter.cancelAppointment(cancel, { idempotencyKey: 'c' });
    assert.deepEqual(await adapter.cancelAppointment(cancel, { idempotencyKey: 'c' }), first);
    assert.deepEqual(slotState(await server.stored<fhir.Slot>('Slot', slot.id)), FREE);
  });

  it('does not free a Slot that someone else has by now', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    const { id, version } = await adapter.bookAppointment(request);
    await server.change<fhir.Slot>('Slot', slot.id, {
      identifier: [{ system: 'urn:clinic-widgets:booking-mark', value: 'another' }],
    });
    await adapter.cancelAppointment({ acting: request.acting, appointment: { id, version }, reason: 'other' });
    assert.equal((await server.stored<fhir.Slot>('Slot', slot.id)).status, 'busy');
  });

  it('does not free a Slot that another appointment of staff’s refers to, as for a group', async () => {
    const adapter = server.adapter();
    const one = await server.stored<fhir.Appointment>('Appointment', 'a-rosa-coming');
    await server.seed([{ ...one, id: 'another' }]);
    const acting = { patientId: 'p-rosa' };
    const { version } = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId: one.id! });
    await adapter.cancelAppointment({ acting, appointment: { id: one.id!, version }, reason: 'other' });
    const id = one.slot![0]!.reference!.split('/')[1]!;
    assert.equal((await server.stored<fhir.Slot>('Slot', id)).status, 'busy');
  });

  it('stands, with a warning, where the Slot cannot be freed', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    const { id, version } = await adapter.bookAppointment(request);
    server.fail((one) => (isSlotPut(one) ? { status: 500 } : undefined));
    const { status } = await adapter.cancelAppointment({
      acting: request.acting,
      appointment: { id, version },
      reason: 'other',
    });
    assert.equal(status, 'cancelled');
    assert.deepEqual(server.warnings, [{ resourceType: 'Slot', id: slot.id, reason: 'not-freed' }]);
  });
});

describe('rescheduleAppointment', () => {
  async function moving() {
    const { request, slot, slots } = await aBooking(server);
    const adapter = server.adapter();
    const { id, version } = await adapter.bookAppointment(request, { idempotencyKey: 'b' });
    const next = slots[1]!;
    const move = { acting: request.acting, appointment: { id, version }, slot: { id: next.id, version: next.version } };
    return { adapter, slot, next, move };
  }
  const stateOf = async (id: string) => slotState(await server.stored<fhir.Slot>('Slot', id));

  it('moves the Appointment, takes the new Slot and frees the old one', async () => {
    const { adapter, slot, next, move } = await moving();
    const moved = await adapter.rescheduleAppointment(move);
    assert.equal(moved.start, next.start);
    ensureValid(
      await server.stored<fhir.Appointment>('Appointment', moved.id),
      await server.stored<fhir.Slot>('Slot', next.id),
    );
    assert.deepEqual([await stateOf(slot.id), await stateOf(next.id)], [FREE, BOOKED]);
  });

  it('keeps the old Slot and gives the new one back when the Appointment cannot be changed', async () => {
    const { adapter, slot, next, move } = await moving();
    server.fail((one) => (isAppointmentPut(one) ? { status: 412 } : undefined));
    await refused(adapter.rescheduleAppointment(move), 'conflict');
    assert.deepEqual([await stateOf(slot.id), await stateOf(next.id)], [BOOKED, FREE]);
  });

  it('moves the Appointment back when the new Slot was taken over before it was settled', async () => {
    const { adapter, slot, next, move } = await moving();
    const isSettling = nth(2, isSlotPut);
    server.fail((one) => (isSettling(one) ? { delay: 50 } : undefined));
    const moved = adapter.rescheduleAppointment(move, { idempotencyKey: 'm' });
    while ((await takenBy(server, next)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.change<fhir.Slot>('Slot', next.id, { status: 'busy', identifier: [] });
    await refused(moved, 'conflict');
    const [standing] = await takenBy(server, slot);
    assert.deepEqual(
      [standing?.start && Date.parse(standing.start), await stateOf(slot.id)],
      [Date.parse(slot.start), BOOKED],
    );
    const { versionId = '' } = standing?.meta ?? {};
    const again = { ...move, appointment: { id: move.appointment.id, version: versionId } };
    await refused(adapter.rescheduleAppointment(again, { idempotencyKey: 'm' }), 'conflict');
  });

  for (let step = 1; step <= 4; step += 1) {
    it(`is finished by a repeat where nothing was heard any more after write ${step}`, async () => {
      const { slot, next, move } = await moving();
      let written = 0;
      let cut = false;
      server.fail((one) => {
        if (cut) return { dropReply: true, status: 503 };
        if (one.method !== 'GET' && !one.path.endsWith('_search')) written += 1;
        cut = written === step;
        return cut ? { dropReply: true } : undefined;
      });
      await server
        .adapter()
        .rescheduleAppointment(move, { idempotencyKey: 'm' })
        .catch(() => undefined);
      server.fail(() => undefined);
      const moved = await server.adapter().rescheduleAppointment(move, { idempotencyKey: 'm' });
      assert.equal(moved.start, next.start);
      assert.deepEqual([await stateOf(slot.id), await stateOf(next.id)], [FREE, BOOKED]);
      assert.deepEqual(await server.adapter().rescheduleAppointment(move, { idempotencyKey: 'm' }), moved);
    });
  }
});

describe('acting for a patient', () => {
  const acting = { patientId: 'p-mateo', representativeId: 'r-rosa' };

  it('is noted on the Appointment and in a Provenance', async () => {
    const { request } = await aBooking(server, { acting });
    const { id } = await server.adapter().bookAppointment(request);
    const appointment = await server.stored<fhir.Appointment>('Appointment', id);
    assert.ok(appointment.participant.some(({ actor }) => actor?.reference === 'RelatedPerson/r-rosa'));
    const [provenance] = await server.storedAll<fhir.Provenance>('Provenance');
    ensureValid(provenance!);
    assert.deepEqual(provenance?.agent, [
      {
        role: [
          {
            coding: [
              { system: 'urn:clinic-widgets:authorities', code: 'parent' },
              { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'PRN' },
            ],
          },
        ],
        who: { reference: 'RelatedPerson/r-rosa' },
        onBehalfOf: { reference: 'Patient/p-mateo' },
      },
    ]);
  });

  it('books all the same where the Provenance cannot be written, with a warning', async () => {
    const { request } = await aBooking(server, { acting });
    server.fail(({ path }) => (path === 'Provenance' ? { status: 500 } : undefined));
    const { id, status } = await server.adapter().bookAppointment(request);
    assert.equal(status, 'booked');
    assert.deepEqual(server.warnings, [{ resourceType: 'Appointment', id, reason: 'not-recorded' }]);
  });

  it('is refused to those who are not, or no longer, the patient’s', async () => {
    const { request } = await aBooking(server);
    const adapter = server.adapter();
    const book = (representativeId: string, patientId = 'p-mateo') =>
      adapter.bookAppointment({ ...request, acting: { patientId, representativeId } });
    await refused(book('r-grace'), 'forbidden');
    await refused(book('nobody'), 'forbidden');
    await server.change<fhir.RelatedPerson>('RelatedPerson', 'r-rosa', { period: { end: '2026-01-01' } });
    await refused(book('r-rosa'), 'forbidden');
    await server.change<fhir.RelatedPerson>('RelatedPerson', 'r-rosa', { active: false });
    await refused(book('r-rosa'), 'forbidden');
  });
});
