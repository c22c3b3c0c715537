import type { Acting } from '@clinic-widgets/core/common.js';
import { missingElements } from '@clinic-widgets/core/consents.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { decisionOf, documentsOf, freshVisit } from './check-in-found.ts';
import { decisionsOf, gather } from './consents-requests.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, refOf, type World } from './world.ts';

/** What somebody who acts for a patient knows of what was agreed to. */
export const representedConsentCases: readonly Case[] = [
  promise(
    ['findRecordedConsents', 'recordConsent', 'withdrawConsent'],
    'Keeps from who acts above the privacy age what others have signed, and shows what they signed themselves.',
    async (world) => {
      const { adolescent } = lobbyOf(world);
      const own = await signedBy(world, { patientId: adolescent.patientId });
      ensureSame(await seenBy(world, adolescent), [], 'What the patient signed is the patient’s alone.');
      const call = world.adapter.withdrawConsent({ acting: adolescent, consent: refOf(own) });
      await ensureRefused(call, ['not-found', 'forbidden'], 'To take back what is the patient’s alone');
      const theirs = await signedBy(world, adolescent);
      ensureSame(await seenBy(world, adolescent), [theirs.id], 'What they signed themselves they know.');
      const all = (await decisionsOf(world, adolescent.patientId)).map(({ id }) => id);
      ensure(all.includes(own.id) && all.includes(theirs.id), 'The patient must see all of it.');
    },
  ),

  promise(
    ['findRecordedConsents', 'recordConsent'],
    'Keeps from who acts by no known right what the patient has signed.',
    async (world) => {
      const { stranger } = lobbyOf(world);
      await signedBy(world, { patientId: stranger.patientId });
      ensureSame(await seenBy(world, stranger), [], 'A stranger may know nothing of it.');
    },
  ),

  promise(
    ['findRecordedConsents', 'recordConsent'],
    'Shows a parent all that was signed for a child.',
    async (world) => {
      const { patientId, representativeId } = lobbyOf(world).child;
      const { id } = await signedBy(world, { patientId });
      ensure((await seenBy(world, { patientId, representativeId })).includes(id), 'Nothing is kept from a parent.');
    },
  ),

  promise(
    ['findPrograms', 'enrolInProgram'],
    'Keeps from who acts above the privacy age, or by no known right, which programmes the patient is in.',
    async (world) => {
      const { adolescent, stranger } = lobbyOf(world);
      for (const { patientId, representativeId } of [adolescent, stranger]) {
        const program = await enrolledIn({ ...world, patientId });
        const seen = await allOf(world, 'findPrograms', { acting: { patientId, representativeId } });
        const shown = seen.find(({ id }) => id === program);
        ensure(shown, 'That there is such a programme is no secret.');
        ensureSame(shown.enrolment, undefined, 'That the patient is in it is the patient’s alone.');
      }
    },
  ),
];

/** What somebody is shown of what was decided. */
const seenBy = async (world: World, { patientId, representativeId }: Acting): Promise<string[]> =>
  (await allOf(world, 'findRecordedConsents', { acting: { patientId, representativeId } })).map(({ id }) => id);

/** Has somebody sign the first document of the patient's that can be signed. */
async function signedBy(world: World, { patientId, representativeId }: Acting) {
  const visit = await freshVisit(world, patientId);
  const document = (await documentsOf(world, visit)).find((one) => missingElements(one).length === 0);
  if (!document) throw new NotApplicable('There is nothing to sign for the patient.');
  const request = decisionOf(world, { patientId, representativeId }, document, 'accepted');
  const receipt = await world.adapter.recordConsent({ ...request, appointmentId: visit.appointment.id });
  const kept = (await decisionsOf(world, patientId)).find(({ id }) => id === receipt.id);
  if (!kept) throw new NotApplicable('The decision waits on this device.');
  return kept;
}

/** A programme that the patient is in, for which nobody needs an insurance. */
async function enrolledIn(world: World): Promise<string> {
  const acting = { patientId: world.patientId };
  const program = (await allOf(world, 'findPrograms', { acting })).find(({ needsCoverage }) => !needsCoverage);
  if (!program) throw new NotApplicable('No programme here takes no insurance.');
  if (!program.enrolment) await world.adapter.enrolInProgram(await gather(world, program));
  return program.id;
}
