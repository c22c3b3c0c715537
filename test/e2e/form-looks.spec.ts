import type { Page } from '@playwright/test';
import { type Language, openBooking } from './booking.ts';
import { expect, test } from './demo.ts';
import { answerAll, type FormPage, languages, openForm, openForms } from './forms.ts';
import { type Look, looker, type Looks } from './picture.ts';
import { put, questionnaires } from './questionnaires.ts';

test.describe.configure({ timeout: 300_000 });

/** A walk through the forms, and the looks in which each step of it is seen. */
const walks: Readonly<Record<string, { readonly also?: string; readonly language?: Language; readonly looks: Looks }>> =
  {
    'from left to right': {
      looks: {
        '320': { width: 320 },
        // As a window of 1280 pixels at 400 %.
        zoomed: { width: 320, height: 256 },
        '1280': { width: 1280 },
        'dark-1280': { width: 1280, theme: 'dark' },
        'forced-1280': { width: 1280, forcedColors: 'active' },
      },
    },
    'from right to left': { also: '&dir=rtl', looks: { 'rtl-320': { width: 320 } } },
    'in Spanish': { language: 'es', looks: { 'es-320': { width: 320 } } },
  };

for (const [name, { also = '', language = 'en', looks }] of Object.entries(walks)) {
  test(`every form fits and can be looked at: ${name}`, async ({ page, demo }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const see = await looker(page, looks);
    const look: Look = (step) => see(`form-${step}`);
    const opening = { language, also };

    const waiting = await openForms(page, opening);
    await expect(waiting.button(/PHQ-9/)).toBeVisible();
    await look('waiting');
    await seeSafety(page, await openForm(page, 'mri-safety', opening), look);
    await seeScreening(page, await openForm(page, 'phq-9', opening), look);
    await seeIntake(page, await openForm(page, 'intake', opening), look);
    await seeTriage(page, opening, look);

    const { questionnaire } = questionnaires().find(({ name }) => name.startsWith('ch-rad-order'))!;
    const { id } = await put(demo, questionnaire);
    await seeLargest(page, await openForm(page, id!, { ...opening, adapter: 'fhir' }), look);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
}

async function seeSafety(page: Page, form: FormPage, look: Look): Promise<void> {
  const { text, button, heading } = form;
  await expect(page.getByRole('radio').first()).toBeVisible();
  await look('safety');
  await button(text.next).click();
  await expect(page.getByRole('group', { name: text.problem })).toBeFocused();
  await look('safety-wrong');
  await page.getByRole('radio', { name: text.yes, exact: true }).first().check();
  await look('safety-yes');
  await answerAll(page, form, text.no);
  await look('safety-review');
  await button(text.send).click();
  await expect(heading(text.sent)).toBeVisible();
  await look('safety-sent');
}

async function seeScreening(page: Page, { text, button, question }: FormPage, look: Look): Promise<void> {
  await expect(page.getByRole('radio').first()).toBeVisible();
  await look('screening');
  for (;;) {
    for (const group of await page
      .getByRole('group')
      .filter({ has: page.locator('legend') })
      .all()) {
      await group.getByRole('radio').nth(1).check();
    }
    if (await question(/^9\./).isVisible()) break;
    await button(text.next).click();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  }
  await expect(page.getByText(text.alerted)).toBeVisible();
  await look('screening-alerted');
}

async function seeIntake(page: Page, { text, button }: FormPage, look: Look): Promise<void> {
  await expect(page.getByRole('radio').first()).toBeVisible();
  await look('intake');
  await button(text.next).click();
  await look('intake-problem');
  await page.getByRole('textbox').first().fill('x');
  await button(text.next).click();
  await page.getByRole('radio', { name: text.yes }).check();
  await page.getByRole('button', { name: text.add('') }).click();
  await look('intake-medicines');
}

async function seeTriage(page: Page, opening: Parameters<typeof openBooking>[1], look: Look): Promise<void> {
  const { button } = await openBooking(page, opening);
  const form = languages[opening!.language!];
  await button(/^New health problem/).click();
  await expect(page.getByRole('checkbox').first()).toBeVisible();
  await look('triage');
  await page.getByRole('checkbox').first().check();
  await button(form.next).click();
  await expect(page.getByRole('link', { name: form.callEmergency })).toBeVisible();
  await look('triage-emergency');
}

async function seeLargest(page: Page, { text, button }: FormPage, look: Look): Promise<void> {
  for (let number = 1; number <= 4; number += 1) {
    await expect(page.getByText(text.page(number, 99).split('99')[0]!)).toBeVisible();
    await look(`largest-${number}`);
    await button(text.next).click();
  }
}
