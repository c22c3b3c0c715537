import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { RecordedConsent } from '@clinic-widgets/core/consents.js';
import { missingData, sharedData } from '../../../test/fhir-server/shared-data.ts';
import { ensureValid, refused } from '../test/harbor-server.ts';
import { ZONE } from '../test/mappings.ts';
import { ELEMENTS, recordsServer } from '../test/records-server.ts';
import { fromDecision, toRecordedConsent } from './consent-records.ts';

const server = await recordsServer();
const acting = { patientId: 'p-ana' };
const kiosk = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
const at = '2026-03-02T07:00:00-05:00';
const key = { idempotencyKey: 'k1' };
const typed = { typed: 'Ana Ruiz' };

type Given = Parameters<ClinicAdapter['recordConsent']>[0];

/** A decision about a document as it is now. */
async function given(id: string, changes: Partial<Given> = {}): Promise<Given> {
  const { meta } = await server.stored<fhir.DocumentReference>('DocumentReference', id);
  const decision = changes.decision ?? 'accepted';
  return {
    acting,
    appointmentId: 'a-skin',
    document: { id, version: meta?.versionId ?? '' },
    language: 'en',
    decision,
    station: kiosk,
    at,
    ...(decision === 'accepted' && { signature: typed }),
    ...changes,
  };
}

const decide = async (id: string, changes: Partial<Given> = {}) =>
  server.adapter().recordConsent(await given(id, changes));
const asked = async (query: object = { appointmentId: 'a-skin' }) =>
  (await server.adapter().findConsents({ acting, ...query })).items.map(({ id }) => id);
const recorded = async () => (await server.adapter().findRecordedConsents({ acting })).items;
const consents = () => server.storedAll<fhir.Consent>('Consent');

describe('what is still to be decided', () => {
  it('is what the visit asks for, what it depends on first', async () => {
    assert.deepEqual(await asked(), ['d-treat', 'd-notice', 'd-lacking', 'd-skin']);
    assert.deepEqual(await asked({ appointmentId: 'a-later' }), ['d-treat', 'd-notice']);
    assert.deepEqual(await asked({ programId: 'm-pump' }), ['d-program']);
    assert.deepEqual(await asked({}), ['d-treat', 'd-notice', 'd-lacking', 'd-skin']);
  });

  it('is in the language asked for, or else in the document’s own', async () => {
    const find = async (language?: string) =>
      (await server.adapter().findConsents({ acting, appointmentId: 'a-skin', ...(language && { language }) })).items;
    const [spanish, , english] = await find('es-MX');
    assert.deepEqual([spanish?.language, spanish?.title, spanish?.text], ['es', 'ES To treat', 'ES Å\n\nb']);
    assert.equal(english?.language, 'en');
    assert.equal((await find())[0]?.title, 'To treat');
  });

  it('is shown with its kind, its elements, and whether the visit depends on it', async () => {
    const { items } = await server.adapter().findConsents({ acting, appointmentId: 'a-skin' });
    const shown = items.map(({ version, ...rest }) => rest);
    assert.deepEqual(shown[0], {
      id: 'd-treat',
      kind: 'treatment',
      title: 'To treat',
      language: 'en',
      text: 'Å\n\nb',
      mandatory: true,
      sample: true,
    });
    assert.deepEqual(shown.at(-1), {
      id: 'd-skin',
      kind: 'authorization',
      title: 'Authorization',
      language: 'en',
      text: 'I let you.',
      mandatory: false,
      authorization: ELEMENTS,
    });
  });

  it('is not what was agreed to or declined, but for what the visit depends on at the next one', async () => {
    await decide('d-treat', { decision: 'declined' });
    await decide('d-notice', { decision: 'declined' });
    await decide('d-skin');
    assert.deepEqual(await asked(), ['d-lacking']);
    assert.deepEqual(await asked({ appointmentId: 'a-later' }), ['d-treat']);
    await decide('d-treat');
    assert.deepEqual(await asked({ appointmentId: 'a-later' }), []);
  });

  it('is asked again when the document is another one', async () => {
    await decide('d-notice');
    assert.ok(!(await asked()).includes('d-notice'));
    await server.change<fhir.DocumentReference>('DocumentReference', 'd-notice', { description: 'A new edition' });
    assert.ok((await asked()).includes('d-notice'));
  });

  it('does not know visits and programmes of others', async () => {
    await refused(server.adapter().findConsents({ acting, appointmentId: 'a-kid' }), 'not-found');
    await refused(server.adapter().findConsents({ acting, programId: 'none' }), 'not-found');
  });

  it('leaves out what is about a patient, or cannot be shown in full', async () => {
    const treat = await server.stored<fhir.DocumentReference>('DocumentReference', 'd-treat');
    await server.seed([
      { ...treat, id: 'd-of-ana', subject: { reference: 'Patient/p-ana' } },
      { ...treat, id: 'd-pdf', content: [{ attachment: { contentType: 'application/pdf', data: 'AAAA' } }] },
      { ...treat, id: 'd-old', status: 'superseded' },
    ]);
    assert.deepEqual(await asked({ appointmentId: 'a-later' }), ['d-treat', 'd-notice']);
    assert.deepEqual(server.warnings, [{ resourceType: 'DocumentReference', id: 'd-pdf', reason: 'malformed' }]);
  });
});

