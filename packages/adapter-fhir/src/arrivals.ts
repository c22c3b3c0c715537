import type * as fhir from 'fhir/r4.js';
import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { VisitProgress } from '@clinic-widgets/core/check-in.js';
import type { Arrival, Attention } from '@clinic-widgets/core/desk.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { dayOf, inZone, startOfDay } from '@clinic-widgets/core/time.js';
import { toAppointment } from './appointments.ts';
import { openAttention } from './attention.ts';
import { todayAt } from './changes.ts';
import type { Asking } from './client.ts';
import { momentOf, nameOf } from './datatypes.ts';
import { directoryOf } from './directory.ts';
import { encountersOf } from './encounters.ts';
import { gathering } from './gathering.ts';
import { lenient } from './lenient.ts';
import { toNames } from './names.ts';
import type { Write } from './once.ts';
import { pageOf, type Paging } from './paging.ts';
import { actorsOf } from './participants.ts';
import { lacksOf } from './preparations.ts';
import { inChunks, searchAll, type Setting } from './setting.ts';
import {
  arrived,
  calledTo,
  mendVisit,
  numberIn,
  progressOf,
  toMarks,
  type VisitMarks,
  visitTasksOf,
} from './visit-tasks.ts';
import { around, asked } from './visits.ts';

/** Those who have come and not left. */
const HERE: readonly fhir.Appointment['status'][] = ['arrived', 'checked-in'];

interface ArrivalQuery extends Paging {
  readonly day: string;
  readonly locationId?: string | undefined;
}

/** Somebody who has come, with what is known of the visit. */
interface Here {
  readonly resource: fhir.Appointment;
  readonly shown: Appointment;
  readonly marks: VisitMarks;
  readonly arrivedAt: string;
  readonly state: Arrival['state'];
}

/** Who has arrived on a day and not left, in the order of arrival. */
export async function findArrivals(setting: Setting, { day, locationId, ...paging }: ArrivalQuery, asking: Asking) {
  const here = await hereOn(setting, day, asking);
  const there = here.filter(({ shown }) => locationId === undefined || shown.location?.id === locationId);
  const page = pageOf(
    there.map((one) => [`${new Date(one.arrivedAt).toISOString()}/${one.shown.id}`, one] as const),
    paging,
  );
  const [names, attention] = await Promise.all([
    namesOf(setting, page.items, asking),
    openAttention(setting, undefined, asking),
  ]);
  const many = gathering(setting);
  const items = await Promise.all(
    page.items.map(async ({ resource, shown, marks, arrivedAt, state }): Promise<Arrival> => {
      const { patientId } = shown;
      const { ticket, callBy, called } = marks;
      return {
        appointment: shown,
        name: names.get(patientId) ?? '',
        arrivedAt: inZone(arrivedAt, shown.timeZone),
        ...(ticket && { ticket }),
        lacks: await lacksOf(many, asked({ patientId }, resource), asking),
        ...(callBy && { callBy }),
        state,
        ...(called && { calledTo: called.to }),
        flags: attention.filter(({ one }) => one.patientId === patientId && isFlag(one)).length,
      };
    }),
  );
  return { ...page, items };
}

/** An answer that was flagged, or one that staff were told of at once. */
const isFlag = ({ kind, priority }: Attention): boolean =>
  kind === 'alert' || (kind === 'review' && priority !== 'routine');

async function hereOn(setting: Setting, day: string, asking: Asking): Promise<Here[]> {
  const { timeZone } = setting.ability.clinic;
  const noon = Date.parse(startOfDay(day, timeZone)) + 43_200_000;
  const query = [['status', HERE.join()] as const, ...around(noon)];
  const secret = { ...asking, secret: true };
  const found = await searchAll<fhir.Appointment>(setting, 'Appointment', query, secret);
  const coming = found.filter((one) => lenient(one, ({ status }) => HERE.includes(status), setting.warn));
  const actors = coming.flatMap((one) => lenient(one, actorsOf, setting.warn) ?? []);
  const ids = coming.flatMap(({ id }) => id ?? []);
  const [directory, tasks, met] = await Promise.all([
    directoryOf(setting, actors, [], asking),
    visitTasksOf(setting, ids, asking),
    encountersOf(setting, ids, asking),
  ]);
  return coming.flatMap((resource) => {
    const shown = lenient(resource, (one) => toAppointment(one, directory, timeZone), setting.warn);
    if (!shown?.start || dayOf(shown.start, shown.timeZone) !== day) return [];
    const task = tasks.get(shown.id);
    const marks = (task && lenient(task, toMarks, setting.warn)) ?? { isReady: false };
    const state = progressOf(resource.status, marks, met.get(shown.id));
    // Who has been seen, and only not checked out, waits no more.
    if (!isThere(state)) return [];
    // Whom staff have received in their own system has no time of arrival but that of the change.
    const changed = resource.meta?.lastUpdated;
    const arrivedAt = marks.arrivedAt ?? (momentOf(changed) === undefined ? shown.start : changed!);
    return [{ resource, shown, marks, arrivedAt, state }];
  });
}

const isThere = (state: VisitProgress['state']): state is Arrival['state'] =>
  ['waiting', 'called', 'moved', 'with-clinician'].includes(state);

async function namesOf(
  setting: Setting,
  here: readonly Here[],
  asking: Asking,
): Promise<ReadonlyMap<string, string | undefined>> {
  const ids = [...new Set(here.map(({ shown }) => shown.patientId))];
  const today = todayAt(setting);
  const found = await inChunks(ids, (part) =>
    searchAll<fhir.Patient>(setting, 'Patient', [['_id', part.join()]], { ...asking, secret: true }),
  );
  return new Map(found.map((one) => [one.id ?? '', lenient(one, (it) => nameIn(it, today), setting.warn)]));
}

/** The name in the clinic's papers, by which staff find somebody in their own system. */
const nameIn = (patient: fhir.Patient, today: string): string | undefined =>
  toNames(patient, today).name?.text ?? nameOf(patient.name);

interface Call {
  readonly appointmentId: string;
  readonly to: string;
  readonly kind: 'called' | 'moved';
}

/** Calls a patient to a place, or moves them on. */
export async function callPatient(write: Write, { appointmentId, to, kind }: Call) {
  const found = await write.client.read<fhir.Appointment>('Appointment', appointmentId, write.asking);
  if (!HERE.includes(found.status)) throw new ClinicError('conflict', 'The patient is not there.');
  const visit = asked({ patientId: '' }, found);
  const patientId = actorsOf(found)
    .map((actor) => /^Patient\/(.+)$/.exec(`${actor?.reference}`)?.[1])
    .find(Boolean);
  const at = new Date(write.now).toISOString();
  const task = await mendVisit(write, { ...visit, patientId: patientId ?? '' }, (now) => {
    const since = arrived(at)(now);
    const called = calledTo(to, kind, at)({ ...now, ...(since as Partial<fhir.Task>) });
    return called && { ...since, ...called };
  });
  const ticket = numberIn(task);
  return { ...(ticket && { ticket }) };
}
