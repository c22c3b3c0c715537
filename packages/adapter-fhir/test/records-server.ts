import assert from 'node:assert/strict';
import { after, beforeEach } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { type Fault, type FhirRequest, startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import {
  fromCoverage,
  fromDocument,
  fromPatient,
  fromProgram,
  fromRepresentative,
} from '../../../test/fhir-server/harbor-records.ts';
import { fhirAdapter, type FhirOptions } from '../src/fhir-adapter.ts';
import type { Warning } from '../src/lenient.ts';
import { ensureValid, NOW } from './harbor-server.ts';

await loadTemporal();

/** What everyone who acts for others is to them. */
const representatives = [
  fromRepresentative('r-ana', 'p-kid', { name: 'Ana Ruiz', relationship: 'mother', authority: 'parent' }),
  fromRepresentative('r-ana-teen', 'p-teen', { name: 'Ana Ruiz', relationship: 'mother', authority: 'parent' }),
  fromRepresentative('r-neighbor', 'p-ana', { name: 'Walt Quill', relationship: 'neighbor', authority: 'unknown' }),
];

const ana = fromPatient({
  id: 'p-ana',
  name: { given: ['Ana'], family: 'Ruiz', text: 'Ana Ruiz' },
  preferredName: 'Anita',
  otherNames: ['Vega'],
  birthDate: '1980-02-03',
  address: { lines: ['1 Pier Road', 'Flat 2'], city: 'St. Joseph', state: 'MI', postalCode: '49085', country: 'US' },
  phone: '(269) 555-0123',
  email: 'ana@example.com',
  emergencyContact: { name: 'Luis Ruiz', relationship: 'brother', phone: '(269) 555-0124' },
  language: 'es',
  needs: [{ kind: 'spoken-interpreter', language: 'es' }, { kind: 'more-time' }],
});

const patients: fhir.Patient[] = [
  // What this package knows nothing of is to be there after every change.
  {
    ...ana,
    extension: [...(ana.extension ?? []), { url: 'urn:other:extension', valueString: 'kept' }],
    telecom: [
      ...(ana.telecom ?? []),
      {
        system: 'phone',
        value: '(269) 555-0999',
        use: 'work',
        extension: [{ url: 'urn:other:point', valueCode: 'x' }],
      },
      { system: 'fax', value: '(269) 555-0111' },
    ],
    _birthDate: { extension: [{ url: 'urn:other:time', valueString: 'noon' }] },
  },
  fromPatient({
    id: 'p-kid',
    name: { given: ['Leo'], text: 'Leo Ruiz' },
    birthDate: '2020-01-01',
    phone: '(269) 555-0123',
  }),
  fromPatient({
    id: 'p-teen',
    name: { given: ['Zoe'], text: 'Zoe Ruiz' },
    birthDate: '2012',
    phone: '(269) 555-0777',
    language: 'en',
  }),
];

const coverages = [
  fromCoverage({ id: 'c-2', patientId: 'p-ana', payer: 'Lake Mutual', order: 2, relationship: 'self' }),
  fromCoverage({
    id: 'c-1',
    patientId: 'p-ana',
    payer: 'Great Lakes Health Plan',
    plan: 'Harbor PPO',
    memberId: 'GLH 204',
    order: 1,
    relationship: 'self',
    ends: '2026-12-31',
  }),
  fromCoverage({ id: 'c-kid', patientId: 'p-kid', payer: 'Great Lakes Health Plan', relationship: 'parent' }),
];

const words = (title: string, text: string) => ({
  en: { title, text },
  es: { title: `ES ${title}`, text: `ES ${text}` },
});

/** All that an authorization must have. */
export const ELEMENTS = {
  description: 'My visit notes.',
  discloser: 'Harbor Clinic.',
  recipient: 'My school.',
  purpose: 'A sports pass.',
  expiration: 'One year from now.',
  revocation: 'In writing, at any time.',
  conditioning: 'Treatment does not depend on it.',
  redisclosure: 'The school may pass it on.',
};

const authorization = { title: 'Authorization', text: 'I let you.', authorization: ELEMENTS };
const { redisclosure: _, ...lacking } = ELEMENTS;

const documents = [
  fromDocument({ id: 'd-treat', kind: 'treatment', mandatory: true, sample: true, words: words('To treat', 'Å\n\nb') }),
  fromDocument({
    id: 'd-notice',
    kind: 'privacy-notice',
    mandatory: false,
    words: words('Notice', 'We keep it safe.'),
  }),
  fromDocument({
    id: 'd-skin',
    kind: 'authorization',
    mandatory: false,
    visitTypeIds: ['skin-check'],
    words: { en: authorization },
  }),
  fromDocument({
    id: 'd-lacking',
    kind: 'authorization',
    mandatory: false,
    visitTypeIds: ['skin-check'],
    words: { en: { ...authorization, authorization: lacking } },
  }),
  fromDocument({
    id: 'd-program',
    kind: 'authorization',
    mandatory: false,
    programIds: ['m-pump'],
    words: { en: authorization },
  }),
];

const programs = [
  fromProgram({
    id: 'm-pump',
    formIds: ['q-history'],
    needsCoverage: true,
    words: { en: { name: 'Insulin pump', description: 'A pump.' }, es: { name: 'Bomba de insulina' } },
  }),
];

const questionnaire: fhir.Questionnaire = {
  resourceType: 'Questionnaire',
  id: 'q-history',
  status: 'active',
  title: 'Medical history',
  item: [{ linkId: '1', type: 'boolean', text: 'Do you smoke?' }],
};

const visit = (id: string, patientId: string, serviceId: string, start: string): fhir.Appointment => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  start,
  end: start,
  participant: [`Patient/${patientId}`, `HealthcareService/${serviceId}`].map((reference) => ({
    actor: { reference },
    status: 'accepted',
  })),
  serviceType: [{ text: serviceId }],
});

