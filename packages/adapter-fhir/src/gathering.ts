import type * as fhir from 'fhir/r4.js';
import { isOneOf, type Query } from './client.ts';
import { inChunks, searchEverything, type Searching, type Setting } from './setting.ts';

/** What a search may name several of. Of what it finds each who asks gets theirs, or sorts it out by themselves. */
const MANY: readonly string[] = ['patient', 'subject', 'entity', '_id', 'service-type'];

/** Searches that differ in the values of one parameter alone, until they are made. */
interface Batch {
  readonly values: Set<string>;
  /** What was found, by the values that it was found for. */
  readonly found: Promise<ReadonlyMap<string, readonly fhir.FhirResource[]>>;
}

/**
 * A setting to ask about many patients in, as much of each as of one: searches that are made at the same time and differ
 * in the patient alone become one, and what was asked before is not asked again. For reads within one call: a write
 * would not be seen.
 */
export function gathering(setting: Setting): Setting {
  const asked = new Map<string, Promise<readonly fhir.FhirResource[]>>();
  const open = new Map<string, Batch>();

  function batchFor(
    key: string,
    name: string,
    search: (values: readonly string[]) => Promise<readonly fhir.FhirResource[]>,
  ): Batch {
    const values = new Set<string>();
    const found = aMomentLater().then(async () => {
      open.delete(key);
      const asked = [...values];
      return byValue(name, asked, await inChunks(asked, search));
    });
    const batch = { values, found };
    open.set(key, batch);
    return batch;
  }

  async function together(type: string, query: Query, asking: Searching): Promise<readonly fhir.FhirResource[]> {
    const at = query.findIndex(([name]) => MANY.includes(name));
    const [name, value] = query[at] ?? [];
    if (name === undefined || value === undefined) return whole(setting, type, query, asking);
    const others = keyOf(type, query.toSpliced(at, 1, [name, '']), asking);
    const search = (values: readonly string[]) =>
      whole(setting, type, query.toSpliced(at, 1, [name, values.join()]), asking, name);
    const batch = open.get(others) ?? batchFor(others, name, search);
    const own = value.split(',');
    for (const one of own) batch.values.add(one);
    const found = await batch.found;
    return [...new Set(own.flatMap((one) => found.get(one) ?? []))];
  }

  return {
    ...setting,
    gather(type, query, asking) {
      const key = keyOf(type, query, asking);
      const answer = asked.get(key) ?? together(type, query, asking);
      asked.set(key, answer);
      return answer;
    },
  };
}

/** Whatever else is asked at the same time is asked by then. */
const aMomentLater = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const keyOf = (type: string, query: Query, { secret, tolerant }: Searching): string =>
  JSON.stringify([type, query, secret, tolerant]);

/** All that is to be found: what is too much at once of many is asked for in halves. */
async function whole(
  setting: Setting,
  type: string,
  query: Query,
  asking: Searching,
  name?: string,
): Promise<readonly fhir.FhirResource[]> {
  const at = query.findIndex(([parameter]) => parameter === name);
  const values = query[at]?.[1].split(',') ?? [];
  const canHalve = values.length > 1;
  try {
    let isWhole = true;
    const warn = canHalve ? () => void (isWhole = false) : setting.warn;
    const found = await searchEverything({ ...setting, warn }, type, query, asking);
    if (isWhole) return found;
  } catch (error) {
    // An answer may be too long to be read.
    if (!canHalve || !isOneOf(error, 'unexpected')) throw error;
  }
  const middle = Math.ceil(values.length / 2);
  const halves = [values.slice(0, middle), values.slice(middle)];
  const found = halves.map((half) => whole(setting, type, query.toSpliced(at, 1, [name!, half.join()]), asking, name));
  return (await Promise.all(found)).flat();
}

/** What was found for each value; of what cannot be told, all. */
function byValue(
  name: string,
  values: readonly string[],
  found: readonly fhir.FhirResource[],
): ReadonlyMap<string, readonly fhir.FhirResource[]> {
  if (name === 'service-type') return new Map(values.map((value) => [value, found]));
  const sorted = new Map<string, fhir.FhirResource[]>(values.map((value) => [value, []]));
  for (const resource of found) for (const value of valuesOf(name, resource)) sorted.get(value)?.push(resource);
  return sorted;
}

/** What a resource is found by: its id, or the patients whom it names. */
function valuesOf(name: string, resource: fhir.FhirResource): ReadonlySet<string> {
  if (name === '_id') return new Set([`${resource.id}`]);
  const named = JSON.stringify(resource).matchAll(/"reference":"(Patient\/[^"/]+)/g);
  return new Set([...named].map(([, patient]) => patient!));
}
