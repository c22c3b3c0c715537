import type {
  Acting,
  Authority,
  CallBy,
  Clinic,
  Desk,
  Factor,
  Help,
  HelpReason,
  Identification,
  IdentifyRequest,
  Preparation,
  Visit,
  VisitProgress,
  WalkIn,
} from '@clinic-widgets/core';
import type { ClinicError, MisfitReason } from '@clinic-widgets/core/errors.js';
import type { Part, PartEnd } from './part.ts';
import type { Host } from './session.ts';

/** How the patient wants to see it, and whether they take their time. Forgotten with the patient. */
export interface Settings {
  readonly textSize: 'normal' | 'large' | 'largest';
  readonly contrast: boolean;
  readonly moreTime: boolean;
}

/** What a patient came for. */
export type Purpose = 'coming' | 'leaving' | 'program';

/** What is typed to be recognized by. */
export interface Entry {
  readonly way: 'name' | 'code';
  readonly code: string;
  readonly familyName: string;
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** Who acts for the patient, where that is someone else. */
  readonly forOther: boolean;
  readonly name: string;
  readonly relationship: string;
}

/** Fields that have nothing, or nothing of use, in them. */
export type Missing = 'code' | 'familyName' | 'birthDate' | 'name' | 'relationship' | 'value' | 'reason';

/** What is wrong with what was typed: what is missing, and what the clinic has refused. */
export interface Wrong {
  readonly missing: readonly Missing[];
  readonly refused?: Refused | undefined;
}

/** What can be typed into before anybody is known, and a word to the clinic. */
export type Field = Missing | 'givenName' | 'phone' | 'message';

/** Why the clinic has refused what is in a field. */
export type Refused = Readonly<Partial<Record<Field, MisfitReason>>>;

/** What somebody without an appointment types. */
export interface WalkInEntry {
  readonly givenName: string;
  readonly familyName: string;
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly phone: string;
  readonly reason: string;
}

/** Who a call comes from, and which visit it is about. */
export interface About {
  readonly who?: Who | undefined;
  readonly visit?: Visit | undefined;
}

/** A call for a person, or a word to the clinic. */
export type Calling =
  | {
      readonly state: 'open';
      /** Nobody asked for it: it is offered. */
      readonly unasked?: true;
    }
  | {
      readonly state: 'writing';
      readonly reason: HelpReason;
      readonly message: string;
      /** It was to be sent without a word. */
      readonly missing?: true;
      readonly refused?: Refused;
    }
  | {
      readonly state: 'sending' | 'failed';
      readonly key: string;
      readonly reason: HelpReason;
      readonly message: string;
      /** As it was known when the call was made: a retry is the same call. */
      readonly about: About;
    }
  | {
      readonly state: 'called';
      readonly reason: HelpReason;
      readonly help: Help;
      /** When the clinic had it, and whether nobody has answered for too long. */
      readonly since: number;
      readonly unanswered: boolean;
      /** How often the clinic was asked whether somebody comes. */
      readonly polls: number;
    };

/** What goes on whatever the step is. */
export interface Base {
  readonly host: Host;
  readonly clinic: Clinic | undefined;
  readonly settings: Settings;
  readonly purpose: Purpose;
  readonly calling: Calling | undefined;
  /** The front desk, as it was last heard of. */
  readonly reception: Desk | undefined;
  /** How often something did not work; help is offered after two. */
  readonly failures: number;
}

/** Somebody who was identified. */
export interface Who {
  readonly pass: string;
  readonly acting: Acting;
  readonly authority: Authority;
}

