import type { PartOfDay, SlotQuery } from '@clinic-widgets/core/scheduling.js';
import { partOfDay } from '@clinic-widgets/core/time.js';
import { compareKeys, type Key } from './paging.ts';
import type { Seed, SeedSlot } from './seed.ts';

/** Slots of one day that every filter treats alike, so that they are counted and not read. */
interface Group {
  readonly slot: SeedSlot;
  readonly part: PartOfDay;
  free: number;
}

/** A slot and what has become of it. */
export interface Entry {
  readonly slot: SeedSlot;
  readonly moment: number;
  readonly group: Group;
  state: 'free' | 'held' | 'busy';
  begun: boolean;
  version: number;
}

/** The slots of one visit type: in order, and counted by day. */
interface Shelf {
  readonly entries: Entry[];
  readonly days: Map<string, Map<string, Group>>;
}

type Filter = Omit<SlotQuery, 'cursor' | 'limit'>;

/** Every slot of the clinic, found by day and counted without being read. */
export interface Diary {
  /** Takes the slots that have begun out of the free ones. The clock never goes back. */
  advance(now: number): void;
  find(id: string): Entry | undefined;
  isFree(entry: Entry): boolean;
  /** Gives the slot another state, and with it another version. */
  change(entry: Entry, state: Entry['state']): void;
  /** The days with free slots, in no order. */
  freeDays(filter: Filter): { day: string; free: number }[];
  /** The free slots in order, from behind a key on; made one by one, so that a page costs a page. */
  freeSlots(filter: Filter, after?: Key): Iterable<Entry>;
}

/** Where a slot stands among the others: by its moment, then by its id. */
export const slotKey = ({ moment, slot }: Entry): Key => [moment, slot.id];

const dayOf = ({ start }: SeedSlot): string => start.slice(0, 10);

/** No zone is further from Greenwich, so that a day lies within these moments wherever it is. */
const earliestOf = (day: string): number => Date.parse(`${day}T00:00:00+14:00`);
const latestOf = (day: string): number => Date.parse(`${day}T23:59:59-12:00`);

const matches = ({ slot, part }: Group, filter: Filter): boolean =>
  (!filter.practitionerIds || filter.practitionerIds.some((id) => id === slot.practitionerId)) &&
  (!filter.locationIds || filter.locationIds.includes(slot.locationId)) &&
  (!filter.mode || slot.modes.includes(filter.mode)) &&
  (!filter.partOfDay || filter.partOfDay === part);

/** Lays the slots of the seed out. */
export function diaryOf(seed: Seed): Diary {
  const { shelves, ordered, byId } = shelve(seed);
  let begun = 0;

  const isFree = (entry: Entry) => entry.state === 'free' && !entry.begun;
  const recount = (entry: Entry, alter: () => void) => {
    if (isFree(entry)) entry.group.free -= 1;
    alter();
    if (isFree(entry)) entry.group.free += 1;
  };

  return {
    isFree,

    advance(now) {
      for (let entry = ordered[begun]; entry && entry.moment <= now; entry = ordered[++begun]) {
        const passed = entry;
        recount(passed, () => (passed.begun = true));
      }
    },

    find: (id) => byId.get(id),

    change(entry, state) {
      recount(entry, () => (entry.state = state));
      entry.version += 1;
    },

    freeDays(filter) {
      return [...(shelves.get(filter.visitTypeId)?.days ?? [])]
        .filter(([day]) => day >= filter.from && day <= filter.to)
        .map(([day, groups]) => ({ day, free: countFree(groups, filter) }))
        .filter(({ free }) => free > 0);
    },

    *freeSlots(filter, after) {
      const entries = shelves.get(filter.visitTypeId)?.entries ?? [];
      const last = latestOf(filter.to);
      const start: Key = [earliestOf(filter.from), ''];
      const first = firstAfter(entries, after && compareKeys(after, start) > 0 ? after : start);
      for (let index = first; index < entries.length && entries[index]!.moment <= last; index += 1) {
        const entry = entries[index]!;
        const day = dayOf(entry.slot);
        if (isFree(entry) && day >= filter.from && day <= filter.to && matches(entry.group, filter)) yield entry;
      }
    },
  };
}

function countFree(groups: ReadonlyMap<string, Group>, filter: Filter): number {
  let free = 0;
  for (const group of groups.values()) if (matches(group, filter)) free += group.free;
  return free;
}

function firstAfter(entries: readonly Entry[], key: Key): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(slotKey(entries[middle]!), key) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function shelve(seed: Seed) {
  const zones = new Map(seed.locations.map(({ id, timeZone }) => [id, timeZone]));
  const parts = new Map<string, PartOfDay>();
  const shelves = new Map<string, Shelf>();
  const byId = new Map<string, Entry>();

  const partOf = ({ start, locationId }: SeedSlot) => {
    const hour = start.slice(11, 13);
    let part = parts.get(hour);
    if (!part) parts.set(hour, (part = partOfDay(start, zones.get(locationId) ?? seed.clinic.timeZone)));
    return part;
  };
  const groupOf = (slot: SeedSlot, { days }: Shelf) => {
    let day = days.get(dayOf(slot));
    if (!day) days.set(dayOf(slot), (day = new Map<string, Group>()));
    const part = partOf(slot);
    const key = [slot.practitionerId ?? '', slot.locationId, slot.modes, part].join(' ');
    let group = day.get(key);
    if (!group) day.set(key, (group = { slot, part, free: 0 }));
    return group;
  };

  for (const slot of seed.slots) {
    let shelf = shelves.get(slot.visitTypeId);
    if (!shelf) shelves.set(slot.visitTypeId, (shelf = { entries: [], days: new Map() }));
    const group = groupOf(slot, shelf);
    const entry = { slot, moment: Date.parse(slot.start), group, state: slot.status, begun: false, version: 1 };
    if (slot.status === 'free') group.free += 1;
    shelf.entries.push(entry);
    byId.set(slot.id, entry);
  }
  const inOrder = (a: Entry, b: Entry) => compareKeys(slotKey(a), slotKey(b));
  for (const { entries } of shelves.values()) entries.sort(inOrder);
  return { shelves, byId, ordered: [...byId.values()].sort((a, b) => a.moment - b.moment) };
}
