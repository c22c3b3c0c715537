import type { QuestionnaireResponse, Task } from '@medplum/fhirtypes';
import type { Attention, ResponseItem, Value } from '@clinic-widgets/core';
import type { Page, Request, Route } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import { adapters, type Language, open } from './booking.ts';
import { clinicOf, fhirOf } from './clinic.ts';
import { type Demo, expect, test } from './demo.ts';
import { answerAll, type FormPage, languages, openForm, openForms, responseOn } from './forms.ts';

const spoken = Object.keys(languages) as Language[];

/** The words of the intake that the test goes by. */
const intake = {
  en: {
    title: 'About you and your visit',
    first: 'How we reach you',
    byText: 'By text message',
    language: /^Which language/,
    found: 'Korean',
    problem: 'Why you are coming',
    reason: /^What brings you to us/,
    since: /^When did it start/,
    tried: 'Rest',
    medicines: 'Your medicines',
    takes: /^Do you take any medicines/,
    medicine: /^Its name/,
    another: /^Add another: A medicine/,
    dose: /^How much at a time/,
    allergies: 'Your allergies',
    allergic: /^Has a medicine, a food/,
    health: 'Your health',
    papers: 'Papers for us',
    letter: 'Choose a file or take a photo',
  },
  es: {
    title: 'Sobre usted y su visita',
    first: 'Cómo comunicarnos con usted',
    byText: 'Por mensaje de texto',
    language: /^¿En qué idioma/,
    found: 'Coreano',
    problem: 'Por qué viene',
    reason: /^¿Por qué viene a vernos/,
    since: /^¿Cuándo empezó/,
    tried: 'Descanso',
    medicines: 'Sus medicinas',
    takes: /^¿Toma medicinas/,
    medicine: /^Su nombre/,
    another: /^Agregar más: Una medicina/,
    dose: /^¿Cuánto cada vez/,
    allergies: 'Sus alergias',
    allergic: /^¿Alguna vez una medicina/,
    health: 'Su salud',
    papers: 'Papeles para nosotros',
    letter: 'Elija un archivo o tome una foto',
  },
} as const;

