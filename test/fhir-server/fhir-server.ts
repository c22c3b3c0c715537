import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notFound, OperationOutcomeError, unauthorized } from '@medplum/core';
import type { CapabilityStatement } from '@medplum/fhirtypes';
import { capabilityStatement } from './capability-statement.ts';
import { allowOrigins } from './cors.ts';
import { answerWith } from './fault.ts';
import type { Fault } from './fault.ts';
import { failed, readRequest, send } from './message.ts';
import type { FhirRequest, Reply } from './message.ts';
import { ValidatingRepository } from './repository.ts';
import type { Refused, Weakness } from './repository.ts';
import { route } from './route.ts';

export type { Fault } from './fault.ts';
export type { FhirRequest, Reply } from './message.ts';
export type { Refused } from './repository.ts';

/** Where the server listens, what it holds, and in which ways it is worse than a good one. */
export interface FhirServerOptions extends Weakness {
  /** Left out, any free port. */
  readonly port?: number;
  readonly host?: string;
  /** What it holds at first and after each `reset()`; not validated. */
  readonly seed?: Iterable<unknown>;
  /** Asked about each request that could be read: so also the place to record them. */
  readonly faults?: (request: FhirRequest) => Fault | undefined;
  /** Changes what `/metadata` says, also into a lie. */
  readonly statement?: (truth: CapabilityStatement) => CapabilityStatement;
  /** A page of another origin cannot read `ETag`. */
  readonly hideEtag?: boolean;
  /** Without this token everything but `/metadata` is 401. */
  readonly bearerToken?: string;
}

/** A running FHIR server. */
export interface FhirServer {
  /** What a client is configured with: `http://127.0.0.1:8103/fhir/R4`. */
  readonly baseUrl: string;
  /** The origin alone. */
  readonly url: string;
  /** What of the option `seed` could not be stored. */
  readonly refused: readonly Refused[];
  /** Stores more without validating it; answers what could not be stored. */
  seed(resources: Iterable<unknown>): Promise<readonly Refused[]>;
  /** Forgets all that was written: back to the option `seed`, or on to another. */
  reset(seed?: Iterable<unknown>): Promise<readonly Refused[]>;
  /** Breaks all connections and takes no new ones; what is stored is kept. */
  close(): Promise<void>;
  /** Takes connections again, on the same port. */
  reopen(): Promise<void>;
}

const basePath = '/fhir/R4';

/** Starts a real FHIR R4 server: Medplum's router with its repository in memory, behind HTTP. */
export async function startFhirServer(options: FhirServerOptions = {}): Promise<FhirServer> {
  const { host = '127.0.0.1', port = 0, seed = [] } = options;
  const seeded = new ValidatingRepository(options);
  const refused = await seeded.seed(seed);
  let repository = seeded.copy();

  const listener = listenerOn(host, port);
  const url = await listener.open();
  const baseUrl = url + basePath;
  listener.handle(front(options, baseUrl, () => repository));

  return {
    baseUrl,
    url,
    refused,
    seed: (resources) => repository.seed(resources),
    // Another repository, not an emptied one: what an earlier case left under way goes on writing into the old one.
    async reset(seed) {
      repository = seed ? new ValidatingRepository(options) : seeded.copy();
      return seed ? repository.seed(seed) : [];
    },
    close: listener.close,
    async reopen() {
      await listener.open();
    },
  };
}

/** A port that can be closed and opened again. */
function listenerOn(host: string, wanted: number) {
  const server = createServer();
  let port = wanted;
  return {
    handle: (listener: RequestListener) => server.on('request', listener),
    async open(): Promise<string> {
      server.listen(port, host);
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
      return `http://${host}:${port}`;
    },
    async close(): Promise<void> {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What stands before the router: HTTP, faults, access, and the statement. */
function front(options: FhirServerOptions, baseUrl: string, current: () => ValidatingRepository): RequestListener {
  const truth = capabilityStatement(baseUrl, options);
  const statement = options.statement?.(truth) ?? truth;

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    allowOrigins(response, options.hideEtag ?? false);
    if (message.method === 'OPTIONS') return send(response, { status: 204 });
    const reply = await answer(message).catch(failed);
    if (reply) send(response, reply);
    else response.destroy();
  }

  async function answer(message: IncomingMessage): Promise<Reply | undefined> {
    const address = URL.parse(message.url ?? '', baseUrl);
    if (!address || !`${address.pathname}/`.startsWith(`${basePath}/`)) throw new OperationOutcomeError(notFound);
    const repository = current();
    const request = await readRequest(message, address.pathname.slice(basePath.length + 1), address.searchParams);
    return answerWith(options.faults?.(request) ?? {}, () => carryOut(request, repository));
  }

  async function carryOut(request: FhirRequest, repository: ValidatingRepository): Promise<Reply> {
    if (request.method === 'GET' && request.path === 'metadata') return { status: 200, body: statement };
    const { bearerToken } = options;
    if (!bearerToken || request.headers.authorization === `Bearer ${bearerToken}`) {
      return route(request, repository, baseUrl);
    }
    return { status: 401, headers: { 'www-authenticate': 'Bearer realm="fhir"' }, body: unauthorized };
  }

  return (message, response) => {
    // A fault can ask for what cannot be written, such as a header with a line break.
    handle(message, response).catch((error: unknown) => send(response, failed(error)));
  };
}
