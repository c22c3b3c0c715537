import { expect, type Page } from '@playwright/test';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { Appointment, Attention, ClinicAdapter, FormResponse, Slot, WaitingForm } from '@clinic-widgets/core';
import { dayOf, timeOf } from '@clinic-widgets/core/time.js';
import { validate } from '../fhir-server/validation.ts';
import type { Adapter } from './booking.ts';
import type { Demo } from './demo.ts';

/** What the clinic itself says: what a widget shows is not enough. */
export interface Clinic {
  appointmentsOf(patientId: string): Promise<readonly Appointment[]>;
  /** The patient's appointments of which no test had heard before: those made at the start have ids like `a-rosa-…`. */
  newOf(patientId: string): Promise<readonly Appointment[]>;
  getAppointment(patientId: string, appointmentId: string): Promise<Appointment>;
  ordersOf(patientId: string): Promise<readonly string[]>;
  /** Whether the time of an appointment can be booked by the next. */
  isFree(appointment: Appointment): Promise<boolean>;
  /** What waits for staff about a patient, the most pressing first. */
  attentionTo(patientId: string): Promise<readonly Attention[]>;
  /** The forms that wait for a patient, by their ids. */
  formsOf(patientId: string): Promise<readonly string[]>;
  getResponse(patientId: string, responseId: string): Promise<FormResponse>;
}

type Ask = <T>(operation: keyof ClinicAdapter, input: object) => Promise<T>;
interface Found<T> {
  readonly items: readonly T[];
}

/** Asks the clinic: over HTTP where it can be, through the page's adapter where it is inside the page or on FHIR. */
export function clinicOf(page: Page, adapter: Adapter, demo: Demo): Clinic {
  const ask = adapter === 'rest' ? askOverHttp(demo) : askInPage(page);
  const appointmentsOf = async (patientId: string) =>
    (await ask<Found<Appointment>>('findAppointments', { patientId, limit: 100 })).items;
  return {
    appointmentsOf,
    newOf: async (patientId) => (await appointmentsOf(patientId)).filter(({ id }) => !id.startsWith('a-rosa-')),
    getAppointment: (patientId, appointmentId) => ask('getAppointment', { patientId, appointmentId }),
    ordersOf: async (patientId) =>
      (await ask<Found<{ id: string }>>('findOrders', { acting: { patientId } })).items.map(({ id }) => id),
    async isFree({ visitType, practitioner, start, timeZone }) {
      const day = dayOf(start!, timeZone);
      const query = { visitTypeId: visitType!.id, from: day, to: day, limit: 1000 };
      const { items } = await ask<Found<Slot>>('findSlots', query);
      return items.some((slot) => slot.start === start && slot.practitioner?.id === practitioner?.id);
    },
    attentionTo: async (patientId) => (await ask<Found<Attention>>('findAttention', { patientId })).items,
    formsOf: async (patientId) =>
      (await ask<Found<WaitingForm>>('findForms', { acting: { patientId } })).items.map(({ id }) => id),
    getResponse: (patientId, responseId) => ask('getResponse', { acting: { patientId }, responseId }),
  };
}

function askOverHttp({ url }: Demo): Ask {
  return async (operation, input) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/rest/${operation}`, { method: 'POST', headers, body: JSON.stringify(input) });
    return response.json();
  };
}

function askInPage(page: Page): Ask {
  return (operation, input) =>
    page.evaluate(
      ([name, query]) => {
        type Adapter = Record<string, (input: object) => Promise<never>>;
        const provider = document.querySelector('clinic-provider') as unknown as { adapter: Adapter };
        return provider.adapter[name]!(query);
      },
      [operation, input] as const,
    );
}

/** Books the first free time of the day shown for someone else, in the clinic that is inside the page: first on the walls' clocks. */
export async function bookFirstFor(page: Page, patientId: string, visitTypeId: string): Promise<void> {
  const ask = askInPage(page);
  const day = await page.locator('[aria-selected=true] [data-day]').getAttribute('data-day');
  const { items } = await ask<Found<Slot>>('findSlots', { visitTypeId, from: day, to: day });
  const wall = ({ start, timeZone }: Slot) => timeOf(start, timeZone);
  const { id, version } = items.toSorted((a, b) => wall(a).localeCompare(wall(b)))[0]!;
  await ask('bookAppointment', { acting: { patientId }, visitTypeId, slot: { id, version } });
}

/** Reads from the FHIR server over HTTP, and has someone else's code say that each resource read is valid. */
export interface FhirReader {
  read<T extends Resource>(reference: string | undefined): Promise<T>;
  search<T extends Resource>(query: string): Promise<readonly T[]>;
}

/** Reads from the demo's FHIR server. */
export function fhirOf({ fhirBaseUrl }: Demo): FhirReader {
  const get = async <T extends Resource>(path: string) => {
    const response = await fetch(`${fhirBaseUrl}/${path}`);
    expect(response.status, path).toBe(200);
    return valid((await response.json()) as T);
  };
  return {
    read: (reference) => get(`${reference}`),
    async search<T extends Resource>(query: string) {
      const { entry = [] } = await get<Bundle<T>>(query);
      return entry.flatMap(({ resource }) => (resource ? [valid(resource)] : []));
    },
  };
}

function valid<T extends Resource>(resource: T): T {
  expect(validate(resource), `${resource.resourceType}/${resource.id}`).toEqual([]);
  return resource;
}
