import type { Address, Details, DetailName, Need } from '@clinic-widgets/core';
import { isDay } from '@clinic-widgets/core/time.js';
import { html, type TemplateResult } from 'lit';
import { languageName } from '../../ui/format.ts';
import { maskedAddress, maskedEmail, maskedName, maskedPhone, type Mask } from './masks.ts';
import type { Messages } from './messages.ts';
import { isThere } from './state.ts';

/** In whose words something is said. */
export interface Words {
  readonly text: Messages;
  readonly locale: string;
}

/** "Name, Address": several details in a row. */
export const namesOf = (names: readonly DetailName[], { text, locale }: Words): string =>
  new Intl.ListFormat(locale, { type: 'unit' }).format(names.map((name) => text.names[name]));

/** "Spanish – español": a language for those who read this one, and for those who only know it by its own name. */
export function bothNames(tag: string, { text, locale }: Words): string {
  const [here, own] = [languageName(tag, locale, text.signLanguages), languageName(tag, tag, text.signLanguages)];
  return own === tag || own.toLowerCase() === here.toLowerCase() ? here : `${here} – ${own}`;
}

/** "Interpreter: Spanish". */
export const needWords = (need: Need, { text, locale }: Words): string =>
  'language' in need
    ? text.interpreter(languageName(need.language, locale, text.signLanguages))
    : text.fields[need.kind];

/** A detail in words, line by line; empty where there is nothing. */
export function detailWords<N extends DetailName>(name: N, value: Details[N] | undefined, words: Words): string {
  if (!isThere(value)) return '';
  switch (name) {
    case 'name':
      return (value as Details['name'])!.text;
    case 'birthDate':
      return dayWords(value as string, words.locale);
    case 'address':
      return addressWords(value as Address, words.locale);
    case 'emergencyContact': {
      const { name: person, relationship, phone } = (value as Details['emergencyContact'])!;
      return [relationship ? `${person} (${relationship})` : person, phone].filter(Boolean).join('\n');
    }
    case 'language':
      return languageName(value as string, words.locale, words.text.signLanguages);
    case 'needs':
      return (value as readonly Need[]).map((need) => needWords(need, words)).join('\n');
    default:
      return value as string;
  }
}

/** A clinic may know no more than the year. */
const dayWords = (day: string, locale: string): string =>
  isDay(day)
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00Z`))
    : day;

function addressWords({ lines, city, state, postalCode, country }: Address, locale: string): string {
  const place = [city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [...lines, place, country && countryName(country, locale)].filter(Boolean).join('\n');
}

function countryName(country: string, locale: string): string {
  if (!/^[A-Za-z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country.toUpperCase()) ?? country;
}

/** What of a private detail can be seen while it is hidden. */
export function masksOf(name: DetailName, value: unknown): readonly Mask[] {
  switch (name) {
    case 'address':
      return [maskedAddress(value as Address)];
    case 'phone':
      return [maskedPhone(value as string)];
    case 'email':
      return [maskedEmail(value as string)];
    case 'emergencyContact': {
      const { name: person, phone } = value as NonNullable<Details['emergencyContact']>;
      return [maskedName(person), ...(phone ? [maskedPhone(phone)] : [])];
    }
    default:
      return [];
  }
}

/** Something hidden: dots to see, and a word for those who listen. */
export const maskView = ({ dots, open }: Mask, { text }: Words): TemplateResult => html`
  <span aria-hidden="true">${dots}</span><span class="unseen">${open ? text.hiddenBut(open) : text.hidden}</span>`;
