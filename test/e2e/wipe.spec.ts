// The kiosk leaves nothing of a patient behind, however the visit ends: words that are nowhere else are typed into every
// field, and then looked for wherever a browser can keep something. What finds them is held to in wipe-detector.spec.ts.
import { expect, type Page } from '@playwright/test';
import { messages } from '../../packages/elements/src/check-in/messages.ts';
import { moreMessages } from '../../packages/elements/src/check-in/more-messages.ts';
import { messages as idle } from '../../packages/elements/src/ui/idle-messages.ts';
import { KEPT_BY_BROWSER, strayNodes } from '../wipe/heap.ts';
import { type Kiosk, openKiosk } from '../wipe/kiosk.ts';
import { randomFrom, seed, withSeed, word } from '../wipe/random.ts';
import { scan } from '../wipe/scan.ts';
import { checkInOn } from './check-in.ts';
import { test } from './demo.ts';
import { passTime } from './hands.ts';

const checkIn = { ...messages, ...moreMessages };

test.describe.configure({ timeout: 180_000 });

const random = randomFrom(seed);
/** What the clinic knows of the patient who is recognized, and no code has in it as an example. */
const KNOWN = ['a-rosa-today', 'rosa.delgado@example', '555-0123', 'Luis Delgado'];
/** The code in the reminder of Harbor Clinic's usual patient. */
const ROSA = 'RDE-4172';

const widget = (page: Page) => page.locator('clinic-check-in');
const button = (page: Page, name: string) => widget(page).getByRole('button', { name, exact: true });
const step = (page: Page, name: 'start' | 'visit') => expect(page.locator(`body[data-step=${name}]`)).toHaveCount(1);

/** Types a word of its own into each field that is shown, and answers with the words. */
async function typeEverywhere(page: Page): Promise<readonly string[]> {
  const words: string[] = [];
  const fields = widget(page).locator('input:not([type=radio], [type=checkbox], [type=range], [type=file]), textarea');
  for (const field of await fields.all()) {
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    const typed = word(random);
    await field.focus();
    await page.keyboard.press('Control+A');
    // As a keyboard on the screen does it: keys that come one after the other without a pause are a scanner's.
    await page.keyboard.insertText(typed);
    words.push(typed);
  }
  return words;
}

/** Goes in, types into what is there, and asks for a person in words of their own. */
async function beUnrecognized({ page }: Kiosk): Promise<readonly string[]> {
  await button(page, checkIn.coming).click();
  const words = [...(await typeEverywhere(page))];
  await button(page, checkIn.byCode).click();
  words.push(...(await typeEverywhere(page)));
  await button(page, checkIn.next).click();
  await button(page, checkIn.help).click();
  await button(page, checkIn.tellUs).click();
  words.push(...(await typeEverywhere(page)));
  await button(page, checkIn.close).click();
  return words;
}

/** Is recognized by the code of the reminder, and goes on for a few pages with a word in each field. */
async function beRecognized({ page, session }: Kiosk): Promise<readonly string[]> {
  await widget(page).getByRole('button', { name: checkIn.coming }).focus();
  await scan(session, ROSA);
  const words = [...KNOWN, ROSA];
  await expect(button(page, checkIn.start).or(button(page, checkIn.goOn))).toHaveCount(1);
  for (let count = 0; count < 6; count += 1) {
    words.push(...(await typeEverywhere(page)));
    const next = widget(page).locator('button[part~=primary]').last();
    if (!(await next.isVisible())) break;
    await next.click();
    await page.waitForTimeout(random() * 500);
  }
  return words;
}

/** Has no appointment: types who they are, and sits down. */
async function walkIn({ page }: Kiosk): Promise<readonly string[]> {
  await button(page, checkIn.walkIn).click();
  await button(page, checkIn.no).click();
  return typeEverywhere(page);
}

const WAYS: Readonly<Record<string, (kiosk: Kiosk) => Promise<readonly string[]>>> = {
  'who is not recognized': beUnrecognized,
  'who is recognized': beRecognized,
  'without an appointment': walkIn,
};

