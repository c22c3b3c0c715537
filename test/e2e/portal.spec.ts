import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { adapters, confirm, openBooking, toTimes } from './booking.ts';
import { expect, test } from './demo.ts';

const pages = ['/', '/book.html', '/adapter-check.html'];

for (const path of pages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${path} is accessible in ${colorScheme} colors`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path, { waitUntil: 'networkidle' });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  }
}

test('the portal speaks Spanish throughout, and keeps doing so from page to page', async ({ page }) => {
  await page.goto('/?adapter=rest');
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page).toHaveTitle('Inicio · Harbor Clinic');
  await expect(page.locator('body')).not.toContainText(/\b(the|you|and|with|call|signed|visit)\b/i);

  await page.getByRole('main').getByRole('link', { name: 'Reservar una cita' }).click();
  await expect(page).toHaveURL(/\/book\.html\?adapter=rest&lang=es$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reservar una cita');
  await expect(page.locator('aside, header, footer')).not.toContainText([/\b(the|you|and|with|call|signed|visit)\b/i]);
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
  await expect(note).toHaveText(/^\s*Saved in your portal\. Reference: \S+\s+Back to Home\s+Close\s*$/);
  await note.getByRole('button', { name: 'Close' }).click();
  await expect(note).toBeEmpty();
});

test('a portal that reaches no clinic offers a person', async ({ page }) => {
  await page.route('**/config.json', (route) => route.abort());
  await page.goto('/book.html?adapter=rest');
  await expect(page.getByRole('main')).toContainText('Booking is not possible right now. Please call us');
});

const looks = {
  '320': { width: 320, also: '' },
  '768': { width: 768, also: '' },
  '1280': { width: 1280, also: '' },
  'dark-320': { width: 320, also: '&theme=dark' },
  'dark-1280': { width: 1280, also: '&theme=dark' },
  'rtl-320': { width: 320, also: '&dir=rtl' },
  'rtl-1280': { width: 1280, also: '&dir=rtl' },
  'es-320': { width: 320, also: '&lang=es' },
};

for (const [name, { width, also }] of Object.entries(looks)) {
  test(`everything fits and can be looked at: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const look = (step: string) => picture(page, `${name}-${step}`);
    await page.goto(`/?${also}`, { waitUntil: 'networkidle' });
    await look('home');

    const booking = await openBooking(page, { language: also.includes('es') ? 'es' : 'en', also });
    await expect(booking.heading(booking.text.chooseVisit)).toBeVisible();
    await look('visit');
    await toTimes(booking, 'Check-up');
    await look('time');
    await booking.times.first().click();
    await expect(page.getByText(booking.text.held)).toBeVisible();
    await look('details');
    await confirm(booking);
    await look('booked');
  });
}

/** Keeps a picture for whoever looks, and holds that nothing has to be scrolled sideways. */
async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `.test-results/screenshots/${name}.png`, fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
