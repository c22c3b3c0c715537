import { scan } from '../wipe/scan.ts';
import { type CheckIn, checkInOn, mateo, openKiosk, openPhone, rosa } from './check-in.ts';
import { expect, test } from './demo.ts';
import { finger, keys } from './hands.ts';
import { lobbyOf, openDesk } from './lobby.ts';

test.describe.configure({ timeout: 120_000 });

/** From the welcome to what comes last, with nothing refused. */
async function goThrough(visit: CheckIn, sign?: () => Promise<void>): Promise<void> {
  await visit.come();
  await visit.identify(rosa);
  await visit.start();
  await visit.confirmDetails('(269) 555-0199');
  await visit.confirmInsurance();
  await visit.fillIn();
  await visit.decide(['accept', 'accept', 'accept'], sign);
  await visit.cannotPay();
}

/** What stands on the last page. */
async function expectDone({ text, heading, widget }: CheckIn): Promise<string> {
  await expect(heading(text.done)).toBeFocused();
  await expect(widget.getByText(text.ticketNote)).toBeVisible();
  await expect(widget.getByRole('heading', { name: text.where })).toBeVisible();
  return widget.locator('.ticket').innerText();
}

test('a whole visit at the kiosk, by keyboard alone', async ({ page, demo }) => {
  const visit = await openKiosk(page, { hand: keys(page) });
  await goThrough(visit);
  const ticket = await expectDone(visit);
  expect(ticket).toMatch(/^[A-Z]\d\d$/);
  await expect(visit.widget.getByText('waiting area B').first()).toBeVisible();
  await expect(visit.widget.getByRole('img', { name: /From the elevator/ })).toBeVisible();
  await expect(visit.widget.getByText(visit.text.wait('30', '45').split('30')[0]!)).toBeVisible();

  const lobby = lobbyOf(demo);
  expect((await lobby.details('p-rosa')).phone).toBe('(269) 555-0199');
  const arrivals = await lobby.arrivals();
  expect(arrivals).toMatchObject([{ name: 'Rosa Delgado', ticket, lacks: ['payment'] }]);
  expect(arrivals[0]!.appointment.status).toBe('checked-in');
  const consents = await lobby.consents('p-rosa');
  expect(consents.map(({ document }) => document.kind).sort()).toEqual([
    'authorization',
    'privacy-notice',
    'treatment',
  ]);
  for (const { decision, signature } of consents) {
    expect(decision).toBe('accepted');
    expect(signature).toMatchObject({ typed: 'Rosa Delgado' });
  }
  const confirmed = await lobby.confirmations('p-rosa');
  expect(confirmed.filter(({ act }) => act === 'changed').map(({ field }) => field)).toEqual(['phone']);
  expect(confirmed).toContainEqual(
    expect.objectContaining({ field: 'address', act: 'confirmed', station: 'kiosk', by: 'patient' }),
  );

  await keys(page).press(visit.button(visit.text.finish));
  await expect(page.locator('body[data-step=start]')).toHaveCount(1);
  await expect(page.getByText('Rosa')).toHaveCount(0);
});

test.describe('on a screen that is touched', () => {
  test.use({ hasTouch: true, viewport: { width: 1080, height: 1920 } });

  test('a whole visit at the kiosk, with a signature that is drawn', async ({ page, demo }) => {
    const hand = finger(page);
    const visit = await openKiosk(page, { hand });
    const { text, widget } = visit;
    const session = await page.context().newCDPSession(page);

    async function draw(): Promise<void> {
      await hand.check(widget.getByRole('radio', { name: text.consents.drawing }));
      const sheet = widget.getByRole('img', { name: text.consents.sheet });
      await sheet.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await sheet.boundingBox())!;
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', across?: number) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints:
            across === undefined
              ? []
              : [{ x: x + width * across, y: y + height * (0.5 + Math.sin(across * 20) * 0.2) }],
        });
      await touch('touchStart', 0.2);
      for (let across = 0.25; across < 0.8; across += 0.05) await touch('touchMove', across);
      await touch('touchEnd');
    }

    await goThrough(visit, draw);
    await expectDone(visit);
    const consents = await lobbyOf(demo).consents('p-rosa');
    expect(consents).toHaveLength(3);
    for (const { signature } of consents) expect(JSON.stringify(signature)).toMatch(/^{"drawn":"<svg.*<path /);
  });
});

test('a whole visit at the kiosk, in Spanish', async ({ page, demo }) => {
  const visit = await openKiosk(page, { language: 'es' });
  await goThrough(visit);
  await expectDone(visit);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  const consents = await lobbyOf(demo).consents('p-rosa');
  expect(consents.map(({ document }) => document.language)).toEqual(['es', 'es', 'es']);
  await visit.press(visit.text.finish);
  await expect(page.locator('body[data-step=start]')).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('who declines an authorization is checked in all the same', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  await visit.come();
  await visit.identify(rosa);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  await visit.fillIn();
  await visit.decide(['accept', 'decline', 'decline']);
  await visit.cannotPay();
  await expectDone(visit);
  const consents = await lobbyOf(demo).consents('p-rosa');
  const decisions = Object.fromEntries(consents.map(({ document, decision }) => [document.kind, decision]));
  expect(decisions).toEqual({ treatment: 'accepted', 'privacy-notice': 'declined', authorization: 'declined' });
  expect((await lobbyOf(demo).arrivals())[0]!.lacks).toEqual(['payment']);
});

test('who declines the consent to treatment is sent to the desk, which sees why', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  const { text, heading, widget } = visit;
  await visit.come();
  await visit.identify(rosa);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  await visit.fillIn();
  await visit.decide(['decline', 'accept', 'accept']);
  await visit.cannotPay();
  await expect(heading(text.doneUnfinished)).toBeFocused();
  await expect(widget.getByRole('listitem').filter({ hasText: text.preparations.consents })).toBeVisible();
  const [arrival] = await lobbyOf(demo).arrivals();
  expect(arrival).toMatchObject({ appointment: { status: 'arrived' }, lacks: ['consents', 'payment'] });

  const desk = await openDesk(page);
  await expect(desk.card('Arrivals', 'Rosa Delgado')).toContainText('Still to do: Consents, Payment');
});

