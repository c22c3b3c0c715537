import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accuracyReport } from './accuracy.ts';
import type { Confirmation } from './details.ts';

let count = 0;
const line = (act: Confirmation['act'], at: string, over: Partial<Confirmation> = {}): Confirmation => ({
  id: `c${(count += 1)}`,
  patientId: 'p1',
  field: 'phone',
  act,
  at,
  station: 'kiosk',
  by: 'patient',
  version: '1',
  ...over,
});

const report = (...record: Confirmation[]) => accuracyReport(record, (instant) => instant.slice(0, 10));

const MONDAY = '2026-03-02T09:00:00-05:00';
const LATER = '2026-03-02T11:00:00-05:00';
const TUESDAY = '2026-03-03T09:00:00-05:00';

describe('accuracyReport', () => {
  it('counts by day and source, the earliest first', () => {
    const rows = report(
      line('confirmed', TUESDAY),
      line('confirmed', MONDAY),
      line('changed', MONDAY, { field: 'email' }),
      line('proposed', MONDAY, { station: 'phone', field: 'address' }),
    );
    assert.deepEqual(
      rows.map(({ day, station, fields, confirmed, changed, proposed }) => [
        day,
        station,
        fields,
        confirmed,
        changed,
        proposed,
      ]),
      [
        ['2026-03-02', 'kiosk', 2, 1, 1, 0],
        ['2026-03-02', 'phone', 1, 0, 0, 1],
        ['2026-03-03', 'kiosk', 1, 1, 0, 0],
      ],
    );
  });

  for (const [looked, act] of [
    ['confirmed', 'corrected'],
    ['changed', 'corrected'],
    ['proposed', 'refused'],
    ['confirmed', 'doubted'],
    ['doubted', 'refused'],
  ] as const) {
    it(`says that what was ${looked} and ${act} later did not stand`, () => {
      const rows = report(line(looked, MONDAY), line(act, TUESDAY));
      assert.deepEqual([rows[0]?.fields, rows[0]?.[looked], rows[0]?.contradicted], [1, 1, 1]);
    });
  }

  it('blames the proposal that was refused, and not who looked at the field since', () => {
    const staff = { station: 'desk', by: 'staff' } as const;
    const rows = report(
      line('proposed', MONDAY),
      line('confirmed', TUESDAY, { station: 'phone' }),
      line('refused', TUESDAY, staff),
    );
    assert.deepEqual(
      rows.map(({ station, contradicted }) => [station, contradicted]),
      [
        ['kiosk', 1],
        ['phone', 0],
      ],
    );
    const [row] = report(line('confirmed', MONDAY), line('refused', LATER, staff));
    assert.equal(row?.contradicted, 0, 'Of a proposal that is not in the record nobody else is to blame.');
  });

  it('counts once what did not stand for two reasons', () => {
    const [row] = report(line('proposed', MONDAY), line('refused', LATER), line('corrected', TUESDAY));
    assert.equal(row?.contradicted, 1);
  });

  it('takes who called a field wrong for right once staff correct it', () => {
    const rows = report(line('confirmed', MONDAY), line('doubted', LATER), line('corrected', TUESDAY));
    assert.deepEqual(
      rows.map(({ fields, doubted, contradicted }) => [fields, doubted, contradicted]),
      [[2, 1, 1]],
    );
  });

  it('looks at each line once, however long the record is', () => {
    let looks = 0;
    const seen = (patientId: string) => ({
      ...line('confirmed', MONDAY),
      get patientId() {
        looks += 1;
        return patientId;
      },
    });
    const looksFor = (count: number) => {
      looks = 0;
      assert.equal(report(...Array.from({ length: count }, (_, index) => seen(`p${index}`)))[0]?.fields, count);
      return looks;
    };
    assert.ok(looksFor(100) >= 100);
    assert.equal(looksFor(1000), 10 * looksFor(100));
  });

  it('takes what staff have taken over for standing, until they correct it', () => {
    const taken = [line('proposed', MONDAY), line('accepted', LATER, { station: 'desk', by: 'staff' })];
    assert.equal(report(...taken)[0]?.contradicted, 0);
    assert.equal(report(...taken, line('corrected', TUESDAY, { station: 'desk', by: 'staff' }))[0]?.contradicted, 1);
  });

  it('does not take a correction of another field, of another patient or of before for one', () => {
    const [row] = report(
      line('corrected', MONDAY, { by: 'staff', station: 'desk' }),
      line('confirmed', LATER),
      line('corrected', TUESDAY, { field: 'email', by: 'staff', station: 'desk' }),
      line('corrected', TUESDAY, { patientId: 'p2', by: 'staff', station: 'desk' }),
    );
    assert.equal(row?.contradicted, 0);
  });

  it('lets a patient change their own mind', () => {
    const rows = report(line('confirmed', MONDAY), line('changed', TUESDAY));
    assert.deepEqual(
      rows.map(({ contradicted }) => contradicted),
      [0, 0],
    );
  });
});
