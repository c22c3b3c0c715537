import {
  type AdapterImplementation,
  type CallOptions,
  type ClinicAdapter,
  defineAdapter,
  operationNames,
} from '@clinic-widgets/core/adapter.js';
import { ClinicError, isErrorCode, type Misfit, MISFIT_REASONS } from '@clinic-widgets/core/errors.js';
import { bytesOf, codeOf, jsonOf, PASS_HEADER, type Problem } from './wire.ts';

/** Where the clinic's API is and how it is called. */
export interface RestOptions {
  /** What the name of an operation is added to: `https://clinic.example/api`. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  /** More headers, such as a token; asked for again with every call. */
  readonly headers?: () => HeadersInit | Promise<HeadersInit>;
  /** After how many milliseconds a call without an answer is given up as `unavailable`: 20,000 unless said. */
  readonly timeout?: number;
}

/** A clinic behind a JSON API: one POST per operation, so that no patient data ends up in a URL. */
export function restAdapter({
  baseUrl,
  fetch = (...request) => globalThis.fetch(...request),
  headers,
  timeout = 20_000,
}: RestOptions): ClinicAdapter {
  const root = baseUrl.replace(/\/+$/, '');

  async function call(name: string, input: unknown, { idempotencyKey, pass }: CallOptions, signal: AbortSignal) {
    const all = new Headers(await headers?.());
    all.set('accept', 'application/json');
    all.set('content-type', 'application/json');
    if (idempotencyKey !== undefined) all.set('idempotency-key', idempotencyKey);
    if (pass !== undefined) all.set(PASS_HEADER, pass);

    const body = JSON.stringify(input);
    // A redirect is refused: it would carry the body and the token to where nobody meant them to go.
    const init: RequestInit = { method: 'POST', headers: all, body, signal, cache: 'no-store', redirect: 'manual' };
    // What staff must hear of at once is small, and goes on when the page is left.
    if (name === 'raiseAlert') init.keepalive = true;
    const response = await fetch(`${root}/${name}`, init).catch(unreachable);
    if (!response.ok) throw await refusal(name, response);

    const bytes = await bytesOf(response).catch(unreachable);
    const answer = bytes && jsonOf(bytes);
    if (answer === undefined) throw new ClinicError('unexpected', `${name}: the answer is no JSON, or too long.`);
    return answer;
  }

  const entries = operationNames.map((name) => [
    name,
    (input: unknown, options: CallOptions) =>
      within(timeout, options.signal, (signal) => call(name, input, options, signal)),
  ]);
  return defineAdapter(Object.fromEntries(entries) as AdapterImplementation);
}

function unreachable(cause: unknown): never {
  throw new ClinicError('unavailable', 'The clinic cannot be reached.', { cause });
}

/** Ends with the work, or when the caller gives up, or when time is up, even if `fetch` takes no notice. */
async function within<T>(
  timeout: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const clock = new AbortController();
  const either = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal;
  let giveUp!: () => void;
  const aborted = new Promise<never>((_, reject) => (giveUp = () => reject(either.reason as Error)));
  either.addEventListener('abort', giveUp);
  const timer = setTimeout(() => clock.abort(new ClinicError('unavailable', 'No answer in time.')), timeout);
  try {
    return await Promise.race([work(either), aborted]);
  } finally {
    clearTimeout(timer);
    // A signal that is listened to is never collected, as long as it could still be aborted.
    either.removeEventListener('abort', giveUp);
  }
}

async function refusal(name: string, response: Response): Promise<ClinicError> {
  const bytes = await bytesOf(response).catch(() => undefined);
  const said = problemIn(bytes && jsonOf(bytes));
  return new ClinicError(said.code ?? codeOf(response.status), `${name}: HTTP ${response.status}.`, {
    ...retryAfterIn(response.headers),
    ...said,
  });
}

/** What can be believed of a refusal's body. */
function problemIn(body: unknown): Partial<Problem> {
  if (typeof body !== 'object' || body === null) return {};
  const { code, misfits, retryAfter } = body as Record<keyof Problem, unknown>;
  return {
    ...(isErrorCode(code) && { code }),
    ...(isListOf(misfits, isMisfit) && { misfits: misfits.map(asKnown) }),
    ...(typeof retryAfter === 'number' && retryAfter >= 0 && { retryAfter }),
  };
}

const isListOf = <T>(list: unknown, is: (one: unknown) => one is T): list is readonly T[] =>
  Array.isArray(list) && list.every(is);

const isMisfit = (one: unknown): one is Omit<Misfit, 'reason'> & { readonly reason?: unknown } =>
  isListOf((one as Misfit | null)?.path, isKey);

/** A reason that this copy of the contract does not have says no more than none. */
const asKnown = ({ path, reason }: { path: Misfit['path']; reason?: unknown }): Misfit => ({
  path,
  reason: MISFIT_REASONS.find((known) => known === reason) ?? 'unknown',
});

const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';

/** `Retry-After` is a number of seconds or a date; a date is meant by the server's clock, where it tells it. */
function retryAfterIn(headers: Headers): { readonly retryAfter?: number } {
  const said = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(said)) return { retryAfter: Number(said) };
  // All three forms of an HTTP date begin with the day of the week; `Date.parse` takes much else for a date.
  if (!/^[a-z]+,? /i.test(said)) return {};
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const seconds = Math.ceil((Date.parse(said) - now) / 1000);
  return Number.isNaN(seconds) ? {} : { retryAfter: Math.max(0, seconds) };
}
