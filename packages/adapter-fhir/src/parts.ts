import {
  type AdapterImplementation,
  isRead,
  type OperationName,
  operationsOf,
  type Part,
} from '@clinic-widgets/core/adapter.js';
import type { Setting } from './setting.ts';

type Make = (setting: Setting) => AdapterImplementation;

/** Fetches each part by itself, but for what a page needs first of all: a page that books need not know what a desk does. */
const load: { readonly [P in Part]?: () => Promise<Make> } = {
  forms: async () => (await import('./forms.ts')).forms,
  checkIn: async () => (await import('./check-in.ts')).checkIn,
  details: async () => (await import('./details.ts')).details,
  consents: async () => (await import('./consents.ts')).consents,
  desk: async () => (await import('./desk.ts')).desk,
};

/** The operations of which one is called. */
export async function partWith(name: OperationName, setting: Setting): Promise<AdapterImplementation> {
  const part = (Object.keys(load) as Part[]).find((one) => (operationsOf[one] as readonly string[]).includes(name));
  const make = await (part ? load[part]!() : appointments(name, setting));
  return make(setting);
}

async function appointments(name: OperationName, { ability }: Setting): Promise<Make> {
  if (isRead(name)) return (await import('./patients.ts')).patientReads;
  return ability.way === 'operations'
    ? (await import('./operations.ts')).operationWrites
    : (await import('./booking.ts')).bookingWrites;
}
