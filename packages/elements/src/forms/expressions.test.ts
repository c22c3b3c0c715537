import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import type { Form, FormItem, Value } from '@clinic-widgets/core/forms.js';
import { evaluate } from './expressions.ts';
import { fhirPath } from './fhirpath.ts';
import { groupRow, type Node, type Nodes, nodesOf, replaced, rowsOf } from './tree.ts';

type Item = Partial<FormItem> & Pick<FormItem, 'linkId' | 'type'>;

const formOf = (items: readonly Item[], rest: Partial<Form> = {}): Form => ({
  id: 'f',
  version: '1',
  title: 'Form',
  purpose: 'intake',
  language: 'en',
  items: [...items],
  ...rest,
});

type Answers = Readonly<Record<string, readonly Value[]>>;

/** The nodes with answers at places; those around a place come first. */
const answered = (form: Form, answers: Answers): Nodes =>
  Object.entries(answers).reduce<Nodes>(
    (nodes, [key, values]) => replaced(nodes, key, (node) => ({ ...node, rows: rowsOf(node, values) })),
    nodesOf(form.items),
  );

const ask = (form: Form, answers: Answers = {}, rest: { first?: boolean; stopped?: readonly string[] } = {}) =>
  evaluate({ form, nodes: answered(form, answers), of: 7, first: false, stopped: [], ...rest }, fhirPath);

/** What a calculation gives a question of a type, and what is said to be wrong with it. */
function calculated(item: Partial<FormItem>, expression: string, context: Form['context'] = {}) {
  const form = formOf([{ linkId: 'q', type: 'string', ...item, calculatedExpression: expression }], { context });
  const { values, problems } = ask(form);
  return problems.length > 0 ? problems.map(({ reason }) => reason) : values['0'];
}

const kilogram = { system: 'http://unitsofmeasure.org', code: 'kg', display: 'kilograms' };
const red = { value: { coding: { system: 'urn:colors', code: 'red', display: 'Red' } } };

