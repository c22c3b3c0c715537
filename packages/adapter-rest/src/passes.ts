import { Authority, type Station } from '@clinic-widgets/core/check-in.js';
import { type Acting, Id } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import * as z from 'zod/mini';
import type { Caller } from './rest-handler.ts';
import type { Tokens } from './tokens.ts';

/** What a pass says of whom it was given to. */
export const Pass = z.object({
  /** The patient. */
  sub: Id,
  representativeId: z.optional(Id),
  authority: Authority,
  /** Today's visits; left out where they were not to be had, or are too many for a header. */
  visits: z.optional(z.array(Id)),
  /** The kiosk that it was given to: elsewhere it is none. A phone is at another address whenever its network changes. */
  kiosk: z.optional(z.string()),
  /** The pass of the adapter behind the gateway. */
  behind: z.string(),
});
export type Pass = z.output<typeof Pass>;

/** Reads a pass, or refuses with `unauthenticated`: it may have been forged, have run out, or be another kiosk's. */
export async function passOf(tokens: Tokens, token: string | undefined, caller: Caller): Promise<Pass> {
  const claims = token === undefined ? undefined : await tokens.verify('visit', token);
  const pass = Pass.safeParse(claims).data;
  if (!pass || pass.kiosk !== kioskOf(caller))
    throw new ClinicError('unauthenticated', 'There is no pass, or it is over.');
  return pass;
}

/** The kiosk that calls, where it is one. */
export const kioskOf = ({ device, kiosk = false }: Caller): string | undefined => (kiosk ? device : undefined);

/** What an input may say of whom and what it is about. */
export interface Subject {
  readonly acting?: Acting;
  readonly patientId?: string;
  readonly appointmentId?: string;
  readonly appointment?: { readonly id: string };
  readonly station?: Station;
}

/** The visit that an input is about, where it is about one. */
export const visitIn = ({ appointmentId, appointment }: Subject): string | undefined =>
  appointmentId ?? appointment?.id;

/** Whether a pass is for the patient of an input, and for who acts. What names nobody is for no pass. */
export function isFor({ sub, representativeId, authority }: Pass, subject: Subject): boolean {
  const { acting, patientId } = subject;
  if (acting) return acting.patientId === sub && acting.representativeId === representativeId;
  // Where it is not said who acts, somebody else would be shown what only the patient may see.
  return patientId === sub && authority === 'self';
}

/** The station as the gateway knows it: a caller may not say to be a kiosk or the desk, or count as another device. */
export function stationOf(station: Station, caller: Caller): Station {
  const { deviceId: _, ...rest } = station;
  const kiosk = kioskOf(caller);
  if (station.kind === 'phone' || (station.kind === 'desk' && caller.staff)) return rest;
  if (station.kind === 'kiosk' && kiosk !== undefined) return { ...rest, deviceId: kiosk };
  throw new ClinicError('forbidden', 'The caller is no such station.');
}
