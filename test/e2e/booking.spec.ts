import AxeBuilder from '@axe-core/playwright';
import type { Appointment, Bundle, Resource, Slot } from '@medplum/fhirtypes';
import type { Page, Route } from '@playwright/test';
import { validate } from '../fhir-server/validation.ts';
import {
  type Adapter,
  adapters,
  appointmentsOf,
  confirm,
  type Language,
  languages,
  openBooking,
  referenceOn,
  toTimes,
} from './booking.ts';
import { type Demo, expect, test } from './demo.ts';

const spoken = Object.keys(languages) as Language[];

for (const adapter of adapters) {
  for (const language of spoken) {
    test(`${adapter}, ${language}: books by mouse, and the clinic has it`, async ({ page, demo }) => {
      const booking = await openBooking(page, { adapter, language });
      await toTimes(booking);
      await booking.times.first().click();
      await confirm(booking);
      await expectBooked(page, adapter, demo);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
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
      await bookFirstFor(page, 'p-samuel');
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
    await booking.times.first().click();
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
    test(`${adapter}: the network goes ${moment}, and trying again when it is back books once`, async ({ page }) => {
      const booking = await openBooking(page, { adapter });
      await toTimes(booking);
      const before = await appointmentsOf(page, 'p-rosa');
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
      const known = before.map(({ id }) => id);
      const added = (await appointmentsOf(page, 'p-rosa')).filter(({ id }) => !known.includes(id));
      expect(added).toEqual([{ id: await referenceOn(page), status: 'booked' }]);
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

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  let focused = '';
  await expect(async () => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      focused = await nameOfFocused(page);
      if (name.test(focused)) return;
    }
    throw new Error(`Tab does not lead to ${name}; it ended at ${focused}.`);
  }).toPass({ timeout: 15_000 });
}

const nameOfFocused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const label = (at as Partial<HTMLInputElement> | null)?.labels?.[0]?.textContent;
    return (at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '').replace(/\s+/g, ' ').trim();
  });

/** Books the first free nurse visit of the day shown for someone else, in the clinic that is inside the page. */
async function bookFirstFor(page: Page, patientId: string): Promise<void> {
  const shown = await page.locator('[aria-selected=true] [data-day]').getAttribute('data-day');
  await page.evaluate(
    async ([id, day]) => {
      type Ask = (input: object) => Promise<{ items: { id: string; version: string }[] }>;
      const { adapter } = document.querySelector('clinic-provider') as unknown as { adapter: Record<string, Ask> };
      const visitTypeId = 'nurse-visit';
      const { items } = await adapter['findSlots']!({ visitTypeId, from: day, to: day });
      const { id: slotId, version } = items[0]!;
      await adapter['bookAppointment']!({ acting: { patientId: id }, visitTypeId, slot: { id: slotId, version } });
    },
    [patientId, shown!] as const,
  );
}

async function expectBooked(page: Page, adapter: Adapter, demo: Demo): Promise<void> {
  const reference = await referenceOn(page);
  expect(await appointmentsOf(page, 'p-rosa')).toContainEqual({ id: reference, status: 'booked' });
  if (adapter === 'rest') await expectOverRest(demo, reference);
  if (adapter === 'fhir') await expectOnFhir(demo);
}

/** Asks the server itself: what the page believes is not enough. */
async function expectOverRest({ url }: Demo, appointmentId: string): Promise<void> {
  const response = await fetch(`${url}/rest/getAppointment`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ patientId: 'p-rosa', appointmentId }),
  });
  expect(await response.json()).toMatchObject({ id: appointmentId, status: 'booked', patientId: 'p-rosa' });
}

/** Reads the appointment and its slot back from the FHIR server, and has someone else's code say that they are valid. */
async function expectOnFhir({ fhirBaseUrl }: Demo): Promise<void> {
  const read = async <T extends Resource>(path: string) => (await (await fetch(`${fhirBaseUrl}/${path}`)).json()) as T;
  const found = await read<Bundle<Appointment>>('Appointment?patient=Patient/p-rosa&_count=100');
  const added = (found.entry ?? []).flatMap(({ resource }) => (resource && isNew(resource) ? [resource] : []));
  expect(added).toHaveLength(1);
  const appointment = added[0]!;
  expect(appointment.status).toBe('booked');
  expect(validate(appointment)).toEqual([]);

  const slot = await read<Slot>(appointment.slot![0]!.reference!);
  expect(slot.status).toBe('busy');
  expect(slot.start).toBe(appointment.start);
  expect(validate(slot)).toEqual([]);
}

/** What was there before the first test has an id of its own. */
const isNew = ({ id }: Appointment): boolean => !id?.startsWith('a-rosa-');
