import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { isFlagged } from '@clinic-widgets/core/answers.js';
import { Form, type FormItem, FormResponse, WaitingForm } from '@clinic-widgets/core/forms.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { questionnaire } from '../../../test/fhir-server/harbor-forms.ts';
import { asking, control, expressed, HL7, inOther, SDC } from '../test/forms.ts';
import { ZONE } from '../test/mappings.ts';
import { spoilt } from '../test/spoilt.ts';
import { needsOf } from './expressions.ts';
import { lenient } from './lenient.ts';
import { toForm, toWaitingForm } from './questionnaires.ts';
import { toResponse } from './responses.ts';
import { toAttention } from './attention.ts';
import { toVisitType } from './visit-types.ts';
import { FLAG_ALERT, FLAG_UNLESS, FORM_PURPOSE, PATIENT_ONLY, TRIAGE_FORM, TRIAGE_OUTCOME } from './vocabulary.ts';

await loadTemporal();
const { forms } = harborClinic({ now: '2026-03-02T07:00:00-05:00', weeks: 1 });

/** What is made of one item, and what is complained of. */
function made(item: object, changes: Readonly<Record<string, unknown>> = {}, language?: string) {
  const form = toForm(asking([{ linkId: 'a', type: 'string', ...item }], changes), language);
  assert.ok(Form.safeParse(form).success, JSON.stringify(Form.safeParse(form).error));
  const [first = {} as FormItem] = form.items;
  return { item: first, problems: (form.problems ?? []).map(({ reason, linkId }) => `${reason} ${linkId}`), form };
}

const safety = { extension: [{ url: FORM_PURPOSE, valueCode: 'safety' }] };

describe('a Questionnaire', () => {
  for (const form of forms) {
    for (const [language, words] of Object.entries(form.words)) {
      it(`is the form that it was made from: ${form.id}, in ${language}`, () => {
        const { version, language: found, ...same } = toForm(questionnaire(form), language);
        assert.deepEqual([version, found], ['', language]);
        assert.deepEqual(same, JSON.parse(JSON.stringify(words)));
      });
    }
  }

  it('says what it is, who approved it and when', () => {
    const form = toForm(
      asking([], {
        meta: { versionId: '7' },
        version: '2026-1',
        publisher: 'Dr. Okafor',
        approvalDate: '2026-02-03',
        experimental: true,
        description: 'About you.',
        copyright: '© Harbor',
      }),
    );
    assert.deepEqual(form, {
      id: 'q',
      version: '7',
      title: 'Q',
      purpose: 'intake',
      language: 'und',
      description: 'About you.',
      copyright: '© Harbor',
      edition: '2026-1',
      approvedBy: 'Dr. Okafor',
      approvedOn: '2026-02-03',
      sample: true,
      items: [],
    });
  });

  it('tells nothing of an approval in some month', () =>
    assert.equal(toForm(asking([], { approvalDate: '2026-02' })).approvedOn, undefined));
});

describe('the type of an item', () => {
  const types = 'group display boolean decimal integer date dateTime time string text url choice open-choice';
  for (const type of [...types.split(' '), 'attachment', 'reference', 'quantity']) {
    it(`is kept: ${type}`, () => assert.equal(made({ type }).item.type, type));
  }

  it('that nobody knows is left out, with a report', () => {
    const { form, problems } = made({ type: 'hologram' });
    assert.deepEqual([form.items, problems], [[], ['unknown-type a']]);
  });

  it('that nobody knows is a group where it has items', () => {
    const { item, problems } = made({ type: undefined, item: [{ linkId: 'b', type: 'boolean' }] });
    assert.deepEqual([item.type, item.items?.length, problems], ['group', 1, ['unknown-type a']]);
  });

  it('of an abstract question is text', () => assert.equal(made({ type: 'question' }).item.type, 'string'));

  it('of words with questions in them is a group', () =>
    assert.equal(made({ type: 'display', item: [{ linkId: 'b', type: 'boolean' }] }).item.type, 'group'));
});

