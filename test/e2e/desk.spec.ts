import type { Page } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import { bao, openKiosk, owen, rosa, samuel, tomasz } from './check-in.ts';
import { expect, test } from './demo.ts';
import { lobbyOf, openDesk } from './lobby.ts';

/** What the clock of a page shows, in seconds. */
const clockOf = (page: Page): Promise<number> => page.evaluate(() => Date.now() / 1000);

/** What the clinic answers to an operation from now on, one answer after the other. */
async function answersTo(page: Page, operation: string): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  await page.route(`**/${operation}`, async (route) => {
    const response = await route.fetch();
    answers.push(await response.json());
    await route.fulfill({ response });
  });
  return answers;
}

/** Lets time pass on a page until something is so. */
async function passUntil(page: Page, isSo: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(1000);
    await isSo();
  }).toPass({ intervals: [50], timeout: 30_000 });
}

test('that someone comes is said only once a person at the desk has said so', async ({ page, demo }) => {
  const visit = await openKiosk(page, { device: 'lobby-7' });
  const { text, widget } = visit;
  await visit.come();
  await visit.press(text.help);
  await visit.press(text.callPerson);
  await expect(widget.getByText(text.called).first()).toBeVisible();
  await expect(widget.getByText(text.someoneComes)).toHaveCount(0);
  const [call] = await lobbyOf(demo).attention();
  await expect(widget.getByText(text.number(call!.number!))).toBeVisible();

  const desk = await openDesk(page);
  const card = desk.card('Calls for a person', call!.number!);
  await expect(card).toContainText('Wants a person');
  await expect(card).toContainText('lobby-7');
  await expect(card).toContainText('English');
  await expect(widget.getByText(text.someoneComes)).toHaveCount(0);
  expect(await violationsOf(desk.page)).toEqual([]);
  await card.getByRole('button', { name: `I am coming: ${call!.number}, Wants a person` }).click();
  await expect(card).toContainText('Somebody is coming');
  await expect(widget.getByText(text.someoneComes).first()).toBeVisible();
  // What was typed is still there, and so is the way on.
  await visit.press(text.close);
  await expect(visit.field(text.familyName)).toBeVisible();
});

test('when nobody answers for half a minute, the kiosk says where to go, and the desk rings again', async ({
  page,
  demo,
}) => {
  await page.clock.install();
  const visit = await openKiosk(page);
  const { text, widget } = visit;
  const desk = await openDesk(page, { fakeClock: true });
  await desk.page.getByRole('button', { name: 'Bell' }).click();
  await expect(desk.page.getByRole('button', { name: 'Bell' })).toHaveAttribute('aria-pressed', 'true');
  const tried = await desk.rings();
  await visit.come();
  await visit.press(text.help);
  const asked = await clockOf(page);
  await visit.press(text.callPerson);
  await expect(widget.getByText(text.called).first()).toBeVisible();
  await passUntil(desk.page, async () => expect(await desk.rings()).toBe(tried + 1));
  const rang = await clockOf(desk.page);

  const nobody = widget.getByText('Nobody has answered yet. Please go to').first();
  await passUntil(page, () => expect(nobody).toBeVisible({ timeout: 50 }));
  const waited = (await clockOf(page)) - asked;
  expect(waited).toBeGreaterThanOrEqual(30);
  expect(waited).toBeLessThan(45);
  await expect(widget.getByText('to the right of the main entrance').first()).toBeVisible();
  await expect(widget.getByText(text.someoneComes)).toHaveCount(0);
  await passUntil(desk.page, async () => expect(await desk.rings()).toBe(tried + 2));
  const between = (await clockOf(desk.page)) - rang;
  expect(between).toBeGreaterThan(25);
  expect(between).toBeLessThan(45);
  const [call] = await lobbyOf(demo).attention();
  await expect(desk.card('Calls for a person', call!.number!)).toContainText('not answered');

  // Somebody comes after all.
  await desk.card('Calls for a person', call!.number!).getByRole('button', { name: 'I am coming' }).click();
  await passUntil(page, () => expect(widget.getByText(text.someoneComes).first()).toBeVisible({ timeout: 50 }));
});

