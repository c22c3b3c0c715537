/**
 * What the clinic knows of a patient, what pays for them and what they are asked to agree to, as FHIR R4 resources: for
 * whoever fills the server with Harbor Clinic. `fromPatient`, `fromRepresentative`, `fromCoverage`, `fromDocument` and
 * `fromProgram` each take what the seed has.
 */
import {
  AUTHORIZATION,
  CONSENT_KINDS,
  CONTACT_ROLES,
  INTERPRETER_REQUIRED,
  LANGUAGES,
  MANDATORY,
  NEED,
  NEED_CODES,
  PROGRAM_CODES,
  ROLES,
} from '@clinic-widgets/adapter-fhir/vocabulary.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { AuthorizationElements, ConsentDocument, Program } from '@clinic-widgets/core/consents.js';
import type { CoverageOnFile, Details } from '@clinic-widgets/core/details.js';
import type * as fhir from 'fhir/r4.js';

/** A patient, as a seed has one. */
export interface SeededPatient extends Omit<Details, 'version' | 'withheld'> {
  readonly id: string;
  readonly otherNames?: readonly string[];
}

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';

const languageConcept = (code: string): fhir.CodeableConcept => ({ coding: [{ system: LANGUAGES, code }] });

const listed = <K extends string, T>(name: K, list: readonly T[]) =>
  (list.length ? { [name]: [...list] } : {}) as { [N in K]?: T[] };

/** A patient with all that is known of them. */
export function fromPatient(patient: SeededPatient): fhir.Patient {
  const { id, birthDate, address, phone, email, emergencyContact, language, needs = [] } = patient;
  const { lines, ...place } = address ?? { lines: [] };
  return {
    resourceType: 'Patient',
    id,
    active: true,
    ...listed('name', namesOf(patient)),
    ...(birthDate && { birthDate }),
    ...listed('telecom', [
      ...(phone ? [{ system: 'phone' as const, value: phone, use: 'mobile' as const }] : []),
      ...(email ? [{ system: 'email' as const, value: email }] : []),
    ]),
    ...(address && { address: [{ use: 'home', ...listed('line', lines), ...place }] }),
    ...(emergencyContact && { contact: [contactOf(emergencyContact)] }),
    ...(language && { communication: [{ language: languageConcept(language), preferred: true }] }),
    ...listed('extension', needs.length ? extensionsOf(needs) : []),
  };
}

function namesOf({ name, preferredName, otherNames = [] }: SeededPatient): fhir.HumanName[] {
  const { given = [], family, text } = name ?? {};
  return [
    ...(name ? [{ use: 'official' as const, text: text!, ...listed('given', given), ...(family && { family }) }] : []),
    ...(preferredName ? [{ use: 'usual' as const, text: preferredName }] : []),
    ...otherNames.map((other) => ({ use: 'old' as const, ...listed('given', given), family: other })),
  ];
}

const contactOf = ({ name, relationship, phone }: NonNullable<Details['emergencyContact']>): fhir.PatientContact => ({
  relationship: [
    { coding: [{ system: CONTACT_ROLES, code: 'C', display: 'Emergency Contact' }] },
    ...(relationship ? [{ text: relationship }] : []),
  ],
  name: { text: name },
  ...(phone && { telecom: [{ system: 'phone', value: phone }] }),
});

const extensionsOf = (needs: NonNullable<Details['needs']>): fhir.Extension[] => [
  { url: INTERPRETER_REQUIRED, valueBoolean: needs.some((need) => 'language' in need) },
  ...needs.map((need) => ({
    url: NEED,
    extension: [
      { url: 'kind', valueCoding: { system: NEED_CODES, code: need.kind } },
      ...('language' in need ? [{ url: 'language', valueCode: need.language }] : []),
    ],
  })),
];

/** What somebody with an authority is called to the patient (https://terminology.hl7.org/CodeSystem-v3-RoleCode.html). */
const AUTHORITIES: Readonly<Record<Authority, string | undefined>> = {
  self: undefined,
  parent: 'PRN',
  guardian: 'GUARD',
  'health-care-proxy': 'HPOWATT',
  caregiver: 'CAREGIVER',
  unknown: undefined,
};

const CLASSES = 'http://terminology.hl7.org/CodeSystem/v3-RoleClass';

/** Somebody who acts for one patient; what they are to them besides is a text. */
export function fromRepresentative(
  id: string,
  patientId: string,
  { name, relationship, authority }: { name: string; relationship?: string; authority: Authority },
): fhir.RelatedPerson {
  const code = AUTHORITIES[authority];
  const system = code === 'CAREGIVER' || code === 'GUARD' ? CLASSES : ROLES;
  return {
    resourceType: 'RelatedPerson',
    id,
    active: true,
    patient: { reference: `Patient/${patientId}` },
    ...listed('relationship', [
      ...(code ? [{ coding: [{ system, code }] }] : []),
      ...(relationship ? [{ text: relationship }] : []),
    ]),
    name: [{ text: name }],
  };
}