describe('what can be answered', () => {
  for (const [what, option, value] of [
    [
      'a coding',
      { valueCoding: { system: 's', code: 'c', display: 'C', id: 'x' } },
      { coding: { system: 's', code: 'c', display: 'C' } },
    ],
    ['a whole number', { valueInteger: 3 }, { integer: 3 }],
    ['a day', { valueDate: '2026-03' }, { date: '2026-03' }],
    ['a time', { valueTime: '09:30:00' }, { time: '09:30:00' }],
    ['a text', { valueString: 'Often' }, { string: 'Often' }],
    ['a reference', { valueReference: { reference: 'Patient/1' } }, { reference: { reference: 'Patient/1' } }],
  ] as const) {
    it(`may be ${what}`, () =>
      assert.deepEqual(made({ type: 'choice', answerOption: [option] }).item.options, [{ value }]));
  }

  it('may have a prefix, and may leave no other', () => {
    const extension = [
      { url: `${HL7}questionnaire-optionPrefix`, valueString: 'A' },
      { url: `${HL7}questionnaire-optionExclusive`, valueBoolean: true },
      { url: `${HL7}ordinalValue`, valueDecimal: 3 },
    ];
    const { item } = made({ type: 'choice', answerOption: [{ valueString: 'None', extension }] });
    assert.deepEqual(item.options, [{ value: { string: 'None' }, prefix: 'A', exclusive: true }]);
  });

  it('leaves out an option without a value, with a report', () => {
    const answerOption = [{ valueInteger: 'three' }, {}, null, { valueInteger: 3 }];
    const { item, problems } = made({ type: 'choice', answerOption });
    assert.deepEqual(item.options, [{ value: { integer: 3 } }]);
    assert.deepEqual(problems, ['malformed a', 'malformed a', 'malformed a']);
  });

  it('is answered at first by the options that are chosen, or by initial values', () => {
    const answerOption = [{ valueString: 'A' }, { valueString: 'B', initialSelected: true }];
    assert.deepEqual(made({ type: 'choice', answerOption }).item.initial, [{ string: 'B' }]);
    const initial = [{ valueString: 'A' }, { valueString: 'B' }];
    assert.deepEqual(made({ type: 'choice', answerOption, initial }).item.initial, [{ string: 'A' }]);
    assert.equal(made({ type: 'choice', answerOption, initial, repeats: true }).item.initial?.length, 2);
  });

  for (const [type, initial, value] of [
    ['decimal', { valueInteger: 3 }, { decimal: 3 }],
    ['integer', { valueDecimal: 3 }, { integer: 3 }],
    ['quantity', { valueQuantity: { value: 3, unit: 'kg' } }, { quantity: { value: 3, unit: 'kg' } }],
    ['dateTime', { valueDate: '2026-03-02' }, { dateTime: '2026-03-02' }],
    ['date', { valueDateTime: '2026-03-02T07:00:00Z' }, { date: '2026-03-02' }],
    ['url', { valueUri: 'https://a.test' }, { uri: 'https://a.test' }],
    ['attachment', { valueAttachment: { url: 'https://a.test' } }, { attachment: { url: 'https://a.test' } }],
  ] as const) {
    it(`is answered at first in its own kind: ${type}`, () =>
      assert.deepEqual(made({ type, initial: [initial] }).item.initial, [value]));
  }

  it('drops an initial value of another kind, with a report', () => {
    const { item, problems } = made({ type: 'boolean', initial: [{ valueString: 'yes' }] });
    assert.deepEqual([item.initial, problems], [undefined, ['malformed a']]);
  });

  it('may be in a value set elsewhere', () => {
    const { item, problems } = made({ type: 'choice', answerValueSet: 'https://a.test/ValueSet/x|1' });
    assert.deepEqual([item.valueSet, problems], ['https://a.test/ValueSet/x|1', []]);
  });

  it('is in a value set that came along: its expansion, also what is below', () => {
    const contains = [
      {
        display: 'All',
        abstract: true,
        contains: [{ system: 's', code: 'a', contains: [{ system: 's', code: 'b' }] }],
      },
    ];
    const contained = [{ resourceType: 'ValueSet', id: 'x', expansion: { contains } }];
    const { item } = made({ type: 'choice', answerValueSet: '#x' }, { contained });
    assert.deepEqual(
      item.options?.map(({ value }) => value),
      [{ coding: { system: 's', code: 'a' } }, { coding: { system: 's', code: 'b' } }],
    );
  });

  it('is in a value set that came along: its list, also by way of another one', () => {
    const list = {
      include: [{ system: 's', concept: [{ code: 'a', display: 'A' }, { code: 'b' }] }],
      exclude: [{ system: 's', concept: [{ code: 'b' }] }],
    };
    const contained = [
      { resourceType: 'ValueSet', id: 'x', compose: { include: [{ valueSet: ['#y'] }] } },
      { resourceType: 'ValueSet', id: 'y', compose: list },
    ];
    const { item } = made({ type: 'choice', answerValueSet: '#x' }, { contained });
    assert.deepEqual(item.options, [{ value: { coding: { system: 's', code: 'a', display: 'A' } } }]);
  });

  for (const [what, set] of [
    ['is a whole code system', { compose: { include: [{ system: 's' }] } }],
    ['is a part of one', { compose: { include: [{ system: 's', filter: [{ property: 'p', op: '=', value: 'v' }] }] } }],
    ['is made of one elsewhere', { compose: { include: [{ valueSet: ['https://a.test/y'] }] } }],
    ['has nothing but an address', { url: 'https://a.test/x' }],
    [
      'has a part that it lists',
      { compose: { include: [{ system: 's' }, { system: 't', concept: [{ code: 'a' }] }] } },
    ],
  ] as const) {
    it(`is for a server to tell in a value set that came along and ${what}`, () => {
      const contained = [{ resourceType: 'ValueSet', id: 'x', ...set }];
      const { item, problems } = made({ type: 'choice', answerValueSet: '#x' }, { contained });
      assert.deepEqual([item.valueSet, item.options, problems], ['#x', undefined, []]);
    });
  }

  for (const [what, contained] of [
    ['that is not there', []],
    ['that is made of itself', [{ resourceType: 'ValueSet', id: 'x', compose: { include: [{ valueSet: ['#x'] }] } }]],
    [
      'that is nonsense',
      [{ resourceType: 'ValueSet', id: 'x', compose: { include: [{ concept: [7, null] }], exclude: 4 } }],
    ],
  ] as const) {
    it(`cannot be told from a value set ${what}, with a report`, () => {
      const { item, problems } = made({ type: 'choice', answerValueSet: '#x' }, { contained });
      assert.deepEqual([item.valueSet, item.options, problems], [undefined, undefined, ['value-set a']]);
    });
  }
});

