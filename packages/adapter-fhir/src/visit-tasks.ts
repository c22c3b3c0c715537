import type * as fhir from 'fhir/r4.js';
import { CallBy, type VisitProgress } from '@clinic-widgets/core/check-in.js';
import { actorOf } from './acting.ts';
import { type Asking, isOneOf } from './client.ts';
import { codesOf, idOf, momentOf } from './datatypes.ts';
import { objectsIn, textOf } from './elements.ts';
import type { Met } from './encounters.ts';
import { lenient } from './lenient.ts';
import type { Write } from './once.ts';
import { inChunks, searchAll, type Setting } from './setting.ts';
import type { VisitAsked } from './visit.ts';
import { DRAWN, NUMBER, VISIT_INPUTS, VISIT_STATES, VISIT_TASK, VISIT_TASKS } from './vocabulary.ts';
import { type Changes, create, update } from './writes.ts';

/** What is known of a visit that an Appointment has no place for. */
export interface VisitMarks {
  readonly isReady: boolean;
  readonly arrivedAt?: string;
  readonly ticket?: string;
  readonly callBy?: CallBy;
  /** Where the patient was called or moved to last. */
  readonly called?: { readonly kind: 'called' | 'moved'; readonly to: string; readonly at?: number };
  /** The patient has checked out. */
  readonly hasLeft?: boolean;
}

/** A concept of one code. */
export const concept = (system: string, code: string): fhir.CodeableConcept => ({ coding: [{ system, code }] });

/** What stands under a code among what goes into a Task or comes out of it. */
export const valueUnder = (
  list: readonly fhir.TaskInput[] | undefined,
  system: string,
  code: string,
): fhir.TaskInput | undefined =>
  objectsIn<fhir.TaskInput>(list).find(({ type }) => codesOf([type], system)[0] === code);

/** The number that a Task was given, as it is called out: `A12`. */
export function numberIn({ identifier }: fhir.Task): string | undefined {
  const value = objectsIn<fhir.Identifier>(identifier).find(({ system }) => system === NUMBER)?.value;
  const [, number] = /\/([1-9]\d{0,8})$/.exec(`${value}`) ?? [];
  return number && spoken(Number(number));
}

/** Letters that neither sound nor look like each other or a digit. */
const LETTERS = 'AFHKLMPRUXY';
/** From 10 to 99: what has two digits is heard as a number. */
const PER_LETTER = 90;

/** A number of the day, from 1 on, as it is called out. After a thousand they grow longer. */
export function spoken(number: number): string {
  const index = number - 1;
  const letter = LETTERS[Math.floor(index / PER_LETTER) % LETTERS.length]!;
  const round = Math.floor(index / (PER_LETTER * LETTERS.length));
  return `${letter}${10 + (index % PER_LETTER) + round * 100}`;
}

/** What the Task of a visit says. */
export function toMarks(task: fhir.Task): VisitMarks {
  const callBy = CallBy.safeParse(valueUnder(task.input, VISIT_INPUTS, 'call-by')?.valueCode);
  const [state] = codesOf([task.businessStatus], VISIT_STATES);
  const to = textOf(valueUnder(task.output, VISIT_INPUTS, 'called-to')?.valueString);
  const arrivedAt = textOf(task.executionPeriod?.start);
  const at = momentOf(textOf(valueUnder(task.output, VISIT_INPUTS, 'called-at')?.valueInstant));
  const ticket = numberIn(task);
  return {
    isReady: valueUnder(task.input, VISIT_INPUTS, 'ready') !== undefined,
    ...(momentOf(arrivedAt) !== undefined && { arrivedAt: arrivedAt! }),
    ...(ticket && { ticket }),
    ...(callBy.success && { callBy: callBy.data }),
    ...((state === 'called' || state === 'moved') &&
      to && { called: { kind: state, to, ...(at !== undefined && { at }) } }),
    ...(task.status === 'completed' && { hasLeft: true }),
  };
}

/** The visits' Tasks, by the ids of their Appointments; of several for one, the first. */
export async function visitTasksOf(
  setting: Setting,
  appointmentIds: readonly string[],
  asking: Asking,
): Promise<ReadonlyMap<string, fhir.Task>> {
  const found = await inChunks(appointmentIds, (ids) => {
    const query = [['identifier', ids.map((id) => `${VISIT_TASK}|${id}`).join()]] as const;
    return searchAll<fhir.Task>(setting, 'Task', query, { ...asking, secret: true, tolerant: true });
  });
  const made = (task: fhir.Task) => `${task.authoredOn}/${task.id}`;
  const tasks = new Map<string, fhir.Task>();
  for (const task of found.sort((a, b) => (made(a) > made(b) ? -1 : 1))) {
    const id = lenient(task, ({ focus }) => idOf(focus, 'Appointment'), setting.warn);
    if (id) tasks.set(id, task);
  }
  return tasks;
}

/** The marks of one visit. */
export async function marksOf(setting: Setting, appointmentId: string, asking: Asking): Promise<VisitMarks> {
  const task = (await visitTasksOf(setting, [appointmentId], asking)).get(appointmentId);
  return (task && lenient(task, toMarks, setting.warn)) ?? { isReady: false };
}

/** How often a Task that others change too is read again. */
const MOST_TRIES = 8;

