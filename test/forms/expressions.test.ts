// The expressions of real questionnaires, each beside the same worked out by hand.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Form, FormItem, Value } from '@clinic-widgets/core/forms.js';
import { nodesOf } from '../../packages/elements/src/forms/tree.ts';
import { evaluate } from '../../packages/elements/src/forms/expressions.ts';
import { fhirPath } from '../../packages/elements/src/forms/fhirpath.ts';
import { missingData } from '../fhir-server/shared-data.ts';
import { placesOf, sharedForm, sharedForms, workedOut } from './shared-forms.ts';

const skip = missingData() ?? false;

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  gender: 'female',
  birthDate: '1980-05-06',
  name: [
    { use: 'official', family: 'Kramer', given: ['Ana', 'Maria'], text: 'Ana Maria Kramer' },
    { use: 'old', family: 'Lopez', given: ['Ana'] },
  ],
  telecom: [{ system: 'phone', use: 'mobile', value: '555-0100' }],
  address: [{ use: 'home', line: ['1 Main St', 'Apt 2'], city: 'Portland' }],
};

function* itemsIn(items: readonly FormItem[] = []): Generator<FormItem> {
  for (const item of items) {
    yield item;
    yield* itemsIn(item.items);
  }
}

/** The option of a question by its number. */
const option = (form: Form, linkId: string, number: number): Value =>
  [...itemsIn(form.items)].find((item) => item.linkId === linkId)!.options![number]!.value;

const coding = (code: string): Value => ({ coding: { code } });

