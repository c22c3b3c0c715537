import * as core from '@clinic-widgets/core';
import type { Operation } from '@clinic-widgets/core/operation.js';
import * as z from 'zod/mini';
import { PASS_HEADER, STATUS } from './wire.ts';

type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI 3.1 document, as far as it is of use to code. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Json>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly parameters: Json;
    readonly responses: Json;
  };
}

/** What the contract cannot know about an API: what it is called, and where it is. */
export interface OpenApiOptions {
  readonly title: string;
  readonly version: string;
  readonly baseUrl: string;
}

const ref = (path: string): Json => ({ $ref: `#/components/${path}` });
const json = (schema: Json, example?: unknown): Json => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});

/** Describes the wire between `restAdapter` and `restHandler`: every operation of the contract, nothing else. */
export function openApi({ title, version, baseUrl }: OpenApiOptions): OpenApiDocument {
  const schemas = namedSchemas();
  const paths = core.operationNames.map((name) => [`/${name}`, { post: describe(name, schemas) }]);
  return {
    openapi: '3.1.0',
    info: { title, version, description: DESCRIPTION },
    servers: [{ url: baseUrl }],
    paths: Object.fromEntries(paths) as Record<string, Json>,
    components: {
      schemas: { ...jsonSchemas(schemas), Problem },
      parameters: { IdempotencyKey, ClinicPass },
      responses,
    },
  };
}

const DESCRIPTION =
  'One POST per operation, so that no patient data ends up in a URL. Reads may be repeated freely; a write is ' +
  'repeated safely under the same `Idempotency-Key`. A refusal says by one of nine codes what to do about it. ' +
  'Operations marked `x-phi` carry health information: keep it out of logs, URLs and stores.';

type Schemas = ReturnType<typeof namedSchemas>;

/** Everything that core gives a name keeps it; the rest is named after its operation. */
function namedSchemas() {
  const named = z.registry<{ id: string }>();
  const add = (schema: z.ZodMiniType, id: string) => named.has(schema) || named.add(schema, { id });

  for (const [id, value] of Object.entries(core)) {
    // A check that schemas share is of a kind with them.
    if (value instanceof z.ZodMiniType && !(value instanceof z.ZodMiniCustom)) add(value, id);
  }
  for (const name of core.operationNames) {
    const { input, output }: Operation = core.contract[name];
    const title = name[0]!.toUpperCase() + name.slice(1);
    add(input, `${title}Input`);
    add(output, `${title}Output`);
  }
  return named;
}

/** What the contract checks by a function says nothing to JSON Schema: its own words for it. */
const FORMATS: ReadonlyMap<unknown, Json> = new Map<unknown, Json>([
  [core.Day, { format: 'date' }],
  [core.Instant, { format: 'date-time' }],
  [core.Limit, { type: 'integer', minimum: 1, maximum: 1000 }],
]);

/** As what may be sent, in both directions: a client passes over what it does not know. */
function jsonSchemas(named: Schemas): Record<string, Json> {
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(named, {
    io: 'input',
    uri,
    override: ({ zodSchema, jsonSchema }) => Object.assign(jsonSchema, FORMATS.get(zodSchema)),
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, inDocument(schema)]));
}

/** Inside the document a schema has no address and no dialect of its own. */
const inDocument = (schema: object): Json =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));

function describe(name: core.OperationName, schemas: Schemas): Json {
  const { input, output, kind, phi, queueable, sample }: Operation = core.contract[name];
  const schemaOf = (schema: z.ZodMiniType) => ref(`schemas/${schemas.get(schema)?.id}`);
  return {
    operationId: name,
    'x-kind': kind,
    'x-phi': phi,
    'x-queueable': queueable,
    ...((kind === 'write' || phi) && {
      parameters: [
        ...(kind === 'write' ? [ref('parameters/IdempotencyKey')] : []),
        ...(phi ? [ref('parameters/ClinicPass')] : []),
      ],
    }),
    requestBody: { required: true, content: json(schemaOf(input), sample) },
    responses: {
      200: { description: 'The answer.', content: json(schemaOf(output)) },
      ...Object.fromEntries(
        Object.keys(responses).map((code) => [STATUS[code as core.ErrorCode], ref(`responses/${code}`)]),
      ),
      default: ref('responses/unexpected'),
    },
  };
}

const MEANING: Readonly<Record<core.ErrorCode, string>> = {
  invalid: 'The input does not match the contract; `misfits` names the fields, and why.',
  unauthenticated: 'The caller is not known, or not any more.',
  forbidden: 'The caller may not do this.',
  'not-found': 'What was named is not there.',
  conflict: 'Someone was faster, or it has changed since it was read.',
  unsupported: 'The clinic does not do this.',
  throttled: 'Too many calls; wait `retryAfter` seconds.',
  unavailable: 'The clinic cannot be reached now; the same call may succeed later.',
  unexpected: 'A fault at the clinic.',
};

const Problem = {
  type: 'object',
  properties: {
    code: { type: 'string', enum: Object.keys(STATUS) },
    misfits: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: { type: 'array', items: { type: ['string', 'integer'] } },
          reason: { type: 'string', enum: core.MISFIT_REASONS },
        },
        required: ['path', 'reason'],
      },
    },
    retryAfter: { type: 'number', minimum: 0 },
  },
  required: ['code'],
};

const IdempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Same key, same write: a repeat returns the first result.',
  schema: { type: 'string', minLength: 1, maxLength: 256 },
};

const ClinicPass = {
  name: PASS_HEADER,
  in: 'header',
  required: false,
  description: 'What `identify` gave: shows to a gateway about whom and which visit the call may be.',
  schema: { type: 'string', minLength: 1, maxLength: 4096 },
};

const retryAfterHeader = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };

const responses: Json = Object.fromEntries(
  Object.entries(MEANING).map(([code, description]) => [
    code,
    {
      description,
      ...((code === 'throttled' || code === 'unavailable') && { headers: retryAfterHeader }),
      content: json(ref('schemas/Problem')),
    },
  ]),
);
