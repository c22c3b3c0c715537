import type { FhirServer } from './fhir-server.ts';

/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or nothing where there was none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it expects
  readonly body: any;
}

/** What a test can leave out when it asks a server. */
export interface Message {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Asks a server over HTTP: `ask(server, 'GET Slot/1')`. */
export async function ask(
  { baseUrl }: Pick<FhirServer, 'baseUrl'>,
  line: string,
  { body, headers = {} }: Message = {},
): Promise<Answer> {
  const [method = 'GET', path = ''] = line.split(' ');
  const response = await fetch(`${baseUrl}/${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

/** The ids that a search found. */
export function found({ body }: Answer): string[] {
  return (body.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);
}
