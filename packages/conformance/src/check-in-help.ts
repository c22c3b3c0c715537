import type { HelpReason } from '@clinic-widgets/core/check-in.js';
import { ensure, ensureDistinct, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { attentionAt, attentionOf, ensureTranslated, freshVisit, kioskOf } from './check-in-found.ts';
import type { World } from './world.ts';

/** Calls for a person. */
export const helpCases: readonly Case[] = [
  promise(
    ['askForHelp', 'findAttention'],
    'Puts a call for a person before staff at once, with its number.',
    async (world) => {
      const visit = await freshVisit(world);
      const station = kioskOf(world);
      const about = { acting: { patientId: world.patientId }, appointmentId: visit.appointment.id };
      const request = {
        station,
        reason: 'stuck',
        ...about,
        message: 'The page is in Spanish.',
        language: 'en',
      } as const;
      const help = await world.adapter.askForHelp(request);
      ensure(help.number.length > 0 && help.goTo.length > 0, 'There must be a number, and somewhere to go.');
      ensureTranslated(help, 'goTo');
      ensureSame(help.state, 'waiting', 'Nobody has answered yet.');
      const seen = await calledBy(world, help.number);
      const { kind, state, reason, message, language, patientId, appointmentId } = seen;
      ensureSame(
        { kind, state, reason, message, language, patientId, appointmentId },
        {
          ...{ kind: 'help', state: 'waiting', reason: 'stuck', message: request.message, language: 'en' },
          ...{ patientId: world.patientId, appointmentId: visit.appointment.id },
        },
        'Staff must see who calls, from which visit and why.',
      );
      ensureSame(seen.station?.deviceId, station.deviceId, 'Staff must see from which kiosk.');
    },
  ),

  promise(
    ['askForHelp', 'findAttention'],
    'Passes on the call of somebody whom nobody has identified.',
    async (world) => {
      const help = await world.adapter.askForHelp({ station: kioskOf(world), reason: 'unrecognized' });
      const { patientId, reason } = await calledBy(world, help.number);
      ensureSame(patientId, undefined, 'Nobody is identified.');
      ensureSame(reason, 'unrecognized', 'Staff must see why.');
    },
  ),

  promise(
    ['askForHelp', 'findAttention'],
    'Passes on the call of somebody who may not act for the patient, and names no patient then.',
    async (world) => {
      const { representative, patientId, adapter } = world;
      if (!representative) throw new NotApplicable('No representative was named.');
      const visit = await freshVisit(world);
      const { number } = await adapter.askForHelp({
        station: kioskOf(world),
        reason: 'danger',
        acting: { patientId, representativeId: representative.id },
        appointmentId: visit.appointment.id,
      });
      const seen = await calledBy(world, number);
      ensureSame([seen.patientId, seen.appointmentId], [undefined, undefined], 'Of whom it is, is not certain.');
      ensureSame(seen.priority, 'stat', 'It is no less urgent.');
    },
  ),

  promise(['askForHelp'], 'Gives each call its own number.', async (world) => {
    const numbers = [];
    for (let count = 0; count < 3; count += 1) {
      numbers.push((await world.adapter.askForHelp({ station: kioskOf(world), reason: 'person' })).number);
    }
    ensureDistinct(numbers, 'A number must name one call.');
  }),

  promise(
    ['getHelp', 'askForHelp', 'acknowledge'],
    'Says that somebody is coming only after somebody has said so.',
    async (world) => {
      const { adapter } = world;
      const { id, number } = await adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
      const stateNow = async () => (await adapter.getHelp({ helpId: id })).state;
      const { id: attentionId } = await calledBy(world, number);
      await world.advance?.(5);
      ensureSame(await stateNow(), 'waiting', 'Nobody has answered, however long it takes.');
      await adapter.acknowledge({ attentionId, state: 'acknowledged' });
      ensureSame(await stateNow(), 'acknowledged', 'Somebody is coming.');
      await adapter.acknowledge({ attentionId, state: 'done' });
      ensureSame(await stateNow(), 'done', 'It is seen to.');
    },
  ),

  promise(['openDesk', 'askForHelp', 'getHelp'], 'Says at every kiosk when nobody is at the desk.', async (world) => {
    const { adapter } = world;
    const before = await adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
    ensure(before.deskOpen, 'The desk must be open at first.');
    await adapter.openDesk({ open: false });
    const now = await adapter.getHelp({ helpId: before.id });
    ensureSame(now.deskOpen, false, 'Who waits must be told that nobody is there.');
    ensure(now.goTo.length > 0, 'There must be somewhere to go.');
    const later = await adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
    ensureSame(later.deskOpen, false, 'Nobody may be promised anything.');
    ensure(await attentionAt(world, (await calledBy(world, later.number)).id), 'The call must wait for staff.');
    await adapter.openDesk({ open: true });
    ensureSame((await adapter.getHelp({ helpId: later.id })).deskOpen, true, 'The desk is open again.');
  }),

  promise(['describeDesk', 'openDesk'], 'Says before anybody calls whether somebody is at the desk.', async (world) => {
    const { adapter } = world;
    ensureSame((await adapter.describeDesk({})).open, true, 'The desk must be open at first.');
    await adapter.openDesk({ open: false });
    const { open, goTo } = await adapter.describeDesk({});
    ensureSame(open, false, 'Who comes must be told that nobody is there.');
    ensure(goTo.length > 0, 'There must be somewhere to go.');
    await adapter.openDesk({ open: true });
    ensureSame((await adapter.describeDesk({})).open, true, 'The desk is open again.');
  }),

  promise(['askForHelp', 'findAttention'], 'Puts danger above every other call.', async (world) => {
    const usual = await world.adapter.askForHelp({ station: kioskOf(world), reason: 'person' });
    const { number } = await world.adapter.askForHelp({ station: kioskOf(world), reason: 'danger' });
    ensureSame((await calledBy(world, number)).priority, 'stat', 'Danger cannot wait.');
    ensure((await calledBy(world, usual.number)).priority !== 'stat', 'What is always urgent never is.');
    const list = (await attentionOf(world)).map((one) => one.number);
    ensure(list.indexOf(number) < list.indexOf(usual.number), 'Danger comes first, though it came later.');
  }),

  promise(
    ['askForHelp', 'findAttention'],
    'Passes on complaints, compliments and questions about a bill, each as what it is.',
    async (world) => {
      for (const reason of ['complaint', 'compliment', 'bill'] satisfies HelpReason[]) {
        const message = `About a ${reason}.`;
        const { number } = await world.adapter.askForHelp({ station: kioskOf(world), reason, message });
        const seen = await calledBy(world, number);
        ensureSame([seen.reason, seen.message], [reason, message], 'It must reach staff as it was written.');
      }
    },
  ),

  promise(['getHelp'], 'Knows no call that was never made.', async ({ adapter }) => {
    await ensureRefused(adapter.getHelp({ helpId: 'no-such-call' }), 'not-found', 'To follow up nothing');
  }),
];

/** What waits for staff under the number that a patient was given. */
async function calledBy(world: World, number: string) {
  const seen = (await attentionOf(world)).find((one) => one.number === number);
  ensure(seen, 'Staff must have the call when it is answered.');
  return seen;
}
