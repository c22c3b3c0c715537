import type { IdentifyRequest, WalkIn } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { isDay } from '@clinic-widgets/core/time.js';
import { monthOf } from '../ui/month.ts';
import type { Host } from './session.ts';
import type { Entry, Field, Missing, Refused, WalkInEntry } from './state.ts';

/** The day of three fields, filled in in a language; nothing where they make none. */
function dayIn({ year, month, day }: Pick<Entry, 'year' | 'month' | 'day'>, language: string): string | undefined {
  const written = `${year.trim()}-${monthOf(month, language)}-${day.trim().padStart(2, '0')}`;
  return isDay(written) ? written : undefined;
}

/** What of an entry is missing, in the order of the fields. */
export function missingIn(entry: Entry, language: string): readonly Missing[] {
  const of: Missing[] =
    entry.way === 'code'
      ? entry.code.trim()
        ? []
        : ['code']
      : [
          ...(entry.familyName.trim() ? [] : (['familyName'] as const)),
          ...(dayIn(entry, language) ? [] : (['birthDate'] as const)),
        ];
  if (!entry.forOther) return of;
  return [
    ...of,
    ...(entry.name.trim() ? [] : (['name'] as const)),
    ...(entry.relationship.trim() ? [] : (['relationship'] as const)),
  ];
}

/** What the clinic is asked about an entry in which nothing is missing. */
export function claimOf(entry: Entry, { station, language }: Host): IdentifyRequest {
  const { way, code, familyName, forOther, name, relationship } = entry;
  return {
    claim:
      way === 'code'
        ? { code: code.trim() }
        : { familyName: familyName.trim(), birthDate: dayIn(entry, language) ?? '' },
    station,
    ...(forOther && { representative: { name: name.trim(), relationship: relationship.trim() } }),
  };
}

/** What somebody without an appointment has left out. A date of birth may be missing, but not be wrong. */
export function missingInWalkIn(entry: WalkInEntry, language: string): readonly Missing[] {
  const isDated = [entry.year, entry.month, entry.day].some((one) => one.trim());
  return [
    ...(entry.familyName.trim() ? [] : (['familyName'] as const)),
    ...(isDated && !dayIn(entry, language) ? (['birthDate'] as const) : []),
    ...(entry.reason.trim() ? [] : (['reason'] as const)),
  ];
}

/** What the clinic is told of somebody without an appointment. */
export function walkInOf(entry: WalkInEntry, { station, language }: Host): WalkIn {
  const { givenName, familyName, phone, reason } = entry;
  const birthDate = dayIn(entry, language);
  return {
    station,
    danger: false,
    familyName: familyName.trim(),
    reason: reason.trim(),
    language,
    ...(givenName.trim() && { givenName: givenName.trim() }),
    ...(birthDate && { birthDate }),
    ...(phone.trim() && { phone: phone.trim() }),
  };
}

const FIELDS: readonly Field[] = [
  ...(['code', 'familyName', 'birthDate', 'value', 'name', 'relationship'] as const),
  ...(['givenName', 'phone', 'reason', 'message'] as const),
];

/** What was typed that the clinic refuses, where it says so. Of a claim that it refuses as a whole, all that it is made of. */
export function refusedIn({ code, misfits }: ClinicError, claimed: readonly Field[]): Refused | undefined {
  if (code !== 'invalid') return undefined;
  const refused = misfits.flatMap(({ path, reason }) => {
    const fields = path.length === 1 && path[0] === 'claim' ? claimed : FIELDS.filter((name) => name === path.at(-1));
    return fields.map((name) => [name, reason] as const);
  });
  return refused.length > 0 ? Object.fromEntries(refused) : undefined;
}
