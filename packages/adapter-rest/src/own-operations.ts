import type { CallOptions, ClinicAdapter, OperationName } from '@clinic-widgets/core/adapter.js';
import type {
  Claim,
  Help,
  HelpRequest,
  Identification,
  IdentifyRequest,
  Station,
  VisitStep,
  WalkIn,
} from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { AlertRequest } from '@clinic-widgets/core/forms.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import { plainName } from '@clinic-widgets/core/identity.js';
import { type Counters, takeEach } from './limits.ts';
import { kioskOf } from './passes.ts';
import type { Caller } from './rest-handler.ts';
import type { Tokens } from './tokens.ts';

/** As much of a header as the visits of a day may take, in characters. */
const VISITS_LENGTH = 1500;
/** More visits than anybody has in a day. */
const MOST_VISITS = 1000;
/** How long a challenge is remembered, in milliseconds: longer than it is good for. */
const CHALLENGE_SPAN = 3_600_000;

/** An operation in which the gateway does more than let through. */
export type OwnOperation = (input: never, options: CallOptions, caller: Caller) => Promise<unknown>;

/** What these operations work with. */
interface Setting {
  readonly adapter: ClinicAdapter;
  readonly tokens: Tokens;
  readonly counters: Counters;
  readonly now: () => number;
}

/** What the gateway gives out, or takes in, by its own signature: passes, reminders, and ids of calls for help. */
export function ownOperations(setting: Setting): Partial<Record<OperationName, OwnOperation>> {
  const { adapter, tokens, counters } = setting;

  /** Who has the id may see what became of it, so it must not be one that can be counted up to. */
  const sealed = async (help: Help): Promise<Help> => ({ ...help, id: await tokens.sign('help', { sub: help.id }) });
  /** Who is known is counted for themselves: many strangers on the clinic's network keep nobody else's call from staff. */
  function countCall(isUrgent: boolean, caller: Caller, acting?: Acting): void {
    const by = acting ? `patient ${acting.patientId}` : `device ${deviceOf(caller)}`;
    counters.help.take(isUrgent ? `urgent ${by}` : by);
  }

  return {
    identify: identification(setting),

    async respondToAppointment({ token, answer }: Response, options, caller) {
      const giveBack = counters.device.take(deviceOf(caller));
      const { sub, appointmentId, jti, exp } = (await tokens.verify('reminder', token)) ?? {};
      if (sub === undefined) throw new ClinicError('not-found', 'There is no such link, or no longer.');
      giveBack();
      const checked = JSON.stringify({ appointmentId, patientId: sub, jti, exp });
      return adapter.respondToAppointment({ token: checked, answer }, options);
    },

    async startWalkIn(walkIn: WalkIn, options, caller) {
      countCall(walkIn.danger, caller);
      return sealed(await adapter.startWalkIn(walkIn, options));
    },

    async askForHelp(request: HelpRequest, options, caller) {
      countCall(request.reason === 'danger', caller, request.acting);
      return sealed(await adapter.askForHelp(request, options));
    },

    async raiseAlert(request: AlertRequest, options, caller) {
      countCall(true, caller, request.acting);
      return adapter.raiseAlert(request, options);
    },

    async arriveAtVisit(step: VisitStep, options) {
      if (step.station.lobbyCode === undefined) return adapter.arriveAtVisit(step, options);
      // A code of the lobby's is guessed by somebody who is known, from wherever they are.
      const giveBack = counters.identity.take(`lobby ${step.acting.patientId}`);
      try {
        const visit = await adapter.arriveAtVisit(step, options);
        giveBack();
        return visit;
      } catch (error) {
        if (!isClinicError(error) || error.code !== 'forbidden') giveBack();
        throw error;
      }
    },

    async getHelp({ helpId }: { readonly helpId: string }, options) {
      const { sub } = (await tokens.verify('help', helpId)) ?? {};
      if (sub === undefined) throw new ClinicError('not-found', 'There is no such call.');
      return sealed(await adapter.getHelp({ helpId: sub }, options));
    },
  };
}

