import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { Program } from '@clinic-widgets/core/consents.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { admit, type Books, nowAt, type OpenBooks, type StoredEnrolment } from './books.ts';
import { onFile } from './coverages.ts';
import { wordsIn } from './languages.ts';
import { once } from './once.ts';
import { pageOfList } from './paging.ts';
import { isDiscreet } from './privacy.ts';
import type { SeedProgram } from './seed.ts';

/** Programmes for a medicine or a device, and who is enrolled in them. */
export const programs = (open: OpenBooks) =>
  ({
    async findPrograms({ acting, language, ...query }) {
      const books = open();
      admit(books, acting);
      const places = new Map(books.seed.programs.map(({ id }, index) => [id, index]));
      return pageOfList(
        books.seed.programs,
        query,
        ({ id }) => [places.get(id)!],
        (program) => shownTo(books, acting, program, language),
      );
    },

    enrolInProgram: once((enrolment: Enrolment) => enrol(open(), enrolment)),
  }) satisfies AdapterImplementation;

interface Enrolment {
  readonly acting: Acting;
  readonly programId: string;
  readonly responseIds: readonly string[];
  readonly consentIds: readonly string[];
  readonly coverageIds: readonly string[];
}

/** The programme, or `not-found`. */
export function programOf({ seed }: Books, programId: string): SeedProgram {
  const program = seed.programs.find(({ id }) => id === programId);
  if (!program) throw new ClinicError('not-found', 'There is no such programme.');
  return program;
}

function shownTo(books: Books, acting: Acting, { words, ...program }: SeedProgram, language?: string): Program {
  const { id, formIds, documentIds, needsCoverage } = program;
  const stored = enrolmentOf(books, acting.patientId, id);
  // Where it is private to the patient, who acts knows of what they asked for themselves.
  const isSeen = !isDiscreet(books, acting) || stored?.representativeId === acting.representativeId;
  const enrolment = isSeen ? stored?.enrolment : undefined;
  const said = wordsIn(words, language);
  return {
    id,
    formIds: [...formIds],
    documentIds: [...documentIds],
    needsCoverage,
    ...said.words,
    language: said.language,
    ...(enrolment && { enrolment }),
  };
}

const enrolmentOf = ({ enrolments }: Books, patientId: string, programId: string): StoredEnrolment | undefined =>
  enrolments.filter((one) => one.patientId === patientId && one.programId === programId).at(-1);

function enrol(books: Books, given: Enrolment): { id: string; status: 'accepted' } {
  const { patientId, representativeId } = given.acting;
  if (admit(books, given.acting) === 'unknown') {
    throw new ClinicError('forbidden', 'Nothing shows that this person may enrol the patient.');
  }
  const program = programOf(books, given.programId);
  const state = enrolmentOf(books, patientId, program.id)?.enrolment.state;
  if (state === 'submitted' || state === 'active')
    throw new ClinicError('conflict', 'The patient is enrolled already.');
  const paths = missing(books, program, given);
  if (paths.length > 0) throw new ClinicError('invalid', 'Something is missing for the programme.', { paths });

  const id = `enrolment-${books.enrolments.length + 1}`;
  const enrolment = { id, state: 'submitted' as const, at: nowAt(books) };
  books.enrolments.push({ patientId, representativeId, programId: program.id, enrolment });
  return { id, status: 'accepted' };
}

/** What is named and is not the patient's counts for nothing; an authorization that was declined or withdrawn neither. */
function missing(
  books: Books,
  { formIds, documentIds, needsCoverage }: SeedProgram,
  { acting: { patientId }, responseIds, consentIds, coverageIds }: Enrolment,
): readonly (readonly [string])[] {
  const filledIn = responseIds.flatMap((id) => {
    const stored = books.responses.get(id);
    return stored?.patientId === patientId ? [stored.response.form.id] : [];
  });
  const agreedTo = books.consents
    .filter((stored) => stored.patientId === patientId && consentIds.includes(stored.consent.id))
    .filter(({ consent }) => consent.decision === 'accepted')
    .map(({ consent }) => consent.document.id);
  const isCovered = onFile(books, patientId).some(({ id }) => coverageIds.includes(id));
  return [
    ...(formIds.every((id) => filledIn.includes(id)) ? [] : [['responseIds'] as const]),
    ...(documentIds.every((id) => agreedTo.includes(id)) ? [] : [['consentIds'] as const]),
    ...(needsCoverage && !isCovered ? [['coverageIds'] as const] : []),
  ];
}
