import type { Appointment, Provenance } from '@medplum/fhirtypes';
import { adapters, confirm, open, openBooking, referenceOn, toDay, toTimes } from './booking.ts';
import { clinicOf, fhirOf } from './clinic.ts';
import { expect, test } from './demo.ts';

for (const adapter of adapters) {
  test(`${adapter}: a mother books and cancels for her son, and the clinic knows who acted`, async ({ page, demo }) => {
    const acting: unknown[] = [];
    page.on('request', (request) => {
      if (/\/rest\/(hold|book|cancel)/.test(request.url())) acting.push((request.postDataJSON() as Request).acting);
    });
    const booking = await open(page, '/book.html', { adapter });
    await page.getByRole('radio', { name: 'Mateo Delgado' }).check();
    await toTimes(booking);
    await booking.times.first().click();
    await expect(page.getByRole('definition').filter({ hasText: 'Mateo Delgado' })).toBeVisible();
    await confirm(booking);

    const clinic = clinicOf(page, adapter, demo);
    const id = await referenceOn(page);
    expect(await clinic.getAppointment('p-mateo', id)).toMatchObject({ patientId: 'p-mateo', status: 'booked' });
    expect(await clinic.newOf('p-rosa')).toEqual([]);

    await page.getByRole('navigation').getByRole('link', { name: 'My appointments' }).click();
    await page.getByRole('radio', { name: 'Mateo Delgado' }).check();
    await expect(booking.appointments).toHaveCount(2);
    await booking.last.getByRole('button', { name: `${booking.text.cancel}: ` }).click();
    await booking.button(booking.text.cancelIt).click();
    await expect(booking.heading(booking.text.cancelled)).toBeVisible();
    expect((await clinic.getAppointment('p-mateo', id)).status).toBe('cancelled');
    if (adapter === 'rest') {
      expect(acting).toHaveLength(3);
      for (const one of acting) expect(one).toEqual({ patientId: 'p-mateo', representativeId: 'r-rosa' });
    }
    if (adapter !== 'fhir') return;

    const fhir = fhirOf(demo);
    const { participant } = await fhir.read<Appointment>(`Appointment/${id}`);
    const actors = participant.map(({ actor }) => actor?.reference);
    expect(actors).toEqual(expect.arrayContaining(['Patient/p-mateo', 'RelatedPerson/r-rosa']));
    // Their targets name the versions that were written, which no search for the appointment alone finds here.
    const provenances = (await fhir.search<Provenance>('Provenance')).filter(({ target }) =>
      target[0]?.reference?.startsWith(`Appointment/${id}/_history/`),
    );
    expect(provenances).toHaveLength(2);
    const who = { reference: 'RelatedPerson/r-rosa' };
    for (const { agent } of provenances) {
      expect(agent).toMatchObject([{ who, onBehalfOf: { reference: 'Patient/p-mateo' } }]);
    }
  });

  test(`${adapter}: what is needed at the visit reaches the clinic`, async ({ page, demo }) => {
    const booking = await openBooking(page, { adapter });
    const { text, button } = booking;
    await button(/^Check-up/).click();
    await page.getByText(text.needsTitle).click();
    const spoken = page.getByLabel(text.needs['spoken-interpreter']);
    await spoken.selectOption('Korean');
    await expect(page.getByRole('alert')).toContainText(text.cannotMeet(text.interpreter('Korean')));
    await spoken.selectOption('Spanish');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.getByLabel(text.needs['more-time']).check();
    await toDay(booking);
    await booking.times.first().click();
    await confirm(booking);

    const id = await referenceOn(page);
    const needs = [{ kind: 'spoken-interpreter', language: 'es' }, { kind: 'more-time' }];
    expect((await clinicOf(page, adapter, demo).getAppointment('p-rosa', id)).needs).toEqual(needs);
    if (adapter !== 'fhir') return;

    const { extension = [], comment } = await fhirOf(demo).read<Appointment>(`Appointment/${id}`);
    const stored = extension
      .filter(({ url }) => url === 'urn:clinic-widgets:need')
      .map(({ extension: parts }) => parts);
    expect(stored).toMatchObject([
      [{ valueCoding: { code: 'spoken-interpreter' } }, { valueCode: 'es' }],
      [{ valueCoding: { code: 'more-time' } }],
    ]);
    // Staff whose system shows no extensions read it all the same.
    expect(comment).toContain('interpreter (es)');
  });
}

test('what the place cannot do is said before the time is held', async ({ page }) => {
  const holds: string[] = [];
  page.on('request', (request) => request.url().endsWith('/holdSlot') && holds.push(request.url()));
  const booking = await openBooking(page, { adapter: 'rest' });
  const { text, button } = booking;
  await button(/^Check-up/).click();
  await page.getByText(text.needsTitle).click();
  await page.getByLabel(text.needs['transfer-equipment']).check();
  await expect(page.getByRole('alert')).toContainText(text.maybeMeet(text.needs['transfer-equipment']));
  await toDay(booking);
  await booking.times.filter({ hasText: 'Harbor Clinic Michigan City' }).first().click();
  await expect(page.getByRole('alert')).toContainText(text.cannotMeet(text.needs['transfer-equipment']));
  expect(holds).toEqual([]);
  await button(text.goOn).click();
  await confirm(booking);
  expect(holds).toHaveLength(1);
});

test('an order of the son leads to his booking, not to hers', async ({ page, demo }) => {
  const booking = await open(page, '/');
  await page.getByRole('link', { name: 'Skin check of a mole on the back' }).click();
  await expect(page).toHaveURL(/&order=o-mateo-skin&for=p-mateo$/);
  await expect(booking.heading(booking.text.chooseTime)).toBeVisible();
  await toDay(booking);
  await booking.times.first().click();
  await confirm(booking);
  const appointment = await clinicOf(page, 'memory', demo).getAppointment('p-mateo', await referenceOn(page));
  expect(appointment).toMatchObject({ patientId: 'p-mateo', orderId: 'o-mateo-skin' });
});

interface Request {
  readonly acting: unknown;
}
