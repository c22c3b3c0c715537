import type { Page, Route } from '@playwright/test';
import { messages as idle } from '../../packages/elements/src/ui/idle-messages.ts';
import { type CheckIn, checkInOn, openKiosk, openPhone, rosa, samuel } from './check-in.ts';
import { expect, test } from './demo.ts';
import { type Hand, keys, mouse, passTime } from './hands.ts';
import { lobbyOf } from './lobby.ts';

test.describe.configure({ timeout: 120_000 });

/** All of Rosa's visit from the list on. */
async function finishAll(visit: CheckIn): Promise<void> {
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  await visit.fillIn();
  await visit.decide(['accept', 'accept', 'accept']);
  await visit.cannotPay();
  await expect(visit.heading(visit.text.done)).toBeFocused();
}

const shown = (page: Page, step: 'start' | 'visit') => expect(page.locator(`body[data-step=${step}]`)).toHaveCount(1);

test('who is still is asked, and goes on with one key; who is gone is forgotten', async ({ page, demo }) => {
  await page.clock.install();
  const visit = await openKiosk(page);
  const { text, field } = visit;
  await visit.come();
  await field(text.familyName).fill('Delgado');
  const warning = page.getByRole('alertdialog', { name: idle.title });
  // At least ten times.
  for (let times = 0; times < 10; times += 1) {
    await page.clock.runFor(61_000);
    await expect(warning).toBeVisible();
    // A letter is an answer, and goes into no field.
    await page.keyboard.press('x');
    await expect(warning).toHaveCount(0);
    await expect(field(text.familyName)).toHaveValue('Delgado');
  }
  await visit.press(text.close);
  await visit.identify(rosa);
  await visit.start();
  await expect(visit.heading(text.details.title)).toBeFocused();
  await page.clock.runFor(61_000);
  await expect(warning).toBeVisible();
  await page.clock.runFor(19_000);
  await expect(warning).toBeVisible();
  await page.clock.runFor(12_000);
  await shown(page, 'start');
  await expect(warning).toHaveCount(0);
  await expect(page.locator('#start .begin')).toBeFocused();
  expect(await page.content()).not.toContain('Delgado');
  await page.locator('#start .begin').click();
  await visit.press(text.coming);
  await expect(field(text.familyName)).toHaveValue('');
  // What was not confirmed was not written; that the patient came is known.
  expect(await lobbyOf(demo).confirmations('p-rosa')).toEqual([]);
  expect(await lobbyOf(demo).arrivals()).toMatchObject([{ name: 'Rosa Delgado' }]);
});

test('who touches the screen while it is being wiped has not begun', async ({ page }) => {
  const visit = await openKiosk(page);
  await visit.come();
  const leave = await visit.button(visit.text.leave).elementHandle();
  // At once, as no hand could do it between the two.
  await page.evaluate((button) => {
    (button as HTMLElement).click();
    document.querySelector<HTMLElement>('#start .begin')!.click();
  }, leave);
  await shown(page, 'start');
  await passTime(page, 61);
  await page.waitForTimeout(2500);
  await expect(page.getByRole('alertdialog', { name: idle.title })).toHaveCount(0);
  await page.locator('#start .begin').click();
  await shown(page, 'visit');
});

test('a kiosk in which something cannot be wiped is opened anew, and is there for the next patient', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Storage.prototype.clear = () => {
      throw new DOMException('No', 'UnknownError');
    };
  });
  const visit = await openKiosk(page);
  await visit.come();
  const opened = page.waitForEvent('load');
  await visit.press(visit.text.leave);
  await opened;
  await shown(page, 'start');
  await visit.come();
});

test('who needs more time has ten times as long', async ({ page }) => {
  await page.clock.install();
  const visit = await openKiosk(page);
  await page.locator('#start .begin').click();
  await visit.press(visit.text.moreTime);
  await visit.press(visit.text.coming);
  const warning = page.getByRole('alertdialog', { name: idle.title });
  await page.clock.runFor(590_000);
  await expect(warning).toHaveCount(0);
  await page.clock.runFor(12_000);
  await expect(warning).toBeVisible();
});

