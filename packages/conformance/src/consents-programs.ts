import { missingElements } from '@clinic-widgets/core/consents.js';
import type { Program } from '@clinic-widgets/core/consents.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { decisionOf, documentsOf, pass, visitsOf } from './check-in-found.ts';
import { gather } from './consents-requests.ts';
import { allOf, otherOf, type World } from './world.ts';

/** Programmes for a medicine or a device. */
export const programCases: readonly Case[] = [
  promise(['findPrograms'], 'Says in the language asked for what a programme is and what it takes.', async (world) => {
    const acting = { patientId: world.patientId };
    const [english, spanish] = await Promise.all(
      ['en', 'es'].map((language) => allOf(world, 'findPrograms', { acting, language })),
    );
    ensure(english!.length > 0, 'There must be a programme.');
    for (const [index, program] of english!.entries()) {
      const other = spanish![index]!;
      const said = { name: '', description: '', language: '' };
      ensureSame({ ...other, ...said }, { ...program, ...said }, 'It is the same.');
      ensure(other.name !== program.name, 'Each language has its own words.');
      const languages = [program, other].map(({ language }) => language?.slice(0, 2));
      ensureSame(languages, ['en', 'es'], 'It must say its language.');
    }
  }),

  promise(
    ['findConsents', 'findPrograms'],
    'Asks for the authorizations of a programme with the programme, not with a visit.',
    async (world) => {
      const acting = { patientId: world.patientId };
      const { id: programId, documentIds } = await demanding(world);
      const documents = await allOf(world, 'findConsents', { acting, programId });
      ensureSame(documents.map(({ id }) => id).sort(), documentIds.toSorted(), 'All that it takes must be shown.');
      for (const document of documents) ensureSame(missingElements(document), [], 'Each of them can be signed.');
      const [visit] = await visitsOf(world);
      ensure(visit, 'The patient must have a visit today.');
      const ofVisit = await documentsOf(world, visit);
      ensure(!ofVisit.some(({ id }) => documentIds.includes(id)), 'A visit must not ask for it.');
    },
  ),

  promise(
    ['enrolInProgram', 'findPrograms'],
    'Enrols the patient with all that it takes, and keeps how it stands.',
    async (world) => {
      const acting = { patientId: world.patientId };
      const program = await open(world);
      await world.adapter.enrolInProgram(await gather(world, program));
      const after = await programOf(world, program);
      ensure(after.enrolment?.state === 'submitted' || after.enrolment?.state === 'active', 'It must be under way.');
      const others = await allOf(world, 'findPrograms', { acting: { patientId: otherOf(world) } });
      ensureSame(others.find(({ id }) => id === program.id)?.enrolment, undefined, 'Nobody else is enrolled.');
      const call = world.adapter.enrolInProgram({ ...(await gather(world, program)), acting });
      await call.catch(() => undefined);
      ensureSame((await programOf(world, program)).enrolment?.id, after.enrolment.id, 'Nobody is enrolled twice.');
    },
  ),

  promise(['enrolInProgram'], 'Says what is missing, and enrols nobody without it.', async (world) => {
    const program = await open(world);
    const whole = await gather(world, program);
    for (const missing of ['responseIds', 'consentIds', 'coverageIds'] as const) {
      const call = world.adapter.enrolInProgram({ ...whole, [missing]: [] });
      const error = await ensureRefused(call, 'invalid', `An enrolment without ${missing}`);
      const places = error.paths.map((path) => path.map(String).join('.'));
      ensure(
        places.some((place) => place.startsWith(missing)),
        `It must say that ${missing} are missing.`,
      );
    }
    ensureSame((await programOf(world, program)).enrolment, undefined, 'Nobody may be enrolled.');
  }),

  promise(['enrolInProgram', 'recordConsent'], 'Enrols nobody who has declined the authorization.', async (world) => {
    const acting = { patientId: world.patientId };
    const program = await open(world);
    const ids: string[] = [];
    for (const document of await allOf(world, 'findConsents', { acting, programId: program.id })) {
      const request = decisionOf(world, acting, document, 'declined');
      ids.push((await world.adapter.recordConsent(request)).id);
    }
    const whole = await gather(world, program);
    const call = world.adapter.enrolInProgram({ ...whole, consentIds: ids });
    await ensureRefused(call, 'invalid', 'An enrolment against the patient’s will');
    ensureSame((await programOf(world, program)).enrolment, undefined, 'Nobody may be enrolled.');
  }),

  promise(
    ['findConsents', 'recordConsent', 'enrolInProgram'],
    'Asks again for what was declined of a programme, so that the patient can join it after all.',
    async (world) => {
      const acting = { patientId: world.patientId };
      const program = await open(world);
      const asked = await allOf(world, 'findConsents', { acting, programId: program.id });
      for (const document of asked) {
        await world.adapter.recordConsent(decisionOf(world, acting, document, 'declined'));
      }
      if (world.advance) await pass(world, 1);
      const again = await allOf(world, 'findConsents', { acting, programId: program.id });
      ensureSame(
        again.map(({ id }) => id),
        asked.map(({ id }) => id),
        'What was declined can be thought over.',
      );
      await world.adapter.enrolInProgram(await gather(world, program));
      ensure((await programOf(world, program)).enrolment, 'The patient must be enrolled.');
      const left = await allOf(world, 'findConsents', { acting, programId: program.id });
      ensureSame(left, [], 'What was agreed to is not asked again.');
    },
  ),

  promise(['enrolInProgram'], 'Enrols nobody with what another patient has signed.', async (world) => {
    const program = await open(world);
    const foreign = await gather({ ...world, patientId: otherOf(world) }, program);
    const own = await gather(world, program);
    const call = world.adapter.enrolInProgram({ ...own, consentIds: foreign.consentIds });
    await ensureRefused(call, ['invalid', 'not-found', 'forbidden'], 'An enrolment with somebody else’s signature');
    ensureSame((await programOf(world, program)).enrolment, undefined, 'Nobody may be enrolled.');
  }),
];

/** A programme that takes a form, an authorization and an insurance. */
async function demanding(world: World): Promise<Program> {
  const programs = await allOf(world, 'findPrograms', { acting: { patientId: world.patientId } });
  const program = programs.find(
    ({ formIds, documentIds, needsCoverage }) => formIds.length > 0 && documentIds.length > 0 && needsCoverage,
  );
  if (!program) throw new NotApplicable('No programme here takes a form, an authorization and an insurance.');
  return program;
}

/** The same, in which the patient is not enrolled yet. */
async function open(world: World): Promise<Program> {
  const program = await demanding(world);
  // Nobody can take an enrolment back: at a real clinic it may be from an earlier run.
  if (program.enrolment) throw new NotApplicable('The patient is enrolled already.');
  return program;
}

async function programOf(world: World, { id }: Program): Promise<Program> {
  const programs = await allOf(world, 'findPrograms', { acting: { patientId: world.patientId } });
  const program = programs.find((one) => one.id === id);
  ensure(program, 'The programme must be found still.');
  return program;
}
