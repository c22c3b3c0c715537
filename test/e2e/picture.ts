import { expect, type Page } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import { keepScreenshot } from '../screenshot.ts';

/** The looks in which every step is also held to the rules of accessibility. */
const RULED = ['320', 'dark-1280', 'kiosk-portrait', 'kiosk-landscape', 'phone', 'phone-es', 'kiosk-low-es'];

/** Keeps a picture for whoever looks, and holds that nothing has to be scrolled sideways. */
export async function picture(page: Page, name: string, step: string): Promise<void> {
  await keepScreenshot(page, `.test-results/screenshots/${name}-${step}.png`);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(tooWide, step).toBeLessThanOrEqual(0);
  if (!RULED.includes(name)) return;
  expect.soft(await violationsOf(page), step).toEqual([]);
}
