import type * as fhir from 'fhir/r4.js';
import { Order } from '@clinic-widgets/core/appointments.js';
import type { Asking } from './client.ts';
import { idOf, tokensOf, wordedIn, wordsOf } from './datatypes.ts';
import { directoryOf } from './directory.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import { findServices } from './offers.ts';
import { searchAll, type Setting } from './setting.ts';
import { isLive } from './standing.ts';

/** An order of a patient's, and whether visits for it wait to be booked. */
export interface KnownOrder {
  readonly order: Order;
  readonly open: boolean;
  /** All that can be told of what is to be booked for it. */
  readonly visitTypeIds: readonly string[];
}

/** Intents that ask for something, not those that plan or propose it. */
const ORDERED: readonly string[] = ['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'];
const URGENT: readonly unknown[] = ['urgent', 'asap', 'stat'];

/** An order, and what to book for it where one of the services can be told. */
export function toOrder(
  request: fhir.ServiceRequest,
  services: readonly fhir.HealthcareService[],
  orderedBy: string | undefined,
): Order {
  const { id = '', meta, code, authoredOn, priority, occurrenceTiming, quantityQuantity } = request;
  const name = wordsOf(code);
  if (request.status === 'entered-in-error') throw new LeftOut('entered-in-error');
  if (!name) throw new LeftOut('no-name');
  const visits = occurrenceTiming?.repeat?.count ?? quantityQuantity?.value ?? 1;
  return held(Order, {
    id,
    version: meta?.versionId ?? '',
    name,
    visitTypeId: servicesFor(request, services)[0],
    orderedBy,
    orderedOn: authoredOn?.slice(0, 10).padEnd(10, '-01'),
    urgency: URGENT.includes(priority) ? 'urgent' : 'routine',
    visits: Number.isInteger(visits) && visits > 1 ? visits : undefined,
    instructions: request.patientInstruction,
    language: wordedIn(request),
  });
}

/** The services that an order is for: those that it names, or else those for which its code says so. */
function servicesFor(
  { code, performer = [] }: fhir.ServiceRequest,
  services: readonly fhir.HealthcareService[],
): readonly string[] {
  const tokens = tokensOf(code && [code]);
  return [
    ...performer.flatMap((one) => idOf(one, 'HealthcareService') ?? []),
    ...services.flatMap(({ id = '', type }) => (tokensOf(type).some((token) => tokens.includes(token)) ? id : [])),
  ];
}

/** Every order of the patient's that a visit can be, or was, booked for. */
export async function ordersOf(setting: Setting, patientId: string, asking: Asking): Promise<KnownOrder[]> {
  const patient = [['patient', `Patient/${patientId}`]] as const;
  const secret = { ...asking, secret: true };
  const [found, made, services] = await Promise.all([
    searchAll<fhir.ServiceRequest>(setting, 'ServiceRequest', patient, secret),
    searchAll<fhir.Appointment>(setting, 'Appointment', patient, secret),
    findServices(setting, asking),
  ]);
  const requests = found.filter(
    ({ subject, intent, doNotPerform }) =>
      idOf(subject, 'Patient') === patientId && ORDERED.includes(intent) && doNotPerform !== true,
  );
  const directory = await directoryOf(
    setting,
    requests.map(({ requester }) => requester),
    [],
    asking,
  );
  return requests.flatMap((request) => {
    const order = lenient(
      request,
      () => toOrder(request, services, directory.practitioner([request.requester])?.name ?? request.requester?.display),
      setting.warn,
    );
    if (!order) return [];
    const visits = made.filter((one) => isLive(one) && isFor(one, order.id)).length;
    return [
      {
        order,
        open: request.status === 'active' && visits < (order.visits ?? 1),
        visitTypeIds: [...servicesFor(request, services), ...tokensOf(request.code && [request.code])],
      },
    ];
  });
}

const isFor = ({ basedOn }: fhir.Appointment, orderId: string): boolean =>
  Array.isArray(basedOn) && basedOn.some((reference) => idOf(reference, 'ServiceRequest') === orderId);
