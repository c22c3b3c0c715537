import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { type ClinicAdapter, operationNames } from '@clinic-widgets/core/adapter.js';
import { contract } from '@clinic-widgets/core/contract.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { arrive, freshVisit, visitsOf } from './check-in-found.ts';
import { harborClinic } from './harbor-clinic.ts';
import { type Case, cases, NotApplicable, runCase, runCases, type World } from './index.ts';
import { describeAdapter, harborWorld } from './describe-adapter.ts';

const world =
  (change: (world: World) => Partial<World> = () => ({})) =>
  async () => {
    const harbor = await harborWorld((clinic, now) => memoryAdapter(clinic, { now }));
    return { ...harbor, ...change(harbor) };
  };

/** An adapter that does less, and says so. */
const lacking = (...names: (keyof ClinicAdapter)[]) =>
  world(({ adapter }) => ({
    adapter: {
      ...adapter,
      ...Object.fromEntries(names.map((name) => [name, () => Promise.reject(new ClinicError('unsupported', 'No.'))])),
      async describeClinic(input, options) {
        const { supports, ...rest } = await adapter.describeClinic(input, options);
        return { ...rest, supports: supports.filter((name) => !names.some((lacked) => lacked === name)) };
      },
    },
  }));

const named = (title: string): Case => {
  const found = cases.find(({ operations, name }) => `${operations[0]}: ${name}` === title);
  assert.ok(found, title);
  return found;
};

describe('the cases', () => {
  // What a case books for today stays, and how much of today is left to book depends on the hour.
  for (const hour of ['06:00', '12:00', '18:00']) {
    it(`are kept one after the other by a clinic that nobody puts back, at ${hour}`, async () => {
      const begun = Date.now();
      const now = () => new Date(Date.parse(`2026-03-02T${hour}:00-05:00`) + Date.now() - begun).toISOString();
      const one: World = {
        adapter: memoryAdapter(harborClinic({ now: now() }), { now }),
        patientId: 'p-rosa',
        otherPatientId: 'p-mateo',
        representative: { id: 'r-grace', patientId: 'p-samuel' },
        from: '2026-03-02',
        to: '2026-03-22',
        now,
      };
      const broken: string[] = [];
      // As the adapter check goes through them.
      const ordered = operationNames.flatMap((name) => cases.filter(({ operations }) => operations[0] === name));
      for (const each of ordered) {
        const { outcome } = await runCase(each, async () => one);
        if (outcome === 'failed') broken.push(`${each.operations[0]}: ${each.name}`);
      }
      assert.deepEqual(broken, []);
    });
  }

  it('are about every operation, and each has a name of its own', () => {
    const titles = cases.map(({ operations, name }) => `${operations[0]}: ${name}`);
    assert.equal(new Set(titles).size, titles.length);
    assert.deepEqual(new Set(cases.map(({ operations }) => operations[0])), new Set(operationNames));
    assert.ok(cases.every(({ name }) => /^[A-Z].*\.$/.test(name)));
  });

  it('call no write unless they say that they write', async () => {
    const reading = world(({ adapter }) => {
      const writes = operationNames.filter((name) => contract[name].kind === 'write');
      const refuse = () => Promise.reject(new Error('A write was called.'));
      return { adapter: { ...adapter, ...Object.fromEntries(writes.map((name) => [name, refuse])) } };
    });
    const reads = cases.filter(({ writes }) => !writes);
    const results = await runCases(reading, () => undefined, reads);
    assert.ok(reads.length > 50);
    assert.deepEqual(
      results.filter(({ outcome }) => outcome !== 'passed').map(({ reason }) => reason),
      [],
    );
  });
});

describe('runCases', () => {
  it('tells of each case as it ends, and gives all results in the end', async () => {
    const told: string[] = [];
    const chosen = cases.slice(0, 3);
    const results = await runCases(world(), ({ outcome }) => told.push(outcome), chosen);
    assert.deepEqual(told, ['passed', 'passed', 'passed']);
    assert.deepEqual(
      results.map((result) => result.case),
      chosen,
    );
  });
});

