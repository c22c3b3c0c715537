import type * as fhir from 'fhir/r4.js';
import { type Asking, listOf } from './client.ts';
import { idAmong, idOf } from './datatypes.ts';
import { lenient } from './lenient.ts';
import { isForStaff } from './reviews.ts';
import { searchAll, type Setting } from './setting.ts';

/** SDC's way to ask for a form (https://hl7.org/fhir/uv/sdc/STU3/StructureDefinition-sdc-task.html). */
const SDC_CODES = 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp';
const ASKED = 'requested,received,accepted,ready,in-progress';

/** A request of staff's to fill in a form. */
export interface FormRequest {
  readonly task: fhir.Task;
  readonly name: string;
  readonly appointmentId: string | undefined;
}

/** What a Task asks to be filled in; nothing where it asks for something else. */
function toRequest(task: fhir.Task): FormRequest | undefined {
  if (isForStaff(task)) return undefined;
  const asked = listOf(task.input).find(({ type }) => type.coding?.some(({ code }) => code === 'questionnaire'));
  const focused = idOf(task.focus, 'Questionnaire');
  const name = asked?.valueCanonical ?? asked?.valueReference?.reference ?? (focused && `Questionnaire/${focused}`);
  if (!name) return undefined;
  return { task, name, appointmentId: idAmong([...listOf(task.basedOn), task.focus], 'Appointment') };
}

/** What staff have asked the patient to fill in. */
export async function requestsFor(setting: Setting, patientId: string, asking: Asking): Promise<FormRequest[]> {
  const query = [['patient', `Patient/${patientId}`] as const, ['status', ASKED] as const];
  const tasks = await searchAll<fhir.Task>(setting, 'Task', query, { ...asking, secret: true, tolerant: true });
  return tasks
    .filter((task) => lenient(task, (one) => idOf(one.for, 'Patient') === patientId, setting.warn))
    .flatMap((task) => lenient(task, toRequest, setting.warn) ?? []);
}

/** The status that a request has once its form is handed in, with what came of it. */
export const answeredBy = (responseId: string, { output = [] }: fhir.Task): Partial<fhir.Task> => ({
  status: 'completed',
  output: [
    ...output,
    {
      type: { coding: [{ system: SDC_CODES, code: 'questionnaire-response' }] },
      valueReference: { reference: `QuestionnaireResponse/${responseId}` },
    },
  ],
});
