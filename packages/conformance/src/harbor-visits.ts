import type { Location, VisitType } from '@clinic-widgets/core/scheduling.js';
import { addDays, addMinutes, compareInstants, dayOf, inZone, startOfDay } from '@clinic-widgets/core/time.js';
import type { HarborAppointment, HarborSlot } from './harbor-clinic.ts';

/** A visit of the day on which the story begins. */
interface Today {
  readonly patient: string;
  /** Tells one of several visits of a patient from the next. */
  readonly name?: string;
  /** Minutes from the beginning of the story to its start. */
  readonly starts: number;
  readonly visitTypeId: string;
  readonly practitionerId: string;
  readonly locationId?: string;
  readonly status?: HarborAppointment['status'];
  readonly code: string;
}

/** Each way that a visit can be found in the lobby; the earliest was missed, the last is far too early. */
const today: readonly Today[] = [
  { patient: 'bao', starts: -90, visitTypeId: 'check-up', practitionerId: 'okafor', code: 'BAO-5518' },
  { patient: 'gloria', starts: -30, visitTypeId: 'skin-check', practitionerId: 'haddad', code: 'GST-2093' },
  { patient: 'eli', starts: 5, visitTypeId: 'nurse-visit', practitionerId: 'yazzie', code: 'ELI-7441' },
  {
    patient: 'tomasz',
    starts: 15,
    visitTypeId: 'check-up',
    practitionerId: 'lin',
    locationId: 'michigan-city',
    code: 'TZI-6120',
  },
  { patient: 'maire', starts: 15, visitTypeId: 'skin-check', practitionerId: 'haddad', code: 'MON-3387' },
  { patient: 'rosa', starts: 20, visitTypeId: 'check-up', practitionerId: 'okafor', code: 'RDE-4172' },
  { patient: 'ezra', starts: 20, visitTypeId: 'nurse-visit', practitionerId: 'yazzie', code: 'EZR-9056' },
  { patient: 'mateo', starts: 35, visitTypeId: 'nurse-visit', practitionerId: 'yazzie', code: 'MDE-8214' },
  {
    patient: 'ines',
    name: 'nurse',
    starts: 50,
    visitTypeId: 'nurse-visit',
    practitionerId: 'yazzie',
    code: 'ICA-1101',
  },
  { patient: 'kate', starts: 50, visitTypeId: 'check-up', practitionerId: 'okafor', code: 'KMA-2768' },
  { patient: 'samuel', starts: 65, visitTypeId: 'nurse-visit', practitionerId: 'yazzie', code: 'SWH-3905' },
  { patient: 'zoe', starts: 80, visitTypeId: 'new-problem', practitionerId: 'okafor', code: 'ZKI-6643' },
  { patient: 'ines', name: 'doctor', starts: 100, visitTypeId: 'check-up', practitionerId: 'okafor', code: 'ICA-1102' },
  {
    patient: 'ines',
    name: 'exercise',
    starts: 140,
    visitTypeId: 'physiotherapy',
    practitionerId: 'kowalska',
    code: 'ICA-1103',
  },
  {
    patient: 'lucia',
    starts: 130,
    visitTypeId: 'check-up',
    practitionerId: 'okafor',
    status: 'cancelled',
    code: 'LFE-7729',
  },
  { patient: 'owen', starts: 240, visitTypeId: 'check-up', practitionerId: 'okafor', code: 'OHA-5060' },
];

/**
 * The visits of today, around the moment at which the story begins: whenever that is, someone is early, someone late.
 * Towards midnight they crowd together, because a visit of tomorrow could not be checked in.
 */
export function visitsToday(
  now: string,
  timeZone: string,
  { visitTypes, locations }: { readonly visitTypes: readonly VisitType[]; readonly locations: readonly Location[] },
): readonly HarborAppointment[] {
  const moment = startAt(now, timeZone);
  return today.map(({ patient, name = 'today', starts, visitTypeId, locationId = 'st-joseph', code, ...visit }) => {
    const zone = locations.find(({ id }) => id === locationId)!.timeZone;
    const start = moment(starts);
    const { minutes } = visitTypes.find(({ id }) => id === visitTypeId)!;
    return {
      id: `a-${patient}-${name}`,
      patientId: `p-${patient}`,
      status: 'booked',
      visitTypeId,
      locationId,
      mode: 'in-person',
      checkInCode: code,
      ...visit,
      start: inZone(start, zone),
      end: inZone(addMinutes(start, minutes!), zone),
    };
  });
}

/** Gives the moment so many minutes off, on a round five minutes and on the same day. */
function startAt(now: string, timeZone: string): (minutes: number) => string {
  const local = inZone(now, timeZone);
  const round = addMinutes(`${local.slice(0, 17)}00${local.slice(19)}`, -(Number(local.slice(14, 16)) % 5));
  const day = dayOf(now, timeZone);
  const first = startOfDay(day, timeZone);
  const last = addMinutes(startOfDay(addDays(day, 1), timeZone), -5);
  return (minutes) => {
    const wanted = addMinutes(round, minutes);
    if (compareInstants(wanted, first) < 0) return first;
    return compareInstants(wanted, last) > 0 ? last : wanted;
  };
}

/** Whether the visit takes the time of the one who would be asked for at the slot. */
export const takes = (visit: HarborAppointment, slot: HarborSlot): boolean =>
  visit.status === 'booked' &&
  visit.practitionerId === slot.practitionerId &&
  compareInstants(visit.start, slot.end) < 0 &&
  compareInstants(slot.start, visit.end) < 0;