describe('expressions of real questionnaires', { skip }, () => {
  it('add up the PHQ-9, of which not every question need be answered', () => {
    const form = sharedForm('lforms/phq9');
    const questions = [
      '/44250-9',
      '/44255-8',
      '/44259-0',
      '/44254-1',
      '/44251-7',
      '/44258-2',
      '/44252-5',
      '/44253-3',
      '/44260-8',
    ];
    const total = (scores: readonly number[]) => {
      const answers = scores.map(
        (score, index) => [questions[index]!, [option(form, questions[index]!, score)]] as const,
      );
      return workedOut(form, Object.fromEntries(answers)).values['/44261-6'];
    };
    assert.deepEqual(total([3, 3, 3, 3, 3, 3, 3, 3, 3]), [{ decimal: 27 }]);
    assert.deepEqual(total([0, 1, 2, 3]), [{ decimal: 6 }]);
    assert.deepEqual(total([0]), [{ decimal: 0 }]);
    assert.equal(total([]), undefined);
  });

  it('add up the Apgar score once all five are known', () => {
    const form = sharedForm('lforms/apgar-with-itemWeight-variable');
    const questions = ['32406-1', '32407-9', '32409-5', '32408-7', '32410-3'];
    const answers = questions.map((linkId, index) => [linkId, [option(form, linkId, index % 3)]] as const);
    assert.deepEqual(workedOut(form, Object.fromEntries(answers)).values['9272-6'], [{ decimal: 0 + 1 + 2 + 0 + 1 }]);
    assert.equal(workedOut(form, Object.fromEntries(answers.slice(1))).values['9272-6'], undefined);
  });

  it('find the body mass index, rounded as is said', () => {
    const given = { '/29463-7': [{ decimal: 70.5 }], '/8302-2': [{ decimal: 68 }] };
    const bmi = Math.round((70.5 / (68 * 0.0254) ** 2) * 10) / 10;
    for (const name of [
      'lforms/weightHeightQuestionnaire',
      'sdc/Questionnaire-questionnaire-sdc-profile-example-weight-height-tracking-panel',
    ]) {
      assert.deepEqual(workedOut(sharedForm(name), given).values['/39156-5'], [{ decimal: bmi }], name);
    }
  });

  it('convert units', () => {
    const ucum = (value: number, code: string): Value => ({
      quantity: { value, unit: code, code, system: 'http://unitsofmeasure.org' },
    });
    const given = { '/3141-9': [ucum(180, '[lb_av]')], '/8302-2': [ucum(70, '[in_i]')] };
    const { values } = workedOut(sharedForm('lforms-fhir-app/vital-sign-questionnaire'), given);
    assert.deepEqual(values['/39156-5'], [{ decimal: Math.trunc(((180 * 0.45359237) / 1.778 ** 2) * 10 + 0.5) / 10 }]);
  });

  it('choose an option of the questionnaire', () => {
    const form = sharedForm('lforms-fhir-app/hunger-vital-signs');
    const risk = (...codes: string[]) => {
      const [worried, ranOut] = codes.map((code) => [coding(code)]);
      return workedOut(form, { ...(worried && { '/88122-7': worried }), ...(ranOut && { '/88123-5': ranOut }) }).values[
        '/88124-3'
      ];
    };
    assert.deepEqual(risk('LA28398-8', 'LA28397-0'), [option(form, '/88124-3', 0)]);
    assert.deepEqual(risk('LA28398-8', 'LA28398-8'), [option(form, '/88124-3', 1)]);
    assert.equal(risk(), undefined);
  });

  it('follow twenty variables to the risk of a heart disease', () => {
    const form = sharedForm('smart-forms/CVD-Risk-2023', { patient });
    const given = {
      'e2a16e4d-2765-4b61-b286-82cfc6356b30': [{ integer: 60 }],
      '418e4a02-de77-48a0-a92a-fe8fcc52b1aa': [coding('female')],
      'b639a3a8-f476-4cc8-b5c7-f5d2abb23511': [coding('77176002')],
      '4b98f514-2f6a-41f3-ad9d-185abc68ae34': [{ decimal: 150 }],
      'f11feebc-fc4a-40d5-8481-b87d9f5a89aa': [{ decimal: 6 }],
      'c47a7fae-0c60-40f8-8426-1019b1f0dd8f': [{ decimal: 1.2 }],
      'e8fed84e-6c15-4f62-bc95-cd08033af3f7': [{ boolean: true }],
      'b980624c-e91a-44d4-80ba-a9f34c0e1188': [{ boolean: false }],
    };
    const sum =
      18.8144 -
      1.2146 -
      1.8443 * Math.log(60) +
      0.3668 * Math.log(60) -
      1.4032 * Math.log(150) -
      0.3899 -
      0.539 * Math.log(6 / 1.2) -
      0.3036 -
      0.1697;
    const score = (1 - Math.exp(-Math.exp((Math.log(5) - sum) / Math.exp(0.6536 - 0.2402 * sum)))) * 100;
    const { values } = workedOut(form, given);
    assert.deepEqual(values['ca830916-e2ee-4b24-a4c1-13eee23f8733'], [{ integer: Math.round(score) }]);
  });

  it('begin with what is known of the patient', () => {
    const { values } = workedOut(sharedForm('smart-forms/AuCorePatient', { patient }), {}, { first: true });
    assert.deepEqual(values['patient-id'], [{ string: 'p1' }]);
    // A date is asked for as a text, a code by its value set, and of several names the first is taken.
    assert.deepEqual(values['birth-date'], [{ string: '1980-05-06' }]);
    assert.deepEqual(values['gender'], [
      { coding: { code: 'female', system: 'http://hl7.org/fhir/administrative-gender' } },
    ]);
    assert.deepEqual(values['name-family'], [{ string: 'Kramer' }]);
    assert.deepEqual(values['address-line'], [{ string: '1 Main St' }, { string: 'Apt 2' }]);
    assert.equal(values['name-text']!.length, 1);
    const demographics = workedOut(sharedForm('sdc/Questionnaire-demographics', { patient }), {}, { first: true });
    assert.deepEqual(demographics.values['patient.birthDate'], [{ date: '1980-05-06' }]);
  });

  it('make an occurrence of each record that they begin with, those within it as well', () => {
    const relative = (id: string, ...given: string[]) => ({
      resourceType: 'RelatedPerson',
      id,
      name: given.map((one) => ({ given: [one], family: 'Kramer' })),
    });
    const found = [relative('r1', 'Eva'), { resourceType: 'Patient', id: 'p1' }, relative('r2', 'Max', 'Maxi')];
    const bundle = { resourceType: 'Bundle', type: 'searchset', entry: found.map((resource) => ({ resource })) };
    const form = sharedForm('sdc/Questionnaire-demographics', { patient, relative: bundle });
    const { values, problems } = workedOut(form, {}, { first: true });
    assert.deepEqual(values['patient.name.given'], [{ string: 'Ana' }, { string: 'Maria' }, { string: 'Ana' }]);
    assert.deepEqual(values['relative.id'], [{ string: 'r1' }, { string: 'r2' }]);
    assert.deepEqual(values['relative.name.given'], [{ string: 'Eva' }, { string: 'Max' }, { string: 'Maxi' }]);
    assert.deepEqual(problems, []);
  });

  it('begin with nothing where nothing is known', () => {
    const { values, problems } = workedOut(sharedForm('smart-forms/AuCorePatient'), {}, { first: true });
    assert.deepEqual(values, {});
    assert.deepEqual(problems, []);
  });

  it('tell what a code is not an option of', () => {
    const { values, problems } = workedOut(sharedForm('lforms/ussg-fhp', { patient }), {}, { first: true });
    assert.deepEqual(values['/54126-8/54125-0'], [{ string: 'Ana Kramer' }]);
    assert.deepEqual(values['/54126-8/21112-8'], [{ date: '1980-05-06' }]);
    assert.deepEqual(problems, ['/54114-4/54123-5 expression']);
  });

  it('give several answers, each occurrence of a group its own', () => {
    const form = sharedForm('lforms/questionnaire-calculatedExpression');
    const yes = option(form, 'oneCoding', 0);
    const given = { 'string-to-split': [{ string: 'abc' }], 'non-repeating-q': [{ string: 'xy' }], oneCoding: [yes] };
    const { values, nodes, problems } = workedOut(form, given);
    assert.deepEqual(values['/type-integer'], [{ integer: 123 }]);
    assert.deepEqual(values['repeating-string'], [{ string: 'a' }, { string: 'b' }, { string: 'c' }]);
    assert.deepEqual(values['repeating-open-choice-from-string'], [{ string: 'a' }, { string: 'b' }, { string: 'c' }]);
    assert.equal(values['repeating-choice']!.length, 1);
    assert.deepEqual(values['repeating-q-in-repeating-group'], [{ string: 'x' }, { string: 'y' }]);
    assert.equal(placesOf(nodes, 'repeating-q-in-repeating-group').length, 1);
    assert.deepEqual(problems, []);
    assert.equal(workedOut(form, { ...given, oneCoding: [] }).values['repeating-choice']!.length, 2);
  });

  it('say whether an item is asked', () => {
    const form = sharedForm('lforms/enableWhen-test.R4');
    const isHushed = (one: string, other: string) => {
      const { nodes } = workedOut(form, { Q10: [{ string: one }], Q10b: [{ string: other }] });
      const [key] = placesOf(nodes, 'Q10-ewe');
      return evaluate({ form, nodes, of: 0, first: false, stopped: [] }, fhirPath).hushed[key!];
    };
    assert.equal(isHushed('chi', 'cken'), false);
    assert.equal(isHushed('chi', 'ps'), true);
  });

  it('hold an answer to its pattern', () => {
    const form = sharedForm('davinci-dtr/Questionnaire-home-o2-std-questionnaire');
    const broken = (code: string) => {
      const { nodes } = workedOut(form, { '1.4': [{ string: code }] });
      return evaluate({ form, nodes, of: 0, first: false, stopped: [] }, fhirPath).broken;
    };
    assert.deepEqual(broken('K1A 0B1'), {});
    assert.deepEqual(Object.values(broken('K1A 0B1 and more')), [{ reason: 'pattern' }]);
  });

  it('never fail as a whole', () => {
    for (const { name, form } of sharedForms()) {
      const question = { form, nodes: nodesOf(form.items), of: 3, first: true, stopped: [] };
      const { of, stopped } = evaluate(question, fhirPath);
      assert.equal(of, 3);
      assert.deepEqual(stopped, [], name);
    }
  });
});