/** What FHIR says that the patient is to who holds the insurance. */
const SEEN_FROM_HOLDER: Readonly<Record<string, string>> = { parent: 'child', child: 'parent' };

/** An insurance on file. */
export function fromCoverage({
  id,
  patientId,
  payer,
  plan,
  memberId,
  order,
  relationship,
  ends,
}: Omit<CoverageOnFile, 'version'> & { readonly patientId: string }): fhir.Coverage {
  const code = relationship && (SEEN_FROM_HOLDER[relationship] ?? relationship);
  const system = 'http://terminology.hl7.org/CodeSystem/subscriber-relationship';
  return {
    resourceType: 'Coverage',
    id,
    status: 'active',
    ...(memberId && {
      identifier: [
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] },
          value: memberId,
        },
      ],
    }),
    beneficiary: { reference: `Patient/${patientId}` },
    ...(code && { relationship: { coding: [{ system, code }] } }),
    ...(ends && { period: { end: ends } }),
    payor: [{ display: payer }],
    ...(plan && {
      class: [
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code: 'plan' }] },
          value: plan,
        },
      ],
    }),
    ...(order !== undefined && { order }),
  };
}

/** A document in each of its languages, as a seed has one. */
export interface SeededDocument extends Pick<ConsentDocument, 'id' | 'kind' | 'mandatory' | 'sample'> {
  readonly words: Readonly<Record<string, Pick<ConsentDocument, 'title' | 'text' | 'authorization'>>>;
  readonly visitTypeIds?: readonly string[];
  readonly programIds?: readonly string[];
}

/** A document to decide about: one that is about nobody, and belongs to visits of some types or to a programme. */
export function fromDocument(document: SeededDocument): fhir.DocumentReference {
  const { id, kind, mandatory, sample, words, visitTypeIds = [], programIds = [] } = document;
  const related = [
    ...visitTypeIds.map((one) => ({ reference: `HealthcareService/${one}` })),
    ...programIds.map((one) => ({ reference: `PlanDefinition/${one}` })),
  ];
  return {
    resourceType: 'DocumentReference',
    id,
    ...(sample && {
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] },
    }),
    extension: [{ url: MANDATORY, valueBoolean: mandatory }],
    status: 'current',
    type: { coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] },
    category: [{ coding: [{ system: CONSENT_KINDS, code: kind }] }],
    content: Object.entries(words).map(([language, { title, text, authorization }]) => ({
      ...listed('extension', authorization ? [authorizationOf(authorization)] : []),
      attachment: {
        contentType: 'text/plain; charset=utf-8',
        language,
        title,
        data: new TextEncoder().encode(text).toBase64(),
      },
    })),
    ...(related.length && { context: { related } }),
  };
}

const authorizationOf = (elements: AuthorizationElements): fhir.Extension => ({
  url: AUTHORIZATION,
  extension: Object.entries(elements).flatMap(([url, valueString]) => (valueString ? [{ url, valueString }] : [])),
});

/** A programme in each language, as a seed has one. */
export interface SeededProgram extends Pick<Program, 'id' | 'formIds' | 'needsCoverage'> {
  readonly words: Readonly<Record<string, Pick<Program, 'name' | 'description'>>>;
}

/** A programme. Which documents it takes is said by these. */
export function fromProgram({ id, formIds, needsCoverage, words }: SeededProgram): fhir.PlanDefinition {
  const [[language, own] = ['en', { name: id }], ...others] = Object.entries(words);
  const inOthers = (name: 'name' | 'description'): fhir.Element => ({
    extension: others.flatMap(([lang, { [name]: content }]) =>
      content
        ? [
            {
              url: TRANSLATION,
              extension: [
                { url: 'lang', valueCode: lang },
                { url: 'content', valueString: content },
              ],
            },
          ]
        : [],
    ),
  });
  const translations = { _title: inOthers('name'), _description: inOthers('description') };
  const translated = Object.entries(translations).filter(([, { extension }]) => extension?.length);
  return {
    resourceType: 'PlanDefinition',
    id,
    language,
    status: 'active',
    title: own.name,
    ...(own.description && { description: own.description }),
    ...Object.fromEntries(translated),
    topic: [{ coding: [{ system: PROGRAM_CODES, code: 'program' }] }],
    ...listed('action', [
      ...formIds.map((formId) => ({ title: 'Fill in a form.', definitionCanonical: `Questionnaire/${formId}` })),
      ...(needsCoverage
        ? [{ title: 'Show an insurance.', code: [{ coding: [{ system: PROGRAM_CODES, code: 'coverage' }] }] }]
        : []),
    ]),
  };
}
