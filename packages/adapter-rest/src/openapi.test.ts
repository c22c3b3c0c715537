import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operationNames } from '@clinic-widgets/core/adapter.js';
import { contract } from '@clinic-widgets/core/contract.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApi } from './openapi.ts';

const document = openApi({ title: 'Harbor Clinic', version: '1', baseUrl: 'https://clinic.test/api' });

/** Looks schemas up in the document itself, as every reader of it does. */
function validatorOf(name: string) {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  ajv.addVocabulary(['openapi', 'info', 'servers', 'paths', 'components']);
  ajv.addSchema(document, 'document');
  return ajv.compile({ $ref: `document#/components/schemas/${name}` });
}

interface Described {
  readonly operationId: string;
  readonly 'x-kind': string;
  readonly 'x-phi': boolean;
  readonly parameters?: readonly { $ref: string }[];
  readonly requestBody: { readonly content: { 'application/json': { schema: { $ref: string }; example: unknown } } };
  readonly responses: Record<string, { content?: { 'application/json': { schema: { $ref: string } } } }>;
}
const described = (name: string) => document.paths[`/${name}`]?.post as Described;
const nameOf = ($ref = '') => $ref.replace('#/components/schemas/', '');

/** Every reference in the document, wherever it stands. */
function* references(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') yield inner;
    else yield* references(inner);
  }
}

describe('openApi', () => {
  it('describes every operation of the contract and nothing else', () => {
    assert.deepEqual(
      Object.keys(document.paths),
      operationNames.map((name) => `/${name}`),
    );
  });

  it('points at nothing that is not there', () => {
    for (const reference of references(document)) {
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      assert.ok(found, reference);
    }
  });

  it('is plain JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
  });

  for (const name of operationNames) {
    it(`describes ${name} in schemas that hold for its sample`, () => {
      const { requestBody, responses, ...about } = described(name);
      const { schema, example } = requestBody.content['application/json'];
      const isInput = validatorOf(nameOf(schema.$ref));
      assert.ok(isInput(example), JSON.stringify(isInput.errors));
      assert.deepEqual(example, contract[name].sample);
      assert.equal(isInput([]), false);

      const isOutput = validatorOf(nameOf(responses[200]?.content?.['application/json'].schema.$ref));
      assert.equal(isOutput([]), false);
      assert.deepEqual(Object.keys(responses).sort(), [
        '200',
        '401',
        '403',
        '404',
        '409',
        '422',
        '429',
        '500',
        '501',
        '503',
        'default',
      ]);

      assert.deepEqual([about['x-kind'], about['x-phi']], [contract[name].kind, contract[name].phi]);
      const expected = [
        ...(contract[name].kind === 'write' ? ['IdempotencyKey'] : []),
        ...(contract[name].phi ? ['ClinicPass'] : []),
      ];
      assert.deepEqual(
        (about.parameters ?? []).map(({ $ref }) => $ref.split('/').at(-1)),
        expected,
      );
    });
  }

  it('describes an appointment as the contract does', () => {
    const isAppointment = validatorOf('Appointment');
    const appointment = { id: 'a1', version: '1', status: 'booked', patientId: 'p1', timeZone: 'America/New_York' };
    assert.ok(isAppointment({ ...appointment, start: '2026-03-02T09:30:00-05:00', more: 'is let pass' }));
    assert.equal(isAppointment({ ...appointment, status: 'bookd' }), false);
    assert.equal(isAppointment({ ...appointment, start: 'soon' }), false);
  });

  it('describes answers under answers, however deep', () => {
    const isSubmission = validatorOf('Submission');
    const submission = (value: unknown) => ({
      ...contract.submitForm.sample,
      items: [{ linkId: 'a', answers: [{ value: { boolean: true }, items: [{ linkId: 'b', answers: [{ value }] }] }] }],
    });
    assert.ok(isSubmission(submission({ string: 'Because.' })), JSON.stringify(isSubmission.errors));
    assert.equal(isSubmission(submission({ string: 1 })), false);
  });
});
