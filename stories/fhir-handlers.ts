import type * as fhir from 'fhir/r4.js';
import { http, HttpResponse, type HttpHandler } from 'msw';

/** Where the server of the stories is; nothing leaves the page. */
export const baseUrl = 'https://fhir.harbor.example/r4';

type Stored = fhir.FhirResource & { readonly id: string; readonly meta: { readonly versionId: string } };
type Match = (resource: Stored, value: string) => boolean;

/** The search parameters that are answered. Another one is an error, as at a strict server. */
const PARAMETERS: Readonly<Record<string, Match>> = {
  _id: ({ id }, value) => value.split(',').includes(id),
  identifier: (resource, value) =>
    'identifier' in resource &&
    [resource.identifier].flat().some((one) => value.split(',').includes(`${one?.system}|${one?.value}`)),
  schedule: (resource, value) =>
    resource.resourceType === 'Slot' && value.split(',').includes(`${resource.schedule.reference}`),
  start: (resource, value) => {
    if (resource.resourceType !== 'Slot') return false;
    const distance = Date.parse(resource.start) - Date.parse(value.slice(2));
    return value.startsWith('ge') ? distance >= 0 : distance < 0;
  },
  status: (resource, value) => 'status' in resource && value.split(',').includes(`${resource.status}`),
};
const PAGING = ['_count', '_offset', '_sort'];

/**
 * A FHIR R4 server in this page. It has what is asked for when an appointment is booked, and refuses an update that
 * is not made to the current version.
 */
export function fhirHandlers(resources: readonly fhir.FhirResource[]): HttpHandler[] {
  const stored = new Map<string, Stored>();
  const find = ({ type, id }: Params) => stored.get(`${type}/${id}`);

  function store(resource: fhir.FhirResource, id: string, version = 1): Stored {
    const kept = { ...resource, id, meta: { versionId: `${version}` } };
    stored.set(`${resource.resourceType}/${id}`, kept);
    return kept;
  }
  for (const resource of resources) store(resource, resource.id!);

  function search(type: string, query: URLSearchParams): Response {
    const asked = [...query].filter(([name]) => !PAGING.includes(name));
    const unknown = asked.find(([name]) => !PARAMETERS[name]);
    if (unknown) return refusal(400, 'not-supported');
    const found = [...stored.values()]
      .filter((one) => one.resourceType === type && asked.every(([name, value]) => PARAMETERS[name]!(one, value)))
      .sort((a, b) => momentOf(a) - momentOf(b));
    const from = Number(query.get('_offset') ?? 0);
    const to = from + Number(query.get('_count') ?? 50);
    const next = new URLSearchParams([...query].filter(([name]) => name !== '_offset').concat([['_offset', `${to}`]]));
    return fhirJson({
      resourceType: 'Bundle',
      type: 'searchset',
      entry: found.slice(from, to).map((resource) => ({ resource, search: { mode: 'match' } })),
      ...(to < found.length && { link: [{ relation: 'next', url: `${baseUrl}/${type}?${next}` }] }),
    });
  }

  return [
    http.get(`${baseUrl}/metadata`, () => fhirJson(statement('versioned-update'))),

    http.get<Params>(`${baseUrl}/:type`, ({ params, request }) =>
      search(params.type, new URL(request.url).searchParams),
    ),

    http.post<Params>(`${baseUrl}/:type/_search`, async ({ params, request }) =>
      search(params.type, new URLSearchParams(await request.text())),
    ),

    http.get<Params>(`${baseUrl}/:type/:id`, ({ params }) => {
      const resource = find(params);
      return resource ? fhirJson(resource) : refusal(404, 'not-found');
    }),

    http.put<Params, fhir.FhirResource>(`${baseUrl}/:type/:id`, async ({ params, request }) => {
      const resource = find(params);
      if (!resource) return refusal(404, 'not-found');
      if (request.headers.get('if-match') !== etagOf(resource)) return refusal(412, 'conflict');
      return fhirJson(store(await request.json(), resource.id, Number(resource.meta.versionId) + 1));
    }),

    http.post<Params, fhir.FhirResource>(`${baseUrl}/:type`, async ({ params, request }) => {
      const condition = new URLSearchParams(request.headers.get('if-none-exist') ?? '').get('identifier');
      const same = (one: Stored) => one.resourceType === params.type && PARAMETERS['identifier']!(one, condition!);
      const earlier = condition && [...stored.values()].find(same);
      if (earlier) return fhirJson(earlier);
      return fhirJson(store(await request.json(), crypto.randomUUID()), 201);
    }),
  ];
}

type Params = { type: string; id: string };

const etagOf = ({ meta }: Stored): string => `W/"${meta.versionId}"`;

const momentOf = (resource: Stored): number => ('start' in resource && Date.parse(`${resource.start}`)) || 0;

function fhirJson(resource: fhir.FhirResource, status = 200): Response {
  const etag = resource.meta?.versionId && { etag: etagOf(resource as Stored) };
  return HttpResponse.json(resource, { status, headers: { 'content-type': 'application/fhir+json', ...etag } });
}

/** A refusal as a FHIR server words it. */
export function refusal(status: number, code: fhir.OperationOutcomeIssue['code'], headers: HeadersInit = {}): Response {
  const outcome: fhir.OperationOutcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] };
  return HttpResponse.json(outcome, { status, headers });
}

/** A server that refuses an update of an old version says `versioned-update`; one that says less may not. */
export const capable = (versioning: 'versioned' | 'versioned-update'): HttpHandler =>
  http.get(`${baseUrl}/metadata`, () => fhirJson(statement(versioning)));

type Type = fhir.CapabilityStatementRestResource['type'];

function statement(versioning: 'versioned' | 'versioned-update'): fhir.CapabilityStatement {
  const resource = (type: Type, ...writes: readonly ('create' | 'update')[]): fhir.CapabilityStatementRestResource => ({
    type,
    versioning,
    interaction: (['read', 'search-type', ...writes] as const).map((code) => ({ code })),
  });
  const readOnly: readonly Type[] = ['HealthcareService', 'Schedule', 'Practitioner', 'Location', 'Patient'];
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-03-01',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        resource: [
          ...readOnly.map((type) => resource(type)),
          resource('Slot', 'update'),
          resource('Appointment', 'create', 'update'),
        ],
      },
    ],
  };
}
