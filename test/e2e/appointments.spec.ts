import type { Appointment, Slot } from '@medplum/fhirtypes';
import { violationsOf } from '../axe.ts';
import { adapters, confirm, open, openBooking, referenceOn, toDay } from './booking.ts';
import { clinicOf, fhirOf } from './clinic.ts';
import { expect, test } from './demo.ts';
import { named, tabTo } from './keyboard.ts';

for (const adapter of adapters) {
  test(`${adapter}: an appointment moves, and its old time is free again`, async ({ page, demo }) => {
    const booking = await open(page, '/appointments.html', { adapter });
    const { text, heading, button, last } = booking;
    await expect(last.getByRole('heading', { name: 'Check-up' })).toBeVisible();
    const clinic = clinicOf(page, adapter, demo);
    const before = await clinic.getAppointment('p-rosa', 'a-rosa-coming');
    expect(await clinic.isFree(before)).toBe(false);

    await last.getByRole('button', { name: text.changeTime }).click();
    await expect(heading(text.chooseNewTime)).toBeVisible();
    await toDay(booking);
    await booking.times.first().click();
    await expect(page.getByText(/^You keep your old time until this is done: /)).toBeVisible();
    await expect(page.getByText(text.held)).toBeVisible();
    expect(await clinic.getAppointment('p-rosa', before.id)).toEqual(before);
    await button(text.move).click();
    await expect(heading(text.moved)).toBeVisible();

    expect(await referenceOn(page)).toBe(before.id);
    await expect(page.locator('.note')).toContainText('The new time is saved in your portal. Reference: ');
    const after = await clinic.getAppointment('p-rosa', before.id);
    expect(after).toMatchObject({ status: 'booked', visitType: before.visitType });
    expect(after.start).not.toBe(before.start);
    expect(await clinic.isFree(before)).toBe(true);
    expect(await clinic.isFree(after)).toBe(false);
    expect(await clinic.newOf('p-rosa')).toEqual([]);
    if (adapter !== 'fhir') return;

    const fhir = fhirOf(demo);
    const stored = await fhir.read<Appointment>(`Appointment/${after.id}`);
    const slot = await fhir.read<Slot>(stored.slot?.[0]?.reference);
    expect([slot.status, slot.start]).toEqual(['busy', stored.start]);
    const first = await fhir.read<Appointment>(`Appointment/${after.id}/_history/${before.version}`);
    const old = await fhir.read<Slot>(first.slot?.[0]?.reference);
    expect([old.status, Date.parse(`${old.start}`)]).toEqual(['free', Date.parse(before.start!)]);
    expect(old.identifier ?? []).toEqual([]);
  });

  test(`${adapter}: an appointment is called off for a reason, and its time is free again`, async ({ page, demo }) => {
    const { text, heading, button, appointments, last } = await open(page, '/appointments.html', { adapter });
    const clinic = clinicOf(page, adapter, demo);
    await expect(appointments).toHaveCount(2);
    const before = await clinic.getAppointment('p-rosa', 'a-rosa-coming');
    await last.getByRole('button', { name: `${text.cancel}: ` }).click();
    await expect(heading(text.cancelling)).toBeVisible();
    await page.getByRole('radio', { name: text.reasons['feeling-better'] }).check();
    expect(await violationsOf(page)).toEqual([]);
    await button(text.cancelIt).click();
    await expect(heading(text.cancelled)).toBeVisible();

    expect(await referenceOn(page)).toBe('a-rosa-coming');
    await expect(page.locator('.note')).toContainText('Your portal has taken note that it is cancelled. Reference: ');
    expect((await clinic.getAppointment('p-rosa', 'a-rosa-coming')).status).toBe('cancelled');
    expect(await clinic.isFree(before)).toBe(true);
    if (adapter === 'fhir') {
      const fhir = fhirOf(demo);
      const stored = await fhir.read<Appointment>('Appointment/a-rosa-coming');
      expect(stored.status).toBe('cancelled');
      const system = 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason';
      expect(stored.cancelationReason?.coding).toEqual([{ system, code: 'pat-fb' }]);
      expect((await fhir.read<Slot>(stored.slot?.[0]?.reference)).status).toBe('free');
    }

    await button(text.appointments).click();
    await expect(appointments).toHaveCount(1);
  });

  test(`${adapter}: who finds no time waits for one, and leaves the waiting list again`, async ({ page, demo }) => {
    const { text, heading, button, appointments } = await openBooking(page, { adapter });
    await button(/^Skin check/).click();
    await button(text.noneSuits).click();
    await expect(heading(text.waitlist)).toBeVisible();
    await page.getByLabel(text.until).selectOption({ index: 1 });
    const until = await page.getByLabel(text.until).inputValue();
    await button(text.joinWaitlist).click();
    await expect(heading(text.waiting)).toBeVisible();

    const clinic = clinicOf(page, adapter, demo);
    const [place, ...others] = await clinic.newOf('p-rosa');
    expect(others).toEqual([]);
    expect(place).toMatchObject({ status: 'waitlist', visitType: { id: 'skin-check' }, requested: { to: until } });
    const fhir = fhirOf(demo);
    if (adapter === 'fhir') {
      const stored = await fhir.read<Appointment>(`Appointment/${place!.id}`);
      expect([stored.status, stored.requestedPeriod?.[0]?.end, stored.slot]).toEqual(['waitlist', until, undefined]);
    }

    await button(text.appointments).click();
    const listed = appointments.filter({ hasText: text.statuses.waitlist });
    await expect(listed.getByRole('heading', { name: 'Skin check' })).toBeVisible();
    await button(new RegExp(`^${text.leaveWaitlist}`)).click();
    await button(text.cancelIt).click();
    await expect(heading(text.cancelled)).toBeVisible();
    expect(await referenceOn(page)).toBe(place!.id);
    expect((await clinic.getAppointment('p-rosa', place!.id)).status).toBe('cancelled');
    if (adapter === 'fhir') {
      expect((await fhir.read<Appointment>(`Appointment/${place!.id}`)).status).toBe('cancelled');
    }
  });
}

