import {
  FLAG_ALERT,
  FLAG_UNLESS,
  FORM_PURPOSE,
  PATIENT_ONLY,
  TRIAGE_FORM,
  TRIAGE_OUTCOME,
  VISIT_FORM,
} from '@clinic-widgets/adapter-fhir/vocabulary.js';
import type { HarborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { sameValue } from '@clinic-widgets/core/answers.js';
import type { Coding, Form, FormItem, FormOption, Value } from '@clinic-widgets/core/forms.js';
import type * as fhir from 'fhir/r4.js';

const HL7 = 'http://hl7.org/fhir/StructureDefinition/';
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const SDC_CODES = 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp';

/** The words of a form in one language. */
type Words = Omit<Form, 'version' | 'language'>;

/** A form in every language that it has. */
type FormInLanguages = HarborClinic['forms'][number];

/** What of a clinic's seed is about forms. */
type FormSeed = Pick<HarborClinic, 'forms' | 'formRequests' | 'optionSets'>;

/** The forms of a clinic as FHIR R4 resources, each under the id that it has in the seed. */
export function formResources({ forms, formRequests, optionSets }: FormSeed): fhir.FhirResource[] {
  return [
    ...forms.map(questionnaire),
    ...Object.entries(optionSets).map(([url, options]) => valueSet(url, options)),
    ...formRequests.map(request),
  ];
}

/** What a service says of the forms that its visits need. */
export function formExtensions(
  { id, triageFormId }: HarborClinic['visitTypes'][number],
  { visitForms }: Pick<HarborClinic, 'visitForms'>,
): fhir.Extension[] {
  const needed = visitForms.filter(({ visitTypeId }) => visitTypeId === id).flatMap(({ formIds }) => formIds);
  return [
    ...(triageFormId === undefined ? [] : [{ url: TRIAGE_FORM, valueCanonical: `Questionnaire/${triageFormId}` }]),
    ...needed.map((formId) => ({ url: VISIT_FORM, valueCanonical: `Questionnaire/${formId}` })),
  ];
}

/** One thing in every language, that of the resource first. */
type Versions<T> = readonly (readonly [language: string, one: T])[];

/** What there is to say in every language, that of the resource first. */
export const versionsOf = <T>(words: Readonly<Record<string, T>>): Versions<T> =>
  Object.entries(words).sort(([a], [b]) => Number(b === 'en') - Number(a === 'en'));

/** A part of what there is to say, in every language. */
export const within = <T, U>(versions: Versions<T>, part: (one: T) => U): Versions<U> =>
  versions.map(([language, one]) => [language, part(one)]);

/** An element with a text, under that name, and beside it the same text in other languages. */
export function said(name: string, versions: Versions<string | undefined>): object {
  const [own, ...others] = versions;
  if (own?.[1] === undefined) return {};
  const extension = others.flatMap(([language, content]) =>
    content === undefined
      ? []
      : [
          {
            url: `${HL7}translation`,
            extension: [
              { url: 'lang', valueCode: language },
              { url: 'content', valueString: content },
            ],
          },
        ],
  );
  return { [name]: own[1], ...(extension.length && { [`_${name}`]: { extension } }) };
}

/** A form as a Questionnaire, with its words in every language. */
export function questionnaire({ id, words }: FormInLanguages): fhir.Questionnaire {
  const versions = versionsOf(words);
  const [[language, form]] = versions as [[string, Words]];
  const { purpose, patientOnly, edition, approvedOn, sample, variables, constraints } = form;
  const extension = [
    { url: FORM_PURPOSE, valueCode: purpose },
    { url: PATIENT_ONLY, valueBoolean: patientOnly === true },
    ...fromVariables(variables),
    ...fromConstraints(
      within(versions, (one) => one.constraints),
      constraints,
    ),
  ];
  return {
    resourceType: 'Questionnaire',
    id,
    language,
    extension,
    url: `https://harbor.example/Questionnaire/${id}`,
    status: 'active',
    ...said(
      'title',
      within(versions, ({ title }) => title),
    ),
    ...said(
      'description',
      within(versions, ({ description }) => description),
    ),
    ...said(
      'copyright',
      within(versions, ({ copyright }) => copyright),
    ),
    ...said(
      'publisher',
      within(versions, ({ approvedBy }) => approvedBy),
    ),
    ...(edition && { version: edition }),
    ...(approvedOn && { approvalDate: approvedOn }),
    ...(sample !== undefined && { experimental: sample }),
    ...itemsIn(within(versions, ({ items }) => items)),
  };
}

function itemsIn(versions: Versions<readonly FormItem[] | undefined>): { item?: fhir.QuestionnaireItem[] } {
  const [, own = []] = versions[0]!;
  const item = own.map((_, index) => fromItem(within(versions, (items) => items![index]!)));
  return item.length ? { item } : {};
}

function fromItem(versions: Versions<FormItem>): fhir.QuestionnaireItem {
  const [, item] = versions[0]!;
  const { linkId, type, required, repeats, readOnly, maxLength, valueSet, initial, enableWhen, enableBehavior } = item;
  const extension = extensionsOf(item, versions);
  const inner = itemsIn(within(versions, ({ items }) => items)).item ?? [];
  const all = [...(item.help === undefined ? [] : [helpFor(versions)]), ...inner];
  return {
    linkId,
    type,
    ...(extension.length && { extension }),
    ...said(
      'text',
      within(versions, ({ text }) => text),
    ),
    ...said(
      'prefix',
      within(versions, ({ prefix }) => prefix),
    ),
    ...(required !== undefined && { required }),
    ...(repeats !== undefined && { repeats }),
    ...(readOnly !== undefined && { readOnly }),
    ...(maxLength !== undefined && { maxLength }),
    ...(valueSet && { answerValueSet: valueSet }),
    ...(item.options?.length && {
      answerOption: item.options.map((option, index) => ({
        ...fromOption(within(versions, ({ options }) => options![index]!)),
        ...(initial?.some((one) => sameValue(one, option.value)) && { initialSelected: true }),
      })),
    }),
    ...(!item.options?.length &&
      initial?.length && { initial: initial.map((value) => fromValue(value) as fhir.QuestionnaireItemInitial) }),
    ...(enableWhen?.length && {
      enableWhen: enableWhen.map(
        ({ question, operator, value }) =>
          ({ question, operator, ...fromValue(value, 'answer') }) as fhir.QuestionnaireItemEnableWhen,
      ),
    }),
    // R4 asks for it where there is more than one condition.
    ...((enableBehavior ?? (enableWhen?.length ?? 0) > 1) && { enableBehavior: enableBehavior ?? 'all' }),
    ...(all.length && { item: all }),
  };
}

const helpFor = (versions: Versions<FormItem>): fhir.QuestionnaireItem => ({
  linkId: `${versions[0]![1].linkId}-help`,
  type: 'display',
  extension: [control('help')],
  ...said(
    'text',
    within(versions, ({ help }) => help),
  ),
});

const control = (code: string): fhir.Extension => ({
  url: `${HL7}questionnaire-itemControl`,
  valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code }] },
});