for (const adapter of adapters) {
  for (const language of spoken) {
    test(`${adapter}, ${language}: an intake that waits is filled in and handed in`, async ({ page, demo }) => {
      const words = intake[language];
      const form = await openForms(page, { adapter, language });
      const { text, heading, button, question, field } = form;
      await expect(heading(text.forms)).toBeVisible();
      const clinic = clinicOf(page, adapter, demo);
      const waiting = await clinic.formsOf('p-rosa');
      // The first is for today's visit, the last for next week's.
      await button(new RegExp(words.title)).last().click();
      await expect(heading(words.first)).toBeFocused();

      await page.getByRole('radio', { name: words.byText }).check();
      await page.getByRole('searchbox', { name: words.language }).fill(words.found.slice(0, 3));
      await button(words.found).click();
      await form.next(words.problem);
      await field(words.reason).fill('My knee hurts <b>a lot</b>.');
      await question(words.since).getByLabel(text.year).fill('2025');
      await page.getByRole('checkbox', { name: words.tried, exact: true }).check();
      await form.next(words.medicines);
      await question(words.takes).getByRole('radio', { name: text.yes }).check();
      await field(words.medicine).fill('Ibuprofen');
      await page.getByRole('textbox', { name: words.dose }).fill('400');
      await button(words.another).click();
      await field(words.medicine).last().fill('Aspirin');
      await form.next(words.allergies);
      await question(words.allergic).getByRole('radio', { name: text.no }).check();
      await form.next(words.health);
      await form.next(words.papers);
      const choosing = page.waitForEvent('filechooser');
      await button(words.letter).click();
      await (await choosing).setFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
      await expect(page.getByText(text.chosen('letter.pdf'))).toBeVisible();
      await form.next(text.review);
      expect(await violationsOf(page)).toEqual([]);

      // What was looked through can be changed.
      await button(text.change(words.problem)).click();
      await field(words.reason).fill('My left knee hurts.');
      while (await button(text.next).isVisible()) await button(text.next).click();
      await form.send();

      const responseId = await responseOn(page);
      const response = await clinic.getResponse('p-rosa', responseId);
      expect(response).toMatchObject({ form: { id: 'intake' }, language, appointmentId: 'a-rosa-coming' });
      const answers = answersIn(response.items);
      expect(answers['reason']).toEqual([{ string: 'My left knee hurts.' }]);
      expect(answers['since']).toEqual([{ date: '2025' }]);
      expect(answers['language']).toMatchObject([{ coding: { code: 'ko' } }]);
      expect(answers['medicine-name']).toEqual([{ string: 'Ibuprofen' }, { string: 'Aspirin' }]);
      expect(answers['medicine-dose']).toMatchObject([{ quantity: { value: 400, code: 'mg' } }]);
      expect(answers['letter']).toMatchObject([
        { attachment: { title: 'letter.pdf', contentType: 'application/pdf' } },
      ]);
      expect(answers).not.toHaveProperty('allergy-to');
      expect(await clinic.formsOf('p-rosa')).toHaveLength(waiting.length - 1);
      const attention = await clinic.attentionTo('p-rosa');
      expect(attention).toMatchObject([{ kind: 'review', priority: 'routine', responseId, formId: 'intake' }]);
    });
  }

  test(`${adapter}: one “yes” and one “not sure” of the MRI check-list make its review urgent`, async ({
    page,
    demo,
  }) => {
    const form = await openForm(page, 'mri-safety', { adapter });
    const { text, question } = form;
    await expect(page.getByText(text.sample)).toBeVisible();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
    await answerAll(page, form, text.no);
    await form
      .button(new RegExp(`^${text.change('Metal in your body')}`))
      .first()
      .click();
    await question(/ground, welded or cut metal/)
      .getByRole('radio', { name: text.notSure })
      .check();
    await question(/metal ever got into your eye/)
      .getByRole('radio', { name: text.yes })
      .check();
    while (await form.button(text.next).isVisible()) await form.button(text.next).click();
    await form.send();
    await expect(page.getByText(text.sentSafety)).toBeVisible();

    const responseId = await responseOn(page);
    const clinic = clinicOf(page, adapter, demo);
    const answers = answersIn((await clinic.getResponse('p-rosa', responseId)).items);
    expect(answers).toMatchObject({ 'metal-work': [{ unknown: true }], 'eye-metal': [{ boolean: true }] });
    const attention = await clinic.attentionTo('p-rosa');
    expect(attention).toMatchObject([{ kind: 'review', priority: 'urgent', responseId, formId: 'mri-safety' }]);
    if (adapter === 'fhir') await expectReview(demo, attention, 'urgent');
  });

  test(`${adapter}: an MRI check-list with nothing but “no” is reviewed all the same`, async ({ page, demo }) => {
    const form = await openForm(page, 'mri-safety', { adapter });
    await answerAll(page, form, form.text.no);
    await form.send();
    // Answers never clear anyone.
    await expect(page.getByText(form.text.sentSafety)).toBeVisible();
    const attention = await clinicOf(page, adapter, demo).attentionTo('p-rosa');
    expect(attention).toMatchObject([{ kind: 'review', priority: 'routine', formId: 'mri-safety' }]);
    if (adapter === 'fhir') await expectReview(demo, attention, 'routine');
  });

  for (const language of spoken) {
    test(`${adapter}, ${language}: staff hear of the last question of the PHQ-9 as soon as it is answered`, async ({
      page,
      demo,
    }) => {
      const form = await openForm(page, 'phq-9', { adapter, language });
      await toSelfHarm(page, form);
      await expect(page.getByRole('link', { name: form.text.callCrisis })).toHaveCount(0);
      await chooseSecond(form, language);

      await expect(page.getByText(form.text.alerted)).toBeVisible();
      const help = page.getByRole('region', { name: form.text.crisis });
      await expect(help.getByRole('link', { name: form.text.callCrisis })).toHaveAttribute('href', 'tel:988');
      await expect(help).toContainText('988');
      expect(await violationsOf(page)).toEqual([]);
      const alert = { kind: 'alert', priority: 'stat', formId: 'phq-9', linkId: '44260-8', patientId: 'p-rosa' };
      const clinic = clinicOf(page, adapter, demo);
      expect(await clinic.attentionTo('p-rosa')).toMatchObject([alert]);

      // The same answer is told once, on whatever page the patient is.
      await form.button(form.text.next).click();
      await form.button(form.text.next).click();
      await expect(page.getByText(form.text.alerted)).toBeVisible();
      await expect(page.getByText(/total|score|puntuación|puntaje/i)).toHaveCount(0);
      await form.send();
      await expect(help).toBeVisible();
      await expect(page.getByText(/total|score|puntuación|puntaje/i)).toHaveCount(0);
      const after = await clinic.attentionTo('p-rosa');
      expect(after).toMatchObject([alert, { kind: 'review', priority: 'urgent' }]);
      const { items } = await clinic.getResponse('p-rosa', await responseOn(page));
      expect(answersIn(items)['44261-6']).toEqual([{ integer: 1 }]);
    });
  }

  test(`${adapter}: a form that is not for representatives is not offered to one`, async ({ page }) => {
    const { text, heading, button } = await openForms(page, {
      adapter,
      patient: 'p-samuel',
      also: '&representative=r-grace',
    });
    await expect(button(/About you and your visit/)).toBeVisible();
    await expect(button(/PHQ-9/)).toHaveCount(0);

    await openForm(page, 'phq-9', { adapter, patient: 'p-samuel', also: '&representative=r-grace' });
    await expect(heading(text.failed)).toBeVisible();
    await expect(page.getByText(text.failures.forbidden)).toBeVisible();
    await expect(button(text.retry)).toHaveCount(0);

    await openForms(page, { adapter, patient: 'p-samuel' });
    await expect(button(/PHQ-9/)).toBeVisible();
  });
}

