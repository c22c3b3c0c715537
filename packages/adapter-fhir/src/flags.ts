import type * as fhir from 'fhir/r4.js';
import { sameValue } from '@clinic-widgets/core/answers.js';
import { type FormItem, type ItemType, Outcome, Purpose, type Value } from '@clinic-widgets/core/forms.js';
import { listOf } from './client.ts';
import type { KnownOption } from './options.ts';
import { extensionsIn, type Loose, objectOf } from './elements.ts';
import { toValue } from './values.ts';
import { FLAG_ALERT, FLAG_UNLESS, FORM_PURPOSE, PATIENT_ONLY, TRIAGE_OUTCOME } from './vocabulary.ts';

const LOINC = 'http://loinc.org';
const EPDS = '71354-5';

/** Questionnaires that look for mental illness, by their LOINC panels. */
const SCREENERS: readonly string[] = [
  '44249-1', // PHQ-9 (https://hl7.org/fhir/us/core/Questionnaire-phq-9-example.html)
  '89206-7', // PHQ-9 for teens (https://loinc.org/89204-2)
  '69729-2', // PHQ-SADS (https://loinc.org/69729-2)
  '69737-5', // GAD-7 (https://en.wikipedia.org/wiki/Generalized_Anxiety_Disorder_7)
  EPDS, // https://loinc.org/71354-5
  '93245-9', // C-SSRS (https://loinc.org/93245-9/panel)
  '93485-1', // C-SSRS for a young child (https://loinc.org/93245-9/panel)
];

/** Their total scores, which are for the clinic to reckon. */
const SCORES: readonly string[] = [
  '44261-6', // PHQ-9 (https://hl7.org/fhir/us/core/Questionnaire-phq-9-example.html)
  '89204-2', // PHQ-9 for teens (https://loinc.org/89204-2)
  '70273-8', // PHQ-15 (https://loinc.org/69729-2)
  '70274-6', // GAD-7 (https://loinc.org/69729-2)
  '93374-7', // C-SSRS (https://www.fhir.org/guides/astp/bhp/QuestionnaireResponse-C-SSRS-example-1.json.html)
];

/** The answer "not at all" of the PHQ-9 (https://loinc.org/LL358-3), and "no" (https://loinc.org/LL5384-4). */
const NOT_AT_ALL: Value = { coding: { system: LOINC, code: 'LA6568-5', display: 'Not at all' } };
const NO: Value = { coding: { system: LOINC, code: 'LA32-8', display: 'No' } };

/** Questions about harming oneself, each with the answer that needs no alert. */
const SELF_HARM: Readonly<Record<string, Value>> = {
  '44260-8': NOT_AT_ALL, // PHQ-9, item 9 (https://hl7.org/fhir/us/core/Questionnaire-phq-9-example.html)
  // C-SSRS screener (https://www.fhir.org/guides/astp/bhp/QuestionnaireResponse-C-SSRS-example-1.json.html)
  '93246-7': NO,
  '93247-5': NO,
  '93248-3': NO,
  '93249-1': NO,
  '93250-9': NO,
  '93267-3': NO,
};

/** The last question of the EPDS, whose LOINC code is in no open source: Cox, Holden and Sagovsky 1987. */
const EPDS_SELF_HARM = /\bharming myself\b/i;

/** How "no" is coded, besides as a boolean. */
const NOES: readonly Value[] = [
  { coding: { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'N' } }, // https://terminology.hl7.org/CodeSystem-v2-0136.html
  { coding: { system: 'http://terminology.hl7.org/CodeSystem/v2-0532', code: 'N' } }, // https://terminology.hl7.org/CodeSystem-v2-0532.html
  { coding: { system: 'http://snomed.info/sct', code: '373067005' } }, // https://loinc.org/LL5384-4
  NO,
];

/** What a form is for, and how it is to be treated for that. */
export interface Use {
  readonly purpose: Purpose;
  readonly patientOnly: boolean;
  readonly isEpds: boolean;
}

/** What a form is for: as it says itself, or as the codes of known screeners do. */
export function useOf(questionnaire: fhir.Questionnaire): Use {
  const extensions = extensionsIn(questionnaire);
  const said = Purpose.safeParse(extensions.find(({ url }) => url === FORM_PURPOSE)?.valueCode);
  const codes = [questionnaire, ...listOf(questionnaire.item)].flatMap(loincCodesOf);
  const screens = codes.some((code) => SCREENERS.includes(code));
  const only = extensions.find(({ url }) => url === PATIENT_ONLY)?.valueBoolean;
  return {
    purpose: said.success ? said.data : screens ? 'screening' : 'intake',
    patientOnly: typeof only === 'boolean' ? only : screens,
    isEpds: codes.includes(EPDS),
  };
}

