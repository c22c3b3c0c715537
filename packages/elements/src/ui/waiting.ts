import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { wait, type Work } from './flow.ts';

/** A wait that the clinic asks for is sat out up to this many seconds; a longer one is left to the patient. */
const LONGEST_WAIT = 120;

/** A clinic that says how long to wait is asked again then, without anyone having to press anything. */
export function waiting({ code, retryAfter }: ClinicError): readonly Work<unknown, { readonly type: 'retried' }>[] {
  if (code !== 'throttled' && retryAfter === undefined) return [];
  const seconds = Math.max(retryAfter ?? 30, 1);
  if (seconds > LONGEST_WAIT) return [];
  return [
    {
      key: 'wait',
      async run(_, signal) {
        await wait(seconds * 1000, signal);
        return { type: 'retried' };
      },
    },
  ];
}

/** Whether asking again is no use: what the clinic does not do, or not for this person, it will not do then. */
export const isRefused = ({ code }: ClinicError): boolean => code === 'unsupported' || code === 'forbidden';
