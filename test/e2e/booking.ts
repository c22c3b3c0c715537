import { expect, type Locator, type Page } from '@playwright/test';
import { messages as spanish } from '../../packages/elements/src/scheduling/messages.es.ts';
import { type Messages, messages } from '../../packages/elements/src/scheduling/messages.ts';
import { moreMessages } from '../../packages/elements/src/scheduling/more-messages.ts';

export const adapters = ['memory', 'rest', 'fhir'] as const;
export type Adapter = (typeof adapters)[number];

export type Language = 'en' | 'es';
export const languages: Readonly<Record<Language, Messages>> = {
  en: { ...messages, ...moreMessages },
  es: spanish,
};

/** The picker as a patient meets it. */
export interface Booking {
  readonly text: Messages;
  heading(name: string): Locator;
  button(name: string | RegExp): Locator;
  /** The days with several free times, in the month shown. */
  readonly days: Locator;
  /** The free times of the day chosen. */
  readonly times: Locator;
  /** The free times nearest to one that someone else took. */
  readonly nearest: Locator;
  /** The appointments listed. */
  readonly appointments: Locator;
  /** The one of them that comes last: Rosa's check-up of next week, before a test has booked another. */
  readonly last: Locator;
}

interface Opening {
  readonly adapter: Adapter;
  readonly language: Language;
  /** Who is signed in; left out, a mother and the son she books for. */
  readonly patient: string;
  /** More of the query: `&dir=rtl`. */
  readonly also: string;
}

/** Opens the booking page. */
export const openBooking = (page: Page, { patient = 'p-rosa', ...opening }: Partial<Opening> = {}): Promise<Booking> =>
  open(page, '/book.html', { patient, ...opening });

/** Opens any page of the portal. */
export async function open(
  page: Page,
  path: string,
  { adapter = 'memory', language = 'en', patient = '', also = '' }: Partial<Opening> = {},
): Promise<Booking> {
  const who = patient && `&patient=${patient}`;
  await page.goto(`${path}?adapter=${adapter}&lang=${language}${who}${also}`);
  return bookingOn(page, languages[language]);
}

function bookingOn(page: Page, text: Messages): Booking {
  const several = text.freeOn('', 2).replace('2', '([2-9]|\\d\\d+)');
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const parts = new RegExp(`^(${Object.values(text.parts).join('|')})$`);
  return {
    text,
    heading: (name) => page.getByRole('heading', { name, exact: true }),
    button,
    days: button(new RegExp(`${several}$`)),
    times: page.getByRole('list', { name: parts }).getByRole('button'),
    nearest: page.getByRole('list', { name: text.nearest }).getByRole('button'),
    appointments: page.locator('[part=appointments] > li'),
    last: page.locator('[part=appointments] > li').last(),
  };
}

/** Chooses a visit, and goes to its times. */
export async function toTimes(booking: Booking, visit = 'Nurse visit'): Promise<void> {
  await booking.button(new RegExp(`^${visit}`)).click();
  await toDay(booking);
}

/** Goes to the times of a day that has several: next month's first, for this month may be over but for today. */
export async function toDay({ text, button, days, times }: Booking): Promise<void> {
  await button(text.nextMonth).click();
  await days.first().click();
  await times.first().waitFor();
}

/** Confirms what is shown, and is told that it is booked. */
export async function confirm({ text, heading, button }: Booking): Promise<void> {
  await button(text.confirm).click();
  await expect(heading(text.booked)).toBeVisible();
}

/** What the portal shows of what was done, once it has heard of it. */
export const referencesOn = (page: Page): Promise<string[]> => page.locator('.reference').allTextContents();

/** The one reference that the portal shows. */
export async function referenceOn(page: Page): Promise<string> {
  await expect(page.locator('.reference')).toHaveCount(1);
  return (await referencesOn(page))[0]!;
}
