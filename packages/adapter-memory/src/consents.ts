import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import { missingElements } from '@clinic-widgets/core/authorization.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { ConsentDecision } from '@clinic-widgets/core/consents.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { tell } from './attention.ts';
import { admit, type Books, nowAt, type OpenBooks } from './books.ts';
import { decisionOn, documentIn, documentsOf, isAgreed, isSeen } from './documents.ts';
import { once } from './once.ts';
import { pageOfList } from './paging.ts';
import { seenBy } from './privacy.ts';
import { programOf, programs } from './programs.ts';
import type { SeedConsentDocument } from './seed.ts';
import { visitOf, visitsToday } from './visits.ts';

/** The area of consents, answered from the books. */
export const consents = (open: OpenBooks): AdapterImplementation => ({
  async findConsents({ acting, appointmentId, programId, language, ...query }) {
    const books = open();
    admit(books, acting);
    const isDecided = (document: SeedConsentDocument) =>
      programId === undefined
        ? decisionOn(books, acting.patientId, document, appointmentId) !== undefined
        : isAgreed(books, acting, document);
    const undecided = asked(books, acting, appointmentId, programId).filter((document) => !isDecided(document));
    const places = new Map(undecided.map(({ id }, index) => [id, index]));
    const key = ({ id }: SeedConsentDocument) => [places.get(id)!];
    return pageOfList(undecided, query, key, (document) => documentIn(document, language));
  },

  recordConsent: once((decision: ConsentDecision) => record(open(), decision)),

  async findRecordedConsents({ acting, ...query }) {
    const books = open();
    admit(books, acting);
    const list = books.consents
      .map((stored, index) => ({ ...stored, index }))
      .filter((stored) => isSeen(books, acting, stored));
    return pageOfList(
      list,
      query,
      ({ consent, index }) => [-Date.parse(consent.at), -index],
      ({ consent }) => consent,
    );
  },

  withdrawConsent: once((withdrawal: Withdrawal) => withdraw(open(), withdrawal)),
  ...programs(open),
});

/** What is asked for a visit or a programme; for neither, what is asked today. */
function asked(
  books: Books,
  acting: Acting,
  appointmentId: string | undefined,
  programId: string | undefined,
): readonly SeedConsentDocument[] {
  const visit = appointmentId === undefined ? undefined : visitOf(books, acting, appointmentId).appointment;
  const program = programId === undefined ? undefined : programOf(books, programId);
  const today = visitsToday(books, acting.patientId).map(({ appointment }) => appointment);
  const visits = visit ? [visit] : program ? [] : today;
  const seen = visits.map((one) => seenBy(books, acting, one));
  // What every visit needs can be decided on a day without one.
  const all = visit || program ? seen : [...seen, {}];
  const ids = new Set([
    ...all.flatMap((one) => documentsOf(books, one)).map(({ id }) => id),
    ...(program?.documentIds ?? []),
  ]);
  return books.seed.consentDocuments.filter(({ id }) => ids.has(id));
}

function record(books: Books, given: ConsentDecision): { id: string; status: 'accepted' } {
  const { acting, appointmentId, language, decision, signature, copy, station, at } = given;
  const { patientId, representativeId } = acting;
  const authority = admit(books, acting);
  if (appointmentId !== undefined) visitOf(books, acting, appointmentId);
  const known = books.seed.consentDocuments.find(({ id }) => id === given.document.id);
  if (!known) throw new ClinicError('not-found', 'There is no such document.');
  const document = documentIn(known, language);
  if (document.version !== given.document.version) throw new ClinicError('conflict', 'The document has changed.');
  if (signature && authority === 'unknown') {
    throw new ClinicError('forbidden', 'Nothing shows that this person may sign for the patient.');
  }
  if (decision === 'accepted' && missingElements(document).length > 0) {
    throw new ClinicError('invalid', 'The authorization lacks an element.', { paths: [['document']] });
  }
  if (copy === 'email' && books.known.get(patientId)!.details.email === undefined) {
    throw new ClinicError('invalid', 'There is no address to send a copy to.', { paths: [['copy']] });
  }

  const id = `consent-${books.consents.length + 1}`;
  const actor = representativeId === undefined ? {} : { representativeId, authority };
  const consent = { id, version: '1', document, decision, at, ...actor, signature };
  books.consents.push({ patientId, appointmentId, consent });
  if (copy) {
    const copyOf = { consentId: id, title: document.title, way: copy };
    tell(books, { kind: 'copy', priority: 'routine', patientId, appointmentId, station, language, copyOf });
  }
  return { id, status: 'accepted' };
}

interface Withdrawal {
  readonly acting: Acting;
  readonly consent: { readonly id: string; readonly version: string };
}

function withdraw(books: Books, { acting, consent: seen }: Withdrawal): { id: string; status: 'accepted' } {
  const authority = admit(books, acting);
  if (authority === 'unknown') {
    throw new ClinicError('forbidden', 'Nothing shows that this person may withdraw it for the patient.');
  }
  const index = books.consents.findIndex((one) => one.consent.id === seen.id && isSeen(books, acting, one));
  const stored = books.consents[index];
  if (!stored) throw new ClinicError('not-found', 'There is no such consent.');
  const { consent } = stored;
  if (consent.decision !== 'accepted' || consent.version !== seen.version) {
    throw new ClinicError('conflict', 'The consent does not stand any more.');
  }
  const version = String(Number(consent.version) + 1);
  const withdrawn = { ...consent, version, decision: 'withdrawn' as const, at: nowAt(books), withdrawnBy: acting };
  books.consents[index] = { ...stored, consent: withdrawn };
  return { id: consent.id, status: 'accepted' };
}
