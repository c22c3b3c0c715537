import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Appointment, Need, NeedQuery, UnmetNeed } from '@clinic-widgets/core/appointments.js';
import type { Slot } from '@clinic-widgets/core/scheduling.js';
import { appointmentOf, type Books, type OpenBooks, openOrders, shown } from './books.ts';
import { bookingWrites } from './booking.ts';
import { type Entry, slotKey } from './diary.ts';
import { type Key, keyOf, pageOf, pageOfList, type Paging } from './paging.ts';
import { maySeeType } from './privacy.ts';
import type { Seed } from './seed.ts';

/** The area of scheduling, answered from the books. */
export const scheduling = (open: OpenBooks, seed: Seed): AdapterImplementation => ({
  ...choices(open),
  ...times(open),
  ...patientReads(open),
  ...bookingWrites(open, seed),
});

const choices = (open: OpenBooks) =>
  ({
    async findVisitTypes(query) {
      return listed(open().seed.visitTypes, query);
    },

    async findPractitioners({ visitTypeId, ...query }) {
      const { seed, offeredBy } = open();
      return listed(seed.practitioners, query, visitTypeId, offeredBy);
    },

    async findLocations({ visitTypeId, ...query }) {
      const { seed, offeredBy } = open();
      return listed(seed.locations, query, visitTypeId, offeredBy);
    },
  }) satisfies AdapterImplementation;

const times = (open: OpenBooks) =>
  ({
    async findFreeDays({ cursor, limit, ...filter }) {
      return pageOfList(open().diary.freeDays(filter), { cursor, limit }, ({ day }) => [day], same);
    },

    async findSlots({ cursor, limit, ...filter }) {
      const { seed, diary } = open();
      const after = cursor === undefined ? undefined : keyOf(cursor);
      return pageOf(diary.freeSlots(filter, after), { limit }, slotKey, (entry) => slotOf(seed, entry));
    },

    async findUnmetNeeds(query) {
      const books = open();
      const answers = query.needs.map((need) => ({ need, answer: answerTo(need, query, books) }));
      return { items: answers.filter((unmet): unmet is UnmetNeed => unmet.answer !== 'can') };
    },
  }) satisfies AdapterImplementation;

const patientReads = (open: OpenBooks) =>
  ({
    async findOrders({ acting, ...query }) {
      const books = open();
      const orders = openOrders(books, acting.patientId);
      const seen = orders.filter(({ visitTypeId: id }) => maySeeType(books, acting, { visitType: { id, name: '' } }));
      return listed(seen, query);
    },

    async findAppointments({ patientId, from, to, ...query }) {
      const appointments = [...open().appointments.values()]
        .map(shown)
        .filter((appointment) => appointment.patientId === patientId && isWithin(appointment, from, to));
      return pageOfList(appointments, query, appointmentKey, same);
    },

    async getAppointment({ patientId, appointmentId }) {
      return shown(appointmentOf(open(), patientId, appointmentId));
    },
  }) satisfies AdapterImplementation;

const same = <T>(value: T): T => value;

/** A page of a list that is shown in the order it is kept in. */
function listed<T extends { readonly id: string }>(
  list: readonly T[],
  query: Paging,
  visitTypeId?: string,
  offeredBy?: Books['offeredBy'],
) {
  const places = new Map(list.map(({ id }, index) => [id, index]));
  const offered = visitTypeId === undefined ? list : list.filter(({ id }) => offeredBy?.get(visitTypeId)?.has(id));
  return pageOfList(offered, query, ({ id }) => [places.get(id) ?? 0], same);
}

function slotOf({ practitioners, locations, clinic }: Seed, { slot, version }: Entry): Slot {
  const location = locations.find(({ id }) => id === slot.locationId);
  return {
    id: slot.id,
    version: String(version),
    start: slot.start,
    end: slot.end,
    timeZone: location?.timeZone ?? clinic.timeZone,
    practitioner: practitioners.find(({ id }) => id === slot.practitionerId),
    location,
  };
}

/** Where a time is in question the answer is for its place, else for all places that may come up. */
function answerTo(need: Need, query: NeedQuery, { seed, diary, offeredBy }: Books): UnmetNeed['answer'] | 'can' {
  if (need.kind === 'more-time') return 'can';
  if ('language' in need) {
    const languages = need.kind === 'sign-interpreter' ? seed.interpreters.sign : seed.interpreters.spoken;
    return languages.includes(need.language.split('-')[0]!.toLowerCase()) ? 'can' : 'cannot';
  }
  const slot = query.slotId === undefined ? undefined : diary.find(query.slotId)?.slot;
  const offered = seed.locations.filter(({ id }) => offeredBy.get(query.visitTypeId)?.has(id));
  const places = slot ? [slot.locationId] : offered.map(({ id }) => id);
  const equipped = places.filter((id) => seed.transferEquipmentAt.includes(id));
  if (equipped.length === 0) return 'cannot';
  return equipped.length === places.length ? 'can' : 'not-sure';
}

const appointmentKey = ({ id, start, requested }: Appointment): Key =>
  start === undefined ? [1, requested?.from ?? '', id] : [0, Date.parse(start), id];

function isWithin({ start, requested }: Appointment, from = '', to = '9999-12-31'): boolean {
  const day = start?.slice(0, 10);
  return (day ?? requested?.to ?? from) >= from && (day ?? requested?.from ?? to) <= to;
}
