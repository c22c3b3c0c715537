import type { Page } from '@playwright/test';

/** Keeps a picture of the whole page for whoever looks. */
export async function keepScreenshot(page: Page, path: string): Promise<void> {
  // A page is laid out and painted anew to show more than the window does: that takes twice as long.
  const fullPage = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
  await page.screenshot({ path, fullPage });
}
