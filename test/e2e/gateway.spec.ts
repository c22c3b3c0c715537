// The same visit on FHIR: the kiosk asks a gateway, which asks the FHIR server; what was written is read back there.
import type {
  Appointment,
  Consent,
  Encounter,
  Patient,
  Provenance,
  QuestionnaireResponse,
  Task,
} from '@medplum/fhirtypes';
import { checkInOn, openPhone, rosa, samuel } from './check-in.ts';
import { fhirOf } from './clinic.ts';
import { expect, test } from './demo.ts';

test.describe.configure({ timeout: 120_000 });

test('a whole visit through the gateway is on the FHIR server, each thing once', async ({ page, demo }) => {
  await page.goto('/kiosk.html?adapter=fhir');
  const visit = checkInOn(page);
  const { text, heading, widget } = visit;
  await visit.come();
  await visit.identify(rosa);
  await visit.start();
  await visit.confirmDetails('(269) 555-0199');
  await visit.confirmInsurance();
  await visit.fillIn();
  await visit.decide(['accept', 'accept', 'decline']);
  await visit.cannotPay();
  await expect(heading(text.done)).toBeFocused();
  await expect(widget.locator('.ticket')).toHaveText(/^[A-Z]\d\d$/);
  await expect(widget.getByText('waiting area B').first()).toBeVisible();

  const server = fhirOf(demo);
  const appointment = await server.read<Appointment>(`Appointment/${rosa.appointmentId}`);
  expect(appointment.status).toBe('checked-in');
  const patient = await server.read<Patient>('Patient/p-rosa');
  expect(patient.telecom).toContainEqual(expect.objectContaining({ system: 'phone', value: '(269) 555-0199' }));
  const consents = await server.search<Consent>('Consent?patient=Patient/p-rosa');
  const decisions = consents.map(({ status, category }) => [category[0]!.coding![0]!.code, status]);
  expect(Object.fromEntries(decisions)).toEqual({
    treatment: 'active',
    'privacy-notice': 'active',
    authorization: 'rejected',
  });
  expect(consents).toHaveLength(3);
  expect(await server.search<QuestionnaireResponse>('QuestionnaireResponse?patient=Patient/p-rosa')).toMatchObject([
    { status: 'completed', questionnaire: expect.stringContaining('intake') as unknown as string },
  ]);
  const confirmed = await server.search<Provenance>('Provenance');
  expect(confirmed.map(({ target }) => target[0]!.reference!.split('/', 2).join('/')).sort()).toEqual([
    'Coverage/c-rosa-1',
    'Patient/p-rosa',
  ]);
  for (const { agent, location } of confirmed) {
    expect(agent).toMatchObject([{ who: { reference: 'Patient/p-rosa' } }]);
    expect(location).toMatchObject({ reference: 'Location/st-joseph' });
  }
  // What the kiosk knows of the visit, what was said of the payment, and, for staff, the form, the copies and what is left.
  const tasks = await server.search<Task>('Task?patient=Patient/p-rosa');
  const codes = tasks.flatMap(({ id, code }) => (id!.startsWith('f-') ? [] : (code?.coding?.[0]?.code ?? '')));
  expect(codes.sort()).toEqual(['copy', 'copy', 'payment', 'review', 'unfinished', 'visit']);
});

test('a call for a person goes through the gateway to the desk, and the answer back', async ({ page }) => {
  await page.goto('/kiosk.html?adapter=fhir&device=lobby-7');
  const visit = checkInOn(page);
  const { text, widget } = visit;
  await visit.come();
  await visit.press(text.help);
  await visit.press(text.callPerson);
  await expect(widget.getByText(text.called).first()).toBeVisible();
  const desk = await page.context().newPage();
  await desk.goto('/desk.html?adapter=fhir');
  const card = desk.getByRole('region', { name: 'Calls for a person' }).locator('.card').filter({ hasText: 'lobby-7' });
  await expect(widget.getByText(text.someoneComes)).toHaveCount(0);
  await card.getByRole('button', { name: 'I am coming' }).click();
  await expect(widget.getByText(text.someoneComes).first()).toBeVisible({ timeout: 15_000 });
});

