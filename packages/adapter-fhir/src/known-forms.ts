import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Asking } from './client.ts';
import { searchAll, type Setting } from './setting.ts';

/** The id of a Questionnaire that is named by where it is at this server. */
const idIn = (name: string): string | undefined =>
  /[:/]/.test(name) ? /^Questionnaire\/([^/|]+)/.exec(name)?.[1] : name;

/** Questionnaires by what they are named by: an id, `Questionnaire/id`, or a canonical with or without its version. */
export async function findQuestionnaires(
  setting: Setting,
  names: readonly string[],
  asking: Asking,
): Promise<(name: string) => fhir.Questionnaire | undefined> {
  const ids = [...new Set(names.flatMap((name) => idIn(name) ?? []))];
  const canonicals = [...new Set(names.filter((name) => !idIn(name)))];
  const search = (query: readonly (readonly [string, string])[]) =>
    searchAll<fhir.Questionnaire>(setting, 'Questionnaire', query, asking);
  const [byId, ...byUrl] = await Promise.all([
    ids.length ? search([['_id', ids.join()]]) : [],
    ...canonicals.map((canonical) => search(queryOf(canonical))),
  ]);
  const known = new Map(byId.map((one) => [one.id, one]));
  const named = new Map(canonicals.map((canonical, index) => [canonical, current(byUrl[index] ?? [])]));
  return (name) => {
    const id = idIn(name);
    return id ? known.get(id) : named.get(name);
  };
}

/**
 * The same for what is wanted of a patient, which must not go unasked without a word: in place of an edition that is not
 * there the one in use, and a warning of each name that there is nothing by.
 */
export async function findInUse(
  setting: Setting,
  names: readonly string[],
  asking: Asking,
): Promise<(name: string) => fhir.Questionnaire | undefined> {
  const known = await findQuestionnaires(setting, names, asking);
  const lost = [...new Set(names)].filter((name) => !known(name));
  const others = lost.filter((name) => !idIn(name) && name.includes('|')).map(withoutEdition);
  const inUse = others.length ? await findQuestionnaires(setting, others, asking) : () => undefined;
  for (const name of lost) {
    const reason = inUse(withoutEdition(name)) ? 'other-edition' : 'not-found';
    setting.warn({ resourceType: 'Questionnaire', id: (idIn(name) ?? name).slice(0, 256), reason });
  }
  return (name) => known(name) ?? inUse(withoutEdition(name));
}

const withoutEdition = (canonical: string): string => canonical.split('|', 1)[0]!;

/** The Questionnaire of that name, which must be there. */
export async function questionnaireOf(setting: Setting, name: string, asking: Asking): Promise<fhir.Questionnaire> {
  const id = idIn(name);
  if (id) return setting.client.read<fhir.Questionnaire>('Questionnaire', id, asking);
  const found = (await findQuestionnaires(setting, [name], asking))(name);
  if (!found) throw new ClinicError('not-found', 'There is no such form.');
  return found;
}

function queryOf(canonical: string): (readonly [string, string])[] {
  const [url = '', version] = canonical.replace(/#.*/, '').split('|');
  return [['url', url], ...(version ? [['version', version] as const] : [])];
}

/** Of several editions the one in use, the newest if there is more than one. */
const current = (editions: readonly fhir.Questionnaire[]): fhir.Questionnaire | undefined =>
  [...editions].sort((a, b) => rankOf(b).localeCompare(rankOf(a)))[0];

const rankOf = ({ status, date }: fhir.Questionnaire): string => `${status === 'active' ? 1 : 0}${date ?? ''}`;