describe('runCase', () => {
  it('checks that what is unsupported says so, and names it', async () => {
    const one = named('joinWaitlist: Lets the patient leave the waitlist.');
    const result = await runCase(one, lacking('joinWaitlist'));
    assert.equal(result.outcome, 'passed');
    assert.deepEqual(result.unsupported, ['joinWaitlist']);
  });

  it('says that it cannot tell where something else is missing', async () => {
    const one = named('holdSlot: Hides a held time from every search.');
    const { outcome, reason } = await runCase(one, lacking('findFreeDays'));
    assert.equal(outcome, 'not-applicable');
    assert.equal(reason, 'This cannot be checked without findFreeDays.');
  });

  it('says what the clinic lacks', async () => {
    const lacks = world(({ adapter }) => ({ adapter: { ...adapter, findOrders: async () => ({ items: [] }) } }));
    const { outcome, reason } = await runCase(
      named('bookAppointment: Refuses an order that is another patient’s.'),
      lacks,
    );
    assert.equal(outcome, 'not-applicable');
    assert.equal(reason, 'The patient has no order that says what to book for it.');
  });

  it('fails with what was found', async () => {
    const broken = world(({ adapter }) => ({ adapter: { ...adapter, findSlots: async () => ({ items: [] }) } }));
    const one = named('holdSlot: Hides a held time from every search.');
    assert.equal((await runCase(one, broken)).outcome, 'not-applicable');
    const failing: Case = { ...one, run: () => Promise.reject(new Error('Found out.')) };
    const { outcome, reason } = await runCase(failing, world());
    assert.deepEqual([outcome, reason], ['failed', 'Found out.']);
  });

  it('gives back what a case took', async () => {
    const clinic = await world()();
    const query = { patientId: clinic.patientId };
    const before = await clinic.adapter.findAppointments(query);
    const result = await runCase(named('bookAppointment: Shows the appointment afterwards.'), () => clinic);
    assert.deepEqual(result.left, []);
    const after = await clinic.adapter.findAppointments(query);
    const standing = ({ status }: { status: string }) => status === 'booked';
    assert.equal(after.items.length, before.items.length + 1);
    assert.deepEqual(after.items.filter(standing), before.items.filter(standing));
  });

  it('names what it could not give back', async () => {
    const one = named('bookAppointment: Shows the appointment afterwards.');
    const { outcome, left } = await runCase(one, lacking('cancelAppointment'));
    assert.equal(outcome, 'passed');
    assert.match(left.join(), /^appointment /);
  });

  it('names what nobody can take back', async () => {
    const names = [
      'submitForm: Keeps what was handed in as it was given.',
      'raiseAlert: Does nothing twice: a repeat under the same key gives the first answer.',
    ];
    const lefts = [];
    for (const name of names) lefts.push((await runCase(named(name), world())).left.join());
    assert.match(lefts[0]!, /^form response [^,]+$/);
    assert.match(lefts[1]!, /^alert [^,]+$/);
  });

  it('counts a visit that was booked and come to as told: it is the clinic’s to end', async () => {
    const booked: string[] = [];
    const one = named('arriveAtVisit: Says that the patient is there, with a ticket and the time.');
    const visits: Case = {
      ...one,
      async run(clinic) {
        const known = new Set((await visitsOf(clinic)).map(({ appointment }) => appointment.id));
        for (let visit = 0; visit <= known.size; visit += 1) {
          const { id } = (await arrive(clinic, await freshVisit(clinic))).appointment;
          if (!known.has(id)) booked.push(id);
        }
      },
    };
    const { outcome, left } = await runCase(visits, world());
    assert.equal(outcome, 'passed');
    assert.ok(booked.length > 0);
    assert.ok(booked.every((id) => left.includes(`visit ${id}`)));
    assert.ok(!left.some((what) => what.startsWith('appointment ')));
  });

  it('does not wait for ever', async () => {
    const hanging = world(({ adapter }) => ({ adapter: { ...adapter, findVisitTypes: () => new Promise(() => {}) } }));
    mock.timers.enable({ apis: ['setTimeout'] });
    const result = runCase(named('findVisitTypes: Tells the visit types apart.'), hanging);
    mock.timers.tick(30_000);
    mock.timers.reset();
    assert.equal((await result).reason, 'It took longer than 30 seconds.');
  });
});

describe('describeAdapter', () => {
  /** The tests that are handed over, by their titles. */
  const handed = (setup: Parameters<typeof describeAdapter>[1]) => {
    const tests = new Map<string, () => Promise<void>>();
    const describe = (_: string, body: () => void) => body();
    const it = (title: string, body: () => Promise<void>) => tests.set(title, body);
    describeAdapter('an adapter', setup, { describe, it });
    return tests;
  };

  it('hands every case to the runner', () => {
    assert.equal(handed((clinic, now) => memoryAdapter(clinic, { now })).size, cases.length);
  });

  it('takes it for a failure when a promise could not be checked', async () => {
    const tests = handed((clinic, now) => memoryAdapter({ ...clinic, orders: [] }, { now }));
    const test = tests.get('bookAppointment: Refuses an order that is another patient’s.')!;
    await assert.rejects(test(), /must be possible to check at Harbor Clinic/);
  });
});

describe('NotApplicable', () => {
  it('is an error of its own, so that it is not taken for a failure', () => {
    assert.equal(new NotApplicable('why').name, 'NotApplicable');
  });
});
