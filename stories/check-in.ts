import type { Seed } from '@clinic-widgets/adapter-memory';
import type { Appointment, ClinicAdapter, HelpRequest, OperationName, Preparation } from '@clinic-widgets/core';
import { ClinicError, type Misfit } from '@clinic-widgets/core/errors.js';
import type { ClinicCheckIn } from '@clinic-widgets/elements';
import '@clinic-widgets/elements/check-in/define.js';
import type { StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { action } from 'storybook/actions';
import type { PaymentRequestedEvent } from '../packages/elements/src/check-in/payment/events.ts';
import { harbor, now } from './clinics.ts';
import { checkingIn } from './patient.ts';

/** What a page may say to the check-in, and Storybook's controls too. */
export type Args = Pick<ClinicCheckIn, 'station' | 'languages' | 'reminder'>;
export type Story = StoryObj<Args>;

/** What the stories say where they do not say otherwise: a kiosk in the lobby. */
export const args: Args = {
  station: { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' },
  languages: ['en', 'es'],
  reminder: '',
};

/** What the stories of somebody with a phone say, wherever they are. */
export const onPhone: Pick<Story, 'args'> = { args: { station: { kind: 'phone' } } };

const told = action('event');

/** What a page says besides: how it takes a payment on, and what its clock shows. */
interface Around {
  readonly terminal?: (event: PaymentRequestedEvent) => void;
  readonly clock?: () => string;
}

/** The check-in at a clinic, which is made anew each time: no story finds what was done in another. */
export const checkInAt =
  (clinic: () => ClinicAdapter | undefined, { terminal = told, clock = now }: Around = {}) =>
  (args: Args): TemplateResult => html`
    <clinic-check-in
      .adapter=${clinic()} .now=${clock} .station=${args.station} .languages=${args.languages}
      reminder=${args.reminder || nothing}
      @clinic-step=${told} @clinic-error=${told} @clinic-checked-in=${told} @clinic-help-asked=${told}
      @clinic-visit-ended=${told} @clinic-settings=${told} @clinic-appointment-booked=${told}
      @clinic-payment-requested=${terminal}
    ></clinic-check-in>`;

/** A terminal at which the patient has not paid yet. */
export const waitingTerminal = (event: PaymentRequestedEvent): void => event.preventDefault();

/** A terminal that says at once what came of it. */
export const quickTerminal =
  (outcome: Parameters<PaymentRequestedEvent['settle']>[0]) =>
  (event: PaymentRequestedEvent): void => {
    event.preventDefault();
    event.settle(outcome);
  };

/** A clock on which a minute is over in three seconds. */
export function hurriedClock(): () => string {
  const start = performance.now();
  return () => new Date(Date.parse(now()) + (performance.now() - start) * 20).toISOString();
}

/** The clinic with another way to take patients in. */
export const takingIn = (changes: Partial<Seed['checkIn']>): Partial<Seed> => ({
  checkIn: { ...harbor.checkIn, ...changes },
});

/** A document of the clinic's by its id, or one of the story's own. */
export type WithDocument = string | Seed['consentDocuments'][number];

/** The clinic with no more documents to decide about than these, by id or in full. */
export const withDocuments = (...documents: (string | Seed['consentDocuments'][number])[]): Partial<Seed> => ({
  consentDocuments: documents.flatMap((one) =>
    typeof one === 'string'
      ? harbor.consentDocuments.filter(({ id }) => id === one).map(({ visitTypeIds: _, ...document }) => document)
      : [one],
  ),
});

/** A document of the story's own, in one language. */
export const documentIn = (
  language: string,
  kind: Seed['consentDocuments'][number]['kind'],
  title: string,
  text: string,
): Seed['consentDocuments'][number] => ({
  id: 'story',
  kind,
  mandatory: false,
  sample: true,
  words: { [language]: { title, text } },
});

/** The visits of check-up with these forms to fill in, and the clinic with them. */
export const wantingForms = (...formIds: readonly string[]): Pick<Seed, 'visitForms'> => ({
  visitForms: [{ visitTypeId: 'check-up', formIds }],
});

/** The visit, as it stands after something was done elsewhere. */
export const withStatus = (id: string, status: Appointment['status']): Pick<Seed, 'appointments'> => ({
  appointments: harbor.appointments.map((one) => (one.id === id ? { ...one, status } : one)),
});

/** The clinic knows who it is, and has no visit for them here. */
export const withoutVisits = (adapter: ClinicAdapter): ClinicAdapter => ({
  ...adapter,
  findVisits: () => Promise.resolve({ items: [] }),
});

/** Somebody at the clinic cancels the visit just before the patient arrives. */
export const cancellingFirst = (adapter: ClinicAdapter): ClinicAdapter => ({
  ...adapter,
  async arriveAtVisit(step, options) {
    const { acting, appointment } = step;
    await adapter.cancelAppointment({ acting, appointment, reason: 'cannot-come' });
    return adapter.arriveAtVisit(step, options);
  },
});

/** Somebody checks the patient in at another kiosk just before it is done at this one. */
export const checkingInFirst = (adapter: ClinicAdapter): ClinicAdapter => ({
  ...adapter,
  async checkIn(step, options) {
    const station = { kind: 'kiosk', deviceId: 'lobby-2', locationId: 'st-joseph' } as const;
    await adapter.checkIn({ ...step, station }, { idempotencyKey: 'elsewhere' });
    return adapter.checkIn(step, options);
  },
});

/** The patient has arrived and is checked in by the time they say who they are. */
export function checkedInBefore(
  adapter: ClinicAdapter,
  then: (appointmentId: string) => Promise<unknown> = () => Promise.resolve(),
): ClinicAdapter {
  let isIn = false;
  return {
    ...adapter,
    async findVisits(query, options) {
      const { items } = await adapter.findVisits(query, options);
      const [visit] = items;
      if (isIn || !visit) return adapter.findVisits(query, options);
      isIn = true;
      const { acting, station } = query;
      const { appointment } = await adapter.arriveAtVisit({ acting, station, appointment: visit.appointment }, options);
      await adapter.checkIn({ acting, station, appointment }, options);
      await then(appointment.id);
      return adapter.findVisits(query, options);
    },
  };
}

/** The desk calls the patient, or sends them on. */
export const calling =
  (kind: 'called' | 'moved', to: string) =>
  (adapter: ClinicAdapter): ClinicAdapter =>
    checkedInBefore(adapter, (appointmentId) => adapter.callPatient({ appointmentId, to, kind }));

/** Somebody at the desk says that they come, as soon as they are called. */
export const answering = (adapter: ClinicAdapter): ClinicAdapter => ({
  ...adapter,
  async askForHelp(request: HelpRequest, options) {
    const help = await adapter.askForHelp(request, options);
    await adapter.acknowledge({ attentionId: help.id, state: 'acknowledged' });
    return help;
  },
});

/** The desk changes the telephone number just before the patient confirms the details, once. */
export function changingFirst(adapter: ClinicAdapter): ClinicAdapter {
  let changed = false;
  return {
    ...adapter,
    async confirmDetails(confirmation, options) {
      const { acting, appointmentId, version, at } = confirmation;
      const station = { kind: 'desk' } as const;
      const news = { acting, appointmentId, version, at, station, confirmed: [], changed: { phone: '(269) 555-0199' } };
      if (!changed) await adapter.confirmDetails(news);
      changed = true;
      return adapter.confirmDetails(confirmation, options);
    },
  };
}

/** The clinic refuses what was typed into a field. */
export const refusingField = (adapter: ClinicAdapter, operation: OperationName, misfit: Misfit): ClinicAdapter => ({
  ...adapter,
  [operation]: () => Promise.reject(new ClinicError('invalid', 'It is refused.', { misfits: [misfit] })),
});

/** What is sent waits on this device until the clinic can be reached. */
export const queueing = (adapter: ClinicAdapter, ...operations: readonly OperationName[]): ClinicAdapter => ({
  ...adapter,
  ...Object.fromEntries(operations.map((name) => [name, () => Promise.resolve({ id: 'queued-1', status: 'queued' })])),
});

/** The codes of the reminders of those who come today. */
export const codeOf = (patient: string): string =>
  harbor.appointments.find(({ patientId, checkInCode }) => patientId === `p-${patient}` && checkInCode)!.checkInCode!;

const { press, write, tick } = checkingIn;

/** The patient says what they came for, and types the code of their reminder. */
export async function identify(canvas: HTMLElement, patient: string, purpose?: 'leaving' | 'program'): Promise<void> {
  await press(
    canvas,
    (text) => text[purpose ?? 'coming'],
    ({ byCode }) => byCode,
  );
  await write(canvas, 'code', codeOf(patient));
  await press(canvas, ({ next }) => next);
}

/** Somebody says by the code that they come for the patient. */
export async function identifyFor(
  canvas: HTMLElement,
  patient: string,
  name: string,
  relationship: string,
): Promise<void> {
  await press(
    canvas,
    ({ coming }) => coming,
    ({ byCode }) => byCode,
  );
  await tick(canvas, '[type=checkbox]');
  await write(canvas, 'code', codeOf(patient));
  await write(canvas, 'own-name', name);
  await write(canvas, 'relationship', relationship);
  await press(canvas, ({ next }) => next);
}

/** The patient types a family name and a date of birth. */
export async function claim(
  canvas: HTMLElement,
  familyName: string,
  [year, month, day]: readonly string[],
): Promise<void> {
  await write(canvas, 'family-name', familyName);
  await write(canvas, 'birth-month', month!);
  await write(canvas, 'birth-day', day!);
  await write(canvas, 'birth-year', year!);
  await press(canvas, ({ next }) => next);
}

/** The patient identifies themselves and opens one of the things that the visit needs. */
export async function open(canvas: HTMLElement, patient: string, name: Preparation): Promise<void> {
  await identify(canvas, patient);
  await press(canvas, ({ preparations }) => preparations[name]);
}
