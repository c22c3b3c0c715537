import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Arrival, Attention } from '@clinic-widgets/core/desk.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { standing, waitingAttention } from './attention.ts';
import { type Books, type OpenBooks, shown, stateOf, type Stored } from './books.ts';
import { once } from './once.ts';
import { pageOfList, type Paging } from './paging.ts';
import { lacksOf } from './preparations.ts';
import { proposals } from './proposals.ts';

/** The area of the front desk, answered from the books. */
export const desk = (open: OpenBooks): AdapterImplementation => ({
  findAttention: async ({ patientId, ...query }) => waitingAttention(open(), patientId, query),
  acknowledge: once((answer: Answer) => acknowledge(open(), answer)),
  matchWalkIn: once((match: Match) => matchWalkIn(open(), match)),
  findArrivals: async (query) => arrivals(open(), query),
  callPatient: once((call: PatientCall) => callPatient(open(), call)),
  ...proposals(open),

  openDesk: once(({ open: isOpen }: { readonly open: boolean }): Record<string, never> => {
    open().deskOpen = isOpen;
    return {};
  }),
});

interface Answer {
  readonly attentionId: string;
  readonly state: 'acknowledged' | 'done';
}

interface Match {
  readonly attentionId: string;
  readonly patientId: string;
}

interface PatientCall {
  readonly appointmentId: string;
  readonly to: string;
  readonly kind: 'called' | 'moved';
}

function acknowledge(books: Books, { attentionId, state }: Answer): Attention {
  const one = find(books, attentionId);
  if (one.state === 'done' && state !== 'done') throw new ClinicError('conflict', 'It is done already.');
  return write(books, { ...one, state });
}

function matchWalkIn(books: Books, { attentionId, patientId }: Match): Attention {
  const one = find(books, attentionId);
  if (!books.seed.patients.some(({ id }) => id === patientId)) {
    throw new ClinicError('not-found', 'There is no such patient.');
  }
  if (one.kind !== 'walk-in') throw new ClinicError('conflict', 'It is nobody without an appointment.');
  if (one.patientId !== undefined && one.patientId !== patientId) {
    throw new ClinicError('conflict', 'Somebody else was found to be meant.');
  }
  return write(books, { ...one, patientId, state: 'done' });
}

function find(books: Books, attentionId: string): Attention {
  const one = books.attention.find(({ id }) => id === attentionId);
  if (!one) throw new ClinicError('not-found', 'There is nothing such that waits for staff.');
  return standing(books, one);
}

function write({ attention }: Books, changed: Attention): Attention {
  const index = attention.findIndex(({ id }) => id === changed.id);
  attention[index] = changed;
  return changed;
}

const HERE: readonly string[] = ['arrived', 'checked-in'];

interface ArrivalQuery extends Paging {
  readonly day: string;
  readonly locationId?: string | undefined;
}

function arrivals(books: Books, { day, locationId, ...query }: ArrivalQuery) {
  const list = [...books.appointments.values()].flatMap((stored) => {
    const { id, status, location, timeZone } = stored.appointment;
    const { arrivedAt } = stateOf(books, id);
    const isWanted = HERE.includes(status) && (locationId ?? location?.id) === location?.id;
    return isWanted && arrivedAt && dayOf(arrivedAt, timeZone) === day ? [{ stored, arrivedAt }] : [];
  });
  return pageOfList(
    list,
    query,
    ({ arrivedAt, stored: { appointment } }) => [Date.parse(arrivedAt), stateOf(books, appointment.id).turn ?? 0],
    ({ stored, arrivedAt }) => arrivalOf(books, stored, arrivedAt),
  );
}

function arrivalOf(books: Books, stored: Stored, arrivedAt: string): Arrival {
  const { id, patientId } = stored.appointment;
  const { ticket, callBy, called } = stateOf(books, id);
  return {
    appointment: shown(stored),
    name: books.known.get(patientId)?.details.name?.text ?? patientId,
    arrivedAt,
    ticket,
    lacks: [...lacksOf(books, id)],
    callBy,
    state: called?.kind ?? 'waiting',
    calledTo: called?.to,
    flags: books.attention.filter((one) => isFlag(one, patientId, id)).length,
  };
}

/** An alert, or a form with an answer that presses, which nobody has seen to, about this visit or the patient at all. */
const isFlag = (one: Attention, patientId: string, appointmentId: string): boolean =>
  one.state === 'waiting' &&
  one.patientId === patientId &&
  (one.appointmentId ?? appointmentId) === appointmentId &&
  (one.kind === 'alert' || (one.kind === 'review' && one.priority !== 'routine'));

function callPatient(books: Books, { appointmentId, to, kind }: PatientCall): { ticket?: string | undefined } {
  const stored = books.appointments.get(appointmentId);
  if (!stored) throw new ClinicError('not-found', 'There is no such appointment.');
  if (!HERE.includes(stored.appointment.status)) {
    throw new ClinicError('conflict', 'The patient has not arrived, or has left.');
  }
  const state = stateOf(books, appointmentId);
  state.called = { to, kind };
  return { ticket: state.ticket };
}
