import type { AdapterImplementation, CallOptions } from '@clinic-widgets/core/adapter.js';
import { callPatient, findArrivals } from './arrivals.ts';
import { acknowledge, findAttention, matchWalkIn } from './attention.ts';
import { decideProposal, findProposals } from './changes.ts';
import { openDesk } from './front-desk.ts';
import type { Write } from './once.ts';
import type { Setting } from './setting.ts';

type Keyed = CallOptions & { readonly idempotencyKey: string };

/** The operations of the front desk. */
export function desk(setting: Setting): AdapterImplementation {
  const write =
    <I, O>(run: (write: Write, input: I) => Promise<O>) =>
    (input: I, { idempotencyKey, signal }: Keyed): Promise<O> =>
      run({ ...setting, key: idempotencyKey, asking: { signal } }, input);

  return {
    findAttention: (query, { signal }) => findAttention(setting, query, { signal }),
    acknowledge: write(acknowledge),
    matchWalkIn: write(matchWalkIn),
    findArrivals: (query, { signal }) => findArrivals(setting, query, { signal }),
    callPatient: write(callPatient),
    findProposals: (query, { signal }) => findProposals(setting, query, { signal }),
    decideProposal: write(decideProposal),
    openDesk: write(openDesk),
  };
}