test('with the desk closed nothing is promised', async ({ page }) => {
  const desk = await openDesk(page);
  await desk.page.getByRole('button', { name: 'Desk closed' }).click();
  await expect(desk.page.getByText('kiosks say so, and promise nobody')).toBeVisible();
  const visit = await openKiosk(page);
  const { text, widget } = visit;
  // Nobody has to begin first.
  await page.locator('#start').getByRole('button', { name: text.help }).click();
  await visit.press(text.callPerson);
  await expect(widget.getByText('The front desk is closed right now. Please go to').first()).toBeVisible();
  await expect(widget.getByText(text.called)).toHaveCount(0);
  // A desk that is opened anew knows it too.
  await desk.page.reload();
  await expect(desk.page.getByRole('button', { name: 'Desk closed', pressed: true })).toBeVisible();
});

test('with the desk closed nobody who walks in is asked to sit down and wait', async ({ page }) => {
  const desk = await openDesk(page);
  await desk.page.getByRole('button', { name: 'Desk closed' }).click();
  await expect(desk.page.getByText('kiosks say so, and promise nobody')).toBeVisible();
  const visit = await openKiosk(page);
  const { text, widget, heading } = visit;
  await page.locator('#start .begin').click();
  await visit.press(text.walkIn);
  await visit.press(text.no);
  await visit.field(text.reason).fill('My ear hurts.');
  await visit.field(text.familyName).fill('Aldous');
  await visit.press(text.send);
  await expect(heading(text.deskReasons.closed)).toBeFocused();
  await expect(widget.getByText(text.takenIn)).toHaveCount(0);
  await expect(widget.getByText(text.takenInNote)).toHaveCount(0);
  await expect(widget.getByText('Please go to').first()).toBeVisible();
});

test('a copy that is wanted on paper is at the desk until it is handed over', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  const { text, heading } = visit;
  await visit.come();
  await visit.identify(samuel);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  await visit.decide(['accept', 'decline']);
  await expect(heading(text.done).or(heading(text.doneUnfinished))).toBeFocused();
  const [consent] = (await lobbyOf(demo).consents(samuel.id)).filter(({ decision }) => decision === 'accepted');

  const desk = await openDesk(page);
  const { title } = consent!.document;
  await expect(desk.card('Arrivals', 'Samuel Whitfield')).toContainText(`To hand over: ${title}`);
  const card = desk.card('Copies to give', `Copy on paper: ${title}`);
  await expect(card).toContainText('Samuel Whitfield');
  await card.getByRole('button', { name: 'Handed over' }).click();
  await expect(card).toHaveCount(0);
  await expect(desk.card('Arrivals', 'Samuel Whitfield')).not.toContainText('To hand over');
  expect((await lobbyOf(demo).attention()).filter(({ kind }) => kind === 'copy')).toEqual([]);
});

test('a call that does not get through is said to have NOT reached staff, and is one call when it has', async ({
  page,
  demo,
}) => {
  const visit = await openKiosk(page);
  const { text, widget } = visit;
  await visit.come();
  const keys: (string | undefined)[] = [];
  await page.route('**/shared/harbor/askForHelp', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length === 1) return route.abort('internetdisconnected');
    if (keys.length === 3) return route.continue();
    await route.fetch();
    return route.abort('internetdisconnected');
  });
  await visit.press(text.help);
  await visit.press(text.callPerson);
  const alert = widget.getByRole('alert').filter({ hasText: text.notReached });
  await expect(alert).toContainText('This has NOT reached staff.');
  await visit.press(text.retry);
  await expect(alert).toBeVisible();
  await visit.press(text.retry);
  await expect(widget.getByText(text.called).first()).toBeVisible();
  await expect(alert).toHaveCount(0);
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(3);
  expect(await lobbyOf(demo).attention()).toHaveLength(1);
});

