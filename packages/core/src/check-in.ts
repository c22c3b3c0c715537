import * as z from 'zod/mini';
import { Appointment } from './appointments.ts';
import { Acting, Cursor, Day, Id, Instant, Language, Limit, pageOf, text, TimeZone, Version, whole } from './common.ts';
import { queueableWrite, read, write } from './operation.ts';
import { Location } from './scheduling.ts';

/** From where the patient, or the desk, tells the clinic something. */
export const Station = z.object({
  /** A kiosk of the clinic's, the patient's own phone or computer, or a member of staff. */
  kind: z.enum(['kiosk', 'phone', 'desk']),
  /** Which kiosk: tries are counted by it. */
  deviceId: z.optional(Id),
  /** Where it stands. */
  locationId: z.optional(Id),
  /** What the sign in the lobby says: shows that a phone is there. */
  lobbyCode: z.optional(text(1, 64)),
});
export type Station = z.output<typeof Station>;

/**
 * What shows, besides a name and a date of birth, who somebody is. A given name shows the least: it is asked for only
 * where nothing else tells who it is, as with twins.
 */
export const Factor = z.enum(['phone-last-four', 'postal-code', 'given-name']);
export type Factor = z.output<typeof Factor>;

/** Who somebody says that they are: by the code of a reminder, by name and birth, or by the answer to a challenge. */
export const Claim = z.union([
  z.object({ code: text(1, 512) }),
  z.object({ familyName: text(1, 200), birthDate: Day }),
  z.object({ challengeId: Id, factor: Factor, value: text(1, 200) }),
]);
export type Claim = z.output<typeof Claim>;

/** By what right somebody acts: their own, one that the clinic has on record, or one that staff must see to. */
export const Authority = z.enum(['self', 'parent', 'guardian', 'health-care-proxy', 'caregiver', 'unknown']);
export type Authority = z.output<typeof Authority>;

/** Asks the clinic whether it knows somebody. */
export const IdentifyRequest = z.object({
  claim: Claim,
  station: Station,
  /** Who acts for the patient, in their own words. Left out, the patient. */
  representative: z.optional(z.object({ name: text(1, 200), relationship: text(1, 100) })),
});
export type IdentifyRequest = z.output<typeof IdentifyRequest>;

/** What the clinic answers to a claim. Not known, not today and not right are one answer: none of them says which. */
export const Identification = z.union([
  z.object({
    outcome: z.literal('identified'),
    /** Goes with every later call about the visit, as `CallOptions.pass`. */
    pass: text(1, 4096),
    /** Nothing renews a pass: it is good for as long as a visit may take, the wait to be called too. */
    expires: Instant,
    acting: Acting,
    authority: Authority,
    /** What the patient reads, where the clinic knows. */
    language: z.optional(Language),
  }),
  z.object({
    outcome: z.literal('challenge'),
    challengeId: Id,
    /** `R. D.`: all that is told of the patient until the challenge is met. */
    initials: text(1, 20),
    start: z.optional(Instant),
    timeZone: TimeZone,
    /** Any one of them will do. */
    factors: z.array(Factor).check(z.refine(({ length }) => length > 0)),
  }),
  z.object({ outcome: z.literal('unrecognized') }),
]);
export type Identification = z.output<typeof Identification>;

/** What a visit may need before it starts. `screening` comes before everything that a payer has a part in. */
export const Preparation = z.enum(['screening', 'details', 'insurance', 'forms', 'consents', 'payment']);
export type Preparation = z.output<typeof Preparation>;

/** One of them, and how it stands. Only what the clinic calls mandatory keeps a visit from being checked in. */
export const PreparationState = z.object({
  name: Preparation,
  state: z.enum(['open', 'done', 'at-desk']),
  mandatory: z.boolean(),
});
export type PreparationState = z.output<typeof PreparationState>;

/** How a patient wants to be called. */
export const CallBy = z.enum(['screen', 'text', 'person']);
export type CallBy = z.output<typeof CallBy>;

/** How a copy of a document is wanted. */
export const CopyWay = z.enum(['paper', 'email']);
export type CopyWay = z.output<typeof CopyWay>;

/** Where to go, in words first. */
export const Way = z.object({
  location: Location,
  /** `Second floor, room 12. Turn left after the elevator.` */
  words: z.string(),
  /** The same without steps, where that is another way. */
  stepFree: z.optional(z.string()),
  /** A picture of the way, with what it shows in words. */
  picture: z.optional(z.object({ url: z.string(), alt: z.string() })),
  /** In which language all of it is said, and the same in others; left out, nobody knows. */
  language: z.optional(Language),
  translations: z.optional(
    z.array(
      z.object({
        language: Language,
        words: z.string(),
        stepFree: z.optional(z.string()),
        alt: z.optional(z.string()),
      }),
    ),
  ),
});
export type Way = z.output<typeof Way>;