describe('deciding', () => {
  it('keeps the document in full, with the signature, who signed, when and where', async () => {
    const input = await given('d-skin', { copy: 'email' });
    const { id } = await server.adapter().recordConsent(input, key);
    const [stored, ...others] = await consents();
    assert.deepEqual(others, []);
    const { meta, ...rest } = stored!;
    const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
    assert.deepEqual(rest, {
      resourceType: 'Consent',
      id,
      extension: [
        {
          url: 'urn:clinic-widgets:document-as-read',
          valueReference: { reference: `DocumentReference/d-skin/_history/${input.document.version}` },
        },
        { url: 'urn:clinic-widgets:mandatory', valueBoolean: false },
        {
          url: 'urn:clinic-widgets:authorization',
          extension: Object.entries(ELEMENTS).map(([url, valueString]) => ({ url, valueString })),
        },
        { url: 'urn:clinic-widgets:visit', valueReference: { reference: 'Appointment/a-skin' } },
        { url: 'urn:clinic-widgets:copy-wanted', valueCode: 'email' },
        {
          url: 'urn:clinic-widgets:station',
          extension: [
            { url: 'kind', valueCode: 'kiosk' },
            { url: 'device', valueString: 'lobby-1' },
          ],
        },
        {
          url: 'urn:clinic-widgets:signature',
          valueSignature: {
            type: [
              {
                system: 'urn:iso-astm:E1762-95:2013',
                code: '1.2.840.10065.1.12.1.7',
                display: 'Consent Signature',
              },
            ],
            when: at,
            who: { reference: 'Patient/p-ana' },
            sigFormat: 'text/plain',
            data: Buffer.from('Ana Ruiz').toString('base64'),
          },
        },
      ],
      identifier: [{ system: 'urn:clinic-widgets:write-key', value: 'k1' }],
      language: 'en',
      status: 'active',
      scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
      category: [
        coded('urn:clinic-widgets:consent-kinds', 'authorization'),
        { coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] },
      ],
      patient: { reference: 'Patient/p-ana' },
      dateTime: at,
      performer: [{ reference: 'Patient/p-ana' }],
      sourceAttachment: {
        contentType: 'text/plain; charset=utf-8',
        language: 'en',
        data: Buffer.from('I let you.').toString('base64'),
        title: 'Authorization',
      },
      policyRule: coded('http://terminology.hl7.org/CodeSystem/consentpolicycodes', 'hipaa-auth'),
    });
  });

  it('is read back as it was, in the language it was read in, also when the document is gone', async () => {
    const drawn = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L9 9"/></svg>';
    const input = await given('d-treat', { language: 'es', signature: { drawn } });
    const { id } = await server.adapter().recordConsent(input);
    await server.change<fhir.DocumentReference>('DocumentReference', 'd-treat', { status: 'superseded' });
    const [{ version: _, ...found } = assert.fail('It must be kept.')] = await recorded();
    assert.deepEqual(found, {
      id,
      document: {
        id: 'd-treat',
        version: input.document.version,
        kind: 'treatment',
        title: 'ES To treat',
        language: 'es',
        text: 'ES Å\n\nb',
        mandatory: true,
        sample: true,
      },
      decision: 'accepted',
      at,
      signature: { drawn },
    });
  });

  it('keeps a refusal, which needs no signature', async () => {
    await decide('d-notice', { decision: 'declined' });
    const [stored] = await consents();
    assert.equal(stored?.status, 'rejected');
    assert.deepEqual(stored.policyRule?.coding?.[0]?.code, 'hipaa-npp');
    assert.deepEqual(
      (await recorded()).map(({ decision, signature }) => [decision, signature]),
      [['declined', undefined]],
    );
  });

  it('refuses to sign an authorization that lacks an element, and lets it be declined', async () => {
    const { paths } = await refused(decide('d-lacking'), 'invalid');
    assert.deepEqual(paths, [['document']]);
    assert.deepEqual(await consents(), []);
    await decide('d-lacking', { decision: 'declined' });
    assert.equal((await consents()).length, 1);
  });

  it('is a conflict when the document has changed', async () => {
    const input = await given('d-notice');
    await server.change<fhir.DocumentReference>('DocumentReference', 'd-notice', { description: 'A new edition' });
    await refused(server.adapter().recordConsent(input), 'conflict');
  });

  it('refuses the signature of somebody whose authority is unknown', async () => {
    const stranger = { patientId: 'p-ana', representativeId: 'r-neighbor' };
    await refused(decide('d-treat', { acting: stranger }), 'forbidden');
    await decide('d-treat', { acting: stranger, decision: 'declined' });
    const [{ id, version, representativeId } = assert.fail('It must be kept.')] = await recorded();
    assert.equal(representativeId, 'r-neighbor');
    await refused(server.adapter().withdrawConsent({ acting: stranger, consent: { id, version } }), 'forbidden');
  });

  it('names who signs for a child, and by what right they did, whatever they are to it later', async () => {
    const mother = { patientId: 'p-kid', representativeId: 'r-ana' };
    await decide('d-treat', { acting: mother, appointmentId: 'a-kid' });
    const [stored] = await consents();
    ensureValid(stored!);
    const [performer] = stored!.performer!;
    assert.equal(performer!.reference, 'RelatedPerson/r-ana');
    assert.deepEqual(
      performer!.extension?.map(({ url, valueCodeableConcept }) => [url, valueCodeableConcept?.coding?.[0]?.code]),
      [['urn:clinic-widgets:authority', 'parent']],
    );
    const signature = stored!.extension!.find(({ url }) => url === 'urn:clinic-widgets:signature')!.valueSignature!;
    assert.deepEqual(
      [signature.who.reference, signature.onBehalfOf?.reference],
      ['RelatedPerson/r-ana', 'Patient/p-kid'],
    );
    await server.change<fhir.RelatedPerson>('RelatedPerson', 'r-ana', { relationship: [], active: false });
    const { items } = await server.adapter().findRecordedConsents({ acting: { patientId: 'p-kid' } });
    assert.deepEqual([items[0]?.representativeId, items[0]?.authority], ['r-ana', 'parent']);
    assert.deepEqual(await recorded(), []);
  });

  it('refuses what is none of the clinic’s documents, and a copy by e-mail to nobody', async () => {
    await server.seed([
      {
        resourceType: 'DocumentReference',
        id: 'd-other',
        status: 'current',
        content: [{ attachment: { contentType: 'text/plain', data: 'AAAA' } }],
      },
    ]);
    await refused(decide('d-other'), 'not-found');
    const kid = { acting: { patientId: 'p-kid' }, appointmentId: 'a-kid', copy: 'email' as const };
    const { paths } = await refused(decide('d-treat', kid), 'invalid');
    assert.deepEqual(paths, [['copy']]);
  });

  it('is kept once when the reply is lost, and is tried again', async () => {
    const input = await given('d-treat');
    server.loseReply('POST', /^Consent$/);
    const first = await server.adapter().recordConsent(input, key);
    assert.deepEqual(await server.adapter().recordConsent(input, key), first);
    assert.equal((await consents()).length, 1);
    await refused(server.adapter().recordConsent(await given('d-notice'), key), 'invalid');
  });
});