test('who waits is on the board, is called there, and is with a clinician when the FHIR server says so', async ({
  page,
  demo,
}) => {
  await page.goto('/kiosk.html?adapter=fhir');
  const visit = checkInOn(page);
  const { text, heading, widget } = visit;
  await visit.come();
  await visit.identify(samuel);
  await visit.start();
  await visit.confirmDetails();
  await visit.confirmInsurance();
  await visit.decide(['accept', 'accept']);
  await expect(heading(text.done)).toBeFocused();
  const ticket = await widget.locator('.ticket').innerText();

  const board = await page.context().newPage();
  await board.goto('/board.html?adapter=fhir');
  await expect(board.getByRole('region', { name: 'Waiting' }).getByText(ticket)).toBeVisible();
  const desk = await page.context().newPage();
  await desk.goto('/desk.html?adapter=fhir');
  const card = desk.getByRole('region', { name: 'Arrivals' }).locator('.card').filter({ hasText: 'Samuel Whitfield' });
  await card.getByRole('combobox').or(card.getByRole('textbox')).fill('Room 4');
  await card.getByRole('button', { name: `Call ${ticket}` }).click();
  await expect(board.getByRole('region', { name: 'Please come' }).getByText('Room 4')).toBeVisible();
  await expect(widget.getByText(text.progress.called('Room 4'))).toBeVisible({ timeout: 15_000 });

  const encounter: Encounter = {
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: `Patient/${samuel.id}` },
    appointment: [{ reference: `Appointment/${samuel.appointmentId}` }],
    period: { start: new Date().toISOString() },
  };
  const headers = { 'content-type': 'application/fhir+json' };
  await fetch(`${demo.fhirBaseUrl}/Encounter`, { method: 'POST', headers, body: JSON.stringify(encounter) });
  await expect(widget.getByText(text.progress['with-clinician'])).toBeVisible({ timeout: 15_000 });
  await expect(card).toContainText('With a clinician');
  await expect(board.getByRole('main').getByText(ticket)).toHaveCount(0);
  await expect(board.locator('body')).not.toContainText(/Samuel|Whitfield/);
});

test('with the desk closed the gateway lets nothing be promised, and says so where the desk is opened anew', async ({
  page,
}) => {
  const desk = await page.context().newPage();
  await desk.goto('/desk.html?adapter=fhir');
  await desk.getByRole('button', { name: 'Desk closed' }).click();
  const closed = desk.getByRole('button', { name: 'Desk closed', pressed: true });
  await expect(closed).toBeVisible();
  await desk.reload();
  await expect(closed).toBeVisible();
  await page.goto('/kiosk.html?adapter=fhir');
  const visit = checkInOn(page);
  const { text, widget } = visit;
  await visit.come();
  await visit.press(text.help);
  await visit.press(text.callPerson);
  await expect(widget.getByText('The front desk is closed right now.').first()).toBeVisible();
  await expect(widget.getByText(text.called)).toHaveCount(0);
});

test('the sample of a reminder’s link can be tried from the portal, once', async ({ page, demo }) => {
  await page.goto('/index.html?adapter=fhir');
  const link = page.getByRole('link', { name: 'Open the link of a sample reminder' });
  const used = (await link.getAttribute('href'))!;
  await link.click();
  const visit = checkInOn(page);
  const { text, widget, heading } = visit;
  await visit.press(text.isComing);
  await expect(heading(text.thanks)).toBeFocused();
  expect(page.url()).not.toContain('reminder=');
  expect(await fhirOf(demo).search<Task>('Task?code=urn:clinic-widgets:visit-tasks|reminder')).toHaveLength(1);

  // The page is open already: only what comes after the # is another. A used link, and a forged one, are good for nothing.
  for (const bad of [used, `${used.slice(0, -4)}AAAA`]) {
    await page.evaluate((href) => (location.href = href), bad);
    await visit.press(text.isComing);
    await expect(heading(text.failed)).toBeFocused();
    await expect(widget.getByRole('button', { name: text.help })).toBeVisible();
  }
});

test('on a phone, too, the gateway finds out who it is, and tells nobody else', async ({ page, demo }) => {
  const visit = await openPhone(page, '?adapter=fhir');
  const { text, heading } = visit;
  await visit.come();
  await visit.identify(rosa);
  await expect(heading(text.atHome)).toBeFocused();
  await visit.press(text.iAmHome);
  await expect(heading(text.list)).toBeFocused();
  expect((await fhirOf(demo).read<Appointment>(`Appointment/${rosa.appointmentId}`)).status).toBe('booked');
  // Without the pass that was given to this page nothing is told.
  const headers = { 'content-type': 'application/json' };
  for (const [operation, input] of [
    ['getDetails', { acting: { patientId: 'p-rosa' } }],
    ['findAttention', {}],
  ] as const) {
    const answer = await fetch(`${demo.url}/gateway/${operation}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    });
    expect(answer.status, operation).toBe(401);
  }
});
