import type * as fhir from 'fhir/r4.js';
import { Need } from '@clinic-widgets/core/appointments.js';
import { Language } from '@clinic-widgets/core/common.js';
import { extensionsOf } from './datatypes.ts';
import { fromNeed } from './drafts.ts';
import { extensionsIn, objectsIn, textOf, without } from './elements.ts';
import { INTERPRETER_REQUIRED, LANGUAGES, NEED, US_INTERPRETER_NEEDED } from './vocabulary.ts';

type Communication = fhir.PatientCommunication;

const codeOf = ({ language }: Communication): string | undefined => {
  const codings = objectsIn<fhir.Coding>(language?.coding);
  const own = codings.filter(({ system }) => system === LANGUAGES);
  return [...own, ...codings].map(({ code }) => textOf(code)).find((code) => code && Language.safeParse(code).success);
};

/** What a patient wants to be spoken to in: what is preferred, or the only one that there is. */
export function languageIn(patient: fhir.Patient): string | undefined {
  const chosen = chosenIn(patient);
  return chosen && codeOf(chosen);
}

function chosenIn({ communication }: fhir.Patient): Communication | undefined {
  const all = objectsIn<Communication>(communication).filter(codeOf);
  return all.find(({ preferred }) => preferred === true) ?? (all.length === 1 ? all[0] : undefined);
}

/** The languages with another preferred, or none; each that a patient has is kept. */
export function withLanguage(patient: fhir.Patient, next: string | undefined): Communication[] {
  const all = [...(patient.communication ?? [])];
  const chosen = chosenIn(patient);
  if (next === undefined) return all.filter((one) => one !== chosen);
  if (chosen && codeOf(chosen)?.toLowerCase() === next.toLowerCase()) return all;
  const known = all.find((one) => codeOf(one)?.toLowerCase() === next.toLowerCase());
  const others = all.map((one) => (one === known ? { ...one, preferred: true } : without(one, 'preferred')));
  if (known) return others;
  return [...others, { language: { coding: [{ system: LANGUAGES, code: next }] }, preferred: true }];
}

/** Signed languages by their codes of ISO 639-3; a code that starts with `sgn` is one as well (ISO 639-2). */
const SIGNED =
  'aed ase asf bfi bqn bzs csc csd csg csl csn csr dse dsl eso fse fsl fss gsg gss hks hsh icl ins ise isg ' +
  'isr jos jsl kvk lls lsl mfs nsl nsp nzs pgz prl psc psl pso psp psr rms rsl sfb sfs sgg sls sqk ssp ssr swl tsm tsq ' +
  'tss ugn ukl vgt vsl xml ysl';

const isSigned = (language: string): boolean => {
  const [primary = ''] = language.toLowerCase().split('-');
  return primary === 'sgn' || SIGNED.split(' ').includes(primary);
};

/** Yes, in SNOMED CT: how US Core says it. */
const YES = '373066001';
const NO = { system: 'http://snomed.info/sct', code: '373067005', display: 'No' };

const saysYes = (patient: fhir.Patient): boolean =>
  extensionsOf(patient, INTERPRETER_REQUIRED).some(({ valueBoolean }) => valueBoolean === true) ||
  extensionsOf(patient, US_INTERPRETER_NEEDED).some(({ valueCoding }) => valueCoding?.code === YES);

/** What a patient needs at every visit; nothing where nothing is said of it. */
export function needsIn(patient: fhir.Patient): Need[] | undefined {
  const needs = extensionsIn(patient).filter(({ url }) => url === NEED);
  const own = needs.flatMap((need) => {
    const kind = extensionsOf(need, 'kind')[0]?.valueCoding?.code;
    const language = extensionsOf(need, 'language')[0]?.valueCode;
    const { success, data } = Need.safeParse({ kind, language });
    return success ? [data] : [];
  });
  const language = languageIn(patient);
  const isSaid = own.some(isInterpreter) || !language || !saysYes(patient);
  if (isSaid) return own.length ? own : undefined;
  return [{ kind: isSigned(language) ? 'sign-interpreter' : 'spoken-interpreter', language }, ...own];
}

const isInterpreter = ({ kind }: Need): boolean => kind === 'spoken-interpreter' || kind === 'sign-interpreter';

/** The extensions of a patient with other needs, or none; all that are about something else are kept. */
export function withNeeds(patient: fhir.Patient, needs: readonly Need[] | undefined): fhir.Extension[] {
  const all = [...(patient.extension ?? [])];
  if (JSON.stringify(needsIn(patient) ?? []) === JSON.stringify(needs ?? [])) return all;
  const interpreted = (needs ?? []).some(isInterpreter);
  const kept = all.filter(({ url }) => url !== NEED && url !== INTERPRETER_REQUIRED);
  const isRequired = all.some(({ url }) => url === INTERPRETER_REQUIRED) || interpreted;
  return [
    ...kept.map((one) => (one.url === US_INTERPRETER_NEEDED ? { ...one, valueCoding: yesOrNo(interpreted) } : one)),
    ...(isRequired ? [{ url: INTERPRETER_REQUIRED, valueBoolean: interpreted }] : []),
    ...(needs ?? []).map(fromNeed),
  ];
}

const yesOrNo = (is: boolean): fhir.Coding => (is ? { ...NO, code: YES, display: 'Yes' } : NO);