/** What changes something at the clinic. */
const WRITES = [
  'identify',
  'arriveAtVisit',
  'confirmDetails',
  'confirmCoverages',
  'submitForm',
  'recordConsent',
  'choosePayment',
  'checkIn',
];

test('the network goes at each step: it is said, nothing is lost, and trying again is the same write', async ({
  page,
  demo,
}) => {
  const tries = new Map<string, (string | undefined)[]>();
  await page.route('**/shared/harbor/*', async (route: Route) => {
    const request = route.request();
    const operation = new URL(request.url()).pathname.split('/').at(-1)!;
    // Where the patient stands is asked again and again by itself.
    if (operation === 'getVisitProgress') return route.continue();
    const one = `${operation} ${request.postData()}`;
    const before = tries.get(one) ?? [];
    tries.set(one, [...before, request.headers()['idempotency-key']]);
    if (before.length === 0) return route.abort('internetdisconnected');
    if (before.length > 1 || !WRITES.includes(operation)) return route.continue();
    // The clinic has it, and its answer is lost.
    await route.fetch();
    return route.abort('internetdisconnected');
  });

  const visit = await openKiosk(page);
  const { text, widget, button } = visit;
  let failures = 0;
  await page.addLocatorHandler(
    button(text.retry),
    async (retry) => {
      await expect(widget.getByText(text.failures.unavailable).first()).toBeVisible({ timeout: 2000 });
      failures += 1;
      await retry.click();
    },
    { noWaitAfter: true },
  );
  await visit.come();
  await visit.identify(rosa);
  await finishAll(visit);

  const written = [...tries].filter(([one]) => WRITES.includes(one.split(' ')[0]!));
  const operations = new Set(written.map(([one]) => one.split(' ')[0]));
  expect([...operations].sort()).toEqual([...WRITES].sort());
  // Name and second factor; three documents; one of all else.
  expect(written).toHaveLength(WRITES.length + 1 + 2);
  for (const [one, keys] of written) {
    expect(keys, one.split(' ')[0]).toHaveLength(3);
    expect(new Set(keys).size, one.split(' ')[0]).toBe(1);
    expect(keys[0]).toBeTruthy();
  }
  expect(failures).toBeGreaterThanOrEqual(written.length * 2);

  const lobby = lobbyOf(demo);
  expect(await lobby.arrivals()).toMatchObject([{ appointment: { status: 'checked-in' }, lacks: ['payment'] }]);
  expect(await lobby.consents('p-rosa')).toHaveLength(3);
  const fields = (await lobby.confirmations('p-rosa'))
    .map(({ field }) => field)
    .filter((field) => field !== 'coverage');
  expect(new Set(fields).size).toBe(fields.length);
  const kinds = (await lobby.attention()).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['copy', 'copy', 'copy', 'review', 'unfinished']);
});

test('an answer takes its time at each step: it is said, and what is pressed twice meanwhile is sent once', async ({
  page,
}) => {
  const asked: string[] = [];
  await page.route('**/shared/harbor/*', async (route) => {
    asked.push(new URL(route.request().url()).pathname.split('/').at(-1)!);
    const response = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await route.fulfill({ response });
  });
  let again = 0;
  const hasty: Hand = {
    ...mouse,
    async press(button) {
      const pressed = await button.elementHandle();
      await button.click();
      if (await pressed!.evaluate(pressWhileSent)) again += 1;
    },
  };

  const visit = await openKiosk(page, { hand: hasty });
  const { text, widget, button } = visit;
  await visit.come();
  const said = await widget.locator('[part=status]').evaluateHandle(listen);
  await visit.identify(rosa);
  await visit.start();
  await visit.confirmDetails();
  await visit.press(text.help);
  await expect(button(text.callPerson)).toBeVisible();
  await visit.press(text.close);
  await visit.confirmInsurance();
  await visit.fillIn();
  await visit.decide(['accept', 'accept', 'accept']);
  await visit.cannotPay();
  await expect(visit.heading(text.done)).toBeFocused();

  const { details, insurance, form, consents, payment } = text;
  expect(await said.jsonValue()).toEqual(
    expect.arrayContaining([
      ...[text.looking, text.arriving, details.reading, details.sending, insurance.reading, insurance.sending],
      ...[form.opening, form.sending, consents.finding, consents.saving, payment.reading, payment.sending],
      text.finishing,
    ]),
  );
  const written = asked.filter((operation) => WRITES.includes(operation));
  // Name and second factor; three documents; one of all else.
  expect(written.sort()).toEqual([...WRITES, 'identify', 'recordConsent', 'recordConsent'].sort());
  expect(again).toBeGreaterThanOrEqual(written.length - 2);
});