test('a complaint reaches the desk in the words of the patient, with a number to follow it up, and rings for nobody', async ({
  page,
  demo,
}) => {
  const desk = await openDesk(page);
  await desk.page.getByRole('button', { name: 'Bell' }).click();
  await expect(desk.page.getByRole('button', { name: 'Bell' })).toHaveAttribute('aria-pressed', 'true');
  const tried = await desk.rings();
  const visit = await openKiosk(page, { language: 'es' });
  const { text, widget } = visit;
  await visit.come();
  await visit.press(text.help);
  await visit.press(text.tellUs);
  await widget.getByRole('radio', { name: text.tellUsKinds.complaint }).check();
  await visit.field(text.message).fill('Espero desde las <b>nueve</b>.');
  await visit.press(text.send);
  await expect(widget.getByText(text.calledLater).first()).toBeVisible();
  const [complaint] = await lobbyOf(demo).attention();
  await expect(widget.getByText(text.number(complaint!.number!))).toBeVisible();
  const card = desk.card('Calls for a person', 'A complaint');
  await expect(card).toContainText(complaint!.number!);
  await expect(card.getByText('Espero desde las <b>nueve</b>.')).toBeVisible();
  expect(await desk.rings()).toBe(tried);
  await card.getByRole('button', { name: 'I am on it' }).click();
  await expect(card).toContainText('Somebody is on it');
});

test('who has no appointment is taken in as they say, and matched by staff', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  const { text, widget, heading } = visit;
  await page.locator('#start .begin').click();
  await visit.press(text.walkIn);
  await expect(heading(text.danger)).toBeFocused();
  await visit.press(text.no);
  await visit.field(text.reason).fill('My ear hurts.');
  await visit.field(text.givenName).fill('Henry');
  await visit.field(text.familyName).fill('Aldous');
  await visit.press(text.send);
  await expect(heading(text.takenIn)).toBeFocused();
  const number = await widget.locator('.ticket').innerText();

  const desk = await openDesk(page);
  const card = desk.card('Walk-ins', number);
  await expect(card).toContainText('Henry Aldous');
  await expect(card).toContainText('not verified');
  await expect(card).toContainText('My ear hurts.');
  const attention = await lobbyOf(demo).attention();
  expect(attention).toHaveLength(1);
  expect(attention[0]).not.toHaveProperty('patientId');
  await card.getByRole('combobox').selectOption({ label: 'Henry Aldous' });
  const matched = await answersTo(desk.page, 'matchWalkIn');
  await card.getByRole('button', { name: `Match ${number}` }).click();
  await expect(card).toHaveCount(0);
  expect(matched).toMatchObject([{ id: attention[0]!.id, patientId: 'p-henry' }]);
});

test('who is in danger is told what to do at once, and the desk is alarmed', async ({ page, demo }) => {
  const desk = await openDesk(page);
  const visit = await openKiosk(page);
  const { text, widget, heading } = visit;
  await page.locator('#start .begin').click();
  await visit.press(text.walkIn);
  await visit.press(text.yes);
  await expect(heading(text.emergency)).toBeVisible();
  await expect(widget.getByText(text.emergencyNote)).toBeVisible();
  await expect(widget.getByRole('link')).toHaveCount(0);
  await expect(desk.page.locator('#danger')).toContainText('Says they may be in danger');
  expect(await lobbyOf(demo).attention()).toMatchObject([{ priority: 'stat', reason: 'danger' }]);
});

