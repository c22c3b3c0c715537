import { readFile } from 'node:fs/promises';
import { confirm, open, openBooking, referenceOn, toTimes } from './booking.ts';
import { clinicOf } from './clinic.ts';
import { expect, test } from './demo.ts';

// Far from the clinic, so that a time of the reader's own clock would be seen.
test.use({ timezoneId: 'Asia/Tokyo' });

for (const language of ['en', 'es'] as const) {
  test(`${language}: the calendar file says the moments, whatever the reader’s clock`, async ({ page, demo }) => {
    const booking = await openBooking(page, { language });
    await toTimes(booking);
    await booking.times.first().click();
    await confirm(booking);
    const downloading = page.waitForEvent('download');
    await booking.button(booking.text.saveToCalendar).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('appointment.ics');

    const id = await referenceOn(page);
    const { start, end } = await clinicOf(page, 'memory', demo).getAppointment('p-rosa', id);
    const event = eventIn(await readFile(await download.path(), 'utf8'));
    expect(event['DTSTART']).toEqual(utc(start!));
    expect(event['DTEND']).toEqual(utc(end!));
    expect(event['DTSTAMP']).toMatch(/^\d{8}T\d{6}Z$/);
    expect(event['UID']).toContain(id);
    // Others may look at a calendar.
    expect(event['SUMMARY']).toBe('Harbor Clinic');
    expect(event['LOCATION']).toContain('210 Lake Boulevard');
  });
}

test('an appointment that was booked before can be saved as well', async ({ page }) => {
  const { text, last } = await open(page, '/appointments.html', { adapter: 'fhir' });
  const downloading = page.waitForEvent('download');
  await last.getByRole('button', { name: text.saveToCalendar }).click();
  const event = eventIn(await readFile(await (await downloading).path(), 'utf8'));
  expect(event['UID']).toContain('a-rosa-coming');
});

const utc = (instant: string): string => new Date(instant).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** The properties of the one event of a calendar that is written as RFC 5545 has it. */
function eventIn(calendar: string): Readonly<Record<string, string>> {
  expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const lines = calendar.replace(/\r\n$/, '').split('\r\n');
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const unfolded = calendar.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
  const blocks = unfolded.filter((line) => /^(BEGIN|END):/.test(line));
  expect(blocks).toEqual(['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'END:VEVENT', 'END:VCALENDAR']);
  const properties = unfolded.filter(Boolean).map((line) => /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line)!);
  expect(properties).not.toContain(null);
  const named = Object.fromEntries(properties.map(([, name, value]) => [name!, value!]));
  expect(named['VERSION']).toBe('2.0');
  expect(named['PRODID']).toContain('Clinic Widgets');
  return named;
}
