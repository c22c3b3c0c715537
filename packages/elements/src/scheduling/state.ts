import type {
  Appointment,
  CancelReason,
  Clinic,
  FreeDay,
  Hold,
  Location,
  Mode,
  Need,
  Order,
  PartOfDay,
  Practitioner,
  Slot,
  UnmetNeed,
  VisitType,
} from '@clinic-widgets/core';
import type { Outcome, Submission } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { addMonths, dayOf, endOfMonth } from '@clinic-widgets/core/time.js';
import type { Filling } from '../forms/filling.ts';
import type { Messages as FormMessages } from '../forms/messages.ts';
import type { Course, PlannedVisit } from './series.ts';

/** Someone the visit can be for. */
export interface Person {
  readonly patientId: string;
  /** Who acts for them; left out, they act themselves. */
  readonly representativeId?: string;
  readonly name: string;
}

/** What the page says about the booking. An empty string or list is what it leaves open. */
export interface Host {
  readonly people: readonly Person[];
  readonly visitTypeId: string;
  readonly practitionerId: string;
  readonly locationId: string;
  readonly orderId: string;
  /** First and last day to offer. */
  readonly from: string;
  readonly to: string;
  readonly needs: readonly Need[];
  readonly opens: 'booking' | 'appointments';
  /** The patient is at the clinic. */
  readonly onSite: boolean;
}

/** What a page says of a booking that leaves all of it open. */
export const NOTHING_SAID: Host = {
  people: [],
  visitTypeId: '',
  practitionerId: '',
  locationId: '',
  orderId: '',
  from: '',
  to: '',
  needs: [],
  opens: 'booking',
  onSite: false,
};

/** What is known from the first screen on, and kept from one booking to the next. */
export interface Known {
  readonly host: Host;
  readonly clinic: Clinic;
  readonly visitTypes: readonly VisitType[];
  readonly person: Person;
  readonly needs: readonly Need[];
  /** Where an emergency has stopped a person's booking, by patient: nothing on this screen takes that back. */
  readonly stopped: Stopped;
}

type Stopped = Readonly<Record<string, In<'advised'>>>;

/** Questions that are asked before any time is shown, and the part of the page that asks them. */
export interface Triage {
  readonly part: typeof import('./triage.ts');
  readonly filling: Filling;
  readonly text: FormMessages;
  readonly language: string;
  /** What is handed in, once all is answered. */
  readonly submission?: Submission;
  /** The clinic has changed the questions meanwhile. */
  readonly notice?: 'changed' | undefined;
}

/** For what the questions are asked. */
export interface Asking extends Known {
  readonly visitType: VisitType;
  readonly order?: Order | undefined;
}

/** What the questions came to: which times are shown, and what to tell the patient. */
export interface Advice {
  readonly words: readonly string[];
  readonly mode?: Mode;
  /** The last day that is shown. */
  readonly until?: string;
  /** What the clinic calls the answers. */
  readonly responseId: string;
}

export interface Filter {
  readonly mode?: Mode | undefined;
  readonly practitionerId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly partOfDay?: PartOfDay | undefined;
}

/** What the patient has settled so far, and what the clinic said is free. */
export interface Choice extends Known {
  readonly visitType: VisitType;
  readonly order?: Order | undefined;
  /** How many visits, where one is not enough. */
  readonly course?: Course | undefined;
  /** The appointment that is being moved. */
  readonly moving?: Appointment | undefined;
  readonly advice?: Advice | undefined;
  readonly filter: Filter;
  /** Who and where, once the patient wants to narrow the times. */
  readonly practitioners?: readonly Practitioner[];
  readonly locations?: readonly Location[];
  readonly narrowing?: boolean;
  /** What of the needs the clinic cannot meet, once asked. */
  readonly unmet?: readonly UnmetNeed[];
  /** What the patient says the visit is about. */
  readonly reason: string;
  /** The day that the keyboard is on; its month is shown. */
  readonly active: string;
  /** Whether keys brought it there: then it stays. */
  readonly keyed?: boolean;
  /** The free days of that month, once known. */
  readonly days?: readonly FreeDay[];
  /** In an empty month, the first free day after it, else of all; `''` where there is none. */
  readonly nextFree?: string;
  /** The first free day of all is being looked for. */
  readonly seeking?: boolean;
  /** The day whose times are shown. */
  readonly day?: string;
  readonly slots?: readonly Slot[];
  /** Where the day's further times start, where there are more. */
  readonly cursor?: string | undefined;
  readonly more?: boolean;
  /** Counts the looks at what is free, so that a new look is new work. */
  readonly look: number;
  /** The time that someone else was faster to take, and the free ones nearest to it. */
  readonly lost?: Slot;
  readonly nearest?: readonly Slot[];
}

