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

/** How a page may be looked at while it stays where it is. */
interface View {
  readonly width: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly forcedColors?: 'none' | 'active';
}

/** Looks by their names. */
export type Looks = Readonly<Record<string, View>>;

/** Looks at a step in every way, and leaves the page as it was. */
export type Look = (step: string) => Promise<void>;

/** To walk through all steps again for each look would take most of the time: here they are looked at on the way. */
export async function looker(page: Page, looks: Looks): Promise<Look> {
  const put = async ({ width, height = 900, theme = 'light', forcedColors = 'none' }: View) => {
    await page.setViewportSize({ width, height });
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    await page.emulateMedia({ forcedColors, colorScheme: theme });
  };
  const [usual] = Object.values(looks);
  await put(usual!);
  return async (step) => {
    for (const [name, view] of Object.entries(looks)) {
      await put(view);
      await picture(page, name, step);
    }
    await put(usual!);
  };
}
