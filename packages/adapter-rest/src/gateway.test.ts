import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import {
  type AdapterImplementation,
  type Call,
  type CallOptions,
  defineAdapter,
  operationNames,
  type OperationName,
  operationsOf,
} from '@clinic-widgets/core/adapter.js';
import type { Help, Identification, Visit } from '@clinic-widgets/core/check-in.js';
import type { Clinic } from '@clinic-widgets/core/clinic.js';
import { contract } from '@clinic-widgets/core/contract.js';
import { ClinicError, type ErrorCode, isClinicError } from '@clinic-widgets/core/errors.js';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { gateway, type GatewayOptions, reminderToken } from './gateway.ts';
import { restAdapter } from './rest-adapter.ts';
import { type Caller, type ReceivedOptions, restHandler } from './rest-handler.ts';

const key = 'a key that is long enough: 32 bytes';
const START = '2026-03-02T14:00:00Z';
const kiosk = { device: 'lobby-1', kiosk: true };
const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
const claim = { familyName: 'Delgado', birthDate: '1984-06-17' };
const rosa = { patientId: 'rosa' };

const aClinic = { name: 'Harbor Clinic', timeZone: 'UTC', supports: [] };
const identified: Extract<Identification, { outcome: 'identified' }> = {
  outcome: 'identified',
  pass: 'behind-1',
  expires: '2026-03-02T15:00:00Z',
  acting: rosa,
  authority: 'self',
};
const visitOf = (id: string): Visit => ({
  appointment: { id, version: '1', status: 'booked', patientId: 'rosa', timeZone: 'UTC' },
  preparations: [],
  ready: false,
  timing: 'on-time',
});

interface Heard {
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly options: CallOptions;
}

/** A gateway before an adapter that answers as told and keeps what it was asked, with a clock to move. */
function opened(answers: AdapterImplementation = {}, options: Partial<GatewayOptions> = {}) {
  const clock = { now: Date.parse(START) };
  const heard: Heard[] = [];
  const implementation: AdapterImplementation = {
    identify: async () => identified,
    findVisits: async () => ({ items: [visitOf('a1')] }),
    getVisitProgress: async () => ({ state: 'waiting' }),
    findOrders: async () => ({ items: [] }),
    findAttention: async () => ({ items: [] }),
    respondToAppointment: async () => ({ timeZone: 'UTC', status: 'booked' }),
    ...answers,
  };
  const listening = Object.entries(implementation).map(([name, run]) => [
    name,
    (input: never, given: never) => {
      heard.push({ name, input, options: given });
      return (run as (input: never, options: never) => unknown)(input, given);
    },
  ]);
  const behind = defineAdapter(Object.fromEntries(listening) as AdapterImplementation);
  const adapter = gateway(behind, { key, now: () => new Date(clock.now).toISOString(), ...options });
  const ask = <T>(name: OperationName, input: object, given: ReceivedOptions = {}) =>
    (adapter[name] as Call)(input, { caller: kiosk, ...given }) as Promise<T>;

  return {
    clock,
    heard,
    ask,
    identify: (given?: object, caller: Caller = kiosk) =>
      ask<Identification>('identify', { claim, station, ...given }, { caller }),
    pass: async (caller: Caller = kiosk) => {
      const answer = await ask<Identification>(
        'identify',
        { claim, station: caller.kiosk ? station : { kind: 'phone' } },
        { caller },
      );
      return answer.outcome === 'identified' ? answer.pass : assert.fail('Nobody was identified.');
    },
  };
}

async function refusal(call: Promise<unknown>): Promise<ClinicError> {
  const error = await call.then(
    () => assert.fail('The call should have been refused.'),
    (reason: unknown) => reason,
  );
  assert.ok(isClinicError(error), String(error));
  return error;
}
const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).code;
const progress = { acting: rosa, appointmentId: 'a1' };

const claims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
const secret = new TextEncoder().encode(key);

