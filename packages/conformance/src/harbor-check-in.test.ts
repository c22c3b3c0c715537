import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConsentDocument, missingElements } from '@clinic-widgets/core/consents.js';
import { Details } from '@clinic-widgets/core/details.js';
import { compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { type HarborAppointment, harborClinic } from './harbor-clinic.ts';

const now = '2026-03-02T07:00:00-05:00';
const clinic = harborClinic({ now });
const LANGUAGES = ['en', 'es'];

const isToday = ({ start }: HarborAppointment, day: string, zone = 'America/New_York') => dayOf(start, zone) === day;

describe('the patients of Harbor Clinic', () => {
  it('are what the contract calls details', () => {
    for (const { id, otherNames: _, ...patient } of clinic.patients) {
      const { success, error } = Details.safeParse({ ...patient, version: '1' });
      assert.ok(success, `${id} ${JSON.stringify(error?.issues)}`);
      assert.equal([...patient.name.given, patient.name.family].join(' '), patient.name.text);
    }
  });

  it('have twins whom only the given name tells apart', () => {
    const twins = clinic.patients.filter(({ id, birthDate }) =>
      clinic.patients.some((other) => other.id !== id && other.birthDate === birthDate),
    );
    assert.equal(twins.length, 2);
    const [one, other] = twins;
    assert.deepEqual([one!.name.family, one!.phone, one!.address], [other!.name.family, other!.phone, other!.address]);
    assert.notDeepEqual(one!.name.given, other!.name.given);
  });

  it('have names with accents, a hyphen and an apostrophe', () => {
    assert.ok(clinic.patients.some(({ name }) => /’/.test(name.text) && /-/.test(name.text) && /ú/.test(name.text)));
  });
});

describe('the visits of today', () => {
  it('are today, whatever the time is', () => {
    for (const hour of ['00:10', '07:00', '12:34', '17:05', '23:58']) {
      const moment = `2026-03-02T${hour}:22-05:00`;
      const { appointments } = harborClinic({ now: moment, weeks: 1 });
      const coded = appointments.filter(({ checkInCode }) => checkInCode !== undefined);
      assert.ok(coded.length > 10);
      for (const one of coded) assert.ok(isToday(one, '2026-03-02'), `${one.id} at ${hour}: ${one.start}`);
    }
  });

  it('have a code each', () => {
    const codes = clinic.appointments.flatMap(({ checkInCode }) => checkInCode ?? []);
    assert.equal(new Set(codes).size, codes.length);
  });

  it('do not come at once for one practitioner, and take no free time', () => {
    const visits = clinic.appointments.filter(({ status }) => status === 'booked');
    const overlap = (a: { start: string; end: string }, b: { start: string; end: string }) =>
      compareInstants(a.start, b.end) < 0 && compareInstants(b.start, a.end) < 0;
    for (const [index, one] of visits.entries()) {
      const same = ({ practitionerId }: { practitionerId?: string }) => practitionerId === one.practitionerId;
      for (const other of visits.slice(index + 1).filter(same))
        assert.ok(!overlap(one, other), `${one.id} ${other.id}`);
      for (const slot of clinic.slots.filter(same)) {
        if (overlap(one, slot)) assert.equal(slot.status, 'busy', `${one.id} ${slot.id}`);
      }
    }
  });
});

describe('the documents of Harbor Clinic', () => {
  const each = clinic.consentDocuments.flatMap(({ words, ...document }) =>
    Object.entries(words).map(([language, text]) => ({ ...document, ...text, language, version: '1' })),
  );

  it('are what the contract calls documents, in English and in Spanish, and samples', () => {
    for (const { words } of clinic.consentDocuments) assert.deepEqual(Object.keys(words), LANGUAGES);
    for (const document of each) {
      const { success, error } = ConsentDocument.safeParse(document);
      assert.ok(success, JSON.stringify(error?.issues));
      assert.ok(document.sample);
      assert.ok(document.text.length > 200, document.id);
    }
  });

  it('have every element that an authorization needs, but one that lacks two on purpose', () => {
    const lacking = each.filter((document) => missingElements(document).length > 0);
    assert.deepEqual(
      lacking.map((document) => [document.id, document.language, ...missingElements(document)]),
      LANGUAGES.map((language) => ['authorization-research', language, 'expiration', 'revocation']),
    );
  });

  it('keep nobody from a visit but the consent to treatment', () => {
    const mandatory = clinic.consentDocuments.filter((document) => document.mandatory);
    assert.deepEqual(
      mandatory.map(({ kind }) => kind),
      ['treatment'],
    );
  });
});

describe('the ways of Harbor Clinic', () => {
  it('have a small picture at most, which is said in words', () => {
    for (const { words, picture } of clinic.checkIn.ways) {
      assert.ok(words.length > 20);
      if (!picture) continue;
      assert.match(picture.url, /^data:image\/svg\+xml,%3Csvg/);
      assert.ok(picture.url.length < 2000 && picture.alt.length > 20);
    }
  });
});
