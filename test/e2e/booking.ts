import { expect, type Locator, type Page } from '@playwright/test';
import { messages as spanish } from '../../packages/elements/src/scheduling/messages.es.ts';
import { type Messages, messages as english } from '../../packages/elements/src/scheduling/messages.ts';

export const adapters = ['memory', 'rest', 'fhir'] as const;
export type Adapter = (typeof adapters)[number];

export const languages = { en: english, es: spanish } as const;
export type Language = keyof typeof languages;

/** The booking page as a patient meets it. */
export interface Booking {
  readonly text: Messages;
  heading(name: string): Locator;
  button(name: string | RegExp): Locator;
  /** The days with several free times, in the month shown. */
  readonly days: Locator;
  /** The free times of the day chosen. */
  readonly times: Locator;
}

/** Opens the booking page. */
export async function openBooking(
  page: Page,
  { adapter = 'memory', language = 'en', patient = 'p-rosa', also = '' }: Partial<Opening> = {},
): Promise<Booking> {
  await page.goto(`/book.html?adapter=${adapter}&lang=${language}&patient=${patient}${also}`);
  return bookingOn(page, languages[language]);
}

interface Opening {
  readonly adapter: Adapter;
  readonly language: Language;
  readonly patient: string;
  /** More of the query: `&dir=rtl`. */
  readonly also: string;
}

function bookingOn(page: Page, text: Messages): Booking {
  const several = text.freeOn('', 2).replace('2', '([2-9]|\\d\\d+)');
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  return {
    text,
    heading: (name) => page.getByRole('heading', { name, exact: true }),
    button,
    days: button(new RegExp(`${several}$`)),
    times: button(/^\d{1,2}:\d\d/),
  };
}

/** Goes to the times of a day that has several: next month's first, for this month may be over but for today. */
export async function toTimes({ text, button, days, times }: Booking, visit = 'Nurse visit'): Promise<void> {
  await button(new RegExp(`^${visit}`)).click();
  await button(text.nextMonth).click();
  await days.first().click();
  await times.first().waitFor();
}

/** Confirms what is shown, and is told that it is booked. */
export async function confirm({ text, heading, button }: Booking): Promise<void> {
  await button(text.confirm).click();
  await expect(heading(text.booked)).toBeVisible();
}

/** What the portal shows of the booking once it has heard of it. */
export const referenceOn = async (page: Page): Promise<string> =>
  (await page.locator('.reference').textContent()) ?? '';

/** The patient's appointments to come, asked of the page's own adapter. */
export function appointmentsOf(page: Page, patientId: string): Promise<readonly { id: string; status: string }[]> {
  return page.evaluate(async (id) => {
    const provider = document.querySelector('clinic-provider') as unknown as {
      adapter: { findAppointments(query: object): Promise<{ items: { id: string; status: string }[] }> };
    };
    const { items } = await provider.adapter.findAppointments({ patientId: id, limit: 100 });
    return items.map(({ id, status }) => ({ id, status }));
  }, patientId);
}
