import type { ClinicAdapter } from '@clinic-widgets/core';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { allPages } from '../ui/all-pages.ts';
import { wait, type Work as WorkOf } from '../ui/flow.ts';
import { waiting } from '../ui/waiting.ts';
import type { Action } from './action.ts';
import { callWork } from './calling.ts';
import type { AnyPart, Base, Going, In, State } from './state.ts';
import { isOnSite, standingOf } from './state.ts';
import { sessionOf, withPass } from './session.ts';
import { within } from './within.ts';

type Work = WorkOf<State, Action>;

/** What the flow is given from outside. */
export interface Outside {
  /** Fetches a part in a language. */
  readonly load: (name: AnyPart['name'], language: string) => Promise<AnyPart>;
  /** The machine's clock, for how long somebody has waited for a person. */
  readonly clock: () => number;
}

/** In milliseconds. */
const POLL_PROGRESS = 5_000;
/** How often it is looked whose turn it is before the desk is looked at again. */
const POLLS_OF_DESK = 12;

/** What the state calls for. */
export const workOf = (state: State, outside: Outside): readonly Work[] => [
  ...stepWork(state, outside),
  ...describeDesk(state),
  ...callWork(state, outside.clock),
];

function stepWork(state: State, outside: Outside): readonly Work[] {
  switch (state.step) {
    case 'starting':
      return [describe(state)];
    case 'responding':
      return [respond(state)];
    case 'claiming':
    case 'answering':
      return [identify(state)];
    case 'finding':
      return [findVisits(state)];
    case 'arriving':
      return [arrive(state), prefetch(state, outside)];
    case 'list':
      return [prefetch(state, outside)];
    case 'loading':
      return [load(state, outside)];
    case 'part':
      return [...partWork(state), prefetch(state, outside)];
    case 'finishing':
      return [finish(state)];
    case 'done':
      return [...(isOnSite(state) && !state.forgotten ? [progress(state)] : []), ...chooseCall(state)];
    case 'walking-in':
      return [walkIn(state)];
    case 'failed':
      return waiting(state.error);
    default:
      return [];
  }
}

/** The steps that send to the desk, or may. */
const NAMING: readonly State['step'][] = ['identifying', 'here', 'list', 'part', 'done', 'desk', 'walk-in', 'failed'];

/** Whether anybody is there, for each step and again while it lasts: it is known before a patient is sent to the desk. */
const describeDesk = (state: State): readonly Work[] =>
  NAMING.includes(state.step)
    ? [
        {
          key: `desk ${state.step} ${roundOf(state)}`,
          async run(adapter, signal) {
            return { type: 'found-desk', desk: await adapter.describeDesk({}, { signal }) };
          },
        },
      ]
    : [];

/** Somebody who waits may see the desk open or close: they are told within a minute. A part asks as it sends there. */
const roundOf = (state: State): string => {
  if (state.step === 'done') return `${Math.floor(state.polls / POLLS_OF_DESK)}`;
  return state.step === 'part' && state.part.namesDesk?.(state.inner, sessionOf(state)) ? 'named' : '';
};

const describe = ({ host }: Base): Work => ({
  // Another station starts anew, and that may be before the work for the one before it is put away.
  key: `describe ${JSON.stringify(host)}`,
  async run(adapter, signal) {
    return { type: 'started', clinic: await adapter.describeClinic({}, { signal }) };
  },
});

const respond = ({ host, answer, key }: In<'responding'>): Work => ({
  key: `respond ${key}`,
  write: true,
  async run(adapter, signal) {
    const request = { token: host.reminder ?? '', answer };
    return {
      type: 'responded',
      response: await adapter.respondToAppointment(request, { signal, idempotencyKey: key }),
    };
  },
});

const identify = ({ key, request }: In<'claiming' | 'answering'>): Work => ({
  key: `identify ${key}`,
  write: true,
  async run(adapter, signal) {
    return { type: 'identified', answer: await adapter.identify(request, { signal, idempotencyKey: key }) };
  },
});

const findVisits = ({ host, who }: In<'finding'>): Work => ({
  key: 'find visits',
  async run(plain, signal) {
    const adapter = withPass(plain, who.pass);
    const query = { acting: who.acting, station: host.station, language: host.language };
    const visits = await allPages((page) => adapter.findVisits({ ...query, ...page }, { signal }));
    return { type: 'found-visits', visits, key: newKey() };
  },
});

const stepOf = ({ who, visit, host }: Going) => ({
  acting: who.acting,
  appointment: { id: visit.appointment.id, version: visit.appointment.version },
  station: host.station,
});

