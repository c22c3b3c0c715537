import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { AppointmentStatus } from '@clinic-widgets/core/appointments.js';
import type { Station, Visit } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { addMinutes } from '@clinic-widgets/core/time.js';
import fc from 'fast-check';
import { visitSteps } from '../../../test/visit-steps.ts';
import { memoryAdapter } from './memory-adapter.ts';
import type { Seed, SeedAppointment, SeedCharge, SeedCheckIn } from './seed.ts';

const NOW = '2026-03-02T09:00:00-05:00';
const harbor = harborClinic({ now: NOW, weeks: 1 });
const rosa = { patientId: 'p-rosa' };
const KIOSK: Station = { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' };

const copay: SeedCharge = {
  id: 'c1',
  appointmentId: 'a1',
  words: { en: { label: 'Copay' } },
  amount: { value: '25.00', currency: 'USD' },
};

const visitAt = (start: string, more: Partial<SeedAppointment> = {}): SeedAppointment => ({
  id: 'a1',
  patientId: 'p-rosa',
  status: 'booked',
  start,
  end: addMinutes(start, 30),
  visitTypeId: 'check-up',
  locationId: 'st-joseph',
  mode: 'in-person',
  checkInCode: 'RDE-1',
  ...more,
});

/** A clinic with one visit of Rosa's in twenty minutes, with a clock that can be set. */
function clinicWith({ checkIn, ...change }: Partial<Omit<Seed, 'checkIn'>> & { checkIn?: Partial<SeedCheckIn> } = {}) {
  let now = NOW;
  const seed: Seed = {
    ...harbor,
    appointments: [visitAt(addMinutes(NOW, 20))],
    formRequests: [],
    visitForms: [],
    consentDocuments: [],
    charges: [],
    ...change,
    checkIn: { ...harbor.checkIn, ...checkIn },
  };
  const adapter = memoryAdapter(seed, { now: () => now });
  const visits = async (acting: Acting = rosa, station = KIOSK) =>
    (await adapter.findVisits({ acting, station })).items;
  const step = ({ appointment: { id, version, patientId } }: Visit, station = KIOSK) => ({
    acting: { patientId },
    appointment: { id, version },
    station,
  });
  return {
    adapter,
    at: (instant: string) => void (now = instant),
    visits,
    step,
    arrive: async (acting: Acting = rosa) => adapter.arriveAtVisit(step((await visits(acting))[0]!)),
    confirm: async (acting: Acting = rosa) => {
      const { version } = await adapter.getDetails({ acting });
      const about = { acting, appointmentId: 'a1', version, station: KIOSK, at: now };
      return adapter.confirmDetails({ ...about, confirmed: ['name'], changed: {} });
    },
  };
}

const names = ({ preparations }: Visit) => preparations.map(({ name, state }) => `${name} ${state}`);
const refused = (code: string) => ({ name: 'ClinicError', code });

describe('the check-in of the memory adapter', () => {
  it('knows the way of a visit as early, late or missed to the minute, and no later for waiting', async () => {
    const { at, visits, arrive } = clinicWith();
    const start = addMinutes(NOW, 20);
    const timings: readonly [number, Visit['timing']][] = [
      [-181, 'too-early'],
      [-180, 'early'],
      [-31, 'early'],
      [-30, 'on-time'],
      [15, 'on-time'],
      [16, 'late'],
      [60, 'late'],
      [61, 'missed'],
    ];
    for (const [minutes, timing] of timings) {
      at(addMinutes(start, minutes));
      assert.equal((await visits())[0]!.timing, timing, `${minutes} minutes`);
    }
    at(start);
    await arrive();
    at(addMinutes(start, 120));
    assert.equal((await visits())[0]!.timing, 'on-time');
  });

  it('goes by the day where the visit is', async () => {
    const late = visitAt('2026-03-02T23:30:00-06:00', { locationId: 'michigan-city' });
    const { at, visits } = clinicWith({ appointments: [late] });
    at('2026-03-03T00:30:00-05:00');
    assert.equal((await visits()).length, 1);
    at('2026-03-03T01:30:00-05:00');
    assert.equal((await visits()).length, 0);
  });

  it('lets nobody arrive on another day than the visit’s', async () => {
    const { adapter, at, step, visits } = clinicWith();
    const [visit] = await visits();
    at(addMinutes(NOW, 24 * 60));
    await assert.rejects(adapter.arriveAtVisit(step(visit!)), refused('conflict'));
  });

  it('lists no visit that was called off, or is not certain', async () => {
    for (const status of ['cancelled', 'noshow', 'proposed', 'pending'] as const) {
      const { visits, adapter } = clinicWith({ appointments: [visitAt(addMinutes(NOW, 20), { status })] });
      assert.deepEqual(await visits(), [], status);
      const { outcome } = await adapter.identify({ claim: { code: 'RDE-1' }, station: KIOSK });
      assert.equal(outcome, 'unrecognized', status);
    }
  });

  it('names what a visit needs, screening before all that a payer has a part in where the clinic has it so', async () => {
    const needs = {
      visitForms: [{ visitTypeId: 'check-up', formIds: ['intake', 'mri-safety'] }],
      consentDocuments: harbor.consentDocuments,
      charges: [copay],
    };
    const usual = await clinicWith(needs).visits();
    const all = ['details open', 'insurance open', 'forms open', 'consents open', 'payment open'];
    assert.deepEqual(names(usual[0]!), all);
    const [emergency] = await clinicWith({ ...needs, checkIn: { screeningFirst: true } }).visits();
    assert.deepEqual(names(emergency!), ['screening open', ...all]);
    assert.ok(emergency!.preparations[0]!.mandatory, 'It is no less needed for being asked apart.');
    assert.deepEqual(names((await clinicWith().visits())[0]!), ['details open', 'insurance open']);
  });

  it('lets no payer keep anyone from being checked in, even where the clinic calls that mandatory', async () => {
    const { arrive, confirm, adapter, step } = clinicWith({
      charges: [copay],
      checkIn: { mandatory: ['details', 'insurance', 'payment'] },
    });
    const visit = await arrive();
    await confirm();
    assert.equal((await adapter.checkIn(step(visit))).appointment.status, 'checked-in');
  });

  it('sends to the desk who cannot pay, and is done with who has paid', async () => {
    const charges = ['c1', 'c2'].map((id) => ({ ...copay, id }));
    const { adapter, visits } = clinicWith({ charges });
    const pay = (chargeIds: string[], choice: 'paid' | 'cannot-pay') =>
      adapter.choosePayment({ acting: rosa, appointmentId: 'a1', chargeIds, choice });
    const payment = async () => names((await visits())[0]!).at(-1);
    await pay(['c1'], 'paid');
    assert.equal(await payment(), 'payment open');
    await pay(['c2'], 'cannot-pay');
    assert.equal(await payment(), 'payment at-desk');
    await pay(['c2'], 'paid');
    assert.equal(await payment(), 'payment done');
    assert.deepEqual(await adapter.findCharges({ acting: rosa, appointmentId: 'a1' }), { items: [] });
    await assert.rejects(pay(['c2'], 'cannot-pay'), refused('conflict'));
    await assert.rejects(pay(['c1', 'c9'], 'paid'), { code: 'invalid', paths: [['chargeIds', 1]] });
  });

  it('believes no kiosk, and no code, of another place', async () => {
    const { visits, adapter, step } = clinicWith();
    const [visit] = await visits();
    const codeOf = (place: string) => harbor.checkIn.lobbyCodes.find(({ locationId }) => locationId === place)!.code;
    for (const station of [
      { ...KIOSK, locationId: 'michigan-city' },
      { kind: 'phone', locationId: 'st-joseph' },
      { kind: 'phone', lobbyCode: codeOf('michigan-city') },
    ] as const) {
      await assert.rejects(adapter.arriveAtVisit(step(visit!, station)), refused('forbidden'));
    }
    const lobbyCode = codeOf('st-joseph').toLowerCase();
    assert.ok((await adapter.arriveAtVisit(step(visit!, { kind: 'phone', lobbyCode }))).ticket);
  });

  it('gives tickets that are short, easily spoken, and of nobody else on the day', async () => {
    const { adapter, arrive } = clinicWith();
    const numbers = [(await arrive()).ticket!];
    for (let count = 0; count < 1200; count += 1) {
      numbers.push((await adapter.askForHelp({ station: KIOSK, reason: 'person' })).number);
    }
    assert.equal(new Set(numbers).size, numbers.length);
    for (const number of numbers) assert.match(number, /^[AFHKLMPRUXY][1-9]\d{1,2}$/);
  });

  it('begins the tickets anew each day', async () => {
    const { adapter, at } = clinicWith();
    const first = await adapter.askForHelp({ station: KIOSK, reason: 'person' });
    at('2026-03-03T09:00:00-05:00');
    assert.equal((await adapter.askForHelp({ station: KIOSK, reason: 'person' })).number, first.number);
  });

  it('tells a wait from the start of the visit on, and never that there is none', async () => {
    const { adapter, arrive, at } = clinicWith();
    await arrive();
    const wait = async () => (await adapter.getVisitProgress({ acting: rosa, appointmentId: 'a1' })).wait;
    assert.deepEqual(await wait(), { least: 30, most: 45 });
    at(addMinutes(NOW, 35));
    assert.deepEqual(await wait(), { least: 0, most: 10 });
    at(addMinutes(NOW, 90));
    assert.deepEqual(await wait(), { least: 0, most: 5 });
  });

  it('sends who declined what the visit depends on to the desk', async () => {
    const { adapter, arrive, confirm } = clinicWith({ consentDocuments: harbor.consentDocuments });
    await arrive();
    await confirm();
    const { items } = await adapter.findConsents({ acting: rosa, appointmentId: 'a1' });
    const { id, version, language } = items.find(({ mandatory }) => mandatory)!;
    const about = { acting: rosa, appointmentId: 'a1', document: { id, version }, language, station: KIOSK, at: NOW };
    await adapter.recordConsent({ ...about, decision: 'declined' });
    const progress = () => adapter.getVisitProgress({ acting: rosa, appointmentId: 'a1' });
    assert.equal((await progress()).state, 'see-desk');
    await adapter.recordConsent({ ...about, decision: 'accepted', signature: { typed: 'Rosa Delgado' } });
    assert.equal((await progress()).state, 'waiting');
  });

  it('answers a reminder once, by a link that is good', async () => {
    const token = 'a-link';
    const reminders = [{ token, appointmentId: 'a1', expires: addMinutes(NOW, 60) }];
    const late = clinicWith({ reminders });
    late.at(addMinutes(NOW, 60));
    await assert.rejects(late.adapter.respondToAppointment({ token, answer: 'coming' }), refused('not-found'));

    const { adapter, visits } = clinicWith({ reminders });
    assert.equal((await adapter.respondToAppointment({ token, answer: 'cannot-come' })).status, 'cancelled');
    await assert.rejects(adapter.respondToAppointment({ token, answer: 'coming' }), refused('not-found'));
    assert.deepEqual(await visits(), []);

    const here = clinicWith({ reminders });
    await here.arrive();
    await assert.rejects(here.adapter.respondToAppointment({ token, answer: 'cannot-come' }), refused('conflict'));
    assert.equal((await here.adapter.respondToAppointment({ token, answer: 'coming' })).status, 'arrived');
  });

  it('lets nobody ask after what is no call for a person', async () => {
    const { adapter } = clinicWith();
    const { id } = await adapter.raiseAlert({ acting: rosa, reason: 'answer', form: { id: 'intake', version: '1' } });
    await assert.rejects(adapter.getHelp({ helpId: id }), refused('not-found'));
  });

  it('passes a call for a person on without a patient whom the caller may not act for', async () => {
    const { adapter } = clinicWith();
    const acting = { patientId: 'p-rosa', representativeId: 'r-grace' };
    const { id } = await adapter.askForHelp({ station: KIOSK, reason: 'danger', acting, appointmentId: 'a1' });
    const one = (await adapter.findAttention({})).items.find((each) => each.id === id)!;
    assert.deepEqual([one.priority, one.patientId, one.appointmentId], ['stat', undefined, undefined]);
  });

  describe('who acts for a patient', () => {
    const private_ = visitAt(addMinutes(NOW, 20), {
      patientId: 'p-zoe',
      visitTypeId: 'new-problem',
      practitionerId: 'okafor',
    });
    const charges = [{ ...copay, words: { en: { label: 'New problem' } } }];
    const jun = { patientId: 'p-zoe', representativeId: 'r-jun' };

    it('learns nothing of what a private visit is for', async () => {
      const { adapter, visits } = clinicWith({ appointments: [private_], charges });
      const [seen] = await visits(jun);
      const { visitType, practitioner, instructions } = seen!.appointment;
      assert.deepEqual([visitType, practitioner, instructions], [undefined, undefined, undefined]);
      assert.deepEqual(await adapter.findCharges({ acting: jun, appointmentId: 'a1' }), { items: [] });
      await assert.rejects(adapter.getVisitSummary({ acting: jun, appointmentId: 'a1' }), refused('forbidden'));
      assert.ok((await visits({ patientId: 'p-zoe' }))[0]!.appointment.visitType);
    });

    it('learns nothing of it as a stranger, however young the patient is', async () => {
      const { adapter, visits } = clinicWith({
        appointments: [{ ...private_, checkInCode: 'ZKI-1' }],
        patients: harbor.patients.map((one) => (one.id === 'p-zoe' ? { ...one, birthDate: '2024-05-01' } : one)),
      });
      const representative = { name: 'Phoebe Marsh', relationship: 'a friend' };
      const answer = await adapter.identify({ claim: { code: 'ZKI-1' }, station: KIOSK, representative });
      assert.ok(answer.outcome === 'identified');
      assert.equal((await visits(answer.acting))[0]!.appointment.visitType, undefined);
    });

    it('learns it until the birthday at which the patient is of the clinic’s privacy age', async () => {
      const birthday = (birthDate: string) =>
        clinicWith({
          appointments: [private_],
          patients: harbor.patients.map((one) => (one.id === 'p-zoe' ? { ...one, birthDate } : one)),
        }).visits(jun);
      assert.ok((await birthday('2013-03-03'))[0]!.appointment.visitType);
      assert.equal((await birthday('2013-03-02'))[0]!.appointment.visitType, undefined);
      assert.equal((await birthday('2013'))[0]!.appointment.visitType, undefined);
    });

    it('may be somebody whom the clinic does not know, for that patient and no other', async () => {
      const { adapter } = clinicWith();
      const representative = { name: 'Phoebe Marsh', relationship: 'a friend' };
      const answer = await adapter.identify({ claim: { code: 'RDE-1' }, station: KIOSK, representative });
      assert.ok(answer.outcome === 'identified' && answer.authority === 'unknown');
      const { representativeId } = answer.acting;
      const { withheld } = await adapter.getDetails({ acting: answer.acting });
      assert.deepEqual(withheld, ['phone', 'email', 'address']);
      const other = { patientId: 'p-mateo', representativeId: representativeId! };
      await assert.rejects(adapter.getDetails({ acting: other }), refused('forbidden'));
    });

    it('is not kept from checking the patient in by a form that is the patient’s alone', async () => {
      const { adapter, visits, step } = clinicWith({
        appointments: [visitAt(addMinutes(NOW, 20), { patientId: 'p-samuel' })],
        visitForms: [{ visitTypeId: 'check-up', formIds: ['phq-9'] }],
        checkIn: { mandatory: ['forms'] },
      });
      const grace = { patientId: 'p-samuel', representativeId: 'r-grace' };
      const [visit] = await visits(grace);
      assert.deepEqual(names(visit!), ['details open', 'insurance open']);
      const arrived = await adapter.arriveAtVisit({ ...step(visit!), acting: grace });
      await assert.rejects(adapter.checkIn(step(arrived)), refused('conflict'));
      assert.equal((await adapter.checkIn({ ...step(arrived), acting: grace })).appointment.status, 'checked-in');
      const [unfinished] = (await adapter.findAttention({ patientId: 'p-samuel' })).items;
      assert.ok(unfinished!.unfinished!.includes('forms'), 'The desk must know that it is not filled in.');
    });
  });

  it('knows a code however it is typed, and a patient by what was put right meanwhile', async () => {
    const { adapter } = clinicWith();
    const { version } = await adapter.getDetails({ acting: rosa });
    const changed = { phone: '(269) 555-0999', preferredName: 'Rosie' };
    const about = { acting: rosa, version, station: KIOSK, at: NOW, confirmed: [], changed };
    await adapter.confirmDetails(about);
    const identify = (claim: Parameters<typeof adapter.identify>[0]['claim']) =>
      adapter.identify({ claim, station: KIOSK });
    assert.equal((await identify({ code: ' rde 1 ' })).outcome, 'identified');
    const answer = await identify({ familyName: 'Rosie', birthDate: '1984-06-17' });
    assert.ok(answer.outcome === 'challenge');
    const right = { challengeId: answer.challengeId, factor: 'phone-last-four', value: '0999' } as const;
    assert.equal((await identify(right)).outcome, 'identified');
  });
});

/** What may follow what: Oracle's transitions (https://docs.oracle.com/en/industries/health/millennium-platform-apis/mfrap/api-appointment.html), but that a patient is there first. */
const LEGAL: Readonly<Partial<Record<AppointmentStatus, readonly AppointmentStatus[]>>> = {
  booked: ['arrived', 'cancelled'],
  arrived: ['checked-in', 'cancelled'],
  'checked-in': ['fulfilled', 'cancelled'],
};

describe('the status of a visit', () => {
  const STEPS = [
    'prepareVisit',
    'arriveAtVisit',
    'checkIn',
    'checkOut',
    'cancelAppointment',
    'confirm',
    'stale',
  ] as const;

  for (const { step: name, from, to } of visitSteps) {
    it(`${to ? 'lets' : 'does not let'} ${name} follow ${from}`, async () => {
      const visit = visitAt(addMinutes(NOW, 20), { status: from });
      const { adapter } = clinicWith({ appointments: [visit], checkIn: { mandatory: [] } });
      const about = { ...rosa, appointmentId: 'a1' };
      const step = { acting: rosa, appointment: await adapter.getAppointment(about), station: KIOSK };
      if (to) await adapter[name](step);
      else await assert.rejects(adapter[name](step), refused('conflict'));
      assert.equal((await adapter.getAppointment(about)).status, to ?? from);
    });
  }

  it('takes legal transitions only, whatever is asked, each with another version', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 12 }), async (steps) => {
        const { adapter, confirm } = clinicWith();
        const read = () => adapter.getAppointment({ patientId: 'p-rosa', appointmentId: 'a1' });
        for (const name of steps) {
          const before = await read();
          const version = name === 'stale' ? `${before.version}9` : before.version;
          const step = { acting: rosa, appointment: { id: 'a1', version }, station: KIOSK };
          const work =
            name === 'confirm'
              ? confirm()
              : name === 'cancelAppointment'
                ? adapter.cancelAppointment({ ...step, reason: 'other' })
                : adapter[name === 'stale' ? 'arriveAtVisit' : name](step);
          await work.catch((error: unknown) => assert.ok(isClinicError(error)));
          const after = await read();
          if (after.status === before.status) continue;
          assert.ok(LEGAL[before.status]?.includes(after.status), `${before.status} to ${after.status}`);
          assert.notEqual(after.version, before.version);
          assert.notEqual(name, 'stale');
        }
      }),
      { numRuns: 200 },
    );
  });
});
