import type { Appointment, Slot } from '@medplum/fhirtypes';
import type { Page } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import { type Adapter, adapters, type Booking, confirm, open, referenceOn, referencesOn, toDay } from './booking.ts';
import { clinicOf, fhirOf } from './clinic.ts';
import { expect, test } from './demo.ts';

for (const adapter of adapters) {
  test(`${adapter}: what the doctor asked for is booked from Home, told how to prepare`, async ({ page, demo }) => {
    const booking = await follow(page, adapter, 'MRI of the right knee');
    await toDay(booking);
    await booking.times.first().click();
    await expect(booking.heading(booking.text.prepare)).toBeVisible();
    await expect(page.getByText('Call us before you come if you have a pacemaker')).toBeVisible();
    await confirm(booking);
    await expect(page.getByText('Call us before you come if you have a pacemaker')).toBeVisible();

    const clinic = clinicOf(page, adapter, demo);
    const appointment = await clinic.getAppointment('p-rosa', await referenceOn(page));
    expect(appointment).toMatchObject({ status: 'booked', orderId: 'o-rosa-mri', visitType: { id: 'mri-scan' } });
    expect(await clinic.isFree(appointment)).toBe(false);
    expect(await clinic.ordersOf('p-rosa')).toEqual(['o-rosa-physio']);
    if (adapter === 'fhir') {
      const fhir = fhirOf(demo);
      const stored = await fhir.read<Appointment>(`Appointment/${appointment.id}`);
      expect(stored.basedOn).toMatchObject([{ reference: 'ServiceRequest/o-rosa-mri' }]);
      const slot = await fhir.read<Slot>(stored.slot?.[0]?.reference);
      expect([slot.status, slot.start]).toEqual(['busy', stored.start]);
    }

    await page.getByRole('link', { name: 'Back to Home' }).click();
    await expect(page.getByRole('link', { name: 'Physiotherapy for the right knee' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'MRI of the right knee' })).toHaveCount(0);
  });

  test(`${adapter}: a course of visits is booked as far as it was said to be, at one hour`, async ({ page, demo }) => {
    const booking = await follow(page, adapter, 'Physiotherapy for the right knee');
    const { text, heading, button } = booking;
    await toDay(booking);
    await booking.times.first().click();
    await expect(heading(text.series)).toBeVisible();
    const book = button(/^Book \d visits?$/);
    const count = Number(/\d/.exec(await book.innerText())![0]);
    const visits = page.locator('[part=series] > li');
    await expect(visits).toHaveCount(8);
    await expect(visits.filter({ hasText: text.noTimeThen })).toHaveCount(8 - count);
    expect(await violationsOf(page)).toEqual([]);

    await book.click();
    await expect(heading(text.seriesBooked(count))).toBeVisible();
    await expect(visits.filter({ hasText: text.statuses.booked })).toHaveCount(count);
    if (count < 8) await expect(page.getByText(text.missing(8 - count, '(269) 555-0142'))).toBeVisible();

    const clinic = clinicOf(page, adapter, demo);
    const booked = await clinic.newOf('p-rosa');
    expect(booked.map(({ id }) => id).sort()).toEqual((await referencesOn(page)).sort());
    expect(booked).toHaveLength(count);
    const ofTheOrder = { status: 'booked', orderId: 'o-rosa-physio', visitType: { id: 'physiotherapy' } };
    for (const appointment of booked) expect(appointment).toMatchObject(ofTheOrder);
    expect(new Set(booked.map(({ practitioner }) => practitioner?.id)).size).toBe(1);
    expect(new Set(booked.map(({ start, timeZone }) => hourAt(start!, timeZone))).size).toBe(1);
    expect((await clinic.ordersOf('p-rosa')).includes('o-rosa-physio')).toBe(count < 8);
    if (adapter === 'fhir')
      await expectSlotsBusy(
        booked.map(({ id }) => id),
        fhirOf(demo),
      );
  });
}

test('an order opens its times, and the patient can still turn to another visit', async ({ page }) => {
  const booking = await follow(page, 'memory', 'MRI of the right knee');
  await booking.button(booking.text.changeVisit).click();
  await expect(booking.heading(booking.text.chooseVisit)).toBeVisible();
  await booking.button(/^Nurse visit/).click();
  await expect(booking.heading(booking.text.chooseTime)).toBeVisible();
  await expect(page.getByText('Nurse visit', { exact: true })).toBeVisible();
});

test('what the doctor asked for comes late, and nothing moves from under the finger', async ({ page }) => {
  await page.route('**/rest/findOrders', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  const { text, heading, button } = await open(page, '/book.html', { adapter: 'rest' });
  const nurse = button(/^Nurse visit/);
  await nurse.waitFor();
  const before = await nurse.boundingBox();
  await expect(heading(text.orders)).toBeVisible();
  expect(await nurse.boundingBox()).toEqual(before);
});

test('an order without a visit to book for it says whom to call', async ({ page }) => {
  await open(page, '/', { patient: 'p-samuel' });
  const orders = page.getByRole('listitem').filter({ hasText: 'Sleep study at home' });
  await expect(orders.getByRole('link', { name: '(269) 555-0142' })).toBeVisible();
  await expect(orders.getByRole('link')).toHaveCount(1);
});

/** Goes from Home to the times of what the doctor asked for. */
async function follow(page: Page, adapter: Adapter, name: string): Promise<Booking> {
  const booking = await open(page, '/', { adapter });
  await page.getByRole('link', { name }).click();
  await expect(page).toHaveURL(new RegExp(`/book\\.html\\?adapter=${adapter}&lang=en&order=`));
  await expect(booking.heading(booking.text.chooseTime)).toBeVisible();
  return booking;
}

const hourAt = (instant: string, timeZone: string): string =>
  new Date(instant).toLocaleTimeString('en', { timeZone, timeStyle: 'short' });

async function expectSlotsBusy(appointmentIds: readonly string[], fhir: ReturnType<typeof fhirOf>): Promise<void> {
  const slots = new Set<string>();
  for (const id of appointmentIds) {
    const { slot, start } = await fhir.read<Appointment>(`Appointment/${id}`);
    const taken = await fhir.read<Slot>(slot?.[0]?.reference);
    expect([taken.status, taken.start]).toEqual(['busy', start]);
    slots.add(`${taken.id}`);
  }
  expect(slots.size).toBe(appointmentIds.length);
}
