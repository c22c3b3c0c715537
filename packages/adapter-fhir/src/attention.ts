import type * as fhir from 'fhir/r4.js';
import { HelpReason, Preparation, type Station } from '@clinic-widgets/core/check-in.js';
import { Day, Language } from '@clinic-widgets/core/common.js';
import { Attention } from '@clinic-widgets/core/desk.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { inZone } from '@clinic-widgets/core/time.js';
import { type Asking, isOneOf } from './client.ts';
import { stationIn } from './confirmations.ts';
import { copyIn } from './copies.ts';
import { codesOf, extensionsOf, idAmong, idOf, momentOf } from './datatypes.ts';
import { extensionsIn, objectsIn, textOf } from './elements.ts';
import { gathering } from './gathering.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import type { Write } from './once.ts';
import { type Keyed, pageOf, type Paging, USUAL_LIMIT } from './paging.ts';
import { lacksOf } from './preparations.ts';
import { isForStaff, OPEN } from './reviews.ts';
import { inChunks, searchAll, type Setting } from './setting.ts';
import { concept, mend, numberIn, valueUnder, visitTasksOf } from './visit-tasks.ts';
import { asked } from './visits.ts';
import { ALERT_INPUTS, ATTENTION_CODES, ATTENTION_INPUTS, HELP_REASONS, STATION } from './vocabulary.ts';

type Priority = Attention['priority'];
type Kind = Attention['kind'];

const KINDS: readonly Kind[] = ['review', 'alert', 'help', 'walk-in', 'unfinished', 'copy'];

/** Those that nobody need be known for. */
const OF_ANYBODY: readonly Kind[] = ['help', 'walk-in'];

/** R4's priorities, of which there is one more (https://hl7.org/fhir/R4/valueset-request-priority.html). */
const PRIORITIES: Readonly<Record<string, Priority>> = { urgent: 'urgent', asap: 'urgent', stat: 'stat' };

/** How far staff have come, by the status of the Task (https://hl7.org/fhir/R4/valueset-task-status.html). */
const STATES: Readonly<Record<string, Attention['state']>> = {
  draft: 'waiting',
  requested: 'waiting',
  received: 'waiting',
  accepted: 'acknowledged',
  ready: 'acknowledged',
  'in-progress': 'acknowledged',
  'on-hold': 'acknowledged',
};

/** What kind of Task for staff it is. */
export const kindIn = ({ code }: fhir.Task): Kind | undefined =>
  codesOf([code], ATTENTION_CODES).find((one): one is Kind => (KINDS as readonly string[]).includes(one));

const inputOf = ({ input }: fhir.Task, code: string) => valueUnder(input, ATTENTION_INPUTS, code);
const textIn = (task: fhir.Task, code: string): string | undefined => textOf(inputOf(task, code)?.valueString);

/** Something that waits for staff, from a Task. */
export function toAttention(task: fhir.Task, clinicZone: string): Attention {
  const { id = '', status, priority, focus, reasonReference, basedOn, input } = task;
  const kind = kindIn(task);
  const patientId = idOf(task.for, 'Patient');
  if (!patientId && !OF_ANYBODY.includes(kind!)) throw new LeftOut('no-patient');
  const at = [task.authoredOn, task.lastModified, task.meta?.lastUpdated].find((one) => momentOf(one) !== undefined);
  const formId = idAmong([focus, reasonReference], 'Questionnaire');
  const responseId = idOf(focus, 'QuestionnaireResponse');
  const appointmentId = idAmong(basedOn ?? [], 'Appointment');
  const linkId = textOf(valueUnder(input, ALERT_INPUTS, 'link-id')?.valueString);
  const copyOf = copyIn(task);
  return held(Attention, {
    id,
    kind: kind!,
    priority: PRIORITIES[priority ?? ''] ?? 'routine',
    state: STATES[status] ?? 'done',
    at: at ? inZone(at, clinicZone) : '',
    ...(patientId && { patientId }),
    ...(formId && { formId }),
    ...(responseId && { responseId }),
    ...(appointmentId && { appointmentId }),
    ...(linkId && { linkId }),
    ...(copyOf && { copyOf }),
    ...calledBy(task),
  });
}

/** What came with it from a kiosk: from where, in which language, and in whose words. */
function calledBy(task: fhir.Task): Partial<Attention> {
  const number = numberIn(task);
  const station = toStation(task);
  const language = Language.safeParse(inputOf(task, 'language')?.valueCode);
  const reason = HelpReason.safeParse(codesOf([task.reasonCode], HELP_REASONS)[0]);
  const unfinished = objectsIn<fhir.TaskInput>(task.input)
    .filter(({ type }) => codesOf([type], ATTENTION_INPUTS).includes('unfinished'))
    .flatMap(({ valueCode }) => Preparation.safeParse(valueCode).data ?? []);
  const message = textIn(task, 'message');
  const name = textIn(task, 'name');
  return {
    ...(number && { number }),
    ...(station && { station }),
    ...(language.success && { language: language.data }),
    ...(reason.success && { reason: reason.data }),
    ...(unfinished.length && { unfinished }),
    ...(message && { message }),
    ...(name && { claimed: { name, ...claimedIn(task) } }),
  };
}

