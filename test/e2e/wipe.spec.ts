// The kiosk leaves nothing of a patient behind, however the visit ends: words that are nowhere else are typed into every
// field, and then looked for wherever a browser can keep something. What finds them is held to in wipe-detector.spec.ts.
import { expect, type Page, type Request } from '@playwright/test';
import { messages } from '../../packages/elements/src/check-in/messages.ts';
import { moreMessages } from '../../packages/elements/src/check-in/more-messages.ts';
import { messages as program } from '../../packages/elements/src/check-in/program/messages.ts';
import { messages as idle } from '../../packages/elements/src/ui/idle-messages.ts';
import { KEPT_BY_BROWSER, strayNodes } from '../wipe/heap.ts';
import { type Kiosk, openKiosk } from '../wipe/kiosk.ts';
import { randomFrom, seed, withSeed, word } from '../wipe/random.ts';
import { scan } from '../wipe/scan.ts';
import { checkInOn, rosa } from './check-in.ts';
import { type Demo, test } from './demo.ts';
import { passTime } from './hands.ts';

const checkIn = { ...messages, ...moreMessages };

test.describe.configure({ timeout: 180_000 });

const random = randomFrom(seed);
/** What the clinic knows of the patient who is recognized, and no code has in it as an example. */
const KNOWN = ['a-rosa-today', 'rosa.delgado@example', '555-0123', 'Luis Delgado'];

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
  await widget(page).getByRole('checkbox', { name: checkIn.forOther }).check();
  const words = [...(await typeEverywhere(page))];
  await button(page, checkIn.byCode).click();
  words.push(...(await typeEverywhere(page)));
  await button(page, checkIn.next).click();
  await button(page, checkIn.help).click();
  await button(page, checkIn.tellUs).click();
  words.push(...(await typeEverywhere(page)));
  return words;
}

/** Answers the second question wrong, shows the code, and puts everything right that is on file. */
async function beRecognized({ page, session }: Kiosk): Promise<readonly string[]> {
  const visit = checkInOn(page);
  const { text } = visit;
  await visit.press(text.coming);
  await visit.claim(rosa);
  const words = [...KNOWN, rosa.code, ...(await typeEverywhere(page))];
  await visit.press(text.next);
  await expect(visit.heading(text.who)).toBeFocused();
  await scan(session, rosa.code);
  await visit.start();
  for (const detail of ['preferredName', 'address', 'phone', 'email', 'emergencyContact'] as const) {
    const name = text.details.names[detail];
    await visit.press(new RegExp(`^(${text.details.change}|${text.details.add}) ${name}$`));
    await expect(button(page, text.details.save)).toBeVisible();
    words.push(...(await typeEverywhere(page)));
    await visit.press(text.details.save);
    // Not everything may stand everywhere.
    const cancel = button(page, text.details.cancel);
    await expect(cancel.or(visit.heading(text.details.title))).toBeVisible();
    if (await cancel.isVisible()) await cancel.click();
  }
  await visit.press(text.details.confirmRest);
  await visit.press(text.details.goOn);
  await visit.press(text.insurance.changed);
  await visit.press(text.insurance.goOn);
  await expect(button(page, text.form.next)).toBeVisible();
  words.push(...(await typeEverywhere(page)));
  return words;
}

/** Has no appointment: types who they are, and sits down. */
async function walkIn({ page }: Kiosk): Promise<readonly string[]> {
  await button(page, checkIn.walkIn).click();
  await button(page, checkIn.no).click();
  return typeEverywhere(page);
}

