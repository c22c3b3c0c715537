import type * as fhir from 'fhir/r4.js';
import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Appointment, Need, NeedQuery, UnmetNeed } from '@clinic-widgets/core/appointments.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { isHold, show, toAppointment } from './appointments.ts';
import { actorsOf, ownAppointment } from './participants.ts';
import type { Asking } from './client.ts';
import { codesOf, extensionsOf, idOf } from './datatypes.ts';
import { directoryOf } from './directory.ts';
import { lenient } from './lenient.ts';
import { findOffers, serviceOf } from './offers.ts';
import { type KnownOrder, ordersOf } from './orders.ts';
import { listed, pageOf } from './paging.ts';
import { searchAll, type Setting } from './setting.ts';
import { isoOf } from './slots.ts';
import { NEED_CODES, PLACE_CHARACTERISTIC } from './vocabulary.ts';

/** What there is about one patient: their appointments, orders, and whether their needs can be met. */
export const patientReads = (setting: Setting) =>
  ({
    async findOrders({ acting, ...query }, { signal }) {
      const [orders, isSeen] = await Promise.all([
        ordersOf(setting, acting.patientId, { signal }),
        seenBy(setting, acting, { signal }),
      ]);
      return listed(
        orders.map((one) => (one.open && isSeen(one) ? one.order : undefined)),
        query,
      );
    },

    async findAppointments({ patientId, from, to, ...query }, { signal }) {
      const patient = [['patient', `Patient/${patientId}`]] as const;
      const all = await searchAll<fhir.Appointment>(setting, 'Appointment', patient, { signal, secret: true });
      const found = all.filter((one) => lenient(one, isHold, setting.warn) === false);
      const actors = found.flatMap((one) => lenient(one, actorsOf, setting.warn) ?? []);
      const directory = await directoryOf(setting, actors, [], { signal });
      const { timeZone } = setting.ability.clinic;
      const appointments = found
        .flatMap((one) => lenient(one, () => toAppointment(one, directory, timeZone), setting.warn) ?? [])
        .filter((one) => one.patientId === patientId && isWithin(one, from, to));
      return pageOf(
        appointments.map((one) => [keyOf(one), one] as const),
        query,
      );
    },

    async getAppointment({ patientId, appointmentId }, { signal }) {
      return show(setting, await ownAppointment(setting, patientId, appointmentId, { signal }), { signal });
    },
    async findUnmetNeeds(query, { signal }) {
      if (!query.needs.length) return { items: [] };
      const answers = await needAnswers(setting, query, { signal });
      const unmet = query.needs.flatMap((need) => {
        const answer = answers(need);
        return answer === 'can' ? [] : [{ need, answer }];
      });
      return { items: unmet };
    },
  }) satisfies AdapterImplementation;

/** Which orders somebody may know of. Nothing of theirs is kept from patients: what decides it is fetched for who acts for them. */
async function seenBy(setting: Setting, acting: Acting, asking: Asking): Promise<(one: KnownOrder) => boolean> {
  if (acting.representativeId === undefined) return () => true;
  const { maySeeType, represented } = await import('./authority.ts');
  const who = await represented(setting, acting, asking);
  return ({ visitTypeIds }) => maySeeType(setting, who, visitTypeIds);
}

/** What the server says of needs: of the service, of the place of the time in question, or of all that may come up. */
async function needAnswers(setting: Setting, { visitTypeId, slotId }: NeedQuery, asking: Asking) {
  const service = await serviceOf(setting, visitTypeId, asking);
  const { list, directory } = await findOffers(setting, Promise.resolve(service), {}, asking);
  const scheduleId = slotId && (await scheduleOf(setting, slotId, asking));
  const at = scheduleId ? list.filter(({ schedule }) => schedule.id === scheduleId) : [];
  const places = [...new Set((at.length ? at : list).map(({ location }) => location?.id ?? ''))];
  const meets = (id: string) => {
    const place = directory.place(id);
    return (place && lenient(place, needsMetAt, setting.warn)) ?? [];
  };
  const { languages = [], always = [] } = (service && lenient(service, needsMetBy, setting.warn)) ?? {};

  return (need: Need): UnmetNeed['answer'] | 'can' => {
    if (always.includes(need.kind)) return 'can';
    if ('language' in need) {
      if (languages.length === 0) return 'not-sure';
      return languages.includes(need.language) || languages.includes(need.language.split('-')[0]) ? 'can' : 'cannot';
    }
    const meeting = places.filter((id) => meets(id).includes(need.kind)).length;
    if (meeting) return meeting === places.length ? 'can' : 'not-sure';
    // Where some place says that it has it, silence elsewhere is a no.
    return list.some(({ location }) => meets(`${location?.id}`).includes(need.kind)) ? 'cannot' : 'not-sure';
  };
}

const needsMetAt = (place: fhir.Location): string[] =>
  codesOf(
    extensionsOf(place, PLACE_CHARACTERISTIC).map(({ valueCodeableConcept }) => valueCodeableConcept),
    NEED_CODES,
  );

const needsMetBy = ({ communication = [], characteristic }: fhir.HealthcareService) => ({
  languages: communication.flatMap(({ coding = [] }) => coding.map(({ code }) => code)),
  always: codesOf(characteristic, NEED_CODES),
});

/** The schedule of a time; one that is only proposed says it in its id. */
async function scheduleOf({ client, ability }: Setting, slotId: string, asking: Asking): Promise<string | undefined> {
  if (ability.way === 'operations') return slotId.split('/')[0];
  return idOf((await client.read<fhir.Slot>('Slot', slotId, asking)).schedule, 'Schedule');
}

/** Those with a time come first. */
const keyOf = ({ id, start, requested }: Appointment): string =>
  start === undefined ? `~${requested?.from}/${id}` : `${isoOf(Date.parse(start))}/${id}`;

function isWithin({ start, timeZone, requested }: Appointment, from = '', to = '9999-12-31'): boolean {
  const day = start && dayOf(start, timeZone);
  return (day ?? requested?.to ?? from) >= from && (day ?? requested?.from ?? to) <= to;
}