describe('how an item is shown', () => {
  for (const code of [
    'drop-down',
    'radio-button',
    'check-box',
    'autocomplete',
    'slider',
    'page',
    'header',
    'footer',
    'help',
  ]) {
    it(`is kept: ${code}`, () => assert.equal(made({ extension: [control(code)] }).item.control, code));
  }

  it('is by looking up where it says so, and as usual where nobody knows what it says', () => {
    assert.equal(made({ extension: [control('lookup')] }).item.control, 'autocomplete');
    assert.equal(made({ extension: [control('gtable')] }).item.control, undefined);
  });

  it('is a page for each tab', () => {
    const item = [
      { linkId: 'b', type: 'group' },
      { linkId: 'c', type: 'boolean' },
    ];
    const { items } = made({ type: 'group', extension: [control('tab-container')], item }).item;
    assert.deepEqual(
      items?.map(({ control: how }) => how),
      ['page', undefined],
    );
  });

  it('has the rest of what is said of it', () => {
    const { item } = made({
      type: 'quantity',
      text: 'Weight',
      prefix: '1.',
      required: true,
      repeats: true,
      readOnly: true,
      maxLength: 12,
      extension: [
        { url: `${HL7}questionnaire-choiceOrientation`, valueCode: 'horizontal' },
        { url: `${HL7}questionnaire-hidden`, valueBoolean: true },
        { url: `${HL7}questionnaire-minOccurs`, valueInteger: 0 },
        { url: `${HL7}questionnaire-maxOccurs`, valueInteger: 3 },
        { url: `${HL7}minLength`, valueInteger: 2 },
        { url: `${HL7}minValue`, valueDecimal: 1.5 },
        { url: `${SDC}maxQuantity`, valueQuantity: { value: 200, unit: 'kg' } },
        { url: `${HL7}maxDecimalPlaces`, valueInteger: 1 },
        { url: `${HL7}regex`, valueString: '[0-9]+' },
        { url: `${HL7}entryFormat`, valueString: 'kg' },
        { url: `${HL7}maxSize`, valueDecimal: 1.5 },
        { url: `${HL7}mimeType`, valueCode: 'image/png' },
        { url: `${HL7}mimeType`, valueCode: 'image/jpeg' },
        { url: `${HL7}questionnaire-unit`, valueCoding: { code: 'kg', display: 'kg' } },
        { url: `${HL7}questionnaire-unitOption`, valueCoding: { code: 'kg', display: 'kilograms' } },
        { url: `${HL7}questionnaire-unitOption`, valueCoding: { code: '[lb_av]', display: 'lb' } },
        { url: TRIAGE_OUTCOME, valueCode: 'nurse-call' },
      ],
    });
    assert.deepEqual(item, {
      linkId: 'a',
      type: 'quantity',
      text: 'Weight',
      prefix: '1.',
      entryFormat: 'kg',
      orientation: 'horizontal',
      hidden: true,
      outcome: 'nurse-call',
      required: true,
      repeats: true,
      readOnly: true,
      minOccurs: 0,
      maxOccurs: 3,
      minLength: 2,
      maxLength: 12,
      min: { quantity: { value: 1.5 } },
      max: { quantity: { value: 200, unit: 'kg' } },
      decimals: 1,
      pattern: '[0-9]+',
      maxBytes: 1_500_000,
      mediaTypes: ['image/png', 'image/jpeg'],
      units: [
        { code: 'kg', display: 'kilograms' },
        { code: '[lb_av]', display: 'lb' },
      ],
    });
  });

  it('says where a slider stops', () => {
    const extension = [control('slider'), { url: `${HL7}questionnaire-sliderStepValue`, valueInteger: 5 }];
    assert.equal(made({ type: 'integer', extension }).item.sliderStep, 5);
  });

  const workedOut = { extension: [expressed(`${HL7}cqf-expression`, 'today()')] };
  for (const [what, item, reason] of [
    [
      'a least that is to be worked out',
      { extension: [{ url: `${HL7}minValue`, _valueDate: workedOut }] },
      'expression',
    ],
    ['a greatest of another kind', { extension: [{ url: `${HL7}maxValue`, valueInteger: 5 }] }, 'malformed'],
    ['a text that is to be worked out', { text: 'Since then?', _text: workedOut }, 'expression'],
    ['options that change', { extension: [{ url: `${SDC}answerOptionsToggleExpression` }] }, 'expression'],
    ['options that are looked for', { extension: [{ url: `${SDC}candidateExpression` }] }, 'expression'],
    ['a form within it', { extension: [{ url: `${SDC}subQuestionnaire`, valueCanonical: 'q' }] }, 'unsupported'],
    ['units of one’s own', { extension: [{ url: `${SDC}unitOpen`, valueCode: 'optionsOrString' }] }, 'unsupported'],
    [
      'being shown only with answers',
      { extension: [{ url: `${HL7}questionnaire-usageMode`, valueCode: 'display-non-empty' }] },
      'unsupported',
    ],
  ] as const) {
    it(`reports that nothing is made of ${what}`, () => {
      const { item: one, problems } = made({ type: 'date', ...item });
      assert.deepEqual([one.min, one.max, problems], [undefined, undefined, [`${reason} a`]]);
    });
  }

  for (const [url, valueCode] of [
    [`${SDC}unitOpen`, 'optionsOnly'],
    [`${HL7}questionnaire-usageMode`, 'capture-display'],
    [`${HL7}questionnaire-usageMode`, 'capture'],
  ] as const) {
    it(`reports nothing where nothing is lost: ${valueCode}`, () =>
      assert.deepEqual(made({ extension: [{ url, valueCode }] }).problems, []));
  }

  it('leaves out a pattern that is none, with a report', () => {
    const { item, problems } = made({ extension: [{ url: `${HL7}regex`, valueString: '(' }] });
    assert.deepEqual([item.pattern, problems], [undefined, ['pattern a']]);
  });

  it('shows plain text, and reports that there is markup besides', () => {
    const _text = { extension: [{ url: `${HL7}rendering-xhtml`, valueString: '<script>alert(1)</script>' }] };
    const { item, problems } = made({ text: '<b>Plain</b>', _text });
    assert.deepEqual([item.text, problems], ['<b>Plain</b>', ['markup a']]);
    const _valueString = { extension: [{ url: `${HL7}rendering-markdown`, valueMarkdown: '*x*' }] };
    const option = made({ type: 'choice', answerOption: [{ valueString: 'x', _valueString }] });
    assert.deepEqual(option.problems, ['markup a']);
  });

  it('has notes beside a question where they belong', () => {
    const note = (code: string, text: string) => ({ linkId: code, type: 'display', text, extension: [control(code)] });
    const category = { coding: [{ code: 'instructions' }] };
    const instructions = {
      linkId: 'i',
      type: 'display',
      text: 'Be exact.',
      extension: [{ url: `${HL7}questionnaire-displayCategory`, valueCodeableConcept: category }],
    };
    const kept = {
      linkId: 'k',
      type: 'display',
      text: 'Only then.',
      enableWhen: [{ question: 'a', operator: 'exists', answerBoolean: true }],
      extension: [control('help')],
    };
    const { item } = made({
      type: 'decimal',
      item: [
        note('help', 'Why?'),
        note('flyover', 'More.'),
        note('prompt', '0.0'),
        note('unit', 'kg'),
        instructions,
        kept,
      ],
    });
    assert.deepEqual(
      [item.help, item.entryFormat, item.units, item.items?.map(({ linkId }) => linkId)],
      ['Why?\nMore.\nBe exact.', '0.0', [{ display: 'kg' }], ['k']],
    );
  });

  it('leaves words between questions where they are', () => {
    const words = { linkId: 'b', type: 'display', text: 'Now about your heart.' };
    assert.equal(made({ type: 'group', item: [words] }).item.items?.[0]?.text, words.text);
  });

  for (const [what, extension] of [
    ['say no more', []],
    ['are to stand in line', [control('inline')]],
    ['ask for what nobody knows', [control('sideways')]],
  ] as const) {
    it(`shows words in a question at once, which would be seen only with an answer, where they ${what}`, () => {
      const words = { linkId: 'b', type: 'display', text: 'Take no pills before.', extension };
      const { item } = made({ type: 'boolean', item: [words] });
      assert.deepEqual([item.help, item.items], ['Take no pills before.', undefined]);
    });
  }

  it('says what the ends of a scale stand for', () => {
    const end = (code: string, text: string) => ({ linkId: code, type: 'display', text, extension: [control(code)] });
    const extension = [{ url: `${HL7}minValue`, valueInteger: 0 }];
    const item = [end('lower', 'No pain'), end('upper', 'The worst pain')];
    assert.equal(made({ type: 'integer', extension, item }).item.help, '0 = No pain\nThe worst pain');
  });

  for (const [what, extension] of [
    ['hang on an expression', [control('help'), expressed(`${SDC}enableWhenExpression`, 'true')]],
    ['say what a triage comes to', [{ url: TRIAGE_OUTCOME, valueCode: 'emergency' }]],
    ['are not to be seen', [{ url: `${HL7}questionnaire-hidden`, valueBoolean: true }]],
  ] as const) {
    it(`takes words in a question or a group for no note where they ${what}`, () => {
      const words = { linkId: 'b', type: 'display', text: 'Only then.', extension };
      for (const type of ['boolean', 'group']) {
        const { item } = made({ type, item: [words] });
        assert.deepEqual([item.help, item.items?.length], [undefined, 1]);
      }
    });
  }
});

