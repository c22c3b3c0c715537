import type { Visit } from '@clinic-widgets/core/check-in.js';
import { compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import {
  arrive,
  arrivedAndReady,
  confirmationOf,
  decisionOf,
  ensureTranslated,
  freshVisit,
  kioskOf,
  openOf,
  pass,
  PHONE,
  prepareAll,
  stateOf,
  stepOf,
  visitNow,
  visitsOf,
} from './check-in-found.ts';
import { lobbyOf, type Visitors } from './lobby.ts';
import { allOf, refOf, type World } from './world.ts';

/** A visit of somebody above the privacy age, as they ask about it and as who acts for them does. */
async function privateVisitOf(world: World) {
  const { adolescent } = lobbyOf(world);
  const acting = { patientId: adolescent.patientId };
  const [visit] = await visitsOf(world, acting.patientId);
  ensure(visit, 'There must be a visit.');
  const appointmentId = visit.appointment.id;
  return { own: { acting, appointmentId }, others: { acting: adolescent, appointmentId } };
}

/** The visits of today, and what they need. */
export const visitCases: readonly Case[] = [
  promise(
    ['findVisits'],
    'Lists the patient’s visits of today, the earliest first, and none of anybody else.',
    async (world) => {
      const { several } = lobbyOf(world).visitors;
      for (const patientId of [several, world.patientId]) {
        const visits = await visitsOf(world, patientId);
        ensure(visits.length >= (patientId === several ? 2 : 1), 'The visits of today must be found.');
        for (const [index, { appointment }] of visits.entries()) {
          ensureSame(appointment.patientId, patientId, 'Only the patient’s own visits may be shown.');
          const day = dayOf(appointment.start!, appointment.timeZone);
          ensureSame(day, dayOf(world.now(), appointment.timeZone), 'A visit of another day is none of today.');
          const before = visits[index - 1]?.appointment.start;
          ensure(!before || compareInstants(before, appointment.start!) <= 0, 'The earliest comes first.');
        }
      }
    },
  ),

  promise(['findVisits'], 'Says who is early, on time and late, and who must see the desk.', async (world) => {
    const { visitors } = lobbyOf(world);
    for (const [who, timing] of Object.entries(TIMINGS) as [keyof Visitors, Visit['timing']][]) {
      const [visit] = await visitsOf(world, visitors[who]);
      ensureSame(visit?.timing, timing, `The visit is ${timing}.`);
    }
  }),

  promise(['findVisits'], 'Lets a visit become late as time goes by.', async (world) => {
    const { onTime } = lobbyOf(world).visitors;
    const seen: string[] = [];
    for (let minutes = 0; minutes <= 120; minutes += 20) {
      const [visit] = await visitsOf(world, onTime);
      if (visit && seen.at(-1) !== visit.timing) seen.push(visit.timing);
      await pass(world, 20);
    }
    ensureSame(seen, ['on-time', 'late', 'missed'], 'Nobody is on time for ever.');
  }),

  promise(['findVisits'], 'Says that a visit is at another place than the kiosk.', async (world) => {
    const { elsewhere, onTime } = lobbyOf(world).visitors;
    const kiosk = lobbyOf(world).kiosk();
    const [far] = await visitsOf(world, elsewhere);
    ensure(far?.elsewhere, 'It is not where the kiosk stands.');
    ensure(far.appointment.location && far.appointment.location.id !== kiosk.locationId, 'It must say where it is.');
    const [near] = await visitsOf(world, onTime);
    ensure(near && !near.elsewhere, 'A visit in the same house is not elsewhere.');
    const locationId = far.appointment.location.id;
    const there = await allOf(world, 'findVisits', {
      acting: { patientId: elsewhere },
      station: { ...kiosk, ...(locationId && { locationId }) },
    });
    ensure(!there[0]?.elsewhere, 'At the right kiosk it is not elsewhere.');
  }),

  promise(
    ['findVisits'],
    'Keeps what a visit is for from who acts for somebody above the privacy age.',
    async (world) => {
      const { adolescent } = lobbyOf(world);
      const station = kioskOf(world);
      const { patientId } = adolescent;
      const [own] = await allOf(world, 'findVisits', { acting: { patientId }, station });
      const what = own?.appointment.visitType?.name;
      ensure(what, 'The patient must see what the visit is for.');
      const seen = await allOf(world, 'findVisits', { acting: adolescent, station });
      // That there is a visit may be known or not; what it is for may not.
      ensure(!JSON.stringify(seen).includes(what), 'What it is for must not be told.');
      ensure(
        seen.every(({ appointment }) => appointment.visitType === undefined),
        'The visit type is private.',
      );
      for (const { appointment, way } of seen) {
        ensureSame(appointment.practitioner, undefined, 'With whom it is tells what it is for.');
        ensureSame(way?.words, appointment.location?.directions, 'The way may lead to the place, and no further.');
      }
    },
  ),

  promise(
    ['findCharges', 'findConsents', 'getVisitSummary'],
    'Tells who acts for somebody above the privacy age nothing by which it shows what a visit is for.',
    async (world) => {
      const { own, others } = await privateVisitOf(world);

      ensure((await allOf(world, 'findCharges', own)).length > 0, 'The patient must see what is due.');
      ensureSame(await allOf(world, 'findCharges', others), [], 'What is billed tells what the visit is for.');

      const asked = (await allOf(world, 'findConsents', own)).map(({ id }) => id);
      const shown = (await allOf(world, 'findConsents', others)).map(({ id }) => id);
      ensure(shown.length > 0, 'What every visit asks is no secret.');
      ensure(shown.length < asked.length, 'What such visits alone ask tells what the visit is for.');

      ensure((await world.adapter.getVisitSummary(own)).instructions, 'The patient must be told what to do.');
      const told = world.adapter.getVisitSummary(others);
      await ensureRefused(told, ['not-found', 'forbidden'], 'To read what to do after a private visit');
    },
  ),

  promise(
    ['findForms', 'findVisits'],
    'Lists to who acts for somebody above the privacy age no form that only what the visit is for asks for.',
    async (world) => {
      const { own, others } = await privateVisitOf(world);
      const { acting, appointmentId } = others;
      const asked = await allOf(world, 'findForms', own);
      ensure(asked.length > 0, 'The patient must be asked.');
      const shown = await allOf(world, 'findForms', others);
      ensure(shown.length < asked.length, 'What such visits ask tells what the visit is for.');
      const all = await allOf(world, 'findForms', { acting });
      ensureSame(
        all.filter((form) => form.appointmentId === appointmentId).map(({ id }) => id),
        shown.map(({ id }) => id),
        'Among all forms there is none of them either.',
      );
      const seen = await allOf(world, 'findVisits', { acting, station: kioskOf(world) });
      const isOpen = seen.some(
        (one) => one.appointment.id === appointmentId && one.preparations.some(({ name }) => name === 'forms'),
      );
      ensure(shown.length > 0 || !isOpen, 'What is not shown is not left to do.');
    },
  ),

  promise(
    ['confirmDetails', 'recordConsent', 'findVisits'],
    'Lets who acts do what every visit needs, though what this one is for is not theirs to know.',
    async (world) => {
      const acting = lobbyOf(world).adolescent;
      const station = kioskOf(world);
      const [visit] = await allOf(world, 'findVisits', { acting, station });
      ensure(visit, 'There must be a visit.');
      const appointmentId = visit.appointment.id;
      await world.adapter.confirmDetails({ ...(await confirmationOf(world, acting)), appointmentId });
      for (const document of await allOf(world, 'findConsents', { acting, appointmentId })) {
        await world.adapter.recordConsent({ ...decisionOf(world, acting, document, 'accepted'), appointmentId });
      }
      const [after] = await allOf(world, 'findVisits', { acting, station });
      ensure(after, 'The visit must be there still.');
      for (const name of ['details', 'consents'] as const) {
        ensure(stateOf(after, name) !== 'open', `Nothing of the ${name} may be open.`);
      }
    },
  ),

  promise(['findVisits'], 'Shows a parent what the visit of a child is for.', async (world) => {
    const { patientId, representativeId } = lobbyOf(world).child;
    const acting = { patientId, representativeId };
    const [seen] = await allOf(world, 'findVisits', { acting, station: kioskOf(world) });
    ensure(seen?.appointment.visitType?.name, 'Below the privacy age a parent sees all.');
  }),

  promise(
    ['findVisits', 'confirmDetails', 'recordConsent', 'submitForm'],
    'Says what is left to do for a visit, and no longer says so once it is done.',
    async (world) => {
      const visit = await freshVisit(world);
      ensure(openOf(visit, true).length > 0, 'Something mandatory must be open at first.');
      await prepareAll(world, visit);
      const after = await visitNow(world, visit);
      ensureSame(openOf(after, true), [], 'Nothing mandatory may be open then.');
      for (const name of openOf(visit, true)) {
        // Of the consents, those that are optional may be left.
        if (name !== 'consents') ensureSame(stateOf(after, name), 'done', `${name} was done.`);
      }
    },
  ),

  promise(['prepareVisit', 'findArrivals'], 'Makes a visit ready from home, and leaves its status.', async (world) => {
    const visit = await freshVisit(world);
    await prepareAll(world, visit);
    const now = await visitNow(world, visit);
    ensure(!now.ready, 'Before that is said, the visit is not ready.');
    const { appointment } = await world.adapter.prepareVisit({
      acting: { patientId: world.patientId },
      appointment: refOf(now.appointment),
      station: PHONE,
    });
    ensureSame(appointment.status, 'booked', 'At home nobody has arrived.');
    const after = await visitNow(world, visit);
    ensure(after.ready, 'The visit must be ready.');
    ensureSame(after.appointment.status, 'booked', 'The status stays.');
    const day = dayOf(world.now(), appointment.timeZone);
    const here = await allOf(world, 'findArrivals', { day });
    ensure(!here.some((one) => one.appointment.id === appointment.id), 'Nobody may be listed as there.');
  }),

  promise(['findVisits', 'arriveAtVisit'], 'Shows the way to the place where the visit is.', async (world) => {
    const visit = await arrive(world, await freshVisit(world));
    if (!visit.way) throw new NotApplicable('This clinic does not say where to go.');
    ensureSame(visit.way.location.id, visit.appointment.location?.id, 'The way must lead to the visit.');
    ensure(visit.way.words.length > 0, 'It must be said in words.');
    if (visit.way.picture) ensure(visit.way.picture.alt.length > 0, 'What the picture shows must be said in words.');
    ensureTranslated(visit.way, 'words');
  }),

  promise(
    ['findVisits', 'arriveAtVisit', 'checkIn'],
    'Goes on with one visit where there are several.',
    async (world) => {
      const { several } = lobbyOf(world).visitors;
      const before = await visitsOf(world, several);
      const visit = await arrivedAndReady(world, several);
      await world.adapter.checkIn(stepOf(world, visit));
      const after = await visitsOf(world, several);
      for (const { appointment } of after) {
        const was = before.find((one) => one.appointment.id === appointment.id)?.appointment.status;
        const expected = appointment.id === visit.appointment.id ? 'checked-in' : was;
        ensureSame(appointment.status, expected, 'Only the visit that was meant may be brought on.');
      }
    },
  ),
];

/** How the first visit of each of them stands when the case begins. */
const TIMINGS: Readonly<Partial<Record<keyof Visitors, Visit['timing']>>> = {
  tooEarly: 'too-early',
  early: 'early',
  onTime: 'on-time',
  late: 'late',
  missed: 'missed',
};
