import type * as fhir from 'fhir/r4.js';
import type { Authority, Help, HelpReason, HelpRequest, Station, WalkIn } from '@clinic-widgets/core/check-in.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import { actorOf } from './acting.ts';
import { admit } from './admission.ts';
import { attentionOf, attentionTask, saidInput } from './attention.ts';
import { type Asking, isOneOf } from './client.ts';
import { fromStation } from './confirmations.ts';
import { idOf } from './datatypes.ts';
import { isDeskOpen } from './front-desk.ts';
import { numbered } from './numbers.ts';
import { createOnce, markOf, otherRequest, type Write } from './once.ts';
import { ownAppointment } from './participants.ts';
import { whereToGo } from './reception.ts';
import type { Setting } from './setting.ts';
import { concept } from './visit-tasks.ts';
import { ATTENTION_CODES, HELP_REASONS } from './vocabulary.ts';

/** What the patient liaison answers later; all the rest stands and waits. */
const LATER: readonly HelpReason[] = ['complaint', 'compliment', 'bill'];

interface About {
  readonly kind: 'help' | 'walk-in';
  readonly priority: Attention['priority'];
  readonly key: string;
  readonly now: number;
  readonly station: Station;
  readonly reason?: HelpReason | undefined;
}

const fromAbout = ({ kind, priority, key, now, station, reason }: About) => ({
  resourceType: 'Task' as const,
  extension: [fromStation(station)],
  identifier: [markOf(key)],
  status: 'requested' as const,
  intent: 'order' as const,
  priority,
  code: concept(ATTENTION_CODES, kind),
  authoredOn: new Date(now).toISOString(),
  ...(reason && { reasonCode: concept(HELP_REASONS, reason) }),
  ...(station.locationId !== undefined && { location: { reference: `Location/${station.locationId}` } }),
});

const inputs = (list: readonly (readonly [code: string, value: Partial<fhir.TaskInput> | false])[]) => {
  const input = list.flatMap(([code, value]) => (value ? [saidInput(code, value)] : []));
  return input.length ? { input } : {};
};

const said = (text: string | undefined) => !!text?.trim() && { valueString: text };

/** The Task to come to somebody who calls. */
export function fromHelp(request: HelpRequest, key: string, now: number, authority?: Authority): fhir.Task {
  const { station, reason, acting, appointmentId, message, language } = request;
  const priority = reason === 'danger' ? 'stat' : LATER.includes(reason) ? 'routine' : 'urgent';
  return {
    ...fromAbout({ kind: 'help', priority, key, now, station, reason }),
    description: 'Somebody calls for a person.',
    ...(appointmentId !== undefined && { basedOn: [{ reference: `Appointment/${appointmentId}` }] }),
    ...(acting && { for: { reference: `Patient/${acting.patientId}` }, requester: actorOf(acting, authority) }),
    ...inputs([
      ['message', said(message)],
      ['language', language !== undefined && { valueCode: language }],
    ]),
  };
}

/** The Task to see to somebody without an appointment: what they typed, and no Patient. */
export function fromWalkIn(walkIn: WalkIn, key: string, now: number): fhir.Task {
  const { station, danger, givenName, familyName, birthDate, phone, reason, language } = walkIn;
  return {
    ...fromAbout({
      kind: 'walk-in',
      priority: danger ? 'stat' : 'urgent',
      key,
      now,
      station,
      reason: danger ? 'danger' : undefined,
    }),
    description: 'See to somebody without an appointment. Who they are is not verified.',
    ...inputs([
      ['name', said([givenName, familyName].filter(Boolean).join(' '))],
      ['birth-date', birthDate !== undefined && { valueDate: birthDate }],
      ['phone', said(phone)],
      ['message', said(reason)],
      ['language', language !== undefined && { valueCode: language }],
    ]),
  };
}

async function toHelp(setting: Setting, task: fhir.Task, asking: Asking): Promise<Help> {
  const { id, number = id.slice(0, 20), state } = attentionOf(setting, task);
  return { id, number, state, deskOpen: await isDeskOpen(setting, asking), ...whereToGo(setting) };
}

/** Makes the Task, which staff see from then on, and gives it a number after that. */
async function call(write: Write, draft: fhir.Task): Promise<Help> {
  const made = await createWherever(write, draft);
  const isSame = made.code?.coding?.[0]?.code === draft.code?.coding?.[0]?.code;
  if (!isSame || idOf(made.for, 'Patient') !== idOf(draft.for, 'Patient')) throw otherRequest();
  return toHelp(write, await numbered(write, made), write.asking);
}

/** Makes the Task, without the place where the server knows none such: a kiosk that is set up wrong must be heard too. */
async function createWherever(write: Write, draft: fhir.Task): Promise<fhir.Task> {
  try {
    return await createOnce(write, draft, write.key, write.asking);
  } catch (error) {
    const { location, ...rest } = draft;
    if (!location || !isOneOf(error, 'invalid')) throw error;
    return createOnce(write, rest, write.key, write.asking);
  }
}

/** Calls for a person, whoever calls: of whom it is, and of which visit, is said where that is certain. */
export async function askForHelp(write: Write, request: HelpRequest): Promise<Help> {
  const { acting, appointmentId, ...rest } = request;
  if (!acting) return call(write, fromHelp(rest, write.key, write.now));
  const [authority, own] = await Promise.all([
    ifCertain(admit(write, acting, write.asking)),
    appointmentId !== undefined && ifCertain(ownAppointment(write, acting.patientId, appointmentId, write.asking)),
  ]);
  const about = authority ? { acting, ...(own && { appointmentId }) } : {};
  return call(write, fromHelp({ ...rest, ...about }, write.key, write.now, authority));
}

/** By what right somebody may act, or a visit of theirs, where that is so; that the server does not answer is no no. */
async function ifCertain<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (!isOneOf(error, 'not-found', 'forbidden', 'invalid')) throw error;
    return undefined;
  }
}

/** Takes in somebody without an appointment. */
export const startWalkIn = (write: Write, walkIn: WalkIn): Promise<Help> =>
  call(write, fromWalkIn(walkIn, write.key, write.now));

/** What became of a call. Nobody needs to be known for this: nothing else that waits for staff may be asked after. */
export const getHelp = async (setting: Setting, helpId: string, asking: Asking): Promise<Help> =>
  toHelp(setting, await attentionTask(setting, helpId, ['help', 'walk-in'], asking), asking);