/** Is on the way out, and asks about a bill. */
async function leave({ page, session }: Kiosk): Promise<readonly string[]> {
  const visit = checkInOn(page);
  const { checkOut, ...text } = visit.text;
  await visit.press(text.leaving);
  await scan(session, rosa.code);
  await expect(visit.heading(checkOut.instructions)).toBeFocused();
  await visit.press(checkOut.goOn);
  await visit.press(checkOut.bookOf('MRI of the right knee'));
  await visit.toFreeDay();
  await widget(page).locator('[part=slot]').first().click();
  await expect(visit.heading(text.picker.details)).toBeFocused();
  const reasons = await typeEverywhere(page);
  await visit.press(text.picker.confirm);
  await expect(visit.heading(text.picker.booked)).toBeFocused();
  await visit.press(checkOut.toList);
  await visit.press(checkOut.goOn);
  await visit.press(checkOut.askBill);
  const words = [...KNOWN, rosa.code, ...reasons, ...(await typeEverywhere(page))];
  await visit.press(text.send);
  await expect(widget(page).getByText(text.calledLater).first()).toBeVisible();
  return words;
}

/** Wants to be taken into a programme, and is asked about their health. */
async function join({ page, session }: Kiosk): Promise<readonly string[]> {
  const visit = checkInOn(page);
  const { text } = visit;
  await visit.press(text.program);
  await scan(session, rosa.code);
  await visit.press(new RegExp(`^${program.chooseOf('Breathe Easy')}`));
  await visit.press(program.start);
  await visit.confirmInsurance();
  await visit.press(program.goOn);
  await visit.press(text.form.next);
  await expect(button(page, text.form.back)).toBeVisible();
  return [...KNOWN, rosa.code, ...(await typeEverywhere(page))];
}

/** Goes through all that the visit needs, with words of their own wherever there is a field, up to the last screen. */
async function beCheckedIn({ page, session }: Kiosk, sign: Sign): Promise<readonly string[]> {
  const visit = checkInOn(page);
  const { text, field, press } = visit;
  await press(text.coming);
  await scan(session, rosa.code);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  const words = [...KNOWN, rosa.code];
  await visit.fillIn();
  const signed = page.waitForRequest('**/recordConsent');
  await visit.decide(['accept', 'decline', 'decline'], async () => void words.push(...(await sign(page))));
  words.push(...drawnIn(await signed));
  await visit.cannotPay();
  await expect(visit.heading(text.done)).toBeFocused();
  await press(text.help);
  await press(text.tellUs);
  await expect(field(text.message)).toBeVisible();
  words.push(...(await typeEverywhere(page)));
  return words;
}

type Sign = (page: Page) => Promise<readonly string[]>;

async function signByTyping(page: Page): Promise<readonly string[]> {
  await widget(page)
    .getByRole('radio', { name: checkInOn(page).text.consents.typing })
    .check();
  return typeEverywhere(page);
}

async function signByDrawing(page: Page): Promise<readonly string[]> {
  const { consents } = checkInOn(page).text;
  await widget(page).getByRole('radio', { name: consents.drawing }).check();
  const sheet = widget(page).getByRole('img', { name: consents.sheet });
  await sheet.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await sheet.boundingBox())!;
  const to = (across: number) => page.mouse.move(x + width * across, y + height * (0.1 + random() * 0.8));
  await to(0.2);
  await page.mouse.down();
  for (let across = 0.25; across < 0.8; across += 0.05) await to(across);
  await page.mouse.up();
  return [];
}

/** Where the lines of a drawn signature begin, in the words that it is sent in. */
const drawnIn = (request: Request): readonly string[] => request.postData()?.match(/(?<=M )[\d.]+,[\d.]+/g) ?? [];

/** Says that they are not there for as long as it takes to be asked. */
async function beAsked(page: Page): Promise<void> {
  await passTime(page, 61);
  await expect(page.getByRole('alertdialog')).toBeVisible();
}

type Visit = (kiosk: Kiosk) => Promise<readonly string[]>;

interface End {
  end(page: Page): Promise<unknown>;
  /** What is under way holds what was typed, until its answer has come: so long in milliseconds. */
  readonly answersWithin?: number;
  /** Another page has other nodes. */
  readonly isLoadedAnew?: true;
}

