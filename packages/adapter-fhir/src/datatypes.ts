import type * as fhir from 'fhir/r4.js';
import { Language } from '@clinic-widgets/core/common.js';

/** The id in a reference to a resource of that type on this server. */
export const idOf = (reference: fhir.Reference | undefined, type: string): string | undefined => {
  // Not every reference is text, whatever the standard says.
  const [found, id] = `${reference?.reference}`.split('/');
  return found === type ? id : undefined;
};

/** The first id of a resource of that type among references. */
export const idAmong = (references: readonly (fhir.Reference | undefined)[], type: string): string | undefined =>
  references.map((reference) => idOf(reference, type)).find((id) => id);

/** The words of a concept. */
export const wordsOf = (concept: fhir.CodeableConcept | undefined): string | undefined =>
  concept?.text ?? concept?.coding?.find(({ display }) => display)?.display ?? concept?.coding?.[0]?.code;

/** The language that a resource says its words are in. */
export const wordedIn = ({ language }: fhir.Resource): string | undefined => Language.safeParse(language).data;

/** A coding as a search names it: `system|code`. */
export const tokenOf = ({ system = '', code = '' }: fhir.Coding): string => `${system}|${code}`;

/** Every coding of some concepts, as tokens. */
export const tokensOf = (concepts: readonly fhir.CodeableConcept[] = []): string[] =>
  concepts.flatMap(({ coding = [] }) => coding.flatMap((one) => (one.code ? tokenOf(one) : [])));

/** The codes of one system among some concepts. */
export const codesOf = (concepts: readonly (fhir.CodeableConcept | undefined)[] = [], system: string): string[] =>
  concepts.flatMap((concept) => concept?.coding ?? []).flatMap((one) => (one.system === system && one.code) || []);

/** The extensions with that URL. */
export const extensionsOf = (
  element: { readonly extension?: readonly fhir.Extension[] | undefined } | undefined,
  url: string,
): fhir.Extension[] => element?.extension?.filter((extension) => extension.url === url) ?? [];

const CURRENT_USES = ['usual', 'official', undefined, 'temp', 'nickname', 'anonymous'];

/** A name as it is written. */
export function writtenName({ text, prefix = [], given = [], family, suffix = [] }: fhir.HumanName): string {
  return text || [...prefix, ...given, family, ...suffix].filter(Boolean).join(' ');
}

/** The name that a person goes by. */
export function nameOf(names: readonly fhir.HumanName[] = []): string | undefined {
  const name = CURRENT_USES.map((wanted) => names.find(({ use }) => use === wanted)).find(Boolean);
  return (name && writtenName(name)) || undefined;
}

/** An address on one line. */
export function addressOf(address: fhir.Address | undefined): string | undefined {
  if (!address) return undefined;
  const { text, line = [], city, state, postalCode } = address;
  return text || [...line, city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ') || undefined;
}

/** The number to call. */
export const phoneOf = (points: readonly fhir.ContactPoint[] = []): string | undefined =>
  points.find(({ system, use }) => system === 'phone' && use !== 'old')?.value;

// No zone is further from Greenwich than 14 hours: https://hl7.org/fhir/R4/datatypes.html#instant
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** An instant in milliseconds; nothing where it is none, such as one without an offset. */
export const momentOf = (instant: string | undefined): number | undefined =>
  (INSTANT.test(instant ?? '') && Date.parse(instant!)) || undefined;
