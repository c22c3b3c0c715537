import type * as fhir from 'fhir/r4.js';

export const HL7 = 'http://hl7.org/fhir/StructureDefinition/';
export const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

/** A Questionnaire around some items. */
export const asking = (item: readonly unknown[], changes: Readonly<Record<string, unknown>> = {}): fhir.Questionnaire =>
  ({ resourceType: 'Questionnaire', id: 'q', status: 'active', title: 'Q', item, ...changes }) as fhir.Questionnaire;

/** How an item asks to be shown. */
export const control = (code: string): fhir.Extension => ({
  url: `${HL7}questionnaire-itemControl`,
  valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code }] },
});

/** An expression where it stands on an item. */
export const expressed = (
  url: string,
  expression: string,
  language = 'text/fhirpath',
  name?: string,
): fhir.Extension => ({
  url,
  valueExpression: { language, expression, ...(name && { name }) },
});

/** The same text in another language. */
export const inOther = (lang: string, content: string): fhir.Element => ({
  extension: [
    {
      url: `${HL7}translation`,
      extension: [
        { url: 'lang', valueCode: lang },
        { url: 'content', valueString: content },
      ],
    },
  ],
});
