import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Questionnaire, QuestionnaireItem } from 'fhir/r4.js';
import { dataFolder } from '../../fhir-server/shared-data.ts';
import { CODES } from './form.ts';

/** A Questionnaire to measure with. */
export interface Measure {
  readonly title: string;
  readonly json: string;
  /** How many items it was made with; none where others have made it. */
  readonly made?: number;
  /** The largest that others have made. */
  readonly isLargest?: boolean;
}

const RADIO = {
  url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl',
  valueCodeableConcept: {
    coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code: 'radio-button' }],
  },
};

/** A group of ten items, itself one of them: two of the nine questions are asked because of another's answer. */
function groupOf(number: number): QuestionnaireItem {
  const named = (place: number) => `${number}.${place}`;
  const item = (place: number, type: QuestionnaireItem['type'], text: string, rest = {}): QuestionnaireItem => ({
    linkId: named(place),
    type,
    text: `${text} (${number})`,
    ...rest,
  });
  const choices = { extension: [RADIO], answerOption: [CODES.plain, CODES.further, 'c', 'd'].map(optionOf) };
  const when = (place: number, answer: object) => ({
    enableWhen: [{ question: named(place), operator: '=', ...answer }],
  });
  return {
    linkId: String(number),
    type: 'group',
    text: `Part ${number}`,
    item: [
      item(1, 'choice', 'How often does it hurt?', choices),
      item(2, 'string', 'What have you tried?', when(1, { answerCoding: { code: CODES.further } })),
      item(3, 'string', 'Where does it hurt?'),
      item(4, 'integer', 'For how many days?'),
      item(5, 'date', 'When were you last seen?'),
      item(6, 'boolean', 'Do you take anything for it?'),
      item(7, 'string', 'What do you take?', when(6, { answerBoolean: true })),
      item(8, 'choice', 'Does it help?', choices),
      item(9, 'integer', 'How many a day?'),
    ],
  };
}

const optionOf = (code: string) => ({ valueCoding: { code, display: `Answer ${code.toUpperCase()}` } });

function generated(count: number): Measure {
  const questionnaire: Questionnaire = {
    resourceType: 'Questionnaire',
    id: `made-${count}`,
    status: 'active',
    title: 'How are you?',
    item: Array.from({ length: count / 10 }, (_, index) => groupOf(index + 1)),
  };
  return { title: `${count.toLocaleString('en')} items`, json: JSON.stringify(questionnaire), made: count };
}

const shared = (file: string): string => readFileSync(join(dataFolder(), 'questionnaires', file), 'utf8');

/** All that are measured. */
export const questionnaires = (): readonly Measure[] => [
  ...[50, 500, 2_000].map(generated),
  {
    title: 'The largest of the data: a radiology order, 271 items',
    json: shared('ch-rad-order/Questionnaire-QuestionnaireRadiologyOrder.json'),
    isLargest: true,
  },
  { title: 'PHQ-9', json: shared('lforms/phq9.json') },
];
