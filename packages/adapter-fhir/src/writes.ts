import type * as fhir from 'fhir/r4.js';
import type { Asking, Client, Message } from './client.ts';

/** What is to become of elements; one that is to go is undefined, for FHIR knows no empty lists. */
export type Changes<R> = { readonly [K in keyof R]?: R[K] | undefined };

/** Creates a resource; with a token of an identifier or tag, only where there is none with that one yet. */
export const create = <R extends fhir.FhirResource>(
  client: Client,
  resource: R,
  asking: Asking,
  unless?: string,
  by: 'identifier' | '_tag' = 'identifier',
): Promise<R> =>
  written(client, resource.resourceType, resource, {
    ...asking,
    headers: unless ? { 'if-none-exist': `${by}=${encodeURIComponent(unless)}` } : {},
  });

/** Changes a resource, if it is still the version that was read. */
export const update = <R extends fhir.FhirResource>(
  client: Client,
  resource: R,
  changes: Changes<R>,
  asking: Asking,
): Promise<R> =>
  written(
    client,
    `${resource.resourceType}/${encodeURIComponent(resource.id ?? '')}`,
    { ...resource, ...changes },
    {
      ...asking,
      method: 'PUT',
      headers: { 'if-match': client.versionOf(resource) },
    },
  );

/** What a write has made of a resource: some servers do not show it, whatever was preferred. */
async function written<R extends fhir.FhirResource>(
  client: Client,
  path: string,
  resource: R,
  message: Message,
): Promise<R> {
  const { resourceType, id } = resource;
  const headers = { ...message.headers, prefer: 'return=representation' };
  const answer = await client.send(path, { ...message, headers, body: resource });
  if ((answer.content as R | undefined)?.resourceType === resourceType)
    return client.resourceOf<R>(answer, resourceType);
  // A location may be relative, or name the server behind a proxy: only the id is taken from it.
  const made = answer.headers.get('location')?.match(`${resourceType}/([^/]+)`)?.[1];
  return client.read<R>(resourceType, made ?? id ?? '', { signal: message.signal });
}
