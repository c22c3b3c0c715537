import type * as fhir from 'fhir/r4.js';
import { type Authority, Charge, type PaymentChoice } from '@clinic-widgets/core/check-in.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { actorOf } from './acting.ts';
import type { Asking } from './client.ts';
import { codesOf, idOf, wordsOf } from './datatypes.ts';
import { extensionsIn, type Loose, objectsIn } from './elements.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { createOnce, madeUnder, markOf, otherRequest, type Write } from './once.ts';
import { pageOf, type Paging } from './paging.ts';
import { searchAll, type Setting } from './setting.ts';
import { UNDETERMINED, wordsOf as wordsIn } from './translations.ts';
import type { NeedState, VisitAsked } from './visit.ts';
import { concept } from './visit-tasks.ts';
import { ownVisit } from './visits.ts';
import { PAYMENT_CHOICES, VISIT, VISIT_INPUTS, VISIT_TASKS } from './vocabulary.ts';

/** An amount in its currency's own decimals: `25.00`. */
function toMoney({ value, currency }: fhir.Money): Charge['amount'] {
  if (typeof value !== 'number' || typeof currency !== 'string') throw new LeftOut('malformed');
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return { value: value.toFixed(maximumFractionDigits), currency };
}

/** What is due by an invoice, as it is called in the language asked for. */
export function toCharge(invoice: fhir.Invoice, asked?: string): Charge {
  const { id = '', note, type, totalNet, totalGross } = invoice;
  const notes = objectsIn<Loose>(note);
  const words = wordsIn(invoice, asked, () => notes);
  const label = notes.map((one) => words.of(one, 'text')).find(Boolean);
  return held(Charge, {
    id,
    label: label ?? wordsOf(type) ?? '',
    ...(label && words.language !== UNDETERMINED && { language: words.language }),
    // What a patient pays has the taxes in it, where there are any.
    amount: toMoney(totalGross ?? totalNet ?? {}),
  });
}

/** Whether an invoice is for a visit, and waits to be paid. */
const isDue = (invoice: fhir.Invoice, { patientId, appointmentId }: VisitAsked): boolean =>
  invoice.status === 'issued' &&
  idOf(invoice.subject, 'Patient') === patientId &&
  extensionsIn(invoice).some(
    ({ url, valueReference }) => url === VISIT && idOf(valueReference, 'Appointment') === appointmentId,
  );

/** What is charged for a visit, as far as who acts may know: what is billed tells what the visit is for. */
async function chargesOf(setting: Setting, visit: VisitAsked, asking: Asking, language?: string): Promise<Charge[]> {
  if (visit.isHidden) return [];
  const query = [['subject', `Patient/${visit.patientId}`] as const, ['status', 'issued'] as const];
  const secret = { ...asking, secret: true };
  const found = await searchAll<fhir.Invoice>(setting, 'Invoice', query, secret);
  const charges = found.flatMap(
    (one) =>
      lenient(one, (invoice) => (isDue(invoice, visit) ? [toCharge(invoice, language)] : []), setting.warn) ?? [],
  );
  return charges.sort((a, b) => (a.id < b.id ? -1 : 1));
}

type Choice = PaymentChoice['choice'];

/** What was chosen for each charge; a payment stands, else what was said last. */
async function choicesFor(setting: Setting, visit: VisitAsked, asking: Asking): Promise<ReadonlyMap<string, Choice>> {
  const query = [
    ['code', `${VISIT_TASKS}|payment`],
    ['patient', `Patient/${visit.patientId}`],
  ] as const;
  const tasks = await searchAll<fhir.Task>(setting, 'Task', query, { ...asking, secret: true });
  const known = new Map<string, Choice>();
  const said = (task: fhir.Task) => `${task.authoredOn}/${task.meta?.lastUpdated}`;
  for (const task of tasks.sort((a, b) => (said(a) < said(b) ? -1 : 1))) {
    const [choice] = codesOf([task.businessStatus], PAYMENT_CHOICES) as Choice[];
    const ids = objectsIn<fhir.TaskInput>(task.input).flatMap(
      ({ valueReference }) => idOf(valueReference, 'Invoice') ?? [],
    );
    for (const id of ids) if (choice && known.get(id) !== 'paid') known.set(id, choice);
  }
  return known;
}

