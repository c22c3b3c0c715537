import { memoryAdapter, type MemoryOptions, type Seed } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { instantOf, loadTemporal } from '@clinic-widgets/core/time.js';

await loadTemporal();

/** The clock of the stories stands still, so that they look the same on every day. */
export const now = (): string => '2026-03-02T08:00:00-05:00';

/** Harbor Clinic as it is at that moment. */
export const harbor = harborClinic({ now: now() });

/** A clinic of the story's own: nobody finds there what was booked in another. */
export const clinicOf = (
  changes: Partial<Seed> = {},
  options: Pick<MemoryOptions, 'holdMinutes'> = {},
): ClinicAdapter => memoryAdapter({ ...harbor, ...changes }, { now, ...options });

/** The times from a day on, as if all before it were taken. */
export const freeFrom = (day: string): Pick<Seed, 'slots'> => ({
  slots: harbor.slots.filter(({ start }) => start >= day),
});

/** The visit types with these ids. */
export const offering = (...ids: readonly string[]): Pick<Seed, 'visitTypes'> => ({
  visitTypes: harbor.visitTypes.filter(({ id }) => ids.includes(id)),
});

/** So many free times for a check-up that a day has hundreds. */
export function crowded(count: number): Pick<Seed, 'slots'> {
  const { slots } = harbor;
  return {
    slots: Array.from({ length: count }, (_, index) => {
      const slot = slots[index % slots.length]!;
      const id = `${slot.id}-${Math.floor(index / slots.length)}`;
      return { ...slot, id, status: 'free', visitTypeId: 'check-up', modes: ['in-person'] };
    }),
  };
}

/** Every time of a visit type is free. */
export const allFree = (visitTypeId: string): Pick<Seed, 'slots'> => ({
  slots: harbor.slots.map((slot) => (slot.visitTypeId === visitTypeId ? { ...slot, status: 'free' } : slot)),
});

/** The clinic with names that leave little room. */
export function longWords(): Partial<Seed> {
  const [visitType, ...others] = harbor.visitTypes;
  const name = 'Rechtsschulterarthroskopienachsorgeuntersuchung';
  const lengthen = <T extends { readonly name: string }>(each: T) => ({ ...each, name: `${each.name} ${name}` });
  return {
    visitTypes: [{ ...visitType!, name, description: `${visitType!.description} `.repeat(8) }, ...others],
    practitioners: harbor.practitioners.map(lengthen),
    locations: harbor.locations.map(lengthen),
  };
}

const HAWAII = 'Pacific/Honolulu';

/** Harbor Clinic on an island, with the same hours; readers on that island are shown the one on the mainland. */
export function farAway(): Partial<Seed> {
  if (clockIn() === clockIn(HAWAII)) return {};
  const moved = (instant: string) => instantOf(instant.slice(0, 10), instant.slice(11, 16), HAWAII)!;
  const address = '1450 Ala Moana Boulevard, Honolulu, HI 96814';
  return {
    clinic: { ...harbor.clinic, timeZone: HAWAII },
    locations: harbor.locations.map((location) => ({ ...location, address, timeZone: HAWAII })),
    slots: harbor.slots.map((slot) => ({ ...slot, start: moved(slot.start), end: moved(slot.end) })),
  };
}

const clockIn = (timeZone?: string) => new Date(now()).toLocaleString('en', { timeZone });

/** Someone else books the first time that the patient chooses, just before the clinic can keep it for them. */
export function takingTheFirst(adapter: ClinicAdapter): ClinicAdapter {
  let taken = false;
  return {
    ...adapter,
    async holdSlot(request, options) {
      if (!taken) await adapter.bookAppointment({ ...request, acting: { patientId: 'p-samuel' } });
      taken = true;
      return adapter.holdSlot(request, options);
    },
  };
}

/** The first booking is carried out, and its reply never comes. */
export function losingTheReply(adapter: ClinicAdapter): ClinicAdapter {
  let lost = false;
  return {
    ...adapter,
    async bookAppointment(request, options) {
      const appointment = await adapter.bookAppointment(request, options);
      if (lost) return appointment;
      lost = true;
      throw new ClinicError('unavailable', 'The reply was lost.');
    },
  };
}
