import type { Attention } from '@clinic-widgets/core/desk.js';
import { type Books, nowAt, stateOf } from './books.ts';
import { pageOfList, type Paging } from './paging.ts';
import { lacksOf } from './preparations.ts';

const PRIORITIES: readonly Attention['priority'][] = ['stat', 'urgent', 'routine'];

/** Puts something before staff. */
export function tell(
  books: Books,
  {
    id = `attention-${books.attention.length + 1}`,
    ...about
  }: Omit<Attention, 'id' | 'at' | 'state'> & { id?: string },
): Attention {
  const one: Attention = { id, at: nowAt(books), state: 'waiting', ...about };
  books.attention.push(one);
  return one;
}

/** Tells the desk what it has to finish for a visit, unless it has that before it already. */
export function tellUnfinished(books: Books, appointmentId: string): void {
  const lacks = lacksOf(books, appointmentId);
  const isTold = books.attention.some(
    (one) => one.kind === 'unfinished' && one.appointmentId === appointmentId && one.state !== 'done',
  );
  if (isTold || lacks.length === 0) return;
  const { patientId } = books.appointments.get(appointmentId)!.appointment;
  tell(books, { kind: 'unfinished', priority: 'routine', patientId, appointmentId, unfinished: [...lacks] });
}

/** As it stands now: what was unfinished may have been finished since, and who had not come may have a ticket. */
export function standing(books: Books, one: Attention): Attention {
  const { kind, appointmentId, state } = one;
  if ((kind !== 'unfinished' && kind !== 'copy') || appointmentId === undefined || state === 'done') return one;
  const { ticket } = stateOf(books, appointmentId);
  const known = { ...one, ...(ticket && { number: ticket }) };
  if (kind === 'copy') return known;
  const unfinished = [...lacksOf(books, appointmentId)];
  return { ...known, unfinished, state: unfinished.length === 0 ? 'done' : state };
}

/** What waits for staff and is not done. */
export function waitingAttention(books: Books, patientId: string | undefined, query: Paging) {
  const list = books.attention
    .map((one, index) => ({ one: standing(books, one), index }))
    .filter(({ one }) => one.state !== 'done' && (patientId === undefined || one.patientId === patientId));
  return pageOfList(
    list,
    query,
    // They were written down in the order they came in.
    ({ one, index }) => [PRIORITIES.indexOf(one.priority), index],
    ({ one }) => one,
  );
}
