import type * as fhir from 'fhir/r4.js';
import type { AdapterImplementation, CallOptions } from '@clinic-widgets/core/adapter.js';
import { missingElements } from '@clinic-widgets/core/authorization.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { ConsentDecision, ConsentDocument } from '@clinic-widgets/core/consents.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { visitTypeIdsIn } from './appointments.ts';
import { ensureKnown, maySee, represented, type Represented } from './authority.ts';
import { todayAt } from './changes.ts';
import type { Asking } from './client.ts';
import { askedFor, documentsOf, isMandatory, kindIn, KINDS, toDocument } from './consent-documents.ts';
import { decisionIn, documentReadIn, fromDecision, toRecordedConsent } from './consent-records.ts';
import { pointOf } from './contact-points.ts';
import { tellCopy } from './copies.ts';
import { idAmong, idOf, momentOf } from './datatypes.ts';
import { extensionsIn, objectsIn } from './elements.ts';
import { lenient } from './lenient.ts';
import { createOnce, madeUnder, markOf, otherRequest, type Write } from './once.ts';
import { pageOf, type Paging } from './paging.ts';
import { ownAppointment } from './participants.ts';
import { enrol, findPrograms } from './programs.ts';
import { searchAll, type Setting } from './setting.ts';
import type { NeedState, VisitAsked } from './visit.ts';
import { VISIT, WRITE_KEY } from './vocabulary.ts';
import { noteWithdrawal, withdrawalsOf } from './withdrawals.ts';
import { update } from './writes.ts';

type Keyed = CallOptions & { readonly idempotencyKey: string };

/** The operations of what a patient agrees to. */
export function consents(setting: Setting): AdapterImplementation {
  const write =
    <I, O>(run: (write: Write, input: I) => Promise<O>) =>
    (input: I, { idempotencyKey, signal }: Keyed): Promise<O> =>
      run({ ...setting, key: idempotencyKey, asking: { signal } }, input);

  return {
    findConsents: (query, { signal }) => findConsents(setting, query, { signal }),
    recordConsent: write(recordConsent),

    findRecordedConsents: (query, { signal }) => findRecordedConsents(setting, query, { signal }),
    withdrawConsent: write(withdrawConsent),
    findPrograms: (query, { signal }) => findPrograms(setting, query, { signal }),
    enrolInProgram: write(enrol),
  };
}

/** What a patient has decided, the latest first, as far as who acts may know. */
async function findRecordedConsents(
  setting: Setting,
  { acting, ...paging }: Paging & { readonly acting: Acting },
  asking: Asking,
) {
  const [all, who] = await Promise.all([
    consentsOf(setting, acting.patientId, asking),
    represented(setting, acting, asking),
  ]);
  const found = all.filter((one) => isSeen(one, acting, who));
  const isWithdrawn = found.some(({ status }) => status === 'inactive');
  const withdrawals = isWithdrawn ? await withdrawalsOf(setting, acting.patientId, asking) : undefined;
  const { timeZone } = setting.ability.clinic;
  const recorded = found.flatMap((one) => {
    const kept = lenient(one, (consent) => toRecordedConsent(consent, timeZone, todayAt(setting)), setting.warn);
    const withdrawnBy = kept?.decision === 'withdrawn' ? withdrawals?.get(kept.id) : undefined;
    return kept ? [{ ...kept, ...(withdrawnBy && { withdrawnBy }) }] : [];
  });
  const written = new Map(found.map((one) => [one.id, writtenAt(one)]));
  return pageOf(
    recorded.map((one) => [[back(Date.parse(one.at)), back(written.get(one.id)!), one.id].join('/'), one] as const),
    paging,
  );
}

/** What orders the latest first: what is further from the end of time comes later. */
const back = (moment: number): string => String(8.64e15 - moment).padStart(16, '0');

/** Everything that a patient has decided. */
export async function consentsOf(setting: Setting, patientId: string, asking: Asking): Promise<fhir.Consent[]> {
  const query = [['patient', `Patient/${patientId}`]] as const;
  const found = await searchAll<fhir.Consent>(setting, 'Consent', query, { ...asking, secret: true });
  return found.filter((one) => lenient(one, ({ patient }) => idOf(patient, 'Patient') === patientId, setting.warn));
}

