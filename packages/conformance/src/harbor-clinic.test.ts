import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryAdapter, type Seed } from '@clinic-widgets/adapter-memory';
import { compareInstants, dayOf, hourOf, inZone, partOfDay, weekdayOf } from '@clinic-widgets/core/time.js';
import { harborClinic, type HarborSlot } from './harbor-clinic.ts';

const now = '2026-03-02T07:00:00-05:00';
const clinic = harborClinic({ now });
const zoneOf = ({ locationId }: { locationId: string }) =>
  clinic.locations.find(({ id }) => id === locationId)!.timeZone;
const clockOf = ({ start }: HarborSlot) => start.slice(11, 16);

describe('Harbor Clinic', () => {
  it('is what the memory adapter is made from', async () => {
    const seed: Seed = clinic;
    assert.equal((await memoryAdapter(seed).describeClinic({})).name, 'Harbor Clinic');
  });

  it('is the same for the same seed and clock, and another for another seed', () => {
    assert.deepEqual(harborClinic({ now, seed: 1 }), clinic);
    assert.notDeepEqual(harborClinic({ now, seed: 2 }).slots, clinic.slots);
  });

  it('has times in two time zones, each written with the offset of its place', () => {
    assert.deepEqual(new Set(clinic.slots.map(zoneOf)), new Set(['America/New_York', 'America/Chicago']));
    for (const slot of clinic.slots) assert.equal(inZone(slot.start, zoneOf(slot)), slot.start);
  });

  it('opens on weekdays for as many weeks as were asked for', () => {
    const days = [...new Set(clinic.slots.map((slot) => dayOf(slot.start, zoneOf(slot))))].sort();
    assert.equal(days.length, 8 * 5);
    assert.ok(days.every((day) => weekdayOf(day) <= 5));
    assert.equal(days[0], '2026-03-02');
    assert.equal(days.at(-1), '2026-04-24');
  });

  it('keeps its hours when the clocks change', () => {
    const hours = (day: string) =>
      clinic.slots
        .filter(({ start, practitionerId }) => start.startsWith(day) && practitionerId === 'okafor')
        .map(clockOf);
    assert.equal(hours('2026-03-06')[0], '09:00');
    assert.deepEqual(hours('2026-03-09'), hours('2026-03-06'));
    const offsets = new Set(clinic.slots.map(({ start }) => start.slice(-6)));
    assert.deepEqual(offsets, new Set(['-05:00', '-04:00', '-06:00']));
  });

  it('closes for lunch, and has evenings', () => {
    assert.ok(clinic.slots.every((slot) => hourOf(slot.start, zoneOf(slot)) !== 12 || slot.locationId === 'imaging'));
    const evening = clinic.slots.filter((slot) => partOfDay(slot.start, zoneOf(slot)) === 'evening');
    assert.deepEqual(new Set(evening.map(({ locationId }) => locationId)), new Set(['michigan-city', 'st-joseph']));
  });

  it('never has one person, or the scanner, at two places at once', () => {
    for (const who of [undefined, ...clinic.practitioners.map(({ id }) => id)]) {
      const inOrder = clinic.slots
        .filter(({ practitionerId }) => practitionerId === who)
        .toSorted((a, b) => compareInstants(a.start, b.start));
      assert.ok(inOrder.length > 0);
      for (const [index, slot] of inOrder.slice(1).entries()) {
        assert.ok(compareInstants(inOrder[index]!.end, slot.start) <= 0, `${inOrder[index]!.id} and ${slot.id}`);
      }
    }
  });

  it('names nothing that there is not', () => {
    const known = new Set(
      [
        ...[clinic.visitTypes, clinic.practitioners, clinic.locations, clinic.patients],
        ...[clinic.slots, clinic.appointments, clinic.forms],
        ...[clinic.consentDocuments, clinic.programs],
      ]
        .flat()
        .map(({ id }) => id),
    );
    const named = [
      ...clinic.slots.flatMap(({ visitTypeId, practitionerId, locationId }) => [
        visitTypeId,
        practitionerId,
        locationId,
      ]),
      ...clinic.appointments.flatMap(({ patientId, visitTypeId, practitionerId, locationId, slotId }) => [
        ...[patientId, visitTypeId, practitionerId],
        ...[locationId, slotId],
      ]),
      ...clinic.orders.flatMap(({ patientId, visitTypeId }) => [patientId, visitTypeId]),
      ...clinic.representatives.flatMap(({ patientIds }) => patientIds),
      ...clinic.transferEquipmentAt,
      ...clinic.visitTypes.map(({ triageFormId }) => triageFormId),
      ...clinic.visitForms.flatMap(({ visitTypeId, formIds }) => [visitTypeId, ...formIds]),
      ...clinic.formRequests.flatMap(({ patientId, formId, appointmentId }) => [patientId, formId, appointmentId]),
      ...clinic.coverages.map(({ patientId }) => patientId),
      ...[clinic.charges, clinic.reminders].flat().map(({ appointmentId }) => appointmentId),
      ...clinic.consentDocuments.flatMap(({ visitTypeIds = [], programIds = [] }) => [...visitTypeIds, ...programIds]),
      ...clinic.programs.flatMap(({ formIds, documentIds }) => [...formIds, ...documentIds]),
      ...clinic.summaries.map(({ visitTypeId }) => visitTypeId),
      ...clinic.checkIn.privateVisitTypeIds,
      ...clinic.checkIn.lobbyCodes.map(({ locationId }) => locationId),
      ...clinic.checkIn.ways.flatMap(({ locationId, visitTypeId }) => [locationId, visitTypeId]),
      ...clinic.checkIn.waits.map(({ visitTypeId }) => visitTypeId),
    ];
    assert.deepEqual(
      [...new Set(named)].filter((id) => id !== undefined && !known.has(id)),
      [],
    );
    assert.equal(new Set(clinic.slots.map(({ id }) => id)).size, clinic.slots.length);
  });

  it('has free and taken times of all that it offers, but none of one visit type', () => {
    for (const { id } of clinic.visitTypes) {
      const states = new Set(clinic.slots.filter(({ visitTypeId }) => visitTypeId === id).map(({ status }) => status));
      assert.deepEqual(states, new Set(id === 'travel-advice' ? [] : ['free', 'busy']), id);
    }
  });

  it('offers no mode that the visit type does not have', () => {
    const modes = new Map(clinic.visitTypes.map((visitType) => [visitType.id, visitType.modes]));
    assert.ok(clinic.slots.every((slot) => slot.modes.every((mode) => modes.get(slot.visitTypeId)!.includes(mode))));
  });

  it('has an appointment to come, one that is over and one that was cancelled', () => {
    const byStatus = Object.fromEntries(clinic.appointments.map((appointment) => [appointment.status, appointment]));
    assert.deepEqual(Object.keys(byStatus).sort(), ['booked', 'cancelled', 'fulfilled']);
    assert.ok(compareInstants(byStatus['booked']!.start, now) > 0);
    assert.ok(compareInstants(byStatus['fulfilled']!.start, now) < 0);
    const taken = clinic.slots.find(({ id }) => id === byStatus['booked']!.slotId)!;
    assert.deepEqual([taken.status, taken.start], ['busy', byStatus['booked']!.start]);
  });

  it('has telephone numbers and e-mail addresses that are nobody’s', () => {
    const numbers = [
      clinic.clinic.phone,
      ...clinic.locations.map(({ phone }) => phone),
      ...clinic.patients.flatMap(({ phone, emergencyContact }) => [
        phone,
        ...(emergencyContact ? [emergencyContact.phone] : []),
      ]),
    ];
    for (const { email } of clinic.patients) assert.match(email ?? '@example.com', /@example\.com$/);
    assert.ok(numbers.every((number) => /^\(\d{3}\) 555-01\d\d$/.test(number ?? '')));
  });
});
