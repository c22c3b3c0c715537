import type { Appointment, Slot } from '@medplum/fhirtypes';
import type { Page, Route } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import {
  type Adapter,
  adapters,
  confirm,
  type Language,
  languages,
  openBooking,
  referenceOn,
  toTimes,
} from './booking.ts';
import { bookFirstFor, clinicOf, fhirOf } from './clinic.ts';
import { type Demo, expect, test } from './demo.ts';
import { tabTo } from './keyboard.ts';

const spoken = Object.keys(languages) as Language[];

for (const adapter of adapters) {
  for (const language of spoken) {
    test(`${adapter}, ${language}: books by mouse, and the clinic has it`, async ({ page, demo }) => {
      const booking = await openBooking(page, { adapter, language });
      await toTimes(booking);
      await booking.times.first().click();
      await confirm(booking);
      await expectBooked(page, adapter, demo);
      expect(await violationsOf(page)).toEqual([]);
    });

    test(`${adapter}, ${language}: books by keyboard alone`, async ({ page, demo }) => {
      const { text, heading } = await openBooking(page, { adapter, language });
      await expect(heading(text.chooseVisit)).toBeVisible();
      await tabTo(page, /^Nurse visit/);
      await page.keyboard.press('Enter');
      await expect(heading(text.chooseTime)).toBeFocused();

      await tabTo(page, new RegExp(`^${text.nextMonth}$`));
      await page.keyboard.press('Enter');
      await tabTo(page, /\d (times?|horas?) (free|libres?)$/);
      await page.keyboard.press('Enter');
      await tabTo(page, /^\d{1,2}:\d\d/);
      await page.keyboard.press('Enter');
      await expect(heading(text.details)).toBeFocused();

      await tabTo(page, new RegExp(text.reason.slice(0, 12).replace(/[¿?]/g, '.')));
      await page.keyboard.type('Blood pressure');
      await tabTo(page, new RegExp(`^${text.confirm}$`));
      await page.keyboard.press('Enter');
      await expect(heading(text.booked)).toBeFocused();
      await expectBooked(page, adapter, demo);
    });
  }

  test(`${adapter}: someone else was faster, and the patient chooses again`, async ({ page, context }) => {
    const booking = await openBooking(page, { adapter });
    await toTimes(booking);
    const taken = (await booking.times.first().innerText()).trim();
    const before = await booking.times.count();

    if (adapter === 'memory') {
      await bookFirstFor(page, 'p-samuel', 'nurse-visit');
    } else {
      const other = await context.newPage();
      const rival = await openBooking(other, { adapter, patient: 'p-samuel' });
      await toTimes(rival);
      await rival.times.first().click();
      await confirm(rival);
      await other.close();
    }

    await booking.times.first().click();
    await expect(page.getByRole('alert')).toHaveText(booking.text.taken);
    await expect(booking.times).toHaveCount(before - 1);
    expect((await booking.times.first().innerText()).trim()).not.toBe(taken);
    await expect(booking.nearest).toHaveCount(3);
    await booking.nearest.first().click();
    await confirm(booking);
  });
}

/** Where each adapter finds the clinic, and where it sends the booking itself. */
const ways = {
  rest: { clinic: '**/rest/*', booking: /\/rest\/bookAppointment$/ },
  fhir: { clinic: '**/fhir/R4/**', booking: /\/fhir\/R4\/Appointment$/ },
} as const;

for (const adapter of ['rest', 'fhir'] as const) {
  const { clinic, booking: place } = ways[adapter];

  for (const moment of ['before the booking reaches the clinic', 'before the answer is back'] as const) {
    test(`${adapter}: the network goes ${moment}, and trying again when it is back books once`, async ({
      page,
      demo,
    }) => {
      const booking = await openBooking(page, { adapter });
      await toTimes(booking);
      await booking.times.first().click();
      await expect(page.getByText(booking.text.held)).toBeVisible();

      let gone = false;
      await page.route(clinic, async (route: Route) => {
        const isBooking = route.request().method() === 'POST' && place.test(route.request().url());
        if (!gone && !isBooking) return route.continue();
        if (!gone && moment === 'before the answer is back') await route.fetch();
        gone = true;
        return route.abort('internetdisconnected');
      });
      await booking.button(booking.text.confirm).click();
      await expect(booking.heading(booking.text.failed)).toBeVisible();
      await expect(page.getByText(booking.text.failures.unavailable)).toBeVisible();
      expect(gone).toBe(true);

      await page.unroute(clinic);
      await booking.button(booking.text.retry).click();
      await expect(booking.heading(booking.text.booked)).toBeVisible();
      const added = await clinicOf(page, adapter, demo).newOf('p-rosa');
      expect(added.map(({ id, status }) => ({ id, status }))).toEqual([
        { id: await referenceOn(page), status: 'booked' },
      ]);
    });
  }

  const answers = {
    HTML: { body: '<!doctype html><title>Maintenance</title>', contentType: 'text/html' },
    nothing: { body: '' },
    'half a JSON': { body: '{"items":[{"id":', contentType: 'application/json' },
    '503': { status: 503, body: 'Service Unavailable' },
    'what nobody asked for': { json: { hello: '<img src=x onerror=alert(1)>' } },
  };
  for (const [name, answer] of Object.entries(answers)) {
    test(`${adapter}: a clinic that answers ${name} ends in a plain sentence and another try`, async ({ page }) => {
      await page.route(clinic, (route) =>
        route.fulfill({ headers: { 'access-control-allow-origin': '*' }, ...answer }),
      );
      const { text, heading, button } = await openBooking(page, { adapter });
      await expect(heading(text.failed)).toBeVisible();
      const said = name === '503' ? text.failures.unavailable : text.failures.unexpected;
      await expect(page.getByText(said)).toBeVisible();

      await page.unroute(clinic);
      await button(text.retry).click();
      await expect(heading(text.chooseVisit)).toBeVisible();
    });
  }
}

test('rest: markup in what the server says is shown as text', async ({ page }) => {
  const markup = '<img src=x onerror=alert(1)><b>Check-up</b>';
  await page.route('**/rest/findVisitTypes', (route) =>
    route.fulfill({ json: { items: [{ id: 'v1', name: markup, description: markup, modes: ['in-person'] }] } }),
  );
  const { button } = await openBooking(page, { adapter: 'rest' });
  await expect(button(markup)).toBeVisible();
});

test('books in a browser that has no Temporal', async ({ page }) => {
  await page.addInitScript(() => void delete (globalThis as { Temporal?: unknown }).Temporal);
  const booking = await openBooking(page);
  await toTimes(booking);
  await booking.times.first().click();
  await confirm(booking);
});

/** Asks the clinic itself: what the page believes is not enough. */
async function expectBooked(page: Page, adapter: Adapter, demo: Demo): Promise<void> {
  const clinic = clinicOf(page, adapter, demo);
  const appointment = await clinic.getAppointment('p-rosa', await referenceOn(page));
  expect(appointment).toMatchObject({ status: 'booked', patientId: 'p-rosa', visitType: { id: 'nurse-visit' } });
  expect(await clinic.isFree(appointment)).toBe(false);
  if (adapter !== 'fhir') return;

  const fhir = fhirOf(demo);
  const stored = await fhir.read<Appointment>(`Appointment/${appointment.id}`);
  expect(stored.status).toBe('booked');
  const slot = await fhir.read<Slot>(stored.slot?.[0]?.reference);
  expect([slot.status, slot.start]).toEqual(['busy', stored.start]);
}
