import type { Page } from '@playwright/test';
import { messages as idle } from '../../packages/elements/src/ui/idle-messages.ts';
import { type CheckIn, openKiosk, openPhone, owen, rosa, words } from './check-in.ts';
import { seeControls } from './controls.ts';
import { expect, test } from './demo.ts';
import { openDesk } from './lobby.ts';
import { picture } from './picture.ts';

test.describe.configure({ timeout: 240_000 });

interface View {
  readonly width: number;
  readonly height: number;
  readonly at: 'kiosk' | 'phone';
  readonly language?: 'en' | 'es';
  /** Larger words, stronger colors, all within low reach. */
  readonly asked?: true;
}

const looks: Readonly<Record<string, View>> = {
  'kiosk-portrait': { width: 1080, height: 1920, at: 'kiosk' },
  'kiosk-landscape': { width: 1280, height: 800, at: 'kiosk' },
  'kiosk-low-es': { width: 1080, height: 1920, at: 'kiosk', language: 'es', asked: true },
  phone: { width: 390, height: 844, at: 'phone' },
  'phone-es': { width: 320, height: 640, at: 'phone', language: 'es' },
};

type Look = (step: string) => Promise<void>;

for (const [name, { width, height, at, language = 'en', asked }] of Object.entries(looks)) {
  test(`every step of the check-in fits and can be looked at: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const open = () =>
      at === 'kiosk'
        ? openKiosk(page, { language, idle: 600_000 })
        : openPhone(page, `?clinic=harbor&lang=${language}`, { language });
    const visit = await open();
    const look: Look = async (step) => {
      // A wipe takes them back, and what stands before the page keeps from asking for them.
      const aids = page.locator('footer button[aria-pressed=false]');
      if (asked && step !== 'warning') while ((await aids.count()) > 0) await aids.first().click();
      await picture(page, name, `check-in-${step}`);
      if (at === 'kiosk') expect.soft(await page.evaluate(isScrolled), step).toBe(false);
      await seeControls(page, step, { least: at === 'kiosk' ? 64 : 48, isLow: Boolean(asked) });
      if (at === 'kiosk') await seeHelp(visit, step);
    };
    await look('start');
    await seeWelcome(visit, at, look);
    await seeWalkIn(visit, at, look);
    await open();
    await seeIdentity(visit, look);
    await seePreparations(visit, at, look);
    await visit.press(visit.text.finish);
    await seeLeaving(await open(), at, look);
    if (at === 'kiosk') await seeDesk(await open(), look);
  });
}

/** Runs in the page: a kiosk scrolls what is in it, never the whole. */
const isScrolled = (): boolean => document.documentElement.scrollHeight > innerHeight;

/** Runs in the page: it can be seen without scrolling, and what stays at the end of the screen does not lie over it. */
function isUncovered(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  return (element.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2) === element;
}

/** A way to a person is in sight without scrolling; a call that is on screen has taken its place. */
async function seeHelp({ button, text }: CheckIn, step: string): Promise<void> {
  const help = button(text.help);
  if (await help.isVisible()) await expect.soft(help, step).toBeInViewport({ ratio: 1 });
}

/** A kiosk speaks English to begin with; a phone speaks the language of the address. */
async function begin(page: Page, at: View['at'], text: CheckIn['text'], press: CheckIn['press']): Promise<void> {
  if (at === 'phone') return;
  await page.locator('#start .begin').click();
  if (text.coming !== words.en.coming) await press('Español');
}

async function seeWelcome({ page, press, text, button }: CheckIn, at: View['at'], look: Look): Promise<void> {
  await begin(page, at, text, press);
  await expect(button(text.coming)).toBeVisible();
  await look('welcome');
  await press(text.help);
  await look('help');
  await press(text.tellUs);
  await look('tell-us');
  await press(text.close);
}

async function seeWalkIn(visit: CheckIn, at: View['at'], look: Look): Promise<void> {
  const { press, heading, page, field } = visit;
  const { away, awayLater } = visit.text;
  const text = { ...visit.text, ...(at === 'phone' && { ...away, ...awayLater }) };
  await press(text.walkIn);
  await look('danger');
  await press(text.no);
  await press(text.send);
  await expect(page.getByText(text.missing.reason)).toBeVisible();
  await look('walk-in-wrong');
  await field(text.reason).fill('A cough');
  await field(text.familyName).fill('Quinn');
  await press(text.send);
  await expect(heading(text.takenIn)).toBeFocused();
  await look('taken-in');
  await press(text.finish);
  await begin(page, at, text, press);
  await press(text.walkIn);
  await press(text.yes);
  await expect(heading(text.emergency)).toBeVisible();
  await look('emergency');
}

async function seeIdentity(visit: CheckIn, look: Look): Promise<void> {
  const { press, text, field, widget } = visit;
  await visit.come();
  await widget.getByRole('checkbox', { name: text.forOther }).check();
  await press(text.next);
  await expect(widget.getByText(text.missing.familyName)).toBeVisible();
  await look('who-wrong');
  await widget.getByRole('checkbox', { name: text.forOther }).uncheck();
  await press(text.byCode);
  await field(text.code).fill('XXX-0000');
  await press(text.next);
  await expect(widget.getByText(text.unrecognized)).toBeVisible();
  await look('unrecognized');
  await press(text.byName);
  await visit.claim(rosa);
  await look('challenge');
  await field(text.factors['phone-last-four']).fill(rosa.phone);
  await press(text.next);
}

async function seePreparations(visit: CheckIn, at: View['at'], look: Look): Promise<void> {
  const { press, text, heading, widget, page } = visit;
  if (at === 'phone') {
    await expect(heading(text.atHome)).toBeFocused();
    await look('at-home');
    await press(text.iAmHome);
  }
  await expect(heading(text.list)).toBeFocused();
  await look('list');
  await press(text.start);
  await expect(heading(text.details.title)).toBeFocused();
  await look('details');
  await press(text.details.show);
  await press(`${text.details.change} ${text.details.names.address}`);
  await look('details-address');
  await press(text.details.cancel);
  await press(`${text.details.change} ${text.details.names.needs}`);
  await look('details-needs');
  await press(text.details.cancel);
  await press(text.details.confirm);
  await expect(heading(text.insurance.title)).toBeFocused();
  await look('insurance');
  await press(text.insurance.changed);
  await look('insurance-changed');
  await press(text.insurance.goOn);
  await expect(widget.getByRole('textbox').first()).toBeVisible();
  await look('form');
  await visit.fillIn();
  await expect(heading(text.consents.document(1, 3))).toBeFocused();
  await look('consent');
  await press(text.consents.agree.treatment);
  await expect(heading(text.consents.signature)).toBeFocused();
  await press(text.consents.sign);
  await look('signature-wrong');
  await widget.getByRole('radio', { name: text.consents.drawing }).check();
  await expect(widget.getByRole('img', { name: text.consents.sheet })).toBeVisible();
  await look('signature-drawn');
  await visit.typeName();
  await look('signature-typed');
  await press(text.back);
  await visit.decide(['accept', 'decline', 'decline']);
  await expect(heading(text.payment.title)).toBeFocused();
  await look('payment');
  await lose(page, visit, look);
  await expect(heading(at === 'kiosk' ? text.done : text.donePrepared)).toBeFocused();
  if (at === 'kiosk') await expect(widget.getByRole('heading', { name: text.where })).toBeVisible();
  await look('done');
  if (at === 'phone') return;
  await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
  await look('done-below');
}

/** The network goes, and comes back. */
async function lose(page: Page, { press, text, heading }: CheckIn, look: Look): Promise<void> {
  await page.route('**/shared/harbor/choosePayment', (route) => route.abort('internetdisconnected'));
  await press(text.payment.cannotPay);
  await expect(heading(text.payment.failed)).toBeFocused();
  await look('network-lost');
  await page.unroute('**/shared/harbor/choosePayment');
  await press(text.retry);
}

/** After the visit: what to do, what to book and how, what is due, and out. */
async function seeLeaving(visit: CheckIn, at: View['at'], look: Look): Promise<void> {
  const { press, text, heading, page, widget } = visit;
  const { checkOut, picker } = text;
  await begin(page, at, text, press);
  await press(text.leaving);
  await visit.identify(rosa);
  await expect(heading(checkOut.instructions)).toBeFocused();
  await look('leaving');
  await press(checkOut.goOn);
  await expect(heading(checkOut.next)).toBeFocused();
  await look('leaving-list');
  await press(checkOut.bookOf('MRI of the right knee'));
  await visit.toFreeDay();
  const slot = widget.locator('[part=slot]').first();
  await expect(slot).toBeVisible();
  expect.soft(await slot.evaluate(isUncovered), 'leaving-time').toBe(true);
  await look('leaving-time');
  await widget.getByText(picker.needsTitle).click();
  await widget.getByText(picker.narrow).click();
  await expect(widget.getByLabel(picker.practitioner)).toBeVisible();
  await look('leaving-narrowed');
  await slot.click();
  await expect(widget.getByText(picker.held)).toBeVisible();
  await look('leaving-details');
  await press(picker.confirm);
  await expect(heading(picker.booked)).toBeFocused();
  await look('leaving-booked');
  await press(checkOut.toList);
  await press(checkOut.goOn);
  await expect(heading(text.payment.title)).toBeFocused();
  await look('leaving-due');
  await press(text.payment.cannotPay);
  await expect(heading(checkOut.last)).toBeFocused();
  await look('leaving-last');
}

/** What the desk has to see to, what it looks like there, and the warning. */
async function seeDesk(visit: CheckIn, look: Look): Promise<void> {
  const { press, text, heading, page, widget } = visit;
  await visit.come();
  await visit.identify(owen);
  await expect(heading(text.desk).or(heading(text.list))).toBeFocused();
  await look('desk');
  await press(text.help);
  await press(text.callPerson);
  await expect(widget.getByText(text.called).first()).toBeVisible();
  await look('called');
  const desk = await openDesk(page);
  await expect(desk.section('Calls for a person').locator('.card').first()).toBeVisible();
  await picture(desk.page, `${page.viewportSize()!.width}-desk`, 'check-in');
  const board = await page.context().newPage();
  await board.goto('/board.html');
  await expect(board.getByRole('region', { name: 'Waiting' }).locator('li').first()).toBeVisible();
  await picture(board, `${page.viewportSize()!.width}-board`, 'check-in');
  await page.goto('/kiosk.html?idle=500');
  await page.locator('#start .begin').click();
  await expect(page.getByRole('alertdialog', { name: idle.title })).toBeVisible();
  await look('warning');
}
