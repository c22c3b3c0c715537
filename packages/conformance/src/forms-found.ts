import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Form, FormItem, Submission, WaitingForm } from '@clinic-widgets/core/forms.js';
import { compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { NotApplicable } from './assert.ts';
import { answered, harmless, questionsOf } from './forms-answers.ts';
import { allOf, bookingOf, findTimes, type World } from './world.ts';

/** The forms that can be found at the clinic: those that wait for the patient, then those asked before a booking. */
export async function formsOf(world: World): Promise<readonly Form[]> {
  const { adapter, patientId } = world;
  const acting = { patientId };
  const waiting = await allOf(world, 'findForms', { acting });
  const visitTypes = await allOf(world, 'findVisitTypes', {});
  const ids = [...waiting.map(({ id }) => id), ...visitTypes.map(({ triageFormId }) => triageFormId)];
  const wanted = [...new Set(ids)].filter((id) => id !== undefined);
  return Promise.all(wanted.map((formId) => adapter.getForm({ acting, formId })));
}

/** The first of the clinic's forms that fits, with the first of its questions that does. */
export async function findQuestion(
  world: World,
  what: string,
  fits: (item: FormItem, form: Form) => boolean,
): Promise<{ form: Form; item: FormItem }> {
  for (const form of await formsOf(world)) {
    const item = questionsOf(form).find((one) => fits(one, form));
    if (item) return { form, item };
  }
  throw new NotApplicable(`No form here has ${what}.`);
}

/** A form that can be handed in: rather one that a representative may see too, so that nothing else stands in the way. */
export async function findForm(world: World, fits: (form: Form) => boolean = () => true): Promise<Form> {
  const forms = (await formsOf(world)).filter((one) => questionsOf(one).length > 0 && fits(one));
  const form = forms.find(({ patientOnly }) => !patientOnly) ?? forms[0];
  if (!form) throw new NotApplicable('There is no suitable form here that the patient can fill in.');
  return form;
}

/** The form, filled in now with answers that mean no harm. */
export const submissionOf = ({ patientId, now }: World, form: Form): Submission => ({
  acting: { patientId },
  form: { id: form.id, version: form.version },
  language: form.language,
  authored: now(),
  items: answered(form, harmless),
});

/** What is seen by staff of the patient. */
export const attentionTo = (world: World) => allOf(world, 'findAttention', { patientId: world.patientId });

/** The id that a form was handed in under. */
export async function handIn(world: World, submission: Submission): Promise<string> {
  const { id, status } = await world.adapter.submitForm(submission);
  if (status === 'queued') throw new NotApplicable('The form waits on this device.');
  return id;
}

/** A safety form for a visit on a later day: one that waits already, or that of an order which is booked for it. */
export async function safetyForm(world: World): Promise<{ asked: WaitingForm; visit: Appointment }> {
  const acting = { patientId: world.patientId };
  for (const { id, visitTypeId } of await allOf(world, 'findOrders', { acting })) {
    if (visitTypeId === undefined) continue;
    const times = await findTimes(world, 1, (visitType) => visitType.id === visitTypeId);
    const slot = times.slots[0]!;
    const isLater = times.day > dayOf(world.now(), slot.timeZone) && compareInstants(slot.start, world.now()) > 0;
    if (!isLater) continue;
    const visit = await world.adapter.bookAppointment({ ...bookingOf(world, times, slot), orderId: id });
    const forms = await allOf(world, 'findForms', { acting, appointmentId: visit.id });
    const asked = forms.find(({ purpose }) => purpose === 'safety');
    if (asked) return { asked, visit };
  }
  throw new NotApplicable('No safety form is asked for the visits that were ordered.');
}
