import type { Confirmation } from './details.ts';

/** What an auditor asks of one day and one source. */
export interface AccuracyRow {
  /** `YYYY-MM-DD`, by the clinic's clock. */
  readonly day: string;
  readonly station: Confirmation['station'];
  /** How many fields were looked at: each is confirmed, changed, or proposed to be changed. */
  readonly fields: number;
  readonly confirmed: number;
  readonly changed: number;
  readonly proposed: number;
  /** How many of them did not stand: staff refused or corrected them later, or another change contradicts them. */
  readonly contradicted: number;
}

/** The acts of a patient, or of who acts for them, on a field. */
const LOOKED: readonly Confirmation['act'][] = ['confirmed', 'changed', 'proposed'];
/** What says that such an act did not stand. */
const CONTRADICTS: readonly Confirmation['act'][] = ['corrected', 'refused'];

/** Turns the record of confirmations into counts by day and source, the earliest day first. */
export function accuracyReport(
  record: readonly Confirmation[],
  dayOf: (instant: string) => string,
): readonly AccuracyRow[] {
  const inOrder = [...record].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const rows = new Map<
    string,
    Record<keyof Omit<AccuracyRow, 'day' | 'station'>, number> & Pick<AccuracyRow, 'day' | 'station'>
  >();
  inOrder.forEach((one, index) => {
    if (!LOOKED.includes(one.act)) return;
    const day = dayOf(one.at);
    const key = `${day} ${one.station}`;
    const row = rows.get(key) ?? {
      day,
      station: one.station,
      fields: 0,
      confirmed: 0,
      changed: 0,
      proposed: 0,
      contradicted: 0,
    };
    row.fields += 1;
    row[one.act as 'confirmed' | 'changed' | 'proposed'] += 1;
    if (isContradicted(one, inOrder.slice(index + 1))) row.contradicted += 1;
    rows.set(key, row);
  });
  return [...rows.values()].sort((a, b) => (a.day + a.station < b.day + b.station ? -1 : 1));
}

/** Whether the next that was done about the same field says that it was wrong; that it was taken over says nothing. */
function isContradicted({ patientId, field }: Confirmation, later: readonly Confirmation[]): boolean {
  const next = later.find((one) => one.patientId === patientId && one.field === field && one.act !== 'accepted');
  return next !== undefined && CONTRADICTS.includes(next.act);
}
