import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { AppointmentStatus } from '@clinic-widgets/core/appointments.js';
import type { Visit, VisitProgress, VisitStep, VisitSummary } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { tellUnfinished } from './attention.ts';
import { admit, type Books, keep, nowAt, type OpenBooks, stateOf, type Stored } from './books.ts';
import { help } from './help.ts';
import { identifying } from './identify.ts';
import { wordsIn } from './languages.ts';
import { once } from './once.ts';
import { pageOfList } from './paging.ts';
import { payments } from './payments.ts';
import { preparationsOf } from './preparations.ts';
import { maySeeType } from './privacy.ts';
import { reminders } from './reminders.ts';
import type { Seed } from './seed.ts';
import { nextTicket } from './tickets.ts';
import { isThere, isToday, visitOf, visitShown, visitsToday } from './visits.ts';

/** The area of check-in, answered from the books. */
export const checkIn = (open: OpenBooks, seed: Seed): AdapterImplementation => ({
  ...identifying(open, seed),
  ...visits(open),
  ...payments(open),
  ...reminders(open),
  ...help(open),
});

const visits = (open: OpenBooks) =>
  ({
    async findVisits({ acting, station, ...query }) {
      const books = open();
      admit(books, acting);
      const key = ({ appointment }: Stored) => [Date.parse(appointment.start!), appointment.id];
      return pageOfList(visitsToday(books, acting.patientId), query, key, (stored) =>
        visitShown(books, acting, stored, station),
      );
    },

    prepareVisit: once((step: VisitStep) => prepare(open(), step)),
    arriveAtVisit: once((step: VisitStep) => arrive(open(), step)),
    checkIn: once((step: VisitStep) => checkedIn(open(), step)),
    checkOut: once((step: VisitStep) => leave(open(), step)),

    chooseCallBy: once(({ acting, appointmentId, callBy }) => {
      const books = open();
      visitOf(books, acting, appointmentId);
      stateOf(books, appointmentId).callBy = callBy;
      return { id: appointmentId, status: 'accepted' as const };
    }),

    async getVisitProgress({ acting, appointmentId }) {
      const books = open();
      return progressOf(books, visitOf(books, acting, appointmentId));
    },

    async getVisitSummary({ acting, appointmentId, language }) {
      const books = open();
      const visit = visitOf(books, acting, appointmentId);
      if (!maySeeType(books, acting, visit.appointment))
        throw new ClinicError('forbidden', 'It is the patient’s alone.');
      return summaryOf(books, visit, acting, language);
    },
  }) satisfies AdapterImplementation;

const HERE: readonly AppointmentStatus[] = ['arrived', 'checked-in'];

function prepare(books: Books, step: VisitStep): Visit {
  const stored = visitOf(books, step.acting, step.appointment.id);
  const state = stateOf(books, step.appointment.id);
  const { status } = stored.appointment;
  if (HERE.includes(status) || (status === 'booked' && state.ready)) return after(books, step, stored);
  from(stored, step, 'booked');
  state.ready = true;
  return move(books, step, stored, 'booked');
}

function arrive(books: Books, step: VisitStep): Visit {
  const stored = visitOf(books, step.acting, step.appointment.id);
  if (!isThere(books, step.station, stored.appointment)) {
    throw new ClinicError('forbidden', 'Nothing shows that the patient is there.');
  }
  // Who was faster, at another kiosk or the desk, has done what was asked for.
  if (HERE.includes(stored.appointment.status)) return after(books, step, stored);
  from(stored, step, 'booked');
  if (!isToday(books, stored.appointment)) throw new ClinicError('conflict', 'The visit is not today.');
  const state = stateOf(books, stored.appointment.id);
  state.arrivedAt = nowAt(books, stored.appointment.timeZone);
  state.turn = books.arrivals += 1;
  state.ticket = nextTicket(books);
  const visit = move(books, step, stored, 'arrived');
  tellUnfinished(books, stored.appointment.id);
  return visit;
}

