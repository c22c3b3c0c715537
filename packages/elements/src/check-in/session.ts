import type { Acting, Authority, ClinicAdapter, Clinic, Station, Visit } from '@clinic-widgets/core';
import { type Call, operationNames } from '@clinic-widgets/core/adapter.js';

/** What the page says about the check-in. */
export interface Host {
  readonly station: Station;
  /** The language of what is shown. */
  readonly language: string;
  /** What the link of a reminder has brought along. */
  readonly reminder?: string;
}

/** Somebody who has been identified, and the visit that it is about. */
export interface Session {
  readonly host: Host;
  readonly clinic: Clinic;
  /** Goes with every call. */
  readonly pass: string;
  readonly acting: Acting;
  readonly authority: Authority;
  readonly visit: Visit;
}

/** The clinic, asked with the pass of whoever is identified: no call can forget it. */
export const withPass = (adapter: ClinicAdapter, pass: string): ClinicAdapter =>
  Object.fromEntries(
    operationNames.map((name): [string, Call] => [
      name,
      (input, options) => (adapter[name] as Call)(input, { ...options, pass }),
    ]),
  ) as unknown as ClinicAdapter;

/** What a part is told of a state. */
export const sessionOf = ({
  host,
  clinic,
  who,
  visit,
}: Pick<Session, 'host' | 'clinic' | 'visit'> & {
  readonly who: Pick<Session, 'pass' | 'acting' | 'authority'>;
}): Session => ({ host, clinic, ...who, visit });
