import type * as fhir from 'fhir/r4.js';
import { ClinicError, type ErrorCode, isClinicError } from '@clinic-widgets/core/errors.js';
import { errorOf } from './outcomes.ts';

/** How a FHIR server is reached. */
export interface ClientOptions {
  /** What the name of a resource type is added to: `https://fhir.example/r4`. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Asked before every request, and once more after 401. The host keeps the token, the adapter does not. */
  readonly getAccessToken?: () => string | undefined | Promise<string | undefined>;
  /** Whether cookies go along: `omit` unless said. */
  readonly credentials?: RequestCredentials;
  /** After how many milliseconds a request without an answer is given up as `unavailable`: 20,000 unless said. */
  readonly timeout?: number;
  /** How long an answer may be: 5,000,000 bytes unless said. */
  readonly maxBytes?: number;
}

/** What may go with a request. */
export interface Asking {
  readonly signal?: AbortSignal | undefined;
}

/** Search parameters; one that stands twice must be met twice. */
export type Query = readonly (readonly [name: string, value: string])[];

/** How a search is made. */
export interface PageAsking extends Asking {
  /** Whether what is asked for is about a patient: then by POST where the server has it, so that no name is in a URL. */
  readonly secret?: boolean;
  /** What an operation that answers with a search set is called with, instead of a query. */
  readonly body?: fhir.Parameters;
}

/** One page of a search, with what came along of other types. */
export interface Page {
  readonly resources: readonly fhir.FhirResource[];
  /** Whether there is another one. */
  readonly more: boolean;
}

/** A FHIR server as the adapter speaks to it: the only HTTP there is. */
export interface Client {
  read<R extends fhir.FhirResource>(type: R['resourceType'], id: string, asking: Asking): Promise<R>;
  /** A search, or an operation that answers with a search set, page by page. */
  pages(path: string, query: Query, asking: PageAsking): AsyncGenerator<Page>;
  /** Anything else, such as an operation: a POST where it has a body, unless it says otherwise. */
  send(path: string, message: Message): Promise<Answer>;
  /** The resource of an answer, with its version whether or not a page may read the ETag. */
  resourceOf<R extends fhir.FhirResource>(answer: Answer, type: R['resourceType']): R;
  /** What the server must still have where a resource is to be changed. */
  versionOf(resource: fhir.FhirResource): string;
}

/** A request. */
export interface Message extends Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | undefined;
}

/** What came back, if it was neither a refusal nor nonsense. */
export interface Answer {
  /** The parsed JSON; of an operation that answers in Parameters, what it gives. */
  readonly content: unknown;
  readonly headers: Headers;
}

/** A search or a page of one: what is asked, and of whom. */
interface Place {
  readonly path: string;
  readonly form: string;
}

type Bundle = fhir.Bundle<fhir.FhirResource>;

const FHIR_JSON = 'application/fhir+json';

