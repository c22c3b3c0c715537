import {
  type Call,
  type CallOptions,
  type ClinicAdapter,
  isRead,
  operationNames,
  type OperationName,
} from '@clinic-widgets/core/adapter.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { bytesOf, jsonOf, PASS_HEADER, type Problem, STATUS } from './wire.ts';

/** Printable, and no longer than any sensible key: it is kept by what is behind the handler. */
const KEY = /^[\x21-\x7e]{1,256}$/;
/** As long as the contract lets a pass be. */
const PASS = /^[\x21-\x7e]{1,4096}$/;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** Who calls, as the host can tell by the request: what callers say of themselves is no part of it. */
export interface Caller {
  /** What calls are counted by: the name of a device that the clinic knows, or an address. */
  readonly device?: string;
  /** Whether that device is a kiosk of the clinic's. */
  readonly kiosk?: boolean;
  /** Whether it is a member of staff. */
  readonly staff?: boolean;
}

/** What the host of a handler knows. */
export interface RestHandlerOptions {
  /** Tells the adapter behind the handler, such as a gateway, who calls; it is found in the options of each call. */
  readonly caller?: (request: Request) => Caller | Promise<Caller>;
}

/** The options of a call that came in over a handler. */
export interface ReceivedOptions extends CallOptions {
  readonly caller?: Caller;
}

/**
 * The server's end of {@link restAdapter}: answers requests with any adapter. It takes every caller for
 * the clinic's own: the host decides who may call it, answers preflights (`OPTIONS`), and sees what goes
 * wrong by wrapping the adapter in `observed`.
 */
export function restHandler(
  adapter: ClinicAdapter,
  { caller }: RestHandlerOptions = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    const name = new URL(request.url).pathname.split('/').at(-1) ?? '';
    if (!isOperation(name)) return refuse(404, { code: 'unsupported' });
    if (request.method !== 'POST') return refuse(405, { code: 'unsupported' }, { allow: 'POST' });

    // A page of another site can post a form or plain text without asking first, but no JSON.
    if (!JSON_TYPE.test(request.headers.get('content-type') ?? '')) return refuse(415, { code: 'invalid' });
    const options = optionsOf(request, name);
    if (!options) return refuse(400, { code: 'invalid' });
    // What is none can have been given out by nobody.
    if (options.pass !== undefined && !PASS.test(options.pass)) return refuse(401, { code: 'unauthenticated' });

    try {
      const bytes = await bytesOf(request);
      if (!bytes) return refuse(413, { code: 'invalid' });
      const input = jsonOf(bytes);
      if (input === undefined) return refuse(400, { code: 'invalid' });

      const received: ReceivedOptions = caller ? { ...options, caller: await caller(request) } : options;
      return respond(200, await (adapter[name] as Call)(input, received));
    } catch (error) {
      // Nobody is there to read it; the status keeps it apart from real faults in the host's own log.
      if (request.signal.aborted) return refuse(499, { code: 'unavailable' });
      return refused(error);
    }
  };
}

const isOperation = (name: string): name is OperationName => (operationNames as readonly string[]).includes(name);

/** What goes with the call. A write without a key is refused: repeated after a lost answer, it would be done twice. */
function optionsOf({ headers, signal }: Request, name: OperationName): CallOptions | undefined {
  const pass = headers.get(PASS_HEADER) ?? undefined;
  const options = { signal, ...(pass !== undefined && { pass }) };
  if (isRead(name)) return options;
  const idempotencyKey = headers.get('idempotency-key') ?? '';
  return KEY.test(idempotencyKey) ? { ...options, idempotencyKey } : undefined;
}

/** Says what went wrong by its code; a message or a cause may name a patient and stays here. */
function refused(error: unknown): Response {
  if (!isClinicError(error)) return refuse(STATUS.unexpected, { code: 'unexpected' });
  const { code, misfits, retryAfter } = error;
  return refuse(
    STATUS[code],
    { code, ...(code === 'invalid' && { misfits }), ...(retryAfter !== undefined && { retryAfter }) },
    retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) },
  );
}

const refuse = (status: number, problem: Problem, headers: Record<string, string> = {}): Response =>
  respond(status, problem, headers);

const respond = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  Response.json(body, {
    status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  });