function extensionsOf(item: FormItem, versions: Versions<FormItem>): fhir.Extension[] {
  const whole = (name: string, valueInteger: number | undefined) =>
    valueInteger === undefined ? [] : [{ url: HL7 + name, valueInteger }];
  const path = (name: string, expression: string | undefined) =>
    expression === undefined ? [] : [{ url: SDC + name, valueExpression: { language: 'text/fhirpath', expression } }];
  const { type, orientation, hidden, pattern, maxBytes, mediaTypes = [], units = [], flag, outcome } = item;
  const bound = (name: string, value: Value | undefined) =>
    value
      ? [{ url: `${type === 'quantity' ? `${SDC}${name}Quantity` : `${HL7}${name}Value`}`, ...fromValue(value) }]
      : [];
  return [
    ...(item.control ? [control(item.control)] : []),
    ...(orientation ? [{ url: `${HL7}questionnaire-choiceOrientation`, valueCode: orientation }] : []),
    ...(hidden ? [{ url: `${HL7}questionnaire-hidden`, valueBoolean: true }] : []),
    ...(item.entryFormat
      ? [
          {
            url: `${HL7}entryFormat`,
            ...said(
              'valueString',
              within(versions, ({ entryFormat }) => entryFormat),
            ),
          },
        ]
      : []),
    ...whole('questionnaire-minOccurs', item.minOccurs),
    ...whole('questionnaire-maxOccurs', item.maxOccurs),
    ...whole('minLength', item.minLength),
    ...whole('maxDecimalPlaces', item.decimals),
    ...bound('min', item.min),
    ...bound('max', item.max),
    ...(pattern ? [{ url: `${HL7}regex`, valueString: pattern }] : []),
    ...(maxBytes ? [{ url: `${HL7}maxSize`, valueDecimal: maxBytes / 1_000_000 }] : []),
    ...mediaTypes.map((valueCode) => ({ url: `${HL7}mimeType`, valueCode })),
    ...units.map((unit, index) => ({
      url: `${HL7}questionnaire-unitOption`,
      valueCoding: {
        ...unit,
        ...said(
          'display',
          within(versions, (one) => one.units![index]!.display),
        ),
      },
    })),
    ...path('enableWhenExpression', item.enableWhenExpression),
    ...path('calculatedExpression', item.calculatedExpression),
    ...path('initialExpression', item.initialExpression),
    ...fromVariables(item.variables),
    ...fromConstraints(
      within(versions, ({ constraints }) => constraints),
      item.constraints,
    ),
    ...(flag?.unless ?? []).map((value) => ({ url: FLAG_UNLESS, ...fromValue(value) })),
    ...(flag ? [{ url: FLAG_ALERT, valueBoolean: flag.alert === true }] : []),
    ...(outcome ? [{ url: TRIAGE_OUTCOME, valueCode: outcome }] : []),
  ];
}