/** A visit that is being gone through. */
export interface Going extends Base {
  readonly clinic: Clinic;
  readonly who: Who;
  readonly visit: Visit;
  /** How each preparation ended here; what is not in it is as the visit says. */
  readonly ended: Readonly<Partial<Record<Preparation, PartEnd>>>;
  /** How far the patient had come in what they left before its end. */
  readonly kept: Readonly<Partial<Record<AnyPart['name'], unknown>>>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Each part knows its own state and actions.
export type AnyPart = Part<any, any>;

/** What a patient says to a reminder, and when the visit is that it was about. */
export type ReminderAnswer = 'coming' | 'cannot-come';
export interface ReminderResponse {
  readonly start?: string | undefined;
  readonly timeZone: string;
}

/** A choice of how to be called, on its way to the clinic. Who cannot hear a number depends on that it arrives. */
export interface Choosing {
  readonly callBy: CallBy;
  readonly key: string;
  readonly state: 'sending' | 'told' | 'failed';
}

/** Why a patient is sent to the desk. */
export type DeskReason = 'too-early' | 'missed' | 'changed' | 'unfinished' | 'elsewhere' | 'no-visit' | 'closed';

type Challenge = Extract<Identification, { outcome: 'challenge' }>;

export type Step =
  | ({ readonly step: 'starting' } & Base)
  | ({ readonly step: 'welcome' } & Base)
  | ({ readonly step: 'reminded' } & Base)
  | ({ readonly step: 'responding'; readonly answer: ReminderAnswer; readonly key: string } & Base)
  | ({ readonly step: 'responded'; readonly answer: ReminderAnswer; readonly response: ReminderResponse } & Base)
  | ({
      readonly step: 'identifying';
      readonly entry: Entry;
      readonly unrecognized: boolean;
    } & Wrong &
      Base)
  | ({
      readonly step: 'claiming';
      readonly entry: Entry;
      readonly key: string;
      readonly request: IdentifyRequest;
    } & Base)
  | ({
      readonly step: 'challenged';
      readonly entry: Entry;
      readonly challenge: Challenge;
      readonly factor: Factor;
      readonly value: string;
    } & Wrong &
      Base)
  | ({
      readonly step: 'answering';
      readonly entry: Entry;
      readonly challenge: Challenge;
      readonly factor: Factor;
      readonly value: string;
      readonly key: string;
      readonly request: IdentifyRequest;
    } & Base)
  | ({ readonly step: 'finding'; readonly who: Who } & Base)
  | ({ readonly step: 'visits'; readonly who: Who; readonly visits: readonly Visit[] } & Base)
  | ({
      readonly step: 'here';
      readonly lobbyCode: string;
      /** What is the matter with the code: there is none, or it is another sign's. */
      readonly trouble?: 'missing' | 'wrong' | undefined;
    } & Going)
  | ({ readonly step: 'arriving'; readonly key: string } & Going)
  | ({ readonly step: 'list' } & Going)
  | ({
      readonly step: 'loading';
      readonly name: AnyPart['name'];
      /** How far the patient had come in it. */
      readonly inner?: unknown;
    } & Going)
  | ({ readonly step: 'part'; readonly part: AnyPart; readonly inner: unknown } & Going)
  | ({ readonly step: 'finishing'; readonly key: string } & Going)
  | ({
      readonly step: 'done';
      readonly progress: VisitProgress | undefined;
      /** How often it was asked for, and how often in a row that came to nothing of late. */
      readonly polls: number;
      readonly missed: number;
      /** Nobody is known here any more: whether they are called is heard of no more. */
      readonly forgotten?: true;
      /** How the patient has asked to be called last, and whether the clinic knows. */
      readonly choosing?: Choosing | undefined;
      readonly desk?: DeskReason | undefined;
    } & Going)
  | ({ readonly step: 'goodbye'; readonly queued?: boolean } & Base)
  | ({
      readonly step: 'desk';
      readonly reason: DeskReason;
      readonly who?: Who | undefined;
      readonly visit?: Visit | undefined;
    } & Base)
  | ({ readonly step: 'danger' } & Base)
  | ({ readonly step: 'emergency' } & Base)
  | ({ readonly step: 'walk-in'; readonly entry: WalkInEntry } & Wrong & Base)
  | ({
      readonly step: 'walking-in';
      readonly entry: WalkInEntry;
      readonly key: string;
      readonly request: WalkIn;
    } & Base)
  | ({ readonly step: 'taken-in'; readonly help: Help } & Base);

export type State =
  | Step
  | ({
      readonly step: 'failed';
      readonly error: ClinicError;
      readonly from: Step;
      /** Staff have not heard of something that they must hear of, and nobody else was told since. */
      readonly unheard?: boolean;
    } & Base);

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** The visit that a state is about, if it is. */
export const goingOf = (state: State): Going | undefined => {
  const of = state.step === 'failed' ? state.from : state;
  return 'ended' in of ? of : undefined;
};

/** Whether the patient is at the clinic. */
export const isOnSite = ({ host }: Pick<Base, 'host'>): boolean =>
  host.station.kind !== 'phone' || host.station.lobbyCode !== undefined;

/** Whether nobody is at the front desk, as far as is known: then nothing is promised there. */
export const isDeskClosed = ({ reception }: { readonly reception?: Desk | undefined }): boolean =>
  reception?.open === false;

/** Whether how it goes on for who waits has not been heard of for so long that it may have changed. */
export const isStale = ({ missed }: Pick<In<'done'>, 'missed'>): boolean => missed > 1;

/** What is left of a visit's preparations: what ended here, else what the clinic says. */
export const standingOf = ({ visit, ended }: Pick<Going, 'visit' | 'ended'>) =>
  visit.preparations.map((one) => ({ ...one, state: ended[one.name] ?? one.state }));
