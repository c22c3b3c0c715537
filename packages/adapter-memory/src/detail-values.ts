import {
  type Address,
  ByPapers,
  type DetailName,
  type Details,
  type DetailsConfirmation,
  type EmergencyContact,
} from '@clinic-widgets/core/details.js';

type Path = readonly PropertyKey[];
type Changes = DetailsConfirmation['changed'];

/** Whether a detail is changed at the desk only. */
export const isByPapers = (name: DetailName): boolean => ByPapers.options.some((one) => one === name);

/**
 * Where a confirmation cannot be so: a field said twice, or withheld, or a value that is none of its kind. What is
 * only proposed may be of a field that is not shown: staff, who see it, decide.
 */
export function misfitsOf(
  { confirmed, changed, removed = [], doubted = [] }: DetailsConfirmation,
  withheld: readonly DetailName[],
  isProposal: boolean,
): readonly Path[] {
  const changes = Object.keys(changed).filter((name) => changed[name as keyof Changes] !== undefined);
  const isHidden = (name: string) => withheld.includes(name as DetailName);
  return [
    ...confirmed.flatMap((name, index) =>
      isHidden(name) || changes.includes(name) || removed.includes(name) ? [['confirmed', index]] : [],
    ),
    ...changes.filter((name) => isHidden(name) && !isProposal).map((name) => ['changed', name]),
    ...misvalued(changed).map((path) => ['changed', ...path]),
    ...removed.flatMap((name, index) =>
      (isHidden(name) && !isProposal) || changes.includes(name) || isByPapers(name) ? [['removed', index]] : [],
    ),
    ...doubted.flatMap((name, index) => (confirmed.includes(name) ? [['doubted', index]] : [])),
  ];
}

function misvalued({ preferredName, address, phone, email, emergencyContact }: Changes): readonly Path[] {
  return [
    ...(preferredName === undefined || preferredName.trim() ? [] : [['preferredName']]),
    ...(address ? misaddressed(address).map((path) => ['address', ...path]) : []),
    ...(phone === undefined || isPhone(phone) ? [] : [['phone']]),
    ...(email === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? [] : [['email']]),
    ...(emergencyContact?.name.trim() === '' ? [['emergencyContact', 'name']] : []),
    // Whom to call may have no number yet; a number that is none helps nobody.
    ...(emergencyContact?.phone && !isPhone(emergencyContact.phone) ? [['emergencyContact', 'phone']] : []),
  ];
}

/** No numbering plan has numbers of fewer digits that a clinic could call from outside, nor of more than fifteen (ITU-T E.164). */
function isPhone(phone: string): boolean {
  const digits = phone.replace(/(ext|x|#|;).*$/i, '').replace(/\D/g, '');
  return digits.length >= 7 && digits.length <= 15 && !/[^\d\s()+./-]/.test(phone.replace(/(ext|x|#|;).*$/i, ''));
}

function misaddressed({ lines, postalCode, country }: Address): readonly Path[] {
  const isZip = !postalCode || /^\d{5}(-?\d{4})?$/.test(postalCode.trim());
  return [
    ...(lines.some((line) => line.trim()) ? [] : [['lines']]),
    ...(country === 'US' && !isZip ? [['postalCode']] : []),
  ];
}

/** Whether two values of a detail say the same. */
export const sameDetail = (a: unknown, b: unknown): boolean => inOrder(a) === inOrder(b);

/** As JSON with the keys in order, and without what is not there. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';

/** A detail in one line, for staff; nothing where there is none. */
export function lineOf(field: DetailName, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (field === 'name') return (value as NonNullable<Details['name']>).text;
  if (field === 'address') return addressLine(value as Address);
  if (field === 'emergencyContact') return contactLine(value as EmergencyContact);
  if (field === 'needs') return (value as NonNullable<Details['needs']>).map(needLine).join(', ') || undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function addressLine({ lines, city, state, postalCode, country }: Address): string {
  const place = [state, postalCode].filter(Boolean).join(' ');
  return [...lines, city, place, country].filter(Boolean).join(', ');
}

function contactLine({ name, relationship, phone }: EmergencyContact): string {
  return [relationship ? `${name} (${relationship})` : name, phone].filter(Boolean).join(', ');
}

const needLine = (need: NonNullable<Details['needs']>[number]): string =>
  'language' in need ? `${need.kind} (${need.language})` : need.kind;
