import type { Page } from '@playwright/test';
import { type Booking, confirm, type Language, open, toDay, toTimes } from './booking.ts';
import { bookFirstFor } from './clinic.ts';
import { expect, test } from './demo.ts';
import { type Look, looker, type Looks } from './picture.ts';

test.describe.configure({ timeout: 300_000 });

/** A walk through the portal, and the looks in which each step of it is seen, by the widths and the themes. */
const walks: Readonly<Record<string, { readonly also?: string; readonly language?: Language; readonly looks: Looks }>> =
  {
    'from left to right': {
      looks: {
        '320': { width: 320 },
        '768': { width: 768 },
        '1280': { width: 1280 },
        'dark-1280': { width: 1280, theme: 'dark' },
        'dark-320': { width: 320, theme: 'dark' },
      },
    },
    'from right to left': { also: '&dir=rtl', looks: { 'rtl-320': { width: 320 }, 'rtl-1280': { width: 1280 } } },
    'in Spanish': { language: 'es', looks: { 'es-320': { width: 320 } } },
  };

for (const [name, { also = '', language = 'en', looks }] of Object.entries(walks)) {
  test(`every step fits and can be looked at: ${name}`, async ({ page }) => {
    const look = await looker(page, looks);
    const go = (path: string, more = '') => open(page, path, { language, also: also + more });

    await go('/');
    await expect(page.locator('.orders')).toBeVisible();
    await look('home');
    const booking = await go('/book.html');
    await seeBooking(booking, page, look);
    await page.locator('header nav a[href*=appointments]').click();
    await seeChanges(booking, look);

    await go('/book.html', '&order=o-rosa-physio');
    await seeSeries(booking, look);
    await go('/book.html');
    await seeWaitlist(booking, look);
  });
}

async function seeBooking(booking: Booking, page: Page, look: Look): Promise<void> {
  const { text, heading, times } = booking;
  await expect(heading(text.orders)).toBeVisible();
  await look('visit');
  await toTimes(booking, 'Check-up');
  await look('time');
  await page.getByText(text.narrow).click();
  await page.getByText(text.needsTitle).click();
  await page.getByLabel(text.needs['spoken-interpreter']).selectOption('ko');
  await expect(page.getByLabel(text.practitioner).locator('option')).toHaveCount(3);
  await expect(page.getByRole('alert')).toBeVisible();
  await look('narrowed');
  await page.getByLabel(text.needs['spoken-interpreter']).selectOption('');

  await bookFirstFor(page, 'p-samuel', 'check-up');
  await times.first().click();
  await expect(booking.nearest.first()).toBeVisible();
  await look('taken');
  await booking.nearest.first().click();
  await expect(page.getByText(text.held)).toBeVisible();
  await look('details');
  await confirm(booking);
  await look('booked');
}

async function seeChanges(booking: Booking, look: Look): Promise<void> {
  const { text, heading, button, appointments, last } = booking;
  await expect(appointments).toHaveCount(3);
  await look('appointments');
  await last.getByRole('button', { name: text.changeTime }).click();
  await toDay(booking);
  await look('moving');
  await booking.times.first().click();
  await look('move');
  await button(text.move).click();
  await expect(heading(text.moved)).toBeVisible();
  await look('moved');

  await button(text.appointments).click();
  await last.getByRole('button', { name: `${text.cancel}: ` }).click();
  await expect(heading(text.cancelling)).toBeVisible();
  await look('cancelling');
  await button(text.cancelIt).click();
  await expect(heading(text.cancelled)).toBeVisible();
  await look('cancelled');
}

async function seeSeries(booking: Booking, look: Look): Promise<void> {
  const { text, button } = booking;
  await toDay(booking);
  await booking.times.first().click();
  await expect(button(text.otherFirst)).toBeVisible();
  await look('series');
  await button(/ \d visit/).click();
  await expect(button(text.bookVisit)).toBeVisible();
  await look('series-booked');
}

async function seeWaitlist({ text, heading, button }: Booking, look: Look): Promise<void> {
  await button(/^Skin check/)
    .first()
    .click();
  await button(text.noneSuits).click();
  await expect(heading(text.waitlist)).toBeVisible();
  await look('waitlist');
  await button(text.joinWaitlist).click();
  await expect(heading(text.waiting)).toBeVisible();
  await look('waiting');
}