describe('gateway', () => {
  it('gives whoever is identified a pass of its own, which says whom and which visits it is for', async () => {
    const { identify } = opened();
    const answer = await identify();
    assert.ok(answer.outcome === 'identified');
    assert.notEqual(answer.pass, 'behind-1');
    const { sub, authority, visits, aud, kiosk } = claims(answer.pass);
    assert.deepEqual([sub, authority, visits, aud, kiosk], ['rosa', 'self', ['a1'], 'visit', 'lobby-1']);
  });

  it('lets a pass be good for as long as the adapter lets its own', async () => {
    for (const expires of ['2026-03-02T14:05:00.000Z', '2026-03-02T18:00:00.000Z']) {
      const answer = await opened({ identify: async () => ({ ...identified, expires }) }).identify();
      assert.ok(answer.outcome === 'identified');
      assert.deepEqual([answer.expires, claims(answer.pass)['exp']], [expires, Date.parse(expires) / 1000]);
    }
  });

  it('gives the same pass for the same call once more', async () => {
    const { pass } = opened();
    assert.equal(await pass(), await pass());
  });

  it('takes a credential of its own that is refused for no fault of the patient’s pass', async () => {
    const { ask, pass } = opened({
      getVisitProgress: () => Promise.reject(new ClinicError('unauthenticated', 'The token is over.')),
    });
    assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: await pass() })), 'unavailable');
    assert.equal(await codeOf(ask('getVisitProgress', progress)), 'unauthenticated');
  });

  it('takes the key of an identification for the device’s own', async () => {
    const { ask, heard } = opened();
    const phone = { kind: 'phone' };
    for (const device of ['address 192.0.2.1', 'address 192.0.2.2', 'address 192.0.2.1']) {
      await ask('identify', { claim, station: phone }, { caller: { device }, idempotencyKey: 'k1' });
    }
    const [one, other, again] = heard.filter(({ name }) => name === 'identify').map(({ options }) => options);
    assert.notEqual(one!.idempotencyKey, other!.idempotencyKey);
    assert.equal(one!.idempotencyKey, again!.idempotencyKey);
  });

  it('lets through what the pass is for, with the pass of the adapter behind', async () => {
    const { ask, pass, heard } = opened();
    assert.deepEqual(await ask('getVisitProgress', progress, { pass: await pass() }), { state: 'waiting' });
    const { input, options } = heard.at(-1)!;
    assert.deepEqual([input, options.pass], [progress, 'behind-1']);
  });

  it('knows nobody without a pass, or with one that is none', async () => {
    const { ask, heard } = opened();
    for (const pass of [undefined, '', 'x', 'a.b.c', 'behind-1']) {
      const given = pass === undefined ? {} : { pass };
      assert.equal(await codeOf(ask('getVisitProgress', progress, given)), 'unauthenticated', pass ?? 'none');
    }
    assert.deepEqual(heard, []);
  });

  it('takes no pass that was tampered with', async () => {
    const { ask, pass, heard } = opened();
    const [header, payload, signature] = (await pass()).split('.') as [string, string, string];
    const other = Buffer.from(JSON.stringify({ ...claims(`.${payload}.`), sub: 'miguel' })).toString('base64url');
    const asked = heard.length;
    const forgeries = [
      `${header}.${other}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}AA`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
    ];
    for (const forged of forgeries) {
      assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: forged })), 'unauthenticated', forged);
    }
    assert.equal(heard.length, asked);
  });

  const forged = { sub: 'rosa', authority: 'self', visits: ['a1'], kiosk: 'lobby-1', behind: 'b', aud: 'visit' };
  const soon = Date.parse(START) / 1000 + 60;

  it('takes no pass that no key signed, or another key, or by another algorithm, or that never ends', async () => {
    const { ask } = opened();
    const signed = (claims: JWTPayload, alg: string, by: Uint8Array, typ = 'JWT') =>
      new SignJWT(claims).setProtectedHeader({ alg, typ }).sign(by);
    const passes = {
      unsigned: new UnsecuredJWT({ ...forged, exp: soon }).encode(),
      none: `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...forged, exp: soon })).toString('base64url')}.`,
      otherKey: await signed({ ...forged, exp: soon }, 'HS256', new TextEncoder().encode('x'.repeat(32))),
      otherAlgorithm: await signed({ ...forged, exp: soon }, 'HS512', new TextEncoder().encode(key.repeat(3))),
      endless: await signed(forged, 'HS256', secret),
      otherType: await signed({ ...forged, exp: soon }, 'HS256', secret, 'at+jwt'),
      otherAudience: await signed({ ...forged, exp: soon, aud: 'reminder', jti: '1' }, 'HS256', secret),
      noAudience: await signed({ ...forged, exp: soon, aud: '' }, 'HS256', secret),
      nobody: await signed({ ...forged, exp: soon, sub: '' }, 'HS256', secret),
    };
    for (const [name, pass] of Object.entries(passes)) {
      assert.equal(await codeOf(ask('getVisitProgress', progress, { pass })), 'unauthenticated', name);
    }
    const good = await signed({ ...forged, exp: soon }, 'HS256', secret);
    assert.deepEqual(await ask('getVisitProgress', progress, { pass: good }), { state: 'waiting' });
  });

  it('takes a pass until it is over, and a little longer, as clocks differ', async () => {
    const { ask, pass, clock } = opened();
    const token = await pass();
    clock.now += 60 * 60_000 + 25_000;
    assert.deepEqual(await ask('getVisitProgress', progress, { pass: token }), { state: 'waiting' });
    clock.now += 10_000;
    assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: token })), 'unauthenticated');
  });

  it('takes the pass of a kiosk at that kiosk only', async () => {
    const { ask, pass } = opened();
    const token = await pass();
    for (const caller of [{ device: 'lobby-2', kiosk: true }, { device: 'lobby-1' }, {}]) {
      assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: token, caller })), 'unauthenticated');
    }
  });

  it('takes the pass of a phone from whichever address it has come to, and at no kiosk', async () => {
    const { ask, pass } = opened();
    const token = await pass({ device: 'address 192.0.2.1' });
    for (const caller of [{ device: 'address 192.0.2.1' }, { device: 'address 198.51.100.9' }, {}]) {
      assert.deepEqual(await ask('getVisitProgress', progress, { pass: token, caller }), { state: 'waiting' });
    }
    assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: token })), 'unauthenticated');
  });

  it('is asked about the patient of the pass only', async () => {
    const { ask, pass, heard } = opened();
    const token = await pass();
    const asked = heard.length;
    const others = [
      ['getVisitProgress', { acting: { patientId: 'miguel' }, appointmentId: 'a1' }],
      ['getVisitProgress', { acting: { patientId: 'rosa', representativeId: 'r1' }, appointmentId: 'a1' }],
      ['getVisitProgress', { acting: rosa, appointmentId: 'a2' }],
      ['findOrders', { acting: { patientId: 'miguel' } }],
      ['getAppointment', { patientId: 'rosa', appointmentId: 'a2' }],
      ['cancelAppointment', { acting: rosa, appointment: { id: 'a2', version: '1' }, reason: 'other' }],
      ['arriveAtVisit', { acting: rosa, appointment: { id: 'a2', version: '1' }, station }],
      ['submitForm', { ...contract.submitForm.sample, acting: rosa, appointmentId: 'a2' }],
      ['askForHelp', { station, reason: 'person', acting: { patientId: 'miguel' } }],
      ['askForHelp', { station, reason: 'person', acting: rosa, appointmentId: 'a2' }],
      ['askForHelp', { station, reason: 'person', appointmentId: 'a1' }],
    ] as const;
    for (const [name, input] of others) {
      assert.equal(await codeOf(ask(name, input, { pass: token })), 'forbidden', JSON.stringify(input));
    }
    assert.equal(heard.length, asked);
    assert.deepEqual(await ask('findOrders', { acting: rosa }, { pass: token }), { items: [] });
  });

  it('needs a pass, or staff, for every operation but those that are about nobody', async () => {
    const { ask } = opened();
    const open: string[] = [];
    for (const name of operationNames) {
      const code = await codeOf(
        ask<unknown>(name, contract[name].sample, { caller: {} }).then(() => {
          throw new ClinicError('unsupported', 'It was answered.');
        }),
      );
      // A kiosk that is none is sent away by the station that it claims to be.
      if (code !== 'unauthenticated') open.push(name);
    }
    assert.deepEqual(open.sort(), [
      'askForHelp',
      'describeClinic',
      'describeDesk',
      'findFreeDays',
      'findLocations',
      'findOptions',
      'findPractitioners',
      'findSlots',
      'findUnmetNeeds',
      'findVisitTypes',
      'getHelp',
      'identify',
      'respondToAppointment',
      'startWalkIn',
    ]);
  });

  it('answers wrong details, an unknown patient and one who is not today by the same work and the same words', async () => {
    const harbor = harborClinic({ now: START, weeks: 1 });
    const behind = memoryAdapter(harbor, { now: () => START });
    const called: string[] = [];
    const listening = Object.fromEntries(
      operationNames.map((name) => [
        name,
        (input: never, options: never) => (called.push(name), behind[name](input, options)),
      ]),
    );
    const serve = restHandler(gateway({ ...behind, ...listening }, { key, now: () => START }), { caller: () => kiosk });
    const answerTo = async (asked: object) => {
      called.length = 0;
      const body = JSON.stringify({ claim: asked, station });
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
      const answer = await serve(new Request('https://clinic.test/identify', { method: 'POST', body, headers }));
      return { status: answer.status, headers: [...answer.headers], text: await answer.text(), called: [...called] };
    };
    const unknown = await answerTo({ familyName: 'Quackenbush', birthDate: '1901-01-01' });
    assert.deepEqual(unknown.called, ['identify']);
    assert.deepEqual(JSON.parse(unknown.text), { outcome: 'unrecognized' });
    for (const [why, asked] of Object.entries({
      'not today': { familyName: 'Aldous', birthDate: '1939-11-27' },
      'another name': { ...claim, familyName: 'Quackenbush' },
      'another day of birth': { ...claim, birthDate: '1984-06-18' },
      'no such challenge': { challengeId: 'none', factor: 'postal-code', value: '49085' },
      'no such code': { code: 'NO-SUCH-CODE' },
    })) {
      assert.deepEqual(await answerTo(asked), unknown, why);
    }
  });

  it('lets a patient do nothing that is for staff, or about somebody else, whatever the operation', async () => {
    const { ask, pass } = opened();
    const token = await pass();
    for (const name of operationNames) {
      const sample: object = contract[name].sample;
      const isForStaff = [...operationsOf.desk, 'findConfirmations'].includes(name);
      const isAboutPatient = 'acting' in sample || 'patientId' in sample;
      if (isForStaff) assert.equal(await codeOf(ask(name, sample, { pass: token })), 'forbidden', name);
      // The sample's patient is another than the pass's.
      else if (isAboutPatient) assert.equal(await codeOf(ask(name, sample, { pass: token })), 'forbidden', name);
    }
  });

  it('lets a patient do what coming to a visit and leaving it takes, and reaches no more of the record', async () => {
    const { ask, pass } = opened({ describeClinic: async () => ({ ...aClinic, supports: [...operationNames] }) });
    const token = await pass();
    const about = { acting: rosa, patientId: 'rosa', appointmentId: 'a1', appointment: { id: 'a1', version: '1' } };
    const refused: string[] = [];
    for (const name of operationNames) {
      const sample = contract[name].sample as Record<string, unknown>;
      const named = Object.fromEntries(Object.entries(about).filter(([key]) => key in sample));
      const asked = ask<unknown>(name, { ...sample, ...named }, { pass: token });
      if (
        (await asked.then(
          () => '',
          (error: ClinicError) => error.code,
        )) === 'forbidden'
      )
        refused.push(name);
    }
    assert.deepEqual(refused, [
      'findAppointments',
      'getAppointment',
      'rescheduleAppointment',
      'cancelAppointment',
      'getResponse',
      'findConfirmations',
      ...operationsOf.desk,
    ]);
    const { supports } = await ask<Clinic>('describeClinic', {});
    const forPatients = refused.filter((name) => ![...operationsOf.desk, 'findConfirmations'].includes(name));
    assert.deepEqual(
      operationNames.filter((name) => !supports.includes(name)),
      forPatients,
    );
  });

  it('answers staff what is for staff, and tells the adapter of no pass', async () => {
    const { ask, heard } = opened();
    assert.equal(await codeOf(ask('findAttention', {})), 'unauthenticated');
    assert.equal(heard.length, 0);
    assert.deepEqual(await ask('findAttention', {}, { caller: { staff: true }, pass: 'x' }), { items: [] });
    assert.equal(heard[0]?.options.pass, undefined);
  });

  it('asks the adapter for the visits where the pass does not hold them', async () => {
    let fails = true;
    const visits = Array.from({ length: 250 }, (_, index) => visitOf(`a${index}`));
    const { ask, pass } = opened({
      async findVisits({ cursor }) {
        if (fails) throw new ClinicError('unavailable', 'down');
        return cursor ? { items: visits.slice(100) } : { items: visits.slice(0, 100), next: 'more' };
      },
    });
    const token = await pass();
    assert.equal('visits' in claims(token), false);
    assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: token })), 'forbidden');
    fails = false;
    const late = { acting: rosa, appointmentId: 'a249' };
    assert.deepEqual(await ask('getVisitProgress', late, { pass: token }), { state: 'waiting' });
    const unknown = { acting: rosa, appointmentId: 'a250' };
    assert.equal(await codeOf(ask('getVisitProgress', unknown, { pass: token })), 'forbidden');
    // Too many for a header: asked for again each time.
    assert.equal('visits' in claims(await pass()), false);
  });

  it('shows somebody who acts for the patient only what is asked in their own name', async () => {
    const parent = { patientId: 'rosa', representativeId: 'r1' };
    const { ask, pass } = opened({
      identify: async () => ({ ...identified, acting: parent, authority: 'parent' }),
      getAppointment: async () => visitOf('a1').appointment,
    });
    const token = await pass();
    const own = { acting: parent, appointmentId: 'a1' };
    assert.deepEqual(await ask('getVisitProgress', own, { pass: token }), { state: 'waiting' });
    assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: token })), 'forbidden');
    assert.deepEqual(await ask('findOrders', { acting: parent }, { pass: token }), { items: [] });
    assert.equal(await codeOf(ask('findOrders', { acting: rosa }, { pass: token })), 'forbidden');
    // It does not say who acts, so the adapter would answer as if it were the patient.
    const visit = { patientId: 'rosa', appointmentId: 'a1' };
    assert.equal(await codeOf(ask('getAppointment', visit, { pass: token })), 'forbidden');
  });

  it('books for the patient of the pass, and for nobody else', async () => {
    const next = { ...visitOf('a9').appointment, status: 'booked' as const };
    const { ask, pass, heard } = opened({
      holdSlot: async () => ({ id: 'h1', slotId: 's1' }),
      releaseHold: async () => ({}),
      bookAppointment: async () => next,
      joinWaitlist: async () => ({ id: 'a9', status: 'accepted' }),
    });
    const token = await pass();
    const asked = heard.length;
    const booking = ['holdSlot', 'releaseHold', 'bookAppointment', 'joinWaitlist'] as const;
    for (const name of booking) {
      for (const acting of [{ patientId: 'miguel' }, { patientId: 'rosa', representativeId: 'r1' }]) {
        const request = { ...contract[name].sample, acting };
        assert.equal(await codeOf(ask(name, request, { pass: token })), 'forbidden', name);
        assert.equal(await codeOf(ask(name, request)), 'unauthenticated', name);
      }
    }
    assert.equal(heard.length, asked);
    for (const name of booking) await ask(name, { ...contract[name].sample, acting: rosa }, { pass: token });
    assert.deepEqual(
      heard.slice(asked).map(({ name, options }) => [name, options.pass]),
      booking.map((name) => [name, 'behind-1']),
    );
    // What was booked is none of that day's visits.
    const later = { acting: rosa, appointment: { id: 'a9', version: '1' } };
    assert.equal(await codeOf(ask('checkOut', { ...later, station }, { pass: token })), 'forbidden');
    const cancelled = { ...later, reason: 'other' };
    assert.equal(await codeOf(ask('cancelAppointment', cancelled, { pass: token })), 'forbidden');
  });

  it('takes no signature of somebody whose authority is unknown, but their refusal', async () => {
    const acting = { patientId: 'rosa', representativeId: 'r9' };
    const { ask, pass } = opened({
      identify: async () => ({ ...identified, acting, authority: 'unknown' }),
      recordConsent: async () => ({ id: 'k1', status: 'accepted' }),
    });
    const token = await pass();
    const decision = { ...contract.recordConsent.sample, acting };
    const signed = { ...decision, decision: 'accepted', signature: { typed: 'Ana' } };
    assert.equal(await codeOf(ask('recordConsent', signed, { pass: token })), 'forbidden');
    assert.deepEqual(await ask('recordConsent', decision, { pass: token }), { id: 'k1', status: 'accepted' });
  });

  it('believes nobody that they are a kiosk or the desk', async () => {
    const { ask, pass, heard, identify } = opened();
    const phone = { device: '203.0.113.7' };
    assert.equal(await codeOf(identify({}, phone)), 'forbidden');
    assert.equal(await codeOf(identify({ station: { kind: 'desk' } }, phone)), 'forbidden');
    assert.equal(await codeOf(identify({ station: { kind: 'desk' } })), 'forbidden');
    assert.deepEqual(heard, []);

    const token = await pass(phone);
    const step = { acting: rosa, appointment: { id: 'a1', version: '1' } };
    const given = { pass: token, caller: phone };
    assert.equal(await codeOf(ask('arriveAtVisit', { ...step, station }, given)), 'forbidden');
  });

  it('names the device by what the host says, not by what the caller does', async () => {
    const { heard, identify } = opened();
    await identify({ station: { kind: 'kiosk', deviceId: 'lobby-2', locationId: 'main' } });
    assert.deepEqual(heard[0]?.input['station'], { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'main' });
    await identify({ station: { kind: 'phone', deviceId: 'lobby-1', lobbyCode: '7' } }, { device: '203.0.113.7' });
    assert.deepEqual(heard[2]?.input['station'], { kind: 'phone', lobbyCode: '7' });
  });

  it('starts with no key that is too short', () => {
    for (const short of ['', 'x'.repeat(31), new Uint8Array(31)]) {
      assert.throws(() => gateway(defineAdapter({}), { key: short }), /32 bytes/);
    }
  });

  it('tells nothing of a patient when it refuses', async () => {
    const { ask, pass, clock } = opened();
    const token = await pass();
    const tampered = `${token.slice(0, -3)}AAA`;
    clock.now += 60_000;
    const refusals = [
      await refusal(ask('getVisitProgress', { ...progress, appointmentId: 'a2' }, { pass: token })),
      await refusal(ask('getVisitProgress', progress, { pass: tampered })),
      await refusal(ask('findAttention', { patientId: 'rosa' }, { pass: token })),
    ];
    clock.now += 3_600_000;
    refusals.push(await refusal(ask('getVisitProgress', progress, { pass: token })));
    for (const { message, cause, paths, stack } of refusals) {
      assert.doesNotMatch([message, String(cause), JSON.stringify(paths), stack].join(), /rosa|a2|Delgado|eyJ/);
      assert.equal(cause, undefined);
    }
  });
});

