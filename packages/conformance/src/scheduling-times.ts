import type { FreeDay, PartOfDay, Slot, SlotQuery } from '@clinic-widgets/core/scheduling.js';
import { addDays, compareInstants, partOfDay } from '@clinic-widgets/core/time.js';
import { ensure, ensureDistinct, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { allOf, dayOfSlot, findTimes, queryOf, type World } from './world.ts';

/** For how many days free days and slots are laid side by side. */
const SPAN = 4;

/** Long after the last time that any clinic offers. */
const FAR = '2199-01-01';

const PARTS: readonly PartOfDay[] = ['morning', 'afternoon', 'evening'];

/** What can be booked, who with, where and when. */
export const timeCases: readonly Case[] = [
  promise(['describeClinic'], 'Names each operation that can be carried out once.', async ({ adapter }) => {
    const { supports } = await adapter.describeClinic({});
    ensureDistinct(supports, 'An operation may be named once only.');
  }),

  promise(['findVisitTypes'], 'Tells the visit types apart.', async (world) => {
    const visitTypes = await allOf(world, 'findVisitTypes', {});
    ensure(visitTypes.length > 0, 'There must be something that can be booked.');
    ensureDistinct(
      visitTypes.map(({ id }) => id),
      'No two visit types may share an id.',
    );
  }),

  ...(['findPractitioners', 'findLocations'] as const).map((name) =>
    promise([name], 'Narrows the list to those who offer a visit type.', async (world) => {
      const { visitType, slots } = await findTimes(world);
      const everyone = (await allOf(world, name, {})).map(({ id }) => id);
      const offering = (await allOf(world, name, { visitTypeId: visitType.id })).map(({ id }) => id);
      ensureDistinct(everyone, 'Nobody may be listed twice.');
      ensure(
        offering.every((id) => everyone.includes(id)),
        'Who offers a visit type must be on the whole list too.',
      );
      for (const { practitioner, location } of slots) {
        const found = name === 'findPractitioners' ? practitioner : location;
        ensure(!found || offering.includes(found.id), `${found?.id} has a time and must be listed for its visit type.`);
      }
    }),
  ),

  promise(
    ['findFreeDays'],
    'Lists each free day once, earliest first, and no other day than asked for.',
    async (world) => {
      const { visitType } = await findTimes(world);
      const days = (await allOf(world, 'findFreeDays', queryOf(world, visitType))).map(({ day }) => day);
      ensureSame(days, [...new Set(days)].sort(), 'The days must be in order, each once.');
      ensure(
        days.every((day) => day >= world.from && day <= world.to),
        'A day outside those asked for was listed.',
      );
    },
  ),

  promise(['findFreeDays', 'findSlots'], 'Counts as many free times a day as can be found on it.', async (world) => {
    for (const query of await narrowed(world)) {
      const counted = await allOf(world, 'findFreeDays', query);
      agree(counted, await allOf(world, 'findSlots', query), query);
    }
  }),

  promise(['findFreeDays'], 'Lists no day where nothing is free.', async (world) => {
    const { visitType } = await findTimes(world);
    const query = { visitTypeId: visitType.id, from: FAR, to: addDays(FAR, 30) };
    ensureSame(await allOf(world, 'findFreeDays', query), [], 'No day may be listed.');
  }),

  promise(['findSlots'], 'Finds free times that are still to come, earliest first.', async (world) => {
    const { query } = await week(world);
    const slots = await allOf(world, 'findSlots', query);
    ensureDistinct(
      slots.map(({ id }) => id),
      'No time may be found twice.',
    );
    for (const [index, { start, end, id }] of slots.entries()) {
      const earlier = slots[index - 1];
      ensure(
        !earlier || compareInstants(earlier.start, start) <= 0,
        `The time at ${start} comes too late in the list.`,
      );
      ensure(compareInstants(start, end) < 0, `The time ${id} ends before it starts.`);
      ensure(compareInstants(start, world.now()) > 0, `The time at ${start} is over.`);
    }
  }),

  promise(['findSlots'], 'Finds times of the days asked for only, by the calendar of their place.', async (world) => {
    const { query, slots } = await week(world);
    const days = [...new Set(slots.map(dayOfSlot))];
    ensure(
      days.every((day) => day >= query.from && day <= query.to),
      'A time of another day was found.',
    );
    for (const day of days) {
      const found = await allOf(world, 'findSlots', { ...query, from: day, to: day });
      const expected = slots.filter((slot) => dayOfSlot(slot) === day);
      ensureSame(idsOf(found), idsOf(expected), `On ${day} those times must be found that a longer search finds then.`);
    }
  }),

  promise(['findSlots'], 'Gives an empty page where nothing is free.', async (world) => {
    const { visitType } = await findTimes(world);
    const { items } = await world.adapter.findSlots({ visitTypeId: visitType.id, from: FAR, to: FAR });
    ensureSame(items, [], 'Nothing may be found.');
  }),

  ...(['practitioner', 'location'] as const).map((who) =>
    promise(['findSlots'], `Narrows the times to a ${who}.`, async (world) => {
      const { query, slots } = await week(world);
      const chosen = slots.find((slot) => slot[who])?.[who];
      if (!chosen) throw new NotApplicable(`The times do not say their ${who}.`);
      const filter = who === 'practitioner' ? { practitionerIds: [chosen.id] } : { locationIds: [chosen.id] };
      const found = await allOf(world, 'findSlots', { ...query, ...filter });
      const expected = slots.filter((slot) => slot[who]?.id === chosen.id);
      ensureSame(idsOf(found), idsOf(expected), `Those times must be found that are of ${chosen.id}.`);
      ensure(
        found.every((slot) => slot[who]?.id === chosen.id),
        `Every time must be of ${chosen.id}.`,
      );
    }),
  ),

  promise(['findSlots'], 'Narrows the times to those of any of several practitioners.', async (world) => {
    const { query, slots } = await week(world);
    const ids = [...new Set(slots.flatMap(({ practitioner }) => practitioner?.id ?? []))];
    if (ids.length === 0) throw new NotApplicable('The times do not say their practitioner.');
    const found = await allOf(world, 'findSlots', { ...query, practitionerIds: ids });
    const expected = slots.filter(({ practitioner }) => practitioner);
    ensureSame(idsOf(found), idsOf(expected), 'The times of all of them must be found.');
    const nobody = await allOf(world, 'findSlots', { ...query, practitionerIds: [`${ids[0]}-nobody`] });
    ensureSame(nobody, [], 'Nobody’s times must be none.');
  }),

  promise(['findSlots'], 'Narrows the times to a mode that the visit type is offered in.', async (world) => {
    const visitTypes = await allOf(world, 'findVisitTypes', {});
    const lacking = visitTypes.some(({ modes }) => modes.length > 0 && modes.length < 3);
    if (!lacking) throw new NotApplicable('Every visit type is offered in every mode.');
    const { visitType } = await findTimes(world, 1, ({ modes }) => modes.length > 0 && modes.length < 3);
    const query = queryOf(world, visitType);
    const everything = idsOf(await allOf(world, 'findSlots', query));
    for (const mode of ['in-person', 'video', 'phone'] as const) {
      const found = idsOf(await allOf(world, 'findSlots', { ...query, mode }));
      ensure(
        found.every((id) => everything.includes(id)),
        `A search for ${mode} must find less, not other times.`,
      );
      const offered = visitType.modes.includes(mode);
      ensure(offered || found.length === 0, `${visitType.name} is not offered by ${mode}, and such times were found.`);
    }
  }),

  promise(['findSlots'], 'Narrows the times to a part of the day, by the clock of their place.', async (world) => {
    const { query, slots } = await week(world);
    for (const part of PARTS) {
      const found = await allOf(world, 'findSlots', { ...query, partOfDay: part });
      const expected = slots.filter(({ start, timeZone }) => partOfDay(start, timeZone) === part);
      ensureSame(idsOf(found), idsOf(expected), `Those times must be found that are in the ${part}.`);
    }
  }),
];

const idsOf = (items: readonly { id: string }[]): readonly string[] => items.map(({ id }) => id);

/** What is free in a week with something free. */
async function week(world: World): Promise<{ query: SlotQuery; slots: readonly Slot[] }> {
  const { visitType, day } = await findTimes(world);
  const start = addDays(day, -6);
  const query = { visitTypeId: visitType.id, from: start < world.from ? world.from : start, to: day };
  return { query, slots: await allOf(world, 'findSlots', query) };
}

/** The same few days, asked for in different ways. */
async function narrowed(world: World): Promise<readonly SlotQuery[]> {
  const { visitType, day, slots } = await findTimes(world);
  const query = { visitTypeId: visitType.id, from: addDays(day, 1 - SPAN), to: day };
  const { practitioner, location } = slots[0]!;
  return [
    query,
    ...(practitioner ? [{ ...query, practitionerIds: [practitioner.id] }] : []),
    ...(location ? [{ ...query, locationIds: [location.id] }] : []),
    ...visitType.modes.map((mode) => ({ ...query, mode })),
    ...PARTS.map((part) => ({ ...query, partOfDay: part })),
  ];
}

function agree(counted: readonly FreeDay[], slots: readonly Slot[], query: SlotQuery): void {
  const where = JSON.stringify(query);
  const days = slots.map(dayOfSlot);
  ensureSame(
    counted.map(({ day }) => day),
    [...new Set(days)].sort(),
    `The free days must be those with free times, for ${where}.`,
  );
  for (const { day, free, atLeast } of counted) {
    const there = days.filter((one) => one === day).length;
    ensure(atLeast ? free <= there : free === there, `${day} has ${there} free times, not ${free}, for ${where}.`);
  }
}