test('who is called, and sent on, sees it at the kiosk; the board shows numbers and never names', async ({ page }) => {
  const visit = await openKiosk(page);
  const { text, widget, heading } = visit;
  await visit.come();
  await visit.identify(samuel);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  await visit.decide(['accept', 'accept']);
  await expect(heading(text.done)).toBeFocused();
  const ticket = await widget.locator('.ticket').innerText();
  await widget.getByRole('radio', { name: text.callByOptions.person }).check();
  await expect(widget.getByText(text.callByTold)).toBeVisible();

  const board = await page.context().newPage();
  await board.goto('/board.html');
  await expect(board.getByRole('region', { name: 'Waiting' }).getByText(ticket)).toBeVisible();
  const desk = await openDesk(page);
  const card = desk.card('Arrivals', 'Samuel Whitfield');
  await expect(card).toContainText('Be fetched in person');
  await card.getByRole('combobox').or(card.getByRole('textbox')).fill('Room 4');
  await card.getByRole('button', { name: `Call ${ticket}` }).click();
  await expect(widget.getByText(text.progress.called('Room 4'))).toBeVisible({ timeout: 15_000 });
  const called = board.getByRole('region', { name: 'Please come' });
  await expect(called.getByText('Room 4')).toBeVisible();
  await expect(called.getByText('vaya a')).toHaveAttribute('lang', 'es');
  await expect(board.getByRole('status')).toContainText(`${ticket}: vaya a Room 4.`);
  await card.getByRole('combobox').or(card.getByRole('textbox')).fill('Room 6');
  await card.getByRole('button', { name: `Move ${ticket}` }).click();
  await expect(widget.getByText(text.progress.moved('Room 6'))).toBeVisible({ timeout: 15_000 });
  await expect(board.getByRole('region', { name: 'Please come' }).getByText('Room 6')).toBeVisible();
  await expect(board.locator('body')).not.toContainText(/Samuel|Whitfield/);
  expect(await violationsOf(board)).toEqual([]);
});

test('what somebody without a known right to it changes is a proposal, which the desk accepts', async ({
  page,
  demo,
}) => {
  const visit = await openKiosk(page);
  const { text, widget } = visit;
  await visit.come();
  await visit.identify(samuel, { name: 'Walter Quinn', relationship: 'neighbor' });
  await visit.start();
  await visit.press(`${text.details.change} ${text.details.names.language}`);
  await widget.getByRole('combobox').selectOption('es');
  await visit.press(text.details.save);
  await visit.press(text.details.confirmRest);
  await expect(widget.getByText(text.details.notes.proposals)).toBeVisible();
  const lobby = lobbyOf(demo);
  expect((await lobby.details('p-samuel')).language).toBe('en');

  const desk = await openDesk(page);
  const card = desk.card('Changes to accept', 'Samuel Whitfield: Language');
  await expect(card).toContainText('By somebody who acts for the patient');
  await card.getByRole('button', { name: 'Accept Samuel Whitfield: Language' }).click();
  await expect(card).toHaveCount(0);
  expect((await lobby.details('p-samuel')).language).toBe('es');
  expect(await lobby.proposals()).toEqual([]);
});

test('a name that is called wrong waits for the desk, which puts it right', async ({ page, demo }) => {
  const visit = await openKiosk(page);
  const { text, widget } = visit;
  await visit.come();
  await visit.identify(samuel);
  await visit.start();
  await visit.press(`${text.details.wrong} ${text.details.names.name}`);
  await visit.press(text.details.confirmBut);
  await expect(widget.getByText(text.details.notes.desk)).toBeVisible();
  const { name } = await lobbyOf(demo).details('p-samuel');

  const desk = await openDesk(page);
  const card = desk.card('Changes to accept', 'Samuel Whitfield: Name');
  await expect(card).toContainText('Called wrong');
  await expect(desk.card('Arrivals', 'Samuel Whitfield')).toContainText('Details');
  await card.getByRole('button', { name: 'Put right Samuel Whitfield: Name' }).click();
  await expect(card).toHaveCount(0);
  expect((await lobbyOf(demo).details('p-samuel')).name).toEqual(name);
});

