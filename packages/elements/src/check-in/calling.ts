import type { Help, HelpReason } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { type FlowAction, wait, type Work as WorkOf } from '../ui/flow.ts';
import type { Action } from './action.ts';
import { refusedIn } from './claims.ts';
import { withPass } from './session.ts';
import type { About, Base, Calling, State } from './state.ts';

type Work = WorkOf<State, Action>;
type Made = Extract<Calling, { state: 'sending' | 'failed' }>;
type Called = Extract<Calling, { state: 'called' }>;

/** In milliseconds: how often it is looked whether somebody comes. */
const EVERY = 3_000;
/** After that a patient who called is told that nobody has answered. */
const TOO_LONG = 30_000;

/** What goes to the patient liaison: nobody comes for it. */
export const isWord = (reason: HelpReason): boolean => ['complaint', 'compliment', 'bill'].includes(reason);

/** Whether a person is offered to somebody who did not ask for one. */
export const isOffered = (calling: Calling | undefined): boolean =>
  calling?.state === 'open' && calling.unasked === true;

/** Whether a call or a word is on its way, or was: another would take its place. */
export const isUnderWay = (calling: Calling | undefined): boolean => calling !== undefined && calling.state !== 'open';

/** What a patient does who asks for somebody: to the patient liaison they write. */
export const asking = (reason: HelpReason): Action =>
  isWord(reason) ? { type: 'wrote', reason, message: '' } : { type: 'called', reason, key: newKey() };

/** Whether somebody waits for an answer to a call. */
const isWaiting = ({ reason, help }: Pick<Called, 'reason' | 'help'>): boolean =>
  !isWord(reason) && help.state === 'waiting';

/** A call for a person goes on beside everything else. Nothing where the action is no part of it. */
export function changeCalling(state: State, action: Action | FlowAction, clock: () => number): State | undefined {
  const { calling } = state;
  const becomes = (next: Base['calling']): State => ({ ...state, calling: next });
  switch (action.type) {
    case 'opened-help':
      return calling ? undefined : becomes({ state: 'open' });
    case 'offered-help':
      return calling ? undefined : becomes({ state: 'open', unasked: true });
    case 'closed-help':
      return calling?.state === 'sending' ? undefined : becomes(undefined);
    case 'wrote':
      return becomes({ state: 'writing', reason: action.reason, message: action.message });
    case 'called':
      return becomes(made(state, action));
    case 'reached': {
      if (calling?.state !== 'sending' || calling.key !== action.key) return state;
      const { reason } = calling;
      const called = { reason, help: action.help, since: action.at, unanswered: false, polls: 0 };
      return { ...state, calling: { state: 'called', ...called }, ...(state.step === 'failed' && { unheard: false }) };
    }
    case 'heard':
      return becomes(heard(calling, action.help, action.at));
    case 'waited':
      return calling?.state === 'called' ? becomes(heard(calling, calling.help, action.at)) : state;
    case 'failed':
      if (action.key.startsWith(CALL)) {
        const isThis = calling?.state === 'sending' && action.key === CALL + calling.key;
        return isThis ? becomes(unsent(calling, action.error)) : state;
      }
      // Whether somebody comes is asked again; the wait goes on meanwhile.
      if (!action.key.startsWith(HEAR)) return undefined;
      return calling?.state === 'called' ? becomes(heard(calling, calling.help, clock())) : state;
    default:
      return undefined;
  }
}

/** A word needs words; of a bill it is enough to know that there is a question. */
function made(state: State, { key, reason, message = '' }: Extract<Action, { type: 'called' }>): Calling {
  const { calling } = state;
  if (calling?.state === 'writing' && reason !== 'bill' && !message.trim()) return { ...calling, missing: true };
  const isAgain = calling && 'about' in calling && calling.key === key;
  return { state: 'sending', key, reason, message, about: isAgain ? calling.about : aboutOf(state) };
}

/** A word that the clinic refuses is written again; of all else that does not arrive staff have not heard. */
function unsent(call: Made, error: ClinicError): Calling {
  const { reason, message } = call;
  const refused = isWord(reason) ? refusedIn(error, []) : undefined;
  return refused?.message ? { state: 'writing', reason, message, refused } : { ...call, state: 'failed' };
}

function aboutOf(state: State): About {
  const { who, visit } = (state.step === 'failed' ? state.from : state) as About;
  return { who, visit };
}

function heard(calling: Base['calling'], help: Help, at: number): Base['calling'] {
  if (calling?.state !== 'called' || calling.help.id !== help.id) return calling;
  const unanswered = help.state === 'waiting' && at - calling.since >= TOO_LONG;
  return { ...calling, help, unanswered, polls: calling.polls + 1 };
}

const CALL = 'call ';
const HEAR = 'hear ';

/** Makes the call, and then looks whether somebody comes. */
export function callWork({ calling, host }: State, clock: () => number): readonly Work[] {
  if (calling?.state === 'sending') return [call(host, calling, clock)];
  if (calling?.state !== 'called' || isWord(calling.reason) || calling.help.state === 'done') return [];
  return [hear(calling, clock), ...(isWaiting(calling) && !calling.unanswered ? [lookAtClock(calling, clock)] : [])];
}

const call = (
  { station, language }: Base['host'],
  { key, reason, message, about: { who, visit } }: Made,
  clock: () => number,
): Work => ({
  key: CALL + key,
  write: true,
  async run(plain, signal) {
    const adapter = who ? withPass(plain, who.pass) : plain;
    const words = message.trim();
    const request = {
      station,
      reason,
      language,
      ...(who && { acting: who.acting }),
      ...(visit && { appointmentId: visit.appointment.id }),
      ...(words && { message: words }),
    };
    return {
      type: 'reached',
      key,
      help: await adapter.askForHelp(request, { signal, idempotencyKey: key }),
      at: clock(),
    };
  },
});

const hear = ({ help: { id }, polls }: Called, clock: () => number): Work => ({
  key: `${HEAR}${id} ${polls}`,
  async run(adapter, signal) {
    await wait(EVERY, signal);
    const help = await adapter.getHelp({ helpId: id }, { signal });
    return { type: 'heard', help, at: clock() };
  },
});

/** However long the clinic takes to answer, the half minute is over when it is over. */
const lookAtClock = ({ help: { id }, since }: Called, clock: () => number): Work => ({
  key: `wait for ${id}`,
  async run(_, signal) {
    await wait(since + TOO_LONG - clock(), signal);
    return { type: 'waited', at: clock() };
  },
});