/** Where each adapter reaches the clinic, and where it sends answers and alerts. */
const ways = {
  rest: { clinic: '**/rest/*', answers: /\/rest\/submitForm$/, alerts: /\/rest\/raiseAlert$/ },
  fhir: { clinic: '**/fhir/R4/**', answers: /\/R4\/QuestionnaireResponse$/, alerts: /\/R4\/Task$/ },
} as const;

test('rest: an answer that an arrow key has just brought is told although the page is left at once', async ({
  page,
  demo,
}) => {
  const form = await openForm(page, 'phq-9', { adapter: 'rest' });
  await toSelfHarm(page, form);
  const options = form.question(/^9\./).getByRole('radio');
  await options.first().focus();
  for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press('ArrowDown');
  await expect(options.nth(2)).toBeChecked();
  expect(await clinicOf(page, 'rest', demo).attentionTo('p-rosa')).toEqual([]);
  await page.goto('/');
  await expect
    .poll(() => clinicOf(page, 'rest', demo).attentionTo('p-rosa'))
    .toMatchObject([{ kind: 'alert', priority: 'stat', linkId: '44260-8' }]);
});

for (const adapter of ['rest', 'fhir'] as const) {
  const { clinic: place, answers, alerts } = ways[adapter];
  const isTo = (request: Request, where: RegExp) => request.method() === 'POST' && where.test(request.url());

  test(`${adapter}: the alert stands when the form is left half-way`, async ({ page, demo, context }) => {
    const form = await openForm(page, 'phq-9', { adapter });
    await toSelfHarm(page, form);
    await chooseSecond(form, 'en');
    await expect(page.getByText(form.text.alerted)).toBeVisible();
    await page.close();

    const other = await context.newPage();
    await openForm(other, 'phq-9', { adapter });
    await expect(other.getByRole('radio').first()).toBeVisible();
    const attention = await clinicOf(other, adapter, demo).attentionTo('p-rosa');
    expect(attention).toMatchObject([{ kind: 'alert', priority: 'stat', linkId: '44260-8' }]);
    if (adapter !== 'fhir') return;
    const task = await fhirOf(demo).read<Task>(`Task/${attention[0]!.id}`);
    expect(task).toMatchObject({ status: 'requested', priority: 'stat', for: { reference: 'Patient/p-rosa' } });
    const said = task.input?.map(({ valueString, valueCoding }) => valueString ?? valueCoding?.code);
    expect(said).toEqual(['44260-8', 'LA6569-3']);
    expect(await fhirOf(demo).search<QuestionnaireResponse>('QuestionnaireResponse')).toEqual([]);
  });

  test(`${adapter}: an alert that does not get through is said to have NOT reached staff, until it has`, async ({
    page,
    demo,
  }) => {
    const form = await openForm(page, 'phq-9', { adapter });
    const { text, button } = form;
    await toSelfHarm(page, form);
    await page.route(place, (route) => (isTo(route.request(), alerts) ? route.abort() : route.continue()));
    await chooseSecond(form, 'en');
    const alert = page.getByRole('alert').filter({ hasText: text.notReached });
    await expect(alert).toContainText('This has NOT reached staff.');
    await expect(alert).toContainText('(269) 555-0142');
    await expect(page.getByRole('link', { name: text.callCrisis })).toBeVisible();
    // It is said on every page from then on.
    await button(text.next).click();
    await expect(alert).toBeVisible();

    await page.unroute(place);
    await button(text.retry).click();
    await expect(page.getByText(text.alerted)).toBeVisible();
    await expect(alert).toHaveCount(0);
    expect(await clinicOf(page, adapter, demo).attentionTo('p-rosa')).toMatchObject([{ kind: 'alert' }]);
  });

  for (const moment of ['before the answers reach the clinic', 'before the receipt is back'] as const) {
    test(`${adapter}: the network goes ${moment}, and trying again hands in once`, async ({ page, demo }) => {
      const form = await openForm(page, 'phq-9', { adapter });
      const { text, button, heading } = form;
      await answerAll(page, form, 'Not at all');
      let gone = false;
      await page.route(place, async (route: Route) => {
        if (!gone && !isTo(route.request(), answers)) return route.continue();
        if (!gone && moment === 'before the receipt is back') await route.fetch();
        gone = true;
        return route.abort('internetdisconnected');
      });
      await button(text.send).click();
      await expect(heading(text.failed)).toBeVisible();
      await expect(page.getByText(text.failures.unavailable)).toBeVisible();
      await expect(page.getByText(text.nothingLost)).toBeVisible();
      await expect(page.getByText(text.uncertain)).toBeVisible();
      await expect(button(text.back)).toHaveCount(0);

      await page.unroute(place);
      await button(text.retry).click();
      await expect(heading(text.sent)).toBeVisible();
      const reviews = await clinicOf(page, adapter, demo).attentionTo('p-rosa');
      expect(reviews).toMatchObject([{ kind: 'review', responseId: await responseOn(page) }]);
      if (adapter !== 'fhir') return;
      expect(await fhirOf(demo).search<QuestionnaireResponse>('QuestionnaireResponse')).toHaveLength(1);
      expect(await fhirOf(demo).search<Task>('Task?code=urn:clinic-widgets:attention|review')).toHaveLength(1);
    });
  }

  test(`${adapter}: an answer that the clinic refuses is shown where it was given`, async ({ page }) => {
    const form = await openForm(page, 'phq-9', { adapter });
    const { text, button, heading, question } = form;
    await answerAll(page, form, 'Several days');
    await page.route(place, (route) =>
      isTo(route.request(), answers) ? route.fulfill(refusal[adapter]) : route.continue(),
    );
    await button(text.send).click();
    const problem = page.getByRole('group', { name: text.problem });
    await expect(problem).toBeFocused();
    await expect(problem).toContainText(text.troubles.refused());
    await expect(question(/Trouble falling or staying asleep/)).toContainText(text.troubles.refused());
    await problem.getByRole('link').click();
    await expect(question(/Trouble falling/).getByRole('radio', { checked: true })).toBeFocused();
    await question(/Trouble falling/)
      .getByRole('radio', { name: 'Not at all' })
      .check();
    await expect(page.getByText(text.troubles.refused())).toHaveCount(0);

    await page.unroute(place);
    while (await button(text.next).isVisible()) await button(text.next).click();
    await form.send();
    await expect(heading(text.sent)).toBeVisible();
  });
}