test('an appointment is moved by keyboard alone', async ({ page, demo }) => {
  const { text, heading, last } = await open(page, '/appointments.html');
  await expect(last).toBeVisible();
  const clinic = clinicOf(page, 'memory', demo);
  const before = await clinic.getAppointment('p-rosa', 'a-rosa-coming');
  await tabTo(page, await named(last.getByRole('button', { name: text.changeTime })));
  await page.keyboard.press('Enter');
  await expect(heading(text.chooseNewTime)).toBeFocused();
  await tabTo(page, new RegExp(`^${text.nextMonth}$`));
  await page.keyboard.press('Space');
  await tabTo(page, /\d times? free$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^\d{1,2}:\d\d/);
  await page.keyboard.press('Enter');
  await expect(heading(text.details)).toBeFocused();
  await tabTo(page, new RegExp(`^${text.move}$`));
  await page.keyboard.press('Enter');
  await expect(heading(text.moved)).toBeFocused();
  expect((await clinic.getAppointment('p-rosa', 'a-rosa-coming')).start).not.toBe(before.start);
});

test('an appointment is called off by keyboard alone', async ({ page, demo }) => {
  const { text, heading, last } = await open(page, '/appointments.html');
  await expect(last).toBeVisible();
  await tabTo(page, await named(last.getByRole('button', { name: `${text.cancel}: ` })));
  await page.keyboard.press('Enter');
  await expect(heading(text.cancelling)).toBeFocused();
  await tabTo(page, new RegExp(`^${text.reasons['cannot-come']}$`));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: text.reasons['feeling-better'] })).toBeChecked();
  await tabTo(page, new RegExp(`^${text.cancelIt}$`));
  await page.keyboard.press('Enter');
  await expect(heading(text.cancelled)).toBeFocused();
  expect((await clinicOf(page, 'memory', demo).getAppointment('p-rosa', 'a-rosa-coming')).status).toBe('cancelled');
});

test('a visit that only a doctor can ask for is moved like any other', async ({ page, demo }) => {
  const booking = await open(page, '/book.html', { also: '&order=o-rosa-mri' });
  const { text, heading, button, appointments, times } = booking;
  await toDay(booking);
  await times.first().click();
  await confirm(booking);
  const id = await referenceOn(page);
  await page.getByRole('navigation').getByRole('link', { name: 'My appointments' }).click();
  const mri = appointments.filter({ hasText: 'MRI scan' });
  await mri.getByRole('button', { name: new RegExp(`^${text.changeTime}`) }).click();
  await toDay(booking);
  await times.last().click();
  await button(text.move).click();
  await expect(heading(text.moved)).toBeVisible();
  const moved = await clinicOf(page, 'memory', demo).getAppointment('p-rosa', id);
  expect(moved).toMatchObject({ status: 'booked', orderId: 'o-rosa-mri' });
});

test('who thinks better of it keeps the appointment as it was', async ({ page, demo }) => {
  const { text, button, appointments, last } = await open(page, '/appointments.html');
  await last.getByRole('button', { name: `${text.cancel}: ` }).click();
  await button(text.keepIt).click();
  await last.getByRole('button', { name: text.changeTime }).click();
  await button(text.keepTime).click();
  await expect(appointments).toHaveCount(2);
  const { status, version } = await clinicOf(page, 'memory', demo).getAppointment('p-rosa', 'a-rosa-coming');
  expect([status, version]).toEqual(['booked', '1']);
});
