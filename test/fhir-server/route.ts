import { badRequest, getStatus, notFound, OperationOutcomeError } from '@medplum/core';
import { FhirRouter } from '@medplum/fhir-router';
import type { FhirRepository, FhirRequest as RouterRequest } from '@medplum/fhir-router';
import type { Resource } from '@medplum/fhirtypes';
import { resourceTypes } from './definitions.ts';
import type { FhirRequest, Reply } from './message.ts';

const router = new FhirRouter();

/**
 * Has Medplum's router carry out a request.
 *
 * What it does differently from other servers is left as it is, for a client must cope with it: search sets have no
 * links, neither `self` nor `next`, and an update that creates is 200, not 201.
 */
export async function route(request: FhirRequest, repository: FhirRepository, baseUrl: string): Promise<Reply> {
  const [outcome, resource] = await router.handleRequest(routed(request), repository);
  const status = getStatus(outcome);
  const location = status === 201 && resource ? { location: `${baseUrl}/${versionOf(resource)}` } : {};
  return { status, headers: { ...metaHeaders(resource), ...location }, body: resource ?? outcome };
}

/** The request in the router's own form. */
function routed({ method, path, query, headers, body }: FhirRequest): RouterRequest {
  const [type = '', id] = path.split('/');
  // The router takes any word for a resource type, and a search over all types finds nothing there.
  if (type ? !resourceTypes.has(type) : method !== 'POST') throw new OperationOutcomeError(notFound);
  const form = id === '_search';
  return {
    method,
    url: form ? path : `${path}?${query}`,
    pathname: '',
    params: {},
    query: {},
    headers,
    body: form ? searchFields(query, body) : contentOf(method, body),
  };
}

/** A search form may come with parameters in the address as well: both count. */
function searchFields(query: URLSearchParams, body: unknown = new URLSearchParams()): Record<string, string[]> {
  if (!(body instanceof URLSearchParams)) throw refusal('A search by POST takes application/x-www-form-urlencoded.');
  const fields: Record<string, string[]> = {};
  for (const [name, value] of [...query, ...body]) (fields[name] ??= []).push(value);
  return fields;
}

const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

function contentOf(method: string, body: unknown): object | undefined {
  if (!methodsWithBody.has(method)) return undefined;
  if (typeof body === 'object' && body !== null && !(body instanceof URLSearchParams)) return body;
  throw refusal('The body must be a resource or a patch.');
}

function refusal(text: string): OperationOutcomeError {
  return new OperationOutcomeError(badRequest(text));
}

function metaHeaders(resource: Resource | undefined): Record<string, string> {
  const { versionId, lastUpdated } = resource?.meta ?? {};
  return {
    ...(versionId && { etag: `W/"${versionId}"` }),
    ...(lastUpdated && { 'last-modified': new Date(lastUpdated).toUTCString() }),
  };
}

function versionOf({ resourceType, id, meta }: Resource): string {
  return `${resourceType}/${id}/_history/${meta?.versionId}`;
}