describe('conditions', () => {
  const other = { linkId: 'b', type: 'boolean' };
  const asked = (enableWhen: unknown, changes = {}) => {
    const form = toForm(asking([{ linkId: 'a', type: 'string', enableWhen, ...changes }, other]));
    return { item: form.items[0]!, problems: form.problems ?? [] };
  };

  for (const [answer, value] of [
    [{ answerBoolean: true }, { boolean: true }],
    [{ answerDecimal: 1.5 }, { decimal: 1.5 }],
    [{ answerInteger: 2 }, { integer: 2 }],
    [{ answerDate: '2026' }, { date: '2026' }],
    [{ answerDateTime: '2026-03-02T07:00:00Z' }, { dateTime: '2026-03-02T07:00:00Z' }],
    [{ answerTime: '07:00:00' }, { time: '07:00:00' }],
    [{ answerString: 'x' }, { string: 'x' }],
    [{ answerCoding: { code: 'x' } }, { coding: { code: 'x' } }],
    [{ answerQuantity: { value: 1, code: 'kg' } }, { quantity: { value: 1, code: 'kg' } }],
    [{ answerReference: { reference: 'Patient/1' } }, { reference: { reference: 'Patient/1' } }],
  ] as const) {
    it(`compare with any kind of answer: ${Object.keys(answer)[0]}`, () =>
      assert.deepEqual(asked([{ question: 'b', operator: '=', ...answer }]).item.enableWhen, [
        { question: 'b', operator: '=', value },
      ]));
  }

  it('ask for all or any', () => {
    const one = { question: 'b', operator: '!=', answerBoolean: true };
    assert.equal(asked([one, one], { enableBehavior: 'any' }).item.enableBehavior, 'any');
    assert.equal(asked([one, one], { enableBehavior: 'all' }).item.enableBehavior, undefined);
  });

  it('that ask for what there is not are dropped, with a report', () => {
    const { item, problems } = asked([{ question: 'z', operator: '=', answerBoolean: true }]);
    assert.deepEqual([item.enableWhen, problems], [undefined, [{ linkId: 'a', reason: 'condition' }]]);
  });

  for (const [what, condition] of [
    ['without an answer', { question: 'b', operator: '=' }],
    ['without a question', { operator: '=', answerBoolean: true }],
    ['with an unknown operator', { question: 'b', operator: 'like', answerString: 'x' }],
    [
      'that ask whether there is an answer by something else than yes or no',
      { question: 'b', operator: 'exists', answerString: 'x' },
    ],
    ['that are nothing', null],
  ] as const) {
    it(`${what} are dropped, with a report`, () => {
      const { item, problems } = asked([condition]);
      assert.deepEqual([item.enableWhen, problems], [undefined, [{ linkId: 'a', reason: 'malformed' }]]);
    });
  }
});

