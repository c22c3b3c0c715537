import type * as fhir from 'fhir/r4.js';
import { ClinicError, type ErrorCode } from '@clinic-widgets/core/errors.js';

/** The one code for each way in which servers refuse. What is not here is `invalid` below 500, `unexpected` from there on. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'unsupported',
  408: 'unavailable',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  423: 'conflict',
  429: 'throttled',
  501: 'unsupported',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** Issue codes that mean "someone was faster", whatever the status: https://hl7.org/fhir/R4/valueset-issue-type.html */
const CONFLICTS: readonly string[] = ['conflict', 'duplicate', 'lock-error', 'multiple-matches'];

// Medplum's `$hold`, `$book` and `$reschedule` answer 400 with the code `invalid`, so that only the words tell.
const TAKEN = /time slot is (not|no longer) available|no availability found/i;

/** What a refusal means. The server's words may be about the patient, so they stay in `cause`, out of the message. */
export function errorOf(request: string, { status, headers }: Response, outcome: unknown): ClinicError {
  return new ClinicError(codeOf(status, outcome), `${request}: HTTP ${status}.`, {
    cause: outcome,
    ...retryAfter(headers),
  });
}

function codeOf(status: number, outcome: unknown): ErrorCode {
  if ((status === 400 || status === 422) && issuesOf(outcome).some(isConflict)) return 'conflict';
  return CODES[status] ?? (status >= 400 && status < 500 ? 'invalid' : 'unexpected');
}

/** Whether an issue says that the time is someone else's. */
export const isConflict = ({ code, details, diagnostics }: fhir.OperationOutcomeIssue): boolean =>
  CONFLICTS.includes(code) || TAKEN.test(`${details?.text} ${diagnostics}`);

/** The issues of an OperationOutcome; none of anything else. */
export function issuesOf(outcome: unknown): fhir.OperationOutcomeIssue[] {
  const issue = (outcome as fhir.OperationOutcome | null | undefined)?.issue;
  return Array.isArray(issue) ? issue.filter((one) => typeof one === 'object' && one) : [];
}

/** `Retry-After` is a number of seconds or a date; a date is meant by the server's clock, where that can be read. */
function retryAfter(headers: Headers): { readonly retryAfter?: number } {
  const said = headers.get('retry-after');
  if (!said) return {};
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const seconds = /^\d+$/.test(said) ? Number(said) : Math.ceil((Date.parse(said) - now) / 1000);
  return seconds >= 0 ? { retryAfter: seconds } : {};
}
