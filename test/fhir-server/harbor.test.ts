import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { harborResources } from './harbor.ts';
import { validate } from './validation.ts';

describe('Harbor Clinic in FHIR', () => {
  const resources = harborResources(harborClinic({ now: '2026-03-02T07:00:00-05:00', weeks: 2 }));

  it('is valid FHIR R4, resource by resource', () => {
    const wrong = resources.flatMap((resource) =>
      validate(resource).map(
        ({ details, expression }) => `${resource.resourceType}/${resource.id}: ${details?.text} ${expression?.join()}`,
      ),
    );
    assert.deepEqual(wrong, []);
  });

  it('refers only to what is there, and gives no id twice', () => {
    const ids = resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
    assert.equal(new Set(ids).size, ids.length);
    const references = [...JSON.stringify(resources).matchAll(/"reference":"([^"]+)"/g)].map(
      ([, reference]) => reference!,
    );
    assert.deepEqual(
      [...new Set(references)].filter((reference) => !ids.includes(reference)),
      [],
    );
  });
});