/** Runs in the page: presses what says that it is being sent. */
function pressWhileSent(button: Element): boolean {
  const isSending = button.isConnected && button.ariaDisabled === 'true';
  if (isSending) (button as HTMLElement).click();
  return isSending;
}

/** Runs in the page: what is said from now on, one after the other. */
function listen(region: Element): readonly string[] {
  const said: string[] = [];
  new MutationObserver(() => said.push(region.textContent)).observe(region, {
    ...{ characterData: true, childList: true, subtree: true },
  });
  return said;
}

test('what was typed is still there when the network comes back', async ({ page }) => {
  const visit = await openKiosk(page);
  const { text, widget, field } = visit;
  await visit.come();
  await visit.identify(rosa);
  await visit.start();
  await page.route('**/shared/harbor/confirmDetails', (route) => route.abort('internetdisconnected'));
  await visit.press(`${text.details.change} ${text.details.names.email}`);
  await field(text.details.names.email).fill('rosa@example.org');
  await visit.press(text.details.save);
  await visit.press(text.details.confirmRest);
  await expect(visit.heading(text.details.failed)).toBeFocused();
  await expect(widget.getByText(text.nothingLost)).toBeVisible();
  await visit.press(text.back);
  await visit.press(text.details.show);
  await expect(widget.getByText('rosa@example.org')).toBeVisible();
});

test('a walk-in that does not get through is said, with all that was typed kept, and is one when it has', async ({
  page,
  demo,
}) => {
  const visit = await openKiosk(page);
  const { text, widget, field, heading } = visit;
  await page.locator('#start .begin').click();
  await visit.press(text.walkIn);
  await visit.press(text.no);
  await field(text.reason).fill('A cough');
  await field(text.familyName).fill('Nobody');
  const keys: (string | undefined)[] = [];
  await page.route('**/shared/harbor/startWalkIn', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort('internetdisconnected');
  });
  await visit.press(text.send);
  await expect(heading(text.failed)).toBeFocused();
  await expect(widget.getByText(text.nothingLost)).toBeVisible();
  await visit.press(text.retry);
  await expect(heading(text.takenIn)).toBeFocused();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  expect(await lobbyOf(demo).attention()).toMatchObject([{ kind: 'walk-in', claimed: { name: 'Nobody' } }]);
});