/** The third problem of the PHQ-9 is what each server finds wrong. */
const refusal = {
  rest: {
    status: 422,
    json: { code: 'invalid', misfits: [{ path: ['items', 0, 'items', 2, 'answers', 0, 'value'] }] },
  },
  fhir: {
    status: 422,
    headers: { 'access-control-allow-origin': '*' },
    json: {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'value',
          expression: ['QuestionnaireResponse.item[0].item[2].answer[0].valueCoding'],
        },
      ],
    },
  },
} as const;

test('one question a page, where the page wants it so', async ({ page }) => {
  const form = await openForm(page, 'phq-9', { also: '&paging=question' });
  await expect(page.getByText(form.text.page(1, 10))).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(4);
  await answerAll(page, form, 'Not at all');
  await form.send();
});

test('answers that were not sent survive a reload of the portal, and are gone once sent', async ({ page }) => {
  const form = await openForms(page, { adapter: 'rest' });
  const { text, button, question } = form;
  await button(/PHQ-9/).click();
  await question(/Little interest/)
    .getByRole('radio', { name: 'Several days' })
    .check();
  await expect.poll(() => draftsIn(page)).toHaveLength(1);

  await page.reload();
  await button(/PHQ-9/).click();
  await expect(page.getByText(text.kept)).toBeVisible();
  await expect(question(/Little interest/).getByRole('radio', { name: 'Several days' })).toBeChecked();
  await button(text.startAgain).click();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);

  await answerAll(page, form, 'Not at all');
  await form.send();
  expect(await draftsIn(page)).toEqual([]);
});