describe('limits of the gateway', () => {
  const unrecognized = { identify: async () => ({ outcome: 'unrecognized' }) as const };
  const person = (index: number) => ({
    claim: { familyName: `Name ${'abcdefghijklmnop'[index]}`, birthDate: '1984-06-17' },
  });

  it('counts wrong claims by device', async () => {
    const { identify, clock } = opened(unrecognized, { limits: { device: { most: 3, seconds: 60 } } });
    for (let i = 0; i < 3; i += 1) assert.deepEqual(await identify(person(i)), { outcome: 'unrecognized' });
    const error = await refusal(identify(person(3)));
    assert.deepEqual([error.code, error.retryAfter], ['throttled', 60]);
    assert.deepEqual(await identify(person(4), { device: 'lobby-2', kiosk: true }), { outcome: 'unrecognized' });
    clock.now += 60_000;
    assert.deepEqual(await identify(person(5)), { outcome: 'unrecognized' });
  });

  it('counts wrong claims by whom they are about, from whichever device and however the name is written', async () => {
    const { identify } = opened(unrecognized, { limits: { identity: { most: 3, seconds: 60 } } });
    const names = ['Núñez-O’Brien', 'nunez obrien', 'NUÑEZ OʼBRIEN'];
    for (const [index, familyName] of names.entries()) {
      await identify({ claim: { familyName, birthDate: '1990-01-01' } }, { device: `k${index}`, kiosk: true });
    }
    const again = { claim: { familyName: "Nunez-O'Brien", birthDate: '1990-01-01' } };
    assert.equal(await codeOf(identify(again, { device: 'k9', kiosk: true })), 'throttled');
    const twin = { claim: { familyName: "Nunez-O'Brien", birthDate: '1990-01-02' } };
    assert.deepEqual(await identify(twin), { outcome: 'unrecognized' });
  });

  it('counts wrong codes together, from wherever they come, and lets names be claimed all the same', async () => {
    const { identify } = opened(unrecognized, { limits: { code: { most: 3, seconds: 60 } } });
    const guess = (index: number) =>
      identify({ claim: { code: `CODE-${index}` }, station: { kind: 'phone' } }, { device: `address ${index}` });
    for (let i = 0; i < 3; i += 1) assert.deepEqual(await guess(i), { outcome: 'unrecognized' });
    assert.equal(await codeOf(guess(3)), 'throttled');
    assert.deepEqual(await identify(), { outcome: 'unrecognized' });
  });

  it('counts wrong answers to challenges as claims about the same person', async () => {
    let id = 0;
    const { identify } = opened(
      {
        async identify({ claim }) {
          if ('challengeId' in claim) return { outcome: 'unrecognized' };
          const challengeId = `c${(id += 1)}`;
          return { outcome: 'challenge', challengeId, initials: 'R. D.', timeZone: 'UTC', factors: ['postal-code'] };
        },
      },
      { limits: { identity: { most: 3, seconds: 60 } } },
    );
    const guess = async (value: string) => {
      const challenge = await identify();
      assert.ok(challenge.outcome === 'challenge');
      return identify({ claim: { challengeId: challenge.challengeId, factor: 'postal-code', value } });
    };
    for (const value of ['1', '2', '3']) assert.deepEqual(await guess(value), { outcome: 'unrecognized' });
    assert.equal(await codeOf(guess('4')), 'throttled');
  });

  it('does not count who is identified, nor what was not answered', async () => {
    const limits = { device: { most: 1, seconds: 60 }, identity: { most: 1, seconds: 60 } };
    const known = opened({}, { limits });
    for (let i = 0; i < 5; i += 1) await known.identify();
    const down = opened({ identify: () => Promise.reject(new ClinicError('unavailable', 'down')) }, { limits });
    for (let i = 0; i < 5; i += 1) assert.equal(await codeOf(down.identify()), 'unavailable');
  });

  it('gives no more tries to those who try many at once', async () => {
    const { identify, heard } = opened(unrecognized, { limits: { device: { most: 3, seconds: 60 } } });
    const all = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => identify(person(index))));
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 3);
    assert.equal(heard.length, 3);
  });

  it('limits what is open by device, and what is asked with a pass by patient', async () => {
    const { ask, pass } = opened(
      { describeClinic: async () => aClinic },
      { limits: { open: { most: 3, seconds: 60 }, patient: { most: 2, seconds: 60 } } },
    );
    const token = await pass();
    for (let i = 0; i < 2; i += 1) await ask('describeClinic', {});
    assert.equal(await codeOf(ask('describeClinic', {})), 'throttled');
    for (let i = 0; i < 2; i += 1) await ask('getVisitProgress', progress, { pass: token });
    assert.equal(await codeOf(ask('getVisitProgress', progress, { pass: token })), 'throttled');
  });

  it('shuts neither staff nor calls for them out, however often all else is asked on the clinic’s network', async () => {
    const help = { id: 'h1', number: '7', state: 'waiting', deskOpen: true, goTo: 'the desk' } as const;
    const { ask, pass } = opened(
      {
        describeClinic: async () => aClinic,
        askForHelp: async () => help,
        startWalkIn: async () => help,
        raiseAlert: async () => ({ id: 't1' }),
      },
      { limits: { open: { most: 3, seconds: 60 }, patient: { most: 3, seconds: 60 } } },
    );
    const caller = { device: 'address 192.0.2.1' };
    const token = await pass(caller);
    const flood = async (name: OperationName, input: object, given: ReceivedOptions) => {
      for (let i = 0; i < 3; i += 1) await ask(name, input, given).catch(() => undefined);
      assert.equal(await codeOf(ask(name, input, given)), 'throttled');
    };
    await flood('describeClinic', {}, { caller });
    await flood('getVisitProgress', progress, { caller, pass: token });

    const staff = { caller: { ...caller, staff: true } };
    assert.deepEqual(await ask('findAttention', {}, staff), { items: [] });
    assert.deepEqual(await ask('describeClinic', {}, staff), aClinic);
    const phone = { kind: 'phone' };
    const walkIn = { ...contract.startWalkIn.sample, station: phone };
    assert.equal((await ask<Help>('startWalkIn', walkIn, { caller })).number, '7');
    assert.equal((await ask<Help>('askForHelp', { station: phone, reason: 'person' }, { caller })).number, '7');
    const alert = { ...contract.raiseAlert.sample, acting: rosa };
    assert.deepEqual(await ask('raiseAlert', alert, { caller, pass: token }), { id: 't1' });
  });

  it('lets the calls of who is known through, however many strangers call', async () => {
    const help = { id: 'h1', number: '7', state: 'waiting', deskOpen: true, goTo: 'the desk' } as const;
    const limits = { help: { most: 2, seconds: 60 } };
    const { ask, pass } = opened({ askForHelp: async () => help, raiseAlert: async () => ({ id: 't1' }) }, { limits });
    const token = await pass();
    for (const reason of ['person', 'danger']) {
      const call = { station, reason };
      for (let i = 0; i < 2; i += 1) await ask('askForHelp', call);
      assert.equal(await codeOf(ask('askForHelp', call)), 'throttled');
      assert.equal((await ask<Help>('askForHelp', { ...call, acting: rosa }, { pass: token })).number, '7');
    }
    const alert = { ...contract.raiseAlert.sample, acting: rosa };
    assert.deepEqual(await ask('raiseAlert', alert, { pass: token }), { id: 't1' });
    assert.equal(await codeOf(ask('raiseAlert', alert, { pass: token })), 'throttled');
  });

  it('counts wrong codes of the lobby by who tries them, and nothing else that is refused', async () => {
    let code: ErrorCode = 'forbidden';
    const { ask, pass } = opened(
      {
        async arriveAtVisit({ station: { lobbyCode } }) {
          if (lobbyCode !== 'LAKE-210') throw new ClinicError(code, 'No.');
          return visitOf('a1');
        },
      },
      { limits: { identity: { most: 3, seconds: 60 } } },
    );
    const addresses = ['address 192.0.2.1', 'address 192.0.2.2', 'address 192.0.2.3', 'address 192.0.2.4'];
    const token = await pass({ device: addresses[0]! });
    const come = (lobbyCode: string, device = addresses[0]!) => {
      const step = { acting: rosa, appointment: { id: 'a1', version: '1' }, station: { kind: 'phone', lobbyCode } };
      return ask<Visit>('arriveAtVisit', step, { pass: token, caller: { device } });
    };
    code = 'conflict';
    for (let i = 0; i < 5; i += 1) assert.equal(await codeOf(come('WRONG')), 'conflict');
    for (let i = 0; i < 5; i += 1) assert.equal((await come('LAKE-210')).appointment.id, 'a1');
    code = 'forbidden';
    for (const device of addresses.slice(0, 3)) assert.equal(await codeOf(come('WRONG', device)), 'forbidden');
    assert.equal(await codeOf(come('LAKE-210', addresses[3])), 'throttled');
  });

  it('lets a danger through though calls for a person are too many', async () => {
    const help = { id: 'h1', number: '7', state: 'waiting', deskOpen: true, goTo: 'the desk' } as const;
    const { ask } = opened({ askForHelp: async () => help }, { limits: { help: { most: 2, seconds: 60 } } });
    const call = (reason: string) => ask('askForHelp', { station, reason });
    for (let i = 0; i < 2; i += 1) await call('person');
    assert.equal(await codeOf(call('person')), 'throttled');
    assert.equal(((await call('danger')) as { number: string }).number, '7');
  });
});

