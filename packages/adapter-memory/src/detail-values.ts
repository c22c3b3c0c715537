import {
  type Address,
  ByPapers,
  type DetailName,
  type Details,
  type DetailsConfirmation,
  type EmergencyContact,
} from '@clinic-widgets/core/details.js';
import { misvalues } from '@clinic-widgets/core/detail-values.js';
import type { Misfit } from '@clinic-widgets/core/errors.js';

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
): readonly Misfit[] {
  const changes = Object.keys(changed).filter((name) => changed[name as keyof Changes] !== undefined);
  const isHidden = (name: string) => withheld.includes(name as DetailName);
  const wrong = (is: boolean, ...path: Misfit['path']): Misfit[] => (is ? [{ path, reason: 'unknown' }] : []);
  return [
    ...confirmed.flatMap((name, index) =>
      wrong(isHidden(name) || changes.includes(name) || removed.includes(name), 'confirmed', index),
    ),
    ...changes.flatMap((name) => wrong(isHidden(name) && !isProposal, 'changed', name)),
    ...misvalues(changed),
    ...removed.flatMap((name, index) =>
      wrong((isHidden(name) && !isProposal) || changes.includes(name) || isByPapers(name), 'removed', index),
    ),
    ...doubted.flatMap((name, index) => wrong(confirmed.includes(name), 'doubted', index)),
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
