import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { DetailName, Details, DetailsConfirmation } from '@clinic-widgets/core/details.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { admit, type Books, type OpenBooks, stateOf } from './books.ts';
import { coverages } from './coverages.ts';
import { misfitsOf, sameDetail } from './detail-values.ts';
import { once } from './once.ts';
import { pageOfList, type Paging } from './paging.ts';
import { isDiscreet } from './privacy.ts';
import { propose } from './proposals.ts';
import { type Change, change, note } from './record.ts';
import { visitOf } from './visits.ts';

/** The area of details, answered from the books. */
export const details = (open: OpenBooks): AdapterImplementation => ({
  getDetails: async ({ acting }) => detailsFor(open(), acting),
  confirmDetails: once((confirmation: DetailsConfirmation) => confirm(open(), confirmation)),
  ...coverages(open),
  findConfirmations: async (query) => confirmationsOf(open(), query),
});

/** How to reach the patient is nobody else's, once they are old enough for that; nor a stranger's to see, ever. */
const PRIVATE: readonly DetailName[] = ['phone', 'email', 'address'];

const withheldFrom = (books: Books, acting: Acting): readonly DetailName[] =>
  isDiscreet(books, acting) ? PRIVATE : [];

function detailsFor(books: Books, acting: Acting): Details {
  const withheld = withheldFrom(books, acting);
  const { details: all, version } = books.known.get(acting.patientId)!;
  const seen = Object.fromEntries(Object.entries(all).filter(([name]) => !withheld.includes(name as DetailName)));
  return { ...seen, version: String(version), ...(withheld.length > 0 && { withheld: [...withheld] }) };
}

function confirm(books: Books, confirmation: DetailsConfirmation) {
  const { acting, appointmentId, version, confirmed, doubted = [] } = confirmation;
  const { patientId } = acting;
  const isAtDesk = confirmation.station.kind === 'desk';
  const authority = admit(books, acting);
  if (appointmentId !== undefined) visitOf(books, acting, appointmentId);
  const misfits = misfitsOf(confirmation, withheldFrom(books, acting), authority === 'unknown');
  if (misfits.length > 0) throw new ClinicError('invalid', 'Some details cannot be so.', { misfits });
  const known = books.known.get(patientId)!;
  if (String(known.version) !== version) throw new ClinicError('conflict', 'The details have changed.');

  const given: readonly Change[] = [
    ...(Object.entries(confirmation.changed) as Change[]).filter(([, value]) => value !== undefined),
    ...(confirmation.removed ?? []).map((field) => [field, undefined] as const),
  ];
  const waits = !isAtDesk && (books.seed.checkIn.proposes || authority === 'unknown');
  // Who writes again what is there has said that it is right. Staff see that for themselves.
  const same = given.filter(([field, value]) => !waits && sameDetail(known.details[field], value));
  const changes = given.filter((one) => !same.includes(one));
  const looked = new Set([...confirmed, ...same.map(([field]) => field)]);

  for (const field of looked) note(books, confirmation, field, 'confirmed');
  for (const [field, value] of changes) {
    const act = isAtDesk && hasSaid(books, patientId, field) ? 'corrected' : 'changed';
    note(books, confirmation, field, waits ? 'proposed' : act);
    if (waits) propose(books, confirmation, field, value);
  }
  for (const field of new Set(doubted)) {
    note(books, confirmation, field, 'doubted');
    propose(books, confirmation, field, undefined);
  }
  if (!waits && changes.length > 0) change(books, patientId, changes);
  if (appointmentId !== undefined && looked.size + changes.length + doubted.length > 0) {
    stateOf(books, appointmentId).detailsConfirmed = true;
  }
  return { id: newKey(), status: 'accepted' as const };
}

/** Whether the patient, or who acts for them, has spoken about the field: staff then put right what they said. */
const hasSaid = ({ confirmations }: Books, patientId: string, field: DetailName): boolean =>
  confirmations.some((one) => one.patientId === patientId && one.field === field && one.by !== 'staff');

interface RecordQuery extends Paging {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly patientId?: string | undefined;
}

function confirmationsOf(books: Books, { from = '', to = '9999-12-31', patientId, ...query }: RecordQuery) {
  const list = books.confirmations
    .map((one, index) => ({ one, index, day: dayOf(one.at, books.seed.clinic.timeZone) }))
    .filter(({ one, day }) => day >= from && day <= to && (patientId ?? one.patientId) === one.patientId);
  return pageOfList(
    list,
    query,
    ({ one, index }) => [Date.parse(one.at), index],
    ({ one }) => one,
  );
}
