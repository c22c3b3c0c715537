// The page of the kiosk is accessible as a whole, the frame around the check-in with it, however it looks.
import type { Page } from '@playwright/test';
import { messages as spanishIdle } from '../../packages/elements/src/ui/idle-messages.es.ts';
import { messages as idle } from '../../packages/elements/src/ui/idle-messages.ts';
import { texts } from '../../demo/kiosk-text.ts';
import { violationsOf } from '../axe.ts';
import { openKiosk } from './check-in.ts';
import { seeControls } from './controls.ts';
import { expect, test } from './demo.ts';
import { passTime } from './hands.ts';

test.describe.configure({ timeout: 90_000 });

const warnings = { en: idle, es: spanishIdle } as const;
type Language = keyof typeof warnings;

/** Presses what is below the check-in. */
const pressBelow = (page: Page, language: Language, name: 'larger' | 'contrast' | 'low') =>
  page.locator('footer').getByRole('button', { name: texts[language][name], exact: true }).click();

/** How the kiosk may look; whoever wants it otherwise says so below the check-in, or by how the device is set. */
const LOOKS: Readonly<Record<string, (page: Page, language: Language) => Promise<void>>> = {
  'as it is': async () => undefined,
  'in stronger colors': (page, language) => pressBelow(page, language, 'contrast'),
  async 'with larger words, low'(page, language) {
    await pressBelow(page, language, 'larger');
    await pressBelow(page, language, 'low');
  },
  'on a dark device': (page) => page.emulateMedia({ colorScheme: 'dark' }),
};

for (const language of ['en', 'es'] as const) {
  for (const [name, look] of Object.entries(LOOKS)) {
    test(`the kiosk is accessible ${name}: ${language}`, async ({ page }) => {
      await page.setViewportSize({ width: 1080, height: 1920 });
      const isClean = async (step: string) => {
        await page.screenshot({
          path: `.test-results/screenshots/kiosk-${name.replaceAll(/\W+/g, '-')}-${language}-${step}.png`,
        });
        expect.soft(await violationsOf(page), step).toEqual([]);
        await seeControls(page, step, { least: 64, isLow: name.endsWith('low') });
      };
      const { press, text, button, widget } = await openKiosk(page, { language });
      // Before anybody has said what they read, the frame is in English.
      await look(page, 'en');
      await isClean('start');
      await page.locator('#start .begin').click();
      if (language === 'es') await press('Español');
      await expect(button(text.coming)).toBeVisible();
      await isClean('welcome');
      await press(text.help);
      await expect(button(text.callPerson)).toBeVisible();
      await isClean('help');
      await press(text.tellUs);
      await expect(widget.getByRole('textbox', { name: text.message })).toBeVisible();
      await isClean('tell-us');
      await passTime(page, 61);
      await expect(page.getByRole('alertdialog', { name: warnings[language].title })).toBeVisible();
      await isClean('warning');
    });
  }
}
