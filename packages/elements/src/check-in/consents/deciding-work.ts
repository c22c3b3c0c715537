import { ClinicError } from '@clinic-widgets/core/errors.js';
import { allPages } from '../../ui/all-pages.ts';
import type { Work as WorkOf } from '../../ui/flow.ts';
import { waiting } from '../../ui/waiting.ts';
import type { Session } from '../session.ts';
import { DOCUMENTS, type In } from './deciding.ts';
import type { Deciding, DecidingAction, Queue } from './state.ts';

type Work = WorkOf<unknown, DecidingAction>;

/** What the documents call for. */
export function decidingWork(state: Deciding, session: Session): readonly Work[] {
  switch (state.step) {
    case 'finding':
      return [find(state, session)];
    case 'reading':
      return translate(state, session);
    case 'signing':
      return [...translate(state, session), ...fetchPen(state)];
    case 'recording':
      return [record(state)];
    case 'failed':
      return waiting(state.error);
    case 'decided':
      return [];
  }
}

const find = ({ about }: Queue, { acting, host }: Session): Work => ({
  key: DOCUMENTS + host.language,
  async run(adapter, signal) {
    const { language } = host;
    const query = { acting, ...about, language };
    const documents = await allPages((page) => adapter.findConsents({ ...query, ...page }, { signal }));
    return { type: 'found-documents', documents, language };
  },
});

/** A patient may choose another language in between. */
const translate = (state: Queue, session: Session): readonly Work[] =>
  state.language === session.host.language ? [] : [find(state, session)];

const record = ({ request, key }: In<'recording'>): Work => ({
  key: `record ${key}`,
  write: true,
  async run(adapter, signal) {
    const { id, status } = await adapter.recordConsent(request, { signal, idempotencyKey: key });
    return { type: 'recorded', key, consentId: id, queued: status === 'queued' };
  },
});

/** Who types needs no pen. */
function fetchPen({ draft, pen }: Queue): readonly Work[] {
  if (draft.way !== 'drawn' || pen) return [];
  return [
    {
      key: 'pen',
      async run(_, signal) {
        const { default: fetched } = await import('signature_pad').catch((cause: unknown) => {
          throw new ClinicError('unavailable', 'Part of the page cannot be fetched.', { cause });
        });
        signal.throwIfAborted();
        return { type: 'fetched-pen', pen: fetched };
      },
    },
  ];
}
