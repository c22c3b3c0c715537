import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Form, type FormItem, Outcome, type Value } from '@clinic-widgets/core/forms.js';
import { forms, type HarborWords, visitForms } from './harbor-forms.ts';
import { optionSets } from './harbor-option-sets.ts';

const LANGUAGES = ['en', 'es'];

/** What is read by people, by the name of its field; all else is structure. */
const WORDS = new Set(['title', 'description', 'copyright', 'approvedBy', 'text', 'help', 'display']);

/** Words that are the same in English and in Spanish. */
const SAME_IN_BOTH = ['Diabetes'];

const flat = (items: readonly FormItem[]): FormItem[] => items.flatMap((item) => [item, ...flat(item.items ?? [])]);

const isQuestion = ({ type }: FormItem): boolean => type !== 'group' && type !== 'display';

/** The value with each of its words handed to a function, and left out. */
const withoutWords = (value: unknown, word: (text: string) => void): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => {
      if (!WORDS.has(key)) return part;
      word(part as string);
      return '';
    }),
  );

const wordsOf = (value: unknown): string[] => {
  const found: string[] = [];
  withoutWords(value, (text) => found.push(text));
  return found;
};

for (const { id, words } of forms) {
  describe(`the form ${id}`, () => {
    const each = Object.entries(words);
    const items = flat(words['en']!.items);

    it('is in English and in Spanish, the same but for its words', () => {
      assert.deepEqual(Object.keys(words), LANGUAGES);
      const structures = each.map(([, form]) => withoutWords(form, () => undefined));
      for (const structure of structures) assert.deepEqual(structure, structures[0]);
    });

    it('has every word in both languages', () => {
      const [english, spanish] = each.map(([, form]) => wordsOf(form));
      assert.equal(english!.length, spanish!.length);
      for (const [index, text] of english!.entries()) {
        assert.ok(text.trim() && spanish![index]!.trim());
        if (text === spanish![index]) assert.ok(SAME_IN_BOTH.includes(text), text);
      }
    });

    it('is what the contract calls a form', () => {
      for (const [language, form] of each) {
        const { success, error } = Form.safeParse({ ...form, version: '1', language });
        assert.ok(success, JSON.stringify(error?.issues));
      }
    });

    it('says that it is a sample which nobody has approved', () => {
      for (const [, form] of each) {
        assert.ok(form.sample && form.approvedOn && form.edition);
        assert.match(form.approvedBy ?? '', /made-up|inventada/);
      }
    });

    it('names each item once, and gives each a text', () => {
      const names = items.map(({ linkId }) => linkId);
      assert.equal(new Set(names).size, names.length);
      for (const { linkId, text } of items) assert.ok(text, linkId);
    });

    it('makes an item depend only on what is asked before it, and can be answered so', () => {
      for (const [index, { enableWhen = [] }] of items.entries()) {
        for (const { question, value } of enableWhen) {
          const asked = items.slice(0, index).find(({ linkId }) => linkId === question);
          assert.ok(asked, question);
          assert.ok(
            answersTo(asked).some((answer) => isSame(answer, value)),
            `${question} ${JSON.stringify(value)}`,
          );
        }
      }
    });

    it('has every value set that it names', () => {
      for (const { valueSet } of items) assert.ok(valueSet === undefined || optionSets[valueSet], `${valueSet}`);
    });
  });
}

describe('a safety form', () => {
  const safety = forms.filter(({ words }) => words['en']!.purpose === 'safety');

  it('is needed for an MRI scan', () => {
    const ids = safety.map(({ id }) => id);
    assert.deepEqual(ids, visitForms.find(({ visitTypeId }) => visitTypeId === 'mri-scan')!.formIds);
  });

  it('flags every answer but a plain no, or only asks more about a yes', () => {
    for (const item of safety.flatMap(({ words }) => flat(words['en']!.items)).filter(isQuestion)) {
      if (item.enableWhen) {
        assert.deepEqual(
          item.enableWhen.map(({ operator, value }) => [operator, value]),
          [['=', { boolean: true }]],
          item.linkId,
        );
      } else {
        assert.deepEqual([item.type, item.required], ['boolean', true], item.linkId);
        assert.deepEqual(item.flag?.unless, [{ boolean: false }], item.linkId);
      }
    }
  });

  it('has nothing filled in beforehand', () => {
    for (const { initial, initialExpression, calculatedExpression, linkId } of safety.flatMap(({ words }) =>
      flat(words['en']!.items),
    )) {
      assert.deepEqual([initial, initialExpression, calculatedExpression], [undefined, undefined, undefined], linkId);
    }
  });
});

describe('the PHQ-9', () => {
  const { words } = forms.find(({ id }) => id === 'phq-9')!;
  const items = flat(words['en']!.items);
  const problems = items.find(({ linkId }) => linkId === 'problems')!.items!;

  it('is for the patient alone', () => assert.ok(words['en']!.patientOnly));

  it('asks its nine questions in their order, all with the same answers', () => {
    assert.deepEqual(
      problems.map(({ linkId }) => linkId),
      ['44250-9', '44255-8', '44259-0', '44254-1', '44251-7', '44258-2', '44252-5', '44253-3', '44260-8'],
    );
    for (const { options, required } of problems) {
      assert.ok(required);
      const codes = options?.map(({ value }) => 'coding' in value && value.coding.code);
      assert.deepEqual(codes, ['LA6568-5', 'LA6569-3', 'LA6570-1', 'LA6571-9']);
    }
  });

  it('alerts staff of every answer to the ninth but “not at all”, and of no other', () => {
    const alerting = items.filter(({ flag }) => flag);
    assert.deepEqual(
      alerting.map(({ linkId, flag }) => [linkId, flag!.alert, flag!.unless]),
      [['44260-8', true, [problems[8]!.options![0]!.value]]],
    );
  });

  it('shows no score', () => {
    const score = items.find(({ linkId }) => linkId === '44261-6')!;
    assert.ok(score.hidden && score.readOnly && score.calculatedExpression);
  });
});

