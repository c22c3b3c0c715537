import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { type Books, nowAt } from './books.ts';
import { maySeeType } from './privacy.ts';
import type { SeedForm } from './seed.ts';

type Visit = Omit<Appointment, 'version'> & { readonly start: string };

/** A form that someone waits for, maybe for a visit. */
export interface Wanted {
  readonly form: SeedForm;
  readonly visit?: Visit | undefined;
  readonly due?: string | undefined;
  /** Nobody asked for it but the type of the visit. */
  readonly byType?: boolean;
}

/** The forms that wait for the patient: asked for by the care team, or needed for a visit. */
export function wantedOf(books: Books, patientId: string): readonly Wanted[] {
  const { seed } = books;
  const visits = visitsOf(books, patientId);
  const asked = seed.formRequests
    .filter((request) => request.patientId === patientId)
    .filter(({ appointmentId }) => appointmentId === undefined || visits.some(({ id }) => id === appointmentId))
    .map(({ formId, appointmentId, due }) => {
      return { formId, due, visit: visits.find(({ id }) => id === appointmentId), byType: false };
    });
  const needed = visits.flatMap((visit) =>
    seed.visitForms
      .filter(({ visitTypeId }) => visitTypeId === visit.visitType?.id)
      .flatMap(({ formIds }) =>
        formIds.map((formId) => ({ formId, visit, due: dayOf(visit.start, visit.timeZone), byType: true })),
      ),
  );

  const wanted = new Map<string, Wanted>();
  for (const { formId, ...of } of [...asked, ...needed]) {
    const form = seed.forms.find(({ id }) => id === formId);
    const key = JSON.stringify([formId, of.visit?.id]);
    if (form && !wanted.has(key)) wanted.set(key, { form, ...of });
  }
  return [...wanted.values()].filter((one) => !isHandedIn(books, patientId, one));
}

/** Whether the form is not for the eyes of who acts. */
export const isHidden = ({ words }: SeedForm, { representativeId }: Acting): boolean =>
  representativeId !== undefined && Object.values(words).some(({ patientOnly }) => patientOnly);

/** The same of a form that is wanted: what only the type of a private visit asks for tells that type. */
export const isKept = (books: Books, { form, visit, byType }: Wanted, acting: Acting): boolean =>
  isHidden(form, acting) || (byType === true && visit !== undefined && !maySeeType(books, acting, visit));

/** All the forms of a visit, handed in or not. */
export function formsOf(
  { seed }: Books,
  { id, visitType }: Pick<Appointment, 'id' | 'visitType'>,
): readonly SeedForm[] {
  const asked = seed.formRequests.filter(({ appointmentId }) => appointmentId === id).map(({ formId }) => formId);
  const needed = seed.visitForms.filter(({ visitTypeId }) => visitTypeId === visitType?.id);
  const formIds = [...asked, ...needed.flatMap((one) => one.formIds)];
  return seed.forms.filter((form) => formIds.includes(form.id));
}

const COMING: readonly Appointment['status'][] = ['booked', 'arrived', 'checked-in'];

/**
 * The visits that are certain and not over. Who comes late, or waits for a doctor who is late, is asked as well:
 * only the day is the end of it.
 */
function visitsOf(books: Books, patientId: string): readonly Visit[] {
  const today = (timeZone: string) => dayOf(nowAt(books, timeZone), timeZone);
  return [...books.appointments.values()].flatMap(({ appointment }) => {
    const { start, end = start, status, timeZone } = appointment;
    const isComing = appointment.patientId === patientId && COMING.includes(status);
    return isComing && start !== undefined && dayOf(end!, timeZone) >= today(timeZone)
      ? [{ ...appointment, start }]
      : [];
  });
}

/** Whether the form was handed in: for the visit, where it is for one, and on its day, once that has come, where safety depends on it. */
function isHandedIn({ responses, now }: Books, patientId: string, { form, visit }: Wanted): boolean {
  const given = [...responses.values()]
    .filter((stored) => stored.patientId === patientId && stored.response.form.id === form.id)
    .map(({ response }) => response);
  if (!visit) return given.length > 0;

  const forVisit = given.filter(({ appointmentId }) => appointmentId === visit.id);
  const day = (instant: string) => dayOf(instant, visit.timeZone);
  const today = day(new Date(now).toISOString());
  const isSafety = Object.values(form.words).some(({ purpose }) => purpose === 'safety');
  if (!isSafety || day(visit.start) !== today) return forVisit.length > 0;
  return forVisit.some(({ authored }) => day(authored) === today);
}
