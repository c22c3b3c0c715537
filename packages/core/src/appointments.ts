import * as z from 'zod/mini';
import { Acting, Day, Id, Instant, Language, pageOf, text, TimeZone, Version, whole } from './common.ts';
import { queueableWrite, read, write } from './operation.ts';
import { days, filter, inOrder, Location, Mode, paging, Practitioner } from './scheduling.ts';

/** What a patient needs so that the visit works for them. */
export const Need = z.union([
  z.object({ kind: z.enum(['spoken-interpreter', 'sign-interpreter']), language: Language }),
  /** A hoist or a person's help to move onto a chair, bed or scanner; and time. */
  z.object({ kind: z.enum(['transfer-equipment', 'more-time']) }),
]);
export type Need = z.output<typeof Need>;

/** A need that the clinic cannot meet, or cannot promise to. */
export const UnmetNeed = z.object({ need: Need, answer: z.enum(['cannot', 'not-sure']) });
export type UnmetNeed = z.output<typeof UnmetNeed>;

/** The state of an appointment; a `proposed` one waits for the clinic to say yes. */
export const AppointmentStatus = z.enum([
  'waitlist',
  'proposed',
  'pending',
  'booked',
  'arrived',
  'checked-in',
  'fulfilled',
  'noshow',
  'cancelled',
]);
export type AppointmentStatus = z.output<typeof AppointmentStatus>;

/** A visit that is booked, asked for, waited for, or was. */
export const Appointment = z.object({
  id: Id,
  version: Version,
  status: AppointmentStatus,
  patientId: Id,
  /** Absent on the waitlist, and where the clinic has not set a time. */
  start: z.optional(Instant),
  end: z.optional(Instant),
  timeZone: TimeZone,
  /** The days asked for, on the waitlist. */
  requested: z.optional(z.object({ from: Day, to: Day })),
  visitType: z.optional(z.object({ id: z.optional(Id), name: z.string() })),
  practitioner: z.optional(Practitioner),
  location: z.optional(Location),
  mode: z.optional(Mode),
  /** What to do before the visit, in plain text. */
  instructions: z.optional(z.string()),
  /** The language that the visit type and the instructions are in, where the clinic says so. */
  language: z.optional(Language),
  needs: z.optional(z.array(Need)),
  orderId: z.optional(Id),
});
export type Appointment = z.output<typeof Appointment>;

/** A time kept for the patient while they confirm. */
export const Hold = z.object({
  id: Id,
  slotId: Id,
  /** When it ends by itself, where the clinic says so. */
  expires: z.optional(Instant),
});
export type Hold = z.output<typeof Hold>;

/** Something a clinician asked for that waits for a date: "your doctor asked for an MRI". */
export const Order = z.object({
  id: Id,
  version: Version,
  name: z.string(),
  /** The language that its words are in, where the clinic says so. */
  language: z.optional(Language),
  /** What to book for it, where the clinic can tell. */
  visitTypeId: z.optional(Id),
  orderedBy: z.optional(z.string()),
  orderedOn: z.optional(Day),
  urgency: z.enum(['routine', 'urgent']),
  /** How many visits, where it is a series. */
  visits: z.optional(whole(2)),
  instructions: z.optional(z.string()),
});
export type Order = z.output<typeof Order>;

/** Why a patient calls an appointment off. */
export const CancelReason = z.enum([
  'cannot-come',
  'feeling-better',
  'no-transport',
  'cannot-pay',
  'moved-away',
  'other',
]);
export type CancelReason = z.output<typeof CancelReason>;

/** What is needed, for which visit and, once there is one, at which time. */
export const NeedQuery = z.object({
  visitTypeId: Id,
  slotId: z.optional(Id),
  needs: z.array(Need),
});
export type NeedQuery = z.output<typeof NeedQuery>;

/** Whose appointments are asked for, and of which days. */
export const AppointmentQuery = z.object({
  patientId: Id,
  from: z.optional(Day),
  to: z.optional(Day),
  ...paging,
});
export type AppointmentQuery = z.output<typeof AppointmentQuery>;

/** A slot as it was when the patient saw it. */
const SlotRef = z.object({ id: Id, version: Version });
const words = text(0, 2000);