describe('calls for help through the gateway', () => {
  const help = { id: 'help-1', number: '7', state: 'waiting', deskOpen: true, goTo: 'the desk' } as const;

  it('have an id that cannot be guessed, and are followed up by it', async () => {
    const { ask, heard } = opened({ askForHelp: async () => help, getHelp: async () => help });
    const { id, ...rest } = await ask<{ id: string }>('askForHelp', { station, reason: 'person' });
    assert.deepEqual(rest, { number: '7', state: 'waiting', deskOpen: true, goTo: 'the desk' });
    assert.ok(id.length <= 256 && id !== 'help-1');
    assert.equal((await ask<{ id: string }>('getHelp', { helpId: id })).id, id);
    assert.deepEqual(heard.at(-1)?.input, { helpId: 'help-1' });
    for (const guess of ['help-1', 'help-2', `${id}x`, id.slice(1)]) {
      assert.equal(await codeOf(ask('getHelp', { helpId: guess })), 'not-found', guess);
    }
  });

  it('are taken from a patient with their pass, and handed on as theirs', async () => {
    const { ask, pass, heard } = opened({ askForHelp: async () => help });
    const request = { station, reason: 'stuck', acting: rosa, appointmentId: 'a1' };
    assert.equal(await codeOf(ask('askForHelp', request)), 'unauthenticated');
    await ask('askForHelp', request, { pass: await pass() });
    assert.deepEqual(heard.at(-1)?.input, request);
  });
});

