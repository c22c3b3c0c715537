import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { ConsentDocument, RecordedConsent } from '@clinic-widgets/core/consents.js';
import type { Books, StoredConsent } from './books.ts';
import { wordsIn } from './languages.ts';
import { isDiscreet } from './privacy.ts';
import type { SeedConsentDocument } from './seed.ts';

/** A document of the seed never changes. */
const VERSION = '1';

/** The document in the language asked for, where the clinic has it so. */
export function documentIn({ words, ...document }: SeedConsentDocument, wanted?: string): ConsentDocument {
  const { id, kind, mandatory, sample } = document;
  const found = wordsIn(words, wanted);
  return { id, version: VERSION, kind, mandatory, sample, language: found.language, ...found.words };
}

/** What is asked at a visit. */
export const documentsOf = (
  { seed }: Books,
  { visitType }: Pick<Appointment, 'visitType'>,
): readonly SeedConsentDocument[] =>
  seed.consentDocuments.filter(({ visitTypeIds, programIds }) =>
    visitTypeIds ? visitTypeIds.some((id) => id === visitType?.id) : !programIds,
  );

/** Whether somebody may know of a decision: what is private to the patient, who acts knows of what they decided themselves. */
export const isSeen = (books: Books, acting: Acting, { patientId, consent }: StoredConsent): boolean =>
  patientId === acting.patientId &&
  (!isDiscreet(books, acting) || consent.representativeId === acting.representativeId);

/**
 * What the patient has decided about a document, as far as it still counts. A refusal of what the visit depends on is
 * one for that visit; of anything else it stands, so that nobody is asked over and over. What was withdrawn is open.
 */
export function decisionOn(
  { consents }: Books,
  patientId: string,
  { id, mandatory }: SeedConsentDocument,
  appointmentId: string | undefined,
): RecordedConsent['decision'] | undefined {
  const last = consents.filter((stored) => stored.patientId === patientId && stored.consent.document.id === id).at(-1);
  if (!last || last.consent.decision === 'withdrawn') return undefined;
  const isOfAnother = last.appointmentId !== undefined && last.appointmentId !== appointmentId;
  return last.consent.decision === 'declined' && mandatory && isOfAnother ? undefined : last.consent.decision;
}

/** Whether the patient has agreed to a document, as far as who acts may know: nothing else is good for a programme. */
export function isAgreed(books: Books, acting: Acting, { id }: SeedConsentDocument): boolean {
  const last = books.consents.findLast((one) => isSeen(books, acting, one) && one.consent.document.id === id);
  return last?.consent.decision === 'accepted';
}
