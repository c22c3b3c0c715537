import { normalizeOperationOutcome, validateResource } from '@medplum/core';
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { fhirSchema, resourceTypes } from './definitions.ts';

/**
 * Says what is wrong with a resource and where; nothing is wrong with a valid one.
 *
 * Asked are Medplum's validator and FHIR's JSON schema, for each lets pass what the other refuses: the first knows
 * cardinality, invariants and choices, the second required codes.
 */
export function validate(resource: unknown): OperationOutcomeIssue[] {
  const type = typeOf(resource);
  if (!resourceTypes.has(type)) return [issue(`Unknown resource type "${type}"`, 'resourceType')];
  return [...medplumIssues(resource as Resource), ...schemaIssues(resource as object, type)];
}

/** Two values of one choice, or a reference to the wrong type, are only warnings to Medplum: here they are errors. */
function medplumIssues(resource: Resource): OperationOutcomeIssue[] {
  try {
    return validateResource(resource)
      .filter(({ severity }) => severity === 'warning')
      .map((warning) => ({ ...warning, severity: 'error' }));
  } catch (error) {
    return normalizeOperationOutcome(error).issue;
  }
}

function schemaIssues(resource: object, path: string): OperationOutcomeIssue[] {
  const type = typeOf(resource);
  if (!resourceTypes.has(type)) return [issue(`Unknown resource type "${type}"`, path)];
  const check = schemaOf(type);
  const own = check(resource) ? [] : (check.errors ?? []).map((error) => issue(textOf(error), placeOf(error, path)));
  return [...own, ...[...resourcesIn(resource, path)].flatMap(([inner, at]) => schemaIssues(inner, at))];
}

/** The elements that hold a whole resource: other elements may carry a field that is merely named `resourceType`. */
const holders: ReadonlySet<string> = new Set(['contained', 'resource', 'outcome']);

function* resourcesIn(value: unknown, path: string, holder = ''): Generator<[object, string]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* resourcesIn(item, `${path}[${index}]`, holder);
  } else if (typeof value === 'object' && value !== null) {
    if (holders.has(holder) && 'resourceType' in value) yield [value, path];
    else for (const [key, item] of Object.entries(value)) yield* resourcesIn(item, `${path}.${key}`, key);
  }
}

// A resource inside a resource is checked as one of its own type (above), not by the schema's choice between all 147:
// that choice costs two seconds to compile, and its errors name every type but no place.
// `Resource` and `integer64` are referred to by the schema and not defined in it.
const schemas = new Ajv({ strict: false, allErrors: true }).addSchema({
  $id: 'fhir',
  definitions: {
    ...fhirSchema.definitions,
    ResourceList: { type: 'object', required: ['resourceType'] },
    Resource: { type: 'object' },
    integer64: { type: 'string' },
  },
});

const compiled = new Map<string, ValidateFunction>();

function schemaOf(type: string): ValidateFunction {
  const check = compiled.get(type) ?? schemas.compile({ $ref: `fhir#/definitions/${type}` });
  compiled.set(type, check);
  return check;
}

function placeOf({ instancePath, params }: ErrorObject, path: string): string {
  const names = [...instancePath.split('/').slice(1), params['additionalProperty'], params['missingProperty']];
  return names.reduce<string>((place, name) => {
    if (typeof name !== 'string') return place;
    return /^\d+$/.test(name) ? `${place}[${name}]` : `${place}.${name}`;
  }, path);
}

function textOf({ keyword, message, params }: ErrorObject): string {
  return keyword === 'enum' ? `must be one of ${String(params['allowedValues'])}` : (message ?? keyword);
}

function issue(text: string, place: string): OperationOutcomeIssue {
  return { severity: 'error', code: 'structure', details: { text }, expression: [place] };
}

function typeOf(resource: unknown): string {
  return typeof resource === 'object' && resource !== null && 'resourceType' in resource
    ? String(resource.resourceType)
    : '';
}