/** Whether somebody may know of a decision: what is private to the patient, who acts knows of what they decided themselves. */
const isSeen = ({ performer }: fhir.Consent, { representativeId }: Acting, { isPrivate }: Represented): boolean =>
  !isPrivate || idAmong(objectsIn<fhir.Reference>(performer), 'RelatedPerson') === representativeId;

interface ConsentQuery extends Paging {
  readonly acting: Acting;
  readonly appointmentId?: string | undefined;
  readonly programId?: string | undefined;
  readonly language?: string | undefined;
}

/** What is still to be decided, for a visit or a programme; for neither, what is asked today. */
async function findConsents(setting: Setting, query: ConsentQuery, asking: Asking) {
  const { acting, appointmentId, programId, language, ...paging } = query;
  const { patientId } = acting;
  const [who, visits, documents, decided] = await Promise.all([
    represented(setting, acting, asking),
    visitsAsked(setting, query, asking),
    documentsOf(setting, asking),
    consentsOf(setting, patientId, asking),
    programId === undefined ? undefined : setting.client.read<fhir.PlanDefinition>('PlanDefinition', programId, asking),
  ]);
  const visitTypeIds = visits.flatMap((one) => (maySee(setting, who, one) ? visitTypeIdsIn(one) : []));
  const seen = decided.filter((one) => isSeen(one, acting, who));
  // Nothing but an agreement that can be shown is good for a programme, and a refusal of one can be thought over.
  const isDecided = (document: fhir.DocumentReference) =>
    programId === undefined
      ? decisionOn(setting, decided, document, appointmentId) !== undefined
      : decisionOn(setting, seen, document, undefined) === 'accepted';
  const open = documents.filter((one) =>
    lenient(
      one,
      (document) =>
        isAsked(document, {
          visitTypeIds,
          programId,
          anyVisit: appointmentId !== undefined || programId === undefined,
        }) && !isDecided(document),
      setting.warn,
    ),
  );
  const shown = open.flatMap((one) => lenient(one, (document) => toDocument(document, language), setting.warn) ?? []);
  return pageOf(
    shown.map((one) => [keyOf(one), one] as const),
    paging,
  );
}

/** What keeps a patient from the visit comes first. */
const keyOf = ({ mandatory, kind, id }: ConsentDocument): string => `${mandatory ? 0 : 1}/${KINDS.indexOf(kind)}/${id}`;

/** The visits that documents are asked for: of the one that is named, or of those of today. */
async function visitsAsked(
  setting: Setting,
  { acting: { patientId }, appointmentId, programId }: ConsentQuery,
  asking: Asking,
): Promise<fhir.Appointment[]> {
  if (appointmentId !== undefined) return [await ownAppointment(setting, patientId, appointmentId, asking)];
  if (programId !== undefined) return [];
  const query = [['patient', `Patient/${patientId}`]] as const;
  const secret = { ...asking, secret: true, tolerant: true };
  const found = await searchAll<fhir.Appointment>(setting, 'Appointment', query, secret);
  const { timeZone } = setting.ability.clinic;
  const isToday = ({ status, start }: fhir.Appointment) =>
    CERTAIN.includes(status) && momentOf(start) !== undefined && dayOf(start!, timeZone) === todayAt(setting);
  return found.filter((one) => lenient(one, isToday, setting.warn));
}

/** What a patient comes to the clinic for, or has come for. */
const CERTAIN: readonly unknown[] = ['booked', 'arrived', 'checked-in', 'fulfilled'];

interface AskedWhere {
  readonly visitTypeIds: readonly string[];
  readonly programId?: string | undefined;
  /** Whether it is for a visit, of whatever type. */
  readonly anyVisit: boolean;
}

