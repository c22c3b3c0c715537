import type * as fhir from 'fhir/r4.js';
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

/** What the operations of an area work with, during one call. */
export interface Setting {
  readonly client: Client;
  readonly ability: Ability;
  readonly options: SchedulingOptions;
  readonly warn: Warn;
  /** The moment it is, in milliseconds. */
  readonly now: number;
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
  { client, ability, warn }: Setting,
  type: string,
  query: Query,
  { tolerant, ...asking }: Searching,
): Promise<fhir.FhirResource[]> {
  const found = new Map<string, fhir.FhirResource>();
  if (tolerant && !ability.can(type, 'search-type')) return [];
  try {
    let pages = 0;
    for await (const { resources, more } of client.pages(type, [...query, ['_count', '200']], asking)) {
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
