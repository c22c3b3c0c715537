import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Proposal } from '@clinic-widgets/core/desk.js';
import type { DetailName, DetailsConfirmation } from '@clinic-widgets/core/details.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { type Books, nowAt, type OpenBooks } from './books.ts';
import { isByPapers, lineOf } from './detail-values.ts';
import { once } from './once.ts';
import { pageOfList } from './paging.ts';
import { change, note } from './record.ts';

/** Changes to details that wait for staff. */
export const proposals = (open: OpenBooks) =>
  ({
    async findProposals({ patientId, ...query }) {
      const list = open()
        .proposals.map((one, index) => ({ ...one, index }))
        .filter(({ isDecided, proposal }) => !isDecided && (patientId ?? proposal.patientId) === proposal.patientId);
      return pageOfList(
        list,
        query,
        ({ proposal, index }) => [Date.parse(proposal.at), index],
        ({ proposal }) => proposal,
      );
    },

    decideProposal: once((decision: Decision) => decide(open(), decision)),
  }) satisfies AdapterImplementation;

interface Decision {
  readonly proposal: Pick<Proposal, 'id' | 'version'>;
  readonly decision: 'accepted' | 'refused';
}

/** Lays a change before staff. */
export function propose(
  books: Books,
  { acting: { patientId, representativeId }, station, at }: DetailsConfirmation,
  field: DetailName,
  value: unknown,
): void {
  const proposal: Proposal = {
    id: `proposal-${books.proposals.length + 1}`,
    version: '1',
    patientId,
    field,
    from: lineOf(field, books.known.get(patientId)!.details[field]),
    to: lineOf(field, value),
    at,
    station: station.kind,
    representativeId,
  };
  books.proposals.push({ proposal, value, isDecided: false });
}

function decide(books: Books, { proposal: { id, version }, decision }: Decision): Record<string, never> {
  const index = books.proposals.findIndex(({ proposal }) => proposal.id === id);
  const stored = books.proposals[index];
  if (!stored) throw new ClinicError('not-found', 'There is no such proposal.');
  const { proposal, value } = stored;
  const { patientId, field, from } = proposal;
  const known = books.known.get(patientId)!;
  if (stored.isDecided || proposal.version !== version) {
    throw new ClinicError('conflict', 'The proposal was decided already.');
  }
  // What was called wrong staff have put right where they keep it: nothing is left to be taken over.
  const isTaken = decision === 'accepted' && !isByPapers(field);
  // Another field may have changed since: two changes that were proposed together are both taken over.
  if (isTaken && lineOf(field, known.details[field]) !== from) {
    throw new ClinicError('conflict', 'The details have changed since.');
  }
  const line = {
    acting: { patientId },
    station: { kind: 'desk' as const },
    at: nowAt(books),
    version: String(known.version),
  };
  note(books, line, field, decision);
  if (isTaken) change(books, patientId, [[field, value]]);
  books.proposals[index] = { ...stored, isDecided: true };
  return {};
}