test('the code of the reminder, read by the scanner, is all that it takes to be recognized', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  const session = await page.context().newCDPSession(page);
  await page.locator('#start .begin').focus();
  await scan(session, rosa.code);
  await expect(visit.heading(visit.text.list)).toBeFocused();
  expect(await lobbyOf(demo).arrivals()).toMatchObject([
    { appointment: { id: rosa.appointmentId, status: 'arrived' } },
  ]);
});

test('a code that is typed does as well, and a wrong one tells nothing', async ({ page }) => {
  const visit = await openKiosk(page, { hand: keys(page) });
  const { text, field, widget } = visit;
  await visit.come();
  await visit.press(text.byCode);
  await keys(page).write(field(text.code), 'RDE-4173');
  await visit.press(text.next);
  await expect(widget.getByText(text.unrecognized)).toBeVisible();
  await keys(page).write(field(text.code), ' rde 4172');
  await visit.press(text.next);
  await expect(visit.heading(text.list)).toBeFocused();
});

test('a parent checks in a child, and is named in all that is written', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  const { text, widget, heading } = visit;
  await visit.come();
  await visit.identify(mateo, { name: 'Rosa Delgado', relationship: 'mother' });
  await visit.start();
  await visit.confirmDetails('(269) 555-0177');
  await visit.confirmInsurance();
  await visit.press(text.consents.agree.treatment);
  await expect(widget.getByText(text.consents.signsFor.parent)).toBeVisible();
  await visit.press(text.back);
  await visit.decide(['accept', 'accept']);
  await expect(heading(text.done)).toBeFocused();
  const lobby = lobbyOf(demo);
  expect((await lobby.details('p-mateo')).phone).toBe('(269) 555-0177');
  expect(await lobby.consents('p-mateo')).toMatchObject([
    { representativeId: 'r-rosa' },
    { representativeId: 'r-rosa' },
  ]);
  const confirmed = await lobby.confirmations('p-mateo');
  expect(new Set(confirmed.map(({ by, representativeId }) => `${by} ${representativeId}`))).toEqual(
    new Set(['representative r-rosa']),
  );
  expect((await lobby.appointment('p-mateo', mateo.appointmentId)).status).toBe('checked-in');
});

test('on a phone at home everything is made ready, and the visit stays booked', async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const visit = await openPhone(page);
  const { text, heading } = visit;
  await visit.come();
  await visit.identify(rosa);
  await expect(heading(text.atHome)).toBeFocused();
  await visit.press(text.iAmHome);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  await visit.fillIn();
  await visit.decide(['accept', 'accept', 'accept']);
  await visit.cannotPay();
  await expect(heading(text.donePrepared)).toBeFocused();
  const lobby = lobbyOf(demo);
  expect(await lobby.visit('p-rosa', rosa.appointmentId)).toMatchObject({
    ready: true,
    appointment: { status: 'booked' },
  });
  expect(await lobby.arrivals()).toEqual([]);

  // There, nothing is asked again.
  await visit.press(text.finish);
  await visit.come();
  await visit.identify(rosa);
  await visit.field(text.lobbyCode).fill('lake 210');
  await visit.press(text.iAmHere);
  await expect(heading(text.list)).toBeFocused();
  await visit.press(text.ready);
  await expect(heading(text.done)).toBeFocused();
  expect(await lobby.arrivals()).toMatchObject([{ appointment: { status: 'checked-in' } }]);
});

test('on a phone the code of another lobby is no proof of being there', async ({ page, demo }) => {
  const visit = await openPhone(page);
  const { text } = visit;
  await visit.come();
  await visit.identify(rosa);
  await visit.field(text.lobbyCode).fill('BLUE-214');
  await visit.press(text.iAmHere);
  await expect(visit.field(text.lobbyCode)).toBeFocused();
  await expect(visit.field(text.lobbyCode)).toHaveAccessibleDescription(text.lobbyTroubles.wrong);
  expect(await lobbyOf(demo).arrivals()).toEqual([]);
});

for (const adapter of ['memory', 'rest'] as const) {
  test(`${adapter}: the check-in is a page of the portal`, async ({ page }) => {
    await page.goto(`/?adapter=${adapter}`);
    await page.getByRole('link', { name: 'Check in for your visit' }).click();
    const visit = checkInOn(page);
    await visit.come();
    await visit.identify(rosa);
    await expect(visit.heading(visit.text.atHome)).toBeFocused();
    await visit.press(visit.text.iAmHome);
    await expect(visit.heading(visit.text.list)).toBeFocused();
  });
}
