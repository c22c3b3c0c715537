import type { Page, Request } from '@playwright/test';
import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type * as fhir from 'fhir/r4.js';
import { toForm } from '../../packages/adapter-fhir/src/questionnaires.ts';
import { elementsOf } from '../../packages/adapter-fhir/src/elements.ts';
import { expectAnswers } from './answers.ts';
import { clinicOf, fhirOf } from './clinic.ts';
import { type Demo, expect, test } from './demo.ts';
import { countWork, fillIn } from './patient.ts';
import { mended, put, questionnaires, valueSetsAt } from './questionnaires.ts';

test.describe.configure({ timeout: 120_000 });

for (const { name, questionnaire } of questionnaires()) {
  test(`${name} is answered by keyboard alone, sent, and read back the same`, async ({ page, demo }) => {
    const fit = mended(questionnaire);
    if (fit.mended.length > 0) console.log(`${name} is not FHIR R4 and was mended:\n  ${fit.mended.join('\n  ')}`);
    for (const valueSet of valueSetsOf(questionnaire)) await put(demo, valueSet);
    await answerAndCompare(page, demo, (await put(demo, fit.resource)) as Questionnaire);
  });
}

for (const id of ['intake', 'mri-safety', 'phq-9']) {
  test(`Harbor Clinic's ${id} is answered by keyboard alone, sent, and read back the same`, async ({ page, demo }) => {
    await answerAndCompare(page, demo, await fhirOf(demo).read<Questionnaire>(`Questionnaire/${id}`));
  });
}

/** Fills in a questionnaire of the FHIR server at the width of a small phone, and holds that the server has what was said. */
async function answerAndCompare(page: Page, demo: Demo, questionnaire: Questionnaire): Promise<void> {
  const sent: Request[] = [];
  page.on('request', (one) => {
    if (one.method() === 'POST' && one.url() === `${demo.fhirBaseUrl}/QuestionnaireResponse`) sent.push(one);
  });
  await countWork(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`/form.html?adapter=fhir&patient=p-samuel&form=${questionnaire.id}`);
  const form = toForm(questionnaire as fhir.Questionnaire);
  const answered = await fillIn(page, form, async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  expect(sent).toHaveLength(1);
  const response = await fhirOf(demo).read<QuestionnaireResponse>(await page.locator('a.reference').innerText());
  expect(response.item).toEqual((sent[0]!.postDataJSON() as QuestionnaireResponse).item);
  const { items } = await clinicOf(page, 'fhir', demo).getResponse('p-samuel', response.id!);
  expectAnswers(form, answered, items);
}

/** The value sets of the data that the questionnaire asks its server for. */
const valueSetsOf = (questionnaire: fhir.Questionnaire): fhir.ValueSet[] =>
  valueSetsAt([...elementsOf(questionnaire)].map(({ answerValueSet }) => String(answerValueSet)));