interface Response {
  readonly token: string;
  readonly answer: 'coming' | 'cannot-come';
}

/** Counts the wrong claims, and gives whoever is identified a pass of the gateway's in place of the adapter's. */
function identification(setting: Setting) {
  const { adapter, counters, now } = setting;
  const challenges = challengesOf(now);

  return async (request: IdentifyRequest, options: CallOptions, caller: Caller): Promise<Identification> => {
    const identity = challenges.identityOf(request.claim);
    const forgive = takeEach([
      [counters.device, deviceOf(caller)],
      [counters.identity, identity],
      ...('code' in request.claim ? [[counters.code, 'all'] as const] : []),
    ]);

    // What was not answered told nothing.
    const answer = await adapter
      .identify(request, { ...options, ...keyed(options, caller) })
      .catch((error: unknown) => {
        forgive();
        throw error;
      });
    if (answer.outcome !== 'unrecognized') forgive();
    if (answer.outcome === 'challenge') challenges.remember(answer.challengeId, identity);
    return answer.outcome === 'identified' ? withPass(answer, setting, options, caller) : answer;
  };
}

/** A key is one device's own: what somebody else was answered under theirs is not to be had by it. */
const keyed = ({ idempotencyKey }: CallOptions, caller: Caller): CallOptions =>
  idempotencyKey === undefined ? {} : { idempotencyKey: `${encodeURIComponent(deviceOf(caller))}:${idempotencyKey}` };

type Identified = Extract<Identification, { outcome: 'identified' }>;

async function withPass(
  answer: Identified,
  { adapter, tokens }: Setting,
  { signal }: CallOptions,
  caller: Caller,
): Promise<Identified> {
  const { pass: behind, acting, authority } = answer;
  const { patientId: sub, representativeId } = acting;
  const kiosk = kioskOf(caller);
  // To the second, as tokens have it.
  const exp = Math.floor(Date.parse(answer.expires) / 1000);
  const visits = await visitsOf(adapter, acting, { ...(signal && { signal }), pass: behind });
  const pass = await tokens.sign('visit', {
    sub,
    ...(representativeId !== undefined && { representativeId }),
    authority,
    ...(visits && JSON.stringify(visits).length <= VISITS_LENGTH && { visits }),
    ...(kiosk !== undefined && { kiosk }),
    behind,
    exp,
  });
  return { ...answer, pass, expires: new Date(exp * 1000).toISOString() };
}

/** The ids of today's visits, or nothing where the adapter does not tell them. */
export async function visitsOf(
  adapter: ClinicAdapter,
  acting: Acting,
  options: CallOptions,
): Promise<readonly string[] | undefined> {
  const station: Station = { kind: 'phone' };
  const ids: string[] = [];
  try {
    let cursor: string | undefined;
    do {
      const page = await adapter.findVisits({ acting, station, ...(cursor !== undefined && { cursor }) }, options);
      ids.push(...page.items.map(({ appointment }) => appointment.id));
      cursor = page.next;
    } while (cursor !== undefined && ids.length < MOST_VISITS);
    return ids;
  } catch (error) {
    if (!isClinicError(error)) throw error;
    return undefined;
  }
}

/** Callers that nothing is known of count as one. */
export const deviceOf = ({ device = '' }: Caller): string => device;

/** Remembers whom challenges are about: wrong answers to them are wrong claims about the same person. */
function challengesOf(now: () => number) {
  const known = new Map<string, { readonly identity: string; readonly until: number }>();
  return {
    remember(challengeId: string, identity: string): void {
      for (const [id, { until }] of known) if (until <= now()) known.delete(id);
      known.set(challengeId, { identity, until: now() + CHALLENGE_SPAN });
    },
    identityOf(claim: Claim): string {
      if ('code' in claim) return `code ${plainName(claim.code)}`;
      if ('challengeId' in claim) return known.get(claim.challengeId)?.identity ?? `challenge ${claim.challengeId}`;
      // However the name is written, it is one identity that is tried.
      return `person ${plainName(claim.familyName)} ${claim.birthDate}`;
    },
  };
}