describe('taking an agreement back', () => {
  it('ends it now, keeps what was signed, and opens the document again', async () => {
    await decide('d-skin');
    const [{ id, version } = assert.fail('It must be kept.')] = await recorded();
    const later = server.adapter(undefined, '2026-03-02T08:00:00-05:00');
    server.loseReply('PUT', /^Consent/);
    await later.withdrawConsent({ acting, consent: { id, version } }, key);
    await later.withdrawConsent({ acting, consent: { id, version } }, key);
    const [stored] = await consents();
    assert.equal(stored?.status, 'inactive');
    assert.deepEqual(stored.provision, { period: { end: '2026-03-02T13:00:00.000Z' } });
    const [{ decision, at: when, signature } = assert.fail('It must be kept.')] = await recorded();
    assert.deepEqual([decision, when, signature], ['withdrawn', '2026-03-02T08:00:00-05:00', typed]);
    assert.ok((await asked()).includes('d-skin'));
    await refused(later.withdrawConsent({ acting, consent: { id, version: stored.meta!.versionId! } }), 'conflict');
  });

  it('is recorded once, with who did it, also when the reply to the record is lost', async () => {
    const { id } = await decide('d-skin');
    const before = await server.stored<fhir.Consent>('Consent', id);
    const consent = { id, version: before.meta!.versionId! };
    server.loseReply('POST', /^Provenance$/);
    const take = () => server.adapter().withdrawConsent({ acting, consent }, key);
    await take().catch(() => undefined);
    await take();
    const [note, ...others] = await server.storedAll<fhir.Provenance>('Provenance');
    assert.deepEqual(others, []);
    const after = await server.stored<fhir.Consent>('Consent', id);
    assert.deepEqual(
      [note!.target, note!.agent, note!.entity, note!.activity?.coding?.[0]?.code],
      [
        [{ reference: `Consent/${id}/_history/${after.meta!.versionId}` }],
        [{ who: { reference: 'Patient/p-ana' } }],
        [
          { role: 'source', what: { reference: 'Patient/p-ana' } },
          { role: 'revision', what: { reference: `Consent/${id}/_history/${consent.version}` } },
        ],
        'withdrawal',
      ],
    );
    ensureValid(note!);
    assert.deepEqual((await recorded())[0]?.withdrawnBy, acting);
    assert.deepEqual((await server.adapter().findConfirmations({})).items, [], 'It is of no detail.');
  });

  it('has no way for what opts out of something, or has ended, which is asked again', async () => {
    const optOut = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTOUT' }] };
    await decide('d-skin');
    const [made] = await consents();
    const { policyRule } = made!;
    for (const [changes, decision] of [
      [{ policyRule: optOut }, 'declined'],
      [{ policyRule, provision: { type: 'deny' } }, 'declined'],
      [{ provision: { period: { end: '2026-03-01' } } }, 'ended'],
    ] as const) {
      await server.change<fhir.Consent>('Consent', made!.id!, changes);
      const [consent] = await recorded();
      assert.equal(consent?.decision, decision);
      await refused(server.adapter().withdrawConsent({ acting, consent: consent }), 'conflict');
    }
    assert.ok((await asked()).includes('d-skin'));
    await server.change<fhir.Consent>('Consent', made!.id!, { provision: { period: { end: '2026-03-02' } } });
    assert.ok(!(await asked()).includes('d-skin'));
  });

  it('is a conflict for what was declined, and for another version', async () => {
    const { id } = await decide('d-notice', { decision: 'declined' });
    await refused(server.adapter().withdrawConsent({ acting, consent: { id, version: '' } }), 'conflict');
    const other = await decide('d-skin');
    await refused(
      server.adapter().withdrawConsent({ acting, consent: { id: other.id, version: 'other' } }),
      'conflict',
    );
    const kid = { patientId: 'p-kid' };
    await refused(server.adapter().withdrawConsent({ acting: kid, consent: { id, version: '' } }), 'not-found');
  });
});

