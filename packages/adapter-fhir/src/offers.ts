import type * as fhir from 'fhir/r4.js';
import type { Location, Practitioner, VisitType } from '@clinic-widgets/core/scheduling.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import type { Asking } from './client.ts';
import { wordsOf } from './datatypes.ts';
import { type Directory, directoryOf } from './directory.ts';
import { lenient } from './lenient.ts';
import { searchAll, searchEverything, type Setting } from './setting.ts';
import { ANY_VISIT, isFor, isResource, serviceNamed, servicesOf, toVisitType } from './visit-types.ts';

/** A schedule that can be booked: whose it is, and where. */
export interface Offer {
  readonly schedule: fhir.Schedule;
  readonly practitioner: Practitioner | undefined;
  readonly location: Location | undefined;
  readonly timeZone: string;
}

/** Schedules, with all that is known of their people and places. */
export interface Offers {
  readonly list: readonly Offer[];
  readonly directory: Directory;
}

/** Which schedules are asked for. */
export interface OfferFilter {
  readonly practitionerIds?: readonly string[] | undefined;
  readonly locationIds?: readonly string[] | undefined;
}

/**
 * What can be booked: the services that there are and, for schedules that are for none of them, what their types say;
 * what the host names, where the server says nothing.
 */
export async function findServices(setting: Setting, asking: Asking): Promise<fhir.HealthcareService[]> {
  const tolerant = { ...asking, tolerant: true };
  const [services, schedules] = await Promise.all([
    searchAll<fhir.HealthcareService>(setting, 'HealthcareService', [], tolerant),
    searchAll<fhir.Schedule>(setting, 'Schedule', [], tolerant),
  ]);
  const others = schedules.filter((schedule) =>
    lenient(schedule, (one) => one.active !== false && !services.some((service) => isFor(service, one)), setting.warn),
  );
  const found = services.filter((one) => one.active !== false).concat(servicesOf(others, setting.warn));
  return found.length ? found : namedByHost(setting);
}

function namedByHost({ options }: Setting): fhir.HealthcareService[] {
  const codes = Object.entries(options.visitTypes ?? {}).filter(([id]) => !isResource(id));
  return codes.length ? codes.map(([id, { name }]) => serviceNamed(id, name)) : [ANY_VISIT];
}

/** The visit type of a service, as the server and the host tell it; nothing where it makes no sense. */
export const visitTypeOf = ({ warn, options }: Setting, service: fhir.HealthcareService): VisitType | undefined =>
  lenient(service, (one) => toVisitType(one, options.visitTypes?.[`${one.id}`]), warn);

/** The service that a visit type's id stands for; nothing where there is none that can be booked. */
export async function serviceOf({ client }: Setting, visitTypeId: string, asking: Asking) {
  if (visitTypeId === ANY_VISIT.id) return ANY_VISIT;
  if (!isResource(visitTypeId)) return serviceNamed(visitTypeId);
  try {
    const service = await client.read<fhir.HealthcareService>('HealthcareService', visitTypeId, asking);
    return service.active === false ? undefined : service;
  } catch (error) {
    if (isClinicError(error) && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** The schedules that can be booked, for one service or for any. */
export async function findOffers(
  setting: Setting,
  service: fhir.HealthcareService | undefined | Promise<fhir.HealthcareService | undefined>,
  filter: OfferFilter,
  asking: Asking,
): Promise<Offers> {
  const [resources, wanted] = await Promise.all([findSchedules(setting, asking), service]);
  const offered = resources.filter(
    (one): one is fhir.Schedule =>
      one.resourceType === 'Schedule' &&
      one.active !== false &&
      lenient(one, (schedule) => !wanted || isFor(wanted, schedule), setting.warn) === true,
  );
  const offers = await offersOf(setting, offered, resources, asking);
  return { ...offers, list: offers.list.filter((offer) => isOf(offer, filter)) };
}

/** Whether it is with one of the practitioners and at one of the places asked for. */
export const isOf = ({ practitioner, location }: Offer, { practitionerIds, locationIds }: OfferFilter): boolean =>
  (!practitionerIds || practitionerIds.includes(`${practitioner?.id}`)) &&
  (!locationIds || locationIds.includes(`${location?.id}`));

/** Whose the schedules are, and where. */
export async function offersOf(
  setting: Setting,
  schedules: readonly fhir.Schedule[],
  known: readonly fhir.FhirResource[],
  asking: Asking,
): Promise<Offers> {
  const directory = await directoryOf(
    setting,
    schedules.flatMap(({ actor = [] }) => actor),
    known,
    asking,
  );
  const offer = (schedule: fhir.Schedule): Offer => {
    const { actor = [] } = schedule;
    const location = directory.location(actor);
    const timeZone = location?.timeZone ?? setting.ability.clinic.timeZone;
    return { schedule, practitioner: directory.practitioner(actor), location, timeZone };
  };
  return { list: schedules.flatMap((one) => lenient(one, offer, setting.warn) ?? []), directory };
}

/** What a code stands for in words, where a schedule says so. */
export const namedBy = (
  service: fhir.HealthcareService,
  { serviceType = [] }: fhir.Schedule,
): fhir.HealthcareService =>
  isResource(`${service.id}`) || service === ANY_VISIT
    ? service
    : serviceNamed(`${service.id}`, wordsOf(serviceType.find((concept) => isFor(service, { serviceType: [concept] }))));

/** Every schedule, with whose it is where the server sends that along. */
function findSchedules(setting: Setting, asking: Asking): Promise<readonly fhir.FhirResource[]> {
  const actors = setting.ability.includes('Schedule', 'actor') ? [['_include', 'Schedule:actor'] as const] : [];
  return searchEverything(setting, 'Schedule', actors, asking);
}