describe('reminder links', () => {
  const about = { appointmentId: 'a1', patientId: 'rosa', expires: '2026-03-02T15:00:00Z' };
  const answer = (token: string) => ({ token, answer: 'coming' });

  it('are checked, and handed to the adapter as what they say', async () => {
    const { ask, heard } = opened();
    const token = await reminderToken(about, { key });
    await ask('respondToAppointment', answer(token), { caller: {} });
    const { jti, ...rest } = JSON.parse(heard[0]?.input['token'] as string) as Record<string, unknown>;
    assert.deepEqual(rest, { appointmentId: 'a1', patientId: 'rosa', exp: Date.parse(about.expires) / 1000 });
    assert.equal(jti, claims(token)['jti']);
  });

  it('are each one of their own, so that one that was used can be told from the next', async () => {
    const [one, two] = await Promise.all([reminderToken(about, { key }), reminderToken(about, { key })]);
    assert.notEqual(claims(one)['jti'], claims(two)['jti']);
  });

  it('are not found where they have run out, were changed, or are for something else', async () => {
    const { ask, pass, clock, heard } = opened();
    const token = await reminderToken(about, { key });
    const [header, , signature] = token.split('.') as [string, string, string];
    const other = Buffer.from(JSON.stringify({ ...claims(token), sub: 'miguel' })).toString('base64url');
    const wrong = [
      `${header}.${other}.${signature}`,
      await reminderToken(about, { key: 'y'.repeat(32) }),
      await pass(),
      JSON.stringify({ appointmentId: 'a1', patientId: 'rosa', jti: '1', exp: 9_999_999_999 }),
      new UnsecuredJWT({ ...claims(token) }).encode(),
    ];
    const asked = heard.length;
    for (const one of wrong) assert.equal(await codeOf(ask('respondToAppointment', answer(one))), 'not-found', one);
    clock.now = Date.parse(about.expires) + 31_000;
    assert.equal(await codeOf(ask('respondToAppointment', answer(token))), 'not-found');
    assert.equal(heard.length, asked);
  });

  it('are tried only so often by a device', async () => {
    const { ask } = opened({}, { limits: { device: { most: 2, seconds: 60 } } });
    for (let i = 0; i < 2; i += 1) assert.equal(await codeOf(ask('respondToAppointment', answer('x'))), 'not-found');
    assert.equal(await codeOf(ask('respondToAppointment', answer('x'))), 'throttled');
  });
});