describe('expressions', () => {
  it('are carried where they are FHIRPath', () => {
    const { item, form } = made(
      {
        extension: [
          expressed(`${SDC}enableWhenExpression`, '%a > 1'),
          expressed(`${SDC}calculatedExpression`, '%a + 1'),
          expressed(`${HL7}questionnaire-initialExpression`, '%patient.name'),
          expressed(`${HL7}variable`, '1', 'text/fhirpath', 'a'),
          expressed(`${SDC}itemPopulationContext`, '%patient.contact', 'text/fhirpath', 'contact'),
          {
            url: `${HL7}questionnaire-constraint`,
            extension: [
              { url: 'key', valueId: 'c' },
              { url: 'severity', valueCode: 'warning' },
              { url: 'expression', valueString: '%a < 3' },
              { url: 'human', valueString: 'Less than three.' },
            ],
          },
        ],
      },
      {
        extension: [
          expressed(`${HL7}variable`, '2', 'text/fhirpath', 'b'),
          {
            url: `${HL7}targetConstraint`,
            extension: [
              { url: 'expression', valueExpression: { language: 'text/fhirpath', expression: '%b > 1' } },
              { url: 'human', valueString: 'More.' },
            ],
          },
        ],
      },
    );
    assert.deepEqual(item, {
      linkId: 'a',
      type: 'string',
      enableWhenExpression: '%a > 1',
      calculatedExpression: '%a + 1',
      initialExpression: '%patient.name',
      variables: [
        { name: 'a', expression: '1' },
        { name: 'contact', expression: '%patient.contact' },
      ],
      constraints: [{ expression: '%a < 3', text: 'Less than three.', severity: 'warning' }],
      readOnly: true,
    });
    assert.deepEqual(form.variables, [{ name: 'b', expression: '2' }]);
    assert.deepEqual(form.constraints, [{ expression: '%b > 1', text: 'More.', severity: 'error' }]);
    assert.equal(form.problems, undefined);
  });

  it('in another language are left out, with a report, and nobody need answer what is reckoned', () => {
    const { item, problems } = made({
      required: true,
      extension: [expressed(`${SDC}calculatedExpression`, 'X', 'text/cql')],
    });
    assert.deepEqual([item, problems], [{ linkId: 'a', type: 'string', readOnly: true }, ['expression a']]);
  });

  it('say what records a group, or the form, is filled in from: of a search each that it finds', () => {
    const context = (name: string, expression: string, language = 'text/fhirpath') =>
      expressed(`${SDC}itemPopulationContext`, expression, language, name);
    const query = context('drug', 'MedicationStatement?patient={{%patient.id}}', 'application/x-fhir-query');
    const { form, item, problems } = made(
      { type: 'group', extension: [query], item: [{ linkId: 'b', type: 'string' }] },
      { extension: [context('about', '%patient')] },
    );
    assert.deepEqual(item.population, {
      name: 'drug',
      expression: '%`drug`.entry.resource.ofType(MedicationStatement)',
    });
    assert.deepEqual(form.population, { name: 'about', expression: '%patient' });
    assert.deepEqual([item.variables, form.variables, problems], [undefined, undefined, []]);
    const needs = needsOf(form, asking([{ linkId: 'a', type: 'group', extension: [query] }]));
    assert.deepEqual([needs.searches.map(({ name }) => name), needs.patient], [['drug'], ['patient']]);
    const other = made({ type: 'group', extension: [context('x', 'define X: 1', 'text/cql')] });
    assert.deepEqual([other.item.population, other.problems], [undefined, ['expression a']]);
  });

  const search = (expression: string, use = '%found.entry.exists()') => {
    const q = asking([{ linkId: 'a', type: 'boolean', extension: [expressed(`${SDC}initialExpression`, use)] }], {
      extension: [expressed(`${HL7}variable`, expression, 'application/x-fhir-query', 'found')],
    });
    const form = toForm(q);
    return { problems: form.problems ?? [], searches: needsOf(form, q).searches };
  };

  it('may refer to a search about the patient', () => {
    const { problems, searches } = search('Condition?subject=Patient/{{%patient.id}}&code=a%7Cb&_count=1');
    assert.deepEqual(problems, []);
    assert.deepEqual(searches[0]?.type, 'Condition');
    assert.deepEqual(searches[0]?.query('p&1'), [
      ['subject', 'Patient/p&1'],
      ['code', 'a|b'],
      ['_count', '1'],
    ]);
  });

  it('need no search that none of them refers to', () =>
    assert.deepEqual(search('Condition?subject={{%patient.id}}', '%foundation').searches, []));

  for (const query of [
    'Condition?code=x',
    'Condition?subject=Patient/',
    'Condition?subject=Patient/other&note={{%patient.id}}',
    'Condition?subject={{%patient.id}},other',
    'Organization?_id={{%patient.id}}',
    'Practitioner?x={{%user.id}}',
    '../metadata?patient={{%patient.id}}',
    'https://elsewhere.test/Condition?patient={{%patient.id}}',
  ]) {
    it(`never make a search that is not about the patient alone: ${query}`, () => {
      const { problems, searches } = search(query);
      assert.deepEqual([problems, searches], [[{ reason: 'expression' }], []]);
    });
  }

  it('are given the patient and the Questionnaire only where they mention them', () => {
    const needs = (expression: string, extension: fhir.Extension[] = []) => {
      const q = asking(
        [{ linkId: 'a', type: 'boolean', extension: [expressed(`${SDC}initialExpression`, expression)] }],
        { extension },
      );
      const { patient, isQuestionnaireNeeded: form } = needsOf(toForm(q), q);
      return [patient, form];
    };
    assert.deepEqual(needs('%patient.birthDate'), [['patient'], false]);
    assert.deepEqual(needs('%patientName.family'), [[], false]);
    assert.deepEqual(needs('%resource.item.answer.value.ordinal().sum()'), [[], true]);
    assert.deepEqual(needs('%questionnaire.item'), [[], true]);
    const launch = {
      url: `${SDC}launchContext`,
      extension: [
        { url: 'name', valueCoding: { code: 'child' } },
        { url: 'type', valueCode: 'Patient' },
      ],
    };
    assert.deepEqual(needs('%child.name', [launch]), [['child'], false]);
  });
});

describe('languages', () => {
  const spanish = asking(
    [
      {
        linkId: 'a',
        type: 'choice',
        text: 'How often?',
        _text: inOther('es', '¿Con qué frecuencia?'),
        answerOption: [
          { valueString: 'Never', _valueString: inOther('es', 'Nunca') },
          { valueCoding: { code: 'o', display: 'Often', _display: inOther('es', 'A menudo') } },
          { valueCoding: { display: 'Always', _display: inOther('es', 'Siempre') } },
        ],
      },
      {
        linkId: 'b',
        type: 'string',
        text: 'Why?',
        enableWhen: [
          { question: 'a', operator: '=', answerString: 'Never' },
          { question: 'a', operator: '=', answerCoding: { display: 'Always' } },
        ],
      },
    ],
    { language: 'en-US', title: 'Habits', _title: inOther('es', 'Costumbres') },
  );
  const said = (language?: string) => {
    const form = toForm(spanish, language);
    return [form.language, form.title, form.items[0]?.text, form.items[1]?.text];
  };

  it('are the Questionnaire’s own where none is asked for, or one that it has not', () => {
    for (const language of [undefined, 'en', 'en-GB', 'fr']) {
      assert.deepEqual(said(language), ['en-US', 'Habits', 'How often?', 'Why?']);
    }
  });

  it('are the one asked for, from wherever, and what is not translated is in its own', () => {
    for (const language of ['es', 'ES', 'es-MX']) {
      assert.deepEqual(said(language), ['es', 'Costumbres', '¿Con qué frecuencia?', 'Why?']);
    }
  });

  it('are in no language that is known where the Questionnaire says none, unless it is translated', () => {
    const unsaid = asking([], { title: 'Bonjour', _title: inOther('es', 'Hola') });
    const read = (language?: string) => {
      const { language: said, title } = toForm(unsaid, language);
      return [said, title];
    };
    assert.deepEqual(
      [read(), read('en')],
      [
        ['und', 'Bonjour'],
        ['und', 'Bonjour'],
      ],
    );
    assert.deepEqual(read('es'), ['es', 'Hola']);
  });

  it('reach the options, and the conditions that name an option by its text', () => {
    const { items } = toForm(spanish, 'es');
    assert.deepEqual(items[0]?.options, [
      { value: { string: 'Nunca' } },
      { value: { coding: { code: 'o', display: 'A menudo' } } },
      { value: { coding: { display: 'Siempre' } } },
    ]);
    assert.deepEqual(
      items[1]?.enableWhen?.map(({ value }) => value),
      [{ string: 'Nunca' }, { coding: { display: 'Siempre' } }],
    );
  });

  it('reach the concepts of a value set that came along', () => {
    const concept = [{ code: 'a', display: 'Red', designation: [{ language: 'es', value: 'Rojo' }] }];
    const contained = [{ resourceType: 'ValueSet', id: 'x', compose: { include: [{ system: 's', concept }] } }];
    const { item } = made(
      { type: 'choice', answerValueSet: '#x', text: 'C', _text: inOther('es', 'C') },
      { contained },
      'es',
    );
    assert.deepEqual(item.options?.[0]?.value, { coding: { system: 's', code: 'a', display: 'Rojo' } });
  });
});

