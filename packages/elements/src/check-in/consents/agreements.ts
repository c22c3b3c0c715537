import type { RecordedConsent } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { allPages } from '../../ui/all-pages.ts';
import type { FlowAction, Work as WorkOf } from '../../ui/flow.ts';
import { waiting } from '../../ui/waiting.ts';
import type { Session } from '../session.ts';
import type { Agreements, AgreementsAction } from './state.ts';

type Work = WorkOf<unknown, AgreementsAction>;

/** Begins with reading them. */
export const beginAgreements = (note?: Agreements['note']): Agreements => ({
  list: undefined,
  taking: undefined,
  key: undefined,
  note,
  error: undefined,
});

/** What becomes of them. */
export function changeAgreements(state: Agreements, action: AgreementsAction | FlowAction): Agreements {
  switch (action.type) {
    case 'found-agreements':
      return { ...state, list: action.list };
    case 'took':
      return state.key ? state : { ...state, taking: action.consent, note: undefined };
    case 'confirmed':
      return state.taking && !state.key ? { ...state, key: action.key } : state;
    case 'withdrawn':
      return action.key === state.key ? beginAgreements(action.queued ? 'queued' : 'withdrawn') : state;
    case 'went-back':
      return isSending(state) ? state : { ...state, taking: undefined, key: undefined, error: undefined };
    case 'retried':
      return { ...state, error: undefined };
    case 'failed':
      return fail(state, action.error);
    default:
      return state;
  }
}

/** What was withdrawn elsewhere, or declined, is looked at again. */
const fail = (state: Agreements, error: ClinicError): Agreements =>
  state.key && error.code === 'conflict' ? beginAgreements('changed') : { ...state, error };

/** Whether one is being taken back. */
export const isSending = ({ key, error }: Agreements): boolean => key !== undefined && !error;

/** Whether it can be taken back: only what was agreed to, by somebody whose authority is known. */
export const canTake = ({ decision }: RecordedConsent, { authority }: Session): boolean =>
  decision === 'accepted' && authority !== 'unknown';

/** What they call for. */
export function agreementsWork(state: Agreements, { acting }: Session): readonly Work[] {
  const { list, taking, key, error, note = '' } = state;
  if (error) return waiting(error);
  if (!list) {
    return [
      {
        key: `agreements ${note}`,
        async run(adapter, signal) {
          const find = (page: { cursor?: string }) => adapter.findRecordedConsents({ acting, ...page }, { signal });
          return { type: 'found-agreements', list: await allPages(find) };
        },
      },
    ];
  }
  if (!taking || !key) return [];
  return [
    {
      key: `withdraw ${key}`,
      write: true,
      async run(adapter, signal) {
        const consent = { id: taking.id, version: taking.version };
        const { status } = await adapter.withdrawConsent({ acting, consent }, { signal, idempotencyKey: key });
        return { type: 'withdrawn', key, queued: status === 'queued' };
      },
    },
  ];
}
