import type { Appointment, ClinicAdapter, Order, WaitingForm } from '@clinic-widgets/core';
import { compareInstants, dayOf } from '@clinic-widgets/core/time.js';
import type { Person } from '@clinic-widgets/elements';

/** What waits for some people: orders without a date, forms to fill in, and what comes next. */
export interface Due {
  readonly orders: readonly (readonly [Order, Person])[];
  /** By person, the first that is wanted before the others. */
  readonly forms: readonly (readonly [readonly WaitingForm[], Person])[];
  readonly appointment?: Appointment | undefined;
  /** Whose appointment that is. */
  readonly person?: Person | undefined;
}

/** Asks the clinic what waits for some people. */
export async function dueFor(people: readonly Person[], adapter: ClinicAdapter): Promise<Due> {
  const now = new Date().toISOString();
  const { timeZone } = await adapter.describeClinic({});
  const from = dayOf(now, timeZone);
  const found = await Promise.all(
    people.map(async (person) => {
      const { patientId } = person;
      const acting = actingFor(person);
      const [orders, appointments, forms] = await Promise.all([
        adapter.findOrders({ acting }),
        adapter.findAppointments({ patientId, from }),
        adapter.findForms({ acting }),
      ]);
      return { person, orders: orders.items, appointments: appointments.items, forms: forms.items };
    }),
  );
  const [next] = found
    .flatMap(({ person, appointments }) => appointments.map((appointment) => ({ person, appointment })))
    .filter(({ appointment: { status, start } }) => status === 'booked' && start && compareInstants(start, now) > 0)
    .sort((a, b) => compareInstants(a.appointment.start!, b.appointment.start!));
  return {
    orders: found.flatMap(({ person, orders }) => orders.map((order) => [order, person] as const)),
    forms: found.flatMap(({ person, forms }) => (forms.length > 0 ? [[forms, person] as const] : [])),
    ...next,
  };
}

const actingFor = ({ patientId, representativeId }: Person) => ({
  patientId,
  ...(representativeId && { representativeId }),
});