const standingOf = async (setting: Setting, visit: VisitAsked, asking: Asking, language?: string) => {
  const [charges, choices] = await Promise.all([
    chargesOf(setting, visit, asking, language),
    choicesFor(setting, visit, asking),
  ]);
  return charges.map((charge) => ({ charge, choice: choices.get(charge.id) }));
};

interface ChargeQuery extends Paging, Pick<PaymentChoice, 'acting' | 'appointmentId'> {
  readonly language?: string | undefined;
}

/** What is due for a visit. What the clinic has not booked as paid yet, but the patient has paid, is not. */
export async function findCharges(
  setting: Setting,
  { acting, appointmentId, language, ...paging }: ChargeQuery,
  asking: Asking,
) {
  const all = await standingOf(setting, await ownVisit(setting, acting, appointmentId, asking), asking, language);
  const due = all.filter(({ choice }) => choice !== 'paid');
  return pageOf(
    due.map(({ charge }) => [charge.id, charge] as const),
    paging,
  );
}

/** How the payment for a visit stands; nothing where nothing is due. */
export async function chargesState(setting: Setting, visit: VisitAsked, asking: Asking): Promise<NeedState> {
  const choices = (await standingOf(setting, visit, asking)).map(({ choice }) => choice);
  if (!choices.length) return undefined;
  if (choices.includes(undefined)) return 'open';
  return choices.every((choice) => choice === 'paid') ? 'done' : 'at-desk';
}

const inputOf = (code: string, value: Partial<fhir.TaskInput>): fhir.TaskInput => ({
  type: concept(VISIT_INPUTS, code),
  ...value,
});

/** The Task that tells the clinic how a patient pays. */
export function fromPayment(
  { acting, appointmentId, chargeIds, choice, reference }: PaymentChoice,
  key: string,
  now: number,
  authority: Authority,
): fhir.Task {
  const input = [
    ...chargeIds.map((id) => inputOf('charge', { valueReference: { reference: `Invoice/${id}` } })),
    ...(reference ? [inputOf('payment-reference', { valueString: reference })] : []),
  ];
  return {
    resourceType: 'Task',
    identifier: [markOf(key)],
    status: 'completed',
    businessStatus: concept(PAYMENT_CHOICES, choice),
    intent: 'order',
    code: concept(VISIT_TASKS, 'payment'),
    focus: { reference: `Appointment/${appointmentId}` },
    for: { reference: `Patient/${acting.patientId}` },
    authoredOn: new Date(now).toISOString(),
    requester: actorOf(acting, authority),
    ...(input.length && { input }),
  };
}

/** Writes down how the patient will pay. */
export async function choosePayment(write: Write, choice: PaymentChoice) {
  const { acting, appointmentId, chargeIds } = choice;
  const earlier = await madeUnder<fhir.Task>(write, 'Task', write.key, write.asking);
  if (earlier) {
    if (idOf(earlier.focus, 'Appointment') !== appointmentId) throw otherRequest();
    return { id: `${earlier.id}`, status: 'accepted' as const };
  }
  const visit = await ownVisit(write, acting, appointmentId, write.asking);
  const due = await standingOf(write, visit, write.asking);
  const paths = chargeIds.flatMap((id, index) =>
    due.some(({ charge }) => charge.id === id) ? [] : [['chargeIds', index]],
  );
  if (paths.length) throw new ClinicError('invalid', 'There is no such charge for the visit.', { paths });
  if (due.some(({ charge, choice: made }) => chargeIds.includes(charge.id) && made === 'paid')) {
    throw new ClinicError('conflict', 'It is paid already.');
  }
  const draft = fromPayment(choice, write.key, write.now, visit.authority);
  const task = await createOnce(write, draft, write.key, write.asking);
  return { id: `${task.id}`, status: 'accepted' as const };
}
