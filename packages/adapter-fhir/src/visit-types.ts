import type * as fhir from 'fhir/r4.js';
import { type Mode, VisitType } from '@clinic-widgets/core/scheduling.js';
import { codesOf, extensionsOf, idAmong, tokensOf, wordedIn, wordsOf } from './datatypes.ts';
import { held, LeftOut, lenient, type Warn } from './lenient.ts';
import {
  BOOKING_CODES,
  EVERY_SERVICE,
  MODE,
  SCHEDULING_PARAMETERS,
  SERIES,
  SERVICE_MODES,
  SERVICE_REFERENCE,
  TRIAGE_FORM,
} from './vocabulary.ts';

/** The ways of meeting, by their codes. */
export const MODES: Readonly<Record<string, Mode>> = {
  'in-person': 'in-person',
  videoconference: 'video',
  telephone: 'phone',
};

/** The visit type of a server that does not tell its services apart: any time is for it. */
export const ANY_VISIT: fhir.HealthcareService & { readonly id: string } = {
  resourceType: 'HealthcareService',
  id: '*',
  name: 'Appointment',
};

/** A visit type from the service that is booked. */
export function toVisitType(service: fhir.HealthcareService, known: Partial<VisitType> = {}): VisitType {
  const { id = '', name, comment, extraDetails, characteristic, type = [], specialty = [] } = service;
  const named = name ?? wordsOf(type[0]) ?? wordsOf(specialty[0]);
  if (!named) throw new LeftOut('no-name');
  const modes = modesIn(characteristic);
  return held(VisitType, {
    id,
    name: named,
    description: comment,
    instructions: extraDetails,
    language: wordedIn(service),
    minutes: minutesOf(service),
    modes: modes.length ? modes : ['in-person'],
    orderOnly: codesOf(characteristic, BOOKING_CODES).includes('order-only') || undefined,
    series: seriesOf(service),
    triageFormId: extensionsOf(service, TRIAGE_FORM)[0]?.valueCanonical?.replace(/^Questionnaire\//, ''),
    ...known,
  });
}

/** The services that the types of schedules say; any, where they say nothing. */
export function servicesOf(schedules: readonly fhir.Schedule[], warn: Warn): fhir.HealthcareService[] {
  const services = schedules.flatMap((schedule) => lenient(schedule, typesOf, warn) ?? []);
  return [...new Map(services.map((one) => [one.id, one])).values()];
}

function typesOf({ serviceType = [] }: fhir.Schedule): fhir.HealthcareService[] {
  // The codings of one concept are different words for one thing.
  const services = serviceType.flatMap((concept) =>
    tokensOf([concept])
      .slice(0, 1)
      .map((token) => serviceNamed(token, wordsOf(concept))),
  );
  return services.length ? services : [ANY_VISIT];
}

/** The service that a code alone stands for. */
export function serviceNamed(token: string, name = token): fhir.HealthcareService {
  const [system = '', code = ''] = token.split('|');
  const coding = { ...(system && { system }), code };
  return { resourceType: 'HealthcareService', id: token, name, type: [{ coding: [coding], text: name }] };
}

/** Whether a schedule, or a slot, is for the service. What says nothing is for every one. */
export function isFor(
  service: fhir.HealthcareService,
  { actor = [], serviceType = [] }: Partial<fhir.Schedule>,
): boolean {
  const linked = [...actor, ...serviceType.map(serviceReferenceOf)];
  const named = idAmong(linked, 'HealthcareService');
  if (named) return linked.some((reference) => idAmong([reference], 'HealthcareService') === service.id);
  const tokens = tokensOf(serviceType);
  return (
    service.id === ANY_VISIT.id ||
    tokens.length === 0 ||
    tokens.includes(`${EVERY_SERVICE}|all`) ||
    tokensOf(service.type).some((token) => tokens.includes(token))
  );
}

/** The service that a type refers to, where the server links them. */
export const serviceReferenceOf = (concept: fhir.CodeableConcept): fhir.Reference | undefined =>
  extensionsOf(concept, SERVICE_REFERENCE)[0]?.valueReference;

/** Whether a visit type's id is that of a HealthcareService, not a code. */
export const isResource = (visitTypeId: string): boolean => visitTypeId !== ANY_VISIT.id && !visitTypeId.includes('|');

/** The ways of meeting that an element names. */
export const modesOf = (element: { readonly extension?: readonly fhir.Extension[] | undefined } | undefined): Mode[] =>
  modesIn(extensionsOf(element, MODE).flatMap(({ valueCodeableConcept }) => valueCodeableConcept ?? []));

const modesIn = (concepts: readonly fhir.CodeableConcept[] | undefined): Mode[] =>
  codesOf(concepts, SERVICE_MODES).flatMap((code) => MODES[code] ?? []);

const MINUTES: Readonly<Record<string, number>> = { s: 1 / 60, min: 1, h: 60, d: 1440 };

function minutesOf(service: fhir.HealthcareService): number | undefined {
  const [parameters] = extensionsOf(service, SCHEDULING_PARAMETERS);
  const { value = 0, code, unit } = extensionsOf(parameters, 'duration')[0]?.valueDuration ?? {};
  return Math.round(value * (MINUTES[code ?? unit ?? ''] ?? 0)) || undefined;
}

function seriesOf(service: fhir.HealthcareService): VisitType['series'] {
  const {
    count = 0,
    frequency = 1,
    period = 1,
    periodUnit,
  } = extensionsOf(service, SERIES)[0]?.valueTiming?.repeat ?? {};
  return count > 1 && periodUnit === 'wk' ? { visits: count, perWeek: Math.round(frequency / period) || 1 } : undefined;
}
