import type { QuestionnaireResponse, Task } from '@medplum/fhirtypes';
import type { Page } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import {
  type Adapter,
  adapters,
  type Booking,
  confirm,
  type Language,
  open,
  openBooking,
  referenceOn,
  toDay,
} from './booking.ts';
import { clinicOf, fhirOf } from './clinic.ts';
import { expect, test } from './demo.ts';
import { languages } from './forms.ts';

const spoken = Object.keys(languages) as Language[];

/** The words of the triage that the test goes by. */
const triage = {
  en: {
    first: 'First, is this an emergency?',
    none: 'None of these',
    breath: 'It is hard to breathe',
    belly: 'Belly pain that is strong or gets worse',
    selfHarm: /^Are you thinking about hurting yourself/,
    today: 'Do you need to be seen today?',
    visit: 'What is the visit for?',
    checkUp: 'A regular check-up',
    isNew: /^A new problem/,
    refill: /^A new prescription/,
    worse: /^Is it getting worse/,
    call911: /Do not wait for an appointment/,
    chooseNow: /^You can choose a time now/,
  },
  es: {
    first: 'Primero, ¿es una emergencia?',
    none: 'Nada de esto',
    breath: 'Le cuesta respirar',
    belly: 'Dolor de barriga fuerte o que empeora',
    selfHarm: /^¿Está pensando en hacerse daño/,
    today: '¿Necesita que le vean hoy?',
    visit: '¿Para qué es la visita?',
    checkUp: 'Un chequeo de rutina',
    isNew: /^Un problema nuevo/,
    refill: /^Otra receta/,
    worse: /^¿Empeora de un día a otro/,
    call911: /No espere una cita/,
    chooseNow: /^Ya puede elegir una hora/,
  },
} as const;

/** What asks before times are shown. */
interface Asked extends Booking {
  readonly words: (typeof triage)[Language];
  readonly form: (typeof languages)[Language];
}

/** Chooses the visit that is asked about first. */
async function toTriage(
  page: Page,
  opening: { adapter?: Adapter; language?: Language; also?: string } = {},
): Promise<Asked> {
  const { language = 'en' } = opening;
  const booking = await openBooking(page, opening);
  await booking.button(/^New health problem/).click();
  await expect(booking.heading(triage[language].first)).toBeFocused();
  return { ...booking, words: triage[language], form: languages[language] };
}

/** Says that there is no emergency. */
async function noEmergency(page: Page, { words, form, button, heading }: Asked): Promise<void> {
  await page.getByRole('checkbox', { name: words.none }).check();
  await page.getByRole('group', { name: words.selfHarm }).getByRole('radio', { name: form.no }).check();
  await button(form.next).click();
  await expect(heading(words.today)).toBeFocused();
}

async function notToday(page: Page, asked: Asked): Promise<void> {
  await noEmergency(page, asked);
  await page.getByRole('checkbox', { name: asked.words.none }).check();
  await asked.button(asked.form.next).click();
  await expect(asked.heading(asked.words.visit)).toBeFocused();
}

/** Says that it is hard to breathe, and that nothing else is wrong. */
async function emergency(page: Page, { words, form, button }: Asked): Promise<void> {
  await page.getByRole('checkbox', { name: words.breath }).check();
  await page.getByRole('group', { name: words.selfHarm }).getByRole('radio', { name: form.no }).check();
  await button(form.next).click();
}

/** That the page shows no time, nor a way to one. */
async function expectNoTimes(page: Page, { days, times, button, text }: Booking): Promise<void> {
  await expect(days).toHaveCount(0);
  await expect(times).toHaveCount(0);
  await expect(button(text.nextMonth)).toHaveCount(0);
  await expect(page.locator('clinic-appointment-picker').getByRole('button')).toHaveCount(0);
}

