import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { Appointment, Order } from '@clinic-widgets/core/appointments.js';
import { ConsentDocument, Program, RecordedConsent } from '@clinic-widgets/core/consents.js';
import { CoverageOnFile, Details } from '@clinic-widgets/core/details.js';
import { Location, Practitioner, Slot, VisitType } from '@clinic-widgets/core/scheduling.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { mapped, mappings, ZONE } from '../test/mappings.ts';
import { spoilt } from '../test/spoilt.ts';
import { addressOf, momentOf, nameOf } from './datatypes.ts';
import { toLocation, toPractitioner } from './directory.ts';
import { LeftOut, type Warning } from './lenient.ts';
import { toSlot } from './slots.ts';
import { isFor, toVisitType } from './visit-types.ts';
import {
  CONSENT_KINDS,
  DOCUMENT_AS_READ,
  EVERY_SERVICE,
  SERVICE_MODES,
  SERVICE_REFERENCE,
  SIGNATURE,
} from './vocabulary.ts';

await loadTemporal();
const resources = harborResources(harborClinic({ now: '2026-03-02T07:00:00-05:00', weeks: 1 }));
const some = <R extends fhir.FhirResource>(type: R['resourceType']): R =>
  resources.find((one): one is R => one.resourceType === type)!;

const reasonOf = (map: () => unknown): string => {
  try {
    map();
  } catch (error) {
    return error instanceof LeftOut ? error.reason : String(error);
  }
  return 'kept';
};

