import type * as fhir from 'fhir/r4.js';
import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Station, Visit } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { plainName } from '@clinic-widgets/core/identity.js';
import { dayOf, inZone } from '@clinic-widgets/core/time.js';
import { show, toAppointment, visitTypeIdsIn } from './appointments.ts';
import { isStaff, maySee, represented, type Represented } from './authority.ts';
import type { Asking } from './client.ts';
import { momentOf } from './datatypes.ts';
import { directoryOf } from './directory.ts';
import { lenient } from './lenient.ts';
import { pageOf, type Paging } from './paging.ts';
import { actorsOf, ownAppointment } from './participants.ts';
import { preparationsOf } from './preparations.ts';
import { receptionOf } from './reception.ts';
import { searchAll, type Setting } from './setting.ts';
import type { VisitAsked } from './visit.ts';
import { toMarks, type VisitMarks, visitTasksOf } from './visit-tasks.ts';

/** What a patient comes to the clinic for, or has come for. */
export const CERTAIN: readonly fhir.Appointment['status'][] = ['booked', 'arrived', 'checked-in', 'fulfilled'];

const HOUR = 3_600_000;
/** No place has a day that begins further from the clinic's than that. */
const DAYS_SPAN = 40 * HOUR;

/** What limits a search for appointments to those around a moment. */
export const around = (moment: number) =>
  [
    ['date', `ge${new Date(moment - DAYS_SPAN).toISOString()}`],
    ['date', `lt${new Date(moment + DAYS_SPAN).toISOString()}`],
  ] as const;

/** The instant it is. */
export const nowIn = ({ now }: Pick<Setting, 'now'>, timeZone: string): string =>
  inZone(new Date(now).toISOString(), timeZone);

/** Whether something is today where it is. */
export const isToday = (setting: Pick<Setting, 'now'>, { start, timeZone }: Pick<Appointment, 'start' | 'timeZone'>) =>
  start !== undefined && dayOf(start, timeZone) === dayOf(nowIn(setting, timeZone), timeZone);

/** A visit that the patient, or staff, has read, with what it is about. */
export function asked(acting: Acting, appointment: fhir.Appointment): VisitAsked {
  return {
    acting,
    authority: 'self',
    patientId: acting.patientId,
    appointmentId: appointment.id ?? '',
    visitTypeId: visitTypeIdsIn(appointment)[0],
    appointment,
  };
}

/** The same as whoever acts may know it. */
const askedBy = (setting: Setting, acting: Acting, who: Represented, appointment: fhir.Appointment): VisitAsked => ({
  ...asked(acting, appointment),
  authority: who.authority,
  isHidden: !maySee(setting, who, appointment),
});

/** The visit without what would tell what it is for: with whom it is tells that too. */
function discreet(visit: Appointment): Appointment {
  const { visitType: _, instructions: __, practitioner: ___, orderId: ____, ...appointment } = visit;
  return appointment;
}

/** The patient's visit, for somebody who may act for them. */
export async function ownVisit(
  setting: Setting,
  acting: Acting,
  appointmentId: string,
  asking: Asking,
): Promise<VisitAsked> {
  const reading = ownAppointment(setting, acting.patientId, appointmentId, asking);
  reading.catch(() => undefined);
  // Who may not act is told that, and not what is there.
  const who = await represented(setting, acting, asking);
  return askedBy(setting, acting, who, await reading);
}

interface VisitQuery extends Paging {
  readonly acting: Acting;
  readonly station: Station;
}

/** The patient's visits of today, earliest first, with what each needs. */
export async function findVisits(setting: Setting, { acting, station, ...paging }: VisitQuery, asking: Asking) {
  const patient = ['patient', `Patient/${acting.patientId}`] as const;
  const query = [patient, ['status', CERTAIN.join()] as const, ...around(setting.now)];
  const [found, who] = await Promise.all([
    searchAll<fhir.Appointment>(setting, 'Appointment', query, { ...asking, secret: true }),
    represented(setting, acting, asking),
  ]);
  const certain = found.filter((one) => lenient(one, ({ status }) => CERTAIN.includes(status), setting.warn));
  const actors = certain.flatMap((one) => lenient(one, actorsOf, setting.warn) ?? []);
  const directory = await directoryOf(setting, actors, [], asking);
  const { timeZone } = setting.ability.clinic;
  const today = certain
    .flatMap((one) => {
      const shown = lenient(one, () => toAppointment(one, directory, timeZone), setting.warn);
      return shown ? [{ shown, visit: askedBy(setting, acting, who, one) }] : [];
    })
    .filter(({ shown }) => shown.patientId === acting.patientId && isToday(setting, shown));
  const page = pageOf(
    today.map((one) => [`${new Date(one.shown.start!).toISOString()}/${one.shown.id}`, one] as const),
    paging,
  );
  const ids = page.items.map(({ shown }) => shown.id);
  const tasks = await visitTasksOf(setting, ids, asking);
  const items = await Promise.all(
    page.items.map(({ shown, visit }) => {
      const task = tasks.get(shown.id);
      const marks = (task && lenient(task, toMarks, setting.warn)) ?? { isReady: false };
      return toVisit(setting, { visit, shown, marks, station }, asking);
    }),
  );
  return { ...page, items };
}

