import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import {
  type Answer,
  type FormItem,
  FormResponse,
  type ItemType,
  Outcome,
  type ResponseItem,
  type Submission,
} from '@clinic-widgets/core/forms.js';
import { isInstant, startOfDay } from '@clinic-widgets/core/time.js';
import { actorOf } from './acting.ts';
import { listOf } from './client.ts';
import { idOf } from './datatypes.ts';
import { held, LeftOut } from './lenient.ts';
import { extensionsIn, objectOf, textOf } from './elements.ts';
import { UNDETERMINED } from './translations.ts';
import { fromValue, toValue } from './values.ts';
import { FORM_AS_READ, TRIAGE_OUTCOME, VISIT, WRITE_KEY } from './vocabulary.ts';

/** How deep a response is read. */
const MOST_DEEP = 100;

/** A response that is handed in under a key. */
export function fromSubmission(
  submission: Submission,
  questionnaire: fhir.Questionnaire,
  items: readonly FormItem[],
  key: string,
  authority: Authority,
): fhir.QuestionnaireResponse {
  const { acting, form, appointmentId, language, authored, outcome } = submission;
  const version = form.version && `/_history/${form.version}`;
  const item = fromItems(submission.items, itemsIn(items));
  return {
    resourceType: 'QuestionnaireResponse',
    extension: [
      { url: FORM_AS_READ, valueReference: { reference: `Questionnaire/${questionnaire.id}${version}` } },
      ...(appointmentId === undefined
        ? []
        : [{ url: VISIT, valueReference: { reference: `Appointment/${appointmentId}` } }]),
      ...(outcome === undefined ? [] : [{ url: TRIAGE_OUTCOME, valueCode: outcome }]),
    ],
    identifier: { system: WRITE_KEY, value: key },
    questionnaire: canonicalOf(questionnaire),
    status: 'completed',
    ...(language !== UNDETERMINED && { language }),
    subject: { reference: `Patient/${acting.patientId}` },
    authored,
    author: actorOf(acting, authority),
    source: actorOf(acting, authority),
    ...(item.length && { item }),
  };
}

/** How a Questionnaire is named by what refers to it. */
export function canonicalOf({ url, version, id }: fhir.Questionnaire): string {
  return url ? `${url}${version ? `|${version}` : ''}` : `Questionnaire/${id}`;
}

/** Every item of a form, by its `linkId`; the first, where a malformed form has one twice. */
function itemsIn(items: readonly FormItem[]): ReadonlyMap<string, FormItem> {
  const all = new Map<string, FormItem>();
  const note = (list: readonly FormItem[]): void =>
    list.forEach((item) => {
      if (!all.has(item.linkId)) all.set(item.linkId, item);
      note(item.items ?? []);
    });
  note(items);
  return all;
}

type Known = ReadonlyMap<string, { readonly type: ItemType; readonly text?: string | undefined }>;

const fromItems = (items: readonly ResponseItem[] = [], known: Known): fhir.QuestionnaireResponseItem[] =>
  items.map(({ linkId, answers = [], items: inner }) => {
    const { type = 'string', text } = known.get(linkId) ?? {};
    const item = fromItems(inner, known);
    return {
      linkId,
      ...(text && { text }),
      ...(answers.length && { answer: answers.map((answer) => fromAnswer(answer, type, known)) }),
      ...(item.length && { item }),
    };
  });

function fromAnswer({ value, items }: Answer, type: ItemType, known: Known): fhir.QuestionnaireResponseItemAnswer {
  const item = fromItems(items, known);
  return { ...fromValue(value, type), ...(item.length && { item }) };
}

/** The form that a response is of: as it was when it was filled in, where the response was written by this package. */
export function formReadIn(response: fhir.QuestionnaireResponse): FormResponse['form'] | undefined {
  const read = extensionsIn(response).find(({ url }) => url === FORM_AS_READ)?.valueReference;
  const [, id, version = ''] = /^Questionnaire\/([^/]+)(?:\/_history\/(.*))?$/.exec(`${read?.reference}`) ?? [];
  return id ? { id, version } : undefined;
}

/** The appointment that a response is for. */
export const visitOf = (response: fhir.QuestionnaireResponse): string | undefined =>
  idOf(extensionsIn(response).find(({ url }) => url === VISIT)?.valueReference, 'Appointment');

/** A response, as it was handed in; of one from elsewhere, what makes sense. */
export function toResponse(
  response: fhir.QuestionnaireResponse,
  form: FormResponse['form'],
  clinicZone: string,
): FormResponse {
  const { id = '', language, authored, meta } = response;
  if (response.status === 'entered-in-error') throw new LeftOut('entered-in-error');
  const outcome = Outcome.safeParse(extensionsIn(response).find(({ url }) => url === TRIAGE_OUTCOME)?.valueCode);
  const appointmentId = visitOf(response);
  return held(FormResponse, {
    id,
    form,
    ...(appointmentId && { appointmentId }),
    language: textOf(language) ?? UNDETERMINED,
    authored: instantOf(authored ?? meta?.lastUpdated, clinicZone),
    items: toResponseItems(response.item),
    ...(outcome.success && { outcome: outcome.data }),
  });
}

/** When a response was written: the start of the day, where no more is known. */
function instantOf(dateTime: string | undefined, zone: string): string {
  if (dateTime && isInstant(dateTime)) return dateTime;
  if (dateTime && /^\d{4}(-\d\d){0,2}$/.test(dateTime)) return startOfDay(`${dateTime}-01-01`.slice(0, 10), zone);
  throw new LeftOut('malformed');
}

function toResponseItems(raw: unknown, depth = 0): ResponseItem[] {
  if (depth > MOST_DEEP) return [];
  return listOf(raw as unknown[]).flatMap((one) => {
    const { linkId, answer, item } = objectOf(one);
    if (!textOf(linkId)) return [];
    const answers = listOf(answer as unknown[]).flatMap((given): Answer[] => toAnswer(objectOf(given), depth) ?? []);
    const items = toResponseItems(item, depth + 1);
    return [{ linkId: linkId as string, ...(answers.length && { answers }), ...(items.length && { items }) }];
  });
}

function toAnswer(answer: fhir.QuestionnaireResponseItemAnswer, depth: number): Answer[] | undefined {
  const value = toValue(answer);
  const items = toResponseItems(answer.item, depth + 1);
  return value && [{ value, ...(items.length && { items }) }];
}
