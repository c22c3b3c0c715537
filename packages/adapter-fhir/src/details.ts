import type * as fhir from 'fhir/r4.js';
import type { AdapterImplementation, CallOptions } from '@clinic-widgets/core/adapter.js';
import {
  ByPapers,
  type Confirmation,
  type DetailName,
  type DetailsConfirmation,
} from '@clinic-widgets/core/details.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { isStaff, represented, type Represented } from './authority.ts';
import { changePatient, isMarked, propose, todayAt } from './changes.ts';
import { type Asking, isOneOf } from './client.ts';
import {
  asRead,
  entriesIn,
  findConfirmations,
  keep,
  saidBefore,
  saidByPatient,
  saidOf,
  visitIn,
} from './confirmations.ts';
import { confirmCoverages, findCoverages } from './coverages.ts';
import { type Changeable, changesOf, lineOf, misfitsOf, toChanged, toDetails, withheldOf } from './demographics.ts';
import { lenient } from './lenient.ts';
import type { Write } from './once.ts';
import { ownAppointment } from './participants.ts';
import { receptionOf } from './reception.ts';
import { refusedAt } from './refusals.ts';
import type { Setting } from './setting.ts';
import type { NeedState, VisitAsked } from './visit.ts';

type Keyed = CallOptions & { readonly idempotencyKey: string };

/** The operations of what the clinic knows of a patient, and who says that it is right. */
export function details(setting: Setting): AdapterImplementation {
  const write =
    <I, O>(run: (write: Write, input: I) => Promise<O>) =>
    (input: I, { idempotencyKey, signal }: Keyed): Promise<O> =>
      run({ ...setting, key: idempotencyKey, asking: { signal } }, input);

  return {
    async getDetails({ acting }, { signal }) {
      const { patient, isPrivate } = await represented(setting, acting, { signal });
      const shown = lenient(patient, (one) => toDetails(one, todayAt(setting), isPrivate), setting.warn);
      if (shown) return shown;
      throw new ClinicError('unexpected', 'The patient makes no sense.');
    },

    confirmDetails: write(confirmDetails),
    findCoverages: (query, { signal }) => findCoverages(setting, query, { signal }),
    confirmCoverages: write(confirmCoverages),
    findConfirmations: (query, { signal }) => findConfirmations(setting, query, { signal }),
  };
}

/** Writes down what is right, and changes what is not, or asks staff to. */
async function confirmDetails(write: Write, input: DetailsConfirmation) {
  const { acting, station, at, appointmentId } = input;
  const [earlier, who] = await Promise.all([
    saidBefore(write, 'details', acting),
    represented(write, acting, write.asking),
    appointmentId === undefined ? undefined : ownAppointment(write, acting.patientId, appointmentId, write.asking),
  ]);
  if (earlier) return { id: earlier, status: 'accepted' as const };

  const { patient } = who;
  const isMade = isMarked(patient, write.key);
  if (!isMade && input.version && patient.meta?.versionId !== input.version) {
    throw new ClinicError('conflict', 'The details have changed.');
  }
  const misfits = misfitsOf(input, withheldOf(patient, who.isPrivate));
  if (misfits.length) throw new ClinicError('invalid', 'Something in the details cannot be so.', { misfits });

  const byStaff = isStaff(write, station);
  const fields = changedFields(input).filter((field) => isMade || isChange(write, patient, input, field));
  const isProposal = !byStaff && waits(write, who);
  const doubted = [...new Set(input.doubted)];
  await propose(write, patient, input, isProposal ? [...fields, ...doubted] : doubted);
  const changed = !isProposal && fields.length && !isMade ? await change(write, patient, input) : undefined;
  const looked = asLookedAt(patient, input.version);
  const id = await keep(write, {
    about: 'details',
    acting,
    authority: who.authority,
    byStaff,
    station,
    at,
    appointmentId,
    ...(changed || isMade ? { targets: [asRead(changed ?? patient)], revised: looked } : { targets: [looked] }),
    entries: [
      ...(await entriesOf(write, input, fields, isProposal ? 'proposed' : 'changed')),
      ...doubted.map((field) => ({ field, act: 'doubted' as const })),
    ],
  });
  return { id, status: 'accepted' as const };
}

