import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';
import { Form, FormResponse } from '@clinic-widgets/core/forms.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import { missingData, sharedData } from '../../../test/fhir-server/shared-data.ts';
import { validate } from '../../../test/fhir-server/validation.ts';
import { answersTo } from '../test/generated-patient.ts';
import { ensureValid } from '../test/harbor-server.ts';
import { ZONE } from '../test/mappings.ts';
import { fhirAdapter } from './fhir-adapter.ts';
import { needsOf } from './expressions.ts';
import { toForm } from './questionnaires.ts';
import { toResponse } from './responses.ts';

await loadTemporal();
const missing = missingData();
const skip = missing ?? false;
const all = missing ? [] : [...sharedData()];
const of = <R extends fhir.FhirResource>(type: R['resourceType']) =>
  all
    .filter(({ resource }) => resource.resourceType === type)
    .map(({ file, resource }) => ({ file, resource: resource as R }));

const questionnaires = of<fhir.Questionnaire>('Questionnaire');

/** What is reported of each file; of all others, nothing. */
const PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  // Two searches that are about the sender, not the patient.
  'Questionnaire-QuestionnaireRadiologyOrder.json': ['expression sender.author', 'expression sender.author'],
  // The total is reckoned in CQL.
  'Questionnaire-phq-9-questionnaire.json': ['expression TotalScore'],
  // Conditions whose answerInteger is a month, and whose answers are empty.
  'enableWhen-test.R4.json': ['Q9c-eq-B', 'Q9c-noteq-B', 'Q9d-eq-B', 'Q9d-noteq-B'].map((id) => `malformed ${id}`),
  // Units besides those listed.
  'quantity-units.json': ['q2', 'q3', 'q6', 'q7'].map((id) => `unsupported ${id}`),
  'q-with-invalid-xhtml.json': ['markup item1'],
  'q-with-rendering-markdown-text-with-invalid-tag.json': ['markup 1.1'],
  'q-with-rendering-xhtml-text-with-invalid-tag.json': ['markup 1.2'],
  'Questionnaire-questionnaire-sdc-test-all-data-types.json': ['markup 9acf93a7-0890-44cd-be48-542defb35223'],
  // Its diseases are looked up at a server of its own.
  'ussg-fhp.json': ['markup /54126-8/54125-0', 'value-set /54114-4/54117-7/54116-9'],
};

const nameOf = (file: string): string => file.replace(/^.*\//, '');

describe('real Questionnaires', { skip }, () => {
  for (const { file, resource } of questionnaires) {
    it(`is a form, and what cannot be used is reported: ${file}`, () => {
      const form = toForm(resource);
      assert.ok(Form.safeParse(form).success);
      assert.ok(form.items.length > 0);
      needsOf(form, resource);
      assert.deepEqual(
        (form.problems ?? []).map(({ reason, linkId }) => `${reason} ${linkId}`),
        PROBLEMS[nameOf(file)] ?? [],
      );
    });
  }

  it('are all that are told of', () => {
    const names = questionnaires.map(({ file }) => nameOf(file));
    assert.deepEqual(
      Object.keys(PROBLEMS).filter((name) => !names.includes(name)),
      [],
    );
  });

  it('screen for depression in three files, and alert staff in those that ask the ninth question', () => {
    const screening = questionnaires.map(({ file, resource }) => ({ file: nameOf(file), form: toForm(resource) }));
    const found = screening.filter(({ form }) => form.purpose === 'screening');
    assert.deepEqual(
      found.map(({ file }) => file),
      ['Questionnaire-phq-9-questionnaire.json', 'phq9.json', 'Questionnaire-phq-9-example.json'],
    );
    for (const { file, form } of found) {
      assert.ok(form.patientOnly);
      const total = form.items.find(({ linkId }) => /44261-6|TotalScore/.test(linkId));
      assert.ok(total?.hidden && total.readOnly && !total.required);
      // It leaves the question about self-harm out.
      if (file === 'Questionnaire-phq-9-questionnaire.json') continue;
      const alerts = form.items.filter(({ flag }) => flag?.alert);
      assert.deepEqual(
        alerts.map(({ flag }) => flag?.unless),
        [[{ coding: { system: 'http://loinc.org', code: 'LA6568-5', display: 'Not at all' } }]],
      );
    }
  });
});

/** Each under an id of its own: some files have none, and some the same one. */
const stored = questionnaires.map(({ file, resource }, index) => ({
  file,
  resource: { ...resource, id: `q${index}` },
}));

describe('real Questionnaires, answered by a generated patient', { skip }, async () => {
  const patient = { resourceType: 'Patient', id: 'generated' };
  const server = await startFhirServer({ seed: [patient] });
  const adapter = fhirAdapter({ baseUrl: server.baseUrl, timeZone: ZONE });

  for (const [index, { file, resource }] of stored.entries()) {
    it(`give responses that are valid, and are read back the same: ${file}`, async (test) => {
      const put = {
        method: 'PUT',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify(resource),
      };
      const created = await fetch(`${server.baseUrl}/Questionnaire/${resource.id}`, put);
      if (!created.ok) {
        const [issue] = validate(resource);
        test.diagnostic(`No valid FHIR, and stored as it is: ${issue?.details?.text} ${issue?.expression?.join()}`);
        await server.seed([resource]);
      }
      const acting = { patientId: 'generated' };
      const form = await adapter.getForm({ acting, formId: resource.id });
      for (const items of fc.sample(answersTo(form), { seed: index + 1, numRuns: 3 })) {
        const { id, version, language } = form;
        const authored = '2026-03-02T09:30:00-05:00';
        const receipt = await adapter.submitForm({ acting, form: { id, version }, language, authored, items });
        const response = await adapter.getResponse({ acting, responseId: receipt.id });
        assert.deepEqual(response, { id: receipt.id, form: { id, version }, language, authored, items });
        const found = await fetch(`${server.baseUrl}/QuestionnaireResponse/${receipt.id}`);
        ensureValid((await found.json()) as fhir.FhirResource);
      }
    });
  }

  it('are each reviewed', async (test) => {
    test.after(() => server.close());
    const { items } = await adapter.findAttention({ limit: 1000 });
    assert.equal(items.length, stored.length * 3);
    const response = await fetch(`${server.baseUrl}/Task?_count=5`);
    const bundle = (await response.json()) as fhir.Bundle;
    ensureValid(...bundle.entry!.map(({ resource }) => resource as fhir.FhirResource));
  });
});

describe('real QuestionnaireResponses', { skip }, () => {
  for (const { file, resource } of of<fhir.QuestionnaireResponse>('QuestionnaireResponse')) {
    it(`are responses with every answer: ${file}`, () => {
      const made = toResponse({ id: 'r', authored: '2026-03-02', ...resource }, { id: 'q', version: '' }, ZONE);
      assert.ok(FormResponse.safeParse(made).success);
      const own = JSON.stringify(resource.item ?? [], (key, value: unknown) =>
        key === 'extension' ? undefined : value,
      );
      const answers = own.match(/"value[A-Z]\w+":/g)?.length ?? 0;
      assert.equal(JSON.stringify(made.items).match(/"value":\{"/g)?.length ?? 0, answers);
    });
  }
});
