import type { Charge } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { allPages } from '../../ui/all-pages.ts';
import type { FlowAction, Work as WorkOf } from '../../ui/flow.ts';
import { waiting } from '../../ui/waiting.ts';
import type { PartEnd } from '../part.ts';
import type { Session } from '../session.ts';
import { isDue } from './money.ts';
import type { PaymentRequest } from './request.ts';
import type { Action, Choice, In, Notice, State } from './state.ts';

type Work = WorkOf<State, Action>;

/** What is read first. */
export const begin = (): State => ({ step: 'reading' });

/** What becomes of a state. */
export function transition(state: State, action: Action | FlowAction): State {
  if (action.type === 'failed') return fail(state, action.error);
  if (action.type === 'settled') return settle(state, action);
  switch (state.step) {
    case 'reading':
      return action.type === 'found' ? found(action.charges, state.notice) : state;
    case 'choosing':
      if (action.type === 'asked') return { step: 'paying', charges: state.charges, request: action.request };
      if (action.type !== 'chose') return state;
      return {
        step: 'sending',
        charges: state.charges,
        request: state.request,
        choice: action.choice,
        key: action.key,
      };
    case 'paying':
      if (action.type === 'stopped') return { ...state, step: 'choosing', notice: 'stopped' };
      // Taken out of the page, it no longer hears what comes of the payment.
      return action.type === 'left' ? { step: 'choosing', charges: state.charges, notice: 'stopped' } : state;
    case 'sending':
      return action.type === 'sent' && action.key === state.key ? sent(state, action.queued) : state;
    case 'told':
      return action.type === 'went-on' ? { step: 'ended', end: endOf(state.choice) } : state;
    case 'failed':
      if (action.type === 'retried') return state.from;
      if (action.type === 'went-on' && isPaid(state)) return { step: 'ended', end: 'at-desk' };
      return action.type === 'went-back' && canGoBack(state) ? backFrom(state) : state;
    case 'ended':
      return state;
  }
}

/** Whether the patient can decide anew. What is paid is paid: to choose again would be to pay twice. */
export const canGoBack = ({ from }: In<'failed'>): boolean => from.step === 'sending' && from.choice !== 'paid';

/** Whether the patient has paid, and the clinic could not be told: the desk writes it down by the reference. */
export const isPaid = (state: State): boolean =>
  state.step === 'failed' && state.from.step === 'sending' && state.from.choice === 'paid';

function backFrom({ from }: In<'failed'>): State {
  return from.step === 'sending' ? { step: 'choosing', charges: from.charges, request: from.request } : from;
}

const found = (charges: readonly Charge[], notice: Notice | undefined): State =>
  isDue(charges) ? { step: 'choosing', charges, notice } : { step: 'ended', end: 'done' };

/** What is paid is written down, even where the patient had stopped, or had begun to choose something else. */
function settle(state: State, { request, outcome, key }: Extract<Action, { type: 'settled' }>): State {
  const of = state.step === 'failed' ? state.from : state;
  if (!('request' in of) || of.request !== request) return state;
  const { charges } = of;
  if (outcome !== 'unheard' && 'reference' in outcome) {
    return { step: 'sending', charges, choice: 'paid', key, reference: outcome.reference };
  }
  if (of.step === 'paying') {
    return { step: 'choosing', charges, notice: outcome === 'unheard' ? 'unheard' : 'failed' };
  }
  const over = { ...of, request: undefined };
  return state.step === 'failed' && over.step === 'sending' ? { ...state, from: over } : over;
}

/** Only what the patient leaves to the desk is the desk's. */
const endOf = (choice: Choice): PartEnd => (choice === 'at-desk' ? 'at-desk' : 'done');

const sent = ({ charges, choice, reference }: In<'sending'>, queued: boolean): State =>
  queued || choice === 'paid'
    ? { step: 'told', charges, choice, reference, queued }
    : { step: 'ended', end: endOf(choice) };

function fail(state: State, error: ClinicError): State {
  if (state.step !== 'reading' && state.step !== 'sending') return state;
  // What is due has changed: the patient decides about what is due now.
  if (state.step === 'sending' && error.code === 'conflict' && state.choice !== 'paid') {
    return { step: 'reading', notice: 'changed' };
  }
  return { step: 'failed', error, from: state };
}

/** What a state calls for. */
export function workOf(state: State, session: Session): readonly Work[] {
  switch (state.step) {
    case 'reading':
      return [findCharges(session)];
    case 'choosing':
    case 'paying':
      return awaited(state.request);
    case 'sending':
      return [...awaited(state.request), writeChoice(state, session)];
    case 'failed':
      return [...('request' in state.from ? awaited(state.from.request) : []), ...waiting(state.error)];
    default:
      return [];
  }
}

const findCharges = ({ acting, visit, host: { language } }: Session): Work => ({
  key: 'find charges',
  async run(adapter, signal) {
    const query = { acting, appointmentId: visit.appointment.id, language };
    return { type: 'found', charges: await allPages((page) => adapter.findCharges({ ...query, ...page }, { signal })) };
  },
});

const awaited = (request: PaymentRequest | undefined): readonly Work[] =>
  request
    ? [
        {
          key: `payment ${request.id}`,
          async run(_, signal) {
            return { type: 'settled', request, outcome: await request.outcome(signal), key: newKey() };
          },
        },
      ]
    : [];

const writeChoice = ({ charges, choice, key, reference }: In<'sending'>, { acting, visit }: Session): Work => ({
  key: `choose payment ${key}`,
  write: true,
  async run(adapter, signal) {
    const request = {
      acting,
      appointmentId: visit.appointment.id,
      chargeIds: charges.map(({ id }) => id),
      choice,
      ...(reference && { reference }),
    };
    const { status } = await adapter.choosePayment(request, { signal, idempotencyKey: key });
    return { type: 'sent', key, queued: status === 'queued' };
  },
});
