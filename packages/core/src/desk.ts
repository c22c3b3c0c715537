import * as z from 'zod/mini';
import { Appointment } from './appointments.ts';
import { CallBy, CopyWay, HelpReason, Preparation, Station } from './check-in.ts';
import { Cursor, Day, Id, Instant, Language, Limit, pageOf, text, Version, whole } from './common.ts';
import { DetailName } from './details.ts';
import { read, write } from './operation.ts';

/** Something that waits for staff. */
export const Attention = z.object({
  id: Id,
  /**
   * A form to go through, an answer that cannot wait, a call for a person, somebody without an appointment, something
   * unfinished, or a copy to hand over or to send.
   */
  kind: z.enum(['review', 'alert', 'help', 'walk-in', 'unfinished', 'copy']),
  /** https://hl7.org/fhir/R4/valueset-request-priority.html */
  priority: z.enum(['routine', 'urgent', 'stat']),
  state: z.enum(['waiting', 'acknowledged', 'done']),
  at: Instant,
  /** Absent where nobody is identified. */
  patientId: z.optional(Id),
  formId: z.optional(Id),
  responseId: z.optional(Id),
  appointmentId: z.optional(Id),
  linkId: z.optional(z.string()),
  /** The number that the patient was given. */
  number: z.optional(text(1, 20)),
  /** From where, and in which language. */
  station: z.optional(Station),
  language: z.optional(Language),
  reason: z.optional(HelpReason),
  /** What the desk has to finish. */
  unfinished: z.optional(z.array(Preparation)),
  /** What a copy is wanted of, and how: on paper, or by e-mail to the address on file. */
  copyOf: z.optional(z.object({ consentId: Id, title: z.string(), way: CopyWay })),
  /** What they wrote. */
  message: z.optional(z.string()),
  /** Who somebody without an appointment says that they are. Not verified. */
  claimed: z.optional(z.object({ name: z.string(), birthDate: z.optional(Day), phone: z.optional(z.string()) })),
});
export type Attention = z.output<typeof Attention>;

/** Somebody who has arrived, as the desk sees them. */
export const Arrival = z.object({
  appointment: Appointment,
  /** The patient's name: for staff only. */
  name: z.string(),
  arrivedAt: Instant,
  ticket: z.optional(text(1, 20)),
  lacks: z.array(Preparation),
  callBy: z.optional(CallBy),
  /** How it goes on: what the waiting room may show beside the ticket. */
  state: z.enum(['waiting', 'called', 'moved', 'with-clinician']),
  /** Where they were called to last. */
  calledTo: z.optional(z.string()),
  /** How many flagged answers and alerts nobody has seen to. */
  flags: whole(0),
});
export type Arrival = z.output<typeof Arrival>;

/** A change to a patient's details that waits for staff. */
export const Proposal = z.object({
  id: Id,
  version: Version,
  patientId: Id,
  field: DetailName,
  /**
   * As it is, and as it is to be, each in one line; absent for nothing. A name or a date of birth that is to be nothing
   * was called wrong: staff put it right where they have seen papers, and accept then.
   */
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  at: Instant,
  station: Station.shape.kind,
  representativeId: z.optional(Id),
});
export type Proposal = z.output<typeof Proposal>;

const paging = { cursor: z.optional(Cursor), limit: z.optional(Limit) };

/** The questions of the front desk. None of them is for a patient's pass. */
export const desk = {
  /** What waits for staff, the most pressing first, then what waits longest. What is done is no longer there. */
  findAttention: read(z.object({ patientId: z.optional(Id), ...paging }), pageOf(Attention), {
    sample: { patientId: 'p1' },
  }),

  /** Says that somebody is coming, or that it is done. Only this lets a kiosk say that someone is coming. */
  acknowledge: write(z.object({ attentionId: Id, state: z.enum(['acknowledged', 'done']) }), Attention, {
    sample: { attentionId: 't1', state: 'acknowledged' },
  }),

  /** Says who somebody without an appointment is. The walk-in is done then. */
  matchWalkIn: write(z.object({ attentionId: Id, patientId: Id }), Attention, {
    sample: { attentionId: 't1', patientId: 'p1' },
  }),

  /** Who has arrived on a day and not left, in the order of arrival. */
  findArrivals: read(z.object({ day: Day, locationId: z.optional(Id), ...paging }), pageOf(Arrival), {
    sample: { day: '2026-03-02' },
  }),

  /** Calls a patient to a place, or moves them on. `conflict` where they have not arrived, or have left. */
  callPatient: write(
    z.object({ appointmentId: Id, to: text(1, 100), kind: z.enum(['called', 'moved']) }),
    z.object({ ticket: z.optional(text(1, 20)) }),
    { sample: { appointmentId: 'a1', to: 'Room 4', kind: 'called' } },
  ),

  /** Changes that wait to be taken over, earliest first. */
  findProposals: read(z.object({ patientId: z.optional(Id), ...paging }), pageOf(Proposal), { sample: {} }),

  /**
   * Takes a change over or refuses it; `conflict` when that was done already, or the details have changed since. What
   * was called wrong is not changed by it.
   */
  decideProposal: write(
    z.object({ proposal: z.object({ id: Id, version: Version }), decision: z.enum(['accepted', 'refused']) }),
    z.object({}),
    { sample: { proposal: { id: 'r1', version: '1' }, decision: 'accepted' } },
  ),

  /** Opens or closes the desk: while it is closed, no kiosk promises anybody. */
  openDesk: write(z.object({ open: z.boolean() }), z.object({}), { sample: { open: true }, phi: false }),
};