/** Whether a document belongs to a programme, or to a visit of one of the types. */
function isAsked(document: fhir.DocumentReference, { visitTypeIds, programId, anyVisit }: AskedWhere): boolean {
  const of = askedFor(document);
  if (programId !== undefined && of.programIds.includes(programId)) return true;
  if (!anyVisit) return false;
  return of.visitTypeIds.length ? of.visitTypeIds.some((id) => visitTypeIds.includes(id)) : !of.programIds.length;
}

/**
 * What a patient has decided about a document as it is now, as far as that still counts. A refusal of what the visit
 * depends on is one for that visit; of anything else it stands, so that nobody is asked over and over. What was taken
 * back, or has ended, is open.
 */
function decisionOn(
  setting: Setting,
  decided: readonly fhir.Consent[],
  document: fhir.DocumentReference,
  appointmentId: string | undefined,
): 'accepted' | 'declined' | undefined {
  const last = decided.filter((consent) => isAbout(consent, document)).sort(byWriting)[0];
  const decision = last && lenient(last, (one) => decisionIn(one, todayAt(setting)), setting.warn);
  if (decision === 'accepted') return decision;
  if (!last || decision !== 'declined') return undefined;
  const visit = visitIn(last);
  return isMandatory(document) && visit !== undefined && visit !== appointmentId ? undefined : decision;
}

function isAbout(consent: fhir.Consent, { id, meta }: fhir.DocumentReference): boolean {
  const read = documentReadIn(consent);
  return read?.id === id && (!read?.version || !meta?.versionId || read.version === meta.versionId);
}

/** The one that was written last comes first. */
const byWriting = (a: fhir.Consent, b: fhir.Consent): number => writtenAt(b) - writtenAt(a);
const writtenAt = ({ meta, dateTime }: fhir.Consent): number => Date.parse(meta?.lastUpdated ?? dateTime ?? '') || 0;

const visitIn = (consent: fhir.Consent): string | undefined =>
  idOf(extensionsIn(consent).find(({ url }) => url === VISIT)?.valueReference, 'Appointment');

/** Keeps a decision, with the document that it is about in full. */
async function recordConsent(write: Write, decision: ConsentDecision) {
  const { client, asking, key, ability } = write;
  const { acting, appointmentId, document } = decision;
  const [earlier, resource, who] = await Promise.all([
    madeUnder<fhir.Consent>(write, 'Consent', key, asking),
    client.read<fhir.DocumentReference>('DocumentReference', document.id, asking),
    represented(write, acting, asking),
    appointmentId === undefined ? undefined : ownAppointment(write, acting.patientId, appointmentId, asking),
  ]);
  if (earlier) return kept(write, earlier, decision);

  if (resource.subject || !kindIn(resource.category)) throw new ClinicError('not-found', 'There is no such document.');
  if (decision.signature) ensureKnown(who);
  if (resource.status !== 'current' || (document.version && resource.meta?.versionId !== document.version)) {
    throw new ClinicError('conflict', 'The document has changed.');
  }
  const read = toDocument(resource, decision.language);
  const missing = decision.decision === 'accepted' ? missingElements(read) : [];
  if (missing.length) {
    throw new ClinicError('invalid', 'The authorization is incomplete.', { paths: [['document']] });
  }
  if (decision.copy === 'email' && !pointOf(who.patient.telecom, 'email', todayAt(write))) {
    throw new ClinicError('invalid', 'There is no address to send a copy to.', { paths: [['copy']] });
  }
  const draft = fromDecision(decision, read, key, ability.clinic.timeZone, who.authority);
  return kept(write, await createOnce(write, draft, key, asking), decision);
}

/** What is left to do once the decision is kept, by a retry as well. */
async function kept(write: Write, consent: fhir.Consent, decision: ConsentDecision) {
  const receipt = receiptOf(consent, decision);
  await tellCopy(write, decision, consent);
  return receipt;
}

/** Lets a consent pass that is the one decided now: a key may have been used for something else. */
function receiptOf(consent: fhir.Consent, { acting, document }: ConsentDecision) {
  const isOwn = idOf(consent.patient, 'Patient') === acting.patientId && documentReadIn(consent)?.id === document.id;
  if (!isOwn || !consent.id) throw otherRequest();
  return { id: consent.id, status: 'accepted' as const };
}

