import type { AuthorizationElements, ConsentDocument } from './consents.ts';

/** What an authorization must have before it can be signed, in the order of 45 CFR 164.508(c). */
const ELEMENTS: readonly (keyof AuthorizationElements)[] = [
  'description',
  'discloser',
  'recipient',
  'purpose',
  'expiration',
  'revocation',
  'conditioning',
  'redisclosure',
];

/** What a document lacks to be signed: nothing, unless it is an authorization. */
export function missingElements({
  kind,
  authorization,
}: Pick<ConsentDocument, 'kind' | 'authorization'>): readonly (keyof AuthorizationElements)[] {
  if (kind !== 'authorization') return [];
  return ELEMENTS.filter((name) => !authorization?.[name]?.trim());
}

/** What of an authorization stands beside its text: its text may be made of them, and nothing is to be read twice. */
export function elementsBeside({
  kind,
  authorization = {},
  text,
}: Pick<ConsentDocument, 'kind' | 'authorization' | 'text'>): readonly (keyof AuthorizationElements)[] {
  if (kind !== 'authorization') return [];
  const all = onOneLine(text);
  return ELEMENTS.filter((name) => !all.includes(onOneLine(authorization[name] ?? '')));
}

const onOneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();