describe('a Slot', () => {
  const nowhere = { practitioner: undefined, location: undefined, timeZone: ZONE };
  const slot: fhir.Slot = {
    resourceType: 'Slot',
    id: 's',
    schedule: { reference: 'Schedule/a' },
    status: 'free',
    start: '2026-03-09T13:00:00Z',
    end: '2026-03-09T13:30:00.000Z',
  };
  const made = (changes: object) => toSlot({ ...slot, ...changes }, nowhere);

  it('is a time in the zone of its place', () => {
    assert.deepEqual(made({ meta: { versionId: '3' } }), {
      id: 's',
      version: '3',
      start: '2026-03-09T09:00:00-04:00',
      end: '2026-03-09T09:30:00-04:00',
      timeZone: ZONE,
      practitioner: undefined,
      location: undefined,
    });
  });

  for (const [what, changes, reason] of [
    ['entered in error', { status: 'entered-in-error' }, 'entered-in-error'],
    ['of an unknown status', { status: 'fre' }, 'unknown-status'],
    ['without a start', { start: undefined }, 'no-start'],
    ['with a start without an offset', { start: '2026-03-09T09:00:00' }, 'no-start'],
    ['with a start that is a day', { start: '2026-03-09' }, 'no-start'],
    ['with an offset that nowhere has', { start: '2026-03-09T09:00:00+15:00' }, 'no-start'],
    ['with a start that is a number', { start: 1772000000000 }, 'no-start'],
    ['that has no length', { end: slot.start }, 'zero-length'],
    ['that ends before it starts', { end: '2026-03-09T12:00:00Z' }, 'zero-length'],
    [
      'for nobody',
      {
        extension: [
          { url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity', valueInteger: 0 },
        ],
      },
      'no-capacity',
    ],
    ['without an id', { id: undefined }, 'malformed'],
    ['with an id that is a list', { id: ['s'] }, 'malformed'],
  ] as const) {
    it(`is left out: one ${what}`, () =>
      assert.equal(
        reasonOf(() => made(changes)),
        reason,
      ));
  }
});

describe('a HealthcareService', () => {
  const service: fhir.HealthcareService = { resourceType: 'HealthcareService', id: 'v', name: 'Check-up' };
  const duration = (value: number, unit: string) => [
    {
      url: 'https://medplum.com/fhir/StructureDefinition/SchedulingParameters',
      extension: [{ url: 'duration', valueDuration: { value, unit } }],
    },
  ];
  const modes = (...codes: string[]) => ({
    characteristic: codes.map((code) => ({ coding: [{ system: SERVICE_MODES, code }] })),
  });

  it('is a visit type in person, unless it says otherwise', () => {
    assert.deepEqual(toVisitType(service).modes, ['in-person']);
    assert.deepEqual(toVisitType({ ...service, ...modes('videoconference', 'telephone', 'chat') }).modes, [
      'video',
      'phone',
    ]);
  });

  it('is named by itself, its type or its specialty', () => {
    const bare = { resourceType: 'HealthcareService', id: 'v' } as const;
    const type = [{ coding: [{ code: '57', display: 'Immunization' }] }];
    assert.equal(toVisitType({ ...bare, type }).name, 'Immunization');
    assert.equal(toVisitType({ ...bare, specialty: [{ text: 'Dermatology' }] }).name, 'Dermatology');
    assert.equal(
      reasonOf(() => toVisitType(bare)),
      'no-name',
    );
  });

  it('says which language it is in, where the server says one', () => {
    assert.equal(toVisitType({ ...service, language: 'es' }).language, 'es');
    assert.equal(toVisitType(service).language, undefined);
    for (const language of ['', 'no language', 7] as string[]) {
      assert.equal(toVisitType({ ...service, language }).language, undefined);
    }
  });

  it('takes as long as Medplum’s parameters or the host say', () => {
    assert.equal(toVisitType({ ...service, extension: duration(1, 'h') }).minutes, 60);
    assert.equal(toVisitType({ ...service, extension: duration(45, 'min') }).minutes, 45);
    assert.equal(toVisitType({ ...service, extension: duration(3, 'fortnight') }).minutes, undefined);
    assert.equal(toVisitType({ ...service, extension: duration(1, 'h') }, { minutes: 20 }).minutes, 20);
    assert.deepEqual(toVisitType(service, { series: { visits: 3, perWeek: 1 } }).series, { visits: 3, perWeek: 1 });
  });

  it('keeps markup as the text that it is', () => {
    const name = '<img src=x onerror=alert(1)>';
    assert.equal(toVisitType({ ...service, name, extraDetails: '**Bring** <b>this</b>' }).name, name);
    assert.equal(
      toVisitType({ ...service, extraDetails: '**Bring** <b>this</b>' }).instructions,
      '**Bring** <b>this</b>',
    );
  });
});

describe('a Schedule', () => {
  const service: fhir.HealthcareService = {
    resourceType: 'HealthcareService',
    id: 'v',
    type: [{ coding: [{ system: 's', code: 'c' }] }],
  };
  const linked = (id: string) => ({
    extension: [{ url: SERVICE_REFERENCE, valueReference: { reference: `HealthcareService/${id}` } }],
  });

  it('is for the services that it refers to, or else shares a code with, or else for all', () => {
    assert.ok(isFor(service, {}));
    assert.ok(isFor(service, { actor: [{ reference: 'HealthcareService/v' }] }));
    assert.ok(!isFor(service, { actor: [{ reference: 'HealthcareService/w' }] }));
    assert.ok(isFor(service, { serviceType: [linked('w'), linked('v')] }));
    assert.ok(!isFor(service, { serviceType: [{ ...linked('w'), coding: [{ system: 's', code: 'c' }] }] }));
    assert.ok(isFor(service, { serviceType: [{ coding: [{ system: 's', code: 'c' }] }] }));
    assert.ok(!isFor(service, { serviceType: [{ coding: [{ system: 's', code: 'd' }] }] }));
    assert.ok(isFor(service, { serviceType: [{ coding: [{ system: EVERY_SERVICE, code: 'all' }] }] }));
  });
});

describe('people and places', () => {
  it('go by their usual name, then their official one, never by an old one', () => {
    const old = { use: 'old', text: 'Old' } as const;
    assert.equal(nameOf([old, { use: 'official', text: 'Official' }, { use: 'usual', text: 'Usual' }]), 'Usual');
    assert.equal(
      nameOf([old, { use: 'official', prefix: ['Dr.'], given: ['Adaeze', 'N.'], family: 'Okafor' }]),
      'Dr. Adaeze N. Okafor',
    );
    assert.equal(nameOf([{ family: 'Lin', suffix: ['MD'] }]), 'Lin MD');
    assert.equal(nameOf([old]), undefined);
    assert.equal(nameOf([{}]), undefined);
    assert.equal(nameOf(), undefined);
  });

  it('do what their role says, or else their qualification', () => {
    const person = {
      resourceType: 'Practitioner',
      id: 'p',
      name: [{ text: 'P' }],
      qualification: [{ code: { text: 'MD' } }],
    } as const;
    const role: fhir.PractitionerRole = { resourceType: 'PractitionerRole', specialty: [{ text: 'Dermatology' }] };
    assert.equal(toPractitioner(structuredClone(person) as unknown as fhir.Practitioner).role, 'MD');
    assert.equal(toPractitioner(structuredClone(person) as unknown as fhir.Practitioner, role).role, 'Dermatology');
  });

  it('are in their own zone, or else in the clinic’s', () => {
    const place = (valueCode: string): fhir.Location => ({
      resourceType: 'Location',
      id: 'l',
      name: 'L',
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode }],
    });
    assert.equal(toLocation(place('America/Chicago'), ZONE).timeZone, 'America/Chicago');
    assert.equal(toLocation(place('Mars/Olympus'), ZONE).timeZone, ZONE);
    assert.equal(
      reasonOf(() => toLocation({ resourceType: 'Location', id: 'l' }, ZONE)),
      'no-name',
    );
  });

  it('have their address on one line', () => {
    const parts = { line: ['210 Lake Boulevard', 'Suite 2'], city: 'St. Joseph', state: 'MI', postalCode: '49085' };
    assert.equal(addressOf(parts), '210 Lake Boulevard, Suite 2, St. Joseph, MI 49085');
    assert.equal(addressOf({ ...parts, text: 'By the lake' }), 'By the lake');
    assert.equal(addressOf({}), undefined);
  });
});