for (const adapter of adapters) {
  for (const language of spoken) {
    test(`${adapter}, ${language}: who has no sign of danger goes on to the times, and books`, async ({
      page,
      demo,
    }) => {
      const asked = await toTriage(page, { adapter, language });
      const { words, form, button, heading, text } = asked;
      await expect(page.getByText(form.sample)).toBeVisible();
      await notToday(page, asked);
      await page.getByRole('radio', { name: words.checkUp }).check();
      await button(form.next).click();
      await expect(heading(text.chooseTime)).toBeFocused();
      await expect(page.getByText(words.chooseNow)).toBeVisible();
      expect(await violationsOf(page)).toEqual([]);

      await toDay(asked);
      await asked.times.first().click();
      await confirm(asked);
      const clinic = clinicOf(page, adapter, demo);
      const appointment = await clinic.getAppointment('p-rosa', await referenceOn(page));
      expect(appointment).toMatchObject({ status: 'booked', visitType: { id: 'new-problem' } });
      const [review, ...others] = await clinic.attentionTo('p-rosa');
      expect(others).toEqual([]);
      expect(review).toMatchObject({ kind: 'review', priority: 'routine', formId: 'triage-new-problem' });
      const response = await clinic.getResponse('p-rosa', review!.responseId!);
      expect(response).toMatchObject({ outcome: 'booking', language });
    });

    test(`${adapter}, ${language}: a sign of danger ends in “call 911”, and in no time whatever is tried`, async ({
      page,
      demo,
    }) => {
      const asked = await toTriage(page, { adapter, language });
      const { words, form, heading } = asked;
      await emergency(page, asked);
      await expect(heading(form.emergency)).toBeFocused();
      await expect(page.getByRole('link', { name: form.callEmergency })).toHaveAttribute('href', 'tel:911');
      await expect(page.getByText(words.call911)).toBeVisible();
      await expectNoTimes(page, asked);
      expect(await violationsOf(page)).toEqual([]);

      const clinic = clinicOf(page, adapter, demo);
      await expect.poll(() => clinic.attentionTo('p-rosa')).toHaveLength(1);
      const [review] = await clinic.attentionTo('p-rosa');
      expect(review).toMatchObject({ kind: 'review', priority: 'stat', formId: 'triage-new-problem' });
      if (adapter === 'fhir') {
        const fhir = fhirOf(demo);
        const task = await fhir.read<Task>(`Task/${review!.id}`);
        const response = await fhir.read<QuestionnaireResponse>(task.focus?.reference);
        const outcome = { url: 'urn:clinic-widgets:triage-outcome', valueCode: 'emergency' };
        expect(response.extension).toContainEqual(outcome);
      }

      // The page may ask for another visit, or the same; the patient may read another language.
      for (const visit of ['check-up', 'new-problem', '']) {
        await page
          .locator('clinic-appointment-picker')
          .evaluate((picker, id) => picker.setAttribute('visit-type-id', id), visit);
        await expect(heading(form.emergency)).toBeVisible({ visible: visit !== '' });
      }
      await asked.button(/^Check-up/).click();
      await expect(heading(form.emergency)).toBeFocused();
      await expectNoTimes(page, asked);
      const other = language === 'en' ? 'es' : 'en';
      await page.getByRole('link', { name: { en: 'English', es: 'Español' }[other] }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', other);
      await expect(page.getByRole('link', { name: /911/ })).toBeVisible();
      await expectNoTimes(page, asked);
    });
  }

  test(`${adapter}: who gets worse is called by a nurse, and is shown no times`, async ({ page, demo }) => {
    const asked = await toTriage(page, { adapter });
    await notToday(page, asked);
    await page.getByRole('radio', { name: asked.words.isNew }).check();
    await page.getByRole('group', { name: asked.words.worse }).getByRole('radio', { name: asked.form.yes }).check();
    await asked.button(asked.form.next).click();
    await expect(page.getByText('A nurse should talk with you first.')).toBeVisible();
    await expect(asked.days).toHaveCount(0);
    await expect(asked.times).toHaveCount(0);
    const attention = await clinicOf(page, adapter, demo).attentionTo('p-rosa');
    expect(attention).toMatchObject([{ kind: 'review', priority: 'urgent', formId: 'triage-new-problem' }]);
  });

  test(`${adapter}: a prescription is talked about by video, unless the patient would rather come`, async ({
    page,
  }) => {
    const asked = await toTriage(page, { adapter });
    await notToday(page, asked);
    await page.getByRole('radio', { name: asked.words.refill }).check();
    await asked.button(asked.form.next).click();
    await expect(asked.heading(asked.text.chooseTime)).toBeFocused();
    await expect(page.getByText('This can be done by video, from home.')).toBeVisible();
    await expect(page.getByRole('radio', { name: asked.text.modes.video })).toBeChecked();
  });
}

test('who must be seen today is shown the times of today, and no others', async ({ page }) => {
  // A Monday morning at the clinic.
  await page.clock.setFixedTime('2026-03-02T13:00:00Z');
  const asked = await toTriage(page);
  await noEmergency(page, asked);
  await page.getByRole('checkbox', { name: asked.words.belly }).check();
  await asked.button(asked.form.next).click();
  await expect(asked.heading(asked.text.chooseTime)).toBeFocused();
  await expect(page.getByText('You should be seen today. Call us at (269) 555-0142.')).toBeVisible();
  const free = asked.button(/\d times? free$/);
  await expect(free).toHaveCount(1);
  await expect(free).toHaveAccessibleName(/^Monday, March 2/);
  await free.click();
  await asked.times.first().click();
  await confirm(asked);
  await expect(page.locator('clinic-appointment-picker')).toContainText('March 2');
});

test('at the clinic an emergency is told to staff, and the patient to tell them', async ({ page, demo }) => {
  const asked = await toTriage(page, { adapter: 'rest', also: '&on-site' });
  await emergency(page, asked);
  await expect(page.getByText(asked.form.tellStaff)).toBeVisible();
  await expect(page.getByRole('link', { name: asked.form.callEmergency })).toHaveCount(0);
  await expect(page.getByText(asked.form.alerted)).toBeVisible();
  await expectNoTimes(page, asked);
  const attention = await clinicOf(page, 'rest', demo).attentionTo('p-rosa');
  expect(attention).toContainEqual(expect.objectContaining({ kind: 'alert', priority: 'stat' }));
});

test('at the clinic an emergency that staff cannot be told of is said to have NOT reached them', async ({ page }) => {
  await page.route('**/rest/{raiseAlert,submitForm}', (route) => route.abort());
  const asked = await toTriage(page, { adapter: 'rest', also: '&on-site' });
  await emergency(page, asked);
  await expect(page.getByRole('alert').filter({ hasText: 'This has NOT reached staff.' })).toBeVisible();
  await expect(asked.days).toHaveCount(0);
});

test('thinking of ending one’s life is an emergency too, with 988', async ({ page }) => {
  const asked = await toTriage(page);
  await page.getByRole('checkbox', { name: asked.words.none }).check();
  await page.getByRole('group', { name: asked.words.selfHarm }).getByRole('radio', { name: asked.form.yes }).check();
  await asked.button(asked.form.next).click();
  await expect(asked.heading(asked.form.emergency)).toBeFocused();
  await expect(page.getByText('Call or text 988')).toBeVisible();
  await expectNoTimes(page, asked);
});

test('a later answer of no, going back and another tick lead away from no emergency', async ({ page }) => {
  const asked = await toTriage(page);
  const { words, form, button, heading } = asked;
  await notToday(page, asked);
  // Back to the first page, to say what was not said.
  await button(form.back).click();
  await expect(heading(words.today)).toBeFocused();
  await button(form.back).click();
  await expect(heading(words.first)).toBeFocused();
  await page.getByRole('checkbox', { name: words.breath }).check();
  await expect(page.getByRole('checkbox', { name: words.none })).not.toBeChecked();
  await button(form.next).click();
  await expect(heading(form.emergency)).toBeFocused();
  await expectNoTimes(page, asked);
  // Nothing is left of the page to go back to.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(asked.times).toHaveCount(0);
});

test('an emergency of the mother stops her booking, not that of her son', async ({ page }) => {
  const booking = await open(page, '/book.html');
  const form = languages.en;
  await booking.button(/^New health problem/).click();
  const asked: Asked = { ...booking, words: triage.en, form };
  await emergency(page, asked);
  await expect(booking.heading(form.emergency)).toBeFocused();
  const picker = page.locator('clinic-appointment-picker');
  await picker.evaluate((one) => one.setAttribute('from', '2026-01-01'));
  await booking.button(/^Nurse visit/).click();
  await expect(booking.heading(form.emergency)).toBeFocused();
  await picker.evaluate((one) => one.setAttribute('from', ''));
  await page.getByRole('radio', { name: 'Mateo Delgado' }).check();
  await booking.button(/^Nurse visit/).click();
  await expect(booking.heading(booking.text.chooseTime)).toBeVisible();
});

for (const moment of ['before the answers reach the clinic', 'before the receipt is back'] as const) {
  test(`the network goes ${moment}, and the triage goes on with the same answers when it is back`, async ({
    page,
    demo,
  }) => {
    const asked = await toTriage(page, { adapter: 'rest' });
    const { words, form, button, heading, text } = asked;
    await notToday(page, asked);
    await page.getByRole('radio', { name: words.checkUp }).check();
    await page.route('**/rest/submitForm', async (route) => {
      if (moment === 'before the receipt is back') await route.fetch();
      return route.abort();
    });
    await button(form.next).click();
    await expect(heading(text.failed)).toBeVisible();
    await page.unroute('**/rest/submitForm');
    await button(text.retry).click();
    await expect(heading(text.chooseTime)).toBeVisible();
    expect(await clinicOf(page, 'rest', demo).attentionTo('p-rosa')).toHaveLength(1);
  });
}

test('questions that cannot be fetched keep the times away, and are asked when they can', async ({ page }) => {
  await page.route('**/rest/getForm', (route) => route.abort());
  const booking = await openBooking(page, { adapter: 'rest' });
  await booking.button(/^New health problem/).click();
  await expect(booking.heading(booking.text.failed)).toBeVisible();
  await expect(booking.days).toHaveCount(0);
  await page.unroute('**/rest/getForm');
  await booking.button(booking.text.retry).click();
  await expect(booking.heading(triage.en.first)).toBeVisible();
});