describe('evaluate', () => {
  const observation = {
    resourceType: 'Observation',
    valueQuantity: { value: 70.5, unit: 'kg', code: 'kg', system: 'http://unitsofmeasure.org' },
    code: {
      coding: [
        { system: 'urn:x', code: 'x' },
        { system: 'urn:colors', code: 'red' },
      ],
    },
    subject: { reference: 'Patient/1', display: 'Ana' },
    effectiveDateTime: '2026-03-02T09:30:00-05:00',
    status: 'final',
  };
  const CASES: readonly (readonly [string, Partial<FormItem>, string, readonly unknown[]])[] = [
    ['a truth', { type: 'boolean' }, '1 < 2', [{ boolean: true }]],
    ['a whole number', { type: 'integer' }, '6.0 / 2', [{ integer: 3 }]],
    ['no whole number that would have to be rounded', { type: 'integer' }, '7 / 2', ['expression']],
    ['a number without what computers add to it', { type: 'decimal' }, '0.1 + 0.2', [{ decimal: 0.3 }]],
    ['no number where there is a text', { type: 'decimal' }, "'7'", ['expression']],
    ['nothing where there is nothing', { type: 'decimal' }, '{}', []],
    ['a day', { type: 'date' }, '@2026-03-02', [{ date: '2026-03-02' }]],
    ['a month', { type: 'date' }, '@2026-03', [{ date: '2026-03' }]],
    ['the day of a moment', { type: 'date' }, '%o.effective', [{ date: '2026-03-02' }]],
    ['a moment', { type: 'dateTime' }, '%o.effective', [{ dateTime: '2026-03-02T09:30:00-05:00' }]],
    ['no moment without an offset', { type: 'dateTime' }, '@2026-03-02T09:30', ['expression']],
    ['a time', { type: 'time' }, '@T09:30', [{ time: '09:30:00' }]],
    ['a text', { type: 'string' }, "'a' & 'b'", [{ string: 'ab' }]],
    ['a text from a number', { type: 'text' }, '1.5', [{ string: '1.5' }]],
    ['no text from a concept', { type: 'string' }, '%o.code', ['expression']],
    ['an address', { type: 'url' }, "'https://clinic.example'", [{ uri: 'https://clinic.example' }]],
    ['an amount', { type: 'quantity' }, '%o.value', [{ quantity: observation.valueQuantity }]],
    [
      'an amount in the usual unit',
      { type: 'quantity', units: [kilogram] },
      '70.5',
      [{ quantity: { value: 70.5, unit: 'kilograms', code: 'kg', system: kilogram.system } }],
    ],
    [
      'an amount with its unit',
      { type: 'quantity', units: [kilogram] },
      "70.5 'kg'",
      [{ quantity: { value: 70.5, unit: 'kilograms', code: 'kg', system: kilogram.system } }],
    ],
    ['an option from its code', { type: 'choice', options: [red] }, "'red'", [red.value]],
    ['an option from a concept that has several codes', { type: 'choice', options: [red] }, '%o.code', [red.value]],
    ['no option that there is not', { type: 'choice', options: [red] }, "'blue'", ['expression']],
    [
      'a concept of a value set that is not here',
      { type: 'choice', valueSet: 'urn:set' },
      '%o.code.coding.first()',
      [{ coding: { system: 'urn:x', code: 'x' } }],
    ],
    ['no concept from a code without a system', { type: 'choice', valueSet: 'urn:set' }, "'x'", ['expression']],
    [
      'a code of FHIR by its value set',
      { type: 'choice', valueSet: 'http://hl7.org/fhir/ValueSet/observation-status|4.0.1' },
      '%o.status',
      [{ coding: { system: 'http://hl7.org/fhir/observation-status', code: 'final' } }],
    ],
    ['a text beside the options', { type: 'open-choice', options: [red] }, "'teal'", [{ string: 'teal' }]],
    ['an option that is a number', { type: 'choice', options: [{ value: { integer: 3 } }] }, '1 + 2', [{ integer: 3 }]],
    ['a reference', { type: 'reference' }, '%o.subject', [{ reference: { reference: 'Patient/1', display: 'Ana' } }]],
    ['several answers', { type: 'integer', repeats: true }, '1 | 2', [{ integer: 1 }, { integer: 2 }]],
    ['no answer of several', { type: 'integer' }, '1 | 2', ['expression']],
    [
      'what nobody has given as nothing',
      { type: 'boolean' },
      '%nobody.exists() or %`no body`.exists()',
      [{ boolean: false }],
    ],
    ['a name of its own', { type: 'integer' }, "defineVariable('mine', 3).select(%mine + 1)", [{ integer: 4 }]],
    ['the names of terminologies', { type: 'string' }, '%sct', [{ string: 'http://snomed.info/sct' }]],
  ];
  for (const [name, item, expression, expected] of CASES) {
    it(`calculates ${name}`, () => {
      assert.deepEqual(calculated(item, expression, { o: observation }), expected);
    });
  }

  it('goes on when an expression fails, and does not try that again', () => {
    const bad = '1 +';
    const form = formOf([
      { linkId: 'a', type: 'integer', calculatedExpression: bad },
      { linkId: 'b', type: 'integer', calculatedExpression: '2' },
      { linkId: 'c', type: 'integer', calculatedExpression: bad },
    ]);
    const { values, problems, stopped } = ask(form, { 0: [{ integer: 9 }] });
    assert.deepEqual(values, { 0: [], 1: [{ integer: 2 }], 2: [] });
    assert.deepEqual(problems, [{ linkId: 'a', reason: 'expression' }]);
    assert.deepEqual(stopped, [bad]);
    const again = ask(form, {}, { stopped: [bad] });
    assert.deepEqual(again.values, { 1: [{ integer: 2 }] });
    assert.deepEqual([again.problems, again.stopped], [[], []]);
  });

  it('asks before each expression, and stops the one that is refused', () => {
    const form = formOf([
      { linkId: 'a', type: 'integer', calculatedExpression: '1' },
      { linkId: 'b', type: 'boolean', enableWhenExpression: 'false' },
    ]);
    const asked: unknown[] = [];
    const question = { form, nodes: nodesOf(form.items), of: 0, first: false, stopped: [] };
    const { values, hushed, problems, stopped } = evaluate(question, fhirPath, (linkId, expression) => {
      asked.push([linkId, expression]);
      return expression === '1';
    });
    assert.deepEqual(asked, [
      ['a', '1'],
      ['b', 'false'],
    ]);
    assert.deepEqual(values, { 0: [{ integer: 1 }] });
    // Where it cannot be known, it is asked.
    assert.deepEqual(hushed, { 1: false });
    assert.deepEqual([problems, stopped], [[{ linkId: 'b', reason: 'expression-stopped' }], ['false']]);
  });

  it('asks an item only where its expression says yes', () => {
    const hushed = (expression: string) =>
      ask(formOf([{ linkId: 'a', type: 'display', enableWhenExpression: expression }])).hushed['0'];
    assert.equal(hushed('true'), false);
    assert.equal(hushed('false'), true);
    assert.equal(hushed('{}'), true);
    assert.equal(hushed("'yes'"), true);
  });

  it('works out each occurrence of a group by itself, with the variables around it', () => {
    const form = formOf(
      [
        {
          linkId: 'g',
          type: 'group',
          repeats: true,
          variables: [
            { name: 'price', expression: "item.where(linkId = 'price').answer.value" },
            { name: 'whole', expression: '%price * %factor' },
          ],
          items: [
            { linkId: 'price', type: 'integer' },
            { linkId: 'sum', type: 'integer', calculatedExpression: '%whole + 1' },
          ],
        },
        {
          linkId: 'all',
          type: 'integer',
          calculatedExpression: "%resource.item.item.where(linkId = 'price').answer.value.sum()",
        },
      ],
      { variables: [{ name: 'factor', expression: '10' }] },
    );
    const [group, all] = nodesOf(form.items) as [Node, Node];
    const rows = [0, 1].map((key) => {
      const row = groupRow(group, key);
      return {
        ...row,
        nodes: row.nodes.map((node, at) => (at ? node : { ...node, rows: rowsOf(node, [{ integer: 5 + key }]) })),
      };
    });
    const { values } = evaluate({ form, nodes: [{ ...group, rows }, all], of: 0, first: false, stopped: [] }, fhirPath);
    assert.deepEqual(values, { '0.0.1': [{ integer: 51 }], '0.1.1': [{ integer: 61 }], 1: [{ integer: 11 }] });
  });

  it('takes a variable that fails for nothing', () => {
    const form = formOf([{ linkId: 'a', type: 'boolean', calculatedExpression: '%bad.empty()' }], {
      variables: [{ name: 'bad', expression: '((' }],
    });
    const { values, problems } = ask(form);
    assert.deepEqual(values, { 0: [{ boolean: true }] });
    assert.deepEqual(problems, [{ reason: 'expression' }]);
  });

  it('does not see what is not asked, and calculates nothing there', () => {
    const form = formOf([
      { linkId: 'a', type: 'integer' },
      { linkId: 'b', type: 'integer', calculatedExpression: "%resource.item.where(linkId = 'a').answer.value.count()" },
    ]);
    const [a, b] = answered(form, { 0: [{ integer: 1 }] }) as [Node, Node];
    const question = { form, of: 0, first: false, stopped: [] };
    assert.deepEqual(evaluate({ ...question, nodes: [a, b] }, fhirPath).values, { 1: [{ integer: 1 }] });
    assert.deepEqual(evaluate({ ...question, nodes: [{ ...a, off: true }, b] }, fhirPath).values, {
      1: [{ integer: 0 }],
    });
    assert.deepEqual(evaluate({ ...question, nodes: [a, { ...b, off: true }] }, fhirPath).values, {});
  });

  it('knows that somebody is not sure, which is an answer but no value', () => {
    const say = "%resource.item.where(linkId = 'a').answer";
    const form = formOf([
      { linkId: 'a', type: 'boolean' },
      { linkId: 'b', type: 'boolean', calculatedExpression: `${say}.exists() and ${say}.value.hasValue().not()` },
      { linkId: 'c', type: 'string', calculatedExpression: `${say}.value.extension.value` },
    ]);
    assert.deepEqual(ask(form, { 0: [{ unknown: true }] }).values, {
      1: [{ boolean: true }],
      2: [{ string: 'asked-unknown' }],
    });
  });

  it('weighs answers by the questionnaire, also in a group', () => {
    const questionnaire = {
      resourceType: 'Questionnaire',
      item: [
        {
          linkId: 'g',
          type: 'group',
          item: [
            {
              linkId: 'a',
              type: 'choice',
              answerOption: [
                {
                  valueCoding: { code: 'much' },
                  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: 3 }],
                },
              ],
            },
            { linkId: 'c', type: 'string', text: 'See' },
          ],
        },
      ],
    };
    const form = formOf(
      [
        {
          linkId: 'g',
          type: 'group',
          variables: [{ name: 'total', expression: 'item.answer.value.ordinal().sum()' }],
          items: [
            { linkId: 'a', type: 'choice', options: [{ value: { coding: { code: 'much' } } }] },
            { linkId: 'b', type: 'decimal', calculatedExpression: '%total' },
            { linkId: 'c', type: 'string', calculatedExpression: '%qitem.text' },
          ],
        },
      ],
      { context: { questionnaire } },
    );
    const { values, problems } = ask(form, { '0.0.0': [{ coding: { code: 'much' } }] });
    assert.deepEqual(values, { '0.0.1': [{ decimal: 3 }], '0.0.2': [{ string: 'See' }] });
    assert.deepEqual(problems, []);
  });

  describe('to begin with', () => {
    const form = formOf(
      [
        {
          linkId: 'name',
          type: 'string',
          initialExpression: '%patient.name.given',
          items: [{ linkId: 'since', type: 'date', initialExpression: '%patient.birthDate' }],
        },
        { linkId: 'all', type: 'string', repeats: true, initialExpression: '%patient.name.given' },
      ],
      {
        context: { patient: { resourceType: 'Patient', birthDate: '1980-05-06', name: [{ given: ['Ana', 'Maria'] }] } },
      },
    );

    it('takes what is known, the first where only one is asked for, and goes on to what is asked because of it', () => {
      assert.deepEqual(ask(form, {}, { first: true }).values, {
        0: [{ string: 'Ana' }],
        '0.0.0': [{ date: '1980-05-06' }],
        1: [{ string: 'Ana' }, { string: 'Maria' }],
      });
    });

    it('leaves what is answered', () => {
      const { values } = ask(form, { 0: [{ string: 'Eva' }] }, { first: true });
      assert.deepEqual(Object.keys(values), ['1', '0.0.0']);
    });

    it('does so only once', () => {
      assert.deepEqual(ask(form).values, {});
    });

    describe('from records', () => {
      const medicines = [
        { resourceType: 'MedicationStatement', medicationCodeableConcept: { text: 'Warfarin' } },
        {
          resourceType: 'MedicationStatement',
          medicationCodeableConcept: { text: 'Metformin' },
          dosage: [{ text: '1000 mg twice daily' }],
        },
      ];
      const text = (linkId: string, initialExpression: string): FormItem => ({
        linkId,
        type: 'string',
        initialExpression,
      });
      const group = (more: Partial<FormItem> = {}): FormItem => ({
        linkId: 'g',
        type: 'group',
        population: { name: 'medicine', expression: '%medicines' },
        items: [text('name', '%medicine.medication.text'), text('dose', '%medicine.dosage.text')],
        ...more,
      });
      const filled = (item: FormItem, rest: Partial<Form> = {}, first = true) =>
        ask(formOf([item], { context: { medicines }, ...rest }), {}, { first });

      it('makes an occurrence of each, and puts nothing of one beside another', () => {
        const { values, occurrences, problems } = filled(group({ repeats: true }));
        assert.deepEqual(occurrences, { 0: 2 });
        assert.deepEqual(values, {
          '0.0.0': [{ string: 'Warfarin' }],
          '0.1.0': [{ string: 'Metformin' }],
          '0.1.1': [{ string: '1000 mg twice daily' }],
        });
        assert.deepEqual(problems, []);
      });

      it('fills in one of one, and of several none where there is room for one, with a report', () => {
        const [warfarin] = medicines;
        assert.deepEqual(filled(group(), { context: { medicines: [warfarin] } }).values, {
          '0.0.0': [{ string: 'Warfarin' }],
        });
        const { values, occurrences, problems } = filled(group());
        assert.deepEqual([values, occurrences], [{}, undefined]);
        assert.deepEqual(problems, [{ linkId: 'g', reason: 'expression' }]);
        const { population } = group();
        const all = filled(text('name', '%medicine.medication.text'), { population });
        assert.deepEqual([all.values, all.problems], [{}, [{ reason: 'expression' }]]);
      });

      it('goes on to the records of a record', () => {
        const population = { name: 'dosage', expression: '%medicine.dosage' };
        const inner: FormItem = {
          ...group({ repeats: true, linkId: 'd' }),
          population,
          items: [text('t', '%dosage.text')],
        };
        const context = { medicines: [medicines[1], { ...medicines[1], dosage: [{ text: 'a' }, { text: 'b' }] }] };
        const { values, occurrences } = filled(group({ repeats: true, items: [inner] }), { context });
        assert.deepEqual(occurrences, { 0: 2, '0.1.0': 2 });
        assert.deepEqual(values, {
          '0.0.0.0.0': [{ string: '1000 mg twice daily' }],
          '0.1.0.0.0': [{ string: 'a' }],
          '0.1.0.1.0': [{ string: 'b' }],
        });
      });

      it('takes no more of them than a form can hold, with a report', () => {
        const context = { medicines: Array.from({ length: 150 }, () => medicines[0]) };
        const { occurrences, problems } = filled(group({ repeats: true }), { context });
        assert.deepEqual([occurrences, problems], [{ 0: 100 }, [{ linkId: 'g', reason: 'too-many' }]]);
      });

      it('does so only once, and never in a form about safety', () => {
        for (const { values, occurrences } of [
          filled(group({ repeats: true }), {}, false),
          filled(group({ repeats: true }), { purpose: 'safety' }),
        ]) {
          assert.deepEqual([values, occurrences], [{}, undefined]);
        }
      });
    });

    it('answers nothing in a form that somebody’s safety hangs on', () => {
      assert.deepEqual(ask({ ...form, purpose: 'safety' }, {}, { first: true }).values, {});
    });

    it('calculates nothing there either but what the patient only reads or never sees', () => {
      const calculated = (linkId: string, more: Partial<FormItem> = {}): FormItem => ({
        linkId,
        type: 'integer',
        calculatedExpression: '1 + 1',
        ...more,
      });
      const items = [calculated('own'), calculated('shown', { readOnly: true }), calculated('kept', { hidden: true })];
      const { values } = ask(formOf(items, { purpose: 'safety' }));
      assert.deepEqual(values, { 1: [{ integer: 2 }], 2: [{ integer: 2 }] });
    });
  });

  describe('rules', () => {
    const rule = (expression: string, severity: 'error' | 'warning' = 'error') => [
      { expression, text: 'Not so.', severity },
    ];
    const broken = (item: Partial<FormItem>, answers: Answers = {}, rest: Partial<Form> = {}) =>
      ask(
        formOf(
          [
            { linkId: 'a', type: 'integer', ...item },
            { linkId: 'b', type: 'string' },
          ],
          rest,
        ),
        answers,
      ).broken;

    it('are broken where they come to no', () => {
      const constraints = rule('answer.value > 3');
      assert.deepEqual(broken({ constraints }, { 0: [{ integer: 3 }] }), {
        0: { reason: 'constraint', text: 'Not so.' },
      });
      assert.deepEqual(broken({ constraints }, { 0: [{ integer: 4 }] }), {});
    });

    it('say nothing of what is not answered yet, and do not hold a form up that they only warn of', () => {
      assert.deepEqual(broken({ constraints: rule('answer.value > 3') }), {});
      assert.deepEqual(broken({ constraints: rule('false', 'warning') }), {});
    });

    it('of the form are told of at its first item', () => {
      assert.deepEqual(Object.keys(broken({}, {}, { constraints: rule('item.exists()') })), ['0']);
    });

    it('that fail are no reason to hold anybody up', () => {
      assert.deepEqual(broken({ constraints: rule('nonsense(') }), {});
    });

    it('hold all of a text to its pattern', () => {
      const pattern = (text: string, pattern = '\\d{3}') =>
        broken({ type: 'string', pattern }, { 0: [{ string: text }] });
      assert.deepEqual(pattern('123'), {});
      assert.deepEqual(pattern('1234'), { 0: { reason: 'pattern' } });
      assert.deepEqual(pattern('b', 'a|b'), {});
      // An escape that only other languages have.
      assert.deepEqual(pattern('_', '\\_'), {});
    });

    it('tell of a pattern that is none', () => {
      const { problems, stopped, broken } = ask(formOf([{ linkId: 'a', type: 'string', pattern: '(' }]), {
        0: [{ string: 'x' }],
      });
      assert.deepEqual([problems, stopped, broken], [[{ linkId: 'a', reason: 'pattern' }], ['('], {}]);
    });
  });

  it('reaches for nothing outside, and writes nothing to the console', () => {
    const fetched = mock.method(globalThis, 'fetch', () => Promise.reject(new Error('no')));
    const logged = mock.method(console, 'log', () => undefined);
    const context = {
      patient: { resourceType: 'Patient', managingOrganization: { reference: 'https://else.where/Organization/1' } },
    };
    for (const expression of [
      '%patient.managingOrganization.resolve()',
      "'x'.memberOf('https://else.where/ValueSet/1')",
    ]) {
      assert.deepEqual(calculated({ type: 'boolean' }, expression, context), ['expression']);
    }
    assert.deepEqual(calculated({ type: 'string' }, "'secret'.trace('said')"), [{ string: 'secret' }]);
    assert.equal(fetched.mock.callCount() + logged.mock.callCount(), 0);
    mock.restoreAll();
  });

  it('leaves what it was given as it was', () => {
    const form = formOf([{ linkId: 'a', type: 'string', calculatedExpression: '%patient.name.family' }], {
      context: { patient: { resourceType: 'Patient', name: [{ family: 'Kramer' }] } },
    });
    const frozen = <T>(part: T): T => {
      if (typeof part === 'object' && part) Object.values(Object.freeze(part)).forEach(frozen);
      return part;
    };
    const question = frozen({ form, nodes: nodesOf(form.items), of: 0, first: true, stopped: [] });
    assert.deepEqual(evaluate(question, fhirPath).values, { 0: [{ string: 'Kramer' }] });
    assert.deepEqual(evaluate(structuredClone(question), fhirPath), evaluate(question, fhirPath));
  });
});
