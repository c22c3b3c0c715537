import type { FormOption } from '@clinic-widgets/core/forms.js';
import type { HarborOptionSet } from './harbor-forms.ts';

/** The languages that people can be spoken to in; an interpreter comes for most of them. */
export const LANGUAGES = 'urn:harbor-clinic:languages';

/** The pharmacies around the clinic: made up, all of them. */
export const PHARMACIES = 'urn:harbor-clinic:pharmacies';

type Names = Readonly<Record<string, readonly [english: string, spanish: string]>>;

const languages: Names = {
  en: ['English', 'Inglés'],
  es: ['Spanish', 'Español'],
  ar: ['Arabic', 'Árabe'],
  ase: ['American Sign Language', 'Lengua de señas americana'],
  fr: ['French', 'Francés'],
  hi: ['Hindi', 'Hindi'],
  ht: ['Haitian Creole', 'Criollo haitiano'],
  ko: ['Korean', 'Coreano'],
  pl: ['Polish', 'Polaco'],
  pt: ['Portuguese', 'Portugués'],
  ru: ['Russian', 'Ruso'],
  tl: ['Tagalog', 'Tagalo'],
  vi: ['Vietnamese', 'Vietnamita'],
  zh: ['Chinese', 'Chino'],
};

const pharmacies = [
  ['bluff', 'Bluff Street Pharmacy, St. Joseph'],
  ['lakeshore', 'Lakeshore Pharmacy, St. Joseph'],
  ['lighthouse', 'Lighthouse Drugs, St. Joseph'],
  ['orchard', 'Orchard Pharmacy, Benton Harbor'],
  ['fairplain', 'Fairplain Drugs, Benton Harbor'],
  ['dunes', 'Dunes Pharmacy, Michigan City'],
  ['franklin', 'Franklin Street Drugs, Michigan City'],
  ['washington', 'Washington Street Pharmacy, Michigan City'],
  ['nino', 'Farmacia El Niño, Michigan City'],
  ['vineyard', 'Vineyard Pharmacy, Stevensville'],
  ['paw-paw', 'Paw Paw River Drugs, Watervliet'],
  ['mail', 'By mail: Harbor Mail Pharmacy'],
] as const;

const language = (place: 0 | 1): FormOption[] =>
  Object.entries(languages).map(([code, names]) => ({
    value: { coding: { system: 'urn:ietf:bcp:47', code, display: names[place] } },
  }));

const pharmacy: FormOption[] = pharmacies.map(([code, display]) => ({
  value: { coding: { system: PHARMACIES, code, display } },
}));

/** The value sets that the forms name, by their addresses. */
export const optionSets: Readonly<Record<string, HarborOptionSet>> = {
  [LANGUAGES]: { en: language(0), es: language(1) },
  [PHARMACIES]: { en: pharmacy, es: pharmacy },
};
