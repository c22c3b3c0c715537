import type { Visit } from '@clinic-widgets/core/check-in.js';
import type { ConsentDocument } from '@clinic-widgets/core/consents.js';
import { missingElements } from '@clinic-widgets/core/consents.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import {
  answerForms,
  arrive,
  arrivedAndReady,
  confirmAll,
  decide,
  decisionOf,
  documentsOf,
  freshVisit,
  nowThere,
  openOf,
  pass,
  stateOf,
  statusOf,
  stepOf,
  unfinishedOf,
  visitNow,
} from './check-in-found.ts';
import { decisionsOf, signable } from './consents-requests.ts';
import { arrivalOf } from './desk-requests.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, otherOf, type World } from './world.ts';

const DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 15 12 4 20 16 38 6"/></svg>';

/** What is decided about a document, and what comes of it. */
export const decisionCases: readonly Case[] = [
  ...[{ typed: 'Rosa Delgado' }, { drawn: DRAWN }].map((signature) =>
    promise(
      ['recordConsent', 'findRecordedConsents', 'findConsents'],
      `Keeps an agreement that is signed ${'typed' in signature ? 'by typing' : 'by drawing'}, with what was read.`,
      async (world) => {
        const { visit, document } = await signable(world);
        const acting = { patientId: world.patientId };
        const request = { ...decisionOf(world, acting, document, 'accepted'), signature };
        const { id } = await world.adapter.recordConsent({ ...request, appointmentId: visit.appointment.id });
        const kept = (await decisionsOf(world)).find((one) => one.id === id);
        ensure(kept, 'What was decided must be found under the id of its receipt.');
        ensureSame([kept.decision, kept.signature], ['accepted', signature], 'The signature must be kept.');
        const { title, text, language, version } = kept.document;
        ensureSame(
          { id: kept.document.id, title, text, language, version },
          {
            ...{ id: document.id, title: document.title, text: document.text },
            ...{ language: document.language, version: document.version },
          },
          'It must be kept in the words, the language and the version that were read.',
        );
        const left = await documentsOf(world, visit);
        ensure(!left.some((one) => one.id === document.id), 'What is decided is not asked again.');
      },
    ),
  ),

  promise(
    ['recordConsent', 'findRecordedConsents', 'findConsents'],
    'Keeps with a decision what the law wants to see in an authorization, so that a copy has it.',
    async (world) => {
      const { visit } = await signable(world);
      const document = (await documentsOf(world, visit)).find(({ kind }) => kind === 'authorization');
      if (!document) throw new NotApplicable('No authorization is asked for here.');
      const id = await decide(world, visit, document, 'accepted');
      const kept = (await decisionsOf(world)).find((one) => one.id === id);
      ensureSame(kept?.document.authorization, document.authorization, 'Each element must be kept as it was read.');
    },
  ),

  promise(['recordConsent', 'findRecordedConsents'], 'Keeps the language in which it was read.', async (world) => {
    const { visit, document } = await signable(world);
    const acting = { patientId: world.patientId };
    const appointmentId = visit.appointment.id;
    const inSpanish = await allOf(world, 'findConsents', { acting, appointmentId, language: 'es' });
    const spanish = inSpanish.find(({ id }) => id === document.id)!;
    const id = await decide(world, visit, spanish, 'accepted');
    const kept = (await decisionsOf(world)).find((one) => one.id === id);
    ensureSame([kept?.document.language, kept?.document.text], ['es', spanish.text], 'It was read in Spanish.');
  }),

  promise(
    ['recordConsent', 'findRecordedConsents', 'checkIn'],
    'Keeps a refusal of what is optional, and goes on.',
    async (world) => {
      const visit = await arrive(world, await freshVisit(world));
      const optional = (await documentsOf(world, visit)).filter(({ mandatory }) => !mandatory);
      ensure(optional.length > 0, 'Something optional must be asked for.');
      for (const document of optional) {
        const id = await decide(world, visit, document, 'declined');
        const kept = (await decisionsOf(world)).find((one) => one.id === id);
        ensureSame([kept?.decision, kept?.document.id], ['declined', document.id], 'The refusal must be kept.');
        const left = await documentsOf(world, visit);
        ensure(!left.some(({ id: other }) => other === document.id), 'Who has declined is not asked again.');
      }
      await finish(world, visit, 'accepted');
      const step = stepOf(world, await visitNow(world, visit));
      const { appointment } = await world.adapter.checkIn(step);
      ensureSame(appointment.status, 'checked-in', 'A refusal of what is optional keeps nobody.');
      ensure(!(await unfinishedOf(world, visit)).includes('consents'), 'The desk need not see to it.');
    },
  ),

  promise(
    ['recordConsent', 'checkIn', 'findArrivals'],
    'Checks in who leaves what is optional to the desk, and tells the desk.',
    async (world) => {
      const visit = await arrive(world, await freshVisit(world));
      await confirmAll(world, visit);
      await answerForms(world, visit);
      const documents = await documentsOf(world, visit);
      const mandatory = documents.filter((one) => one.mandatory);
      ensure(mandatory.length > 0 && mandatory.length < documents.length, 'Of both kinds something must be asked for.');
      for (const document of mandatory) await decide(world, visit, document, 'accepted');
      const now = await visitNow(world, visit);
      ensureSame(stateOf(now, 'consents'), 'at-desk', 'What was left is the desk’s.');
      const { appointment } = await world.adapter.checkIn(stepOf(world, now));
      ensureSame(appointment.status, 'checked-in', 'What is optional keeps nobody.');
      ensure((await arrivalOf(world, visit))?.lacks.includes('consents'), 'The desk must see what is left.');
    },
  ),

  promise(
    ['recordConsent', 'findRecordedConsents'],
    'Keeps that a privacy notice was not acknowledged.',
    async (world) => {
      const visit = await freshVisit(world);
      const notice = (await documentsOf(world, visit)).find(({ kind }) => kind === 'privacy-notice');
      if (!notice) throw new NotApplicable('No privacy notice is shown here.');
      const id = await decide(world, visit, notice, 'declined');
      const kept = (await decisionsOf(world)).find((one) => one.id === id);
      ensureSame([kept?.decision, kept?.document.kind], ['declined', 'privacy-notice'], 'It must be on record.');
    },
  ),

  promise(
    ['recordConsent', 'checkIn', 'findAttention', 'findArrivals'],
    'Sends who declines what is mandatory to the desk, and loses nothing.',
    async (world) => {
      const visit = await arrive(world, await freshVisit(world));
      await finish(world, visit, 'declined');
      const now = await visitNow(world, visit);
      ensureSame(stateOf(now, 'consents'), 'at-desk', 'The desk sees to it.');
      ensureSame(openOf(now, true), [], 'What else was done must stay done.');
      for (const name of ['details', 'forms'] as const) {
        ensure(stateOf(now, name) !== 'open', `${name} must stay done.`);
      }
      await ensureRefused(world.adapter.checkIn(stepOf(world, now)), 'conflict', 'To be checked in without consent');
      ensureSame(await statusOf(world, visit), 'arrived', 'The patient is there all the same.');
      const unfinished = await unfinishedOf(world, visit);
      ensure(unfinished.includes('consents'), 'The desk must be told what to finish.');
      ensure((await arrivalOf(world, visit))?.lacks.includes('consents'), 'The desk must see it in its list.');
      ensure(
        (await decisionsOf(world)).some(({ decision }) => decision === 'declined'),
        'The refusal must be kept.',
      );
    },
  ),

  promise(
    ['recordConsent', 'findConsents'],
    'Lets somebody agree after all to what they had declined.',
    async (world) => {
      const visit = await arrivedAndDeclined(world);
      const mandatory = (await decisionsOf(world)).find(({ document }) => document.mandatory)!.document;
      await decide(world, visit, mandatory, 'accepted');
      const now = await visitNow(world, visit);
      ensureSame(stateOf(now, 'consents'), 'done', 'Nothing of it is left for the desk.');
      const { appointment } = await world.adapter.checkIn(stepOf(world, now));
      ensureSame(appointment.status, 'checked-in', 'The visit goes on.');
    },
  ),

  promise(['recordConsent'], 'Keeps no signature of somebody whose authority is unknown.', async (world) => {
    const { stranger } = lobbyOf(world);
    const { patientId } = stranger;
    const visit = await freshVisit(world, patientId);
    const [document] = (await documentsOf(world, visit)).filter((one) => missingElements(one).length === 0);
    ensure(document, 'There must be something to sign.');
    const before = await decisionsOf(world, patientId);
    const call = world.adapter.recordConsent({
      ...decisionOf(world, stranger, document, 'accepted'),
      appointmentId: visit.appointment.id,
    });
    await ensureRefused(call, 'forbidden', 'A signature without authority');
    ensureSame(await decisionsOf(world, patientId), before, 'Nothing may be kept.');
  }),

  promise(
    ['recordConsent', 'findRecordedConsents'],
    'Keeps who signed for the patient, and by what right.',
    async (world) => {
      const { child } = lobbyOf(world);
      const { patientId, representativeId } = child;
      const visit = await freshVisit(world, patientId);
      const [document] = (await documentsOf(world, visit)).filter((one) => missingElements(one).length === 0);
      ensure(document, 'There must be something to sign.');
      const request = decisionOf(world, { patientId, representativeId }, document, 'accepted');
      await world.adapter.recordConsent({ ...request, appointmentId: visit.appointment.id });
      const [kept] = await decisionsOf(world, patientId);
      ensureSame(kept?.representativeId, representativeId, 'It must say who signed.');
      ensureSame(kept?.authority, 'parent', 'It must say by what right (45 CFR 164.508(c)(1)(vi)).');
    },
  ),

  promise(
    ['recordConsent', 'findRecordedConsents'],
    'Refuses a decision about a document that has changed.',
    async (world) => {
      const { visit, document } = await signable(world);
      for (const decision of ['accepted', 'declined'] as const) {
        const stale: ConsentDocument = { ...document, version: `${document.version}0` };
        const request = decisionOf(world, { patientId: world.patientId }, stale, decision);
        const call = world.adapter.recordConsent({ ...request, appointmentId: visit.appointment.id });
        await ensureRefused(call, 'conflict', 'A decision about another version');
      }
      ensureSame(await decisionsOf(world), [], 'What is refused must not be kept.');
    },
  ),

  promise(
    ['findRecordedConsents', 'recordConsent'],
    'Lists what was decided, the latest first, for the patient alone.',
    async (world) => {
      const ids: string[] = [];
      const visit = await freshVisit(world);
      for (const document of await documentsOf(world, visit)) {
        if (missingElements(document).length > 0) continue;
        ids.unshift(await decide(world, visit, document, 'accepted'));
        if (world.advance) await pass(world, 1);
      }
      ensure(ids.length > 1, 'There must be several documents.');
      ensureSame(
        (await decisionsOf(world)).map(({ id }) => id),
        ids,
        'The latest comes first.',
      );
      const others = await decisionsOf(world, otherOf(world));
      ensure(!others.some(({ id }) => ids.includes(id)), 'What one patient decides is nothing to another.');
    },
  ),

  promise(['recordConsent'], 'Knows no document that there is not.', async (world) => {
    const request = {
      ...decisionOf(world, { patientId: world.patientId }, (await signable(world)).document, 'accepted'),
      document: { id: 'no-such-document', version: '1' },
      at: nowThere(world),
    };
    await ensureRefused(world.adapter.recordConsent(request), ['not-found', 'invalid'], 'To sign nothing');
  }),

  promise(
    ['recordConsent', 'checkIn', 'findArrivals'],
    'Goes on without optional consents that nobody has looked at.',
    async (world) => {
      const visit = await arrivedAndReady(world);
      ensure((await documentsOf(world, visit)).length > 0, 'Something optional must be undecided.');
      const { appointment } = await world.adapter.checkIn(stepOf(world, visit));
      ensureSame(appointment.status, 'checked-in', 'What is optional keeps nobody.');
    },
  ),
];

/** Does all else at the visit, decides about what is mandatory, and declines the rest. */
async function finish(world: World, visit: Visit, decision: 'accepted' | 'declined'): Promise<void> {
  await confirmAll(world, visit);
  await answerForms(world, visit);
  const documents = await documentsOf(world, visit);
  ensure(
    documents.some(({ mandatory }) => mandatory),
    'Something mandatory must be asked for.',
  );
  for (const document of documents) await decide(world, visit, document, document.mandatory ? decision : 'declined');
}

/** A visit whose patient has declined what is mandatory, with all else done. */
async function arrivedAndDeclined(world: World) {
  const visit = await arrive(world, await freshVisit(world));
  await finish(world, visit, 'declined');
  return visitNow(world, visit);
}
