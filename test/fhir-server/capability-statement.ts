import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceInteraction,
  SearchParameter,
} from '@medplum/fhirtypes';
import { resourceTypes, searchParameters } from './definitions.ts';
import type { Weakness } from './repository.ts';

/** Says what the server at this base can do, and nothing that it cannot. */
export function capabilityStatement(baseUrl: string, weakness: Weakness = {}): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date().toISOString(),
    kind: 'instance',
    software: { name: 'Clinic Widgets FHIR server' },
    implementation: { description: 'A FHIR server in memory, for tests and the demo.', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: { cors: true },
        resource: [...resourceTypes].map((type) => resourceStatement(type, weakness)),
        // A transaction is run like a batch: what was written stays when a later entry fails. So none is declared.
        interaction: [{ code: 'batch' }],
      },
    ],
  };
}

type Interaction = CapabilityStatementRestResourceInteraction['code'];

// History is not among them: the router answers it, but turns its order around with every read.
const reads: readonly Interaction[] = ['read', 'vread', 'search-type'];
const writes: readonly Interaction[] = ['create', 'update', 'patch', 'delete'];

function resourceStatement(type: string, weakness: Weakness): CapabilityStatementRestResource {
  const writable = !weakness.readOnly?.includes(type);
  const parameters = parametersOf(type);
  return {
    type: type as CapabilityStatementRestResource['type'] & string,
    interaction: [...reads, ...(writable ? writes : [])].map((code) => ({ code })),
    versioning: weakness.ignoreIfMatch ? 'versioned' : 'versioned-update',
    readHistory: true,
    updateCreate: writable,
    conditionalCreate: writable && !weakness.noIfNoneExist,
    conditionalRead: 'not-supported',
    conditionalUpdate: writable,
    conditionalDelete: writable ? 'single' : 'not-supported',
    searchInclude: parameters.filter(isReference).map(({ code }) => `${type}:${code}`),
    searchRevInclude: referencesTo(type),
    searchParam: parameters.map(({ code, type, url }) => ({ name: code, type, definition: url })),
  };
}

/** The kinds of parameter that the repository in memory can match: for the others it finds nothing. */
const matched: ReadonlySet<SearchParameter['type']> = new Set(['date', 'reference', 'string', 'token', 'uri']);

const supported = searchParameters.filter(({ type, expression }) => matched.has(type) && expression);

/** The search parameters that the server matches on a resource type. */
function parametersOf(type: string): SearchParameter[] {
  // Binary has none, not even those that every resource has.
  if (type === 'Binary') return [];
  return supported.filter(({ base }) => (base as readonly string[]).some((one) => one === type || one === 'Resource'));
}

/** The references to a type, as `_revinclude` names them. */
function referencesTo(type: string): string[] {
  return supported
    .filter((parameter) => isReference(parameter) && parameter.target?.some((target) => target === type))
    .flatMap(({ base, code }) => (base ?? []).map((from) => `${from}:${code}`));
}

function isReference({ type }: SearchParameter): boolean {
  return type === 'reference';
}
