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

/** Why a field may be refused. A closed set: the words of a server, which may tell of a patient, are no part of it. */
export const MISFIT_REASONS = [
  'required',
  'too-short',
  'too-long',
  'wrong-format',
  'out-of-range',
  'not-a-choice',
  'unknown',
] as const;
/** One of {@link MISFIT_REASONS}. */
export type MisfitReason = (typeof MISFIT_REASONS)[number];

/** A field at fault: `['reason']`, `['acting', 'patientId']`, and why; `unknown` where nobody says. */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  readonly reason: MisfitReason;
}

/** What else a {@link ClinicError} may carry. */
export interface ClinicErrorOptions extends ErrorOptions {
  /** Fields at fault, for `invalid`. */
  readonly misfits?: readonly Misfit[];
  /** Fields at fault of which it is not known why. */
  readonly paths?: readonly Misfit['path'][];
  /** Seconds to wait, for `throttled` and `unavailable`. */
  readonly retryAfter?: number;
}

/** The only error an adapter rejects with, save for the reason of an aborted signal. */
export class ClinicError extends Error {
  override readonly name = 'ClinicError';
  readonly code: ErrorCode;
  readonly misfits: readonly Misfit[];
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options: ClinicErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.misfits = options.misfits ?? (options.paths ?? []).map((path) => ({ path, reason: 'unknown' }));
    this.retryAfter = options.retryAfter;
  }

  /** Where the fields at fault are. */
  get paths(): readonly Misfit['path'][] {
    return this.misfits.map(({ path }) => path);
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return RETRYABLE[this.code];
  }
}

/** Recognises a {@link ClinicError} by its brand: two copies of this package can meet on a page. */
export const isClinicError = (error: unknown): error is ClinicError =>
  error instanceof Error && error.name === 'ClinicError' && isErrorCode((error as { code?: unknown }).code);
