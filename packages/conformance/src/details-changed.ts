import type { DetailName, Details, DetailsConfirmation } from '@clinic-widgets/core/details.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { confirmationOf, freshVisit, pass, stateOf, visitNow, visitsOf } from './check-in-found.ts';
import { recordOf } from './details-requests.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, refOf, type World } from './world.ts';

/** What a patient can change, each to something that it is not at any clinic. */
const CHANGES = {
  preferredName: 'Rosi',
  address: {
    lines: ['902 Harbor Court', 'Rear house'],
    city: 'St. Joseph',
    state: 'MI',
    postalCode: '49085',
    country: 'US',
  },
  phone: '(269) 555-0178',
  email: 'rosa@harbor.example',
  emergencyContact: { name: 'Pilar Delgado', relationship: 'sister', phone: '(269) 555-0179' },
  language: 'en',
  needs: [{ kind: 'more-time' }, { kind: 'sign-interpreter', language: 'ase' }],
} as const satisfies Partial<Readonly<Record<DetailName, unknown>>>;

const WORDS: Readonly<Record<keyof typeof CHANGES, string>> = {
  preferredName: 'the name to use',
  address: 'the address',
  phone: 'the telephone',
  email: 'the e-mail address',
  emergencyContact: 'whom to call in an emergency',
  language: 'the language',
  needs: 'what they need',
};