describe('instants', () => {
  it('are those that FHIR knows', () => {
    assert.equal(momentOf('2026-03-09T13:00:00Z'), Date.UTC(2026, 2, 9, 13));
    assert.equal(momentOf('2026-03-09T09:00:00.123456-04:00'), Date.UTC(2026, 2, 9, 13, 0, 0, 123));
    for (const wrong of ['2026-03-09T25:00:00Z', '2026-03-09 09:00:00Z', '2026-03-09', 'now', '', undefined]) {
      assert.equal(momentOf(wrong), undefined);
    }
  });
});

const SHAPES: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> = {
  Slot,
  Appointment,
  HealthcareService: VisitType,
  Practitioner,
  PractitionerRole: Practitioner,
  Location,
  ServiceRequest: Order,
  Patient: Details,
  Coverage: CoverageOnFile,
  Consent: RecordedConsent,
  DocumentReference: ConsentDocument,
  PlanDefinition: Program,
};

describe('whatever a server sends', () => {
  const role: fhir.PractitionerRole = {
    resourceType: 'PractitionerRole',
    id: 'r',
    specialty: [{ text: 'S' }],
    code: [{ coding: [{ code: 'c' }] }],
  };
  const consent: fhir.Consent = {
    resourceType: 'Consent',
    id: 'c',
    meta: { versionId: '1', lastUpdated: '2026-03-02T12:00:00Z' },
    extension: [
      { url: DOCUMENT_AS_READ, valueReference: { reference: 'DocumentReference/d/_history/1' } },
      { url: SIGNATURE, valueSignature: { type: [{ code: 's' }], when: '2026', who: {}, data: 'QW5h' } },
    ],
    status: 'active',
    scope: { coding: [{ code: 'treatment' }] },
    category: [{ coding: [{ system: CONSENT_KINDS, code: 'treatment' }] }],
    dateTime: '2026-03',
    performer: [{ reference: 'RelatedPerson/r' }],
    sourceAttachment: { contentType: 'text/plain', language: 'en', title: 'To treat', data: 'QW5h' },
    policyRule: { text: 'To treat' },
  };
  for (const type of Object.keys(mappings)) {
    it(`is never thrown at: ${type}`, () => {
      const own: fhir.FhirResource[] = [role, consent];
      const good = own.find(({ resourceType }) => resourceType === type) ?? some(type as 'Slot');
      fc.assert(
        fc.property(spoilt(good), (resource) => {
          const warnings: Warning[] = [];
          const made = mapped(resource as fhir.FhirResource, (warning) => warnings.push(warning));
          assert.ok(made === undefined || SHAPES[type]?.safeParse(made).success !== false, JSON.stringify(made));
          for (const { id } of warnings) assert.ok(id === undefined || typeof id === 'string');
        }),
        { numRuns: 1500 },
      );
    });
  }
});
