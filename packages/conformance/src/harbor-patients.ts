import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Address, CoverageOnFile, Details } from '@clinic-widgets/core/details.js';

/** Someone the clinic cares for, and what it knows of them. */
export interface HarborPatient extends Omit<Details, 'version' | 'withheld'> {
  readonly id: string;
  readonly name: NonNullable<Details['name']>;
  readonly birthDate: string;
  /** The language they want to be spoken to in. */
  readonly language: string;
  /** Earlier family names, and what else they go by: answers to a claim as well. */
  readonly otherNames?: readonly string[];
}

/** Someone who may act for patients, or says so. */
export interface HarborRepresentative {
  readonly id: string;
  readonly name: string;
  readonly relationship: 'parent' | 'child' | 'neighbor';
  readonly patientIds: readonly string[];
  /** By what right, as the clinic has it on record. */
  readonly authority: Authority;
}

/** An insurance on file, and whose it is. */
export type HarborCoverage = Omit<CoverageOnFile, 'version'> & { readonly patientId: string };

const named = (given: string, family: string): HarborPatient['name'] => ({
  given: given.split(' '),
  family,
  text: `${given} ${family}`,
});

const inStJoseph = (...lines: string[]): Address => ({
  lines,
  city: 'St. Joseph',
  state: 'MI',
  postalCode: '49085',
  country: 'US',
});

const inMichiganCity = (...lines: string[]): Address => ({
  lines,
  city: 'Michigan City',
  state: 'IN',
  postalCode: '46360',
  country: 'US',
});

const delgados = inStJoseph('318 Pleasant Street', 'Apartment 4');
/** One home, one telephone: nothing but their given names tells the twins apart. */
const abrams = {
  birthDate: '2019-05-14',
  address: inStJoseph('77 Ridgeway'),
  phone: '(269) 555-0131',
  email: 'dana.abrams@example.com',
  emergencyContact: { name: 'Dana Abrams', relationship: 'mother', phone: '(269) 555-0131' },
  language: 'en',
};

/** The patients of Harbor Clinic: made up, all of them. */
export const patients: readonly HarborPatient[] = [
  {
    id: 'p-rosa',
    name: named('Rosa', 'Delgado'),
    birthDate: '1984-06-17',
    address: delgados,
    phone: '(269) 555-0123',
    email: 'rosa.delgado@example.com',
    emergencyContact: { name: 'Luis Delgado', relationship: 'brother', phone: '(269) 555-0124' },
    language: 'es',
    needs: [{ kind: 'spoken-interpreter', language: 'es' }],
  },
  {
    id: 'p-mateo',
    name: named('Mateo', 'Delgado'),
    birthDate: '2017-11-03',
    address: delgados,
    phone: '(269) 555-0123',
    emergencyContact: { name: 'Rosa Delgado', relationship: 'mother', phone: '(269) 555-0123' },
    language: 'en',
  },
  {
    id: 'p-samuel',
    name: named('Samuel', 'Whitfield'),
    birthDate: '1951-02-28',
    address: inStJoseph('1402 Lake Boulevard'),
    phone: '(269) 555-0126',
    emergencyContact: { name: 'Grace Whitfield', relationship: 'daughter', phone: '(269) 555-0127' },
    language: 'en',
    needs: [{ kind: 'transfer-equipment' }, { kind: 'more-time' }],
  },
  { id: 'p-eli', name: named('Elijah', 'Abrams'), preferredName: 'Eli', ...abrams },
  { id: 'p-ezra', name: named('Ezra', 'Abrams'), ...abrams },
  {
    id: 'p-maire',
    name: named('Máire', 'O’Brien-Núñez'),
    birthDate: '1992-09-08',
    address: inStJoseph('9 Kingsley Avenue'),
    phone: '(269) 555-0133',
    email: 'maire.on@example.com',
    emergencyContact: { name: 'Diego Núñez', relationship: 'husband', phone: '(269) 555-0134' },
    language: 'en',
  },
  {
    id: 'p-kate',
    name: named('Katherine Ann', 'Marlowe'),
    preferredName: 'Kit',
    otherNames: ['Vasquez'],
    birthDate: '1978-12-01',
    address: inStJoseph('2210 Niles Avenue', 'Unit B'),
    phone: '(269) 555-0136',
    email: 'kit.marlowe@example.com',
    language: 'en',
  },
  {
    id: 'p-zoe',
    name: named('Zoe', 'Kimball'),
    birthDate: '2010-04-22',
    address: inStJoseph('641 State Street'),
    phone: '(269) 555-0138',
    email: 'zoe.kimball@example.com',
    emergencyContact: { name: 'Jun Kimball', relationship: 'father', phone: '(269) 555-0139' },
    language: 'en',
  },
  {
    id: 'p-ines',
    name: named('Inês', 'Cardoso'),
    birthDate: '1969-03-30',
    address: inStJoseph('58 Elm Street'),
    phone: '(269) 555-0143',
    email: 'ines.cardoso@example.com',
    language: 'en',
  },
  {
    id: 'p-tomasz',
    name: named('Tomasz', 'Zieliński'),
    birthDate: '1988-01-19',
    address: inMichiganCity('720 Franklin Street'),
    phone: '(219) 555-0151',
    language: 'en',
  },
  {
    id: 'p-gloria',
    name: named('Gloria', 'Stein'),
    birthDate: '1960-07-11',
    address: inStJoseph('15 Main Street'),
    phone: '(269) 555-0152',
    language: 'en',
  },
  {
    id: 'p-bao',
    name: named('Bao', 'Tran'),
    birthDate: '1995-10-25',
    address: inStJoseph('804 Port Street'),
    phone: '(269) 555-0154',
    language: 'en',
  },
  {
    id: 'p-owen',
    name: named('Owen', 'Hartley'),
    birthDate: '1947-05-02',
    address: inStJoseph('33 Broad Street'),
    phone: '(269) 555-0156',
    language: 'en',
  },
  {
    id: 'p-lucia',
    name: named('Lucía', 'Ferrer'),
    birthDate: '1990-08-14',
    address: inStJoseph('1177 Wolcott Avenue'),
    phone: '(269) 555-0157',
    language: 'es',
  },
  {
    id: 'p-henry',
    name: named('Henry', 'Aldous'),
    birthDate: '1939-11-27',
    address: inStJoseph('260 Court Street'),
    phone: '(269) 555-0159',
    language: 'en',
  },
];

