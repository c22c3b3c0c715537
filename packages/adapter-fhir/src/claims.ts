import type * as fhir from 'fhir/r4.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { BookingRequest } from '@clinic-widgets/core/appointments.js';
import type { Mode, VisitType } from '@clinic-widgets/core/scheduling.js';
import type { Asking } from './client.ts';
import { idOf, momentOf } from './datatypes.ts';
import type { Directory } from './directory.ts';
import { lenient } from './lenient.ts';
import { namedBy, type Offer, offersOf, serviceOf, visitTypeOf } from './offers.ts';
import { ordersOf } from './orders.ts';
import type { Setting } from './setting.ts';
import { fingerprint, isMarked } from './slot-lock.ts';
import type { Mark } from './slot-marks.ts';
import { available, modesAt, toSlot } from './slots.ts';
import { isFor } from './visit-types.ts';
import { HOLD_MARK } from './vocabulary.ts';

/** A time that the patient may have, and what is known of it. */
export interface Claim {
  readonly slot: fhir.Slot;
  readonly offer: Offer;
  readonly directory: Directory;
  readonly service: fhir.HealthcareService;
  readonly visitType: VisitType;
  /** How a visit at that time may be given. */
  readonly modes: readonly Mode[];
}

/** Which time is asked for, and by whom. */
export type Wish = Pick<BookingRequest, 'acting' | 'slot' | 'holdId'>;

/** Finds the slot that a request may have: free and as the patient saw it, held for them, or marked by this write. */
export async function claim(
  setting: Setting,
  { acting, slot: seen, holdId }: Wish,
  visitTypeId: string,
  own: Mark,
  asking: Asking,
): Promise<Claim> {
  const { client, warn } = setting;
  const [slot, service] = await Promise.all([
    client.read<fhir.Slot>('Slot', seen.id, asking),
    serviceOf(setting, visitTypeId, asking),
  ]);
  const scheduleId = idOf(slot.schedule, 'Schedule') ?? '';
  const schedule = await client.read<fhir.Schedule>('Schedule', scheduleId, asking);
  const { list, directory } = await offersOf(setting, [schedule], [], asking);
  const [offer] = list;
  if (!service || !isFor(service, schedule) || !isFor(service, { serviceType: slot.serviceType ?? [] })) {
    throw invalidVisitType();
  }
  if (!isMarked(slot, own)) {
    const held = holdId !== undefined && isMarked(slot, holdMark(holdId, acting)) && holdId.startsWith(`${slot.id}/`);
    const free = holdId === undefined && (await available(setting, [slot], asking)).length > 0;
    if (!held && !free) throw new ClinicError('conflict', 'The slot is no longer free, or not held any more.');
    if (free && seen.version && seen.version !== slot.meta?.versionId) {
      throw new ClinicError('conflict', 'The slot has changed.');
    }
  }
  const named = namedBy(service, schedule);
  const visitType = visitTypeOf(setting, named);
  if (!offer || !visitType || !lenient(slot, (one) => toSlot(one, offer), warn)) {
    throw new ClinicError('conflict', 'The slot cannot be booked.');
  }
  return { slot, offer, directory, service: named, visitType, modes: modesAt(slot, offer, visitType.modes) };
}

/** What stands on a slot that is held: the id of the hold names the slot and the key. */
export const holdMark = (holdId: string, { patientId }: Acting, until?: number): Mark => ({
  system: HOLD_MARK,
  value: fingerprint(holdId.slice(holdId.indexOf('/') + 1), patientId),
  until,
});

/** The refusal of a time that is not for such visits. */
export const invalidVisitType = () =>
  new ClinicError('invalid', 'The slot is for another type of visit.', { paths: [['visitTypeId']] });

/** The way in which patient and clinician will meet: the one asked for, if the time is offered so. */
export function modeFor(modes: readonly Mode[], wanted: Mode | undefined): Mode | undefined {
  if (wanted === undefined || modes.includes(wanted)) return wanted ?? modes[0];
  throw new ClinicError('invalid', 'The slot is not offered that way.', { paths: [['mode']] });
}

/** Holds a request to its order: there, open, for this type of visit, and not left out where it is needed. */
export async function ordered(
  setting: Setting,
  { acting, visitTypeId, orderId }: Pick<BookingRequest, 'acting' | 'visitTypeId' | 'orderId'>,
  visitType: VisitType,
  asking: Asking,
): Promise<void> {
  const invalid = (message: string) => new ClinicError('invalid', message, { paths: [['orderId']] });
  if (orderId === undefined) {
    if (visitType.orderOnly) throw invalid('The visit needs an order.');
    return;
  }
  const known = (await ordersOf(setting, acting.patientId, asking)).find(({ order }) => order.id === orderId);
  if (!known) throw new ClinicError('not-found', 'There is no such order.');
  const { order, open } = known;
  if (order.visitTypeId !== undefined && order.visitTypeId !== visitTypeId)
    throw invalid('The order is for another visit.');
  if (!open) throw new ClinicError('conflict', 'The order is booked already.');
}

const CHANGEABLE: readonly fhir.Appointment['status'][] = ['waitlist', 'proposed', 'pending', 'booked'];

/** What can be called off: who has come may still leave before it starts. */
export const CANCELLABLE: typeof CHANGEABLE = [...CHANGEABLE, 'arrived', 'checked-in'];

/** Whether an appointment can still be changed: not begun, not called off, and with a time where it is to move. */
export function ensureToCome({ status, start }: fhir.Appointment, now: number, from = CHANGEABLE): void {
  if (!from.includes(status) || (momentOf(start) ?? Infinity) <= now) {
    throw new ClinicError('conflict', 'The appointment is no longer to come.');
  }
}