describe('programmes', () => {
  /** All that the programme takes. */
  async function gathered() {
    const adapter = server.adapter();
    const { version } = await adapter.getForm({ acting, formId: 'q-history' });
    const response = await adapter.submitForm({
      acting,
      form: { id: 'q-history', version },
      language: 'en',
      authored: at,
      items: [{ linkId: '1', answers: [{ value: { boolean: false } }] }],
    });
    const { appointmentId: _, ...decision } = await given('d-program');
    const consent = await adapter.recordConsent(decision);
    return {
      acting,
      programId: 'm-pump',
      responseIds: [response.id],
      consentIds: [consent.id],
      coverageIds: ['c-1'],
    };
  }

  const found = async (language?: string) =>
    (await server.adapter().findPrograms({ acting, ...(language && { language }) })).items;
  const enrolments = async () =>
    (await server.storedAll<fhir.Task>('Task')).filter(({ code }) => code?.coding?.[0]?.code === 'enrolment');

  it('are shown with what they take, in the language asked for', async () => {
    assert.deepEqual(await found(), [
      {
        id: 'm-pump',
        name: 'Insulin pump',
        description: 'A pump.',
        language: 'en',
        formIds: ['q-history'],
        documentIds: ['d-program'],
        needsCoverage: true,
      },
    ]);
    const [{ name, language } = {}] = await found('es');
    assert.deepEqual([name, language], ['Bomba de insulina', 'es']);
  });

  it('enrol a patient, and show how that stands', async () => {
    const request = await gathered();
    server.loseReply('POST', /^Task$/);
    const { id } = await server.adapter().enrolInProgram(request, key);
    assert.equal((await server.adapter().enrolInProgram(request, key)).id, id);
    const [task, ...others] = await enrolments();
    assert.deepEqual(others, []);
    assert.deepEqual(
      task?.input?.map(({ type, valueReference }) => `${type.coding?.[0]?.code} ${valueReference?.reference}`),
      [
        `response QuestionnaireResponse/${request.responseIds[0]}`,
        `consent Consent/${request.consentIds[0]}`,
        'coverage Coverage/c-1',
      ],
    );
    assert.deepEqual((await found())[0]?.enrolment, { id, state: 'submitted', at });
    await refused(server.adapter().enrolInProgram(request), 'conflict');
    for (const [status, state] of [
      ['in-progress', 'active'],
      ['rejected', 'declined'],
      ['completed', 'ended'],
    ] as const) {
      await server.change<fhir.Task>('Task', id, { status });
      assert.equal((await found())[0]?.enrolment?.state, state);
    }
    await server.adapter().enrolInProgram(request);
    assert.equal((await enrolments()).length, 2);
  });

  it('name what is missing: what is another’s, declined or taken back counts for nothing', async () => {
    const request = await gathered();
    const missing = async (changes: object) => {
      const { paths } = await refused(server.adapter().enrolInProgram({ ...request, ...changes }), 'invalid');
      return paths;
    };
    assert.deepEqual(await missing({ responseIds: [], consentIds: [], coverageIds: [] }), [
      ['responseIds'],
      ['consentIds'],
      ['coverageIds'],
    ]);
    assert.deepEqual(await missing({ responseIds: ['none'] }), [['responseIds']]);
    assert.deepEqual(await missing({ coverageIds: ['c-kid'] }), [['coverageIds']]);
    const [consent] = await recorded();
    await server.adapter().withdrawConsent({ acting, consent: { id: consent!.id, version: consent!.version } });
    assert.deepEqual(await missing({}), [['consentIds']]);
    assert.deepEqual(await enrolments(), []);
  });

  it('enrol nobody for somebody whose authority is unknown', async () => {
    const request = { ...(await gathered()), acting: { patientId: 'p-ana', representativeId: 'r-neighbor' } };
    await refused(server.adapter().enrolInProgram(request), 'forbidden');
    await refused(server.adapter().enrolInProgram({ ...request, acting, programId: 'none' }), 'not-found');
  });
});