/** A visit of today's, and what it needs. */
export const Visit = z.object({
  appointment: Appointment,
  preparations: z.array(PreparationState),
  /** Everything was done from home: the status stays `booked` until the patient is there. */
  ready: z.boolean(),
  /** `early` and `late` still come in; `too-early` and `missed` go to the desk. */
  timing: z.enum(['too-early', 'early', 'on-time', 'late', 'missed']),
  /** The visit is at another place than the station. */
  elsewhere: z.optional(z.boolean()),
  arrivedAt: z.optional(Instant),
  /** Called in place of a name. */
  ticket: z.optional(text(1, 20)),
  callBy: z.optional(CallBy),
  way: z.optional(Way),
});
export type Visit = z.output<typeof Visit>;

/** How it goes on for a patient who waits. */
export const VisitProgress = z.object({
  state: z.enum(['expected', 'waiting', 'called', 'moved', 'with-clinician', 'finished', 'see-desk']),
  ticket: z.optional(text(1, 20)),
  /** To where, when called or moved: `Room 4`. */
  to: z.optional(z.string()),
  /** How long it may take, in minutes. */
  wait: z.optional(z.object({ least: whole(0), most: whole(0) })),
});
export type VisitProgress = z.output<typeof VisitProgress>;

/** An amount in a currency (ISO 4217): `{ value: '25.00', currency: 'USD' }`. */
export const Money = z.object({
  value: z.string().check(z.refine((written) => /^-?\d{1,12}(\.\d{1,4})?$/.test(written))),
  currency: z.string().check(z.refine((written) => /^[A-Z]{3}$/.test(written))),
});
export type Money = z.output<typeof Money>;

/** Something due, by the clinic's own word. */
export const Charge = z.object({
  id: Id,
  label: z.string(),
  /** The language that the label is in, where the clinic says so. */
  language: z.optional(Language),
  amount: Money,
});
export type Charge = z.output<typeof Charge>;

/** What to do after a visit, in plain words. */
export const VisitSummary = z.object({
  appointmentId: Id,
  language: Language,
  instructions: z.optional(z.string()),
  /** Whom to call, and when, if something is not right. */
  warning: z.optional(z.string()),
});
export type VisitSummary = z.output<typeof VisitSummary>;

/** Why somebody wants a person. The last three go to the patient liaison. */
export const HelpReason = z.enum([
  'person',
  'unrecognized',
  'stuck',
  'signature',
  'visit',
  'danger',
  'complaint',
  'compliment',
  'bill',
]);
export type HelpReason = z.output<typeof HelpReason>;

/** Calls for a person. Never queued: what is not answered has not reached staff. */
export const HelpRequest = z.object({
  station: Station,
  reason: HelpReason,
  /** Absent before somebody is identified. */
  acting: z.optional(Acting),
  appointmentId: z.optional(Id),
  /** In their own words. */
  message: z.optional(text(0, 2000)),
  language: z.optional(Language),
});
export type HelpRequest = z.output<typeof HelpRequest>;

const reception = {
  /** Where to go when nobody comes. */
  goTo: z.string(),
  /** In which language that is said, and the same in others; left out, nobody knows. */
  language: z.optional(Language),
  translations: z.optional(z.array(z.object({ language: Language, goTo: z.string() }))),
};

/** What became of a call for a person. */
export const Help = z.object({
  id: Id,
  /** To name it at the desk, and to follow it up. */
  number: text(1, 20),
  state: z.enum(['waiting', 'acknowledged', 'done']),
  /** Whether somebody is at the desk: nothing is promised where nobody is. */
  deskOpen: z.boolean(),
  ...reception,
});
export type Help = z.output<typeof Help>;

/** The front desk, as anybody may know of it. */
export const Desk = z.object({
  /** Whether somebody is there: where nobody is, nobody is promised. */
  open: z.boolean(),
  ...reception,
});
export type Desk = z.output<typeof Desk>;

/** Somebody without an appointment, as they typed it: nothing of it is verified, and they are told nothing. */
export const WalkIn = z.object({
  station: Station,
  /** The first question: whether they may be in danger. */
  danger: z.boolean(),
  givenName: z.optional(text(0, 200)),
  familyName: text(1, 200),
  birthDate: z.optional(Day),
  phone: z.optional(text(0, 50)),
  reason: text(0, 2000),
  language: z.optional(Language),
});
export type WalkIn = z.output<typeof WalkIn>;

const VisitRef = z.object({ id: Id, version: Version });

/** Brings a visit a step on. */
export const VisitStep = z.object({ acting: Acting, appointment: VisitRef, station: Station });
export type VisitStep = z.output<typeof VisitStep>;