function checkedIn(books: Books, step: VisitStep): Visit {
  const stored = visitOf(books, step.acting, step.appointment.id);
  if (stored.appointment.status === 'checked-in') return after(books, step, stored);
  from(stored, step, 'arrived');
  const left = preparationsOf(books, stored.appointment, step.acting).filter(
    ({ mandatory, state }) => mandatory && state !== 'done',
  );
  if (left.length > 0) throw new ClinicError('conflict', 'Something that must be done before the visit is not.');
  const visit = move(books, step, stored, 'checked-in');
  tellUnfinished(books, stored.appointment.id);
  return visit;
}

function leave(books: Books, step: VisitStep): Visit {
  const stored = visitOf(books, step.acting, step.appointment.id);
  if (stored.appointment.status === 'fulfilled') return after(books, step, stored);
  from(stored, step, 'checked-in');
  return move(books, step, stored, 'fulfilled');
}

/** Holds a step to what it is a step from, and to what the patient saw. */
function from({ appointment, version }: Stored, step: VisitStep, status: AppointmentStatus): void {
  if (appointment.status !== status) throw new ClinicError('conflict', 'The visit does not stand so that this can be.');
  if (String(version) !== step.appointment.version) throw new ClinicError('conflict', 'The visit has changed.');
}

function move(books: Books, step: VisitStep, stored: Stored, status: AppointmentStatus): Visit {
  const moved = { ...stored, appointment: { ...stored.appointment, status }, version: stored.version + 1 };
  keep(books, moved);
  return after(books, step, moved);
}

const after = (books: Books, { acting, station }: VisitStep, stored: Stored): Visit =>
  visitShown(books, acting, stored, station);

/** What is told of a visit that is not going on. */
const STATES: Readonly<Partial<Record<AppointmentStatus, VisitProgress['state']>>> = {
  booked: 'expected',
  pending: 'expected',
  proposed: 'expected',
  waitlist: 'expected',
  fulfilled: 'finished',
  cancelled: 'see-desk',
  noshow: 'see-desk',
};

function progressOf(books: Books, { appointment }: Stored): VisitProgress {
  const { ticket, called } = stateOf(books, appointment.id);
  const state = STATES[appointment.status];
  if (state) return { state, ticket };
  if (called) return { state: called.kind, ticket, to: called.to };
  const isForDesk = preparationsOf(books, appointment).some((one) => one.mandatory && one.state === 'at-desk');
  return isForDesk ? { state: 'see-desk', ticket } : { state: 'waiting', ticket, wait: waitOf(books, appointment) };
}

/** What is said of the wait is never nothing: that somebody comes in a moment is not known. */
const LEAST_MINUTES = 5;

/** The usual wait from the start on, less what is over of it; who comes early waits for the start as well. */
function waitOf(books: Books, { id, start, visitType }: Stored['appointment']): VisitProgress['wait'] {
  const usual = books.seed.checkIn.waits.find(({ visitTypeId }) => visitTypeId === visitType?.id);
  if (!usual || start === undefined) return undefined;
  const begins = Math.max(Date.parse(start), Date.parse(stateOf(books, id).arrivedAt ?? start));
  const ahead = Math.ceil((begins - books.now) / 60_000);
  const least = Math.max(0, usual.least + ahead);
  return { least, most: Math.max(least, LEAST_MINUTES, usual.most + ahead) };
}

function summaryOf(books: Books, { appointment }: Stored, { patientId }: Acting, wanted?: string): VisitSummary {
  const { seed, known } = books;
  const language = wanted ?? known.get(patientId)?.details.language;
  const summary = seed.summaries.find(({ visitTypeId }) => visitTypeId === appointment.visitType?.id);
  if (!summary) throw new ClinicError('not-found', 'Nothing was written down for after the visit.');
  const found = wordsIn(summary.words, language);
  return { appointmentId: appointment.id, language: found.language, ...found.words };
}