test('another language loses neither an answer nor the word that staff were not reached', async ({ page }) => {
  await page.route('**/rest/raiseAlert', (route) => route.abort());
  const form = await openForms(page, { adapter: 'rest' });
  await form.button(/PHQ-9/).click();
  await toSelfHarm(page, form);
  await chooseSecond(form, 'en');
  await expect(page.getByText(form.text.notReached)).toBeVisible();

  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.getByText(languages.es.notReached)).toBeVisible();
  await expect(form.question(/^9\./).getByRole('radio', { name: 'Varios días' })).toBeChecked();
  await form.button(languages.es.back).click();
  await expect(page.getByRole('radio', { name: 'Ningún día', checked: true }).first()).toBeVisible();
  await page.unroute('**/rest/raiseAlert');
  await form.button(languages.es.retry).click();
  await expect(page.getByText(languages.es.alerted)).toBeVisible();
});

test('at the clinic nothing is kept on the device', async ({ page }) => {
  const { button, question } = await openForms(page, { also: '&on-site' });
  await button(/PHQ-9/).click();
  await question(/Little interest/)
    .getByRole('radio', { name: 'Several days' })
    .check();
  await expect(page.getByText('stays on this device')).toHaveCount(0);
  await page.goto('/');
  expect(await draftsIn(page)).toEqual([]);
});

test('a mother sees what waits for her son under his name', async ({ page }) => {
  const booking = await open(page, '/forms.html');
  const whose = page.getByRole('navigation', { name: 'Whose forms' });
  await expect(whose.getByRole('link', { name: 'Rosa Delgado' })).toHaveAttribute('aria-current', 'true');
  await expect(booking.button(/PHQ-9/)).toBeVisible();
  await whose.getByRole('link', { name: 'Mateo Delgado' }).click();
  await expect(page).toHaveURL(/for=p-mateo/);
  await expect(whose.getByRole('link', { name: 'Mateo Delgado' })).toHaveAttribute('aria-current', 'true');
  await expect(page.getByText('There is nothing to fill in right now.')).toBeVisible();
});