/** Those who act for them. Walter Quinn says that he may: the clinic has nothing of it on record. */
export const representatives: readonly HarborRepresentative[] = [
  { id: 'r-rosa', name: 'Rosa Delgado', relationship: 'parent', patientIds: ['p-mateo'], authority: 'parent' },
  {
    id: 'r-grace',
    name: 'Grace Whitfield',
    relationship: 'child',
    patientIds: ['p-samuel'],
    authority: 'health-care-proxy',
  },
  { id: 'r-walter', name: 'Walter Quinn', relationship: 'neighbor', patientIds: ['p-samuel'], authority: 'unknown' },
  { id: 'r-dana', name: 'Dana Abrams', relationship: 'parent', patientIds: ['p-eli', 'p-ezra'], authority: 'parent' },
  { id: 'r-jun', name: 'Jun Kimball', relationship: 'parent', patientIds: ['p-zoe'], authority: 'parent' },
];

/** What pays for their visits. */
export const coverages: readonly HarborCoverage[] = [
  {
    id: 'c-rosa-1',
    patientId: 'p-rosa',
    payer: 'Great Lakes Health Plan',
    plan: 'Harbor PPO',
    memberId: 'GLH 204 118 377',
    order: 1,
    relationship: 'self',
  },
  {
    id: 'c-rosa-2',
    patientId: 'p-rosa',
    payer: 'Orchard Growers Fund',
    plan: 'Family supplement',
    memberId: 'OGF-55-0917',
    order: 2,
    relationship: 'spouse',
  },
  {
    id: 'c-mateo-1',
    patientId: 'p-mateo',
    payer: 'Great Lakes Health Plan',
    plan: 'Harbor PPO',
    memberId: 'GLH 204 118 377 02',
    order: 1,
    relationship: 'parent',
  },
  {
    id: 'c-samuel-1',
    patientId: 'p-samuel',
    payer: 'Lakeshore Senior Plan',
    memberId: 'LSP-7731-A',
    order: 1,
    relationship: 'self',
  },
  {
    id: 'c-ines-1',
    patientId: 'p-ines',
    payer: 'Dune State Mutual',
    plan: 'Silver 3000',
    memberId: 'DSM9940012',
    order: 1,
    relationship: 'self',
  },
];
