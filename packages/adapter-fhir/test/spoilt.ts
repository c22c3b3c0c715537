import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';

/** A resource with a few of its parts replaced by anything at all. */
export function spoilt(resource: fhir.FhirResource): fc.Arbitrary<unknown> {
  const paths = [...pathsIn(resource)];
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      null,
      '',
      [],
      {},
      [null],
      [[]],
      { reference: 7 },
      0,
      -1,
      'Patient/',
      '2026-13-45T99:99:99+99:99',
      '\u0000',
      '😀'.repeat(50),
    ),
  );
  const spoils = fc.array(fc.tuple(fc.constantFrom(...paths), junk), { minLength: 1, maxLength: 4 });
  return spoils.map((changes) =>
    changes.reduce<unknown>((one, [path, value]) => put(one, path, value), structuredClone(resource)),
  );
}

function* pathsIn(value: unknown, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'resourceType' || path.length > 0)
      yield* pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function put(target: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof target !== 'object' || target === null) return target;
  const copy = (Array.isArray(target) ? [...(target as unknown[])] : { ...target }) as Record<string | number, unknown>;
  copy[key] = put(copy[key], rest, value);
  return copy;
}
