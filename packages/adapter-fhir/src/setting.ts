import type * as fhir from 'fhir/r4.js';
import type { Help, Preparation, Way } from '@clinic-widgets/core/check-in.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import type { VisitType } from '@clinic-widgets/core/scheduling.js';
import type { Asking, Client, Query } from './client.ts';
import type { Ability } from './clinic.ts';
import type { Warn } from './lenient.ts';

/** What the host knows of the clinic's appointments, or knows better than its server. */
export interface SchedulingOptions {
  /** For how many minutes a time is kept for a patient who confirms: 10 unless said. */
  readonly holdMinutes?: number;
  /** How many days a search for times may span at this server; a longer span is asked for in parts. */
  readonly windowDays?: number;
  /** What is to be said of visit types otherwise than by the server, by their id: how long they take, a series. */
  readonly visitTypes?: Readonly<Record<string, Partial<Omit<VisitType, 'id'>>>>;
  /**
   * Whether every patient's appointments can be read, as with the clinic's own token. Only then a booking that died
   * half-way can be told from one that stands, and its time be offered again. Left out: only where
   * there is neither a token nor a `fetch` of the host's.
   */
  readonly seesEveryone?: boolean;
}

/** How the clinic takes patients in. */
export interface Reception {
  /** From this age on, who acts for a patient sees no private contact, form or visit type. */
  readonly privacyAge?: number;
  /** Visit types that are private from that age on, by their id. */
  readonly privateVisitTypeIds?: readonly string[];
  /** Before and after the start, in minutes: `early` and `late` come in, what is further off goes to the desk. */
  readonly minutes?: {
    readonly tooEarly: number;
    readonly early: number;
    readonly late: number;
    readonly missed: number;
  };
  /** What keeps a visit from being checked in while it is open. */
  readonly mandatory?: readonly Preparation[];
  /** Whether screening comes before everything that a payer has a part in, as in an emergency department. */
  readonly screeningFirst?: boolean;
  /** Whether a change to the details waits for staff. */
  readonly proposes?: boolean;
  /** What the sign in each lobby says: shows that a phone is there. */
  readonly lobbyCodes?: readonly { readonly locationId: string; readonly code: string }[];
  /** How many wrong claims a kiosk, and an identity, have in so many minutes. */
  readonly tries?: { readonly device: number; readonly identity: number; readonly minutes: number };
  /** For how many minutes a patient who was identified is known: 240 unless said. Nothing renews it, so it is a visit's length. */
  readonly passMinutes?: number;
  /** Whether somebody is at the desk, until it says so itself. */
  readonly deskOpen?: boolean;
  /** Where to go when nobody comes. */
  readonly goTo?: string;
  /** In which language that is said, and the ways are that name none; and where to go in others. */
  readonly language?: string;
  readonly translations?: NonNullable<Help['translations']>;
  /** How to get to a visit of a type at a location. */
  readonly ways?: readonly (Omit<Way, 'location'> & { readonly locationId: string; readonly visitTypeId: string })[];
  /** The wait that is usual, in minutes, by visit type. */
  readonly waits?: readonly { readonly visitTypeId: string; readonly least: number; readonly most: number }[];
}

/** What only a host that is a server may say. */
export interface CheckInOptions {
  /**
   * That this runs on a server, with the clinic's own token, and how the clinic takes patients in there. Left out, nobody
   * is identified, no reminder is answered, and there is no desk: a page must not decide who somebody is.
   */
  readonly onServer?: Reception;
}

/** What the operations of an area work with, during one call. */
export interface Setting {
  readonly client: Client;
  readonly ability: Ability;
  readonly options: SchedulingOptions & CheckInOptions;
  readonly warn: Warn;
  /** The moment it is, in milliseconds. */
  readonly now: number;
  /** Makes a search together with others: for what is asked about many patients at once. */
  readonly gather?: (type: string, query: Query, asking: Searching) => Promise<readonly fhir.FhirResource[]>;
}

const MOST_PAGES = 20;

/** What is refused to this token, or not there at this server, when it is only good to have. */
const REFUSALS: readonly string[] = ['forbidden', 'not-found', 'unsupported', 'invalid'];

/** How a search is made. */
export interface Searching extends Asking {
  /** Whether what is asked for is about a patient. */
  readonly secret?: boolean;
  /** Whether to do without where it is refused. */
  readonly tolerant?: boolean;
}

/** Every resource of the type that a search finds, each once. */
export async function searchAll<R extends fhir.FhirResource>(
  setting: Setting,
  type: R['resourceType'],
  query: Query,
  asking: Searching,
): Promise<R[]> {
  const found = await searchEverything(setting, type, query, asking);
  return found.filter((one): one is R => one.resourceType === type);
}

/** Everything that a search brings, what the results refer to as well, up to a number of pages. */
export async function searchEverything(
  { client, ability, warn, gather }: Setting,
  type: string,
  query: Query,
  asking: Searching,
): Promise<readonly fhir.FhirResource[]> {
  if (gather) return gather(type, query, asking);
  const { tolerant, ...rest } = asking;
  const found = new Map<string, fhir.FhirResource>();
  if (tolerant && !ability.can(type, 'search-type')) return [];
  try {
    let pages = 0;
    for await (const { resources, more } of client.pages(type, [...query, ['_count', '200']], rest)) {
      for (const one of resources) found.set(`${one.resourceType}/${one.id}`, one);
      if (more && ++pages === MOST_PAGES) {
        warn({ resourceType: type, reason: 'too-many' });
        break;
      }
    }
  } catch (error) {
    if (!tolerant || !isClinicError(error) || !REFUSALS.includes(error.code)) throw error;
  }
  return [...found.values()];
}

/** As many values as a search has for one parameter. */
const CHUNK = 100;

/** Asks about many a part at a time, so that no request grows too long; what is found of all of them. */
export async function inChunks<R>(
  values: readonly string[],
  ask: (part: readonly string[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const found: Promise<readonly R[]>[] = [];
  for (let start = 0; start < values.length; start += CHUNK) found.push(ask(values.slice(start, start + CHUNK)));
  return (await Promise.all(found)).flat();
}
