import type { Appointment, ClinicAdapter, Slot } from '@clinic-widgets/core';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { addDays, compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { allPages } from '../ui/all-pages.ts';
import type { Action } from './action.ts';
import { actingOf, type Bounds, filterOf } from './requests.ts';
import { planSeries, seriesEnd } from './series.ts';
import type { Asking, Choice, Chosen, In, InSeries, Known, SeriesVisit } from './state.ts';

/** Whole days around a lost time in which the nearest free ones are looked for. */
const NEAR = { before: 3, after: 14 };

/** What clinicians asked for. */
export async function findOrders({ person }: Known, adapter: ClinicAdapter, signal: AbortSignal): Promise<Action> {
  const orders = await allPages((page) => adapter.findOrders({ acting: actingOf(person), ...page }, { signal }));
  return { type: 'found-orders', orders };
}

/** The questions that come before the times of a visit. */
export async function openTriage(
  state: Asking & { readonly language: string },
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Action> {
  const part = await import('./triage.ts').catch(notFetched);
  return part.openTriage(state, state.language, adapter, signal);
}

function notFetched(cause: unknown): never {
  throw new ClinicError('unavailable', 'Part of the page cannot be fetched.', { cause });
}

/** The three free times nearest to the one that someone else took, earliest first. */
export async function findNearest(
  state: Choice & { readonly bounds: Bounds },
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Action> {
  const { lost, moving, bounds, person } = state;
  const day = dayOf(lost!.start, lost!.timeZone);
  const [early, late] = [addDays(day, -NEAR.before), addDays(day, NEAR.after)];
  const from = early > bounds.from ? early : bounds.from;
  const to = late < bounds.to ? late : bounds.to;
  const { items } = await adapter.findSlots({ ...filterOf(state), from, to, limit: 500 }, { signal });
  const distance = (slot: Slot) => Math.abs(compareInstants(slot.start, lost!.start));
  const nearest = [...items].sort((a, b) => distance(a) - distance(b)).slice(0, 3);
  return {
    type: 'found-nearest',
    slots: nearest.sort((a, b) => compareInstants(a.start, b.start)),
    // The appointment that is being moved may have changed as well.
    moving:
      moving && (await adapter.getAppointment({ patientId: person.patientId, appointmentId: moving.id }, { signal })),
  };
}

/** Which needs the clinic cannot meet for the visit. */
export async function findUnmet(
  { visitType, needs }: Choice,
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Action> {
  const { items } = await adapter.findUnmetNeeds({ visitTypeId: visitType.id, needs: [...needs] }, { signal });
  return { type: 'found-unmet', unmet: items };
}

/** What the place of a time cannot do, beyond what was said of the visit. */
export async function findUnmetHere(
  { visitType, needs, slot, unmet = [] }: Chosen,
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Action> {
  const query = { visitTypeId: visitType.id, slotId: slot.id, needs: [...needs] };
  const { items } = await adapter.findUnmetNeeds(query, { signal });
  const said = new Set(unmet.map(({ need, answer }) => `${need.kind} ${answer}`));
  return { type: 'found-unmet-here', unmet: items.filter(({ need, answer }) => !said.has(`${need.kind} ${answer}`)) };
}

/** Whom and where a patient may choose. */
export async function findChoices({ visitType }: Choice, adapter: ClinicAdapter, signal: AbortSignal): Promise<Action> {
  const query = { visitTypeId: visitType.id };
  const [practitioners, locations] = await Promise.all([
    allPages((page) => adapter.findPractitioners({ ...query, ...page }, { signal })),
    allPages((page) => adapter.findLocations({ ...query, ...page }, { signal })),
  ]);
  return { type: 'found-choices', practitioners, locations };
}

/** What a booking of a time says, whether it is one visit or one of a series. */
const bookingOf = ({ person, visitType, filter, order, needs }: Choice, { id, version }: Slot) => ({
  acting: actingOf(person),
  visitTypeId: visitType.id,
  slot: { id, version },
  mode: filter.mode,
  needs: needs.length > 0 ? [...needs] : undefined,
  orderId: order?.id,
});

/** Books the time. What the clinic says of the reason is no failure: the patient goes back to it. */
export async function book(state: In<'booking'>, adapter: ClinicAdapter, signal: AbortSignal): Promise<Action> {
  const { key } = state;
  try {
    return { type: 'booked', key, appointment: await made(state, adapter, signal) };
  } catch (error) {
    if (isClinicError(error) && error.paths.some(([field]) => field === 'reason')) return { type: 'refused', key };
    throw error;
  }
}

/** Books the time, or moves the appointment to it. */
function made(state: In<'booking'>, adapter: ClinicAdapter, signal: AbortSignal): Promise<Appointment> {
  const { slot, hold, reason, key, moving } = state;
  const { acting, slot: wanted, ...rest } = bookingOf(state, slot);
  const shared = { acting, slot: wanted, holdId: hold?.id };
  const options = { signal, idempotencyKey: key };
  return moving
    ? adapter.rescheduleAppointment({ ...shared, appointment: { id: moving.id, version: moving.version } }, options)
    : adapter.bookAppointment({ ...rest, ...shared, reason: reason.trim() || undefined }, options);
}

/** Fits the visits of a series. */
export async function plan(state: InSeries, adapter: ClinicAdapter, signal: AbortSignal): Promise<Action> {
  const { slot, course } = state;
  const query = {
    ...filterOf(state),
    from: dayOf(slot.start, slot.timeZone),
    to: seriesEnd(slot, course),
    limit: 1000,
  };
  const free = await allPages((page) => adapter.findSlots({ ...query, ...page }, { signal }));
  return { type: 'planned', visits: planSeries(slot, free, course).map((visit) => ({ ...visit, key: newKey() })) };
}

/** Books one visit of a series. */
export async function bookVisit(
  state: In<'booking-series'> & { readonly next: SeriesVisit },
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Action> {
  const { key, slot } = state.next;
  const request = bookingOf(state, slot!);
  const appointment = await adapter.bookAppointment(request, { signal, idempotencyKey: key });
  return { type: 'booked-visit', key, appointment };
}

/** Puts the patient on the waiting list. */
export async function join(state: In<'joining'>, adapter: ClinicAdapter, signal: AbortSignal): Promise<Action> {
  const { person, active, until, needs, order, key } = state;
  const request = {
    acting: actingOf(person),
    ...filterOf(state),
    from: active,
    to: until,
    needs: needs.length > 0 ? [...needs] : undefined,
    orderId: order?.id,
  };
  const { status } = await adapter.joinWaitlist(request, { signal, idempotencyKey: key });
  return { type: 'waits', queued: status === 'queued' };
}

/** What the patient has before them. */
export async function findAppointments(
  { person: { patientId }, from }: In<'appointments'> & { readonly from: string },
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Action> {
  const found = await allPages((page) => adapter.findAppointments({ patientId, from, ...page }, { signal }));
  return { type: 'found-appointments', appointments: found.filter(({ status }) => status !== 'cancelled') };
}

/** Calls an appointment off. */
export async function cancel(
  { person, appointment: { id, version }, reason, key }: In<'cancel'>,
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Action> {
  const request = { acting: actingOf(person), appointment: { id, version }, reason };
  const appointment = await adapter.cancelAppointment(request, { signal, idempotencyKey: key });
  return { type: 'was-cancelled', key, appointment };
}
