import type { Acting } from '@clinic-widgets/core/common.js';
import { ensure, ensureRefused, ensureSame } from './assert.ts';
import { type Case, promise } from './case.ts';
import { confirmationOf } from './check-in-found.ts';
import { propose } from './desk-requests.ts';
import { recordOf } from './details-requests.ts';
import { lobbyOf } from './lobby.ts';
import { refOf, type World } from './world.ts';

/** What somebody who acts for a patient sees and may change. */
export const representedCases: readonly Case[] = [
  promise(
    ['getDetails'],
    'Keeps private contacts from who acts for somebody above the privacy age, and says which.',
    async (world) => {
      const { patientId, representativeId } = lobbyOf(world).adolescent;
      const own = await world.adapter.getDetails({ acting: { patientId } });
      ensure(own.phone && own.email, 'The patient must see their own contacts.');
      const seen = await world.adapter.getDetails({ acting: { patientId, representativeId } });
      const withheld = seen.withheld ?? [];
      for (const name of ['phone', 'email'] as const) ensure(withheld.includes(name), `${name} must be withheld.`);
      for (const name of withheld) ensureSame(seen[name], undefined, `${name} must not be told.`);
      const told = JSON.stringify(seen);
      for (const secret of [own.phone, own.email]) ensure(!told.includes(secret), 'It must not be told elsewhere.');
    },
  ),

  promise(['confirmDetails', 'getDetails'], 'Lets nobody change what they may not see.', async (world) => {
    const { adolescent } = lobbyOf(world);
    const request = await confirmationOf(world, adolescent);
    const before = await world.adapter.getDetails({ acting: { patientId: adolescent.patientId } });
    for (const change of [
      { confirmed: [], changed: { email: 'jun@example.com' } },
      { confirmed: [], changed: {}, removed: ['phone' as const] },
      { confirmed: ['email' as const], changed: {} },
    ]) {
      const call = world.adapter.confirmDetails({ ...request, ...change });
      await ensureRefused(call, ['invalid', 'forbidden'], 'To change or confirm what is withheld');
    }
    const after = await world.adapter.getDetails({ acting: { patientId: adolescent.patientId } });
    ensureSame(after, before, 'What is refused must change nothing.');
  }),

  promise(['getDetails', 'confirmDetails'], 'Lets a parent see and change what is known of a child.', async (world) => {
    const { patientId, representativeId } = lobbyOf(world).child;
    const acting = { patientId, representativeId };
    const own = await world.adapter.getDetails({ acting: { patientId } });
    const seen = await world.adapter.getDetails({ acting });
    ensureSame(seen.withheld ?? [], [], 'Nothing of a child is kept from a parent.');
    ensureSame([seen.phone, seen.address], [own.phone, own.address], 'A parent sees what there is.');
    const phone = '(269) 555-0180';
    await world.adapter.confirmDetails({ ...(await confirmationOf(world, acting)), confirmed: [], changed: { phone } });
    ensureSame((await world.adapter.getDetails({ acting })).phone, phone, 'A parent may put it right.');
    const [line] = (await recordOf(world, patientId)).filter(({ act }) => act === 'changed');
    ensureSame([line?.by, line?.representativeId], ['representative', representativeId], 'It must say who did it.');
  }),

  promise(
    ['confirmDetails', 'findProposals', 'findConfirmations'],
    'Asks staff about a change by somebody whose authority is unknown, and changes nothing before.',
    async (world) => {
      const { stranger } = lobbyOf(world);
      const { patientId, representativeId } = stranger;
      const before = await ownOf(world, stranger);
      const proposal = await propose(world, WANTED);
      ensureSame(
        [proposal.patientId, proposal.field, proposal.representativeId],
        [patientId, 'emergencyContact', representativeId],
        'Staff must see who wants what changed.',
      );
      ensure(proposal.to?.includes(WANTED.emergencyContact.name), 'Staff must see what it is to be.');
      ensure(proposal.from?.includes(before.emergencyContact!.name), 'Staff must see what it is now.');
      ensureSame(await ownOf(world, stranger), before, 'Nothing may be changed before staff agree.');
      await ensureRecorded(world, stranger, 'proposed representative');
    },
  ),

  promise(['decideProposal', 'confirmDetails', 'getDetails'], 'Takes over what staff accept.', async (world) => {
    const { stranger } = lobbyOf(world);
    const before = await ownOf(world, stranger);
    const proposal = await propose(world, WANTED);
    await world.adapter.decideProposal({ proposal: refOf(proposal), decision: 'accepted' });
    const { version: _, ...after } = await ownOf(world, stranger);
    const { version: __, ...rest } = before;
    ensureSame(after, { ...rest, ...WANTED }, 'What was accepted must be so, and nothing else.');
    await ensureRecorded(world, stranger, 'accepted staff');
    await ensureGone(world, proposal);
  }),

  promise(['decideProposal', 'confirmDetails', 'getDetails'], 'Leaves as it is what staff refuse.', async (world) => {
    const { stranger } = lobbyOf(world);
    const before = await ownOf(world, stranger);
    const proposal = await propose(world, WANTED);
    await world.adapter.decideProposal({ proposal: refOf(proposal), decision: 'refused' });
    const { emergencyContact } = await ownOf(world, stranger);
    ensureSame(emergencyContact, before.emergencyContact, 'What was refused must not be so.');
    await ensureRecorded(world, stranger, 'refused staff');
    await ensureGone(world, proposal);
  }),

  promise(['decideProposal'], 'Decides about a proposal once.', async (world) => {
    const proposal = refOf(await propose(world, WANTED));
    await world.adapter.decideProposal({ proposal, decision: 'refused' });
    for (const decision of ['accepted', 'refused'] as const) {
      const call = world.adapter.decideProposal({ proposal, decision });
      await ensureRefused(call, 'conflict', 'To decide about what is decided');
    }
  }),

  promise(
    ['decideProposal', 'confirmDetails'],
    'Takes over no proposal about a field that has changed since.',
    async (world) => {
      const { patientId } = lobbyOf(world).stranger;
      const proposal = await propose(world, WANTED);
      const changed = { emergencyContact: { name: 'Ada Whitfield', relationship: 'granddaughter' } };
      const request = await confirmationOf(world, { patientId });
      await world.adapter.confirmDetails({ ...request, confirmed: [], changed });
      const call = world.adapter.decideProposal({ proposal: refOf(proposal), decision: 'accepted' });
      await ensureRefused(call, 'conflict', 'To take over what is out of date');
      const { emergencyContact } = await ownOf(world, { patientId });
      ensureSame(emergencyContact, changed.emergencyContact, 'The patient’s own word must stand.');
    },
  ),
];

/** What the stranger wants changed. */
const WANTED = { emergencyContact: { name: 'Walter Quinn', relationship: 'neighbor', phone: '(269) 555-0181' } };

const ownOf = ({ adapter }: World, { patientId }: Acting) => adapter.getDetails({ acting: { patientId } });

async function ensureRecorded(world: World, { patientId }: Acting, act: string): Promise<void> {
  const lines = (await recordOf(world, patientId)).map((one) => `${one.field} ${one.act} ${one.by}`);
  ensure(lines.includes(`emergencyContact ${act}`), `It must be on record: ${act}.`);
}

async function ensureGone({ adapter }: World, { id, patientId }: { id: string; patientId: string }): Promise<void> {
  const { items } = await adapter.findProposals({ patientId });
  ensure(!items.some((one) => one.id === id), 'What is decided does not wait any more.');
}
