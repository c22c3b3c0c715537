import type { Page, Request } from '@playwright/test';
import type { FormResponse } from '@clinic-widgets/core/forms.js';
import type * as fhir from 'fhir/r4.js';
import { toForm } from '../../packages/adapter-fhir/src/questionnaires.ts';
import { elementsOf } from '../../packages/adapter-fhir/src/elements.ts';
import { validate } from '../fhir-server/validation.ts';
import { expectAnswers } from './answers.ts';
import { askInPage } from './clinic.ts';
import { expect, test } from './demo.ts';
import { countWork, fillIn } from './patient.ts';
import { mended, put, questionnaires, valueSetsAt } from './questionnaires.ts';

test.describe.configure({ timeout: 120_000 });

for (const { name, questionnaire } of questionnaires()) {
  test(`${name} is answered by keyboard alone, sent, and read back the same`, async ({ page, demo }) => {
    const fit = mended(questionnaire);
    for (const reason of fit.mended) test.info().annotations.push({ type: 'not FHIR R4', description: reason });
    for (const valueSet of valueSetsOf(questionnaire)) await put(demo, valueSet);
    const stored = await put(demo, fit.resource);
    const form = toForm(stored);

    const sent: Request[] = [];
    page.on('request', (one) => {
      if (one.method() === 'POST' && one.url() === `${demo.fhirBaseUrl}/QuestionnaireResponse`) sent.push(one);
    });
    await countWork(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`/form.html?adapter=fhir&patient=p-samuel&form=${stored.id}`);
    const answered = await fillIn(page, form, async () => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });

    expect(sent).toHaveLength(1);
    const response = await responseOn(page);
    expect(validate(response)).toEqual([]);
    expect(response.item).toEqual((sent[0]!.postDataJSON() as fhir.QuestionnaireResponse).item);
    const ask = { acting: { patientId: 'p-samuel' }, responseId: response.id! };
    const { items } = await askInPage(page)<FormResponse>('getResponse', ask);
    expectAnswers(form, answered, items);
  });
}

/** The value sets of the data that the questionnaire asks its server for. */
const valueSetsOf = (questionnaire: fhir.Questionnaire): fhir.ValueSet[] =>
  valueSetsAt([...elementsOf(questionnaire)].map(({ answerValueSet }) => String(answerValueSet)));

/** What the FHIR server has of the answers that the page says it has sent. */
async function responseOn(page: Page): Promise<fhir.QuestionnaireResponse> {
  const address = await page.locator('a.reference').getAttribute('href');
  return (await (await fetch(address!)).json()) as fhir.QuestionnaireResponse;
}
