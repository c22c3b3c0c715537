import { missingElements } from '@clinic-widgets/core/consents.js';
import { ensure, ensureDistinct, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { decide, decisionOf, documentsOf, visitsOf } from './check-in-found.ts';
import { decisionsOf } from './consents-requests.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, type World } from './world.ts';

/** The documents that there are to decide about. */
export const documentCases: readonly Case[] = [
  promise(['findConsents'], 'Gives each document in full, once, and says whether it must be signed.', async (world) => {
    const { documents } = await undecided(world);
    ensureDistinct(
      documents.map(({ id }) => id),
      'Nothing may be asked twice.',
    );
    for (const { title, text } of documents) {
      ensure(title.length > 0 && text.length > title.length, 'The whole document must be there to be read.');
    }
    for (const { kind, mandatory } of documents) {
      ensure(kind !== 'authorization' || !mandatory, 'An authorization can always be declined (45 CFR 164.508(b)(4)).');
      ensure(kind !== 'privacy-notice' || !mandatory, 'A notice need not be acknowledged (45 CFR 164.520(c)(2)(ii)).');
    }
  }),

  promise(['findConsents'], 'Gives a document in the language asked for, where the clinic has it.', async (world) => {
    const { appointmentId } = await undecided(world);
    const acting = { patientId: world.patientId };
    const [english, spanish] = await Promise.all(
      ['en', 'es-MX'].map((language) => allOf(world, 'findConsents', { acting, appointmentId, language })),
    );
    ensureSame(
      spanish!.map(({ id }) => id),
      english!.map(({ id }) => id),
      'The documents are the same in each language.',
    );
    for (const [index, document] of english!.entries()) {
      const other = spanish![index]!;
      ensureSame(
        [document.language.slice(0, 2), other.language.slice(0, 2)],
        ['en', 'es'],
        'It must say its language.',
      );
      ensure(document.text !== other.text && document.title !== other.title, 'Each language has its own words.');
    }
  }),

  promise(['findConsents'], 'Says what of an authorization the law wants to see in it.', async (world) => {
    const { documents } = await undecided(world);
    const authorizations = documents.filter(({ kind }) => kind === 'authorization');
    if (authorizations.length === 0) throw new NotApplicable('No authorization is asked for here.');
    for (const one of authorizations) {
      ensureSame(missingElements(one), [], 'Every element of 45 CFR 164.508(c) must be there.');
      for (const element of Object.values(one.authorization ?? {})) {
        ensure(element && one.text.includes(element), 'What is signed is what was read.');
      }
    }
  }),

  promise(['findConsents'], 'Shows nobody the documents of the visit of another.', async (world) => {
    const { appointmentId } = await undecided(world);
    const acting = { patientId: lobbyOf(world).visitors.several };
    const call = allOf(world, 'findConsents', { acting, appointmentId });
    await ensureRefused(call, ['not-found', 'forbidden'], 'To ask about a visit of somebody else');
  }),

  promise(
    ['recordConsent', 'findConsents'],
    'Keeps no signature under an authorization that lacks an element.',
    async (world) => {
      const { incomplete } = lobbyOf(world);
      const { patientId, appointmentId } = incomplete;
      const visit = (await visitsOf(world, patientId)).find(({ appointment }) => appointment.id === appointmentId);
      ensure(visit, 'The visit must be today.');
      const document = (await documentsOf(world, visit)).find((one) => missingElements(one).length > 0);
      ensure(document, 'The authorization must be shown, with what there is of it.');
      const call = world.adapter.recordConsent({
        ...decisionOf(world, { patientId }, document, 'accepted'),
        appointmentId,
      });
      await ensureRefused(call, 'invalid', 'To sign what cannot be signed');
      ensureSame(await decisionsOf(world, patientId), [], 'Nothing may be kept as signed.');
      const id = await decide(world, visit, document, 'declined');
      const [kept] = await decisionsOf(world, patientId);
      ensureSame([kept?.id, kept?.decision], [id, 'declined'], 'It can be declined all the same.');
    },
  ),
];

/** A visit whose patient has something to decide about. */
async function undecided(world: World) {
  for (const visit of await visitsOf(world)) {
    const documents = await documentsOf(world, visit);
    if (documents.length > 0) return { appointmentId: visit.appointment.id, documents };
  }
  throw new NotApplicable('There is nothing for the patient to decide about.');
}
