import type * as fhir from 'fhir/r4.js';
import type { Condition, Form, FormItem, FormProblem, WaitingForm } from '@clinic-widgets/core/forms.js';
import { isDay } from '@clinic-widgets/core/time.js';
import { listOf } from './client.ts';
import { extensionsIn, type Loose, MOST_DEEP, MOST_ITEMS, objectOf, textOf } from './elements.ts';
import { constraintsAt, populationAt, variablesAt } from './expressions.ts';
import { useOf, type Use, translatedBy } from './flags.ts';
import type { KnownOption } from './options.ts';
import { toItem } from './questionnaire-items.ts';
import { type Words, wordsOf } from './translations.ts';

/** What is known while a form is being made. */
export interface Making {
  readonly words: Words;
  readonly use: Use;
  /** The value sets that came with it, by their ids and addresses. */
  readonly valueSets: ReadonlyMap<string, fhir.ValueSet>;
  /** The options of each question, for the conditions that name them. */
  readonly options: Map<string, readonly KnownOption[]>;
  readonly report: (reason: FormProblem['reason'], linkId?: string) => void;
}

/** What a form is called and what it is for, which is all that a list of forms tells of it. */
export function toWaitingForm(questionnaire: fhir.Questionnaire, language?: string): WaitingForm {
  return aboutOf(questionnaire, wordsOf(questionnaire, language), useOf(questionnaire));
}

function aboutOf(questionnaire: fhir.Questionnaire, words: Words, { purpose, patientOnly }: Use) {
  const { id, meta, name } = questionnaire;
  return {
    id: (textOf(id) ?? 'unnamed').slice(0, 256),
    version: (textOf(meta?.versionId) ?? '').slice(0, 256),
    title: words.of(questionnaire, 'title') ?? textOf(name) ?? '',
    purpose,
    ...(patientOnly && { patientOnly }),
  };
}

/**
 * A form from a Questionnaire, in the language asked for where it has that. Whatever is wrong with it, the rest can be
 * used: what is left out is noted in the form's problems, by item and reason, and never by what it says.
 */
export function toForm(questionnaire: fhir.Questionnaire, language?: string): Form {
  const problems: FormProblem[] = [];
  const words = wordsOf(questionnaire, language);
  const use = useOf(questionnaire);
  const making: Making = {
    words,
    use,
    valueSets: valueSetsIn(questionnaire),
    options: new Map(),
    report(reason, linkId) {
      problems.push(linkId === undefined ? { reason } : { linkId, reason });
    },
  };
  const items = toItems(making, questionnaire.item);
  const extensions = extensionsIn(questionnaire);
  const report = () => making.report('expression');
  const variables = variablesAt(extensions, report);
  const population = populationAt(extensions, report);
  const constraints = constraintsAt(extensions, words, report);
  const description = words.of(questionnaire, 'description');
  const copyright = words.of(questionnaire, 'copyright');
  const edition = textOf(questionnaire.version);
  const approvedBy = words.of(questionnaire, 'publisher');
  const approvedOn = textOf(questionnaire.approvalDate);
  return {
    ...aboutOf(questionnaire, words, use),
    language: words.language,
    ...(description && { description }),
    ...(copyright && { copyright }),
    ...(edition && { edition }),
    ...(approvedBy && { approvedBy }),
    ...(approvedOn && isDay(approvedOn) && { approvedOn }),
    ...(questionnaire.experimental === true && { sample: true }),
    items,
    ...(variables.length && { variables }),
    ...(population && { population }),
    ...(constraints.length && { constraints }),
    ...(problems.length && { problems }),
  };
}

/** The value sets that came with a form, by their ids and addresses. */
export function valueSetsIn({ contained }: fhir.Questionnaire): Map<string, fhir.ValueSet> {
  const found = listOf(contained).filter((one) => one?.resourceType === 'ValueSet') as fhir.ValueSet[];
  return new Map(found.flatMap((one) => [[`#${one.id}`, one] as const, [`${one.url}`, one] as const]));
}

/**
 * The items of a form, with conditions that ask only for what there is. Of several with one name those after the first
 * get names of their own: else nobody could tell whose an answer is. Conditions are on the first.
 */
function toItems(making: Making, raw: unknown): FormItem[] {
  const known = new Map<string, number>();
  let count = 0;

  function list(all: unknown, depth: number, parent?: string): FormItem[] {
    const inner = listOf(all as unknown[]);
    if (!inner.length) return [];
    if (depth > MOST_DEEP) {
      making.report('too-deep', parent);
      return [];
    }
    const items: FormItem[] = [];
    for (const one of inner) {
      if (count++ >= MOST_ITEMS) {
        if (count === MOST_ITEMS + 1) making.report('too-many');
        break;
      }
      const item = made(objectOf(one), depth);
      if (item) items.push(item);
    }
    return items;
  }

  function made(element: Loose, depth: number): FormItem | undefined {
    const linkId = textOf(element['linkId']);
    if (!linkId) {
      making.report('malformed');
      return undefined;
    }
    const name = nameFor(linkId);
    return toItem(making, name, element, (inner) => list(inner, depth + 1, name));
  }

  function nameFor(linkId: string): string {
    let times = known.get(linkId);
    if (times === undefined) {
      known.set(linkId, 1);
      return linkId;
    }
    if (times === 1) making.report('duplicate-link-id', linkId);
    let name = linkId;
    while (known.has(name)) name = `${linkId}#${++times}`;
    known.set(linkId, times).set(name, 1);
    return name;
  }

  const items = list(raw, 1);
  for (const item of items) nameConditions(making, item, known);
  return items;
}

function nameConditions(making: Making, item: FormItem, known: ReadonlyMap<string, number>): void {
  const kept = item.enableWhen?.filter(({ question }) => {
    const isThere = known.has(question);
    if (!isThere) making.report('condition', item.linkId);
    return isThere;
  });
  if (kept?.length) {
    item.enableWhen = kept.map((one) => ({ ...one, value: named(making, one) }));
  } else if (kept) {
    delete item.enableWhen;
    delete item.enableBehavior;
  }
  item.items?.forEach((inner) => nameConditions(making, inner, known));
}

/** A condition names an option that has no code by its words in the form's own language. */
const named = ({ options }: Making, { question, value }: Condition): Condition['value'] =>
  'string' in value || ('coding' in value && value.coding.code === undefined)
    ? translatedBy(options.get(question) ?? [], value)
    : value;