const loincCodesOf = (element: unknown): string[] =>
  listOf(objectOf(element)['code'] as fhir.Coding[]).flatMap((one) => (one?.system === LOINC && one.code) || []);

/** What a question is about, by its codes and, as servers of forms write it, by its `linkId`: `/44260-8`. */
function topicsOf(item: Loose): string[] {
  const linkId = `${item['linkId'] as string}`;
  return [...loincCodesOf(item), linkId.startsWith('/') ? linkId.slice(1) : linkId];
}

/** Whether the item is the total of the others. */
export const isScore = (item: Loose): boolean => topicsOf(item).some((code) => SCORES.includes(code));

/** Which answers of a question staff must look at soon, or hear of at once. */
export function flagOf(
  item: Loose,
  type: ItemType,
  options: readonly KnownOption[],
  use: Use,
): FormItem['flag'] | undefined {
  if (type === 'group' || type === 'display') return undefined;
  const extensions = extensionsIn(item);
  const harmless = extensions.filter(({ url }) => url === FLAG_UNLESS);
  const alert = extensions.find(({ url }) => url === FLAG_ALERT);
  if (harmless.length || alert) {
    return flag(
      harmless.flatMap((one) => {
        const value = toValue(one);
        return value ? [translatedBy(options, value)] : [];
      }),
      alert?.valueBoolean === true,
    );
  }
  const selfHarm = selfHarmIn(item, type, options, use);
  if (selfHarm) return flag(selfHarm, true);
  if (use.purpose !== 'safety') return undefined;
  if (type === 'boolean') return flag([{ boolean: false }]);
  const noes = options.filter(({ own }) => saysNo(own)).map(({ option }) => option.value);
  if (noes.length) return flag(noes);
  // What there is to choose from may not be known until the list is asked for.
  const isListed = (type === 'choice' || type === 'open-choice') && !options.length;
  return isListed ? flag([...NOES]) : undefined;
}

const flag = (unless: Value[], alert = false) => ({ unless, ...(alert && { alert }) });

/** A value that names an option, in the words that the option is shown in; one that is itself a text is compared by them. */
export const translatedBy = (options: readonly KnownOption[], value: Value): Value =>
  options.find(({ own }) => sameValue(own, value))?.option.value ?? value;

/** The harmless answers to a question about harming oneself; nothing where it is about something else. */
function selfHarmIn(item: Loose, type: ItemType, options: readonly KnownOption[], use: Use): Value[] | undefined {
  const topic = topicsOf(item).find((code) => Object.hasOwn(SELF_HARM, code));
  const isAsked = topic !== undefined || (use.isEpds && EPDS_SELF_HARM.test(`${item['text'] as string}`));
  if (!isAsked) return undefined;
  if (type === 'boolean') return [{ boolean: false }];
  if (type === 'integer' || type === 'decimal') return [type === 'integer' ? { integer: 0 } : { decimal: 0 }];
  const said = options.filter(({ own, score }) => score === 0 || isHarmless(own)).map(({ option }) => option.value);
  const listed = topic !== undefined && options.length === 0 ? [SELF_HARM[topic]!] : [];
  return [...said, ...listed];
}

const isHarmless = (value: Value): boolean =>
  saysNo(value) || /^(not at all|never)$/i.test(nameOf(value)) || isAmong([NOT_AT_ALL], value);

/** Whether a value is one of some concepts, by system and code. */
const isAmong = (concepts: readonly Value[], value: Value): boolean =>
  concepts.some(
    (one) =>
      'coding' in one &&
      'coding' in value &&
      one.coding.system === value.coding.system &&
      one.coding.code === value.coding.code,
  );

const saysNo = (value: Value): boolean =>
  /^no$/i.test(nameOf(value)) || ('coding' in value && /^no$/i.test(value.coding.code ?? '')) || isAmong(NOES, value);

const nameOf = (value: Value): string =>
  'string' in value ? value.string.trim() : 'coding' in value ? (value.coding.display ?? '').trim() : '';

/** What a triage comes to while an item is asked or shown. */
export function outcomeOf(extensions: readonly fhir.Extension[]): Outcome | undefined {
  const said = extensions.find(({ url }) => url === TRIAGE_OUTCOME)?.valueCode;
  return Outcome.options.find((outcome) => outcome === said);
}
