import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { CoverageConfirmation, CoverageOnFile } from '@clinic-widgets/core/details.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { tell, tellUnfinished } from './attention.ts';
import { admit, type Books, type OpenBooks, stateOf } from './books.ts';
import { once } from './once.ts';
import { pageOfList } from './paging.ts';
import { note } from './record.ts';
import { visitOf } from './visits.ts';

/** The insurances on file. */
export const coverages = (open: OpenBooks) =>
  ({
    async findCoverages({ acting, ...query }) {
      const books = open();
      admit(books, acting);
      const key = ({ order, id }: CoverageOnFile) => [order ?? Number.MAX_SAFE_INTEGER, id];
      return pageOfList(onFile(books, acting.patientId), query, key, (coverage) => coverage);
    },

    confirmCoverages: once((confirmation: CoverageConfirmation) => confirm(open(), confirmation)),
  }) satisfies AdapterImplementation;

/** What is on file does not change here. */
const VERSION = '1';

/** The patient's insurances as they are. */
export const onFile = ({ seed }: Books, patientId: string): readonly CoverageOnFile[] =>
  seed.coverages
    .filter((coverage) => coverage.patientId === patientId)
    .map(({ patientId: _, ...coverage }) => ({ ...coverage, version: VERSION }));

function confirm(books: Books, { acting, appointmentId, station, coverages: seen, answer, at }: CoverageConfirmation) {
  const { patientId } = acting;
  admit(books, acting);
  if (appointmentId !== undefined) visitOf(books, acting, appointmentId);
  const known = onFile(books, patientId);
  for (const { id, version } of seen) {
    const coverage = known.find((one) => one.id === id);
    if (!coverage) throw new ClinicError('not-found', 'There is no such insurance.');
    if (coverage.version !== version) throw new ClinicError('conflict', 'The insurance has changed.');
  }

  // That there is none on file can be right or wrong as well.
  for (const { version } of seen.length > 0 ? seen : [{ version: '' }]) {
    note(books, { acting, station, at, version }, 'coverage', answer === 'confirmed' ? 'confirmed' : 'proposed');
  }
  if (appointmentId !== undefined) stateOf(books, appointmentId).insurance = answer;
  if (answer !== 'confirmed') tellDesk(books, patientId, appointmentId);
  return { id: newKey(), status: 'accepted' as const };
}

function tellDesk(books: Books, patientId: string, appointmentId: string | undefined): void {
  if (appointmentId !== undefined) tellUnfinished(books, appointmentId);
  else tell(books, { kind: 'unfinished', priority: 'routine', patientId, unfinished: ['insurance'] });
}
