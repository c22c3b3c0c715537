import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { IdentifyRequest } from '@clinic-widgets/core/check-in.js';
import {
  type Candidate,
  type ClaimedRepresentative,
  identification,
  type Issued,
  matchName,
  plainName,
  type Search,
} from '@clinic-widgets/core/identity.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { addMinutes } from '@clinic-widgets/core/time.js';
import { admit, type Books, nowAt, type OpenBooks } from './books.ts';
import { once } from './once.ts';
import type { Seed } from './seed.ts';
import { visitsToday } from './visits.ts';

/** Finds out who somebody is. */
export function identifying(open: OpenBooks, { checkIn }: Seed) {
  const identify = identification({
    find: (claim) => candidatesFor(open(), claim),
    issue: (patientId, representative) => letIn(open(), patientId, representative),
    limits: checkIn.tries,
    now: () => open().now,
  });
  return { identify: once((request: IdentifyRequest) => identify(request)) } satisfies AdapterImplementation;
}

/** Everybody is looked at, whoever is asked for: it takes as long for nobody as for somebody. */
function candidatesFor(books: Books, claim: Search): readonly Candidate[] {
  const isMeant = (id: string, birthDate?: string) =>
    'code' in claim ? hasCode(books, id, claim.code) : birthDate === claim.birthDate;
  return books.seed.patients
    .map(({ id }) => ({ one: candidateOf(books, id), id }))
    .filter(({ one, id }) => isMeant(id, one.birthDate))
    .map(({ one }) => one);
}

/** A code is good on the day of its visit. All of them are looked at, whether or not it is one. */
function hasCode(books: Books, patientId: string, code: string): boolean {
  const today = visitsToday(books, patientId).map(({ appointment }) => appointment.id);
  const coded = books.seed.appointments.filter(
    ({ id, checkInCode }) =>
      checkInCode !== undefined && plainName(checkInCode) === plainName(code) && today.includes(id),
  );
  return coded.length > 0;
}

function candidateOf(books: Books, id: string): Candidate {
  const { name, preferredName, birthDate, phone, address } = books.known.get(id)!.details;
  const { otherNames = [] } = books.seed.patients.find((patient) => patient.id === id)!;
  const today = visitsToday(books, id).map(({ appointment }) => appointment);
  const visit = today.find(({ status }) => status !== 'fulfilled') ?? today.at(-1);
  return {
    id,
    names: {
      given: name?.given ?? [],
      family: name?.family === undefined ? [name?.text ?? ''] : [name.family],
      other: preferredName === undefined ? otherNames : [preferredName, ...otherNames],
    },
    birthDate,
    phones: phone === undefined ? [] : [phone],
    postalCodes: address?.postalCode === undefined ? [] : [address.postalCode],
    visit: visit && { start: visit.start, timeZone: visit.timeZone },
  };
}

function letIn(books: Books, patientId: string, claimed: ClaimedRepresentative | undefined): Issued {
  const acting = claimed
    ? { patientId, representativeId: representativeFor(books, patientId, claimed) }
    : { patientId };
  return {
    pass: newKey(),
    expires: addMinutes(nowAt(books), books.seed.checkIn.passMinutes),
    acting,
    authority: admit(books, acting),
    language: books.known.get(patientId)?.details.language,
  };
}

/** Who is on record for the patient by that name; else somebody of whom nothing is known but what they say. */
function representativeFor(books: Books, patientId: string, { name }: ClaimedRepresentative): string {
  const onRecord = books.seed.representatives.filter(
    (one) => one.patientIds.includes(patientId) && matchName(name, [one.name]) === 'whole',
  );
  if (onRecord.length === 1) return onRecord[0]!.id;
  const id = `representative-${newKey()}`;
  books.claimants.set(id, patientId);
  return id;
}
