import type { ErrorCode, Misfit } from '@clinic-widgets/core/errors.js';

/** What the body of a refusal says: the code, and what belongs to it. Never a message. */
export interface Problem {
  readonly code: ErrorCode;
  readonly misfits?: readonly Misfit[];
  readonly retryAfter?: number;
}

/** Carries `CallOptions.pass`: a header is in no URL, and a host's log leaves it out as it does a token. */
export const PASS_HEADER = 'clinic-pass';

/** The HTTP status that goes with each code. */
export const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unsupported: 501,
  throttled: 429,
  unavailable: 503,
  unexpected: 500,
};

const CODE: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'unsupported',
  408: 'unavailable',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  422: 'invalid',
  429: 'throttled',
  501: 'unsupported',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** The code that an HTTP status means where the body names none. */
export const codeOf = (status: number): ErrorCode => CODE[status] ?? 'unexpected';

/** How long a body may be, in bytes, in either direction. */
export const MAX_BYTES = 5 * 1024 * 1024;

/** The body, or `undefined` when it is too long: the other side has no say in how much is kept in memory. */
export async function bytesOf(message: Request | Response): Promise<ArrayBuffer | undefined> {
  // Firefox has no `Request.body`.
  const reader = (message.body ?? (await message.blob()).stream()).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = Number(message.headers.get('content-length') ?? 0) > MAX_BYTES ? Infinity : 0;

  while (length <= MAX_BYTES) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks).arrayBuffer();
    chunks.push(value);
    length += value.byteLength;
  }
  reader.cancel().catch(() => undefined);
  return undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON in a body, or `undefined` when there is none, or only half of one. */
export function jsonOf(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}