describe('gateway before a whole clinic', () => {
  const now = '2026-03-02T14:00:00Z';
  const seed = harborClinic({ now });
  const [one, other] = seed.appointments.filter(({ checkInCode, status }) => checkInCode && status === 'booked');

  it('lets a patient who was identified by a reminder come to the visit, and to nobody else’s', async () => {
    const clinic = gateway(memoryAdapter(seed, { now: () => now }), { key, now: () => now });
    const asKiosk = { caller: kiosk } as ReceivedOptions;
    const answer = await clinic.identify({ claim: { code: one!.checkInCode! }, station }, asKiosk);
    assert.ok(answer.outcome === 'identified');
    const { acting, pass } = answer;
    assert.deepEqual(acting, { patientId: one!.patientId });

    const given = { ...asKiosk, pass };
    const { items } = await clinic.findVisits({ acting, station }, given);
    const { id, version } = items.find(({ appointment }) => appointment.id === one!.id)!.appointment;
    const arrived = await clinic.arriveAtVisit({ acting, station, appointment: { id, version } }, given);
    assert.equal(arrived.appointment.status, 'arrived');

    const theirs = { acting: { patientId: other!.patientId }, appointmentId: other!.id };
    assert.equal(await codeOf(clinic.getVisitProgress(theirs, given)), 'forbidden');
    assert.equal(await codeOf(clinic.getDetails({ acting: theirs.acting }, given)), 'forbidden');
    assert.equal(await codeOf(clinic.getDetails({ acting }, asKiosk)), 'unauthenticated');
  });

  it('shows a parent nothing of a private visit, however it is asked for', async () => {
    const clinic = gateway(memoryAdapter(seed, { now: () => now }), { key, now: () => now });
    const asKiosk = { caller: kiosk } as ReceivedOptions;
    const zoes = seed.appointments.find(({ patientId, checkInCode }) => patientId === 'p-zoe' && checkInCode)!;
    const representative = { name: 'Jun Kimball', relationship: 'parent' };
    const answer = await clinic.identify({ claim: { code: zoes.checkInCode! }, station, representative }, asKiosk);
    assert.ok(answer.outcome === 'identified' && answer.authority === 'parent');
    const { acting, pass } = answer;
    const given = { ...asKiosk, pass };
    const { items } = await clinic.findVisits({ acting, station }, given);
    assert.deepEqual(
      items.map(({ appointment }) => [appointment.id, appointment.visitType]),
      [[zoes.id, undefined]],
    );
    const asked = { patientId: acting.patientId, appointmentId: zoes.id };
    assert.equal(await codeOf(clinic.getAppointment(asked, given)), 'forbidden');
  });

  it('knows a patient for as long as a visit takes, though they ask nothing for hours, and helps whom it knows no longer', async () => {
    const clock = { now: Date.parse(now) };
    const rosas = seed.appointments.find(({ patientId, checkInCode }) => patientId === 'p-rosa' && checkInCode)!;
    const at = () => new Date(clock.now).toISOString();
    const clinic = gateway(memoryAdapter(seed, { now: at }), { key, now: at });
    const asPhone = { caller: { device: 'address 203.0.113.7' } } as ReceivedOptions;
    const phone = { kind: 'phone' } as const;
    const answer = await clinic.identify({ claim: { code: rosas.checkInCode! }, station: phone }, asPhone);
    assert.ok(answer.outcome === 'identified');
    const { acting, pass } = answer;
    const given = { ...asPhone, pass };
    const { items } = await clinic.findForms({ acting }, given);
    const form = { id: items[0]!.id, version: items[0]!.version };

    clock.now += 3.9 * 3_600_000;
    const visit = { acting, appointmentId: rosas.id };
    assert.ok((await clinic.getVisitProgress(visit, given)).state);
    assert.ok((await clinic.raiseAlert({ acting, reason: 'answer', form }, given)).id);

    clock.now += 3_600_000;
    assert.equal(await codeOf(clinic.getVisitProgress(visit, given)), 'unauthenticated');
    const call = { station: phone, reason: 'person' } as const;
    assert.equal(await codeOf(clinic.askForHelp({ ...call, ...visit }, given)), 'unauthenticated');
    assert.ok((await clinic.askForHelp(call, asPhone)).number);
  });
});

