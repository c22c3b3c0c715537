import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { Call, ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Slot } from '@clinic-widgets/core/scheduling.js';
import { addMinutes } from '@clinic-widgets/core/time.js';
import fc from 'fast-check';
import { memoryAdapter } from './memory-adapter.ts';

const NOW = '2026-03-02T08:00:00-05:00';
const harbor = harborClinic({ now: NOW, weeks: 1 });
const DAY = { visitTypeId: 'check-up', from: '2026-03-03', to: '2026-03-03' };
const CLIENTS = 50;

type Fault = 'none' | 'reply lost' | 'never sent';

/** The clinic as one client sees it over a bad line: each write may be lost, or its answer may. */
function badLine(adapter: ClinicAdapter, next: () => Fault): ClinicAdapter {
  const lossy =
    (call: Call): Call =>
    async (input, options) => {
      const fault = next();
      if (fault === 'never sent') throw new ClinicError('unavailable', 'It never arrived.');
      const result = await call(input, options);
      if (fault === 'reply lost') throw new ClinicError('unavailable', 'The answer was lost.');
      return result;
    };
  return {
    ...adapter,
    holdSlot: lossy(adapter.holdSlot as Call) as ClinicAdapter['holdSlot'],
    bookAppointment: lossy(adapter.bookAppointment as Call) as ClinicAdapter['bookAppointment'],
  };
}

/** Tries a write again under its key until it is answered for good. */
async function insist<T>(write: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isClinicError(error) || error.code !== 'unavailable') {
        assert.equal(isClinicError(error) && error.code, 'conflict');
        return undefined;
      }
    }
  }
}

describe('Fifty clients after one time, over bad lines', () => {
  it('get it once at the most, and nothing stays held', async () => {
    const fault = fc.constantFrom<Fault>('none', 'none', 'reply lost', 'never sent');
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fault),
        fc.array(fc.boolean(), { minLength: CLIENTS, maxLength: CLIENTS }),
        async (faults, holding) => {
          let now = NOW;
          const adapter = memoryAdapter(harbor, { now: () => now });
          const slot = (await adapter.findSlots(DAY)).items[0]!;
          const won = await Promise.all(
            holding.map((holds, client) =>
              take(
                badLine(adapter, () => faults.next().value as Fault),
                slot,
                client,
                holds,
              ),
            ),
          );
          const booked = won.filter((appointment): appointment is Appointment => appointment !== undefined);
          assert.ok(booked.length <= 1, `${booked.length} have it`);

          now = addMinutes(now, 11);
          const free = (await adapter.findSlots(DAY)).items.some(({ id }) => id === slot.id);
          assert.equal(free, booked.length === 0, 'either someone has the time, or everyone can have it');
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** One client: holds the time first or not, books it, and asks again under the same key. */
async function take(
  adapter: ClinicAdapter,
  slot: Slot,
  client: number,
  holds: boolean,
): Promise<Appointment | undefined> {
  const request = {
    acting: { patientId: client % 2 ? 'p-rosa' : 'p-samuel' },
    visitTypeId: 'check-up',
    slot: { id: slot.id, version: slot.version },
  };
  const hold = holds ? await insist(() => adapter.holdSlot(request, { idempotencyKey: `hold ${client}` })) : undefined;
  if (holds && !hold) return undefined;
  const options = { idempotencyKey: `book ${client}` };
  const write = () => adapter.bookAppointment({ ...request, holdId: hold?.id }, options);
  const first = await insist(write);
  const again = await insist(write);
  assert.deepEqual(again, first, 'the same key, the same appointment');
  return first;
}
