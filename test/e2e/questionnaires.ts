// Every questionnaire of the shared data, made fit for a server that checks what is written to it.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as fhir from 'fhir/r4.js';
import { dataFolder } from '../fhir-server/shared-data.ts';
import { validate } from '../fhir-server/validation.ts';
import type { Demo } from './demo.ts';

/** A questionnaire of the shared data, wherever in a file it is. */
export interface Found {
  readonly name: string;
  readonly questionnaire: fhir.Questionnaire;
}

/** Every questionnaire of the shared data, those within other resources as well. */
export const questionnaires = (): Found[] =>
  resources('Questionnaire').map(({ file, at, resource }) => ({
    name: file.replace(/^questionnaires\/|\.json$/g, '') + (at && `, ${at}`),
    questionnaire: resource as fhir.Questionnaire,
  }));

/** The value sets of the shared data that have these addresses. */
export const valueSetsAt = (urls: readonly string[]): fhir.ValueSet[] =>
  resources('ValueSet')
    .map(({ resource }) => resource as fhir.ValueSet)
    .filter(({ url }) => url !== undefined && urls.includes(url));

/** Puts a resource on the demo's FHIR server, which takes only what is valid, under an id of its own. */
export async function put<T extends fhir.Resource>({ fhirBaseUrl }: Demo, resource: T): Promise<T> {
  const headers = { 'content-type': 'application/fhir+json' };
  const { id: _, ...body } = resource;
  const address = `${fhirBaseUrl}/${resource.resourceType}`;
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.text();
  if (response.status !== 201) throw new Error(answer);
  return JSON.parse(answer) as T;
}

function resources(type: string) {
  const folder = dataFolder();
  return globSync('**/*.json', { cwd: folder })
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
      if (!text.includes(`"${type}"`)) return [];
      return [...resourcesIn(JSON.parse(text), type)].map(([resource, at]) => ({ file, at, resource }));
    });
}

function* resourcesIn(value: unknown, type: string, at = ''): Generator<[resource: object, at: string]> {
  if (typeof value !== 'object' || value === null) return;
  if ('resourceType' in value && value.resourceType === type) yield [value, at];
  for (const [name, inner] of Object.entries(value)) yield* resourcesIn(inner, type, at ? `${at}.${name}` : name);
}

type Loose = Record<string, unknown>;

/** What is done about a kind of mistake, at its place. */
type Remedy = (place: Place) => void;

interface Place {
  readonly resource: Loose;
  readonly holder: Loose;
  readonly name: string;
}

/** A resource that the server takes, and what was wrong with it; each kind of mistake has a remedy that keeps its sense. */
export function mended<T extends fhir.Resource>(resource: T): { readonly resource: T; readonly mended: string[] } {
  const copy = structuredClone(resource);
  const notes = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const issues = validate(copy);
    if (issues.length === 0) return { resource: copy, mended: [...notes] };
    for (const { details, expression: [path = ''] = [] } of issues) {
      const reason = details?.text ?? '';
      notes.add(reason);
      remedyFor(reason)(placeAt(copy as unknown as Loose, path));
    }
  }
  throw new Error(`No remedy for ${JSON.stringify(validate(copy))}`);
}

function remedyFor(reason: string): Remedy {
  if (reason.startsWith('Missing required property') || reason.startsWith('must have required')) return addMissing;
  if (reason.includes('que-11')) return chooseInitially;
  if (reason.includes('vsd-10')) return nameSystem;
  if (reason === 'Invalid id format') return rename;
  return /but got string/.test(reason) ? unquote : () => {};
}

/** `Questionnaire.item[4].answer[x]` as the element that holds it and its name there. */
function placeAt(resource: Loose, path: string): Place {
  const steps = path
    .split('.')
    .slice(1)
    .flatMap((step) =>
      step
        .replace('[x]', '')
        .split(/[[\]]+/)
        .filter(Boolean),
    );
  const name = steps.pop() ?? '';
  let holder = resource;
  for (const step of steps) holder = (holder[step] ?? holder[choiceIn(holder, step)]) as Loose;
  return { resource, holder, name };
}

/** Of a choice of types, the one that is there: `value` as `valueInteger`. */
const choiceIn = (holder: Loose, name: string): string =>
  Object.keys(holder).find((key) => new RegExp(`^${name}[A-Z]`).test(key)) ?? name;

const MISSING: Readonly<Record<string, string>> = { status: 'unknown', timestamp: '2020-01-01' };

const addMissing: Remedy = ({ holder, name }) => {
  holder[name] ??= MISSING[name];
};

/** What is answered at first is chosen among the options, where there are options. */
const chooseInitially: Remedy = ({ holder, name }) => {
  const item = holder[name] as fhir.QuestionnaireItem;
  for (const one of item.initial ?? []) {
    const chosen = item.answerOption?.find((option) => isPartOf(one, option));
    if (chosen) chosen.initialSelected = true;
  }
  delete item.initial;
};

/** Whether all that an element says is said by another as well. */
const isPartOf = (one: unknown, other: unknown): boolean =>
  typeof one !== 'object' || one === null
    ? one === other
    : typeof other === 'object' &&
      other !== null &&
      Object.entries(one).every(([key, value]) => isPartOf(value, (other as Loose)[key]));

const nameSystem: Remedy = ({ holder, name }) => {
  (holder[name] as Loose)['system'] ??= 'urn:example:codes';
};

/** A variable whose name has an underscore is called otherwise wherever it is named. */
const rename: Remedy = ({ resource, holder, name }) => {
  const before = holder[name] as string;
  const after = before.replace(/[^A-Za-z0-9]/g, '');
  const within = (one: Loose): void => {
    for (const [key, value] of Object.entries(one)) {
      if (typeof value === 'string') one[key] = value.replaceAll(new RegExp(`\\b${before}\\b`, 'g'), after);
      else if (typeof value === 'object' && value !== null) within(value as Loose);
    }
  };
  within(resource);
};

/** A number or a truth in quotes; one that is a word is no answer to anything. */
const unquote: Remedy = ({ holder, name }) => {
  const key = name in holder ? name : choiceIn(holder, name);
  const said = holder[key];
  if (typeof said !== 'string') return;
  const meant = said === 'true' ? true : said === 'false' ? false : Number(said);
  holder[key] = Number.isNaN(meant) ? 0 : meant;
};
