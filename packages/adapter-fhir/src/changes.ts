import type * as fhir from 'fhir/r4.js';
import type { Station } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { Proposal } from '@clinic-widgets/core/desk.js';
import type { DetailName, DetailsConfirmation } from '@clinic-widgets/core/details.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { dayOf, inZone } from '@clinic-widgets/core/time.js';
import { actorOf } from './acting.ts';
import { type Asking, isOneOf } from './client.ts';
import { asRead, fromStation, keep, saidBefore, stationIn } from './confirmations.ts';
import { codesOf, idOf, momentOf } from './datatypes.ts';
import { type Changeable, changesOf, isByPapers, lineOf, toChanged, toDetails } from './demographics.ts';
import { objectsIn, textOf } from './elements.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { createOnce, markOf, tagOf, type Write } from './once.ts';
import { pageOf, type Paging } from './paging.ts';
import { OPEN } from './reviews.ts';
import { searchAll, type Setting } from './setting.ts';
import { CHANGE_CODES, CHANGE_INPUTS, WRITE_KEY } from './vocabulary.ts';
import { type Changes, update } from './writes.ts';

type Change = Pick<DetailsConfirmation, 'changed' | 'removed'>;

/** The clinic's day. */
export const todayAt = ({ now, ability }: Setting): string =>
  dayOf(new Date(now).toISOString(), ability.clinic.timeZone);

/** Of a change to several details that to one of them; none to what is changed at the desk only. */
const changeTo = (field: DetailName, { changed, removed = [] }: Change): Change => ({
  changed: isByPapers(field) || changed[field] === undefined ? {} : { [field]: changed[field] },
  removed: removed.includes(field) ? [field] : [],
});

interface Proposed {
  readonly acting: Acting;
  readonly station: Station;
  readonly at: string;
  readonly field: DetailName;
  readonly change: Change;
}

const inputOf = (code: string, value: Partial<fhir.TaskInput>): fhir.TaskInput => ({
  type: { coding: [{ system: CHANGE_INPUTS, code }] },
  ...value,
});

/**
 * The Task to look at one change. What is to be is a Patient that has nothing else, so that it is read and written by
 * the same mapping as every other; there is none where the detail is to be taken out, or was called wrong.
 */
export function fromChange(
  patient: fhir.Patient,
  { acting, station, at, field, change }: Proposed,
  key: string,
  today: string,
): fhir.Task {
  const empty: fhir.Patient = { resourceType: 'Patient', id: 'proposed' };
  const isRemoved = !lineOf(change.changed, field);
  const from = lineOf(toDetails(patient, today), field);
  return {
    resourceType: 'Task',
    ...(!isRemoved && { contained: [{ ...empty, ...(changesOf(empty, change, today) as Partial<fhir.Patient>) }] }),
    extension: [fromStation(station)],
    identifier: [markOf(`${key}/${field}`)],
    status: 'requested',
    intent: 'proposal',
    code: { coding: [{ system: CHANGE_CODES, code: 'details' }] },
    description: isByPapers(field)
      ? 'Put right, with papers seen, what the patient says is wrong.'
      : 'Take over a change to what is known of the patient, or refuse it.',
    focus: { reference: asRead(patient) },
    for: { reference: `Patient/${acting.patientId}` },
    authoredOn: at,
    requester: actorOf(acting),
    input: [
      inputOf('field', { valueCode: field }),
      ...(from ? [inputOf('from', { valueString: from })] : []),
      ...(isRemoved ? [] : [inputOf('to', { valueReference: { reference: '#proposed' } })]),
    ],
  };
}

/** Asks staff to take over changes to a patient, each by itself. */
export async function propose(
  write: Write,
  patient: fhir.Patient,
  { acting, station, at, changed, removed }: DetailsConfirmation,
  fields: readonly DetailName[],
): Promise<void> {
  for (const field of fields) {
    const change = changeTo(field, { changed, removed });
    const draft = fromChange(patient, { acting, station, at, field, change }, write.key, todayAt(write));
    await createOnce(write, draft, `${write.key}/${field}`, write.asking);
  }
}

const inputsOf = ({ input }: fhir.Task, code: string): fhir.TaskInput | undefined =>
  objectsIn<fhir.TaskInput>(input).find(({ type }) => codesOf([type], CHANGE_INPUTS).includes(code));

const isChange = ({ code }: fhir.Task): boolean => codesOf([code], CHANGE_CODES).includes('details');

/** What a Task says that is to change. */
function changeIn(task: fhir.Task, today: string): { field: DetailName; from: string | undefined; change: Change } {
  const field = inputsOf(task, 'field')?.valueCode as DetailName;
  const from = textOf(inputsOf(task, 'from')?.valueString);
  const named = inputsOf(task, 'to')?.valueReference?.reference;
  const proposed = objectsIn<fhir.Patient>(task.contained).find(({ id }) => named === `#${id}`);
  const value = proposed && toChanged(proposed, today)[field as Changeable];
  if (proposed && value === undefined) throw new LeftOut('malformed');
  return {
    field,
    from,
    change: value === undefined ? { changed: {}, removed: [field] } : { changed: { [field]: value } },
  };
}

/** A change that waits, as the contract has it. */
export function toProposal(task: fhir.Task, zone: string, today: string): Proposal {
  const { id = '', meta, authoredOn } = task;
  const { field, from, change } = changeIn(task, today);
  const to = lineOf(change.changed, field);
  const representativeId = idOf(task.requester, 'RelatedPerson');
  if (momentOf(authoredOn) === undefined) throw new LeftOut('malformed');
  return held(Proposal, {
    id,
    version: meta?.versionId ?? '',
    patientId: idOf(task.for, 'Patient') ?? '',
    field,
    ...(from && { from }),
    ...(to && { to }),
    at: inZone(authoredOn!, zone),
    station: (stationIn(task) ?? 'desk') as Proposal['station'],
    ...(representativeId && { representativeId }),
  });
}

