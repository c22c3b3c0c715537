import type { Appointment, AppointmentStatus } from '@clinic-widgets/core/appointments.js';
import type { Station, Visit } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { plainName } from '@clinic-widgets/core/identity.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { admit, appointmentOf, type Books, nowAt, shown, stateOf, type Stored } from './books.ts';
import { preparationsOf } from './preparations.ts';
import { seenBy } from './privacy.ts';

/** What a patient comes to the clinic for, or has come for. */
const CERTAIN: readonly AppointmentStatus[] = ['booked', 'arrived', 'checked-in', 'fulfilled'];

/** Whether something is today where it is. */
export const isToday = (books: Books, { start, timeZone }: Pick<Appointment, 'start' | 'timeZone'>): boolean =>
  start !== undefined && dayOf(start, timeZone) === dayOf(nowAt(books), timeZone);

/** The patient's visits of today where they are, earliest first. */
export function visitsToday(books: Books, patientId: string): readonly Stored[] {
  return [...books.appointments.values()]
    .filter(({ appointment }) => appointment.patientId === patientId && CERTAIN.includes(appointment.status))
    .filter(({ appointment }) => isToday(books, appointment))
    .sort((a, b) => Date.parse(a.appointment.start!) - Date.parse(b.appointment.start!));
}

/** The patient's visit. */
export function visitOf(books: Books, acting: Acting, appointmentId: string): Stored {
  admit(books, acting);
  return appointmentOf(books, acting.patientId, appointmentId);
}

/** A visit as who acts sees it, from where they are. */
export function visitShown(books: Books, acting: Acting, stored: Stored, station: Station): Visit {
  const { appointment } = stored;
  const { ready = false, arrivedAt, ticket, callBy } = stateOf(books, appointment.id);
  const place = placeOf(books, station);
  const seen = seenBy(books, acting, appointment);
  return {
    appointment: shown({ ...stored, appointment: seen }),
    preparations: [...preparationsOf(books, appointment, acting)],
    ready,
    timing: timingOf(books, appointment),
    ...(place !== undefined && appointment.location && place !== appointment.location.id && { elsewhere: true }),
    arrivedAt,
    ticket,
    callBy,
    way: wayTo(books, seen),
  };
}

/** Where the station stands, as far as it can be known: a phone is where the code is that it shows. */
function placeOf({ seed }: Books, { kind, locationId, lobbyCode }: Station): string | undefined {
  if (lobbyCode === undefined) return kind === 'phone' ? undefined : locationId;
  return seed.checkIn.lobbyCodes.find(({ code }) => plainName(code) === plainName(lobbyCode))?.locationId;
}

/** Whether the station shows that the patient is where the visit is. */
export function isThere(books: Books, station: Station, { location }: Pick<Appointment, 'location'>): boolean {
  const place = placeOf(books, station);
  if (station.kind === 'desk') return true;
  // A kiosk of which nobody said where it stands is one of the clinic's all the same.
  if (place === undefined) return station.kind === 'kiosk' && station.lobbyCode === undefined;
  return location === undefined || place === location.id;
}

/** Who has arrived is no later for having to wait. */
function timingOf(books: Books, { id, start }: Pick<Appointment, 'id' | 'start'>): Visit['timing'] {
  const { tooEarly, early, late, missed } = books.seed.checkIn.minutes;
  const { arrivedAt } = stateOf(books, id);
  if (start === undefined) return 'on-time';
  const moment = arrivedAt === undefined ? books.now : Date.parse(arrivedAt);
  const ahead = (Date.parse(start) - moment) / 60_000;
  if (ahead > tooEarly) return 'too-early';
  if (ahead > early) return 'early';
  if (-ahead > missed) return 'missed';
  return -ahead > late ? 'late' : 'on-time';
}

/** The way as the clinic describes it for such visits, or else how to find the place. */
function wayTo({ seed }: Books, { location, visitType, mode }: Omit<Appointment, 'version'>): Visit['way'] {
  if (!location || mode === 'video' || mode === 'phone') return undefined;
  const way = seed.checkIn.ways.find((one) => one.locationId === location.id && one.visitTypeId === visitType?.id);
  if (way) {
    const { locationId: _, visitTypeId: __, ...said } = way;
    return { language: seed.checkIn.language, ...said, location };
  }
  return location.directions === undefined ? undefined : { location, words: location.directions };
}