test('Home says how many forms wait, and one fewer when one was sent', async ({ page }) => {
  const form = await openForms(page, { also: '' });
  await page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: 'Home' }).click();
  const waiting = page.getByRole('link', { name: /^Fill in \d+ forms$/ });
  const count = Number(/\d+/.exec((await waiting.textContent())!));
  await waiting.click();
  await form.button(/PHQ-9/).click();
  await answerAll(page, form, 'Not at all');
  await form.send();
  await expect(page.locator('.note')).toContainText('Your portal has taken note that it is sent. Reference:');
  await page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: 'Home' }).click();
  await expect(page.getByRole('link', { name: new RegExp(`^Fill in ${count - 1} forms?$`) })).toBeVisible();
});

test('a Questionnaire of one’s own is put on the FHIR server and shown', async ({ page }) => {
  const item = [
    { linkId: 'tea', type: 'boolean', text: 'Do you drink tea?' },
    {
      linkId: 'how',
      type: 'group',
      text: 'How',
      enableWhen: [{ question: 'coffee', operator: 'exists', answerBoolean: true }],
      item: [{ linkId: 'cups', type: 'integer', text: 'How many cups?' }],
    },
  ];
  const questionnaire = { resourceType: 'Questionnaire', status: 'draft', title: 'Tea', item };
  const { heading, button, question, text } = await openForm(page, '');
  const choose = (json: object) =>
    page.getByLabel('A FHIR R4 Questionnaire of your own').setInputFiles({
      name: 'tea.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(json)),
    });
  await choose({ ...questionnaire, status: 'hot' });
  await expect(page.getByRole('alert')).toContainText('Questionnaire.status');

  await choose(questionnaire);
  await expect(heading('Tea')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'condition: how' })).toBeVisible();
  await question('Do you drink tea?').getByRole('radio', { name: text.yes }).check();
  await button(text.next).click();
  await button(text.next).click();
  await button(text.send).click();
  await expect(heading(text.sent)).toBeVisible();
  const stored = await (await fetch((await page.locator('a.reference').getAttribute('href'))!)).json();
  expect(stored).toMatchObject({ item: [{ linkId: 'tea', answer: [{ valueBoolean: true }] }] });
});

const draftsIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('clinic-form')));

/** Answers the PHQ-9 with its first answer up to the last question. */
async function toSelfHarm(page: Page, { text, button, question }: FormPage): Promise<void> {
  const last = question(/^9\./);
  for (;;) {
    await expect(page.getByRole('radio').first()).toBeVisible();
    for (const group of await page
      .getByRole('group')
      .filter({ has: page.locator('legend') })
      .all()) {
      await group.getByRole('radio').first().check();
    }
    if (await last.isVisible()) return;
    await button(text.next).click();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  }
}

/** “Several days”, where it is asked about wanting to die. */
const chooseSecond = ({ question }: FormPage, language: Language): Promise<void> =>
  question(/^9\./)
    .getByRole('radio', { name: { en: 'Several days', es: 'Varios días' }[language] })
    .check();

/** The values of a response, by the name of the question. */
function answersIn(items: readonly ResponseItem[], into: Record<string, Value[]> = {}): Record<string, Value[]> {
  for (const { linkId, answers = [], items: inner = [] } of items) {
    for (const answer of answers) {
      (into[linkId] ??= []).push(answer.value);
      answersIn(answer.items ?? [], into);
    }
    answersIn(inner, into);
  }
  return into;
}

/** What staff have on the FHIR server: a Task for the review, which says nothing of the answers, and a valid response. */
async function expectReview(demo: Demo, [review]: readonly Attention[], priority: string): Promise<void> {
  const fhir = fhirOf(demo);
  const task = await fhir.read<Task>(`Task/${review!.id}`);
  expect(task).toMatchObject({ status: 'requested', intent: 'order', priority, for: { reference: 'Patient/p-rosa' } });
  const response = await fhir.read<QuestionnaireResponse>(task.focus?.reference);
  expect(response).toMatchObject({ status: 'completed', language: 'en', subject: { reference: 'Patient/p-rosa' } });
  expect(response.questionnaire).toBe('https://harbor.example/Questionnaire/mri-safety|2026-02');
  expect(JSON.stringify(task)).not.toContain('eye-metal');
}
