import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { draftsIn } from './drafts.ts';

/** A storage that lasts as long as a test. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
}

describe('drafts', () => {
  before(loadTemporal);

  const draft = { acting: { patientId: 'p1' }, formId: 'f1', appointmentId: '' };
  const kept = { items: [{ linkId: 'a', answers: [{ value: { boolean: true } }] }], language: 'es' };

  /** What is there of an answer that was given an hour before midnight at the clinic. */
  function readAt(now: string, timeZone?: string) {
    const place = storage();
    draftsIn(place, () => '2026-03-02T23:00:00-05:00').write(draft, kept);
    const read = draftsIn(place, () => now).read(draft, timeZone);
    return { read: read && { items: read.items, language: read.language }, length: place.length };
  }

  it('are there for a day', () => {
    assert.deepEqual(readAt('2026-03-03T22:59:00-05:00'), { read: kept, length: 1 });
    assert.deepEqual(readAt('2026-03-03T23:01:00-05:00'), { read: undefined, length: 0 });
  });

  it('are gone once it is another day of the zone asked for, where one is', () => {
    const zone = 'America/New_York';
    assert.deepEqual(readAt('2026-03-02T23:59:00-05:00', zone), { read: kept, length: 1 });
    assert.deepEqual(readAt('2026-03-03T00:01:00-05:00', zone), { read: undefined, length: 0 });
  });
});