describe('gateway behind restHandler', () => {
  it('serves a kiosk that the host knows, and nobody else with its pass', async () => {
    const urls: string[] = [];
    const behind = defineAdapter({
      identify: async () => identified,
      findVisits: async () => ({ items: [visitOf('a1')] }),
      getVisitProgress: async () => ({ state: 'waiting' }),
    });
    const serve = restHandler(gateway(behind, { key, now: () => START }), {
      caller: ({ headers }) => (headers.get('clinic-device') === 'known' ? kiosk : {}),
    });
    const page = (device: string) =>
      restAdapter({
        baseUrl: 'https://clinic.test/api',
        headers: () => ({ 'clinic-device': device }),
        fetch: (input, init) => {
          urls.push(input as string);
          return serve(new Request(input, init));
        },
      });
    const answer = await page('known').identify({ claim, station });
    assert.ok(answer.outcome === 'identified');
    const { pass } = answer;
    assert.deepEqual(await page('known').getVisitProgress(progress, { pass }), { state: 'waiting' });
    assert.equal(await codeOf(page('other').getVisitProgress(progress, { pass })), 'unauthenticated');
    assert.equal(await codeOf(page('known').getVisitProgress(progress)), 'unauthenticated');
    assert.doesNotMatch(urls.join(), /eyJ|rosa|a1/);
  });
});
