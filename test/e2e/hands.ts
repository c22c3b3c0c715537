import { expect, type Locator, type Page } from '@playwright/test';

/** How a patient uses the screen. */
export interface Hand {
  press(button: Locator): Promise<void>;
  write(field: Locator, words: string): Promise<void>;
  /** Takes one of several, or ticks. */
  check(box: Locator): Promise<void>;
}

/** A mouse, and a keyboard to type with. */
export const mouse: Hand = {
  press: (button) => button.click(),
  write: (field, words) => field.fill(words),
  check: (box) => box.check(),
};

/** A finger, and the keyboard of the screen: it puts in whole words. */
export const finger = (page: Page): Hand => ({
  press: (button) => button.tap(),
  async write(field, words) {
    await field.tap();
    await field.press('ControlOrMeta+A');
    await page.keyboard.insertText(words);
  },
  check: (box) => box.tap(),
});

/** Nothing but keys, from wherever the focus is. */
export function keys(page: Page): Hand {
  const { keyboard } = page;

  /** Presses Tab until this has the focus, or one of the same group of radio buttons. */
  async function tabTo(goal: Locator): Promise<void> {
    await expect(goal).toBeVisible();
    for (let presses = 0; presses < 120; presses += 1) {
      if (await goal.evaluate(isThere)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${goal}.`);
  }

  return {
    async press(button) {
      await tabTo(button);
      await keyboard.press('Enter');
    },
    async write(field, words) {
      await tabTo(field);
      await keyboard.press('ControlOrMeta+A');
      // As fast as people type: what comes faster is a scanner's.
      await keyboard.type(words, { delay: 45 });
      await expect(field).toHaveValue(words);
    },
    async check(box) {
      await tabTo(box);
      for (let presses = 0; presses < 10; presses += 1) {
        if (await box.evaluate((one) => one.matches(':focus'))) break;
        await keyboard.press('ArrowDown');
      }
      if (!(await box.isChecked())) await keyboard.press('Space');
      await expect(box).toBeChecked();
    },
  };
}

/** Nobody touches anything for so many seconds: only the page's clock goes on, and the page finds out at its next look. */
export const passTime = (page: Page, seconds: number): Promise<void> =>
  page.evaluate((ahead) => {
    const { now } = Date;
    Date.now = () => now() + ahead;
  }, seconds * 1000);

/** Runs in the page. */
function isThere(goal: Element): boolean {
  const { activeElement } = goal.getRootNode() as ShadowRoot;
  if (activeElement === goal) return true;
  const [at, one] = [activeElement as HTMLInputElement | null, goal as HTMLInputElement];
  return one.type === 'radio' && at?.type === 'radio' && at.name === one.name;
}
