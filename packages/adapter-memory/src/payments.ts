import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Charge, PaymentChoice } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import type { Books, OpenBooks } from './books.ts';
import { wordsIn } from './languages.ts';
import { once } from './once.ts';
import { pageOfList } from './paging.ts';
import { maySeeType } from './privacy.ts';
import type { SeedCharge } from './seed.ts';
import { visitOf } from './visits.ts';

/** What is due for a visit, and what the patient decides about it. */
export const payments = (open: OpenBooks) =>
  ({
    async findCharges({ acting, appointmentId, language, ...query }) {
      const books = open();
      const charges = chargesOf(books, acting, appointmentId);
      const due = charges.filter(({ id }) => books.payments.get(id) !== 'paid');
      const places = new Map(due.map(({ id }, index) => [id, index]));
      return pageOfList(
        due,
        query,
        ({ id }) => [places.get(id)!],
        (charge) => chargeIn(charge, language),
      );
    },

    choosePayment: once((choice: PaymentChoice) => choose(open(), choice)),
  }) satisfies AdapterImplementation;

function chargeIn({ id, words, amount }: SeedCharge, wanted: string | undefined): Charge {
  const said = wordsIn(words, wanted);
  return { id, ...said.words, language: said.language, amount };
}

/** What is charged for a visit, as far as who acts may know: what is billed tells what the visit is for. */
function chargesOf(books: Books, acting: Acting, id: string) {
  const { appointment } = visitOf(books, acting, id);
  return maySeeType(books, acting, appointment)
    ? books.seed.charges.filter(({ appointmentId }) => appointmentId === id)
    : [];
}

function choose(books: Books, { acting, appointmentId, chargeIds, choice }: PaymentChoice) {
  const due = chargesOf(books, acting, appointmentId);
  const paths = chargeIds.flatMap((chargeId, index) =>
    due.some(({ id }) => id === chargeId) ? [] : [['chargeIds', index]],
  );
  if (paths.length > 0) throw new ClinicError('invalid', 'There is no such charge for the visit.', { paths });
  if (chargeIds.some((id) => books.payments.get(id) === 'paid')) {
    throw new ClinicError('conflict', 'It is paid already.');
  }
  for (const id of chargeIds) books.payments.set(id, choice);
  return { id: newKey(), status: 'accepted' as const };
}
