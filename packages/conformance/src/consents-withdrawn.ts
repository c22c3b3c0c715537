import { ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { decide } from './check-in-found.ts';
import { agreed, decisionsOf, signable } from './consents-requests.ts';
import { lobbyOf } from './lobby.ts';
import { refOf } from './world.ts';

/** Agreements that are taken back (45 CFR 164.508(b)(5)). */
export const withdrawalCases: readonly Case[] = [
  promise(
    ['withdrawConsent', 'findRecordedConsents'],
    'Takes an agreement back, and keeps that there was one.',
    async (world) => {
      const before = await agreed(world);
      const acting = { patientId: world.patientId };
      await world.adapter.withdrawConsent({ acting, consent: refOf(before) });
      const after = (await decisionsOf(world)).find(({ id }) => id === before.id);
      ensureSame(
        [after?.decision, after?.document, after?.signature],
        ['withdrawn', before.document, before.signature],
        'It must be known what was withdrawn.',
      );
    },
  ),

  promise(['withdrawConsent', 'findRecordedConsents'], 'Keeps who took it back.', async (world) => {
    const { child } = lobbyOf(world);
    for (const acting of [
      { patientId: child.patientId },
      { patientId: child.patientId, representativeId: child.representativeId },
    ]) {
      const before = await agreed({ ...world, patientId: child.patientId });
      await world.adapter.withdrawConsent({ acting, consent: refOf(before) });
      const after = (await decisionsOf(world, child.patientId)).find(({ id }) => id === before.id);
      ensureSame([after?.decision, after?.withdrawnBy], ['withdrawn', acting], 'It must say who did.');
      ensureSame(after?.representativeId, before.representativeId, 'Who had agreed stays known.');
    }
  }),

  promise(['withdrawConsent'], 'Refuses to take back what was taken back, or never agreed to.', async (world) => {
    const acting = { patientId: world.patientId };
    const consent = refOf(await agreed(world));
    await world.adapter.withdrawConsent({ acting, consent });
    const again = (await decisionsOf(world)).find(({ id }) => id === consent.id)!;
    for (const one of [consent, refOf(again)]) {
      const call = world.adapter.withdrawConsent({ acting, consent: one });
      await ensureRefused(call, 'conflict', 'To take back what was taken back');
    }
    const { visit, document } = await signable(world);
    const id = await decide(world, visit, document, 'declined');
    const declined = (await decisionsOf(world)).find((one) => one.id === id)!;
    const call = world.adapter.withdrawConsent({ acting, consent: refOf(declined) });
    await ensureRefused(call, 'conflict', 'To take back a refusal');
  }),

  promise(['withdrawConsent'], 'Refuses to take back what has changed since it was read.', async (world) => {
    const { id, version } = await agreed(world);
    if (version === '') throw new NotApplicable('This clinic gives its agreements no versions.');
    const acting = { patientId: world.patientId };
    const call = world.adapter.withdrawConsent({ acting, consent: { id, version: `${version}0` } });
    await ensureRefused(call, 'conflict', 'To take back another version');
    const kept = (await decisionsOf(world)).find((one) => one.id === id);
    ensureSame(kept?.decision, 'accepted', 'The agreement must stand.');
  }),

  promise(['withdrawConsent'], 'Takes back nothing for another patient.', async (world) => {
    const kept = await agreed(world);
    const acting = { patientId: lobbyOf(world).visitors.several };
    const call = world.adapter.withdrawConsent({ acting, consent: refOf(kept) });
    await ensureRefused(call, ['not-found', 'forbidden'], 'To take back what somebody else agreed to');
    const now = (await decisionsOf(world)).find(({ id }) => id === kept.id);
    ensureSame(now?.decision, 'accepted', 'The agreement must stand.');
  }),
];