function claimedIn(task: fhir.Task) {
  const birthDate = Day.safeParse(inputOf(task, 'birth-date')?.valueDate);
  const phone = textIn(task, 'phone');
  return { ...(birthDate.success && { birthDate: birthDate.data }), ...(phone && { phone }) };
}

function toStation(task: fhir.Task): Station | undefined {
  const kind = stationIn(task) as Station['kind'] | undefined;
  const said = extensionsIn(task).find(({ url }) => url === STATION);
  const deviceId = textOf(extensionsOf(said, 'device')[0]?.valueString);
  const locationId = idOf(task.location, 'Location');
  return kind && { kind, ...(deviceId && { deviceId }), ...(locationId && { locationId }) };
}

const CAREFUL = { secret: true, tolerant: true } as const;

const PRESSING: readonly Priority[] = ['stat', 'urgent', 'routine'];

/** The Tasks for staff that are not done, each with what it says. */
export async function openAttention(
  setting: Setting,
  patientId: string | undefined,
  asking: Asking,
): Promise<{ readonly task: fhir.Task; readonly one: Attention }[]> {
  const codes = KINDS.map((code) => `${ATTENTION_CODES}|${code}`).join();
  const patient = patientId === undefined ? [] : [['patient', `Patient/${patientId}`] as const];
  const query = [['code', codes], ['status', OPEN], ...patient] as const;
  const tasks = await searchAll<fhir.Task>(setting, 'Task', query, { ...asking, secret: true });
  const { timeZone } = setting.ability.clinic;
  return tasks
    .filter((task) => lenient(task, isForStaff, setting.warn))
    .flatMap((task) => {
      const one = lenient(task, (each) => toAttention(each, timeZone), setting.warn);
      return one ? [{ task, one }] : [];
    })
    .filter(({ one }) => patientId === undefined || one.patientId === patientId);
}

/** What waits for staff, the most pressing first, then what waits longest. */
export async function findAttention(
  setting: Setting,
  { patientId, ...paging }: Paging & { readonly patientId?: string | undefined },
  asking: Asking,
) {
  const open = onceEach((await openAttention(setting, patientId, asking)).map(({ one }) => one));
  const { cursor = '', limit = USUAL_LIMIT } = paging;
  const behind = open
    .map((one) => [keyOf(one), one] as const)
    .filter(([key]) => key > cursor)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const standing: Keyed<Attention>[] = [];
  // Only as much is looked into as the page shows, and one more, which says whether there is another page.
  for (let seen = 0; seen < behind.length && standing.length <= limit; seen += limit + 1) {
    standing.push(...(await asTheyStand(setting, behind.slice(seen, seen + limit + 1), asking)));
  }
  return pageOf(standing, paging);
}

const keyOf = ({ id, priority, at }: Attention): string =>
  `${PRESSING.indexOf(priority)}/${new Date(at).toISOString()}/${id}`;

/** Of what is unfinished of a visit only the first: it says all that is. */
function onceEach(list: readonly Attention[]): Attention[] {
  const first = new Map<string | undefined, Attention>();
  for (const one of list.filter(isOfVisit)) {
    const known = first.get(one.appointmentId);
    if (!known || Date.parse(one.at) < Date.parse(known.at)) first.set(one.appointmentId, one);
  }
  return list.filter((one) => !isOfVisit(one) || first.get(one.appointmentId) === one);
}

const isOfVisit = ({ kind, appointmentId }: Attention): boolean => kind === 'unfinished' && appointmentId !== undefined;

/** Whether the patient's ticket tells staff whom it is about. */
const isByTicket = (one: Attention): boolean => isOfVisit(one) || one.kind === 'copy';