describe('what a form is for', () => {
  const loinc = (code: string) => [{ system: 'http://loinc.org', code }];

  it('is said by itself', () => {
    const { form } = made({}, { extension: [{ url: FORM_PURPOSE, valueCode: 'triage' }] });
    assert.deepEqual([form.purpose, form.patientOnly], ['triage', undefined]);
  });

  for (const code of ['44249-1', '69737-5', '71354-5', '89206-7', '93245-9']) {
    it(`is told by the code of a known screener, which is the patient’s alone: ${code}`, () => {
      for (const changes of [{ code: loinc(code) }, { item: [{ linkId: 'g', type: 'group', code: loinc(code) }] }]) {
        const { purpose, patientOnly } = toForm(asking([], changes));
        assert.deepEqual([purpose, patientOnly], ['screening', true]);
        assert.equal(toWaitingForm(asking([], changes)).patientOnly, true);
      }
    });
  }

  it('may be a screener that others may see', () => {
    const extension = [{ url: PATIENT_ONLY, valueBoolean: false }];
    assert.equal(toForm(asking([], { code: loinc('44249-1'), extension })).patientOnly, undefined);
  });

  it('is no screening because somebody else uses the number', () =>
    assert.equal(toForm(asking([], { code: [{ code: '44249-1' }] })).purpose, 'intake'));

  it('shows no score to those who are screened', () => {
    const changes = { code: loinc('44249-1') };
    const extension = [expressed(`${SDC}calculatedExpression`, '1')];
    assert.deepEqual(made({ type: 'integer', required: true, extension }, changes).item, {
      linkId: 'a',
      type: 'integer',
      calculatedExpression: '1',
      readOnly: true,
      hidden: true,
    });
    const total = made({ type: 'decimal', required: true, code: loinc('44261-6') }, changes).item;
    assert.deepEqual([total.hidden, total.readOnly, total.required], [true, true, undefined]);
    const prefix = [{ url: `${HL7}questionnaire-optionPrefix`, valueString: '3' }];
    const { item } = made({ type: 'choice', answerOption: [{ valueString: 'Often', extension: prefix }] }, changes);
    assert.deepEqual(item.options, [{ value: { string: 'Often' } }]);
  });

  it('fills nothing in where it is about safety', () => {
    const { item } = made(
      {
        type: 'boolean',
        initial: [{ valueBoolean: false }],
        extension: [expressed(`${SDC}initialExpression`, 'false')],
      },
      safety,
    );
    assert.deepEqual([item.initial, item.initialExpression], [undefined, undefined]);
  });
});

describe('flags', () => {
  it('are said by the item itself', () => {
    const unless = [
      { url: FLAG_UNLESS, valueCoding: { code: 'n' } },
      { url: FLAG_UNLESS, valueInteger: 0 },
    ];
    const flagOf = (extension: object[]) =>
      made({ type: 'choice', extension, answerOption: [{ valueInteger: 0 }] }).item.flag;
    assert.deepEqual(flagOf(unless), { unless: [{ coding: { code: 'n' } }, { integer: 0 }] });
    assert.deepEqual(flagOf([...unless.slice(1), { url: FLAG_ALERT, valueBoolean: true }]), {
      unless: [{ integer: 0 }],
      alert: true,
    });
    assert.deepEqual(flagOf([{ url: FLAG_ALERT, valueBoolean: false }]), { unless: [] });
    assert.equal(flagOf([]), undefined);
  });

  it('are on every yes-or-no of a safety form', () => {
    const { item } = made({ type: 'boolean' }, safety);
    assert.deepEqual(item.flag, { unless: [{ boolean: false }] });
    assert.ok(isFlagged(item, [{ unknown: true }]));
    assert.ok(!isFlagged(item, [{ boolean: false }]));
  });

  for (const [what, no] of [
    ['HL7', { valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'N', display: 'Nein' } }],
    ['SNOMED', { valueCoding: { system: 'http://snomed.info/sct', code: '373067005' } }],
    ['LOINC', { valueCoding: { system: 'http://loinc.org', code: 'LA32-8' } }],
    ['a code', { valueCoding: { code: 'no' } }],
    ['a word', { valueCoding: { code: '2', display: 'NO' } }],
    ['a text', { valueString: 'No' }],
  ] as const) {
    it(`know the harmless answer of a safety form by ${what}`, () => {
      const { item } = made({ type: 'choice', answerOption: [{ valueString: 'Yes' }, no] }, safety);
      assert.deepEqual(item.flag?.unless, [item.options?.[1]?.value]);
    });
  }

  it('are on a question of a safety form whose answers are listed elsewhere: all that is no plain no', () => {
    const answerValueSet = 'http://hl7.org/fhir/ValueSet/yesnodontknow';
    const { item } = made({ type: 'choice', answerValueSet }, safety);
    const v2 = (code: string) => ({ coding: { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code } });
    const unknown = {
      coding: { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'asked-unknown' },
    };
    assert.deepEqual(
      [v2('Y'), unknown, v2('N')].map((value) => isFlagged(item, [value])),
      [true, true, false],
    );
    assert.equal(made({ type: 'choice', answerValueSet }).item.flag, undefined);
  });

  it('are not guessed where a safety form has no answer that says no', () =>
    assert.equal(made({ type: 'choice', answerOption: [{ valueString: 'Left' }] }, safety).item.flag, undefined));

  const code = [{ system: 'http://loinc.org', code: '44260-8' }];
  const notAtAll = { coding: { system: 'http://loinc.org', code: 'LA6568-5', display: 'Not at all' } };
  for (const [what, item, unless] of [
    ['by its code', { code, answerOption: [{ valueCoding: notAtAll.coding }, { valueString: 'Often' }] }, [notAtAll]],
    [
      'by its name',
      { linkId: '/44260-8', answerOption: [{ valueString: 'Not at all' }, { valueString: 'Often' }] },
      [{ string: 'Not at all' }],
    ],
    [
      'by its score',
      {
        code,
        answerOption: [
          { valueString: 'Überhaupt nicht', extension: [{ url: `${HL7}ordinalValue`, valueDecimal: 0 }] },
          { valueString: 'x' },
        ],
      },
      [{ string: 'Überhaupt nicht' }],
    ],
    ['with options elsewhere', { code, answerValueSet: 'http://loinc.org/vs/LL358-3' }, [notAtAll]],
    ['with nothing harmless to choose', { code, answerOption: [{ valueString: 'x' }] }, []],
    ['as a number', { code, type: 'integer' }, [{ integer: 0 }]],
  ] as const) {
    it(`alert staff to thoughts of self-harm, in any form: ${what}`, () =>
      assert.deepEqual(made({ type: 'choice', ...item }).item.flag, { unless, alert: true }));
  }

  it('alert staff to the last question of the EPDS and to each of the C-SSRS', () => {
    const epds = { code: [{ system: 'http://loinc.org', code: '71354-5' }] };
    const text = 'The thought of harming myself has occurred to me';
    const answerOption = [{ valueString: 'Yes, quite often' }, { valueString: 'Never' }];
    assert.deepEqual(made({ type: 'choice', text, answerOption }, epds).item.flag, {
      unless: [{ string: 'Never' }],
      alert: true,
    });
    assert.deepEqual(made({ type: 'boolean', linkId: '/93249-1' }).item.flag, {
      unless: [{ boolean: false }],
      alert: true,
    });
  });
});