test('the same patient at two kiosks is one arrival, with one number, and each decision once', async ({
  page,
  demo,
}) => {
  const first = await openKiosk(page);
  // Somebody who only looks on meanwhile.
  const second = await openKiosk(await page.context().newPage(), { device: 'lobby-2', idle: 600_000 });
  for (const visit of [first, second]) {
    await visit.come();
    await visit.claim(rosa);
    await visit.field(visit.text.factors['phone-last-four']).fill(rosa.phone);
  }
  await Promise.all([first, second].map((visit) => visit.press(visit.text.next)));
  await expect(first.heading(first.text.list)).toBeVisible();
  await expect(second.heading(second.text.list)).toBeVisible();
  const lobby = lobbyOf(demo);
  expect(await lobby.arrivals()).toHaveLength(1);

  // What is behind another window is drawn seldom.
  await first.page.bringToFront();
  await first.press(first.text.start);
  await first.confirmDetails('(269) 555-0199');
  await first.confirmInsurance();
  await first.fillIn();
  await first.decide(['accept', 'accept', 'accept']);
  await first.cannotPay();
  await expect(first.heading(first.text.done)).toBeFocused();

  const { text, heading, button } = second;
  await second.page.bringToFront();
  await second.press(text.start);
  await expect(heading(text.details.title)).toBeFocused();
  await second.press(text.details.confirm);
  await second.confirmInsurance();
  // Forms and documents are not asked for again; what is due still is.
  const nothing = second.widget.getByText(text.consents.nothing);
  await expect(nothing.or(heading(text.payment.title))).toBeVisible();
  if (await nothing.isVisible()) await button(text.consents.goOn).click();
  await second.cannotPay();
  await expect(heading(text.done)).toBeFocused();
  const tickets = await Promise.all([first, second].map(({ widget }) => widget.locator('.ticket').innerText()));
  expect(tickets[0]).toBe(tickets[1]);
  expect(await lobby.arrivals()).toMatchObject([{ ticket: tickets[0], appointment: { status: 'checked-in' } }]);
  expect(await lobby.consents('p-rosa')).toHaveLength(3);
  expect((await lobby.attention()).filter(({ kind }) => kind === 'review')).toHaveLength(1);
  expect((await lobby.details('p-rosa')).phone).toBe('(269) 555-0199');
});

test('a page that is loaded anew in the middle of a submit has submitted once', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  const { text } = visit;
  const lobby = lobbyOf(demo);

  /** Does something whose answer never comes, and loads the page anew before it could. */
  async function interrupt(operation: string, press: () => Promise<void>): Promise<void> {
    const place = `**/shared/harbor/${operation}`;
    let isThere = () => {};
    const written = new Promise<void>((resolve) => (isThere = resolve));
    await page.route(place, async (route) => {
      await route.fetch();
      isThere();
    });
    await press();
    await written;
    await page.reload();
    await page.unroute(place);
    await shown(page, 'start');
    await expect(page.getByText('Delgado')).toHaveCount(0);
    await visit.come();
    await visit.identify(rosa);
  }

  await visit.come();
  await interrupt('arriveAtVisit', () => visit.identify(rosa));
  await visit.start();
  await interrupt('confirmDetails', () => visit.confirmDetails());
  await visit.press(text.goOn);
  await visit.confirmInsurance();
  await interrupt('submitForm', async () => {
    await Promise.race([visit.fillIn().catch(() => undefined), page.waitForRequest('**/submitForm')]);
  });
  await visit.press(text.goOn);
  await interrupt('recordConsent', async () => {
    await visit.press(text.consents.agree.treatment);
    await visit.typeName();
    await visit.press(text.consents.sign);
  });
  // What can be done without is the desk's by now, and can be decided about all the same.
  await visit.press(text.preparations.consents);
  await visit.decide(['accept', 'accept']);
  await interrupt('choosePayment', () => visit.cannotPay());
  await interrupt('checkIn', () => visit.press(text.ready));

  await expect(visit.heading(text.done)).toBeFocused();
  expect(await lobby.arrivals()).toMatchObject([{ appointment: { status: 'checked-in' }, lacks: ['payment'] }]);
  expect(await lobby.consents('p-rosa')).toHaveLength(3);
  const kinds = (await lobby.attention()).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['copy', 'copy', 'review', 'unfinished']);
});