const ENDS: Readonly<Record<string, { idle?: number; end(page: Page): Promise<unknown> }>> = {
  'who cancels': { end: (page) => button(page, checkIn.leave).click() },
  'who is asked and has finished': {
    idle: 1500,
    end: (page) => page.getByRole('button', { name: idle.finished }).click({ timeout: 20_000 }),
  },
  'who walks away': {
    idle: 1500,
    end: (page) => expect(page.locator('body[data-step=start]')).toHaveCount(1, { timeout: 60_000 }),
  },
};

test('nothing is left of a patient at whose visit the page crashed', async ({ demo }) => {
  await using kiosk = await openKiosk(`${demo.url}/kiosk.html?clinic=crash-${seed}`);
  await step(kiosk.page, 'start');
  await kiosk.page.locator('#start button').click();
  const words = await beUnrecognized(kiosk);
  const again = await kiosk.crash();
  await step(again.page, 'start');
  await expectNothing(again, words);
  expect(await again.closedLeaks(words), withSeed).toEqual([]);
});

/** Says what is found, and fails for it. */
async function expectNothing(kiosk: Kiosk, words: readonly string[]): Promise<void> {
  expect(words.length).toBeGreaterThan(1);
  expect(await kiosk.leaks(words), withSeed).toEqual([]);
}

/** Goes through all that the visit needs, with words of their own wherever there is a field, up to the last screen. */
async function beCheckedIn({ page, session }: Kiosk): Promise<readonly string[]> {
  const visit = checkInOn(page);
  const { text, field, press } = visit;
  await press(text.coming);
  await scan(session, ROSA);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  const words = [...KNOWN, ROSA];
  await visit.fillIn();
  await visit.decide(['accept', 'decline', 'decline'], async () => {
    await widget(page).getByRole('radio', { name: text.consents.typing }).check();
    words.push(...(await typeEverywhere(page)));
  });
  await visit.cannotPay();
  await expect(visit.heading(text.done)).toBeFocused();
  await press(text.help);
  await press(text.tellUs);
  await expect(field(text.message)).toBeVisible();
  words.push(...(await typeEverywhere(page)));
  return words;
}

const LAST_ENDS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'says so': (page) => button(page, checkIn.finish).click(),
  async 'walks away'(page) {
    await passTime(page, 61);
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await passTime(page, 31);
  },
};

for (const [how, end] of Object.entries(LAST_ENDS)) {
  test(`nothing is left of a patient who is checked in, has finished and ${how}`, async ({ demo }) => {
    const clinic = `wipe-${seed}-${Math.floor(random() * 1e6)}`;
    await using kiosk = await openKiosk(`${demo.url}/kiosk.html?clinic=${clinic}`);
    const { page, session } = kiosk;
    await step(page, 'start');
    await page.waitForLoadState('networkidle');
    const before = await strayNodes(session);
    await page.locator('#start button').click();
    const words = await beCheckedIn(kiosk);
    await end(page);
    await step(page, 'start');
    await page.waitForLoadState('networkidle');
    await expectNothing(kiosk, words);
    expect(await strayNodes(session), withSeed).toBeLessThanOrEqual(before + KEPT_BY_BROWSER);
    expect(await kiosk.closedLeaks(words), withSeed).toEqual([]);
  });
}

for (const [who, visit] of Object.entries(WAYS)) {
  for (const [how, { idle: after, end }] of Object.entries(ENDS)) {
    test(`nothing is left of a patient ${who}, ${how}`, async ({ demo }) => {
      const clinic = `wipe-${seed}-${Math.floor(random() * 1e6)}`;
      await using kiosk = await openKiosk(`${demo.url}/kiosk.html?clinic=${clinic}${after ? `&idle=${after}` : ''}`);
      const { page, session } = kiosk;
      await step(page, 'start');
      await page.waitForLoadState('networkidle');
      const before = await strayNodes(session);
      await page.locator('#start button').click();
      await step(page, 'visit');
      const words = await visit(kiosk);
      await page.waitForTimeout(random() * 400);
      await end(page);
      await step(page, 'start');
      await page.waitForLoadState('networkidle');
      await expectNothing(kiosk, words);
      expect(await strayNodes(session), withSeed).toBeLessThanOrEqual(before + KEPT_BY_BROWSER);
      expect(await kiosk.closedLeaks(words), withSeed).toEqual([]);
    });
  }
}
