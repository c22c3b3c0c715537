import { addDays } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { arrive, checkInFully, freshVisit, openOf, pass, prepareAll, stepOf, visitNow } from './check-in-found.ts';
import { arrivalOf, arrivals, today } from './desk-requests.ts';
import { alertIn } from './forms-attention.ts';
import { lobbyOf } from './lobby.ts';
import { allOf, otherOf } from './world.ts';

/** Who is there, as the desk sees it. */
export const arrivalListCases: readonly Case[] = [
  promise(
    ['findArrivals', 'arriveAtVisit', 'checkIn'],
    'Lists patients in the order in which they came, whoever is done first.',
    async (world) => {
      const comers = [otherOf(world), world.patientId, lobbyOf(world).visitors.several];
      const visits = [];
      for (const patientId of comers) {
        visits.push(await arrive(world, await freshVisit(world, patientId)));
        await pass(world, 1);
      }
      const list = async () => (await arrivals(world)).map(({ appointment }) => appointment.patientId);
      ensureSame(await list(), comers, 'Who comes first is first.');
      for (const visit of visits.toReversed()) {
        await checkInFully(world, visit);
        await pass(world, 1);
        ensureSame(await list(), comers, 'Nobody gets ahead by being done sooner.');
      }
    },
  ),

  promise(
    ['findArrivals', 'arriveAtVisit'],
    'Names who is there to staff, with the ticket and the visit.',
    async (world) => {
      const visit = await arrive(world, await freshVisit(world));
      const { name } = await world.adapter.getDetails({ acting: { patientId: world.patientId } });
      const line = await arrivalOf(world, visit);
      ensure(line, 'Who has arrived must be listed.');
      ensureSame(
        [line.name, line.ticket, line.arrivedAt, line.appointment.status],
        [name?.text, visit.ticket, visit.arrivedAt, 'arrived'],
        'The desk must see who it is.',
      );
    },
  ),

  promise(['findArrivals', 'arriveAtVisit'], 'Narrows the list to a day and a location.', async (world) => {
    const visit = await arrive(world, await freshVisit(world));
    const day = await today(world);
    const { id: here } = visit.appointment.location ?? {};
    if (here === undefined) throw new NotApplicable('The visit has no location with an id.');
    const at = async (query: { day: string; locationId?: string }) =>
      (await allOf(world, 'findArrivals', query)).map(({ appointment }) => appointment.id);
    const { id } = visit.appointment;
    ensure((await at({ day, locationId: here })).includes(id), 'Where the patient is, they must be listed.');
    const elsewhere = (await allOf(world, 'findLocations', {})).find((one) => one.id !== here);
    if (elsewhere?.id === undefined) throw new NotApplicable('There is no other location.');
    ensureSame(await at({ day, locationId: elsewhere.id }), [], 'Nobody has arrived elsewhere.');
    ensureSame(await at({ day: addDays(day, -1) }), [], 'Nobody arrived the day before.');
  }),

  promise(
    ['findArrivals', 'confirmDetails', 'recordConsent', 'submitForm'],
    'Shows what each still lacks.',
    async (world) => {
      const visit = await arrive(world, await freshVisit(world));
      const lacks = async () => (await arrivalOf(world, visit))?.lacks ?? [];
      const before = await lacks();
      for (const name of openOf(visit)) ensure(before.includes(name), `${name} is not done.`);
      await prepareAll(world, visit);
      const after = await lacks();
      // What is left of the consents is optional, and the desk's to ask for.
      for (const { name, state } of (await visitNow(world, visit)).preparations) {
        ensureSame(after.includes(name), state !== 'done', `${name} is ${state}.`);
      }
    },
  ),

  promise(['findArrivals', 'raiseAlert', 'acknowledge'], 'Counts the flags that nobody has seen to.', async (world) => {
    const visit = await arrive(world, await freshVisit(world));
    const flags = async () => (await arrivalOf(world, visit))?.flags ?? 0;
    const before = await flags();
    const { id } = await world.adapter.raiseAlert(await alertIn(world));
    ensureSame(await flags(), before + 1, 'An alert is a flag.');
    await world.adapter.acknowledge({ attentionId: id, state: 'done' });
    ensureSame(await flags(), before, 'What is seen to is no flag any more.');
  }),

  promise(
    ['callPatient', 'findArrivals'],
    'Shows where a patient was called to last, and gives the ticket.',
    async (world) => {
      const visit = await arrive(world, await freshVisit(world));
      const appointmentId = visit.appointment.id;
      ensureSame((await arrivalOf(world, visit))?.state, 'waiting', 'Nobody has called yet.');
      for (const [kind, to] of [
        ['called', 'Room 4'],
        ['moved', 'Room 7'],
      ] as const) {
        const { ticket } = await world.adapter.callPatient({ appointmentId, to, kind });
        ensureSame(ticket, visit.ticket, 'Who calls must know the ticket.');
        const line = await arrivalOf(world, visit);
        ensureSame([line?.calledTo, line?.state], [to, kind], 'It is the last call that counts.');
      }
    },
  ),

  promise(['callPatient', 'checkOut'], 'Calls nobody who has not come, or has left.', async (world) => {
    const visit = await freshVisit(world);
    const call = () => world.adapter.callPatient({ appointmentId: visit.appointment.id, to: 'Room 4', kind: 'called' });
    await ensureRefused(call(), 'conflict', 'To call who has not come');
    const arrived = await arrive(world, visit);
    const done = await checkInFully(world, arrived);
    await call();
    await world.adapter.checkOut(stepOf(world, await visitNow(world, done)));
    await ensureRefused(call(), 'conflict', 'To call who has left');
  }),
];
