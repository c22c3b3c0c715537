import type { Page } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import { adapters, confirm, open, openBooking, referenceOn, toTimes } from './booking.ts';
import { clinicOf } from './clinic.ts';
import { expect, test } from './demo.ts';

/** The pages, and what shows that one is there: the clinic's answers come after it has loaded. */
const pages = {
  '/': '.orders',
  '/book.html': '[part~=choices]',
  '/appointments.html': '[part=appointments]',
  '/forms.html': '[part~=choices]',
  '/form.html': '[part~=choices]',
  '/adapter-check.html': 'form',
};

for (const [path, content] of Object.entries(pages)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${path} is accessible in ${colorScheme} colors`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path, { waitUntil: 'networkidle' });
      await expect(page.locator(content).first()).toBeVisible();
      expect(await violationsOf(page)).toEqual([]);
    });
  }
}

test('the portal speaks Spanish throughout, and keeps doing so from page to page', async ({ page }) => {
  await page.goto('/?adapter=rest');
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page).toHaveTitle('Inicio · Harbor Clinic');
  await expect(page.locator('.orders')).toBeVisible();
  // What the clinic itself has named stays in the clinic's language.
  expect(await wordsOf(page)).not.toMatch(/\b(the|you|and|with|call|signed|visit)\b/i);

  await page.getByRole('main').getByRole('link', { name: 'Reservar una cita' }).click();
  await expect(page).toHaveURL(/\/book\.html\?adapter=rest&lang=es$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reservar una cita');
  expect(await wordsOf(page)).not.toMatch(/\b(the|you|and|with|call|signed|visit)\b/i);
  await page.getByRole('navigation').getByRole('link', { name: 'Mis citas' }).click();
  await expect(page).toHaveURL(/\/appointments\.html\?adapter=rest&lang=es$/);
  await expect(page).toHaveTitle('Mis citas · Harbor Clinic');
  expect(await wordsOf(page)).not.toMatch(/\b(the|you|and|with|call|signed|visit)\b/i);
  await page.getByRole('navigation').getByRole('link', { name: 'Formularios' }).click();
  await expect(page).toHaveTitle('Formularios · Harbor Clinic');
  await expect(page.getByRole('heading', { name: 'Formularios por llenar' })).toBeVisible();
  expect(await wordsOf(page)).not.toMatch(/\b(the|you|and|with|call|signed|visit)\b/i);
});

/** All that the portal says, without what the clinic has named. */
const wordsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const body = document.body.cloneNode(true) as HTMLElement;
    body.querySelectorAll('.from-clinic, noscript').forEach((element) => element.remove());
    return body.textContent;
  });

test('the clinic inside the page is the same on every page of the portal', async ({ page, demo }) => {
  const booking = await open(page, '/');
  await page.getByRole('main').getByRole('link', { name: 'Book a visit' }).click();
  await toTimes(booking);
  await booking.times.first().click();
  await confirm(booking);
  const reference = await referenceOn(page);
  await page.getByRole('navigation').getByRole('link', { name: 'My appointments' }).click();
  // One of today's, one to come, and the one that was just booked.
  await expect(booking.appointments).toHaveCount(3);
  await expect(booking.appointments.filter({ hasText: 'Nurse visit' })).toBeVisible();
  const { status } = await clinicOf(page, 'memory', demo).getAppointment('p-rosa', reference);
  expect(status).toBe('booked');
});

test('another page is read from its top, and the way back leads back', async ({ page }) => {
  await open(page, '/');
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText('Welcome, Rosa');
  await page.getByRole('contentinfo').scrollIntoViewIfNeeded();
  await page.getByRole('main').getByRole('link', { name: 'My appointments' }).click();
  await expect(title).toBeFocused();
  await expect(title).toHaveText('My appointments');
  await expect(page).toHaveTitle('My appointments · Harbor Clinic');
  expect(await page.evaluate(() => scrollY)).toBe(0);
  const current = page.getByRole('navigation').locator('[aria-current=page]');
  await expect(current).toHaveText('My appointments');

  await page.goBack();
  await expect(title).toBeFocused();
  await expect(title).toHaveText('Welcome, Rosa');
  await expect(page).toHaveTitle('Home · Harbor Clinic');
  await expect(current).toHaveText('Home');
  await page.goForward();
  await expect(title).toHaveText('My appointments');
});

test('another language starts nothing over', async ({ page }) => {
  const booking = await open(page, '/book.html');
  await toTimes(booking);
  await booking.times.first().click();
  await page.getByLabel(booking.text.reason).fill('A cut on the hand');
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reservar una cita');
  await expect(page.getByLabel(/^¿Qué debemos saber/)).toHaveValue('A cut on the hand');
  await page.getByRole('button', { name: 'Reservar esta hora' }).click();
  await expect(page.locator('.note')).toContainText('Guardado en su portal. Referencia: ');
});

test('a page of the portal opens in a window of its own where that is asked for', async ({ page, context }) => {
  await open(page, '/');
  const opening = context.waitForEvent('page');
  await page
    .getByRole('navigation')
    .getByRole('link', { name: 'Book a visit' })
    .click({ modifiers: ['ControlOrMeta'] });
  const other = await opening;
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Book a visit');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Rosa');
});

test('Home says so when the clinic cannot be asked, and whom to call', async ({ page }) => {
  await page.route('**/rest/*', (route) => route.abort());
  await open(page, '/', { adapter: 'rest' });
  await expect(page.getByRole('main')).toContainText('We cannot reach the clinic right now');
  await expect(page.getByRole('main').getByRole('link', { name: 'Book a visit' })).toBeVisible();
});

test('the portal says where its answers come from, and links to the other ways', async ({ page }) => {
  await page.goto('/book.html?lang=es');
  for (const adapter of adapters) {
    await expect(page.locator('[data-adapter]')).toHaveAttribute('data-adapter', adapter);
    const others = page.getByRole('contentinfo').locator('a.other');
    await expect(others).toHaveCount(2);
    const next = adapters[(adapters.indexOf(adapter) + 1) % adapters.length]!;
    await page.locator(`a.other[href*="adapter=${next}"]`).click();
    await expect(page).toHaveURL(new RegExp(`lang=es&adapter=${next}$`));
  }
});

test('dark colors can be chosen, and are kept for the next page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  const button = page.getByRole('button', { name: 'Dark colors' });
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.getByRole('navigation').getByRole('link', { name: 'Book a visit' }).click();
  await expect(page.getByRole('button', { name: 'Dark colors' })).toHaveAttribute('aria-pressed', 'true');
  expect(await background()).toBe(dark);
});

test('the first Tab leads to the content', async ({ page }) => {
  await page.goto('/');
  const skip = page.getByRole('link', { name: 'Go to the content' });
  await skip.waitFor();
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the portal takes note of a booking by its reference, and of nothing else', async ({ page }) => {
  const booking = await openBooking(page);
  await toTimes(booking);
  await booking.times.first().click();
  await confirm(booking);
  const note = page.locator('.note');
  await expect(note).toHaveText(/^\s*Saved in your portal\. Reference:\s+\S+\s+Back to Home\s+Close\s*$/);
  await note.getByRole('button', { name: 'Close' }).click();
  await expect(note).toBeEmpty();
});

test('a portal that reaches no clinic offers a person', async ({ page }) => {
  await page.route('**/config.json', (route) => route.abort());
  await page.goto('/book.html?adapter=rest');
  await expect(page.getByRole('main')).toContainText('Booking is not possible right now. Please call us');
});