const cancels: End = { end: (page) => button(page, checkIn.leave).click() };
const says: End = { end: (page) => button(page, checkIn.finish).click() };
const hasFinished: End = {
  async end(page) {
    await beAsked(page);
    await page.getByRole('button', { name: idle.finished }).click();
  },
};
const walksAway: End = {
  async end(page) {
    await beAsked(page);
    await passTime(page, 31);
  },
};
const isLoadedAnew: End = { end: (page) => page.reload(), isLoadedAnew: true };
const cancelsWhileSending: End = {
  async end(page) {
    await page.route('**/shared/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, random() * 2000));
      await route.continue().catch(() => undefined);
    });
    await widget(page).locator('button[part~=primary]').last().click();
    await page.waitForTimeout(random() * 400);
    await button(page, checkIn.leave).click();
  },
  answersWithin: 20_000,
};

async function open({ url }: Demo): Promise<Kiosk> {
  const kiosk = await openKiosk(`${url}/kiosk.html?clinic=wipe-${seed}-${Math.floor(random() * 1e6)}`);
  await step(kiosk.page, 'start');
  await kiosk.page.waitForLoadState('networkidle');
  return kiosk;
}

/** Lets a patient come and go, and looks everywhere. */
async function expectNothingLeft(demo: Demo, visit: Visit, { end, answersWithin, isLoadedAnew }: End): Promise<void> {
  await using kiosk = await open(demo);
  const { page, session } = kiosk;
  const before = await strayNodes(session);
  await page.locator('#start .begin').click();
  const words = await visit(kiosk);
  expect(words.length).toBeGreaterThan(1);
  await end(page);
  await step(page, 'start');
  if (answersWithin) await expect.poll(() => kiosk.leaks(words), { timeout: answersWithin }).toEqual([]);
  else expect(await kiosk.leaks(words), withSeed).toEqual([]);
  if (!isLoadedAnew) expect(await strayNodes(session), withSeed).toBeLessThanOrEqual(before + KEPT_BY_BROWSER);
  expect(await kiosk.closedLeaks(words), withSeed).toEqual([]);
}

/** What patients do, and how it ends. */
const VISITS: Readonly<Record<string, readonly [visit: Visit, end: End]>> = {
  'who is not recognized, and cancels': [beUnrecognized, cancels],
  'who is not recognized, and cancels while something is being sent': [beUnrecognized, cancelsWhileSending],
  'who is recognized, and walks away': [beRecognized, walksAway],
  'who is recognized, and cancels while something is being sent': [beRecognized, cancelsWhileSending],
  'without an appointment, who is asked and has finished': [walkIn, hasFinished],
  'without an appointment, where the page is loaded anew': [walkIn, isLoadedAnew],
  'who asks about a bill, and cancels': [leave, cancels],
  'who asks about a bill, and walks away': [leave, walksAway],
  'who joins a program, is asked and has finished': [join, hasFinished],
  'who joins a program, where the page is loaded anew': [join, isLoadedAnew],
  'who is checked in with a typed name, and says so': [(kiosk) => beCheckedIn(kiosk, signByTyping), says],
  'who is checked in with a drawn signature, and walks away': [(kiosk) => beCheckedIn(kiosk, signByDrawing), walksAway],
};

for (const [who, [visit, end]] of Object.entries(VISITS)) {
  test(`nothing is left of a patient ${who}`, ({ demo }) => expectNothingLeft(demo, visit, end));
}

test('nothing is left of a patient at whose visit the page crashed', async ({ demo }) => {
  await using kiosk = await open(demo);
  await kiosk.page.locator('#start .begin').click();
  const words = await beRecognized(kiosk);
  const again = await kiosk.crash();
  await step(again.page, 'start');
  expect(await again.leaks(words), withSeed).toEqual([]);
  expect(await again.closedLeaks(words), withSeed).toEqual([]);
});