/** A visit as it was read, and from where it is looked at. */
interface Seen {
  readonly visit: VisitAsked;
  readonly shown: Appointment;
  readonly marks: VisitMarks;
  readonly station: Station;
}

/** A visit as who acts sees it, from where they are. */
export async function toVisit(setting: Setting, seen: Seen, asking: Asking): Promise<Visit> {
  const { visit, marks, station } = seen;
  const shown = visit.isHidden ? discreet(seen.shown) : seen.shown;
  const { arrivedAt, ticket, callBy } = hasCome(shown) ? marks : { ...marks, arrivedAt: undefined, ticket: undefined };
  const place = placeOf(setting, station);
  const isElsewhere = place !== undefined && shown.location !== undefined && place !== shown.location.id;
  const way = wayTo(setting, shown);
  return {
    appointment: shown,
    preparations: await preparationsOf(setting, visit, asking),
    ready: marks.isReady,
    timing: timingOf(setting, shown, arrivedAt),
    ...(isElsewhere && { elsewhere: true }),
    ...(arrivedAt && { arrivedAt: inZone(arrivedAt, shown.timeZone) }),
    ...(ticket && { ticket }),
    ...(callBy && { callBy }),
    ...(way && { way }),
  };
}

/** The visit as it is after a step. */
export async function after(
  setting: Setting,
  visit: VisitAsked,
  marks: VisitMarks,
  station: Station,
  asking: Asking,
): Promise<Visit> {
  const shown = await show(setting, visit.appointment, asking);
  return toVisit(setting, { visit, shown, marks, station }, asking);
}

const hasCome = ({ status }: Pick<Appointment, 'status'>): boolean =>
  status === 'arrived' || status === 'checked-in' || status === 'fulfilled';

/** Where the station stands, as far as it can be known: a phone is where the code is that it shows. */
function placeOf(setting: Setting, { kind, locationId, lobbyCode }: Station): string | undefined {
  if (lobbyCode === undefined) return kind === 'phone' ? undefined : locationId;
  const { lobbyCodes } = receptionOf(setting);
  return lobbyCodes.find(({ code }) => plainName(code) === plainName(lobbyCode))?.locationId;
}

/** Whether the station shows that the patient is where the visit is. */
export function isThere(setting: Setting, station: Station, { location }: Pick<Appointment, 'location'>): boolean {
  if (station.kind === 'desk') return isStaff(setting, station);
  const place = placeOf(setting, station);
  // A kiosk of which nobody said where it stands is one of the clinic's all the same.
  if (place === undefined) return station.kind === 'kiosk' && station.lobbyCode === undefined;
  return location === undefined || place === location.id;
}

/** Who has arrived is no later for having to wait. */
function timingOf(setting: Setting, { start }: Appointment, arrivedAt: string | undefined): Visit['timing'] {
  const { tooEarly, early, late, missed } = receptionOf(setting).minutes;
  const begins = momentOf(start);
  if (begins === undefined) return 'on-time';
  const ahead = (begins - (momentOf(arrivedAt) ?? setting.now)) / 60_000;
  if (ahead > tooEarly) return 'too-early';
  if (ahead > early) return 'early';
  if (-ahead > missed) return 'missed';
  return -ahead > late ? 'late' : 'on-time';
}

/** The way as the clinic describes it for such visits, or else how to find the place. */
function wayTo(setting: Setting, { location, visitType, mode }: Appointment): Visit['way'] {
  if (!location || mode === 'video' || mode === 'phone') return undefined;
  const way = receptionOf(setting).ways.find(
    (one) => one.locationId === location.id && one.visitTypeId === visitType?.id,
  );
  if (way) {
    const { locationId: _, visitTypeId: __, ...said } = way;
    const { language } = receptionOf(setting);
    return { ...(language && { language }), ...said, location };
  }
  return location.directions === undefined ? undefined : { location, words: location.directions };
}
