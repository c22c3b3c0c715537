import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { Station } from '@clinic-widgets/core/check-in.js';
import type { ConsentDecision } from '@clinic-widgets/core/consents.js';
import { memoryAdapter } from './memory-adapter.ts';
import type { Seed, SeedConsentDocument } from './seed.ts';

const NOW = '2026-03-02T09:00:00-05:00';
const harbor = harborClinic({ now: NOW, weeks: 1 });
const ines = { patientId: 'p-ines' };
const KIOSK: Station = { kind: 'kiosk', deviceId: 'lobby-1' };
const words = { en: { title: 'Consent', text: 'I agree.' }, es: { title: 'Consentimiento', text: 'Acepto.' } };

const documents: readonly SeedConsentDocument[] = [
  { id: 'treat', kind: 'treatment', mandatory: true, words },
  { id: 'notice', kind: 'privacy-notice', mandatory: false, words },
  { id: 'gym', kind: 'other', mandatory: false, words, visitTypeIds: ['physiotherapy'] },
  { id: 'share', kind: 'authorization', mandatory: false, words, programIds: ['breathe'] },
];

function clinicWith(change: Partial<Seed> = {}) {
  const adapter = memoryAdapter({ ...harbor, consentDocuments: documents, ...change }, { now: () => NOW });
  return {
    adapter,
    asked: async (appointmentId: string) =>
      (await adapter.findConsents({ acting: ines, appointmentId })).items.map(({ id }) => id),
    decide: (id: string, decision: ConsentDecision['decision'], more: Partial<ConsentDecision> = {}) =>
      adapter.recordConsent({
        ...{ acting: ines, document: { id, version: '1' }, language: 'en', decision, station: KIOSK, at: NOW },
        ...(decision === 'accepted' && { signature: { typed: 'Inês Cardoso' } }),
        ...more,
      }),
  };
}

describe('the consents of the memory adapter', () => {
  it('asks at a visit what is of its type, and nothing of a programme', async () => {
    const { asked } = clinicWith();
    assert.deepEqual(await asked('a-ines-doctor'), ['treat', 'notice']);
    assert.deepEqual(await asked('a-ines-exercise'), ['treat', 'notice', 'gym']);
  });

  it('asks nobody over and over for what they need not agree to, and again for what the visit depends on', async () => {
    const { asked, decide } = clinicWith();
    const appointmentId = 'a-ines-nurse';
    for (const id of ['treat', 'notice']) await decide(id, 'declined', { appointmentId });
    assert.deepEqual(await asked('a-ines-nurse'), []);
    assert.deepEqual(await asked('a-ines-doctor'), ['treat']);
    await decide('treat', 'accepted', { appointmentId: 'a-ines-doctor' });
    assert.deepEqual(await asked('a-ines-nurse'), []);
  });

  it('asks again for what was withdrawn', async () => {
    const { asked, decide, adapter } = clinicWith();
    const { id } = await decide('treat', 'accepted');
    await adapter.withdrawConsent({ acting: ines, consent: { id, version: '1' } });
    assert.deepEqual(await asked('a-ines-doctor'), ['treat', 'notice']);
    const [kept] = (await adapter.findRecordedConsents({ acting: ines })).items;
    assert.deepEqual([kept!.decision, kept!.version], ['withdrawn', '2']);
    await assert.rejects(adapter.withdrawConsent({ acting: ines, consent: { id, version: '2' } }), {
      code: 'conflict',
    });
  });

  it('keeps the document in the language in which it was read', async () => {
    const { decide, adapter } = clinicWith();
    await decide('treat', 'accepted', { language: 'es-MX' });
    const [kept] = (await adapter.findRecordedConsents({ acting: ines })).items;
    assert.deepEqual([kept!.document.language, kept!.document.text], ['es', 'Acepto.']);
  });

  it('lets an authorization that lacks an element be declined, and not signed', async () => {
    const { decide } = clinicWith();
    await assert.rejects(decide('share', 'accepted'), { code: 'invalid', paths: [['document']] });
    assert.equal((await decide('share', 'declined')).status, 'accepted');
  });

  it('promises no copy by e-mail where there is no address', async () => {
    const patients = harbor.patients.map(({ email, ...one }) => (one.id === 'p-ines' ? one : { ...one, email }));
    const { decide } = clinicWith({ patients: patients });
    await assert.rejects(decide('treat', 'accepted', { copy: 'email' }), { code: 'invalid', paths: [['copy']] });
    await decide('treat', 'accepted', { copy: 'paper' });
  });

  it('names what is missing for a programme, and counts nothing of another patient’s, nor what was declined', async () => {
    const program = { id: 'breathe', formIds: ['intake'], documentIds: ['notice'], needsCoverage: true };
    const { decide, adapter } = clinicWith({ programs: [{ ...program, words: { en: { name: 'Breathe' } } }] });
    const other = await decide('notice', 'accepted', { acting: { patientId: 'p-rosa' } });
    const declined = await decide('notice', 'declined');
    const enrol = (consentIds: string[], responseIds: string[], coverageIds: string[]) =>
      adapter.enrolInProgram({ acting: ines, programId: 'breathe', consentIds, responseIds, coverageIds });
    await assert.rejects(enrol([other.id, declined.id], [], ['c-rosa-1']), {
      code: 'invalid',
      paths: [['responseIds'], ['consentIds'], ['coverageIds']],
    });
    const agreed = await decide('notice', 'accepted');
    const { id: responseId } = await adapter.submitForm({
      ...{ acting: ines, form: { id: 'intake', version: '1' }, language: 'en', authored: NOW, items: [] },
    });
    await enrol([agreed.id], [responseId], ['c-ines-1']);
    const [shown] = (await adapter.findPrograms({ acting: ines })).items;
    assert.equal(shown!.enrolment?.state, 'submitted');
    await assert.rejects(enrol([agreed.id], [responseId], ['c-ines-1']), { code: 'conflict' });
    assert.equal((await adapter.findPrograms({ acting: { patientId: 'p-rosa' } })).items[0]!.enrolment, undefined);
  });
});