/** Speaks to one FHIR server, and to no other. */
export function fhirClient(options: ClientOptions): Client {
  const base = new URL(options.baseUrl.replace(/\/*$/, '/'), globalThis.location?.href).href;
  const send = sender(options, base);
  const etags = new WeakMap<object, string>();
  let searchesByPost = true;

  function resourceOf<R extends fhir.FhirResource>({ content, headers }: Answer, type: R['resourceType']): R {
    const resource = content as R | undefined;
    if (resource?.resourceType !== type || typeof resource.id !== 'string') throw unexpected(type);
    const etag = headers.get('etag');
    if (etag) {
      etags.set(resource, etag);
      resource.meta = { versionId: etag.replace(/^W\/|"/g, ''), ...resource.meta };
    }
    return resource;
  }

  async function search({ path, form }: Place, { secret, signal, body }: PageAsking): Promise<Bundle> {
    const byPost = secret && searchesByPost && /^\w+$/.test(path);
    const { content } = byPost
      ? await send(`${path}/_search`, { signal, body: new URLSearchParams(form) }).catch((error: unknown) => {
          if (!isOneOf(error, 'not-found', 'unsupported')) throw error;
          searchesByPost = false;
          return send(`${path}?${form}`, { signal });
        })
      : await send(body ? path : `${path}?${form}`, { signal, body });
    const bundle = content as Bundle | undefined;
    if (bundle?.resourceType !== 'Bundle') throw unexpected(path);
    return bundle;
  }

  return {
    send,
    resourceOf,
    versionOf: (resource) => etags.get(resource) ?? `W/"${resource.meta?.versionId}"`,

    read: async (type, id, asking) => resourceOf(await send(`${type}/${encodeURIComponent(id)}`, asking), type),

    async *pages(path, query, { body, ...asking }) {
      const count = Number(query.find(([name]) => name === '_count')?.[1]);
      const seen = new Set<string | undefined>();
      let read = 0;
      let bundle = await search({ path, form: formOf(query) }, { ...asking, ...(body && { body }) });
      for (;;) {
        const resources = listOf(bundle.entry).flatMap((entry) => entry?.resource ?? []);
        const found = resources.filter(({ resourceType }) => path.startsWith(resourceType));
        const link = listOf(bundle.link).find((one) => one?.relation === 'next')?.url;
        // A server that does not know `_offset` may answer with the same page for ever.
        const marks = link ? [link] : found.map(({ id }) => id);
        const more = marks.some((mark) => !seen.has(mark)) && (link !== undefined || found.length >= count);
        for (const mark of marks) seen.add(mark);
        read += found.length;

        yield { resources, more };
        if (!more) return;
        bundle = link
          ? await search(placeOf(new URL(link, base), path), asking)
          : await search({ path, form: formOf([...query, ['_offset', `${read}`]]) }, asking).catch(nothing);
      }
    },
  };
}

/** Makes requests of the server at the base, each with the token that the host has at the moment. */
function sender(options: ClientOptions, base: string): Client['send'] {
  const { getAccessToken, credentials = 'omit', timeout = 20_000, maxBytes = 5_000_000 } = options;
  const ownReference = new RegExp(`("reference"\\s*:\\s*")${base.replace(/\W/g, '\\$&')}`, 'g');

  async function tokenOf(): Promise<string | undefined> {
    try {
      return await getAccessToken?.();
    } catch (cause) {
      throw new ClinicError('unauthenticated', 'There is no access token.', { cause });
    }
  }

  async function send(path: string, message: Message, again = false): Promise<Answer> {
    const { body, method = body ? 'POST' : 'GET', signal } = message;
    const name = `${method} ${path.split(/\W/, 1)[0]}`;
    const init = { method, credentials, ...initOf(message, await tokenOf()) };
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(), timeout);
    try {
      const either = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal;
      // Looked up now, not at the start: a page may replace `fetch` after the adapter was made.
      const response = await (options.fetch ?? globalThis.fetch)(base + path, { ...init, signal: either });
      const text = await textOf(response, maxBytes);
      if (response.status === 401 && getAccessToken && !again) return await send(path, message, true);
      const content = parse(text.replace(ownReference, '$1'));
      if (!response.ok) throw errorOf(name, response, content);
      if (text && !content) throw unexpected(name);
      return { content: givenBy(content), headers: response.headers };
    } catch (cause) {
      signal?.throwIfAborted();
      throw isClinicError(cause) ? cause : new ClinicError('unavailable', `${name}: no answer.`, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
  return send;
}

function initOf({ body, headers }: Message, token: string | undefined): RequestInit {
  const isForm = body instanceof URLSearchParams;
  return {
    headers: {
      accept: FHIR_JSON,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && !isForm && { 'content-type': FHIR_JSON }),
      ...headers,
    },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
    cache: 'no-store',
    // Followed, a redirect could take the token and the body to another server.
    redirect: 'manual',
  };
}

async function textOf({ body }: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let text = '';
  let size = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.length;
    if (size > maxBytes) {
      void reader?.cancel();
      throw unexpected('Too much');
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an operation gives that answers in Parameters; any other answer as it is. */
function givenBy(content: unknown): unknown {
  const { resourceType, parameter } = (content ?? {}) as fhir.Parameters;
  return resourceType === 'Parameters' ? listOf(parameter).find((one) => one?.resource)?.resource : content;
}

/** A list, where the server has put one. */
export const listOf = <T>(list: readonly T[] | undefined): readonly T[] => (Array.isArray(list) ? (list as T[]) : []);

/** Whether it is an error with one of the codes. */
export const isOneOf = (error: unknown, ...codes: ErrorCode[]): boolean =>
  isClinicError(error) && codes.includes(error.code);

/**
 * Where the next page is, at this server. A link may name the server behind a proxy, which is not asked and not told
 * the token: only what is asked for is taken from it.
 */
function placeOf({ pathname, search }: URL, path: string): Place {
  const type = path.split('/', 1)[0]!;
  const start = pathname.lastIndexOf(`/${type}`);
  return { path: start < 0 ? '' : pathname.slice(start + 1).replace('/_search', ''), form: search.slice(1) };
}

const unexpected = (name: string) => new ClinicError('unexpected', `${name}: not an answer to what was asked.`);

/** What comes after the last page of a server that pages neither by links nor by `_offset`. */
function nothing(error: unknown): Bundle {
  if (isOneOf(error, 'invalid')) return { resourceType: 'Bundle', type: 'searchset' };
  throw error;
}

const formOf = (query: Query): string => new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
