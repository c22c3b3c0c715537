import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { admit, type Books, nowAt } from './books.ts';

/** Whether what is private is kept from who acts: once the patient is old enough for that, and from a stranger ever. */
export function isDiscreet(books: Books, acting: Acting): boolean {
  const authority = admit(books, acting);
  if (authority === 'self') return false;
  return authority === 'unknown' || isOfPrivacyAge(books, acting.patientId);
}

/** Whether the patient is so old that who acts for them does not see everything. Whose age is not known is. */
function isOfPrivacyAge(books: Books, patientId: string): boolean {
  const birthDate = books.known.get(patientId)?.details.birthDate;
  // Of some only the year or the month is known: they count from its first day.
  const [year, month = '01', day = '01'] = birthDate?.split('-') ?? [];
  if (year === undefined) return true;
  const today = dayOf(nowAt(books), books.seed.clinic.timeZone);
  const comesOfAge = `${Number(year) + books.seed.checkIn.privacyAge}`.padStart(4, '0') + `-${month}-${day}`;
  return today >= comesOfAge;
}

type Visit = Omit<Appointment, 'version'>;

/** Whether somebody may know what a visit is for. */
export const maySeeType = (books: Books, acting: Acting, { visitType }: Pick<Visit, 'visitType'>): boolean =>
  !isDiscreet(books, acting) || !books.seed.checkIn.privateVisitTypeIds.some((id) => id === visitType?.id);

/** A visit without what tells what it is for, to whom that may not be told: with whom it is tells that too. */
export function seenBy(books: Books, acting: Acting, visit: Visit): Visit {
  if (maySeeType(books, acting, visit)) return visit;
  const { visitType: _, practitioner: __, instructions: ___, orderId: ____, ...rest } = visit;
  return rest;
}