/** Asks to keep a time. */
export const HoldRequest = z.object({ acting: Acting, visitTypeId: Id, slot: SlotRef });
export type HoldRequest = z.output<typeof HoldRequest>;

/** Gives a kept time back. */
export const HoldRelease = z.object({ acting: Acting, holdId: Id });
export type HoldRelease = z.output<typeof HoldRelease>;

/** Asks for an appointment. */
export const BookingRequest = z.object({
  acting: Acting,
  visitTypeId: Id,
  slot: SlotRef,
  holdId: z.optional(Id),
  mode: z.optional(Mode),
  /** Why the patient comes, in their own words. */
  reason: z.optional(words),
  needs: z.optional(z.array(Need)),
  orderId: z.optional(Id),
});
export type BookingRequest = z.output<typeof BookingRequest>;

/** Asks to move an appointment. */
export const RescheduleRequest = z.object({
  acting: Acting,
  appointment: z.object({ id: Id, version: Version }),
  slot: SlotRef,
  holdId: z.optional(Id),
});
export type RescheduleRequest = z.output<typeof RescheduleRequest>;

/** Calls an appointment off. */
export const CancelRequest = z.object({
  acting: Acting,
  appointment: z.object({ id: Id, version: Version }),
  reason: CancelReason,
  comment: z.optional(words),
});
export type CancelRequest = z.output<typeof CancelRequest>;

/** Asks to be told of times that come free. */
export const WaitlistRequest = z
  .object({
    acting: Acting,
    ...filter,
    ...days,
    needs: z.optional(z.array(Need)),
    orderId: z.optional(Id),
  })
  .check(inOrder);
export type WaitlistRequest = z.output<typeof WaitlistRequest>;

const acting = { patientId: 'p1' };
const slot = { id: 's1', version: '1' };
const appointment = { id: 'a1', version: '1' };
const march = { from: '2026-03-01', to: '2026-03-31' };

/** The questions about a patient's appointments, and what becomes one. */
export const appointments = {
  /** Which of the needs cannot be met, or not for certain; asked before a time is held. */
  findUnmetNeeds: read(NeedQuery, pageOf(UnmetNeed), {
    sample: { visitTypeId: 'v1', needs: [{ kind: 'more-time' }] },
  }),

  /** What clinicians asked for and nobody has booked yet; who acts is shown none for a visit that is kept from them. */
  findOrders: read(z.object({ acting: Acting, ...paging }), pageOf(Order), { sample: { acting } }),

  /** The patient's appointments, earliest first, those on the waitlist last; `from` and `to` narrow by day. */
  findAppointments: read(AppointmentQuery, pageOf(Appointment), { sample: { patientId: 'p1' } }),

  /** One appointment of the patient's. */
  getAppointment: read(z.object({ patientId: Id, appointmentId: Id }), Appointment, {
    sample: { patientId: 'p1', appointmentId: 'a1' },
  }),

  /** Keeps a free time for the patient while they confirm. `conflict` when someone was faster. */
  holdSlot: write(HoldRequest, Hold, { sample: { acting, visitTypeId: 'v1', slot } }),

  /** Gives a held time back. Releasing a hold that has ended is a success: the time is free, or someone else's. */
  releaseHold: write(HoldRelease, z.object({}), { sample: { acting, holdId: 'h1' } }),

  /**
   * Turns a free time, or a held one, into an appointment. `conflict` when someone was faster. A hold that ran out
   * still books the time while nobody else has taken it.
   */
  bookAppointment: write(BookingRequest, Appointment, { sample: { acting, visitTypeId: 'v1', slot } }),

  /** Moves an appointment to another time. The old time is given back only when the new one is certain. */
  rescheduleAppointment: write(RescheduleRequest, Appointment, { sample: { acting, appointment, slot } }),

  /** Calls an appointment off, or leaves the waitlist. `conflict` when it has changed, or is no longer to come. */
  cancelAppointment: write(CancelRequest, Appointment, { sample: { acting, appointment, reason: 'cannot-come' } }),

  /** Asks to be told when a time comes free. The receipt's id is an appointment with status `waitlist`. */
  joinWaitlist: queueableWrite(WaitlistRequest, { sample: { acting, visitTypeId: 'v1', ...march } }),
};