const fromVariables = (variables: Form['variables'] = []): fhir.Extension[] =>
  variables.map(({ name, expression }) => ({
    url: `${HL7}variable`,
    valueExpression: { name, language: 'text/fhirpath', expression },
  }));

const fromConstraints = (versions: Versions<Form['constraints']>, own: Form['constraints'] = []): fhir.Extension[] =>
  own.map(({ expression, severity }, index) => ({
    url: `${HL7}questionnaire-constraint`,
    extension: [
      { url: 'key', valueId: `c${index + 1}` },
      { url: 'severity', valueCode: severity },
      { url: 'expression', valueString: expression },
      {
        url: 'human',
        ...said(
          'valueString',
          within(versions, (constraints) => constraints![index]!.text),
        ),
      },
    ],
  }));

function fromOption(versions: Versions<FormOption>): fhir.QuestionnaireItemAnswerOption {
  const [, { value, prefix, exclusive }] = versions[0]!;
  const extension = [
    ...(prefix
      ? [
          {
            url: `${HL7}questionnaire-optionPrefix`,
            ...said(
              'valueString',
              within(versions, (one) => one.prefix),
            ),
          },
        ]
      : []),
    ...(exclusive ? [{ url: `${HL7}questionnaire-optionExclusive`, valueBoolean: true }] : []),
  ];
  const shown =
    'coding' in value
      ? {
          valueCoding: {
            ...value.coding,
            ...said(
              'display',
              within(versions, (one) => displayOf(one.value)),
            ),
          },
        }
      : 'string' in value
        ? said(
            'valueString',
            within(versions, (one) => ('string' in one.value ? one.value.string : undefined)),
          )
        : fromValue(value);
  return { ...(extension.length && { extension }), ...shown };
}

const displayOf = (value: Value): string | undefined => ('coding' in value ? value.coding.display : undefined);

const fromValue = (value: Value, prefix = 'value'): object =>
  Object.fromEntries(
    Object.entries(value).map(([kind, one]) => [prefix + kind[0]!.toUpperCase() + kind.slice(1), one]),
  );

function valueSet(url: string, options: Readonly<Record<string, readonly FormOption[]>>): fhir.ValueSet {
  const versions = versionsOf(options);
  const [language, own] = versions[0]!;
  const codings = own.map(({ value }, index) => [codingOf(value), index] as const);
  const systems = [...new Set(codings.map(([{ system }]) => system))];
  return {
    resourceType: 'ValueSet',
    id: url.replace(/^.*[/:]/, ''),
    language,
    url,
    status: 'active',
    compose: {
      include: systems.map((system) => ({
        ...(system && { system }),
        concept: codings
          .filter(([coding]) => coding.system === system)
          .map(([{ code = '', display }, index]) => {
            const designation = versions.slice(1).flatMap(([other, list]) => {
              const value = displayOf(list[index]!.value);
              return value === undefined ? [] : [{ language: other, value }];
            });
            return { code, ...(display && { display }), ...(designation.length && { designation }) };
          }),
      })),
    },
  };
}

const codingOf = (value: Value): Coding => ('coding' in value ? value.coding : {});

const request = (one: FormSeed['formRequests'][number]): fhir.Task => ({
  resourceType: 'Task',
  id: one.id,
  ...(one.appointmentId && { basedOn: [{ reference: `Appointment/${one.appointmentId}` }] }),
  status: 'requested',
  intent: 'order',
  code: { coding: [{ system: SDC_CODES, code: 'complete-questionnaire' }] },
  for: { reference: `Patient/${one.patientId}` },
  ...(one.due && { restriction: { period: { end: one.due } } }),
  input: [
    {
      type: { coding: [{ system: SDC_CODES, code: 'questionnaire' }] },
      valueCanonical: `https://harbor.example/Questionnaire/${one.formId}`,
    },
  ],
});