/** As they stand now, without what is done: what was unfinished may have been finished, and who has come has a ticket. */
async function asTheyStand(
  setting: Setting,
  list: readonly Keyed<Attention>[],
  asking: Asking,
): Promise<Keyed<Attention>[]> {
  const of = (isWanted: (one: Attention) => boolean) => [
    ...new Set(list.flatMap(([, one]) => (isWanted(one) ? (one.appointmentId ?? []) : []))),
  ];
  const many = gathering(setting);
  const [appointments, tasks] = await Promise.all([
    inChunks(of(isOfVisit), (ids) =>
      searchAll<fhir.Appointment>(setting, 'Appointment', [['_id', ids.join()]], { ...asking, ...CAREFUL }),
    ),
    visitTasksOf(setting, of(isByTicket), asking),
  ]);
  const visits = new Map(appointments.map((one) => [one.id, one]));
  const standing = await Promise.all(
    list.map(async ([key, one]): Promise<Keyed<Attention>> => {
      const ticket = isByTicket(one) ? tasks.get(one.appointmentId ?? '') : undefined;
      const number = ticket && lenient(ticket, numberIn, setting.warn);
      const known = one.number === undefined && number ? { ...one, number } : one;
      const visit = isOfVisit(one) ? visits.get(one.appointmentId) : undefined;
      return [key, visit ? await unfinishedNow(many, known, visit, asking) : known];
    }),
  );
  return standing.filter(([, { state }]) => state !== 'done');
}

/** What is left to finish of a visit by now. */
async function unfinishedNow(
  setting: Setting,
  one: Attention,
  visit: fhir.Appointment,
  asking: Asking,
): Promise<Attention> {
  try {
    const unfinished = await lacksOf(setting, asked({ patientId: one.patientId! }, visit), asking);
    return { ...one, unfinished, ...(!unfinished.length && { state: 'done' }) };
  } catch (error) {
    // What cannot be read by who asks is no reason to hide the rest.
    if (!isOneOf(error, 'not-found', 'forbidden', 'unsupported')) throw error;
    return one;
  }
}

/** A Task for staff of one of the kinds. */
export async function attentionTask(
  { client }: Setting,
  id: string,
  kinds: readonly Kind[],
  asking: Asking,
): Promise<fhir.Task> {
  const task = await client.read<fhir.Task>('Task', id, asking);
  if (kinds.some((kind) => kind === kindIn(task))) return task;
  throw new ClinicError('not-found', 'There is nothing such that waits for staff.');
}

/** A Task for staff as the contract has it. */
export function attentionOf(setting: Setting, task: fhir.Task): Attention {
  const one = lenient(task, (it) => toAttention(it, setting.ability.clinic.timeZone), setting.warn);
  if (one) return one;
  throw new ClinicError('unexpected', 'The Task makes no sense.');
}

const RANKS: readonly Attention['state'][] = ['waiting', 'acknowledged', 'done'];
const STATUSES = { acknowledged: 'accepted', done: 'completed' } as const;

interface Acknowledgement {
  readonly attentionId: string;
  readonly state: 'acknowledged' | 'done';
}

/** Says that somebody is coming, or that it is done. Who says so after somebody else has said nothing new. */
export async function acknowledge(write: Write, { attentionId, state }: Acknowledgement): Promise<Attention> {
  const { asking } = write;
  const task = await attentionTask(write, attentionId, KINDS, asking);
  const isReached = ({ status }: fhir.Task) => RANKS.indexOf(STATES[status] ?? 'done') >= RANKS.indexOf(state);
  const changed = await mend(
    write,
    task,
    (now) => {
      if (!isReached(now)) return { status: STATUSES[state] };
      if (state === 'acknowledged' && (STATES[now.status] ?? 'done') === 'done') {
        throw new ClinicError('conflict', 'It is done already.');
      }
      return undefined;
    },
    asking,
  );
  const one = attentionOf(write, changed);
  if (state === 'done' && isOfVisit(one)) await closeOthers(write, one);
  return one;
}

/** What else was told of the same visit is done with it. */
async function closeOthers(write: Write, { id, appointmentId, patientId }: Attention): Promise<void> {
  const others = (await openAttention(write, patientId, {})).filter(
    ({ one }) => isOfVisit(one) && one.appointmentId === appointmentId && one.id !== id,
  );
  for (const { task } of others) {
    await mend(write, task, ({ status }) => (status === 'completed' ? undefined : { status: 'completed' }), {});
  }
}

/** Says who somebody without an appointment is. */
export async function matchWalkIn(
  write: Write,
  { attentionId, patientId }: { readonly attentionId: string; readonly patientId: string },
): Promise<Attention> {
  const { client, asking } = write;
  const [task] = await Promise.all([
    attentionTask(write, attentionId, ['walk-in'], asking),
    client.read<fhir.Patient>('Patient', patientId, asking),
  ]);
  const matched = await mend(
    write,
    task,
    (now) => {
      const known = idOf(now.for, 'Patient');
      if (known === patientId && now.status === 'completed') return undefined;
      if (STATES[now.status] === undefined) throw new ClinicError('conflict', 'The walk-in is done already.');
      return { for: { reference: `Patient/${patientId}` }, status: 'completed' };
    },
    asking,
  );
  return attentionOf(write, matched);
}

/** What a Task for staff has of what somebody said. */
export const saidInput = (code: string, value: Partial<fhir.TaskInput>): fhir.TaskInput => ({
  type: concept(ATTENTION_INPUTS, code),
  ...value,
});