/** The patient as it was before the change, also where that was made by an earlier try. */
const asLookedAt = ({ id, meta }: fhir.Patient, versionId: string): string =>
  asRead({ resourceType: 'Patient', id: `${id}`, meta: { ...meta, ...(versionId && { versionId }) } });

/** Whether a change waits for staff: as the clinic has it, and always where nobody has looked into the authority. */
const waits = (setting: Setting, { authority }: Represented): boolean =>
  receptionOf(setting).proposes || authority === 'unknown';

/** What is put right or taken out, each once. */
function changedFields({ changed, removed = [] }: DetailsConfirmation): Changeable[] {
  const put = Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return [...new Set([...put, ...removed])] as Changeable[];
}

/** Whether a detail is another one afterwards: who types again what is there has confirmed it. */
const isChange = (
  setting: Setting,
  patient: fhir.Patient,
  { changed }: DetailsConfirmation,
  field: Changeable,
): boolean => (lineOf(toChanged(patient, todayAt(setting)), field) ?? '') !== (lineOf(changed, field) ?? '');

/** What was looked at, and what became of it. Staff who change what a patient has spoken about put that right. */
async function entriesOf(
  write: Write,
  input: DetailsConfirmation,
  fields: readonly Changeable[],
  act: Confirmation['act'],
): Promise<{ field: DetailName; act: Confirmation['act'] }[]> {
  const isCorrecting = isStaff(write, input.station) && fields.length > 0;
  const said = isCorrecting ? await saidByPatient(write, input.acting.patientId, {}) : [];
  const looked = [...new Set([...input.confirmed, ...changedFields(input)])];
  return looked.map((field) => {
    if (!fields.includes(field as Changeable)) return { field, act: 'confirmed' };
    return { field, act: said.includes(field) ? 'corrected' : act };
  });
}

/** Changes only the elements concerned. */
async function change(write: Write, patient: fhir.Patient, input: DetailsConfirmation): Promise<fhir.Patient> {
  try {
    return await changePatient(write, patient, changesOf(patient, input, todayAt(write)), write.key, write.asking);
  } catch (error) {
    throw isOneOf(error, 'invalid') ? refusedAt(error as ClinicError, (place) => pathsOf(place, input)) : error;
  }
}

/** Where each of them is kept. */
const ELEMENTS: Readonly<Record<Changeable, string>> = {
  preferredName: 'name',
  address: 'address',
  phone: 'telecom',
  email: 'telecom',
  emergencyContact: 'contact',
  language: 'communication',
  needs: 'extension',
};

/** The changes that are kept at `Patient.telecom[0].value`. */
function pathsOf(place: string, { changed }: DetailsConfirmation) {
  const element = /^Patient\.(\w+)/.exec(place)?.[1];
  const names = (Object.keys(changed) as Changeable[]).filter((name) => ELEMENTS[name] === element);
  return names.map((name) => ['changed', name]);
}

/** Done once somebody has looked at them for the visit, and the desk's while staff have not decided about what was called wrong. */
export async function detailsState(
  setting: Setting,
  { patientId, appointmentId }: VisitAsked,
  asking: Asking,
): Promise<NeedState> {
  const said = await saidOf(setting, patientId, ['details', 'decision'], asking);
  if (!said.some((one) => visitIn(one) === appointmentId && entriesIn(one).length)) return 'open';
  const lines = said.flatMap(entriesIn);
  const isDoubted = (name: ByPapers) => lines.find(({ field }) => field === name)?.act === 'doubted';
  return ByPapers.options.some(isDoubted) ? 'at-desk' : 'done';
}
