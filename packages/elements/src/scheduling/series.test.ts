import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Slot } from '@clinic-widgets/core';
import { addDays, dayOf, instantOf, timeOf } from '@clinic-widgets/core/time.js';
import fc from 'fast-check';
import { planSeries, seriesEnd } from './series.ts';

const ZONE = 'America/New_York';

function slotOn(day: string, time = '09:00', practitioner = 'okafor'): Slot {
  const start = instantOf(day, time, ZONE)!;
  return {
    id: `${practitioner} ${day} ${time}`,
    version: '1',
    start,
    end: start,
    timeZone: ZONE,
    practitioner: { id: practitioner, name: practitioner },
  };
}

const daysFrom = (day: string, count: number) => Array.from({ length: count }, (_, index) => addDays(day, index));

describe('planSeries', () => {
  it('keeps the hour by the clinic’s clock when the clock changes', () => {
    const free = daysFrom('2026-03-03', 40).map((day) => slotOn(day));
    const plan = planSeries(free[0]!, free, { visits: 4, perWeek: 1 });
    assert.deepEqual(
      plan.map(({ slot }) => slot?.start),
      [
        '2026-03-03T09:00:00-05:00',
        '2026-03-10T09:00:00-04:00',
        '2026-03-17T09:00:00-04:00',
        '2026-03-24T09:00:00-04:00',
      ],
    );
  });

  it('takes the weekdays on which most visits fit, with a day between', () => {
    const weekdays = daysFrom('2026-03-04', 60).filter((day) => ![6, 7].includes(new Date(day).getUTCDay() || 7));
    const free = weekdays.map((day) => slotOn(day));
    const plan = planSeries(free[0]!, free, { visits: 4, perWeek: 2 });
    assert.ok(plan.every(({ slot }) => slot));
    // From a Wednesday: the weekend is no choice, and Thursday leaves no rest.
    assert.deepEqual(
      plan.map(({ day }) => day),
      ['2026-03-04', '2026-03-06', '2026-03-11', '2026-03-13'],
    );
  });

  it('leaves a visit without a time rather than move it to another hour or person', () => {
    const free = [
      slotOn('2026-03-03'),
      slotOn('2026-03-10', '10:00'),
      slotOn('2026-03-10', '09:00', 'lin'),
      slotOn('2026-03-17'),
    ];
    const plan = planSeries(free[0]!, free, { visits: 3, perWeek: 1 });
    assert.deepEqual(
      plan.map(({ slot }) => slot?.id),
      ['okafor 2026-03-03 09:00', undefined, 'okafor 2026-03-17 09:00'],
    );
  });

  it('plans every visit once, in order, at one hour, within the time looked at', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 90 });
    const course = fc.record({ visits: fc.integer({ min: 2, max: 30 }), perWeek: fc.integer({ min: 1, max: 7 }) });
    fc.assert(
      fc.property(days, course, fc.constantFrom('2026-02-20', '2026-10-20', '2028-02-20'), (offsets, wanted, from) => {
        const free = offsets.map((offset) => slotOn(addDays(from, offset)));
        const plan = planSeries(free[0]!, free, wanted);
        assert.equal(plan.length, wanted.visits);
        assert.equal(plan[0]!.slot?.id, free[0]!.id);
        const planned = plan.map(({ day }) => day);
        assert.deepEqual(planned, [...new Set(planned)].sort());
        assert.ok(planned.at(-1)! <= seriesEnd(free[0]!, wanted));
        for (const { day, slot } of plan) {
          if (!slot) continue;
          assert.equal(dayOf(slot.start, ZONE), day);
          assert.equal(timeOf(slot.start, ZONE), '09:00');
        }
      }),
    );
  });
});