/** What a patient decides about what is due. The kit never sees a card: `paid` names what the host's terminal gave. */
export const PaymentChoice = z.object({
  acting: Acting,
  appointmentId: Id,
  chargeIds: z.array(Id),
  choice: z.enum(['paid', 'at-desk', 'cannot-pay']),
  /** The terminal's or processor's reference. */
  reference: z.optional(text(1, 200)),
});
export type PaymentChoice = z.output<typeof PaymentChoice>;

const paging = { cursor: z.optional(Cursor), limit: z.optional(Limit) };
const acting = { patientId: 'p1' };
const appointment = { id: 'a1', version: '1' };
const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
const aVisit = z.object({ acting: Acting, appointmentId: Id });

/** The questions of a patient who comes to a visit, or leaves. */
export const checkIn = {
  /**
   * Finds out who somebody is, behind the adapter. A wrong claim, an unknown patient and one who has no visit today get
   * the same answer after the same time. `throttled` after too many tries, by station and by whom they are about.
   * `unsupported` where it would have to be decided in the page.
   */
  identify: write(IdentifyRequest, Identification, {
    sample: { claim: { familyName: 'Delgado', birthDate: '1984-06-17' }, station },
  }),

  /** The patient's visits of today, earliest first, with what each needs. */
  findVisits: read(
    z.object({ acting: Acting, station: Station, language: z.optional(Language), ...paging }),
    pageOf(Visit),
    {
      sample: { acting, station },
    },
  ),

  /** Says that all was done from home. The visit's status stays. */
  prepareVisit: write(VisitStep, Visit, { sample: { acting, appointment, station } }),

  /**
   * The patient is there: `arrived`, with a ticket. Only from a kiosk or the desk, or by the lobby's code: else
   * `forbidden`. Arrived already is a success; `conflict` when it is cancelled, moved or over.
   */
  arriveAtVisit: write(VisitStep, Visit, { sample: { acting, appointment, station } }),

  /**
   * All that is mandatory is done: `checked-in`. `conflict` where something mandatory is open, and when the visit is
   * cancelled, moved, or not arrived. Checked in already is a success.
   */
  checkIn: write(VisitStep, Visit, { sample: { acting, appointment, station } }),

  /** How the patient wants to be called. */
  chooseCallBy: queueableWrite(z.object({ acting: Acting, appointmentId: Id, callBy: CallBy }), {
    sample: { acting, appointmentId: 'a1', callBy: 'screen' },
  }),

  /** How it goes on for a patient who waits. Names nobody. */
  getVisitProgress: read(aVisit, VisitProgress, { sample: { acting, appointmentId: 'a1' } }),

  /** What is due for a visit, called as it is in the language asked for, where the clinic has it in that. */
  findCharges: read(z.object({ ...aVisit.shape, language: z.optional(Language), ...paging }), pageOf(Charge), {
    sample: { acting, appointmentId: 'a1' },
  }),

  /** Writes down how the patient will pay, or that they cannot. Never keeps anyone from being checked in. */
  choosePayment: queueableWrite(PaymentChoice, {
    sample: { acting, appointmentId: 'a1', chargeIds: ['c1'], choice: 'at-desk' },
  }),

  /** What to do after the visit. */
  getVisitSummary: read(z.object({ ...aVisit.shape, language: z.optional(Language) }), VisitSummary, {
    sample: { acting, appointmentId: 'a1' },
  }),

  /** The patient leaves: `fulfilled`. `conflict` where the visit was never checked in. */
  checkOut: write(VisitStep, Visit, { sample: { acting, appointment, station } }),

  /**
   * Answers a reminder by its signed link, once: `not-found` when it was used, has run out, or is none of the clinic's.
   * `cannot-come` cancels the visit.
   */
  respondToAppointment: write(
    z.object({ token: text(1, 4096), answer: z.enum(['coming', 'cannot-come']) }),
    z.object({ start: z.optional(Instant), timeZone: TimeZone, status: Appointment.shape.status }),
    { sample: { token: 't1', answer: 'coming' } },
  ),

  /** Takes in somebody without an appointment: makes no patient of them. Danger is told to staff at once. */
  startWalkIn: write(WalkIn, Help, { sample: { station, danger: false, familyName: 'Delgado', reason: 'A cough' } }),

  /** Calls for a person, or tells the patient liaison. */
  askForHelp: write(HelpRequest, Help, { sample: { station, reason: 'person' } }),

  /** What became of a call for a person, by the id that it was answered with. */
  getHelp: read(z.object({ helpId: Id }), Help, { sample: { helpId: 'h1' } }),

  /** Whether somebody is at the desk, before anybody calls. */
  describeDesk: read(z.object({}), Desk, { sample: {}, phi: false }),
};