/** At noon, whatever the hour is at which the tests run: near midnight the visits of a day stand close together. */
const DESK_REASONS = [
  { patient: bao, reason: 'missed' },
  { patient: owen, reason: 'too-early' },
  { patient: tomasz, reason: 'elsewhere' },
] as const;

for (const { patient, reason } of DESK_REASONS) {
  test(`who comes to a visit that is ${reason} is sent to the desk with a number, and has not arrived`, async ({
    page,
    demo,
  }) => {
    await fetch(`${demo.url}/test/reset?clinic=harbor&hour=12:00`, { method: 'POST' });
    const visit = await openKiosk(page);
    const { text, widget, heading } = visit;
    await visit.come();
    await visit.identify(patient);
    await expect(heading(text.desk)).toBeFocused();
    await expect(widget.getByText(text.deskReasons[reason])).toBeVisible();
    if (reason === 'elsewhere') await expect(widget.getByText('Harbor Clinic Michigan City')).toBeVisible();
    const lobby = lobbyOf(demo);
    expect(await lobby.arrivals()).toEqual([]);
    await visit.press(text.deskNumber);
    await expect(widget.getByText(text.called).first()).toBeVisible();
    expect(await lobby.attention()).toMatchObject([{ kind: 'help', reason: 'visit', patientId: patient.id }]);
    expect((await lobby.appointment(patient.id, patient.appointmentId)).status).toBe('booked');
  });
}

test('who is not recognized gets the same answer whoever they are, and a number for the desk', async ({
  page,
  demo,
}) => {
  const visit = await openKiosk(page);
  const { text, widget, field } = visit;
  await visit.come();
  const answers = await answersTo(page, 'identify');
  let asked = 0;
  // Nobody of that name; somebody without a visit today; somebody whose day of birth is another.
  for (const [name, month, day, year] of [
    ['Nobody', 'May', '4', '1970'],
    ['Aldous', 'November', '27', '1939'],
    ['Delgado', 'June', '18', '1984'],
  ] as const) {
    await field(text.familyName).fill(name);
    await field(text.month).fill(month);
    await field(text.day).fill(day);
    await field(text.year).fill(year);
    await visit.press(text.next);
    await expect.poll(() => answers.length).toBe((asked += 1));
    await expect(widget.getByText(text.unrecognized)).toBeVisible();
    await expect(field(text.familyName)).toHaveValue(name);
  }
  const unrecognized = { outcome: 'unrecognized' };
  expect(answers).toEqual([unrecognized, unrecognized, unrecognized]);
  // A person is offered unasked, and that is read out.
  await expect(widget.getByRole('heading', { name: text.helpOffer })).toBeVisible();
  await expect(widget.getByRole('status').filter({ hasText: text.helpOffer })).toHaveCount(1);
  await visit.press(text.deskNumber);
  await expect(widget.getByText(text.called).first()).toBeVisible();
  expect(await lobbyOf(demo).attention()).toMatchObject([{ kind: 'help', reason: 'unrecognized' }]);
});

test('the desk sees what Rosa changed and what is left of her visit, in order of arrival', async ({ page, demo }) => {
  const first = await openKiosk(page);
  await first.come();
  await first.identify(samuel);
  await expect(first.heading(first.text.list)).toBeFocused();
  const other = await page.context().newPage();
  const second = await openKiosk(other, { device: 'lobby-2' });
  await second.come();
  await second.identify(rosa);
  await expect(second.heading(second.text.list)).toBeFocused();
  await second.press(second.text.start);
  await second.confirmDetails();
  const desk = await openDesk(page);
  const cards = desk.section('Arrivals').locator('.card');
  await expect(cards.first()).toContainText('Samuel Whitfield');
  await expect(cards.nth(1)).toContainText('Still to do: Insurance, Forms, Consents, Payment');
  expect((await lobbyOf(demo).arrivals()).map(({ name }) => name)).toEqual(['Samuel Whitfield', 'Rosa Delgado']);
});
