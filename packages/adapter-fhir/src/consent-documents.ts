import type * as fhir from 'fhir/r4.js';
import { AuthorizationElements, ConsentDocument, ConsentKind } from '@clinic-widgets/core/consents.js';
import { Language } from '@clinic-widgets/core/common.js';
import { fromBase64 } from './base64.ts';
import type { Asking } from './client.ts';
import { codesOf, extensionsOf, idOf } from './datatypes.ts';
import { extensionsIn, objectsIn, textOf } from './elements.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { searchAll, type Setting } from './setting.ts';
import { AUTHORIZATION, CONSENT_KINDS, MANDATORY } from './vocabulary.ts';

/** What of its resources is only there to show how it works (https://terminology.hl7.org/CodeSystem-v3-ActReason.html). */
export const TEST_DATA = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' };

/** Whether a resource is only there to show how it works. */
export const isSample = ({ meta }: fhir.FhirResource): boolean =>
  objectsIn<fhir.Coding>(meta?.security).some(
    ({ system, code }) => system === TEST_DATA.system && code === TEST_DATA.code,
  );

/** The kinds of documents, what a visit needs most first. */
export const KINDS: readonly ConsentKind[] = ['treatment', 'privacy-notice', 'authorization', 'financial', 'other'];

/** What a document is, by its category. */
export const kindIn = (categories: unknown): ConsentKind | undefined => {
  const [code] = codesOf(objectsIn<fhir.CodeableConcept>(categories), CONSENT_KINDS);
  const { success, data } = ConsentKind.safeParse(code);
  return success ? data : undefined;
};

/** The elements of an authorization, as extensions of what has it. */
export const fromElements = (elements: AuthorizationElements): fhir.Extension => ({
  url: AUTHORIZATION,
  extension: Object.entries(elements).flatMap(([url, valueString]) => (valueString ? [{ url, valueString }] : [])),
});

/** The elements of an authorization that a resource, or a part of it, has. */
export function elementsIn(element: unknown): AuthorizationElements | undefined {
  const found = extensionsIn(element).find(({ url }) => url === AUTHORIZATION);
  if (!found) return undefined;
  const names = Object.keys(AuthorizationElements.shape);
  const texts = extensionsIn(found).flatMap(({ url, valueString }) =>
    names.includes(url) && textOf(valueString) ? [[url, valueString]] : [],
  );
  return Object.fromEntries(texts) as AuthorizationElements;
}

/** Whether an extension says yes. */
export const isMandatory = (resource: fhir.DocumentReference | fhir.Consent): boolean =>
  extensionsOf(resource, MANDATORY).some(({ valueBoolean }) => valueBoolean === true);

type Content = fhir.DocumentReferenceContent;

/** The words of a document in a language where it has them, else those that come first: its own. */
function contentIn({ content }: fhir.DocumentReference, asked: string | undefined): Content | undefined {
  const all = objectsIn<Content>(content).filter(({ attachment }) => textIn(attachment) !== undefined);
  const languageOf = ({ attachment }: Content) => `${attachment?.language}`.toLowerCase();
  const primary = (tag: string) => tag.split('-')[0];
  const wanted = asked?.toLowerCase();
  return (
    all.find((one) => languageOf(one) === wanted) ??
    all.find((one) => wanted !== undefined && primary(languageOf(one)) === primary(wanted)) ??
    all[0]
  );
}

/** What an attachment says, where it is plain text. */
export function textIn(attachment: fhir.Attachment | undefined): string | undefined {
  if (!/^text\/plain\b/.test(attachment?.contentType ?? 'text/plain')) return undefined;
  return fromBase64(attachment?.data);
}

/** A document in a language where it has that. Only what can be shown in full is one. */
export function toDocument(resource: fhir.DocumentReference, asked: string | undefined): ConsentDocument {
  const { id = '', meta, status, category, description } = resource;
  if (status === 'entered-in-error') throw new LeftOut('entered-in-error');
  const content = contentIn(resource, asked);
  const kind = kindIn(category);
  const language = Language.safeParse(content?.attachment.language ?? resource.language);
  if (!content || !kind) throw new LeftOut('malformed');
  const authorization = elementsIn(content);
  return held(ConsentDocument, {
    id,
    version: meta?.versionId ?? '',
    kind,
    title: textOf(content.attachment.title) ?? textOf(description) ?? '',
    language: language.success ? language.data : 'en',
    text: textIn(content.attachment)!,
    mandatory: isMandatory(resource),
    ...(authorization && { authorization }),
    ...(isSample(resource) && { sample: true }),
  });
}

/** What a document is asked for. */
export interface Asked {
  readonly visitTypeIds: readonly string[];
  readonly programIds: readonly string[];
}

/** The visit types and programmes that a document belongs to; of every visit, where there are none. */
export function askedFor({ context }: fhir.DocumentReference): Asked {
  const related = objectsIn<fhir.Reference>(context?.related);
  const ids = (type: string) => related.flatMap((one) => idOf(one, type) ?? []);
  return { visitTypeIds: ids('HealthcareService'), programIds: ids('PlanDefinition') };
}

/** The documents of the clinic: those that are about nobody. */
export async function documentsOf(setting: Setting, asking: Asking): Promise<fhir.DocumentReference[]> {
  const kinds = KINDS.map((kind) => `${CONSENT_KINDS}|${kind}`);
  const query = [['category', kinds.join()] as const, ['status', 'current'] as const];
  const found = await searchAll<fhir.DocumentReference>(setting, 'DocumentReference', query, asking);
  return found.filter((one) =>
    lenient(
      one,
      ({ subject, status, category }) => !subject && status === 'current' && !!kindIn(category),
      setting.warn,
    ),
  );
}
