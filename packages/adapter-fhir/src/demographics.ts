import type * as fhir from 'fhir/r4.js';
import {
  Address,
  ByPapers,
  type DetailName,
  Details,
  type DetailsConfirmation,
  EmergencyContact,
} from '@clinic-widgets/core/details.js';
import { misvalues } from '@clinic-widgets/core/detail-values.js';
import type { Misfit } from '@clinic-widgets/core/errors.js';
import { addressIn, addressLine, isAddressProtected, toAddress, withAddress } from './addresses.ts';
import { pointOf, withPoint } from './contact-points.ts';
import { emergencyContactIn, withEmergencyContact } from './emergency-contacts.ts';
import { textOf } from './elements.ts';
import { languageIn, needsIn, withLanguage, withNeeds } from './languages.ts';
import { held } from './lenient.ts';
import { toNames, withSpokenName } from './names.ts';
import type { Changes } from './writes.ts';

type Changed = DetailsConfirmation['changed'];

/** What a patient can put right. */
export type Changeable = keyof Changed;

/** How to reach a patient: private from an age on, and never a stranger's to see. */
const PRIVATE: readonly DetailName[] = ['phone', 'email', 'address'];

/** What the clinic knows of a patient, but for what is withheld. What makes no sense is left out. */
export function toDetails(patient: fhir.Patient, today: string, isPrivate = false): Details {
  const address = addressIn(patient, today);
  const known = {
    ...toNames(patient, today),
    birthDate: textOf(patient.birthDate),
    address: fitting(Address, address && toAddress(address)),
    phone: pointOf(patient.telecom, 'phone', today)?.value,
    email: pointOf(patient.telecom, 'email', today)?.value,
    emergencyContact: fitting(EmergencyContact, emergencyContactIn(patient, today)),
    language: languageIn(patient),
    needs: needsIn(patient),
  };
  const withheld = withheldOf(patient, isPrivate);
  const shown = Object.entries(known).filter(
    ([name, value]) => value !== undefined && !withheld.includes(name as DetailName) && fits(name, value),
  );
  return held(Details, {
    version: patient.meta?.versionId ?? '',
    ...(Object.fromEntries(shown) as Partial<Details>),
    ...(withheld.length && { withheld }),
  });
}

/** What is not told: where somebody lives who must not be found, and from whoever acts for them what is private. */
export const withheldOf = (patient: fhir.Patient, isPrivate: boolean): DetailName[] =>
  isPrivate ? [...PRIVATE] : isAddressProtected(patient) ? ['address'] : [];

interface Parser<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

function fitting<T>(schema: Parser<T>, value: unknown): T | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

/** Whether a value can be shown: one that is longer than anybody's is left out by itself. */
const fits = (name: string, value: unknown): boolean =>
  (Details.shape[name as keyof typeof Details.shape] as Parser<unknown>).safeParse(value).success;

/** What is to become of a patient, by what is put right and taken out: only the elements concerned are in it. */
export function changesOf(
  patient: fhir.Patient,
  { changed, removed = [] }: Pick<DetailsConfirmation, 'changed' | 'removed'>,
  today: string,
): Changes<fhir.Patient> {
  const is = (name: Changeable) => changed[name] !== undefined || removed.includes(name);
  const points = (['phone', 'email'] as const).filter(is);
  return {
    ...(is('preferredName') && { name: orNothing(withSpokenName(patient, changed.preferredName, today)) }),
    ...(is('address') && { address: orNothing(withAddress(patient, changed.address, today)) }),
    ...(points.length && {
      telecom: orNothing(
        points.reduce((all, one) => withPoint(all, one, changed[one], today), [...(patient.telecom ?? [])]),
      ),
    }),
    ...(is('emergencyContact') && {
      contact: orNothing(withEmergencyContact(patient, changed.emergencyContact, today)),
    }),
    ...(is('language') && { communication: orNothing(withLanguage(patient, changed.language)) }),
    ...(is('needs') && { extension: orNothing(withNeeds(patient, changed.needs)) }),
  };
}

/** FHIR knows no empty lists. */
const orNothing = <T>(list: readonly T[]): T[] | undefined => (list.length ? [...list] : undefined);

/** What can be put right of a patient, in the contract's words, from a resource that has only that. */
export function toChanged(patient: fhir.Patient, today: string): Changed {
  const { version: _, name: __, birthDate: ___, withheld: ____, ...changed } = toDetails(patient, today);
  return changed;
}

/** Whether a detail is changed at the desk only, where papers are seen. */
export const isByPapers = (field: DetailName): field is ByPapers => ByPapers.options.some((one) => one === field);

/** A detail on one line, for staff; nothing where there is none. */
export function lineOf(details: Changed & Partial<Details>, field: DetailName): string | undefined {
  const { name, address, emergencyContact, needs } = details;
  if (field === 'name') return name?.text;
  if (field === 'address') return address && addressLine(address);
  if (field === 'emergencyContact') {
    const { name: who, relationship, phone } = emergencyContact ?? {};
    return [relationship ? `${who} (${relationship})` : who, phone].filter(Boolean).join(', ') || undefined;
  }
  if (field === 'needs') {
    return needs?.map((need) => ('language' in need ? `${need.kind} (${need.language})` : need.kind)).join(', ');
  }
  return details[field];
}

/** What cannot be so, by its path: something said twice, or withheld, or a value that is none of its kind. */
export function misfitsOf(
  {
    confirmed,
    changed,
    removed = [],
    doubted = [],
  }: Pick<DetailsConfirmation, 'confirmed' | 'changed' | 'removed' | 'doubted'>,
  withheld: readonly DetailName[],
): readonly Misfit[] {
  const put = Object.keys(changed).filter((name) => changed[name as Changeable] !== undefined) as DetailName[];
  const isWrong = (name: DetailName, others: readonly DetailName[]) => withheld.includes(name) || others.includes(name);
  const wrong = (is: boolean, ...path: Misfit['path']): Misfit[] => (is ? [{ path, reason: 'unknown' }] : []);
  return [
    ...confirmed.flatMap((name, index) => wrong(isWrong(name, [...put, ...removed]), 'confirmed', index)),
    ...put.flatMap((name) => wrong(withheld.includes(name), 'changed', name)),
    ...misvalues(changed),
    ...removed.flatMap((name, index) => wrong(isWrong(name, [...put, ...ByPapers.options]), 'removed', index)),
    ...doubted.flatMap((name, index) => wrong(confirmed.includes(name), 'doubted', index)),
  ];
}
