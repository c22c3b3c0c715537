import type { Appointment, Clinic } from '@clinic-widgets/core';
import ical from 'ical-generator';
import { when } from './pieces.ts';
import type { ViewContext } from './view-context.ts';

type Words = Pick<ViewContext, 'text' | 'locale'>;

/** The appointment as an iCalendar file (RFC 5545). Saved again after a change, it replaces the earlier entry. */
export function calendarFile(appointment: Appointment, clinic: Clinic, words: Words): string {
  const { id, start, end, location } = appointment;
  const calendar = ical({ prodId: { company: 'Clinic Widgets', product: 'Appointment picker' } });
  calendar.createEvent({
    id: `${id}@clinic-widgets`,
    start: new Date(start!),
    end: new Date(end ?? start!),
    // Others may see a calendar: what the visit is about stays out of its title.
    summary: clinic.name,
    description: describe(appointment, clinic, words),
    ...(location && { location: [location.name, location.address].filter(Boolean).join(', ') }),
  });
  return calendar.toString();
}

/** Hands the file to the reader's device. */
export function saveCalendarFile(appointment: Appointment, clinic: Clinic, words: Words): void {
  const file = new Blob([calendarFile(appointment, clinic, words)], { type: 'text/calendar' });
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href, download: 'appointment.ics' }).click();
  URL.revokeObjectURL(href);
}

function describe(appointment: Appointment, clinic: Clinic, { text, locale }: Words): string {
  const { visitType, practitioner, mode, instructions } = appointment;
  const lines = [visitType?.name, when(appointment, { text, locale }), practitioner?.name, mode && text.modes[mode]];
  return [...lines, instructions, text.change(clinic.phone)].filter(Boolean).join('\n');
}
