import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { SlotQuery } from '@clinic-widgets/core/scheduling.js';
import type { Asking } from './client.ts';
import { findOffers, findServices, serviceOf, visitTypeOf } from './offers.ts';
import { listed } from './paging.ts';
import type { Setting } from './setting.ts';
import { findDays, findTimes, readTimes, type TimeSearch } from './slots.ts';

/** The operations that find a time: all that is needed until a patient has chosen one. */
export const scheduling = (setting: Setting): AdapterImplementation => ({
  async findVisitTypes(query, { signal }) {
    const services = await findServices(setting, { signal });
    return listed(
      services.map((service) => visitTypeOf(setting, service)),
      query,
    );
  },

  async findPractitioners({ visitTypeId, ...query }, { signal }) {
    const offers = await offersFor(setting, visitTypeId, { signal });
    return listed(
      offers.map(({ practitioner }) => practitioner),
      query,
    );
  },

  async findLocations({ visitTypeId, ...query }, { signal }) {
    const offers = await offersFor(setting, visitTypeId, { signal });
    return listed(
      offers.map(({ location }) => location),
      query,
    );
  },

  async findFreeDays(query, { signal }) {
    const search = await searchFor(setting, query, { signal });
    return search ? findDays(search) : { items: [] };
  },

  async findSlots(query, { signal }) {
    const search = await searchFor(setting, query, { signal });
    return search ? findTimes(search) : { items: [] };
  },
});

async function offersFor(setting: Setting, visitTypeId: string | undefined, asking: Asking) {
  const service = visitTypeId === undefined ? undefined : await serviceOf(setting, visitTypeId, asking);
  if (visitTypeId !== undefined && !service) return [];
  return (await findOffers(setting, service, {}, asking)).list;
}

/** The search that a query asks for; nothing where there is no such visit type. */
async function searchFor(setting: Setting, query: SlotQuery, asking: Asking): Promise<TimeSearch | undefined> {
  const { ihe, way } = setting.ability;
  const wanted = serviceOf(setting, query.visitTypeId, asking);
  // IHE's servers need not tell their schedules.
  const offers = way === 'operations' && ihe ? { list: [] } : findOffers(setting, wanted, query, asking);
  const [service, { list }] = await Promise.all([wanted, offers]);
  const visitType = service && visitTypeOf(setting, service);
  const read = way === 'operations' ? (await import('./proposals.ts')).readProposals : readTimes;
  return visitType && { setting, offers: list, service, modes: visitType.modes, query, asking, read };
}