/** The changes that wait for staff, earliest first. */
export async function findProposals(
  setting: Setting,
  { patientId, ...paging }: Paging & { readonly patientId?: string | undefined },
  asking: Asking,
) {
  const { timeZone } = setting.ability.clinic;
  const today = todayAt(setting);
  const patient = patientId === undefined ? [] : [['patient', `Patient/${patientId}`] as const];
  const query = [['code', `${CHANGE_CODES}|details`], ['status', OPEN], ...patient] as const;
  const tasks = await searchAll<fhir.Task>(setting, 'Task', query, { ...asking, secret: true });
  const found = tasks
    .filter((task) => lenient(task, isChange, setting.warn))
    .flatMap((task) => lenient(task, (one) => toProposal(one, timeZone, today), setting.warn) ?? [])
    .filter((one) => patientId === undefined || one.patientId === patientId);
  return pageOf(
    found.map((one) => [`${new Date(one.at).toISOString()}/${one.id}`, one] as const),
    paging,
  );
}

interface Decision {
  readonly proposal: { readonly id: string; readonly version: string };
  readonly decision: 'accepted' | 'refused';
}

/**
 * Takes a change over or refuses it. The Task is taken first, so that of two who decide at once one does; what was left
 * undone after that is done by the next try under the key.
 */
export async function decideProposal(write: Write, { proposal, decision }: Decision): Promise<Record<string, never>> {
  const { client, asking, key } = write;
  const task = await client.read<fhir.Task>('Task', proposal.id, asking);
  if (!isChange(task)) throw new ClinicError('not-found', 'There is no such proposal.');
  const own = objectsIn<fhir.Identifier>(task.identifier).some(
    ({ system, value }) => system === WRITE_KEY && value === key,
  );
  const acting = { patientId: idOf(task.for, 'Patient') ?? '' };
  if (own && (await saidBefore(write, 'decision', acting))) return {};
  if (!own && proposal.version && task.meta?.versionId !== proposal.version) throw decided();
  if (!own && !OPEN.split(',').includes(task.status)) throw decided();

  const patient = await client.read<fhir.Patient>('Patient', acting.patientId, asking);
  const { field, from, change } = changeIn(task, todayAt(write));
  // What was called wrong staff have put right where they keep it: nothing is left to be taken over.
  const isTaken = decision === 'accepted' && !isByPapers(field);
  const isDone = isAs(write, patient, field, lineOf(change.changed, field));
  if (isTaken && !isDone && !isAs(write, patient, field, from)) throw changedSince();

  const identifier = [...objectsIn<fhir.Identifier>(task.identifier), ...(own ? [] : [markOf(key)])];
  // A try that comes after the change must know what was looked at before it.
  const focus = { reference: asRead(patient) };
  const taken = own ? task : await update(client, task, { status: 'in-progress', identifier, focus }, asking);
  const changed = isTaken && !isDone ? await takeOver(write, taken, patient, change) : undefined;
  const earlier = isMarked(patient, key) ? taken.focus?.reference : undefined;
  if (taken.status === 'in-progress') {
    await update(client, taken, { status: decision === 'accepted' ? 'completed' : 'rejected' }, {});
  }
  await keep(write, {
    about: 'decision',
    acting,
    authority: 'self',
    byStaff: true,
    station: { kind: 'desk' },
    at: new Date(write.now).toISOString(),
    targets: [asRead(changed ?? patient)],
    revised: changed ? asRead(patient) : earlier,
    entries: [{ field, act: decision }],
  });
  return {};
}

/** Makes the change, and gives the Task back where the patient was changed in the meantime. */
async function takeOver(write: Write, task: fhir.Task, patient: fhir.Patient, change: Change): Promise<fhir.Patient> {
  try {
    return await changePatient(write, patient, changesOf(patient, change, todayAt(write)), write.key, {});
  } catch (error) {
    if (isOneOf(error, 'conflict', 'invalid')) {
      await update(write.client, task, { status: 'requested' }, {}).catch(() => undefined);
    }
    throw error;
  }
}

const isAs = (setting: Setting, patient: fhir.Patient, field: DetailName, line: string | undefined): boolean =>
  lineOf(toDetails(patient, todayAt(setting)), field) === line;

const decided = () => new ClinicError('conflict', 'The proposal was decided already.');
const changedSince = () => new ClinicError('conflict', 'The details have changed since.');

/** Whether the last change that this package made to a patient was under the key. */
export const isMarked = ({ meta }: fhir.Patient, key: string): boolean =>
  objectsIn<fhir.Coding>(meta?.tag).some(({ system, code }) => system === WRITE_KEY && code === key);

/** Changes a patient, if it is still the version that was read, once, however often it is tried under the key. */
export async function changePatient(
  { client }: Setting,
  patient: fhir.Patient,
  changes: Changes<fhir.Patient>,
  key: string,
  asking: Asking,
): Promise<fhir.Patient> {
  const others = objectsIn<fhir.Coding>(patient.meta?.tag).filter(({ system }) => system !== WRITE_KEY);
  const meta = { ...patient.meta, tag: [...others, tagOf(key)] };
  try {
    return await update(client, patient, { ...changes, meta }, asking);
  } catch (error) {
    // The reply may be lost, and not the write.
    const now = await client.read<fhir.Patient>('Patient', `${patient.id}`, asking).catch(() => undefined);
    if (!now || !isMarked(now, key)) throw error;
    return now;
  }
}
