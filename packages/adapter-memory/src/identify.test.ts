import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { Claim } from '@clinic-widgets/core/check-in.js';
import { memoryAdapter } from './memory-adapter.ts';
import type { Seed } from './seed.ts';

const NOW = '2026-03-02T07:00:00-05:00';
const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
const rosa = { familyName: 'Delgado', birthDate: '1984-06-17' };

/** A clinic whose records count how often they are looked at. */
function watchedClinic() {
  let looks = 0;
  const watched = <T extends object>(records: readonly T[]): T[] =>
    records.map(
      (record) =>
        new Proxy(record, {
          get(target, name, receiver) {
            looks += 1;
            return Reflect.get(target, name, receiver) as unknown;
          },
        }),
    );
  const harbor = harborClinic({ now: NOW, weeks: 1 });
  const other = harbor.appointments.findIndex(({ start }) => !start.startsWith(NOW.slice(0, 10)));
  const tries = { device: 1000, identity: 1000, minutes: 15 };
  const seed: Seed = {
    ...harbor,
    patients: watched(harbor.patients),
    appointments: watched(harbor.appointments.with(other, { ...harbor.appointments[other]!, checkInCode: 'OLD-CODE' })),
    checkIn: { ...harbor.checkIn, tries },
  };
  const adapter = memoryAdapter(seed, { now: () => NOW });
  return {
    adapter,
    patients: harbor.patients.length,
    /** How much is looked at for a claim that comes to nothing. */
    looksFor: async (claim: Claim): Promise<number> => {
      looks = 0;
      assert.deepEqual(await adapter.identify({ claim, station }), { outcome: 'unrecognized' });
      return looks;
    },
  };
}

describe('finding out who somebody is in the memory adapter', () => {
  it('takes as much work for nobody as for a patient who is not today, and for what is wrong of one who is', async () => {
    const { adapter, patients, looksFor } = watchedClinic();
    // The books are laid out at the first call.
    const challenge = await adapter.identify({ claim: rosa, station });
    assert.ok(challenge.outcome === 'challenge');

    const unknown = await looksFor({ familyName: 'Quackenbush', birthDate: '1901-01-01' });
    assert.ok(unknown >= patients, 'Everybody is looked at.');
    assert.equal(await looksFor({ familyName: 'Aldous', birthDate: '1939-11-27' }), unknown, 'Has no visit today.');
    assert.equal(await looksFor({ ...rosa, familyName: 'Quackenbush' }), unknown, 'Has another name.');
    assert.equal(await looksFor({ ...rosa, birthDate: '1984-06-18' }), unknown, 'Was born on another day.');

    const { challengeId } = challenge;
    const wrong = { factor: 'postal-code', value: '00000' } as const;
    assert.equal(await looksFor({ challengeId, ...wrong }), unknown, 'Answers wrong.');
    assert.equal(await looksFor({ challengeId: 'no-such-challenge', ...wrong }), unknown, 'Answers no challenge.');

    const noCode = await looksFor({ code: 'NO-SUCH-CODE' });
    assert.ok(noCode >= patients, 'Everybody is looked at.');
    assert.equal(await looksFor({ code: 'OLD-CODE' }), noCode, 'Is of another day.');
  });
});
