import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Day, Instant, TimeZone } from './common.ts';
import {
  addDays,
  addMinutes,
  addMonths,
  compareInstants,
  dayOf,
  endOfMonth,
  hourOf,
  instantOf,
  inZone,
  isTimeZone,
  partOfDay,
  startOfDay,
  weekdayOf,
} from './time.ts';

const NEW_YORK = 'America/New_York';

/** Zones with and without summer time, off the hour, on both sides of the date line, and changing at midnight. */
const zones = fc.constantFrom(
  ...[NEW_YORK, 'America/Chicago', 'Europe/London', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe'],
  ...['Pacific/Apia', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Santiago', 'Africa/Cairo', 'UTC'],
);
const [first, last] = [Date.parse('2000-01-01T00:00:00Z'), Date.parse('2060-01-01T00:00:00Z')];
const instants = fc
  .integer({ min: first / 1000, max: last / 1000 })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000', ''));
const days = instants.map((instant) => instant.slice(0, 10));
const times = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16));

describe('the day and the hour of an instant', () => {
  it('are those of the place, not of Greenwich or the viewer', () => {
    assert.equal(dayOf('2026-03-03T04:30:00Z', NEW_YORK), '2026-03-02');
    assert.equal(hourOf('2026-03-03T04:30:00Z', NEW_YORK), 23);
    assert.equal(dayOf('2026-03-02T23:30:00-05:00', 'Asia/Kolkata'), '2026-03-03');
  });

  it('follow the clock change', () => {
    assert.equal(hourOf('2026-03-08T06:59:00Z', NEW_YORK), 1);
    assert.equal(hourOf('2026-03-08T07:00:00Z', NEW_YORK), 3);
    assert.equal(hourOf('2026-11-01T05:30:00Z', NEW_YORK), 1);
    assert.equal(hourOf('2026-11-01T06:30:00Z', NEW_YORK), 1);
  });

  it('agree with the machine’s own formatter', () => {
    fc.assert(
      fc.property(instants, zones, (instant, timeZone) => {
        const parts = new Intl.DateTimeFormat('en-CA', {
          timeZone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          hour: '2-digit',
          hourCycle: 'h23',
        }).formatToParts(Date.parse(instant));
        const part = (type: string) => parts.find((one) => one.type === type)!.value;
        assert.equal(dayOf(instant, timeZone), `${part('year')}-${part('month')}-${part('day')}`);
        assert.equal(hourOf(instant, timeZone), Number(part('hour')));
      }),
    );
  });
});

describe('inZone', () => {
  it('writes the same moment with the offset of the place', () => {
    assert.equal(inZone('2026-03-02T14:30:00Z', NEW_YORK), '2026-03-02T09:30:00-05:00');
    assert.equal(inZone('2026-03-09T14:30:00Z', NEW_YORK), '2026-03-09T10:30:00-04:00');
  });

  it('keeps the moment and makes an instant of the contract, always', () => {
    fc.assert(
      fc.property(instants, zones, (instant, timeZone) => {
        const local = inZone(instant, timeZone);
        assert.equal(compareInstants(local, instant), 0);
        assert.ok(Instant.safeParse(local).success, local);
        assert.equal(local.slice(0, 10), dayOf(instant, timeZone));
      }),
    );
  });
});

describe('instantOf', () => {
  it('knows the clock of the place before and after a change', () => {
    assert.equal(instantOf('2026-03-07', '09:00', NEW_YORK), '2026-03-07T09:00:00-05:00');
    assert.equal(instantOf('2026-03-09', '09:00', NEW_YORK), '2026-03-09T09:00:00-04:00');
  });

  it('has no instant for a time that the clock skips', () => {
    assert.equal(instantOf('2026-03-08', '02:30', NEW_YORK), undefined);
    assert.equal(instantOf('2026-03-29', '01:30', 'Europe/London'), undefined);
  });

  it('takes the first of two where a time comes twice', () => {
    assert.equal(instantOf('2026-11-01', '01:30', NEW_YORK), '2026-11-01T01:30:00-04:00');
  });

  it('has no instant on a day that the place skips', () => {
    assert.equal(instantOf('2011-12-30', '09:00', 'Pacific/Apia'), undefined);
  });

  it('gives back the day and the hour that went in, or nothing', () => {
    fc.assert(
      fc.property(days, times, zones, (day, time, timeZone) => {
        const instant = instantOf(day, time, timeZone);
        if (instant === undefined) return;
        assert.equal(dayOf(instant, timeZone), day);
        assert.equal(hourOf(instant, timeZone), Number(time.slice(0, 2)));
        assert.equal(instant.slice(11, 16), time);
      }),
    );
  });
});

