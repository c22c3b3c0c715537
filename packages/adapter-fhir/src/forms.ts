import type * as fhir from 'fhir/r4.js';
import type { AdapterImplementation, CallOptions } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Form, FormResponse } from '@clinic-widgets/core/forms.js';
import { admit } from './admission.ts';
import { type Asking, isOneOf } from './client.ts';
import { idOf } from './datatypes.ts';
import { needsOf } from './expressions.ts';
import { findQuestionnaires, questionnaireOf } from './known-forms.ts';
import { lenient } from './lenient.ts';
import { findOptions } from './option-sets.ts';
import { toForm } from './questionnaires.ts';
import { formReadIn, toResponse } from './responses.ts';
import type { Setting } from './setting.ts';
import { alert, type FormWrite, patientsAlone, submit } from './submissions.ts';

type Keyed = CallOptions & { readonly idempotencyKey: string };

/** The operations of forms: what waits, what is asked, what was answered, and what staff must see of it. */
export function forms(setting: Setting): AdapterImplementation {
  const write =
    <I, O>(run: (write: FormWrite, input: I) => Promise<O>) =>
    (input: I, { idempotencyKey, signal }: Keyed): Promise<O> =>
      run({ ...setting, key: idempotencyKey, asking: { signal } }, input);

  return {
    // Fetched apart, for a page that shows one form never asks which there are.
    async findForms(query, { signal }) {
      const { findWaiting } = await import('./waiting-forms.ts');
      return findWaiting(setting, query, { signal });
    },

    async getForm({ acting, formId, language }, { signal }) {
      const [questionnaire] = await Promise.all([
        questionnaireOf(setting, formId, { signal }),
        acting.representativeId === undefined ? undefined : admit(setting, acting, { signal }),
      ]);
      const form = toForm(questionnaire, language);
      if (form.patientOnly && acting.representativeId !== undefined) throw patientsAlone();
      const context = await contextOf(setting, form, questionnaire, acting.patientId, { signal });
      return { ...form, ...(Object.keys(context).length && { context }) };
    },

    findOptions: (query, { signal }) => findOptions(setting, query, { signal }),
    submitForm: write(submit),

    async getResponse({ acting, responseId }, { signal }) {
      const [response] = await Promise.all([
        setting.client.read<fhir.QuestionnaireResponse>('QuestionnaireResponse', responseId, { signal }),
        acting.representativeId === undefined ? undefined : admit(setting, acting, { signal }),
      ]);
      if (idOf(response.subject, 'Patient') !== acting.patientId || response.status === 'entered-in-error') {
        throw new ClinicError('not-found', 'There is no such response.');
      }
      return shown(setting, response, acting.representativeId !== undefined, { signal });
    },

    raiseAlert: write(alert),
  };
}

/** What the expressions of a form refer to, and nothing besides: the patient, what a search finds, the form itself. */
async function contextOf(
  setting: Setting,
  form: Form,
  questionnaire: fhir.Questionnaire,
  patientId: string,
  asking: Asking,
): Promise<Record<string, unknown>> {
  const { patient, searches, isQuestionnaireNeeded } = needsOf(form, questionnaire);
  const [person, ...bundles] = await Promise.all([
    patient.length ? setting.client.read<fhir.Patient>('Patient', patientId, asking).catch(refused) : undefined,
    ...searches.map((search) => firstPage(setting, search.type, search.query(patientId), asking)),
  ]);
  return {
    ...Object.fromEntries(searches.map(({ name }, index) => [name, bundles[index]])),
    ...(person && Object.fromEntries(patient.map((name) => [name, person]))),
    ...(isQuestionnaireNeeded && { questionnaire }),
  };
}

/** A form can be filled in without what it would be filled in with at first. */
function refused(error: unknown): undefined {
  if (!isOneOf(error, 'forbidden', 'not-found', 'unsupported', 'invalid')) throw error;
}

/** What a search finds, as expressions expect it: one page, for a form that asks for the latest means only that. */
async function firstPage(
  { client, ability }: Setting,
  type: string,
  query: readonly (readonly [string, string])[],
  asking: Asking,
): Promise<fhir.Bundle> {
  const bundle: fhir.Bundle = { resourceType: 'Bundle', type: 'searchset', entry: [] };
  if (!ability.can(type, 'search-type')) return bundle;
  const counted = query.some(([name]) => name === '_count') ? query : [...query, ['_count', '100'] as const];
  try {
    for await (const { resources } of client.pages(type, counted, { ...asking, secret: true })) {
      return { ...bundle, entry: resources.map((resource) => ({ resource })) };
    }
  } catch (error) {
    refused(error);
  }
  return bundle;
}

/** A response as the contract has it; to a representative only where the form is not the patient's alone. */
async function shown(
  setting: Setting,
  response: fhir.QuestionnaireResponse,
  isRepresented: boolean,
  asking: Asking,
): Promise<FormResponse> {
  const read = formReadIn(response);
  const name = read?.id ?? response.questionnaire ?? '';
  const isUnsure = isRepresented || !read;
  const questionnaire = isUnsure && name ? (await findQuestionnaires(setting, [name], asking))(name) : undefined;
  // Of a form that is not there any more it cannot be told whose it is.
  if (isRepresented && (!questionnaire || toForm(questionnaire).patientOnly)) throw patientsAlone();
  const form = read ?? { id: (questionnaire?.id ?? name) || 'unnamed', version: '' };
  const { timeZone } = setting.ability.clinic;
  const made = lenient(response, (one) => toResponse(one, form, timeZone), setting.warn);
  if (made) return made;
  throw new ClinicError('unexpected', 'The response makes no sense.');
}
