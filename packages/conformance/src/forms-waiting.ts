import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { WaitingForm } from '@clinic-widgets/core/forms.js';
import { addMinutes, compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { ensure, ensureDistinct, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { pass } from './check-in-found.ts';
import { handIn, safetyForm, submissionOf } from './forms-found.ts';
import { bookOne } from './requests.ts';
import { allOf, otherOf, refOf, takesRequests, type World } from './world.ts';

/** Which forms wait for a patient, and until when. */
export const waitingCases: readonly Case[] = [
  promise(['findForms'], 'Lists each form once for a visit, what is wanted soonest first.', async (world) => {
    const forms = await waiting(world);
    ensureDistinct(forms.map(nameOf), 'No form may wait twice for the same visit.');
    const days = forms.map(({ due = '9999-12-31' }) => due);
    ensureSame(days, days.toSorted(), 'They must come in the order of the days that they are wanted by.');
  }),

  promise(['findForms', 'getForm'], 'Says of each form what the form says of itself.', async (world) => {
    const { adapter, patientId } = world;
    for (const { id, version, title, purpose, patientOnly } of await waiting(world)) {
      const form = await adapter.getForm({ acting: { patientId }, formId: id });
      const said = { version: form.version, title: form.title, purpose: form.purpose, patientOnly: form.patientOnly };
      ensureSame({ version, title, purpose, patientOnly }, said, `Of ${id} something else is said.`);
    }
  }),

  promise(['findForms', 'findAppointments'], 'Lists no form for a visit of another patient’s.', async (world) => {
    const own = await appointmentsOf(world);
    const foreign = (await waiting(world)).filter(({ appointmentId }) => appointmentId && !own.has(appointmentId));
    ensureSame(foreign, [], 'Each visit must be the patient’s own.');
    const acting = { patientId: otherOf(world) };
    for (const appointmentId of own) {
      const seen = await allOf(world, 'findForms', { acting, appointmentId });
      ensureSame(seen, [], `Another patient must see no forms for the visit ${appointmentId}.`);
    }
  }),

  promise(['findForms'], 'Narrows the list to one visit.', async (world) => {
    const forms = await waiting(world);
    const { appointmentId } = one(forms, ({ appointmentId: id }) => id !== undefined, 'No form waits for a visit.');
    const expected = forms.filter((form) => form.appointmentId === appointmentId);
    ensureSame(await waiting(world, { appointmentId }), expected, 'Those of the visit must be found, and no others.');
    ensureSame(
      await waiting(world, { appointmentId: 'no-such-visit' }),
      [],
      'A visit that there is not needs no form.',
    );
  }),

  promise(
    ['findForms', 'bookAppointment', 'cancelAppointment'],
    'Lists what a visit needs from when it is booked until it is cancelled, unless staff decide.',
    async (world) => {
      const { acting, appointment } = await bookOne(world);
      if (await takesRequests(world)) return;
      const appointmentId = appointment.id;
      const forms = await waiting(world, { appointmentId });
      if (forms.length === 0) throw new NotApplicable('No form is needed for the visits that can be booked here.');
      await world.adapter.cancelAppointment({ acting, appointment: refOf(appointment), reason: 'other' });
      ensureSame(await waiting(world, { appointmentId }), [], 'A visit that is cancelled needs no form.');
    },
  ),

  promise(['findForms', 'submitForm'], 'No longer lists a form that was handed in.', async (world) => {
    const asked = one(await waiting(world), () => true, 'No form waits for the patient.');
    await fillIn(world, asked);
    const names = (await waiting(world)).map(nameOf);
    ensure(!names.includes(nameOf(asked)), `${asked.id} must not wait any more.`);
  }),

  promise(
    ['findForms', 'submitForm'],
    'Lists a form for a visit until it is handed in for that visit.',
    async (world) => {
      const forms = await waiting(world);
      const asked = one(forms, ({ appointmentId }) => appointmentId !== undefined, 'No form waits for a visit.');
      await fillIn(world, { id: asked.id });
      ensure((await waiting(world)).map(nameOf).includes(nameOf(asked)), `${asked.id} must wait for the visit still.`);
      await fillIn(world, asked);
      ensure(!(await waiting(world)).map(nameOf).includes(nameOf(asked)), `${asked.id} must not wait any more.`);
    },
  ),

  promise(
    ['findForms', 'submitForm', 'bookAppointment'],
    'Asks a safety form again on the day of the visit, once, unless staff decide.',
    async (world) => {
      const { advance } = world;
      if (!advance) throw new NotApplicable('Nobody can move the clinic’s clock.');
      if (await takesRequests(world)) return;
      const { asked, visit } = await safetyForm(world);
      const isWaiting = async () => (await waiting(world)).map(nameOf).includes(nameOf(asked));

      await fillIn(world, asked);
      ensure(!(await isWaiting()), `${asked.id} must not wait before the day of the visit.`);
      await advance((Date.parse(visit.start!) - Date.parse(world.now())) / 60_000 - 30);
      ensure(await isWaiting(), `${asked.id} must wait again on the day of the visit.`);
      await fillIn(world, asked);
      ensure(!(await isWaiting()), `${asked.id} must not wait once it was handed in on the day.`);
    },
  ),

  promise(
    ['findForms', 'findAppointments'],
    'Lists the forms of a visit until its day is over, also for who comes late.',
    async (world) => {
      const { timeZone } = await world.adapter.describeClinic({});
      const left = (instant: string) => compareInstants(instant, world.now()) / 60_000;
      const endsToday = ({ end }: Appointment): boolean =>
        end !== undefined && left(end) > 0 && dayOf(addMinutes(end, 1), timeZone) === dayOf(world.now(), timeZone);
      const visits = await allOf(world, 'findAppointments', { patientId: world.patientId });
      const forms = await waiting(world);
      const isAsked = ({ id }: Appointment): boolean => forms.some(({ appointmentId }) => appointmentId === id);
      const visit = one(visits, (it) => endsToday(it) && isAsked(it), 'No form waits for a visit of today.');

      const listed = await waiting(world, { appointmentId: visit.id });
      await pass(world, left(visit.end!) + 1);
      ensureSame(await waiting(world, { appointmentId: visit.id }), listed, 'They must wait for who is late.');
      await pass(world, 24 * 60);
      ensureSame(await waiting(world, { appointmentId: visit.id }), [], 'Nobody can come for yesterday’s visit.');
    },
  ),

  promise(['findForms'], 'Hides from a representative what is the patient’s alone.', async (world) => {
    const { representative } = world;
    if (!representative) throw new NotApplicable('No representative was named.');
    const { patientId } = representative;
    const all = await allOf(world, 'findForms', { acting: { patientId } });
    one(all, ({ patientOnly }) => patientOnly === true, 'No form waits that is that patient’s alone.');
    const seen = await allOf(world, 'findForms', { acting: { patientId, representativeId: representative.id } });
    ensureSame(
      seen,
      all.filter(({ patientOnly }) => !patientOnly),
      'All others must be seen, and only those.',
    );
  }),
];

const waiting = (world: World, narrowed: { readonly appointmentId?: string | undefined } = {}) =>
  allOf(world, 'findForms', { acting: { patientId: world.patientId }, ...narrowed });

const nameOf = ({ id, appointmentId = '' }: Pick<WaitingForm, 'id' | 'appointmentId'>): string =>
  `${id} ${appointmentId}`;

function one<T>(list: readonly T[], fits: (item: T) => boolean, otherwise: string): T {
  const found = list.find(fits);
  if (!found) throw new NotApplicable(otherwise);
  return found;
}

const appointmentsOf = async (world: World): Promise<Set<string>> =>
  new Set((await allOf(world, 'findAppointments', { patientId: world.patientId })).map(({ id }) => id));

async function fillIn(
  world: World,
  { id, appointmentId }: { readonly id: string; readonly appointmentId?: string | undefined },
): Promise<void> {
  const form = await world.adapter.getForm({ acting: { patientId: world.patientId }, formId: id });
  await handIn(world, { ...submissionOf(world, form), ...(appointmentId && { appointmentId }) });
}