describe('the value sets', () => {
  it('have the same options in both languages', () => {
    for (const byLanguage of Object.values(optionSets)) {
      assert.deepEqual(Object.keys(byLanguage), LANGUAGES);
      const structures = Object.values(byLanguage).map((options) => withoutWords(options, assert.ok));
      for (const structure of structures) assert.deepEqual(structure, structures[0]);
    }
  });
});

/** Answers by the name of the question. */
type Answers = ReadonlyMap<string, readonly Value[]>;

/** Of a concept the code counts. */
const isSame = (a: Value, b: Value): boolean =>
  'coding' in a && 'coding' in b ? a.coding.code === b.coding.code : JSON.stringify(a) === JSON.stringify(b);

const answersTo = ({ type, options = [] }: FormItem): readonly Value[] =>
  type === 'boolean' ? [{ boolean: true }, { boolean: false }] : options.map(({ value }) => value);

/** Every answer that can be given; of those of which several can, also every two, and all. */
function choicesOf(item: FormItem): readonly (readonly Value[])[] {
  const single = answersTo(item).map((value) => [value]);
  if (!item.repeats) return single;
  const several = item.options!.filter(({ exclusive }) => !exclusive).map(({ value }) => value);
  const pairs = several.flatMap((one, index) => several.slice(index + 1).map((other) => [one, other]));
  return [...single, ...pairs, several];
}

/** The items that are asked or shown, in order: a written-out rule for forms that only compare for sameness. */
function shown(items: readonly FormItem[], answers: Answers, asked = new Set<string>()): FormItem[] {
  return items.flatMap((item) => {
    const { enableWhen = [], enableBehavior = 'all' } = item;
    const met = enableWhen.map(({ question, operator, value }) => {
      assert.equal(operator, '=');
      return asked.has(question) && (answers.get(question) ?? []).some((answer) => isSame(answer, value));
    });
    if (met.length > 0 && !(enableBehavior === 'any' ? met.includes(true) : !met.includes(false))) return [];
    asked.add(item.linkId);
    return [item, ...shown(item.items ?? [], answers, asked)];
  });
}

/** A way through a form: what was answered, and what it comes to at each step. */
interface Way {
  readonly answers: Answers;
  readonly steps: readonly (readonly FormItem[])[];
}

function waysThrough(form: HarborWords, answers: Answers = new Map(), steps: Way['steps'] = []): Way[] {
  const items = shown(form.items, answers);
  const soFar = [...steps, items.filter(({ outcome }) => outcome)];
  const next = items.find((item) => isQuestion(item) && !answers.has(item.linkId));
  if (!next) return [{ answers, steps: soFar }];
  return choicesOf(next).flatMap((values) => waysThrough(form, new Map([...answers, [next.linkId, values]]), soFar));
}

const outcomesOf = (items: readonly FormItem[]): Set<Outcome> => new Set(items.map(({ outcome }) => outcome!));

for (const { id, words } of forms.filter(({ words: { en } }) => en!.purpose === 'triage')) {
  describe(`the triage ${id}, on every way through it,`, () => {
    const form = words['en']!;
    // That all ways are found is the proof that each ends.
    const ways = waysThrough(form);
    const questions = flat(form.items).filter(isQuestion);
    const reached = ways.map(({ steps }) => steps.at(-1)!);

    it('asks only what has few answers, and asks all of it on some way', () => {
      for (const item of questions) assert.ok(answersTo(item).length > 1 && item.required, item.linkId);
      const asked = new Set(ways.flatMap(({ answers }) => [...answers.keys()]));
      assert.deepEqual(asked, new Set(questions.map(({ linkId }) => linkId)));
    });

    it('comes to an outcome, and to each outcome on some way', () => {
      for (const items of reached) assert.ok(items.length > 0);
      assert.deepEqual(outcomesOf(reached.flat()), new Set(Outcome.options));
    });

    it('never comes to two kinds of outcome at once', () => {
      for (const items of reached) assert.equal(outcomesOf(items).size, 1);
    });

    it('never leads away from an emergency, whatever is answered later', () => {
      for (const { steps } of ways) {
        for (const [index, items] of steps.entries()) {
          const pressing = items.filter(({ outcome }) => outcome === 'emergency');
          for (const later of steps.slice(index)) {
            for (const { linkId } of pressing) assert.ok(later.some((item) => item.linkId === linkId));
          }
        }
      }
    });

    it('is an emergency when a sign of one is answered last, by someone who goes back', () => {
      const signs = flat(form.items).flatMap(({ outcome, enableWhen = [] }) =>
        outcome === 'emergency' ? enableWhen : [],
      );
      assert.ok(signs.length > 0);
      for (const { answers } of ways) {
        for (const { question, value } of signs) {
          const items = shown(form.items, new Map([...answers, [question, [value]]]));
          assert.deepEqual(outcomesOf(items.filter(({ outcome }) => outcome)), new Set(['emergency']));
        }
      }
    });

    it('tells in every language what to do', () => {
      for (const { items } of Object.values(words)) {
        for (const { outcome, text } of flat(items)) {
          if (outcome === 'emergency') assert.match(text ?? '', /911/);
          if (outcome) assert.ok(text!.length > 40);
        }
      }
    });
  });
}