/** What the clinic knows of a patient, and how the patient puts it right. */
export const changeCases: readonly Case[] = [
  promise(['getDetails'], 'Shows what it knows of the patient, so that nothing is typed again.', async (world) => {
    const { usual } = lobbyOf(world);
    const details = await world.adapter.getDetails({ acting: { patientId: usual.patientId } });
    ensureSame(
      [details.name?.family, details.birthDate],
      [usual.claim.familyName, usual.claim.birthDate],
      'Who the patient is must be right.',
    );
    const { 'phone-last-four': phone, 'postal-code': postalCode } = usual.factors;
    ensure(details.phone?.endsWith(phone), 'The telephone must be shown.');
    ensureSame(details.address?.postalCode, postalCode, 'The address must be shown.');
    ensure(details.emergencyContact?.name && details.language, 'Whom to call, and the language, must be shown.');
    ensureSame(details.withheld ?? [], [], 'Nothing is withheld from patients themselves.');
  }),

  promise(
    ['confirmDetails', 'getDetails', 'findVisits'],
    'Takes down that all is right, and changes nothing.',
    async (world) => {
      const { adapter, patientId } = world;
      const acting = { patientId };
      const [visit] = await visitsOf(world);
      ensure(visit, 'The patient must have a visit today.');
      const before = await adapter.getDetails({ acting });
      const { id } = visit.appointment;
      await adapter.confirmDetails({ ...(await confirmationOf(world, acting)), appointmentId: id });
      const after = await adapter.getDetails({ acting });
      ensureSame(known(after), known(before), 'What is right stays as it is.');
      ensureSame(stateOf(await visitNow(world, visit), 'details'), 'done', 'It is done for the visit.');
    },
  ),

  ...Object.entries(CHANGES).map(([name, value]) =>
    promise(
      ['confirmDetails', 'getDetails'],
      `Puts right what the patient changes: ${WORDS[name as Changed]}.`,
      async (world) => {
        const before = await own(world);
        const after = await change(world, { changed: { [name]: value } });
        ensureSame(after[name as DetailName], value, 'It must be as the patient says.');
        ensureSame({ ...known(after), [name]: 0 }, { ...known(before), [name]: 0 }, 'The rest must stay.');
        ensure(after.version === '' || after.version !== before.version, 'What has changed has another version.');
      },
    ),
  ),

  promise(['confirmDetails', 'getDetails'], 'Takes out what the patient does not want kept.', async (world) => {
    const before = await own(world);
    ensure(before.email, 'There must be an e-mail address at first.');
    const after = await change(world, { removed: ['email'] });
    ensureSame(after.email, undefined, 'It must be gone.');
    ensureSame({ ...known(after), email: 0 }, { ...known(before), email: 0 }, 'The rest must stay.');
  }),

  promise(
    ['confirmDetails', 'getDetails'],
    'Refuses a change to what has changed since it was read.',
    async (world) => {
      const request = await confirmationOf(world, { patientId: world.patientId });
      await change(world, { changed: { phone: '(269) 555-0175' } });
      const call = world.adapter.confirmDetails({
        ...request,
        confirmed: [],
        changed: { phone: '(269) 555-0176' },
      });
      await ensureRefused(call, 'conflict', 'A change to what has changed');
      ensure((await own(world)).phone?.includes('0175'), 'The first change must stand.');
    },
  ),

  promise(
    ['confirmDetails', 'getDetails'],
    'Says which field cannot be so: the name and the birthday are for the desk.',
    async (world) => {
      const before = await own(world);
      for (const name of ['name', 'birthDate'] as const) {
        const request = { ...(await confirmationOf(world, { patientId: world.patientId })), removed: [name] };
        const error = await ensureRefused(world.adapter.confirmDetails(request), 'invalid', `To take out the ${name}`);
        ensure(error.paths.length > 0, 'It must say which field is meant.');
      }
      ensureSame(await own(world), before, 'What is refused must change nothing.');
    },
  ),

  promise(
    ['confirmDetails', 'getDetails'],
    'Says why a field cannot be so, by a word that a widget has words for.',
    async (world) => {
      const before = await own(world);
      const request = {
        ...(await confirmationOf(world, { patientId: world.patientId })),
        confirmed: [],
        changed: { preferredName: ' ', email: 'nowhere' },
      };
      const { misfits } = await ensureRefused(world.adapter.confirmDetails(request), 'invalid', 'What cannot be so');
      ensureSame(
        misfits.map(({ path, reason }) => `${path.join('.')} ${reason}`).sort(),
        ['changed.email wrong-format', 'changed.preferredName required'],
        'It must say which field is meant, and why.',
      );
      ensureSame(await own(world), before, 'What is refused must change nothing.');
    },
  ),

  promise(
    ['confirmDetails', 'findProposals', 'findConfirmations', 'findVisits', 'decideProposal'],
    'Lays before staff that a name is wrong, and leaves the details of the visit to the desk until they decide.',
    async (world) => {
      const { adapter, patientId } = world;
      const visit = await freshVisit(world);
      const before = await own(world);
      const request = {
        ...(await confirmationOf(world, { patientId })),
        appointmentId: visit.appointment.id,
        doubted: ['name' as const],
      };
      const both = await ensureRefused(
        adapter.confirmDetails(request),
        'invalid',
        'To call right what is called wrong',
      );
      ensureSame(both.paths, [['doubted', 0]], 'It must say which field is meant.');

      await adapter.confirmDetails({ ...request, confirmed: request.confirmed.filter((name) => name !== 'name') });
      ensure((await ownLines(world)).includes('name doubted patient'), 'It must be on record.');
      const [proposal, ...others] = await allOf(world, 'findProposals', { patientId });
      ensure(proposal && others.length === 0, 'Staff must have it before them, once.');
      ensureSame(
        [proposal.field, proposal.from, proposal.to],
        ['name', before.name?.text, undefined],
        'It must say what.',
      );
      ensureSame(stateOf(await visitNow(world, visit), 'details'), 'at-desk', 'The desk sees to it.');

      if (world.advance) await pass(world, 1);
      await adapter.decideProposal({ proposal: refOf(proposal), decision: 'accepted' });
      ensureSame(known(await own(world)), known(before), 'Nothing says what it is to be: nothing is changed by it.');
      ensure((await ownLines(world)).includes('name accepted staff'), 'What staff decide must be on record.');
      ensureSame(stateOf(await visitNow(world, visit), 'details'), 'done', 'Nothing of it is left for the desk.');
    },
  ),

  promise(['confirmDetails', 'findConfirmations'], 'Does nothing of what it refuses.', async (world) => {
    const record = await recordOf(world);
    const request = await confirmationOf(world, { patientId: world.patientId });
    const changed = { phone: '(269) 555-0177' };
    await ensureRefused(
      world.adapter.confirmDetails({ ...request, changed, confirmed: ['email'], removed: ['name'] }),
      'invalid',
      'A change with one field that cannot be so',
    );
    await ensureRefused(
      world.adapter.confirmDetails({ ...request, version: `${request.version}0` }),
      'conflict',
      'A confirmation of another version',
    );
    ensureSame(await recordOf(world), record, 'Nothing of it may be on record.');
    ensure((await own(world)).phone !== changed.phone, 'Nothing of it may be done.');
  }),
];

type Changed = keyof typeof CHANGES;

function own({ adapter, patientId }: World): Promise<Details> {
  return adapter.getDetails({ acting: { patientId } });
}

/** What is on record of the patient. */
const ownLines = async (world: World): Promise<string[]> =>
  (await recordOf(world)).map(({ field, act, by }) => `${field} ${act} ${by}`);

/** What is known, without its version. */
const known = ({ version: _, ...details }: Details): object => details;

/** Has the patient change something; gives what is known then. */
async function change(
  world: World,
  changes: Partial<Pick<DetailsConfirmation, 'changed' | 'removed'>>,
): Promise<Details> {
  const acting = { patientId: world.patientId };
  const request = { ...(await confirmationOf(world, acting)), confirmed: [], ...changes };
  const { status } = await world.adapter.confirmDetails(request);
  const waits = await allOf(world, 'findProposals', { patientId: world.patientId });
  if (status === 'queued' || waits.length > 0) throw new NotApplicable('A change waits for staff here.');
  return own(world);
}
