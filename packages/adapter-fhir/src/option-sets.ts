import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Coding, FormOption, OptionQuery } from '@clinic-widgets/core/forms.js';
import { type Asking, isOneOf, listOf } from './client.ts';
import { elementsOf } from './elements.ts';
import { questionnaireOf } from './known-forms.ts';
import { conceptsOf } from './options.ts';
import { USUAL_LIMIT } from './paging.ts';
import { valueSetsIn } from './questionnaires.ts';
import { searchAll, type Setting } from './setting.ts';

/** A page of what a value set has to choose from, in the set's own order. */
export async function findOptions(setting: Setting, query: OptionQuery, asking: Asking) {
  const { formId, valueSet, filter = '', language = 'en', cursor = '0', limit = USUAL_LIMIT } = query;
  const start = /^\d{1,6}$/.test(cursor) ? Number(cursor) : 0;
  const end = start + limit;
  const wanted = { filter, language, count: end + 1 };
  const [found, sets] = await Promise.all([
    valueSet.startsWith('#') ? undefined : expanded(setting, valueSet, wanted, asking),
    questionnaireOf(setting, formId, asking).then((form) => setsWith(form, valueSet)),
  ]);
  const own = sets.get(valueSet);
  const all =
    found ??
    (own && (await ownExpanded(setting, own, valueSet, wanted, asking))) ??
    (await listed(setting, sets, valueSet, wanted, asking));
  const items = all.slice(start, end).map((coding): FormOption => ({ value: { coding } }));
  return { items, ...(all.length > end && { next: `${end}` }) };
}

/** The value sets that came with a form, which must ask for the one named. */
function setsWith(questionnaire: fhir.Questionnaire, valueSet: string): Map<string, fhir.ValueSet> {
  for (const { answerValueSet } of elementsOf(questionnaire))
    if (answerValueSet === valueSet) return valueSetsIn(questionnaire);
  throw new ClinicError('not-found', 'The form has no such value set.');
}

/** How the options are wanted, and how many of them. */
interface Wanted {
  readonly filter: string;
  readonly language: string;
  readonly count: number;
}

/** What the server makes of a value set that came with the form: it may know it by its address, or takes it as it is. */
async function ownExpanded(setting: Setting, own: fhir.ValueSet, name: string, wanted: Wanted, asking: Asking) {
  const { url, version } = own;
  const known = url && url !== name && `${url}${version ? `|${version}` : ''}`;
  return (known && (await expanded(setting, known, wanted, asking))) || expanded(setting, own, wanted, asking);
}

/**
 * What the server makes of a value set, or of the one of an address; nothing where it has no such operation, or not for
 * this one. Not every server that has it says so, and to ask changes nothing.
 */
async function expanded({ client }: Setting, set: string | fhir.ValueSet, wanted: Wanted, asking: Asking) {
  const { path, body } = expansionOf(set, wanted);
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
function expansionOf(
  set: string | fhir.ValueSet,
  { filter, language, count }: Wanted,
): { path: string; body?: fhir.Parameters } {
  const path = 'ValueSet/$expand';
  const parameter: fhir.ParametersParameter[] = [
    ...namedBy(set),
    { name: 'displayLanguage', valueCode: language },
    { name: 'count', valueInteger: count },
    ...(filter ? [{ name: 'filter', valueString: filter }] : []),
  ];
  if (filter || typeof set !== 'string') return { path, body: { resourceType: 'Parameters', parameter } };
  const query = parameter.map(({ name, ...value }) => [name, String(Object.values(value)[0] as string | number)]);
  return { path: `${path}?${new URLSearchParams(query)}` };
}

function namedBy(set: string | fhir.ValueSet): fhir.ParametersParameter[] {
  if (typeof set !== 'string') return [{ name: 'valueSet', resource: set }];
  const [url = '', version] = set.split('|');
  return [{ name: 'url', valueUri: url }, ...(version ? [{ name: 'valueSetVersion', valueString: version }] : [])];
}

/** The concepts that the value set itself lists, with the help of those that came with the form. */
async function listed(
  setting: Setting,
  sets: Map<string, fhir.ValueSet>,
  valueSet: string,
  { filter, language }: Wanted,
  asking: Asking,
): Promise<Coding[]> {
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

/** Reads value sets, and those that they are made of, a few levels down. */
async function gather(
  setting: Setting,
  names: readonly string[],
  into: Map<string, fhir.ValueSet>,
  asking: Asking,
  depth = 0,
): Promise<void> {
  const found = await Promise.all(
    names.slice(0, 20).map(async (name) => {
      const known = into.get(name);
      if (known || name.startsWith('#')) return known;
      const [url = '', version] = name.split('|');
      const query = [['url', url] as const, ...(version ? [['version', version] as const] : [])];
      const [first] = await searchAll<fhir.ValueSet>(setting, 'ValueSet', query, asking);
      if (first) into.set(name, first);
      return first;
    }),
  );
  const parts = found.flatMap((one) => listOf(one?.compose?.include)).flatMap((one) => listOf(one?.valueSet));
  if (parts.length && depth < 3) await gather(setting, parts, into, asking, depth + 1);
}

/** A text as it is looked for: neither case nor accents count. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