const visits = [
  visit('a-skin', 'p-ana', 'skin-check', '2026-03-02T09:30:00-05:00'),
  visit('a-later', 'p-ana', 'check-up', '2026-03-09T09:30:00-05:00'),
  visit('a-kid', 'p-kid', 'check-up', '2026-03-02T09:30:00-05:00'),
];

const seed = [...representatives, ...patients, ...coverages, ...documents, ...programs, questionnaire, ...visits];

const ASIDE = 'x-aside';

/** A clinic with what is known of its patients, on a real server, for the tests of a file: fresh for each of them. */
export async function recordsServer() {
  let plan: (request: FhirRequest) => Fault | undefined = () => undefined;
  const requests: FhirRequest[] = [];
  const server = await startFhirServer({
    seed,
    faults(request) {
      if (request.headers[ASIDE]) return undefined;
      requests.push(request);
      return plan(request);
    },
  });
  ensureValid(...seed);
  beforeEach(async () => {
    plan = () => undefined;
    requests.length = 0;
    await server.reset();
  });
  after(() => server.close());

  const warnings: Warning[] = [];
  const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const headers = { [ASIDE]: 'yes', 'content-type': 'application/fhir+json' };
    return (await (await fetch(`${server.baseUrl}/${path}`, { ...init, headers })).json()) as T;
  };

  return {
    ...server,
    requests,
    warnings,
    /** What goes wrong from now on. */
    fail(next: (request: FhirRequest) => Fault | undefined) {
      plan = next;
    },
    /** The next answer to such a request is lost on its way, though it is carried out; no other is. */
    loseReply(method: string, path: RegExp) {
      let isLost = false;
      plan = (request) => {
        if (isLost || request.method !== method || !path.test(request.path)) return undefined;
        isLost = true;
        return { dropReply: true };
      };
    },
    /** An adapter on a server of the clinic's; with `null`, in a page. */
    adapter(onServer: FhirOptions['onServer'] | null = { privacyAge: 13 }, now = NOW) {
      warnings.length = 0;
      return fhirAdapter({
        baseUrl: server.baseUrl,
        timeZone: 'America/New_York',
        now: () => now,
        onWarning: (warning) => warnings.push(warning),
        ...(onServer && { onServer }),
      });
    },
    stored: <T extends fhir.FhirResource>(type: T['resourceType'], id: string) => ask<T>(`${type}/${id}`),
    /** Everything of a type that is stored, each of it valid. */
    async storedAll<T extends fhir.FhirResource>(type: T['resourceType']): Promise<T[]> {
      const bundle = await ask<fhir.Bundle>(`${type}?_count=1000`);
      const all = (bundle.entry ?? []).map(({ resource }) => resource as T);
      ensureValid(...all);
      return all;
    },
    /** Stores a change that somebody else makes. */
    async change<T extends fhir.FhirResource>(type: T['resourceType'], id: string, changes: Partial<T>): Promise<void> {
      const now = await ask<T>(`${type}/${id}`);
      const made = await ask<T>(`${type}/${id}`, { method: 'PUT', body: JSON.stringify({ ...now, ...changes }) });
      assert.equal(made.resourceType, type);
    },
  };
}

export type RecordsServer = Awaited<ReturnType<typeof recordsServer>>;
