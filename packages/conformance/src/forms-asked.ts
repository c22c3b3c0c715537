import type { Form, FormItem } from '@clinic-widgets/core/forms.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { findForm, formsOf } from './forms-found.ts';
import type { World } from './world.ts';

/** A form itself: in which language, and for whose eyes. */
export const formCases: readonly Case[] = [
  promise(['getForm'], 'Gives the form in the language asked for, and says which that is.', async (world) => {
    const { form, other } = await inTwoLanguages(world);
    ensure(other.title !== form.title, 'The words must be in the other language.');
    ensureSame(shapeOf(other.items), shapeOf(form.items), 'Only the words may differ from language to language.');
    const dialect = await ask(world, form.id, `${primary(other.language)}-419`);
    ensureSame(primary(dialect.language), primary(other.language), 'A dialect must be answered in its language.');
  }),

  promise(
    ['getForm'],
    'Gives the form in another language where it has not the one asked for, and says so.',
    async (world) => {
      const { id, title } = await findForm(world);
      const { language, ...form } = await ask(world, id, 'tlh');
      ensure(primary(language) !== 'tlh', 'The language must be that of the words.');
      ensureSame(form.title, title, 'It must be the same as when no language is asked for.');
    },
  ),

  promise(['getForm'], 'Gives each question a name of its own.', async (world) => {
    for (const { id, items } of await formsOf(world)) {
      const names = shapeOf(items).map(([linkId]) => linkId);
      ensureSame(names.length, new Set(names).size, `Two items of ${id} have the same name.`);
    }
  }),

  promise(['getForm'], 'Says that staff must hear at once of thoughts of self-harm.', async (world) => {
    const forms = await formsOf(world);
    const items = forms.flatMap(({ items: list }) => flat(list)).filter(({ linkId }) => linkId.endsWith(SELF_HARM));
    if (items.length === 0) throw new NotApplicable('No form here asks question 9 of the PHQ-9.');
    for (const { flag } of items) {
      ensure(flag?.alert, 'An answer to it must alert staff.');
      const codes = flag.unless.map((value) => ('coding' in value ? value.coding.code : ''));
      ensureSame(codes, [NOT_AT_ALL], 'Every answer but “not at all” must.');
    }
  }),

  promise(['getForm'], 'Says not-found for what there is not.', async ({ adapter, patientId }) => {
    const call = adapter.getForm({ acting: { patientId }, formId: 'no-such-form' });
    await ensureRefused(call, 'not-found', 'A form that there is not');
  }),

  promise(['getForm'], 'Keeps from a representative what is the patient’s alone.', async (world) => {
    const { representative } = world;
    if (!representative) throw new NotApplicable('No representative was named.');
    const form = await findForm(world, ({ patientOnly }) => patientOnly === true);
    const acting = { patientId: representative.patientId, representativeId: representative.id };
    const call = world.adapter.getForm({ acting, formId: form.id });
    await ensureRefused(call, 'forbidden', 'A form that is the patient’s alone, for a representative,');
  }),
];

/** Question 9 of the PHQ-9 and its harmless answer (https://loinc.org/44260-8). */
const SELF_HARM = '44260-8';
const NOT_AT_ALL = 'LA6568-5';

/** Those that a clinic is likely to have a form in. */
const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'zh'];

const ask = ({ adapter, patientId }: World, formId: string, language: string): Promise<Form> =>
  adapter.getForm({ acting: { patientId }, formId, language });

const primary = (language: string): string => language.split('-')[0]!.toLowerCase();

async function inTwoLanguages(world: World): Promise<{ form: Form; other: Form }> {
  for (const form of await formsOf(world)) {
    for (const language of LANGUAGES) {
      const other = await ask(world, form.id, language);
      if (primary(other.language) === primary(form.language)) continue;
      ensureSame(primary(other.language), language, 'The language said must be the one asked for.');
      return { form, other };
    }
  }
  throw new NotApplicable('No form here is in two languages.');
}

const flat = (items: readonly FormItem[]): FormItem[] => items.flatMap((item) => [item, ...flat(item.items ?? [])]);

const shapeOf = (items: readonly FormItem[]) =>
  flat(items).map(({ linkId, type, options = [], enableWhen = [] }) => [
    linkId,
    type,
    options.length,
    enableWhen.map(({ question, operator }) => [question, operator]),
  ]);
