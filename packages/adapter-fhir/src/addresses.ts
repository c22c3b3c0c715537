import type * as fhir from 'fhir/r4.js';
import type { Address } from '@clinic-widgets/core/details.js';
import { extensionsIn, objectsIn, textOf, without } from './elements.ts';
import { isOver } from './periods.ts';
import { CONFIDENTIALITY, INLINE_LABEL } from './vocabulary.ts';

/** Where somebody is to be found: at home first, never where bills go. */
const USES: readonly unknown[] = ['home', undefined, 'temp', 'work'];

/** Where a patient lives. */
export function addressIn({ address }: fhir.Patient, today: string): fhir.Address | undefined {
  const used = objectsIn<fhir.Address>(address).filter((one) => !isOver(one.period, today) && toAddress(one));
  const placeOf = ({ use, type }: fhir.Address) => USES.indexOf(use) + (type === 'postal' ? USES.length : 0);
  return used.filter(({ use }) => USES.includes(use)).sort((a, b) => placeOf(a) - placeOf(b))[0];
}

/** An address line by line; nothing where it says nothing. */
export function toAddress({ text, line, city, state, postalCode, country }: fhir.Address): Address | undefined {
  const parts = Object.entries({ city, state, postalCode, country }).flatMap(([name, part]) =>
    textOf(part) ? [[name, part]] : [],
  );
  const lines = linesIn(line);
  if (!lines.length && !parts.length && !textOf(text)) return undefined;
  // What there is in one text only cannot be told apart.
  const own = lines.length || parts.length ? lines : linesIn(text?.split('\n'));
  return { lines: own, ...(Object.fromEntries(parts) as Partial<Address>) };
}

const linesIn = (line: unknown): string[] =>
  Array.isArray(line) ? line.filter((one): one is string => typeof one === 'string' && !!one.trim()) : [];

/** Where a place is, which is another one after a move (https://hl7.org/fhir/R4/extension-geolocation.html). */
const GEOLOCATION = 'http://hl7.org/fhir/StructureDefinition/geolocation';

/** The addresses with the one to live at changed, or taken out; all others are as they were. */
export function withAddress(patient: fhir.Patient, next: Address | undefined, today: string): fhir.Address[] {
  const all = [...(patient.address ?? [])];
  const found = addressIn(patient, today);
  if (!next) return all.filter((one) => one !== found);
  if (!found) return [...all, moved({ use: 'home' }, next)];
  if (isSame(toAddress(found)!, next)) return all;
  return all.map((one) => (one === found ? moved(one, next) : one));
}

/** An address changed part by part: what was known of the parts that stay is kept. */
function moved(address: fhir.Address, { lines, city, state, postalCode, country }: Address): fhir.Address {
  const next = { line: lines, city, state, postalCode, country };
  const known = toAddress(address);
  const before = known && { ...known, line: known.lines };
  const changed = Object.entries(next).filter(
    ([name, part]) => JSON.stringify(part) !== JSON.stringify(before?.[name as keyof typeof next]),
  );
  const kept = without(address, 'text', 'district', 'period', ...changed.map(([name]) => name));
  const extension = extensionsIn(address).filter(({ url }) => url !== GEOLOCATION);
  const given = changed.filter(([, part]) => part?.length);
  return {
    ...without(kept, 'extension'),
    ...(extension.length && { extension }),
    ...(Object.fromEntries(given) as Partial<fhir.Address>),
  };
}

function isSame(one: Address, other: Address): boolean {
  const textsOf = ({ lines, city = '', state = '', postalCode = '', country = '' }: Address) =>
    JSON.stringify([lines, city, state, postalCode, country]);
  return textsOf(one) === textsOf(other);
}

/** An address on one line. */
export const addressLine = ({ lines, city, state, postalCode, country }: Address): string =>
  [...lines, city, [state, postalCode].filter(Boolean).join(' '), country].filter(Boolean).join(', ');

/**
 * Codes on a Patient that say that nobody may be told where they live: very restricted and restricted
 * (https://terminology.hl7.org/CodeSystem-v3-Confidentiality.html), which is what a national register marks such a
 * patient with, and Finland's own (https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs).
 */
const PROTECTED: readonly string[] = ['R', 'V', 'TURVAKIELTO'];
const OWN_LABELS = 'https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs';

const isProtective = ({ system, code }: fhir.Coding): boolean =>
  PROTECTED.includes(`${code}`) && (system === CONFIDENTIALITY || system === OWN_LABELS);

/** Whether it may not be shown where the patient lives: the patient, or the address, has a label that says so. */
export function isAddressProtected(patient: fhir.Patient): boolean {
  if (objectsIn<fhir.Coding>(patient.meta?.security).some(isProtective)) return true;
  const labels = objectsIn<fhir.Address>(patient.address)
    .flatMap(extensionsIn)
    .filter(({ url }) => url === INLINE_LABEL);
  return labels.some(({ valueCoding }) => valueCoding && isProtective(valueCoding));
}
