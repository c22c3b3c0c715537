import type * as fhir from 'fhir/r4.js';
import type { OperationName } from '@clinic-widgets/core/adapter.js';
import type { Clinic } from '@clinic-widgets/core/clinic.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import type { Asking, Client } from './client.ts';
import type { CheckInOptions } from './setting.ts';

/**
 * How a booking is kept from being made twice: the server's own scheduling `operations`, the version of the Slot
 * as a `lock`, or not at all, so that it is a `request` that the clinic confirms.
 */
export type BookingWay = 'operations' | 'lock' | 'request';

/** What the host knows of the clinic, or knows better than its server. */
export interface ClinicOptions {
  /** The clinic's name, as patients know it. */
  readonly name?: string;
  /** The zone of the clinic's days and hours, for places that name none. FHIR does not tell it: left out, this machine's. */
  readonly timeZone?: string;
  /** The number that patients may call. */
  readonly phone?: string;
  /** Left out, what the CapabilityStatement allows. Nothing is ever written to find out. */
  readonly booking?: BookingWay;
  /** Operations that the server can carry out although it does not say so, or cannot although it does. */
  readonly supports?: Readonly<Partial<Record<OperationName, boolean>>>;
}

/** All that the host says of the clinic and its server. */
export type Known = ClinicOptions & CheckInOptions;

/** What can be done at a server, and how. */
export interface Ability {
  readonly clinic: Clinic;
  readonly way: BookingWay;
  /** Whether the server's operations are those of IHE, not Medplum's: they differ. */
  readonly ihe: boolean;
  /** Names of the scheduling operations that the server has: `hold`, `reschedule`. */
  readonly operations: readonly string[];
  /** Whether the server says that it can; of one that says nothing at all it is hoped. */
  can(type: string, interaction: string): boolean;
  /** Whether the server has a type, and can search it by a parameter; where it does not say by which it can, it is hoped. */
  matches(type: string, parameter: string): boolean;
  /** Whether a search can bring what its results refer to. */
  includes(type: string, parameter: string): boolean;
}

/** Learns once what the server can do. */
export function discovery(client: Client, options: Known): (asking: Asking) => Promise<Ability> {
  let known: Ability | undefined;

  return async (asking) => {
    if (known) return known;
    // Fetched while the server answers.
    const rules = import('./ability.ts');
    rules.catch(() => undefined);
    try {
      const statement = (await client.send('metadata', asking)).content as fhir.CapabilityStatement | undefined;
      const said = statement?.resourceType === 'CapabilityStatement' ? statement : undefined;
      return (known = (await rules).abilityOf(said, options));
    } catch (error) {
      // A server that says nothing of itself can still be used with care. One that cannot be reached cannot.
      if (!isClinicError(error) || error.retryable || error.code === 'unauthenticated') throw error;
      const ability = (await rules).abilityOf(undefined, options);
      // A failure may pass, and is not remembered.
      if (error.code !== 'unexpected') known = ability;
      return ability;
    }
  };
}
