import type { FormOption } from '@clinic-widgets/core/forms.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { findQuestion, formsOf } from './forms-found.ts';
import { questionsOf } from './forms-answers.ts';
import { allOf, type Query, type World } from './world.ts';

/** What the value sets of the forms have to choose from. */
export const optionCases: readonly Case[] = [
  promise(['findOptions'], 'Finds the options that contain what was typed, in capitals or not.', async (world) => {
    const { query, options } = await anyOptions(world);
    const wanted = labelOf(options[Math.floor(options.length / 2)]!);
    const part = wanted.slice(1, 5);
    const expected = options.filter((option) => labelOf(option).toLowerCase().includes(part.toLowerCase()));
    for (const filter of [part.toUpperCase(), part.toLowerCase()]) {
      ensureSame(
        await allOf(world, 'findOptions', { ...query, filter }),
        expected,
        `Those with “${filter}” must be found.`,
      );
    }
    const none = await allOf(world, 'findOptions', { ...query, filter: 'no-such-option' });
    ensureSame(none, [], 'What nothing contains must find nothing.');
  }),

  promise(['findOptions'], 'Finds an option that is typed without its accents.', async (world) => {
    for (const query of await querysOf(world)) {
      const options = await allOf(world, 'findOptions', query);
      const accented = options.find((option) => bare(labelOf(option)) !== labelOf(option));
      if (!accented) continue;
      const found = await allOf(world, 'findOptions', { ...query, filter: bare(labelOf(accented)) });
      ensure(
        found.some((option) => labelOf(option) === labelOf(accented)),
        `${labelOf(accented)} must be found.`,
      );
      return;
    }
    throw new NotApplicable('No option here has an accent.');
  }),

  promise(['findOptions'], 'Gives the options in the language asked for.', async (world) => {
    for (const query of await querysOf(world)) {
      const [one, other] = [
        await allOf(world, 'findOptions', query),
        await allOf(world, 'findOptions', { ...query, language: query.language === 'es' ? 'en' : 'es' }),
      ];
      const [words, otherWords] = [one, other].map((list) => list.map(labelOf).sort().join());
      if (words === otherWords) continue;
      ensureSame(codesOf(one), codesOf(other), 'They must be the same options in every language.');
      return;
    }
    throw new NotApplicable('No options here are in two languages.');
  }),

  promise(
    ['findOptions'],
    'Says not-found for a value set that the form has not, or a form that there is not.',
    async (world) => {
      const { query } = await anyOptions(world);
      const { adapter } = world;
      const unknown = adapter.findOptions({ ...query, valueSet: 'urn:no-such-value-set' });
      await ensureRefused(unknown, 'not-found', 'A value set that the form has not');
      const noForm = adapter.findOptions({ ...query, formId: 'no-such-form' });
      await ensureRefused(noForm, 'not-found', 'A form that there is not');
    },
  ),
];

async function anyOptions(world: World): Promise<{ query: Query<'findOptions'>; options: FormOption[] }> {
  const { form, item } = await findQuestion(world, 'a value set', ({ valueSet }) => valueSet !== undefined);
  const query = { formId: form.id, valueSet: item.valueSet! };
  const options = await allOf(world, 'findOptions', query);
  if (options.length < 2) throw new NotApplicable('The value set has no two options.');
  return { query, options };
}

/** Every value set of the forms, asked for in two languages. */
async function querysOf(world: World): Promise<readonly Query<'findOptions'>[]> {
  return (await formsOf(world)).flatMap((form) =>
    questionsOf(form).flatMap(({ valueSet }) =>
      valueSet === undefined ? [] : ['es', 'en'].map((language) => ({ formId: form.id, valueSet, language })),
    ),
  );
}

const labelOf = ({ value }: FormOption): string =>
  'coding' in value ? (value.coding.display ?? '') : String(Object.values(value)[0]);

const codesOf = (options: readonly FormOption[]): readonly string[] =>
  options.map(({ value }) => ('coding' in value ? (value.coding.code ?? '') : JSON.stringify(value))).sort();

const bare = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '');