describe('real Consents', { skip: missingData() ?? false }, () => {
  const all = missingData() ? [] : [...sharedData()];
  const real = all.filter(({ file, resource }) => file.startsWith('consents/') && resource.resourceType === 'Consent');

  const read = (name: string, today = '2026-03-02') => {
    const found = real.find(({ file }) => file.includes(name)) ?? assert.fail(name);
    return toRecordedConsent(found.resource as fhir.Consent, ZONE, today);
  };

  for (const [name, decision, day] of [
    ['Out', 'declined', '2015-11-18'],
    ['pkb', 'declined', '2016-06-16'],
    ['notThis', 'accepted', '2015-11-18'],
    ['basic', 'ended', '2016-01-01'],
    ['signature', 'ended', '2016-10-10'],
    ['smartonfhir', 'ended', '2016-06-23'],
  ] as const) {
    it(`say what was decided, as it stands by now: ${name} is ${decision}`, () => {
      assert.equal(real.length, 6);
      const made = read(name);
      assert.ok(RecordedConsent.safeParse(made).success);
      assert.deepEqual([made.decision, made.at.slice(0, 10)], [decision, day]);
    });
  }

  it('stand on their last day, and not after it', () => {
    assert.equal(read('signature', '2016-10-10').decision, 'accepted');
    assert.equal(read('signature', '2016-10-11').decision, 'ended');
  });

  it('say what they are, when, and who gave them', () => {
    const notice = read('signature', '2016-05-26');
    assert.deepEqual([notice.document.kind, notice.at], ['privacy-notice', '2016-05-26T00:41:10-04:00']);
    const given = read('smartonfhir', '2016-06-23');
    assert.deepEqual([given.representativeId, given.at], ['peter', '2016-06-23T03:02:33-04:00']);
    const out = read('Out');
    assert.deepEqual(
      [out.document.kind, out.document.title, out.at],
      ['other', 'The terms of the consent in lawyer speak.', '2015-11-18T00:00:00-05:00'],
    );
  });

  it('are left out where nothing was decided', () => {
    const [{ resource } = assert.fail('There must be one.')] = real;
    for (const status of ['draft', 'proposed', 'entered-in-error'] as const) {
      assert.throws(() => toRecordedConsent({ ...(resource as fhir.Consent), status }, ZONE, '2026-03-02'));
    }
  });
});

it('keeps a long drawing and every character of a text', () => {
  const drawn = `<svg ${'✓'.repeat(60_000)}`;
  const text = 'Sí — 日本 \u{1F600}';
  const document = {
    id: 'd',
    version: '1',
    kind: 'other',
    title: 'T',
    language: 'ja',
    text,
    mandatory: false,
  } as const;
  const decision = {
    acting,
    document: { id: 'd', version: '1' },
    language: 'ja',
    decision: 'accepted',
    signature: { drawn },
    station: kiosk,
    at,
  } as const;
  const read = toRecordedConsent({ ...fromDecision(decision, document, 'k', ZONE), id: 'c' }, ZONE, '2026-03-02');
  assert.deepEqual(read.signature, { drawn });
  assert.deepEqual(read.document, document);
});