test('a walk-in whose page is loaded anew while it is sent is one walk-in, of which the page keeps no word', async ({
  page,
  demo,
}) => {
  const visit = await openKiosk(page);
  const { text, field } = visit;
  await page.locator('#start .begin').click();
  await visit.press(text.walkIn);
  await visit.press(text.no);
  await field(text.reason).fill('A cough');
  await field(text.familyName).fill('Nobody');
  const sent: string[] = [];
  await page.route('**/shared/harbor/startWalkIn', async (route) => {
    await route.fetch();
    sent.push(route.request().url());
  });
  await visit.press(text.send);
  await expect.poll(() => sent).toHaveLength(1);
  await page.reload();
  await shown(page, 'start');
  await expect(page.getByText('Nobody')).toHaveCount(0);
  await page.locator('#start .begin').click();
  await visit.press(text.walkIn);
  await visit.press(text.no);
  await expect(field(text.familyName)).toHaveValue('');
  expect(sent).toHaveLength(1);
  expect(await lobbyOf(demo).attention()).toMatchObject([{ kind: 'walk-in', claimed: { name: 'Nobody' } }]);
});

test('after the visit a patient is told what to do, books what was ordered, and leaves by keys alone', async ({
  page,
  demo,
}) => {
  const visit = await openKiosk(page);
  const { text, widget, heading } = visit;
  await visit.come();
  await visit.identify(rosa);
  await finishAll(visit);
  await visit.press(text.finish);
  await shown(page, 'start');

  const { checkOut, picker } = text;
  const hand = keys(page);
  const out = checkInOn(page, { hand });
  await hand.press(page.locator('#start .begin'));
  await out.press(text.leaving);
  await out.identify(rosa);
  await expect(heading(checkOut.instructions)).toBeFocused();
  await expect(widget.getByText('Book your next check-up in six months.')).toBeVisible();
  await expect(widget.getByText('Call 911 if you have chest pain')).toBeVisible();
  await out.press(checkOut.goOn);
  await expect(heading(checkOut.next)).toBeFocused();
  await out.press(checkOut.bookOf('MRI of the right knee'));
  await expect(heading(picker.chooseTime)).toBeFocused();
  await out.toFreeDay();
  await hand.press(widget.locator('[part=slot]').first());
  await expect(heading(picker.details)).toBeFocused();
  await out.press(picker.confirm);
  await expect(heading(picker.booked)).toBeFocused();
  await out.press(checkOut.toList);
  await expect(widget.getByText(/^Booked: /)).toBeVisible();
  await out.press(checkOut.goOn);
  // What could not be paid before is still due, and keeps nobody.
  await expect(heading(text.payment.title)).toBeFocused();
  await out.press(text.payment.atDesk);
  await expect(heading(checkOut.last)).toBeFocused();
  await out.press(checkOut.askBill);
  await hand.write(out.field(text.message), 'What is the 18.40 for?');
  await out.press(text.send);
  await expect(widget.getByText(text.calledLater).first()).toBeVisible();
  await out.press(text.close);
  await out.press(checkOut.leave);
  await expect(heading(text.goodbye)).toBeFocused();
  await out.press(text.finish);
  await shown(page, 'start');
  const lobby = lobbyOf(demo);
  expect((await lobby.appointment('p-rosa', rosa.appointmentId)).status).toBe('fulfilled');
  expect(await lobby.attention()).toContainEqual(
    expect.objectContaining({ kind: 'help', reason: 'bill', message: 'What is the 18.40 for?' }),
  );
});

test('from the link of a reminder a patient says that they come, once', async ({ page, demo }) => {
  const link = '?clinic=harbor#reminder=reminder-a-samuel-today-1';
  const visit = await openPhone(page, link);
  const { text, widget, heading } = visit;
  await visit.press(text.isComing);
  await expect(heading(text.thanks)).toBeFocused();
  expect(page.url()).not.toContain('reminder-a-samuel');
  expect((await lobbyOf(demo).appointment('p-samuel', samuel.appointmentId)).status).toBe('booked');
  await page.goto('about:blank');
  await openPhone(page, link);
  await visit.press(text.isComing);
  await expect(heading(text.failed)).toBeFocused();
  await expect(widget.getByText(text.linkOver)).toBeVisible();
  await expect(widget.getByRole('button', { name: text.help })).toBeVisible();
});