interface Withdrawal {
  readonly acting: Acting;
  readonly consent: { readonly id: string; readonly version: string };
}

/** Takes an agreement back: what was signed stays, and is not in force any more. */
async function withdrawConsent(write: Write, { acting, consent }: Withdrawal) {
  const { client, asking, key } = write;
  const [found, who] = await Promise.all([
    client.read<fhir.Consent>('Consent', consent.id, asking),
    represented(write, acting, asking),
  ]);
  if (idOf(found.patient, 'Patient') !== acting.patientId || found.status === 'entered-in-error') {
    throw new ClinicError('not-found', 'There is no such consent.');
  }
  ensureKnown(who);
  if (!isSeen(found, acting, who)) throw new ClinicError('not-found', 'There is no such consent.');
  const withdrawn = isUnder(found, key) ? found : await withdraw(write, found, consent.version);
  await noteWithdrawal(write, { acting, authority: who.authority }, withdrawn, consent.version);
  return { id: consent.id, status: 'accepted' as const };
}

async function withdraw(write: Write, found: fhir.Consent, version: string): Promise<fhir.Consent> {
  const { client, asking, key, now } = write;
  if (decisionIn(found, todayAt(write)) !== 'accepted') {
    throw new ClinicError('conflict', 'There is no agreement to take back.');
  }
  if (version && found.meta?.versionId !== version) throw new ClinicError('conflict', 'The consent has changed.');
  const identifier = [...objectsIn<fhir.Identifier>(found.identifier), markOf(key)];
  try {
    return await update(client, found, { status: 'inactive', identifier, provision: endedAt(found, now) }, asking);
  } catch (error) {
    // The reply may be lost, and not the write.
    const made = await client.read<fhir.Consent>('Consent', `${found.id}`, asking).catch(() => undefined);
    if (made && isUnder(made, key)) return made;
    throw error;
  }
}

/** What was permitted ends now. */
const endedAt = ({ provision }: fhir.Consent, now: number): fhir.ConsentProvision => ({
  ...provision,
  period: { ...provision?.period, end: new Date(now).toISOString() },
});

const isUnder = ({ identifier, status }: fhir.Consent, key: string): boolean =>
  status === 'inactive' &&
  objectsIn<fhir.Identifier>(identifier).some(({ system, value }) => system === WRITE_KEY && value === key);

/** How the documents of a visit stand, and whether that may keep it from being checked in. */
export async function consentsStanding(
  setting: Setting,
  { patientId, appointmentId, appointment, isHidden }: VisitAsked,
  asking: Asking,
): Promise<{ readonly state: NonNullable<NeedState>; readonly isMandatory: boolean } | undefined> {
  const [documents, decided] = await Promise.all([
    documentsOf(setting, asking),
    consentsOf(setting, patientId, asking),
  ]);
  const visitTypeIds = isHidden ? [] : visitTypeIdsIn(appointment);
  const asked = documents.flatMap(
    (one) =>
      lenient(
        one,
        (document) =>
          isAsked(document, { visitTypeIds, anyVisit: true }) && {
            document,
            isMandatory: toDocument(document, undefined).mandatory,
            decision: decisionOn(setting, decided, document, appointmentId),
          },
        setting.warn,
      ) || [],
  );
  if (!asked.length) return undefined;
  const needed = asked.filter((one) => one.isMandatory);
  if (needed.some(({ decision }) => decision === undefined)) return { state: 'open', isMandatory: true };
  if (needed.some(({ decision }) => decision !== 'accepted')) return { state: 'at-desk', isMandatory: true };
  if (asked.every(({ decision }) => decision !== undefined)) return { state: 'done', isMandatory: needed.length > 0 };
  // Once what is mandatory was decided at the visit, what else there is to decide was left to the desk.
  const wereAsked = needed.some(({ document }) =>
    decided.some((one) => lenient(one, (it) => isAbout(it, document) && visitIn(it) === appointmentId, setting.warn)),
  );
  return { state: wereAsked ? 'at-desk' : 'open', isMandatory: false };
}
