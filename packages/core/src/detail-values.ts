// Apart from the schemas: an adapter that has been called has loaded those already.
import type { DetailsConfirmation } from './details.ts';
import type { Misfit, MisfitReason } from './errors.ts';

type Changes = DetailsConfirmation['changed'];

/** Which of the changes to a patient's details are no values of their kind, by paths from the confirmation. */
export function misvalues({ preferredName, address, phone, email, emergencyContact }: Changes): readonly Misfit[] {
  const wrong = (reason: MisfitReason | false | undefined, ...path: readonly string[]): readonly Misfit[] =>
    reason ? [{ path: ['changed', ...path], reason }] : [];
  return [
    ...wrong(isBlank(preferredName) && 'required', 'preferredName'),
    ...wrong(address?.lines.every(isBlank) && 'required', 'address', 'lines'),
    ...wrong(address && isNoZip(address) && 'wrong-format', 'address', 'postalCode'),
    ...wrong(phone !== undefined && misdialled(phone), 'phone'),
    ...wrong(email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) && 'wrong-format', 'email'),
    ...wrong(isBlank(emergencyContact?.name) && 'required', 'emergencyContact', 'name'),
    // Whom to call may have no number yet; a number that is none helps nobody.
    ...wrong(!!emergencyContact?.phone && misdialled(emergencyContact.phone), 'emergencyContact', 'phone'),
  ];
}

const isBlank = (words: string | undefined): boolean => words?.trim() === '';

const isNoZip = ({ postalCode, country }: NonNullable<Changes['address']>): boolean =>
  country === 'US' && !/^(\d{5}(-?\d{4})?)?$/.test(postalCode?.trim() ?? '');

/** What could be called from outside has seven digits at least, and fifteen at most (ITU-T E.164), but for an extension. */
function misdialled(phone: string): MisfitReason | undefined {
  const number = phone.replace(/(ext|x|#|;).*$/i, '');
  const { length } = number.replace(/\D/g, '');
  if (/[^\d\s()+./-]/.test(number) || length === 0) return 'wrong-format';
  return length < 7 ? 'too-short' : length > 15 ? 'too-long' : undefined;
}