/** A choice down to the time. */
export interface Chosen extends Choice {
  readonly slot: Slot;
  readonly holdKey: string;
  readonly hold?: Hold;
  /** Whole minutes for which the time is still kept. */
  readonly left?: number;
  /** The clinic no longer keeps the time, or never did. */
  readonly unheld?: boolean;
  /** What of the needs cannot be met at this time and place, once asked; and whether the patient takes it so. */
  readonly unmetHere?: readonly UnmetNeed[];
  readonly accepted?: boolean;
  /** The clinic does not accept the reason as it is. */
  readonly refused?: boolean;
}

/** A visit of a series: how it stands with it. */
export interface SeriesVisit extends PlannedVisit {
  readonly key: string;
  readonly appointment?: Appointment;
  /** Someone else was faster. */
  readonly taken?: boolean;
}

export interface InSeries extends Choice {
  readonly course: Course;
  /** The time that the series is fitted around. */
  readonly slot: Slot;
  readonly visits?: readonly SeriesVisit[];
}

export interface Listed extends Known {
  readonly appointments?: readonly Appointment[];
  readonly look: number;
  readonly notice?: 'changed';
}

export type Step =
  | { readonly step: 'starting'; readonly host: Host; readonly stopped: Stopped }
  | ({ readonly step: 'visit'; readonly orders?: readonly Order[] } & Known)
  | ({ readonly step: 'triage'; readonly triage?: Triage } & Asking)
  | ({
      readonly step: 'advised';
      readonly triage: Triage;
      readonly visitType: VisitType;
      readonly outcome: Outcome;
      readonly responseId?: string;
    } & Known)
  | ({ readonly step: 'time' } & Choice)
  | ({ readonly step: 'details' } & Chosen)
  | ({ readonly step: 'booking'; readonly key: string } & Chosen)
  | ({ readonly step: 'booked'; readonly appointment: Appointment; readonly moved: boolean } & Known)
  | ({ readonly step: 'series' } & InSeries)
  | ({ readonly step: 'booking-series'; readonly visits: readonly SeriesVisit[] } & InSeries)
  | ({ readonly step: 'series-booked'; readonly visits: readonly SeriesVisit[] } & Known)
  | ({ readonly step: 'waitlist' } & Choice)
  | ({ readonly step: 'joining'; readonly key: string; readonly until: string } & Choice)
  | ({
      readonly step: 'waiting';
      readonly queued: boolean;
      readonly visitType: VisitType;
      /** The last day that is waited for. */
      readonly until: string;
    } & Known)
  | ({ readonly step: 'appointments' } & Listed)
  | ({ readonly step: 'cancelling'; readonly appointment: Appointment } & Listed)
  | ({
      readonly step: 'cancel';
      readonly appointment: Appointment;
      readonly reason: CancelReason;
      readonly key: string;
    } & Listed)
  | ({ readonly step: 'cancelled'; readonly appointment: Appointment } & Known);

export type State =
  | Step
  | {
      readonly step: 'failed';
      readonly host: Host;
      readonly clinic: Clinic | undefined;
      readonly error: ClinicError;
      readonly from: Step;
    };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** How far ahead a calendar goes where the page does not say. */
const MONTHS_AHEAD = 12;

/** The first and the last day that may be shown. */
export function range(
  { host, clinic, advice }: Known & Pick<Choice, 'advice'>,
  now: () => string,
): { readonly from: string; readonly to: string } {
  const today = dayOf(now(), clinic.timeZone);
  const from = host.from > today ? host.from : today;
  const to = advice?.until || host.to || endOfMonth(addMonths(today, MONTHS_AHEAD));
  return { from, to: to > from ? to : from };
}

const UNCERTAIN: ReadonlySet<State['step']> = new Set(['booking', 'booking-series', 'cancel', 'joining', 'triage']);

/** Whether a failed write may have been carried out all the same: then only the same write may follow. */
export const isUncertain = ({ from, error }: In<'failed'>): boolean =>
  UNCERTAIN.has(from.step) &&
  !(from.step === 'triage' && !from.triage?.submission) &&
  (error.retryable || error.code === 'unexpected');

/** Whether there is a step to go back to. */
export const canGoBack = (state: In<'failed'>): boolean => state.from.step !== 'starting' && !isUncertain(state);

/** Whether the patient knows which of their needs cannot be met at the time: only then it is held. */
export const knowsNeeds = ({ needs, moving, unmetHere, accepted }: Chosen): boolean =>
  needs.length === 0 || Boolean(moving) || (unmetHere !== undefined && (unmetHere.length === 0 || Boolean(accepted)));

/** Whether an appointment still waits for its day. */
export const isToCome = ({ status }: Appointment): boolean =>
  status === 'booked' || status === 'proposed' || status === 'pending' || status === 'waitlist';

/** Whether the clinic can keep a time while the patient confirms. */
export const canHold = ({ clinic }: Pick<Known, 'clinic'>): boolean => clinic.supports.includes('holdSlot');

/** The key of the work that keeps the time. */
export const holdKeyOf = ({ holdKey }: Pick<Chosen, 'holdKey'>): string => `hold ${holdKey}`;
