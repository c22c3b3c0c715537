import { expect, type Locator, type Page } from '@playwright/test';

/** Presses Tab until what has the focus is called so. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  let focused = '';
  await expect(async () => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      focused = await nameOfFocused(page);
      if (name.test(focused)) return;
    }
    throw new Error(`Tab does not lead to ${name}; it ended at ${focused}.`);
  }).toPass({ timeout: 15_000 });
}

const nameOfFocused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const label = (at as Partial<HTMLInputElement> | null)?.labels?.[0]?.textContent;
    return (at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '').replace(/\s+/g, ' ').trim();
  });

/** What a button is called and no other: the day and the time are in it. */
export async function named(button: Locator): Promise<RegExp> {
  const name = (await button.getAttribute('aria-label'))!;
  return new RegExp(`^${name.replaceAll(/[()]/g, '\\$&')}$`);
}
