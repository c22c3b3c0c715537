import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import type { Help, HelpRequest, Identification, Preparation, Visit, WalkIn } from '@clinic-widgets/core';
import { type AdapterImplementation, type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { css, html } from 'lit';
import type { FlowAction, Work } from '../ui/flow.ts';
import type { Action } from './action.ts';
import { asking } from './calling.ts';
import { canGoBack, checkInFlow } from './flow.ts';
import type { Part, PartEnd } from './part.ts';
import type { Host } from './session.ts';
import { type AnyPart, type In, isDeskClosed, isStale, type Purpose, standingOf, type State } from './state.ts';

const kiosk: Host = { station: { kind: 'kiosk', deviceId: 'lobby-1' }, language: 'en' };
const phone: Host = { station: { kind: 'phone' }, language: 'en' };

const clinic = { name: 'Harbor Clinic', timeZone: 'America/New_York', supports: [] };

const visitOf = (over: Partial<Visit> = {}): Visit => ({
  appointment: {
    id: 'a1',
    version: '1',
    status: 'booked',
    patientId: 'p1',
    start: '2026-03-02T09:00:00-05:00',
    timeZone: 'America/New_York',
    visitType: { name: 'Check-up' },
  },
  preparations: [
    { name: 'details', state: 'open', mandatory: true },
    { name: 'payment', state: 'open', mandatory: false },
  ],
  ready: false,
  timing: 'on-time',
  ...over,
});

const withStatus = (visit: Visit, status: Visit['appointment']['status']): Visit => ({
  ...visit,
  appointment: { ...visit.appointment, status, version: `${visit.appointment.version}+` },
});

const known: Identification = {
  outcome: 'identified',
  pass: 'the-pass',
  expires: '2026-03-02T10:00:00-05:00',
  acting: { patientId: 'p1' },
  authority: 'self',
};

const help: Help = { id: 'h1', number: 'H7', state: 'waiting', deskOpen: true, goTo: 'the desk at the entrance' };

/** A part that ends as it is told to. */
const partOf = (name: AnyPart['name']): Part<PartState, PartAction> => ({
  name,
  begin: () => ({}),
  transition: (state, action) => {
    if (action.type === 'ended') return { ...state, end: action.end };
    if (action.type === 'typed') return { ...state, typed: action.words };
    if (action.type === 'sent') return { ...state, sending: true };
    return action.type === 'failed' ? { sending: false, failed: true } : state;
  },
  work: ({ sending }) =>
    sending
      ? [
          {
            key: 'send',
            write: true,
            run: async (adapter) => {
              await adapter.getDetails({ acting: { patientId: 'p1' } });
              return { type: 'ended', end: 'done' };
            },
          },
        ]
      : [],
  page: () => '',
  end: ({ end }) => end,
  styles: css``,
  holds: ({ sending }) => sending === true,
  isUnheard: ({ failed }) => failed === true,
  resume: (inner, { host: { language } }) => ({ ...inner, language }),
  heading: () => name,
  status: () => '',
  view: () => html``,
});

interface PartState {
  readonly end?: PartEnd;
  readonly sending?: boolean;
  readonly failed?: boolean;
  readonly language?: string;
  readonly typed?: string;
}
type PartAction =
  | { readonly type: 'typed'; readonly words: string }
  | { readonly type: 'ended'; readonly end: PartEnd }
  | { readonly type: 'sent' };

/** A flow with its work, run step by step. */
function running(
  implementation: AdapterImplementation,
  host: Host = kiosk,
  load = async (name: AnyPart['name']): Promise<AnyPart> => partOf(name),
) {
  let time = 0;
  const seen: { name: string; pass: string | undefined; key: string | undefined }[] = [];
  const plain = defineAdapter({ describeClinic: async () => clinic, ...implementation });
  const adapter = Object.fromEntries(
    Object.entries(plain).map(([name, call]) => [
      name,
      (input: unknown, options: { pass?: string; idempotencyKey?: string } = {}) => {
        seen.push({ name, pass: options.pass, key: options.idempotencyKey });
        return (call as (input: unknown, options: object) => unknown)(input, options);
      },
    ]),
  ) as unknown as ClinicAdapter;
  const flow = checkInFlow({ load, clock: () => time });
  let state: State = flow.initial;
  const ran = new Set<string>();
  const send = (action: Action | FlowAction) => void (state = flow.transition(state, action));
  send({ type: 'host-changed', host });

  const run = async (work: Work<State, Action>) => {
    const { key } = work;
    ran.add(key);
    try {
      send(await work.run(adapter, AbortSignal.timeout(20_000)));
    } catch (error) {
      send({ type: 'failed', key, error: error as ClinicError });
    }
  };
  /** Runs what the state calls for, until it calls for nothing new; what only waits is left alone. */
  const settle = async () => {
    for (let round = 0; round < 50; round += 1) {
      const works = flow.work(state);
      for (const key of [...ran]) if (!works.some((work) => work.key === key)) ran.delete(key);
      const next = works.find(({ key }) => !ran.has(key) && !/^(hear|progress [1-9]|wait)/.test(key));
      if (!next) return state;
      await run(next);
    }
    throw new Error(`It never comes to rest at ${state.step}.`);
  };
  return {
    get state() {
      return state;
    },
    seen,
    flow,
    pass: (milliseconds: number) => void (time += milliseconds),
    now: () => time,
    send: async (action: Action | FlowAction) => {
      send(action);
      return settle();
    },
    settle,
  };
}

type Run = ReturnType<typeof running>;

/** The state, which must be at a step. */
function at<S extends State['step']>(run: Run, step: S): In<S> {
  assert.equal(run.state.step, step);
  return run.state as In<S>;
}

async function identify(run: Run, purpose: Purpose = 'coming'): Promise<void> {
  await run.settle();
  await run.send({ type: 'began', purpose });
  await run.send({ type: 'typed', entry: { familyName: 'Delgado', year: '1984', month: '6', day: '17' } });
  await run.send({ type: 'claimed', key: 'k1' });
}

/** A clinic at which everything works, with one visit. */
function open(visit = visitOf(), over: AdapterImplementation = {}): AdapterImplementation {
  let now = visit;
  return {
    identify: async () => known,
    findVisits: async () => ({ items: [now] }),
    arriveAtVisit: async () => (now = { ...withStatus(now, 'arrived'), ticket: 'A12' }),
    checkIn: async () => (now = withStatus(now, 'checked-in')),
    prepareVisit: async () => (now = { ...now, ready: true }),
    getVisitProgress: async () => ({ state: 'waiting', wait: { least: 5, most: 15 } }),
    chooseCallBy: async () => ({ id: 'r1', status: 'accepted' }),
    getDetails: async () => ({ version: '1' }),
    askForHelp: async () => help,
    startWalkIn: async () => help,
    ...over,
  };
}

const endPart = (run: Run, end: PartEnd = 'done') =>
  run.send({ type: 'of-part', action: { type: 'ended', end }, key: 'k9' });

const refused = (code: ClinicError['code']) => async () => {
  throw new ClinicError(code, 'No.');
};

describe('checkInFlow', () => {
  it('goes from the door to the waiting room', async () => {
    const run = running(open());
    await identify(run);
    at(run, 'list');
    await run.send({ type: 'opened', name: 'details' });
    at(run, 'part');
    await endPart(run);
    assert.equal(at(run, 'part').part.name, 'payment');
    await endPart(run, 'at-desk');
    at(run, 'done');
    assert.equal(at(run, 'done').visit.appointment.status, 'checked-in');
    assert.equal(at(run, 'done').progress?.state, 'waiting');
  });

  it('sends the pass with every call about the visit, and with none before', async () => {
    const run = running(open());
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    await run.send({ type: 'of-part', action: { type: 'sent' }, key: 'k2' });
    const passOf = (name: string) => run.seen.find((one) => one.name === name)?.pass;
    assert.equal(passOf('identify'), undefined);
    for (const name of ['findVisits', 'arriveAtVisit', 'getDetails']) assert.equal(passOf(name), 'the-pass', name);
  });

  it('arrives before anything is asked', async () => {
    const run = running(open());
    await identify(run);
    const names = run.seen.map(({ name }) => name);
    assert.ok(names.includes('arriveAtVisit') && !names.includes('getDetails'));
  });

  it('does not arrive from home, and says that all is ready', async () => {
    const run = running(open(), phone);
    await identify(run);
    at(run, 'here');
    await run.send({ type: 'prepares' });
    await run.send({ type: 'opened', name: 'details' });
    await endPart(run);
    await endPart(run);
    at(run, 'done');
    const names = run.seen.map(({ name }) => name);
    assert.ok(names.includes('prepareVisit') && !names.includes('arriveAtVisit') && !names.includes('checkIn'));
  });

  it('arrives on a phone by the code of the lobby', async () => {
    const run = running(open(), phone);
    await identify(run);
    await run.send({ type: 'typed-lobby-code', code: ' BLUE ' });
    await run.send({ type: 'came', key: 'k3' });
    at(run, 'list');
    assert.equal(run.state.host.station.lobbyCode, 'BLUE');
  });

  it('asks for what is missing before it asks the clinic', async () => {
    const run = running(open());
    await run.settle();
    await run.send({ type: 'began', purpose: 'coming' });
    await run.send({ type: 'claimed', key: 'k1' });
    assert.deepEqual(at(run, 'identifying').missing, ['familyName', 'birthDate']);
    assert.ok(!run.seen.some(({ name }) => name === 'identify'));
  });

  it('takes no day that is not in the calendar', async () => {
    const run = running(open());
    await run.settle();
    await run.send({ type: 'began', purpose: 'coming' });
    await run.send({ type: 'typed', entry: { familyName: 'Delgado', year: '1984', month: '2', day: '30' } });
    await run.send({ type: 'claimed', key: 'k1' });
    assert.deepEqual(at(run, 'identifying').missing, ['birthDate']);
  });

  it('offers a person unasked after two tries', async () => {
    const run = running(open(visitOf(), { identify: async () => ({ outcome: 'unrecognized' }) }));
    await identify(run);
    assert.equal(run.state.calling, undefined);
    await run.send({ type: 'claimed', key: 'k2' });
    assert.deepEqual(run.state.calling, { state: 'open', unasked: true });
    assert.equal(at(run, 'identifying').entry.familyName, 'Delgado');
  });

  it('tries again under the same key, and loses nothing that was typed', async () => {
    let down = true;
    const run = running(
      open(visitOf(), {
        identify: async () => {
          if (down) throw new ClinicError('unavailable', 'down');
          return known;
        },
      }),
    );
    await identify(run);
    at(run, 'failed');
    down = false;
    await run.send({ type: 'retried' });
    at(run, 'list');
    const keys = run.seen.filter(({ name }) => name === 'identify').map(({ key }) => key);
    assert.deepEqual(keys, ['k1', 'k1']);
  });

  for (const timing of ['too-early', 'missed'] as const) {
    it(`sends who is ${timing} to the desk, without arriving`, async () => {
      const run = running(open(visitOf({ timing })));
      await identify(run);
      assert.equal(at(run, 'desk').reason, timing);
      assert.ok(!run.seen.some(({ name }) => name === 'arriveAtVisit'));
    });
  }

  it('sends who is at the wrong place to the right one', async () => {
    const run = running(open(visitOf({ elsewhere: true })));
    await identify(run);
    assert.equal(at(run, 'desk').reason, 'elsewhere');
  });

  it('asks which visit, where there are several', async () => {
    const two = [visitOf(), { ...visitOf(), appointment: { ...visitOf().appointment, id: 'a2' } }];
    const run = running(open(visitOf(), { findVisits: async () => ({ items: two }) }));
    await identify(run);
    at(run, 'visits');
    await run.send({ type: 'chose-visit', visit: two[1]!, key: 'k5' });
    at(run, 'list');
  });

  it('takes a visit that was checked in meanwhile for done', async () => {
    const there = withStatus(visitOf(), 'checked-in');
    let first = true;
    const run = running(
      open(visitOf({ preparations: [] }), {
        findVisits: async () => {
          const items = [first ? visitOf({ preparations: [] }) : there];
          first = false;
          return { items };
        },
        checkIn: refused('conflict'),
      }),
    );
    await identify(run);
    await run.send({ type: 'finished', key: 'k6' });
    at(run, 'done');
    assert.equal(at(run, 'done').desk, undefined);
  });

  it('says that the clinic knows how to call, once it does, and that it does not where it could not be told', async () => {
    let fails = true;
    const chooseCallBy: AdapterImplementation['chooseCallBy'] = async () => {
      if (fails) throw new ClinicError('unavailable', 'down');
      return { id: 'r1', status: 'accepted' };
    };
    const run = running(open(withStatus(visitOf(), 'checked-in'), { chooseCallBy }));
    await identify(run);
    await run.send({ type: 'chose-call', callBy: 'person', key: 'k6' });
    assert.equal(at(run, 'done').choosing?.state, 'failed');
    assert.equal(at(run, 'done').visit.callBy, undefined);
    fails = false;
    await run.send({ type: 'chose-call', callBy: 'person', key: 'k7' });
    assert.equal(at(run, 'done').choosing?.state, 'told');
    assert.equal(at(run, 'done').visit.callBy, 'person');
  });

  it('takes no answer about how to call for that to a later choice', async () => {
    const run = running(
      open(withStatus(visitOf(), 'checked-in'), { chooseCallBy: () => new Promise(() => undefined) }),
    );
    await identify(run);
    void run.send({ type: 'chose-call', callBy: 'person', key: 'k6' });
    void run.send({ type: 'chose-call', callBy: 'text', key: 'k7' });
    assert.equal(run.flow.transition(run.state, { type: 'told-call', key: 'k6' }), run.state);
  });

  it('sends a visit that was cancelled meanwhile to the desk', async () => {
    let first = true;
    const run = running(
      open(visitOf(), {
        findVisits: async () => {
          const items = first ? [visitOf()] : [withStatus(visitOf(), 'cancelled')];
          first = false;
          return { items };
        },
        arriveAtVisit: refused('conflict'),
      }),
    );
    await identify(run);
    assert.equal(at(run, 'desk').reason, 'changed');
  });

  it('leaves it to the clinic whether something that was left to the desk keeps the visit waiting', async () => {
    const left = async (answer: Partial<ClinicAdapter>) => {
      const run = running(open(visitOf(), answer));
      await identify(run);
      await run.send({ type: 'opened', name: 'details' });
      await run.send({ type: 'skipped', key: 'k7' });
      await endPart(run);
      return at(run, 'done').desk;
    };
    assert.equal(await left({ checkIn: refused('conflict') }), 'unfinished');
    assert.equal(await left({}), undefined);
  });

  it('opens what was left as the patient had left it, and what was done anew', async () => {
    const run = running(open());
    await identify(run);
    const inner = () => at(run, 'part').inner as PartState;
    await run.send({ type: 'opened', name: 'details' });
    await run.send({ type: 'of-part', action: { type: 'typed', words: 'Market Street' }, key: 'k1' });
    await run.send({ type: 'listed' });
    await run.send({ type: 'opened', name: 'details' });
    assert.equal(inner().typed, 'Market Street');
    await run.send({ type: 'skipped', key: 'k2' });
    await run.send({ type: 'listed' });
    await run.send({ type: 'opened', name: 'details' });
    assert.equal(inner().typed, 'Market Street');
    await endPart(run);
    await run.send({ type: 'listed' });
    await run.send({ type: 'opened', name: 'details' });
    assert.equal(inner().typed, undefined);
  });

  it('lets nobody leave a part while it sends', async () => {
    const run = running(open(visitOf(), { getDetails: () => new Promise(() => undefined) }));
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    void run.send({ type: 'of-part', action: { type: 'sent' }, key: 'k2' });
    assert.equal(run.flow.transition(run.state, { type: 'skipped', key: 'k3' }), run.state);
    assert.equal(run.flow.transition(run.state, { type: 'listed' }), run.state);
  });

  it('keeps a part that failed, and counts it', async () => {
    const run = running(open(visitOf(), { getDetails: refused('unavailable') }));
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    await run.send({ type: 'of-part', action: { type: 'sent' }, key: 'k2' });
    at(run, 'part');
    assert.equal(run.state.failures, 1);
  });

  it('says that someone comes only when someone has said so', async () => {
    const run = running(open());
    await run.settle();
    await run.send({ type: 'called', reason: 'person', key: 'k8' });
    assert.equal(run.state.calling?.state, 'called');
    run.pass(31_000);
    await run.send({ type: 'heard', help, at: run.now() });
    assert.equal(run.state.calling?.state === 'called' && run.state.calling.unanswered, true);
    await run.send({ type: 'heard', help: { ...help, state: 'acknowledged' }, at: run.now() });
    assert.equal(run.state.calling?.state === 'called' && run.state.calling.unanswered, false);
  });

  it('says after half a minute that nobody has answered, also when the clinic cannot be asked', async () => {
    const run = running(open());
    await run.settle();
    await run.send({ type: 'called', reason: 'person', key: 'k8' });
    run.pass(31_000);
    await run.send({ type: 'failed', key: 'hear h1 1', error: new ClinicError('unavailable', 'down') });
    assert.equal(run.state.calling?.state === 'called' && run.state.calling.unanswered, true);
  });

  it('says it when the half minute is over, however long the clinic takes to say how it stands', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const run = running(open(visitOf(), { getHelp: () => new Promise(() => undefined) }));
      await run.settle();
      await run.send({ type: 'called', reason: 'person', key: 'k8' });
      const late = run.flow.work(run.state).find(({ key }) => key === 'wait for h1')!;
      const over = late.run({} as ClinicAdapter, new AbortController().signal);
      run.pass(30_000);
      mock.timers.tick(30_000);
      await run.send(await over);
      assert.equal(run.state.calling?.state === 'called' && run.state.calling.unanswered, true);
    } finally {
      mock.timers.reset();
    }
  });

  it('calls from within a part as from anywhere: about the visit, and nobody comes for a word', async () => {
    const heard: HelpRequest[] = [];
    const askForHelp: ClinicAdapter['askForHelp'] = async (request) => (heard.push(request), help);
    const run = running(open(visitOf(), { askForHelp }));
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    await run.send(asking('signature'));
    const about = { acting: { patientId: 'p1' }, appointmentId: 'a1' };
    assert.deepEqual(heard, [{ ...kiosk, station: kiosk.station, reason: 'signature', ...about }]);
    assert.ok(run.flow.work(run.state).some(({ key }) => key === 'hear h1 0'));
    await run.send({ type: 'closed-help' });

    await run.send(asking('bill'));
    assert.deepEqual(run.state.calling, { state: 'writing', reason: 'bill', message: '' });
    await run.send({ type: 'called', reason: 'bill', message: '', key: 'k9' });
    assert.deepEqual(heard[1], { ...kiosk, reason: 'bill', ...about });
    assert.ok(!run.flow.work(run.state).some(({ key }) => /^(hear|wait)/.test(key)));
    at(run, 'part');
  });

  it('takes nothing that comes of one call for what came of another', async () => {
    const run = running(open(visitOf(), { askForHelp: () => new Promise(() => undefined) }));
    await run.settle();
    void run.send({ type: 'called', reason: 'person', key: 'k8' });
    void run.send({ type: 'called', reason: 'danger', key: 'k9' });
    const { state } = run;
    assert.equal(run.flow.transition(state, { type: 'reached', key: 'k8', help, at: 0 }), state);
    const error = new ClinicError('unavailable', 'down');
    assert.equal(run.flow.transition(state, { type: 'failed', key: 'call k8', error }), state);
    const called = run.flow.transition(state, { type: 'reached', key: 'k9', help, at: 0 });
    const other = { ...help, id: 'h0', state: 'acknowledged' } as const;
    assert.deepEqual(run.flow.transition(called, { type: 'heard', help: other, at: 0 }), called);
  });

  it('says that a call did not arrive, and calls again under the same key', async () => {
    const run = running(open(visitOf(), { askForHelp: refused('unavailable') }));
    await run.settle();
    await run.send({ type: 'called', reason: 'person', key: 'k8' });
    const about = { who: undefined, visit: undefined };
    assert.deepEqual(run.state.calling, { state: 'failed', key: 'k8', reason: 'person', message: '', about });
    at(run, 'welcome');
  });

  it('says from where something failed who calls and about which visit', async () => {
    const heard: HelpRequest[] = [];
    const askForHelp: ClinicAdapter['askForHelp'] = async (request) => (heard.push(request), help);
    const run = running(open(visitOf(), { arriveAtVisit: refused('unavailable'), askForHelp }));
    await identify(run);
    at(run, 'failed');
    await run.send({ type: 'called', reason: 'person', key: 'k8' });
    assert.deepEqual([heard[0]?.acting, heard[0]?.appointmentId], [{ patientId: 'p1' }, visitOf().appointment.id]);
  });

  it('asks no more whose turn it is from whoever is no longer known, and says so', async () => {
    const run = running(open(withStatus(visitOf(), 'checked-in'), { getVisitProgress: refused('unauthenticated') }));
    await identify(run);
    assert.equal(at(run, 'done').forgotten, true);
    assert.ok(!run.flow.work(run.state).some(({ key }) => key.startsWith('progress')));
  });

  it('says that the screen is not up to date after two looks in vain, until one tells something', async () => {
    let down = true;
    const run = running(
      open(withStatus(visitOf(), 'checked-in'), {
        getVisitProgress: async () => {
          if (down) throw new ClinicError('unavailable', 'down');
          return { state: 'waiting' };
        },
      }),
    );
    await identify(run);
    assert.equal(isStale(at(run, 'done')), false);
    const error = new ClinicError('unavailable', 'down');
    await run.send({ type: 'failed', key: 'progress 1', error });
    assert.equal(isStale(at(run, 'done')), true);
    down = false;
    await run.send({ type: 'progressed', progress: { state: 'waiting' } });
    assert.equal(isStale(at(run, 'done')), false);
  });

  it('asks again whose turn it is where the clinic cannot be reached', async () => {
    const run = running(open(withStatus(visitOf(), 'checked-in'), { getVisitProgress: refused('unavailable') }));
    await identify(run);
    assert.equal(at(run, 'done').polls, 1);
    assert.equal(run.flow.work(run.state)[0]?.key, 'progress 1');
  });

  it('calls for whoever is no longer known as for anybody', async () => {
    const heard: HelpRequest[] = [];
    const askForHelp: ClinicAdapter['askForHelp'] = async (request) => {
      heard.push(request);
      if (request.acting) throw new ClinicError('unauthenticated', 'The pass is over.');
      return help;
    };
    const run = running(open(visitOf(), { askForHelp }));
    await identify(run);
    await run.send({ type: 'called', reason: 'person', key: 'k8' });
    assert.equal(run.state.calling?.state, 'called');
    assert.deepEqual([heard.length, heard[1]?.appointmentId], [2, undefined]);
  });

  it('sends no word to the clinic without a word in it', async () => {
    const run = running(open());
    await run.settle();
    await run.send({ type: 'wrote', reason: 'complaint', message: ' ' });
    await run.send({ type: 'called', reason: 'complaint', message: ' ', key: 'k8' });
    assert.deepEqual(run.state.calling, { state: 'writing', reason: 'complaint', message: ' ', missing: true });
    assert.ok(!run.seen.some(({ name }) => name === 'askForHelp'));
    await run.send({ type: 'wrote', reason: 'complaint', message: 'The door is heavy.' });
    await run.send({ type: 'called', reason: 'complaint', message: 'The door is heavy.', key: 'k9' });
    assert.equal(run.state.calling?.state, 'called');
  });

  for (const reason of ['complaint', 'compliment', 'bill'] as const) {
    it(`shows at the words that the clinic refuses them, with all that was written: ${reason}`, async () => {
      let refusal: ClinicError | undefined;
      const keys: (string | undefined)[] = [];
      const askForHelp: AdapterImplementation['askForHelp'] = async (_, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (refusal) throw refusal;
        return help;
      };
      const run = running(open(visitOf(), { askForHelp }));
      await run.settle();
      const message = 'The door is heavy.';
      await run.send({ type: 'wrote', reason, message });
      refusal = new ClinicError('invalid', 'No.', { misfits: [{ path: ['message'], reason: 'too-long' }] });
      await run.send({ type: 'called', reason, message, key: 'k8' });
      const refused = { message: 'too-long' };
      assert.deepEqual(run.state.calling, { state: 'writing', reason, message, refused });
      refusal = undefined;
      await run.send({ type: 'called', reason, message: 'Heavy.', key: 'k9' });
      assert.equal(run.state.calling?.state, 'called');
      assert.deepEqual(keys, ['k8', 'k9']);
    });
  }

  it('says of what the clinic refuses that nobody wrote, and of a call, that it has not reached staff', async () => {
    let paths = [['station', 'deviceId']];
    const askForHelp: AdapterImplementation['askForHelp'] = async () => {
      throw new ClinicError('invalid', 'No.', { paths });
    };
    const run = running(open(visitOf(), { askForHelp }));
    await run.settle();
    await run.send({ type: 'called', reason: 'complaint', message: 'The door is heavy.', key: 'k8' });
    assert.equal(run.state.calling?.state, 'failed');
    paths = [['message']];
    await run.send({ type: 'called', reason: 'person', key: 'k9' });
    assert.equal(run.state.calling?.state, 'failed');
  });

  it('calls staff at once when a walk-in is in danger', async () => {
    const run = running(open());
    await run.settle();
    await run.send({ type: 'walked-in' });
    await run.send({ type: 'in-danger', yes: true, key: 'k1' });
    at(run, 'emergency');
    assert.equal(run.state.calling?.state, 'called');
  });

  it('keeps what a walk-in typed when it cannot be sent', async () => {
    const run = running(open(visitOf(), { startWalkIn: refused('unavailable') }));
    await run.settle();
    await run.send({ type: 'walked-in' });
    await run.send({ type: 'in-danger', yes: false, key: 'k1' });
    await run.send({ type: 'typed-walk-in', entry: { familyName: 'Ito', reason: 'A cough' } });
    await run.send({ type: 'sent-walk-in', key: 'k2' });
    at(run, 'failed');
    await run.send({ type: 'went-back' });
    assert.equal(at(run, 'walk-in').entry.familyName, 'Ito');
  });

  it('keeps what is typed while the clinic still looks, to be asked for again', async () => {
    let answer = (_: Identification) => {};
    const identify = () => new Promise<Identification>((resolve) => (answer = resolve));
    const run = running(open(visitOf(), { identify }));
    await run.settle();
    await run.send({ type: 'began', purpose: 'coming' });
    await run.send({ type: 'typed', entry: { way: 'code', code: 'RDE-4127' } });
    const asked = run.send({ type: 'claimed', key: 'k1' });
    await run.send({ type: 'typed', entry: { code: 'RDE-4172' } });
    assert.deepEqual(at(run, 'claiming').request.claim, { code: 'RDE-4127' });
    answer({ outcome: 'unrecognized' });
    await asked;
    assert.equal(at(run, 'identifying').entry.code, 'RDE-4172');
  });

  it('keeps what a walk-in types while it is sent, and sends again what was sent', async () => {
    const requests: WalkIn[] = [];
    let fail = () => {};
    const startWalkIn = (request: WalkIn) => {
      requests.push(request);
      if (requests.length > 1) return Promise.resolve(help);
      return new Promise<Help>((_, reject) => (fail = () => reject(new ClinicError('unavailable', 'down'))));
    };
    const run = running(open(visitOf(), { startWalkIn }));
    await run.settle();
    await run.send({ type: 'walked-in' });
    await run.send({ type: 'in-danger', yes: false, key: 'k1' });
    await run.send({ type: 'typed-walk-in', entry: { familyName: 'Ito', reason: 'A cough' } });
    const sent = run.send({ type: 'sent-walk-in', key: 'k2' });
    await run.send({ type: 'typed-walk-in', entry: { reason: 'A cough, and a fever' } });
    assert.equal(at(run, 'walking-in').entry.reason, 'A cough, and a fever');
    fail();
    await sent;
    await run.send({ type: 'retried' });
    at(run, 'taken-in');
    assert.deepEqual(requests[1], requests[0]);
  });

  it('keeps the visit and what was done when the language changes', async () => {
    const run = running(open());
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    await endPart(run);
    await run.send({ type: 'host-changed', host: { ...kiosk, language: 'es' } });
    assert.equal(at(run, 'part').part.name, 'payment');
    assert.equal(at(run, 'part').ended.details, 'done');
  });

  it('keeps all of it when the language changes after the code of the lobby was typed', async () => {
    const run = running(open(), phone);
    await identify(run);
    await run.send({ type: 'typed-lobby-code', code: 'LAKE-210' });
    await run.send({ type: 'came', key: 'k2' });
    const { who, visit } = at(run, 'list');
    await run.send({ type: 'host-changed', host: { ...phone, language: 'es' } });
    const { host, ...list } = at(run, 'list');
    assert.deepEqual([list.who, list.visit], [who, visit]);
    assert.deepEqual(host, { station: { kind: 'phone', lobbyCode: 'LAKE-210' }, language: 'es' });
    await run.send({ type: 'opened', name: 'details' });
    await endPart(run);
    await endPart(run);
    assert.equal(at(run, 'done').visit.appointment.status, 'checked-in');
  });

  it('goes on in another language with what failed in the first', async () => {
    let tries = 0;
    const identifies: AdapterImplementation['identify'] = async () => {
      if ((tries += 1) === 1) throw new ClinicError('unavailable', 'down');
      return known;
    };
    const run = running(open(visitOf(), { identify: identifies }));
    await identify(run);
    at(run, 'failed');
    await run.send({ type: 'host-changed', host: { ...kiosk, language: 'es' } });
    await run.send({ type: 'retried' });
    assert.equal(at(run, 'list').host.language, 'es');
  });

  it('asks a part for what it has in another language', async () => {
    const run = running(open());
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    await run.send({ type: 'host-changed', host: { ...kiosk, language: 'es' } });
    assert.deepEqual(at(run, 'part').inner, { language: 'es' });
  });

  it('leaves nothing to the desk that a part holds on to', async () => {
    const run = running(open(visitOf(), { getDetails: () => new Promise(() => undefined) }));
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    const { state } = run;
    const sending = run.flow.transition(state, { type: 'of-part', action: { type: 'sent' }, key: 'k2' });
    for (const action of [{ type: 'skipped', key: 'k3' }, { type: 'listed' }] as const) {
      assert.equal(run.flow.transition(sending, action), sending);
      assert.notEqual(run.flow.transition(state, action), state);
    }
  });

  it('asks by a reminder only whether the patient comes, and answers once', async () => {
    const tokens: string[] = [];
    const respondToAppointment: AdapterImplementation['respondToAppointment'] = async ({ token, answer }) => {
      tokens.push(`${token} ${answer}`);
      return { timeZone: 'America/New_York', status: 'booked' };
    };
    const run = running(open(visitOf(), { respondToAppointment }), { ...phone, reminder: 'signed' });
    await run.settle();
    at(run, 'reminded');
    await run.send({ type: 'answered-reminder', answer: 'coming', key: 'k1' });
    at(run, 'responded');
    assert.deepEqual(tokens, ['signed coming']);
    await run.send({ type: 'began', purpose: 'coming' });
    at(run, 'identifying');
  });

  it('asks again for the code of the lobby when it was that of another sign', async () => {
    const run = running(open(visitOf(), { arriveAtVisit: refused('forbidden') }), phone);
    await identify(run);
    await run.send({ type: 'typed-lobby-code', code: 'NONE-1' });
    await run.send({ type: 'came', key: 'k2' });
    assert.equal(at(run, 'here').trouble, 'wrong');
    assert.equal(at(run, 'here').lobbyCode, 'NONE-1');
    assert.equal(run.state.host.station.lobbyCode, undefined);
  });

  it('asks for the code of the lobby from whoever says to be there without one', async () => {
    const run = running(open(), phone);
    await identify(run);
    await run.send({ type: 'came', key: 'k2' });
    assert.equal(at(run, 'here').trouble, 'missing');
    assert.ok(!run.seen.some(({ name }) => name === 'arriveAtVisit'));
  });

  it('keeps the code of the lobby where the clinic could not be reached with it', async () => {
    const run = running(open(visitOf(), { arriveAtVisit: refused('unavailable') }), phone);
    await identify(run);
    await run.send({ type: 'typed-lobby-code', code: 'LAKE-210' });
    await run.send({ type: 'came', key: 'k2' });
    assert.ok(run.state.step === 'failed' && canGoBack(run.state));
    await run.send({ type: 'went-back' });
    assert.deepEqual([at(run, 'here').lobbyCode, at(run, 'here').trouble], ['LAKE-210', undefined]);
    assert.equal(run.state.host.station.lobbyCode, undefined);
  });

  it('asks who it is again when nobody is known any more in the middle of a part', async () => {
    const run = running(open(visitOf(), { getDetails: refused('unauthenticated') }));
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    await run.send({ type: 'of-part', action: { type: 'sent' }, key: 'k2' });
    assert.equal(at(run, 'failed').error.code, 'unauthenticated');
  });

  it('knows of the desk before it sends anybody there, once for each step, and asks again at the next', async () => {
    let isOpen = false;
    const desk = () => ({ open: isOpen, goTo: 'the nurses on floor 2' });
    const run = running(open(visitOf({ timing: 'missed' }), { describeDesk: async () => desk() }));
    await run.settle();
    await run.send({ type: 'began', purpose: 'coming' });
    assert.equal(isDeskClosed(run.state), true);
    isOpen = true;
    await run.send({ type: 'typed', entry: { familyName: 'Delgado', year: '1984', month: '6', day: '17' } });
    await run.send({ type: 'claimed', key: 'k1' });
    at(run, 'desk');
    assert.equal(isDeskClosed(run.state), false);
    assert.equal(run.seen.filter(({ name }) => name === 'describeDesk').length, 2);
  });

  it('looks again at the desk about once a minute while somebody waits', async () => {
    let isOpen = false;
    const describeDesk: AdapterImplementation['describeDesk'] = async () => ({ open: isOpen, goTo: 'floor 2' });
    const run = running(open(withStatus(visitOf(), 'checked-in'), { describeDesk }));
    await identify(run);
    const asked = () => run.seen.filter(({ name }) => name === 'describeDesk').length;
    const before = asked();
    isOpen = true;
    while (at(run, 'done').polls < 11) await run.send({ type: 'progressed', progress: { state: 'waiting' } });
    assert.deepEqual([asked() - before, isDeskClosed(run.state)], [0, true]);
    await run.send({ type: 'progressed', progress: { state: 'see-desk' } });
    assert.deepEqual([asked() - before, isDeskClosed(run.state)], [1, false]);
  });

  it('looks again at the desk as a part comes to send there', async () => {
    let isOpen = true;
    const describeDesk: AdapterImplementation['describeDesk'] = async () => ({ open: isOpen, goTo: 'floor 2' });
    const load = async (name: AnyPart['name']): Promise<AnyPart> => ({
      ...partOf(name),
      namesDesk: ({ typed }: PartState) => typed !== undefined,
    });
    const run = running(open(visitOf(), { describeDesk }), kiosk, load);
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    isOpen = false;
    assert.equal(isDeskClosed(run.state), false);
    await run.send({ type: 'of-part', action: { type: 'typed', words: 'Market Street' }, key: 'k1' });
    assert.equal(isDeskClosed(at(run, 'part')), true);
  });

  it('fails at nothing because nobody can say whether the desk is open', async () => {
    const run = running(open(visitOf(), { describeDesk: refused('unavailable') }));
    await identify(run);
    at(run, 'list');
    assert.deepEqual([run.state.failures, isDeskClosed(run.state)], [0, false]);
  });

  it('says of what staff must hear of that they have not, though nobody is known any more, until a person is told', async () => {
    let down = true;
    const run = running(
      open(visitOf(), {
        getDetails: refused('unauthenticated'),
        askForHelp: async () => {
          if (down) throw new ClinicError('unavailable', 'down');
          return help;
        },
      }),
    );
    await identify(run);
    await run.send({ type: 'opened', name: 'details' });
    await run.send({ type: 'of-part', action: { type: 'sent' }, key: 'k2' });
    assert.equal(at(run, 'failed').unheard, true);
    await run.send({ type: 'called', reason: 'danger', key: 'k3' });
    assert.equal(at(run, 'failed').unheard, true);
    down = false;
    await run.send({ type: 'called', reason: 'danger', key: 'k3' });
    assert.equal(at(run, 'failed').unheard, false);
  });

  for (const [what, path, fields] of [
    ['the date of birth', ['claim', 'birthDate'], { birthDate: 'unknown' }],
    ['the claim', ['claim'], { familyName: 'unknown', birthDate: 'unknown' }],
  ] as const) {
    it(`shows at its field that the clinic refuses ${what}, with all that was typed`, async () => {
      const identifies: AdapterImplementation['identify'] = async () => {
        throw new ClinicError('invalid', 'No.', { paths: [path] });
      };
      const run = running(open(visitOf(), { identify: identifies }));
      await identify(run);
      const { refused: at1, missing, entry } = at(run, 'identifying');
      assert.deepEqual([at1, missing, entry.familyName], [fields, [], 'Delgado']);
      assert.equal(run.state.failures, 1);
      await run.send({ type: 'typed', entry: { year: '' } });
      await run.send({ type: 'claimed', key: 'k2' });
      assert.deepEqual([at(run, 'identifying').refused, at(run, 'identifying').missing], [undefined, ['birthDate']]);
    });
  }

  it('shows at its field what the clinic refuses of a second answer, and of a walk-in', async () => {
    const challenge: Identification = {
      outcome: 'challenge',
      challengeId: 'c1',
      initials: 'R. D.',
      timeZone: 'America/New_York',
      factors: ['postal-code'],
    };
    const run = running(
      open(visitOf(), {
        identify: async ({ claim }) => {
          if ('challengeId' in claim) throw new ClinicError('invalid', 'No.', { paths: [['claim', 'value']] });
          return challenge;
        },
        startWalkIn: async () => {
          throw new ClinicError('invalid', 'No.', { misfits: [{ path: ['phone'], reason: 'too-short' }] });
        },
      }),
    );
    await identify(run);
    await run.send({ type: 'typed-factor', value: '4908' });
    await run.send({ type: 'answered', key: 'k2' });
    assert.deepEqual([at(run, 'challenged').refused, at(run, 'challenged').value], [{ value: 'unknown' }, '4908']);
    await run.send({ type: 'went-back' });
    await run.send({ type: 'walked-in' });
    await run.send({ type: 'in-danger', yes: false, key: 'k3' });
    await run.send({ type: 'typed-walk-in', entry: { familyName: 'Ito', reason: 'A cough', phone: '12' } });
    await run.send({ type: 'sent-walk-in', key: 'k4' });
    assert.deepEqual([at(run, 'walk-in').refused, at(run, 'walk-in').entry.phone], [{ phone: 'too-short' }, '12']);
  });

  it('says it where the clinic refuses something that nobody typed', async () => {
    const identifies: AdapterImplementation['identify'] = async () => {
      throw new ClinicError('invalid', 'No.', { paths: [['station', 'deviceId']] });
    };
    const run = running(open(visitOf(), { identify: identifies }));
    await identify(run);
    assert.equal(at(run, 'failed').error.code, 'invalid');
  });

  for (const purpose of ['leaving', 'program'] as const) {
    it(`lets nobody check in by going back from what they came for: ${purpose}`, async () => {
      const run = running(open(), kiosk, async () => Promise.reject(new Error('The network is gone.')));
      await identify(run, purpose);
      at(run, 'failed');
      await run.send({ type: 'went-back' });
      at(run, 'welcome');
      assert.ok(!run.seen.some(({ name }) => name === 'arriveAtVisit' || name === 'checkIn'));
    });
  }

  it('forgets everything at another station', async () => {
    const run = running(open());
    await identify(run);
    await run.send({ type: 'host-changed', host: { ...kiosk, station: { kind: 'kiosk', deviceId: 'lobby-2' } } });
    at(run, 'welcome');
    assert.ok(!JSON.stringify(run.state).includes('Delgado'));
  });

  it('ends at the desk or in the waiting room, whatever fails on the way', async () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = randomOf(seed);
      const chance = (of: number) => random() < of;
      const flaky =
        <T>(result: () => T) =>
        async () => {
          if (chance(0.3)) throw new ClinicError(chance(0.5) ? 'unavailable' : 'unexpected', 'down');
          return result();
        };
      const preparations = (['screening', 'details', 'insurance', 'forms', 'consents', 'payment'] as Preparation[])
        .filter(() => chance(0.6))
        .map((name) => ({ name, state: 'open' as const, mandatory: chance(0.5) }));
      let now = visitOf({ preparations });
      const run = running(
        open(now, {
          identify: flaky(() => known),
          findVisits: flaky(() => ({ items: [now] })),
          arriveAtVisit: flaky(() => (now = withStatus(now, 'arrived'))),
          checkIn: flaky(() => (now = withStatus(now, 'checked-in'))),
        }),
      );
      await identify(run);
      let steps = 0;
      while (run.state.step !== 'done' && run.state.step !== 'desk') {
        assert.ok((steps += 1) < 100, `seed ${seed}: stuck at ${run.state.step}`);
        const { state } = run;
        if (state.step === 'failed') await run.send({ type: chance(0.8) ? 'retried' : 'went-back' });
        else if (state.step === 'welcome') await identify(run);
        else if (state.step === 'identifying') await run.send({ type: 'claimed', key: `k${steps}` });
        else if (state.step === 'list') {
          const next = standingOf(state).find((one) => one.state === 'open');
          await run.send(next ? { type: 'opened', name: next.name } : { type: 'finished', key: `k${steps}` });
        } else if (state.step === 'part') {
          const way = random();
          if (way < 0.2) await run.send({ type: 'listed' });
          else if (way < 0.4) await run.send({ type: 'skipped', key: `k${steps}` });
          else await endPart(run);
        } else await run.settle();
      }
    }
  });
});

/** Numbers that are the same for a seed (https://en.wikipedia.org/wiki/Lehmer_random_number_generator). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