/** Somebody else was faster: what they did may be just what was wanted. */
async function raced(adapter: ClinicAdapter, { host, who, visit }: Going, signal: AbortSignal): Promise<Action> {
  const query = { acting: who.acting, station: host.station, language: host.language };
  const visits = await allPages((page) => adapter.findVisits({ ...query, ...page }, { signal }));
  const now = visits.find(({ appointment }) => appointment.id === visit.appointment.id);
  const status = now?.appointment.status;
  if (now && status === 'checked-in') return { type: 'checked-in', visit: now };
  return { type: 'refused', visit: now };
}

const arrive = (state: In<'arriving'>): Work => ({
  key: `arrive ${state.key}`,
  write: true,
  async run(plain, signal) {
    const adapter = withPass(plain, state.who.pass);
    try {
      const visit = await adapter.arriveAtVisit(stepOf(state), { signal, idempotencyKey: state.key });
      return { type: 'arrived', visit };
    } catch (error) {
      if (!isClinicError(error) || error.code !== 'conflict') throw error;
      const now = await raced(adapter, state, signal);
      const isThere = 'visit' in now && now.visit && isHere(now.visit.appointment.status);
      return isThere ? { type: 'arrived', visit: now.visit } : now;
    }
  },
});

const isHere = (status: string): boolean => status === 'arrived' || status === 'checked-in';

const finish = (state: In<'finishing'>): Work => ({
  key: `finish ${state.key}`,
  write: true,
  async run(plain, signal) {
    const adapter = withPass(plain, state.who.pass);
    const options = { signal, idempotencyKey: state.key };
    try {
      const visit = isOnSite(state)
        ? await adapter.checkIn(stepOf(state), options)
        : await adapter.prepareVisit(stepOf(state), options);
      return { type: 'checked-in', visit };
    } catch (error) {
      if (!isClinicError(error) || error.code !== 'conflict') throw error;
      return raced(adapter, state, signal);
    }
  },
});

const load = (state: In<'loading'>, { load: fetched }: Outside): Work => ({
  key: `load ${state.name} ${state.host.language}`,
  async run() {
    const part = await fetched(state.name, state.host.language).catch((cause: unknown) => {
      throw new ClinicError('unavailable', 'Part of the page cannot be fetched.', { cause });
    });
    return { type: 'loaded', part };
  },
});

/** What comes later is fetched while the patient is busy: should the network go, it is there. */
const prefetch = (state: Going, { load: fetched }: Outside): Work => ({
  key: `prefetch ${state.host.language}`,
  async run() {
    const open = standingOf(state).filter((one) => one.state === 'open');
    await Promise.allSettled(open.map(({ name }) => fetched(name, state.host.language)));
    return { type: 'prefetched' };
  },
});

function partWork(state: In<'part'>): readonly Work[] {
  const { part, inner, who } = state;
  const innerOf = (now: State): unknown => (now.step === 'part' && now.part.name === part.name ? now.inner : undefined);
  const works = within<unknown, unknown, State, Action>(
    part.work(inner, sessionOf(state)),
    (action) => ({ type: 'of-part', action, key: newKey() }),
    innerOf,
  );
  return works.map((work): Work => ({
    key: `part ${work.key}`,
    write: work.write ?? false,
    run: (adapter, signal) => work.run(withPass(adapter, who.pass), signal),
    ...(work.undo && { undo: (adapter, action, now) => work.undo!(withPass(adapter, who.pass), action, now) }),
  }));
}

const progress = ({ who, visit, polls }: In<'done'>): Work => ({
  key: `progress ${polls}`,
  async run(plain, signal) {
    if (polls > 0) await wait(POLL_PROGRESS, signal);
    const adapter = withPass(plain, who.pass);
    const query = { acting: who.acting, appointmentId: visit.appointment.id };
    return { type: 'progressed', progress: await adapter.getVisitProgress(query, { signal }) };
  },
});

function chooseCall({ who, visit, choosing }: In<'done'>): readonly Work[] {
  if (choosing?.state !== 'sending') return [];
  const { callBy, key } = choosing;
  return [
    {
      key: `tell call ${key}`,
      write: true,
      async run(plain, signal) {
        const request = { acting: who.acting, appointmentId: visit.appointment.id, callBy };
        await withPass(plain, who.pass).chooseCallBy(request, { signal, idempotencyKey: key });
        return { type: 'told-call', key };
      },
    },
  ];
}

const walkIn = ({ request, key }: In<'walking-in'>): Work => ({
  key: `walk in ${key}`,
  write: true,
  async run(adapter, signal) {
    return { type: 'taken-in', help: await adapter.startWalkIn(request, { signal, idempotencyKey: key }) };
  },
});