describe('startOfDay', () => {
  it('is midnight, but for days on which the clock skips it', () => {
    assert.equal(startOfDay('2026-03-08', NEW_YORK), '2026-03-08T00:00:00-05:00');
    assert.equal(startOfDay('2018-11-04', 'America/Sao_Paulo'), '2018-11-04T01:00:00-02:00');
  });

  it('is of the day, and the moment before it is not', () => {
    fc.assert(
      fc.property(days, zones, (day, timeZone) => {
        const start = startOfDay(day, timeZone);
        assert.equal(dayOf(start, timeZone), day);
        assert.ok(dayOf(addMinutes(start, -1), timeZone) < day);
      }),
    );
  });
});

describe('addMinutes', () => {
  it('keeps the offset', () => {
    assert.equal(addMinutes('2026-03-02T23:50:00-05:00', 20), '2026-03-03T00:10:00-05:00');
    assert.equal(addMinutes('2026-03-02T09:30:00Z', 30), addMinutes('2026-03-02T10:00:00+00:00', 0));
  });

  it('is undone by as many minutes less', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: -100_000, max: 100_000 }), (instant, timeZone, minutes) => {
        const local = inZone(instant, timeZone);
        const there = addMinutes(local, minutes);
        assert.equal(compareInstants(there, local), minutes * 60_000);
        assert.equal(addMinutes(there, -minutes), local.replace('Z', '+00:00'));
      }),
    );
  });
});

describe('compareInstants', () => {
  it('orders by the moment, whatever the offset', () => {
    const sorted = ['2026-03-02T10:00:00-05:00', '2026-03-02T14:00:00Z', '2026-03-02T10:30:00-06:00'].sort(
      compareInstants,
    );
    assert.deepEqual(sorted, ['2026-03-02T14:00:00Z', '2026-03-02T10:00:00-05:00', '2026-03-02T10:30:00-06:00']);
  });
});

describe('the calendar', () => {
  it('knows leap days', () => {
    assert.equal(addDays('2028-02-28', 1), '2028-02-29');
    assert.equal(addDays('2026-02-28', 1), '2026-03-01');
    assert.equal(addDays('2100-02-28', 1), '2100-03-01');
    assert.equal(endOfMonth('2028-02-11'), '2028-02-29');
    assert.equal(addMonths('2028-02-29', 12), '2029-02-01');
  });

  it('goes from month to month by their first days', () => {
    assert.equal(addMonths('2026-01-31', 1), '2026-02-01');
    assert.equal(addMonths('2026-01-31', -1), '2025-12-01');
    assert.equal(endOfMonth('2026-12-01'), '2026-12-31');
  });

  it('knows the day of the week, Monday first', () => {
    assert.equal(weekdayOf('2026-03-02'), 1);
    assert.equal(weekdayOf('2026-03-08'), 7);
  });

  it('counts no day twice and leaves none out', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        const there = addDays(day, count);
        assert.ok(Day.safeParse(there).success);
        assert.equal(Date.parse(there) - Date.parse(day), count * 86_400_000);
        assert.equal(addDays(there, -count), day);
      }),
    );
  });

  it('ends a month on the day before the next begins', () => {
    fc.assert(fc.property(days, (day) => assert.equal(addDays(endOfMonth(day), 1), addMonths(day, 1))));
  });
});

describe('partOfDay', () => {
  it('changes at noon and at five, by the clock of the place', () => {
    const part = (time: string) => partOfDay(`2026-03-02T${time}-05:00`, NEW_YORK);
    assert.deepEqual(
      ['00:00', '11:59', '12:00', '16:59', '17:00', '23:59'].map((time) => part(`${time}:00`)),
      ['morning', 'morning', 'afternoon', 'afternoon', 'evening', 'evening'],
    );
    assert.equal(partOfDay('2026-03-02T17:30:00-05:00', 'America/Chicago'), 'afternoon');
  });
});

describe('isTimeZone', () => {
  it('knows the zones of the world and no others', () => {
    for (const zone of [NEW_YORK, 'UTC', 'Europe/Zurich'])
      assert.ok(isTimeZone(zone) && TimeZone.safeParse(zone).success);
    for (const zone of ['', 'Mars/Olympus', 'New York'])
      assert.ok(!isTimeZone(zone) && !TimeZone.safeParse(zone).success);
  });
});
