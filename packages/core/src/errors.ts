/** Everything that can go wrong between a widget and a clinic, from the widget's side. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unsupported'
  | 'throttled'
  | 'unavailable'
  | 'unexpected';

/** Whether the same call may succeed later, for every code there is. */
const RETRYABLE: Readonly<Record<ErrorCode, boolean>> = {
  invalid: false,
  unauthenticated: false,
  forbidden: false,
  'not-found': false,
  conflict: false,
  unsupported: false,
  throttled: true,
  unavailable: true,
  unexpected: false,
};

/** Whether a string is one of the nine codes. */
export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(RETRYABLE, code);

/** What else a {@link ClinicError} may carry. */
export interface ClinicErrorOptions extends ErrorOptions {
  /** Fields at fault, for `invalid`: `['reason']`, `['acting', 'patientId']`. */
  readonly paths?: readonly (readonly PropertyKey[])[];
  /** Seconds to wait, for `throttled` and `unavailable`. */
  readonly retryAfter?: number;
}

/** The only error an adapter rejects with, save for the reason of an aborted signal. */
export class ClinicError extends Error {
  override readonly name = 'ClinicError';
  readonly code: ErrorCode;
  readonly paths: readonly (readonly PropertyKey[])[];
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options: ClinicErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.paths = options.paths ?? [];
    this.retryAfter = options.retryAfter;
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return RETRYABLE[this.code];
  }
}

/** Recognises a {@link ClinicError} by its brand: two copies of this package can meet on a page. */
export const isClinicError = (error: unknown): error is ClinicError =>
  error instanceof Error && error.name === 'ClinicError' && isErrorCode((error as { code?: unknown }).code);