/** Makes a Task what it is to be, whoever changes it meanwhile; nothing is written where it is so already. */
export async function mend(
  { client }: Pick<Setting, 'client'>,
  task: fhir.Task,
  change: (now: fhir.Task) => Changes<fhir.Task> | undefined,
  asking: Asking,
): Promise<fhir.Task> {
  let now = task;
  for (let tries = 1; ; tries++) {
    const changes = change(now);
    if (!changes) return now;
    try {
      return await update(client, now, changes, asking);
    } catch (error) {
      if (!isOneOf(error, 'conflict') || tries === MOST_TRIES) throw error;
      now = await client.read<fhir.Task>('Task', task.id ?? '', asking);
    }
  }
}

/** Makes the one Task of a visit what it is to be. */
export async function mendVisit(
  write: Write,
  { appointmentId, patientId }: { readonly appointmentId: string; readonly patientId: string },
  change: (now: fhir.Task) => Changes<fhir.Task> | undefined,
): Promise<fhir.Task> {
  const { client, asking } = write;
  const draft: fhir.Task = {
    resourceType: 'Task',
    identifier: [{ system: VISIT_TASK, value: appointmentId }],
    status: 'requested',
    businessStatus: concept(VISIT_STATES, 'expected'),
    intent: 'order',
    code: concept(VISIT_TASKS, 'visit'),
    focus: { reference: `Appointment/${appointmentId}` },
    for: { reference: `Patient/${patientId}` },
    authoredOn: new Date(write.now).toISOString(),
  };
  const known = (await visitTasksOf(write, [appointmentId], asking)).get(appointmentId);
  const task = known ?? (await create(client, draft, asking, `${VISIT_TASK}|${appointmentId}`));
  return mend(write, task, change, asking);
}

/** The inputs with another value under a code, and with who gave it in the patient's place. */
export function withInput(
  { input = [] }: fhir.Task,
  code: string,
  value: object,
  { acting, authority }: Pick<VisitAsked, 'acting' | 'authority'>,
): fhir.TaskInput[] {
  const actor = `actor-${code}`;
  const others = input.filter(({ type }) => ![code, actor].includes(`${codesOf([type], VISIT_INPUTS)[0]}`));
  const given = [...others, { type: concept(VISIT_INPUTS, code), ...value }];
  if (acting.representativeId === undefined) return given;
  return [...given, { type: concept(VISIT_INPUTS, actor), valueReference: actorOf(acting, authority) }];
}

/** The patient is there: since when, and that they wait. */
export const arrived =
  (at: string) =>
  ({ executionPeriod }: fhir.Task): Changes<fhir.Task> | undefined =>
    executionPeriod?.start
      ? undefined
      : {
          status: 'in-progress',
          businessStatus: concept(VISIT_STATES, 'waiting'),
          executionPeriod: { start: at },
        };

/** The patient has left. */
export const left =
  (at: string) =>
  ({ status, executionPeriod }: fhir.Task): Changes<fhir.Task> | undefined =>
    status === 'completed' ? undefined : { status: 'completed', executionPeriod: { ...executionPeriod, end: at } };

/** What of a call is kept, and goes with the next one. */
const CALLED: readonly unknown[] = ['called-to', 'called-at'];

/** The patient is called to a place, or moved on. */
export const calledTo =
  (to: string, kind: NonNullable<VisitMarks['called']>['kind'], at: string) =>
  (task: fhir.Task): Changes<fhir.Task> | undefined => {
    const { called } = toMarks(task);
    if (called?.kind === kind && called.to === to) return undefined;
    const { output = [] } = task;
    const others = output.filter(({ type }) => !CALLED.includes(codesOf([type], VISIT_INPUTS)[0]));
    return {
      businessStatus: concept(VISIT_STATES, kind),
      output: [
        ...others,
        { type: concept(VISIT_INPUTS, 'called-to'), valueString: to },
        { type: concept(VISIT_INPUTS, 'called-at'), valueInstant: at },
      ],
    };
  };

/**
 * How it goes on, by the status of the appointment and what is known besides. An Appointment may be `fulfilled` as soon as
 * there is an Encounter to go on with (https://hl7.org/fhir/R4/codesystem-appointmentstatus.html).
 */
export function progressOf(
  status: fhir.Appointment['status'],
  { called, hasLeft = false }: VisitMarks,
  met: Met | undefined,
): VisitProgress['state'] {
  const isUnderWay = met?.state === 'with-clinician' && !isCalledSince(called, met);
  if (status === 'fulfilled') return isUnderWay && !hasLeft ? 'with-clinician' : 'finished';
  if (status !== 'booked' && status !== 'arrived' && status !== 'checked-in') return 'see-desk';
  if (isUnderWay) return 'with-clinician';
  if (met?.state === 'finished') return 'finished';
  return status === 'booked' ? 'expected' : (called?.kind ?? 'waiting');
}

/** Whether somebody who was with a clinician was sent on from there. */
const isCalledSince = (called: VisitMarks['called'], { since }: Met): boolean =>
  called?.at !== undefined && since !== undefined && called.at >= since;

/** What a Task is identified by that keeps a number from being drawn twice. */
export const drawn = (value: string): fhir.Identifier => ({ system: DRAWN, value });