describe('a hostile Questionnaire', () => {
  const deep = (levels: number, level = 1): object => ({
    linkId: `l${level}`,
    type: 'group',
    ...(level < levels && { item: [deep(levels, level + 1)] }),
  });
  const depthOf = (items: readonly FormItem[] = []): number =>
    items.length ? 1 + Math.max(...items.map((one) => depthOf(one.items))) : 0;

  it('may be twelve levels deep', () => {
    const form = toForm(asking([deep(12)]));
    assert.deepEqual([depthOf(form.items), form.problems], [12, undefined]);
  });

  it('is cut at forty levels, with a report', () => {
    const form = toForm(asking([deep(3000)]));
    assert.deepEqual([depthOf(form.items), form.problems], [40, [{ linkId: 'l40', reason: 'too-deep' }]]);
  });

  it('is cut where it is in itself', () => {
    const item: { linkId: string; type: string; item: unknown[] } = { linkId: 'a', type: 'group', item: [] };
    item.item.push(item);
    const { problems } = toForm(asking([item]));
    assert.deepEqual(
      problems?.map(({ reason }) => reason),
      ['duplicate-link-id', 'too-deep'],
    );
  });

  it('is cut at five thousand items, with one report', () => {
    const form = toForm(asking(Array.from({ length: 9000 }, (_, index) => ({ linkId: `${index}`, type: 'boolean' }))));
    assert.deepEqual([form.items.length, form.problems], [5000, [{ reason: 'too-many' }]]);
  });

  it('of two thousand items looks at each no more often than one of two hundred does', () => {
    let looks = 0;
    const questionOf = (index: number) => ({
      linkId: `${index}`,
      type: 'choice',
      get text() {
        looks += 1;
        return `Question ${index}`;
      },
      extension: [control('radio-button')],
      enableWhen: index ? [{ question: `${index - 1}`, operator: '=', answerCoding: { code: 'a' } }] : undefined,
      answerOption: ['a', 'b', 'c', 'd'].map((code) => ({
        get valueCoding() {
          looks += 1;
          return { system: 's', code, display: code };
        },
      })),
    });
    const looksFor = (count: number) => {
      const big = asking(Array.from({ length: count }, (_, index) => questionOf(index)));
      looks = 0;
      assert.equal(toForm(big).items.length, count);
      return looks;
    };
    assert.ok(looksFor(200) >= 200);
    assert.equal(looksFor(2000), 10 * looksFor(200));
  });

  it('keeps items of one name, and reports each name once', () => {
    const twice = { linkId: 'b', type: 'boolean' };
    const form = toForm(asking([twice, twice, { ...twice, type: 'string' }]));
    assert.deepEqual([form.items.length, form.problems], [3, [{ linkId: 'b', reason: 'duplicate-link-id' }]]);
  });

  it('gives items of one name names of their own, also where one of these is taken', () => {
    const twice = { linkId: 'b', type: 'boolean' };
    const enableWhen = [{ question: 'b', operator: '=', answerBoolean: true }];
    const within = { linkId: 'g', type: 'group', item: [{ ...twice, enableWhen }] };
    const { items } = toForm(asking([{ ...twice, linkId: 'b#2' }, twice, twice, within, { ...twice, linkId: 'b#2' }]));
    assert.deepEqual(
      items.map(({ linkId }) => linkId),
      ['b#2', 'b', 'b#3', 'g', 'b#2#2'],
    );
    const [inner] = items[3]!.items!;
    assert.deepEqual([inner?.linkId, inner?.enableWhen?.[0]?.question], ['b#4', 'b']);
  });

  it('leaves out what has no name', () => {
    const form = toForm(
      asking([{ type: 'boolean' }, { linkId: 7, type: 'boolean' }, null, 'x', { linkId: '', type: 'date' }]),
    );
    assert.deepEqual([form.items, form.problems?.length], [[], 5]);
  });

  const rich = asking(
    [
      {
        linkId: 'g',
        type: 'group',
        text: 'G',
        _text: inOther('es', 'G'),
        extension: [control('page'), expressed(`${HL7}variable`, '1', 'text/fhirpath', 'v')],
        item: [
          {
            linkId: '/44260-8',
            type: 'choice',
            text: 'T',
            prefix: '1',
            code: [{ system: 'http://loinc.org', code: '44260-8' }],
            answerOption: [
              {
                valueCoding: { system: 's', code: 'c', display: 'D', _display: inOther('es', 'd') },
                initialSelected: true,
              },
              {
                valueString: 'S',
                _valueString: inOther('es', 's'),
                extension: [{ url: `${HL7}ordinalValue`, valueDecimal: 0 }],
              },
            ],
            extension: [{ url: FLAG_UNLESS, valueString: 'S' }],
            item: [{ linkId: 'h', type: 'display', text: 'H', extension: [control('help')] }],
          },
          {
            linkId: 'q',
            type: 'quantity',
            initial: [{ valueQuantity: { unit: 'kg', code: 'kg' } }],
            extension: [
              { url: `${HL7}questionnaire-unitValueSet`, valueCanonical: '#u' },
              { url: `${SDC}minQuantity`, valueQuantity: { value: 1 } },
              { url: `${HL7}regex`, valueString: '.' },
              { url: `${HL7}maxSize`, valueDecimal: 1 },
              { url: `${HL7}mimeType`, valueCode: 'a/b' },
              { url: `${HL7}entryFormat`, valueString: 'E' },
            ],
            enableWhen: [{ question: 'g', operator: 'exists', answerBoolean: true }],
            enableBehavior: 'any',
          },
          { linkId: 'v', type: 'choice', answerValueSet: '#u' },
        ],
      },
    ],
    {
      language: 'en',
      meta: { versionId: '1' },
      url: 'https://a.test/q',
      version: '1',
      approvalDate: '2026-01-01',
      publisher: 'P',
      description: 'D',
      code: [{ system: 'http://loinc.org', code: '44249-1' }],
      extension: [
        { url: FORM_PURPOSE, valueCode: 'safety' },
        {
          url: `${HL7}targetConstraint`,
          extension: [
            { url: 'expression', valueExpression: { language: 'text/fhirpath', expression: '1' } },
            { url: 'human', valueString: 'H' },
          ],
        },
        {
          url: `${SDC}launchContext`,
          extension: [
            { url: 'name', valueCoding: { code: 'patient' } },
            { url: 'type', valueCode: 'Patient' },
          ],
        },
      ],
      contained: [
        {
          resourceType: 'ValueSet',
          id: 'u',
          compose: {
            include: [{ system: 's', concept: [{ code: 'a', designation: [{ language: 'es', value: 'A' }] }] }],
          },
        },
      ],
    },
  );

  it('is never thrown at, whatever it is made of', () => {
    fc.assert(
      fc.property(spoilt(rich), fc.constantFrom(undefined, 'es', 'fr'), (resource, language) => {
        const form = toForm(resource as fhir.Questionnaire, language);
        const held = Form.safeParse(form);
        assert.ok(held.success, JSON.stringify(held.error?.issues));
        assert.ok(WaitingForm.safeParse(toWaitingForm(resource as fhir.Questionnaire, language)).success);
        needsOf(form, resource as fhir.Questionnaire);
      }),
      { numRuns: 3000 },
    );
  });

  it('is never repeated in what is reported', () => {
    fc.assert(
      fc.property(spoilt(rich), (resource) => {
        for (const { linkId, ...rest } of toForm(resource as fhir.Questionnaire).problems ?? []) {
          assert.deepEqual(Object.keys(rest), ['reason']);
          assert.ok(linkId === undefined || JSON.stringify(resource).includes(JSON.stringify(linkId)));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('other resources of forms', () => {
  const response: fhir.QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    id: 'r',
    status: 'completed',
    authored: '2026-03-02',
    item: [
      { linkId: 'a', answer: [{ valueBoolean: true, item: [{ linkId: 'b', answer: [{ valueDecimal: 1.5 }] }] }] },
      { linkId: 'g', item: [{ linkId: 'c', answer: [{ valueCoding: { code: 'x' } }] }] },
    ],
  };
  const task: fhir.Task = {
    resourceType: 'Task',
    id: 't',
    status: 'requested',
    intent: 'order',
    priority: 'asap',
    code: { coding: [{ system: 'urn:clinic-widgets:attention', code: 'review' }] },
    for: { reference: 'Patient/p' },
    authoredOn: '2026-03-02T12:00:00Z',
    focus: { reference: 'QuestionnaireResponse/r' },
    basedOn: [{ reference: 'Appointment/a' }],
    input: [{ type: { coding: [{ system: 'urn:clinic-widgets:alert-inputs', code: 'link-id' }] }, valueString: 'l' }],
  };

  it('a response begins with its day where no more is known', () =>
    assert.equal(toResponse(response, { id: 'q', version: '' }, ZONE).authored, '2026-03-02T00:00:00-05:00'));

  it('a Task says how pressing it is, when, of whom and of what', () =>
    assert.deepEqual(toAttention(task, ZONE), {
      id: 't',
      kind: 'review',
      priority: 'urgent',
      state: 'waiting',
      at: '2026-03-02T07:00:00-05:00',
      patientId: 'p',
      responseId: 'r',
      appointmentId: 'a',
      linkId: 'l',
    }));

  it('a service names the form that comes before its times, by its id here or by its canonical', () => {
    const named = (valueCanonical: string) =>
      toVisitType({
        resourceType: 'HealthcareService',
        id: 's',
        name: 'S',
        extension: [{ url: TRIAGE_FORM, valueCanonical }],
      }).triageFormId;
    assert.equal(named('Questionnaire/t'), 't');
    assert.equal(named('https://a.test/Questionnaire/t|2'), 'https://a.test/Questionnaire/t|2');
  });

  it('are never thrown at', () => {
    const check = (good: fhir.FhirResource, map: (one: never) => unknown, fits: (value: unknown) => boolean) =>
      fc.assert(
        fc.property(spoilt(good), (resource) => {
          const value = lenient(
            resource as fhir.FhirResource,
            map as (one: fhir.FhirResource) => unknown,
            () => undefined,
          );
          assert.ok(value === undefined || fits(value), JSON.stringify(value));
        }),
        { numRuns: 1000 },
      );
    check(
      response,
      (one) => toResponse(one, { id: 'q', version: '' }, ZONE),
      (value) => FormResponse.safeParse(value).success,
    );
    check(
      task,
      (one) => toAttention(one, ZONE),
      () => true,
    );
  });
});
