import type { Address, Details, Need } from '@clinic-widgets/core';
import type { MisfitReason } from '@clinic-widgets/core/errors.js';
import type { Changeable, Changes } from './state.ts';

/** What is being typed about one detail, field by field. */
export interface Draft {
  readonly name: Changeable;
  readonly words: Readonly<Record<string, string>>;
}

/** A field that has nothing, or nothing of use, in it. */
export interface Trouble {
  readonly field: string;
  readonly kind: 'missing' | 'phone' | 'email' | 'long' | 'short' | 'format' | 'refused';
}

/** Most clinics write a street in one line, and a flat or floor in another. */
const LEAST_LINES = 2;
const PLACE = ['city', 'state', 'postalCode', 'country'] as const;
const INTERPRETERS = ['spoken-interpreter', 'sign-interpreter'] as const;
const OTHERS = ['transfer-equipment', 'more-time'] as const;

/** The field that a street's line is typed into. */
export const lineField = (line: number): string => `line-${line}`;

/** How many lines of a street a draft has. */
export const linesOf = ({ words }: Draft): number => Object.keys(words).filter((key) => key.startsWith('line-')).length;

/** The field that a part of a detail is typed into; the first one where all of the detail is meant. */
export function fieldAt(name: Changeable, [part, index = 0]: readonly PropertyKey[]): string {
  switch (name) {
    case 'address':
      return PLACE.find((field) => field === part) ?? lineField(Number(index));
    case 'emergencyContact':
      return part === 'relationship' || part === 'phone' ? part : 'person';
    case 'needs':
      return INTERPRETERS[0];
    default:
      return name;
  }
}

/** A draft that is filled in with what is known: nobody types again what they only want to mend. */
export function draftOf(name: Changeable, value: Details[Changeable] | undefined): Draft {
  switch (name) {
    case 'address':
      return { name, words: addressWords(value as Details['address']) };
    case 'emergencyContact': {
      const {
        name: person = '',
        relationship = '',
        phone = '',
      } = (value ?? {}) as Partial<NonNullable<Details['emergencyContact']>>;
      return { name, words: { person, relationship, phone } };
    }
    case 'needs':
      return { name, words: needsWords(value as readonly Need[] | undefined) };
    default:
      return { name, words: { [name]: (value as string | undefined) ?? '' } };
  }
}

function addressWords(address: Address | undefined): Draft['words'] {
  const lines = address?.lines ?? [];
  const count = Math.max(lines.length, LEAST_LINES);
  return Object.fromEntries([
    ...Array.from({ length: count }, (_, line) => [lineField(line), lines[line] ?? '']),
    ...PLACE.map((field) => [field, address?.[field] ?? '']),
  ]) as Draft['words'];
}

const needsWords = (needs: readonly Need[] = []): Draft['words'] =>
  Object.fromEntries(needs.map((need) => [need.kind, 'language' in need ? need.language : 'yes']));

/** The detail that was typed; nothing where all of it is empty. */
export function valueIn(draft: Draft): Changes[Changeable] {
  const word = (field: string) => draft.words[field]?.trim() ?? '';
  switch (draft.name) {
    case 'address':
      return addressIn(draft, word);
    case 'emergencyContact':
      return contactIn(word);
    case 'needs':
      return needsIn(word);
    default:
      return word(draft.name) || undefined;
  }
}

function addressIn(draft: Draft, word: (field: string) => string): Changes['address'] {
  const lines = Array.from({ length: linesOf(draft) }, (_, line) => word(lineField(line))).filter(Boolean);
  const place = PLACE.filter((field) => word(field)).map((field) => [field, word(field)] as const);
  return lines.length + place.length > 0 ? { lines, ...Object.fromEntries(place) } : undefined;
}

function contactIn(word: (field: string) => string): Changes['emergencyContact'] {
  const [name, relationship, phone] = [word('person'), word('relationship'), word('phone')];
  if (!name && !relationship && !phone) return undefined;
  return { name, ...(relationship && { relationship }), ...(phone && { phone }) };
}

function needsIn(word: (field: string) => string): Need[] | undefined {
  const needs: Need[] = [
    ...INTERPRETERS.filter((kind) => word(kind)).map((kind) => ({ kind, language: word(kind) })),
    ...OTHERS.filter((kind) => word(kind)).map((kind) => ({ kind })),
  ];
  return needs.length > 0 ? needs : undefined;
}

/** What is wrong with a draft, field by field, the first field first. */
export function troublesOf(draft: Draft): readonly Trouble[] {
  const { name, words } = draft;
  const missing = (field: string): readonly Trouble[] => (words[field]?.trim() ? [] : [{ field, kind: 'missing' }]);
  const phone = (field: string): readonly Trouble[] =>
    !words[field]?.trim() || isPhone(words[field]) ? [] : [{ field, kind: 'phone' }];
  switch (name) {
    case 'needs':
      return [];
    case 'address':
      // Not everyone has a street.
      return valueIn(draft) ? [] : missing(lineField(0));
    case 'emergencyContact':
      return [...missing('person'), ...phone('phone')];
    case 'phone':
      return [...missing(name), ...phone(name)];
    case 'email':
      return words[name]?.trim() && !isEmail(words[name]) ? [{ field: name, kind: 'email' }] : missing(name);
    default:
      return missing(name);
  }
}

/** What is wrong with a field that the clinic refuses. */
export function kindOf(field: string, reason: MisfitReason): Trouble['kind'] {
  if (field === 'phone' && reason === 'too-short') return 'phone';
  if (field === 'email' && reason === 'wrong-format') return 'email';
  return KINDS[reason] ?? 'refused';
}

const KINDS: Readonly<Partial<Record<MisfitReason, Trouble['kind']>>> = {
  required: 'missing',
  'too-short': 'short',
  'too-long': 'long',
  'wrong-format': 'format',
};

/** Numbers are written in many ways: only one that cannot be dialled is refused here. */
const isPhone = (words: string): boolean => words.replace(/\D/g, '').length >= 5;

/** What has no place for a name and a host cannot be sent to. The clinic decides about the rest. */
const isEmail = (words: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(words.trim());

/** Whether two values say the same, whatever the order in which a clinic writes them down. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? value.map(sorted) : undefined;
  if (typeof value !== 'object' || value === null) return value === '' ? undefined : value;
  return Object.entries(value)
    .filter(([, each]) => each !== undefined && each !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
