import type { Acting, Authority, ClinicAdapter, Clinic, Desk, Station, Visit } from '@clinic-widgets/core';
import { type Call, operationNames } from '@clinic-widgets/core/adapter.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';

/** What the page says about the check-in. */
export interface Host {
  readonly station: Station;
  /** The language of what is shown. */
  readonly language: string;
  /** Tells the time, as an instant; left out, the machine's clock does. */
  readonly now?: () => string;
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
  /** The front desk, as it was last heard of. */
  readonly reception?: Desk | undefined;
}

/** The clinic, asked with the pass of whoever is identified: no call can forget it. */
export function withPass(adapter: ClinicAdapter, pass: string): ClinicAdapter {
  const passing = Object.fromEntries(
    operationNames.map((name): [string, Call] => [
      name,
      (input, options) => (adapter[name] as Call)(input, { ...options, pass }),
    ]),
  ) as unknown as ClinicAdapter;
  return {
    ...passing,
    /** Whoever is no longer known needs a person all the same: the call is made again by nobody in particular. */
    async askForHelp(request, options) {
      try {
        return await passing.askForHelp(request, options);
      } catch (error) {
        if (!isClinicError(error) || error.code !== 'unauthenticated') throw error;
        const { acting: _, appointmentId: _of, ...anybodys } = request;
        return adapter.askForHelp(anybodys, options);
      }
    },
  };
}

/** What a part is told of a state. */
export const sessionOf = ({
  host,
  clinic,
  who,
  visit,
  reception,
}: Pick<Session, 'host' | 'clinic' | 'visit' | 'reception'> & {
  readonly who: Pick<Session, 'pass' | 'acting' | 'authority'>;
}): Session => ({ host, clinic, ...who, visit, reception });
