import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Coding, FormOption, OptionQuery } from '@clinic-widgets/core/forms.js';
import { type Asking, isOneOf } from './client.ts';
import { elementsOf } from './elements.ts';
import { questionnaireOf } from './known-forms.ts';
import { conceptsOf } from './options.ts';
import { USUAL_LIMIT } from './paging.ts';
import { searchAll, type Setting } from './setting.ts';

/** A page of what a value set has to choose from, in the set's own order. */
export async function findOptions(setting: Setting, query: OptionQuery, asking: Asking) {
  const { formId, valueSet, filter = '', language = 'en', cursor = '0', limit = USUAL_LIMIT } = query;
  const start = /^\d{1,6}$/.test(cursor) ? Number(cursor) : 0;
  const end = start + limit;
  const wanted = { valueSet, filter, language, count: end + 1 };
  const [all] = await Promise.all([
    expanded(setting, wanted, asking),
    questionnaireOf(setting, formId, asking).then((form) => ensureAsked(form, valueSet)),
  ]);
  const found = all ?? (await listed(setting, wanted, asking));
  const items = found.slice(start, end).map((coding): FormOption => ({ value: { coding } }));
  return { items, ...(found.length > end && { next: `${end}` }) };
}

/** Lets a value set pass that the form asks for. */
function ensureAsked(questionnaire: fhir.Questionnaire, valueSet: string): void {
  for (const { answerValueSet } of elementsOf(questionnaire)) if (answerValueSet === valueSet) return;
  throw new ClinicError('not-found', 'The form has no such value set.');
}

interface Wanted {
  readonly valueSet: string;
  readonly filter: string;
  readonly language: string;
  readonly count: number;
}

/**
 * What the server makes of the value set; nothing where it has no such operation, or not for this one. Not every server
 * that has it says so, and to ask changes nothing.
 */
async function expanded({ client }: Setting, wanted: Wanted, asking: Asking) {
  const { path, body } = expansionOf(wanted);
  try {
    const { content } = await client.send(path, { ...asking, body });
    const expansion = (content as fhir.ValueSet | undefined)?.expansion;
    return expansion && conceptsOf({ ...(content as fhir.ValueSet), expansion }, wanted.language);
  } catch (error) {
    if (isOneOf(error, 'unavailable', 'throttled', 'unauthenticated') || asking.signal?.aborted) throw error;
    return undefined;
  }
}

/** The request for an expansion. What a patient types to look for is said in no address. */
function expansionOf({ valueSet, filter, language, count }: Wanted): { path: string; body?: fhir.Parameters } {
  const [url = '', version] = valueSet.split('|');
  const path = 'ValueSet/$expand';
  const parameter: fhir.ParametersParameter[] = [
    { name: 'url', valueUri: url },
    ...(version ? [{ name: 'valueSetVersion', valueString: version }] : []),
    { name: 'displayLanguage', valueCode: language },
    { name: 'count', valueInteger: count },
  ];
  if (filter) {
    parameter.push({ name: 'filter', valueString: filter });
    return { path, body: { resourceType: 'Parameters', parameter } };
  }
  const query = parameter.map(({ name, ...value }) => [name, String(Object.values(value)[0] as string | number)]);
  return { path: `${path}?${new URLSearchParams(query)}` };
}

/** The concepts that the value set itself lists. */
async function listed(setting: Setting, { valueSet, filter, language }: Wanted, asking: Asking): Promise<Coding[]> {
  const sets = new Map<string, fhir.ValueSet>();
  await gather(setting, [valueSet], sets, asking);
  const found = sets.get(valueSet);
  const concepts = found && listedBy(found, language, sets);
  if (!concepts?.length) throw new ClinicError('not-found', 'The value set cannot be expanded here.');
  const wanted = plain(filter);
  return concepts.filter(({ display, code }) => plain(display ?? code ?? '').includes(wanted));
}

function listedBy(valueSet: fhir.ValueSet, language: string, sets: ReadonlyMap<string, fhir.ValueSet>) {
  try {
    return conceptsOf(valueSet, language, (url) => sets.get(url));
  } catch {
    return undefined;
  }
}

/** Reads a value set, and those that it is made of, a few levels down. */
async function gather(
  setting: Setting,
  urls: readonly string[],
  into: Map<string, fhir.ValueSet>,
  asking: Asking,
  depth = 0,
): Promise<void> {
  const unknown = urls.filter((url) => !into.has(url)).slice(0, 20);
  const found = await Promise.all(
    unknown.map(async (canonical) => {
      const [url = '', version] = canonical.split('|');
      const query = [['url', url] as const, ...(version ? [['version', version] as const] : [])];
      const [first] = await searchAll<fhir.ValueSet>(setting, 'ValueSet', query, asking);
      if (first) into.set(canonical, first);
      return first;
    }),
  );
  const parts = found.flatMap((one) => one?.compose?.include ?? []).flatMap(({ valueSet }) => valueSet ?? []);
  if (parts.length && depth < 3) await gather(setting, parts, into, asking, depth + 1);
}

/** A text as it is looked for: neither case nor accents count. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
