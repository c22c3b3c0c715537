import type { Confirmation } from './details.ts';

/** What a patient, or who acts for them, does about a field that they look at. */
const LOOKED = ['confirmed', 'changed', 'proposed', 'doubted'] as const satisfies readonly Confirmation['act'][];
type Looked = (typeof LOOKED)[number];

/** What an auditor asks of one day and one source. */
export interface AccuracyRow extends Readonly<Record<Looked, number>> {
  /** `YYYY-MM-DD`, by the clinic's clock. */
  readonly day: string;
  readonly station: Confirmation['station'];
  /** How many fields were looked at: each is confirmed, changed, proposed to be changed, or called wrong. */
  readonly fields: number;
  /**
   * How many of them did not stand: staff corrected them, or refused the change that was proposed, or the next who
   * looked at the field called it wrong. Who changes their own mind contradicts nobody.
   */
  readonly contradicted: number;
}

/** A field that was looked at, which what comes later may contradict. */
interface Look {
  readonly row: { -readonly [K in keyof AccuracyRow]: AccuracyRow[K] };
  isContradicted: boolean;
}

/** A field of a patient, as far as the record has been read. */
interface Field {
  /** The last look at it that a correction would contradict: who called it wrong is proved right by one. */
  last?: Look | undefined;
  /** What waits for staff, the latest last. */
  readonly waiting: Look[];
}

/** Turns the record of confirmations into counts by day and source, the earliest day first. */
export function accuracyReport(
  record: readonly Confirmation[],
  dayOf: (instant: string) => string,
): readonly AccuracyRow[] {
  const rows = new Map<string, Look['row']>();
  const fields = new Map<string, Field>();
  const inOrder = record.map((one) => ({ one, at: Date.parse(one.at) })).sort((a, b) => a.at - b.at);
  for (const { one } of inOrder) {
    const key = `${one.patientId} ${one.field}`;
    const field = fields.get(key) ?? { waiting: [] };
    fields.set(key, field);
    if (isLooked(one.act)) look(field, one.act, rowOf(rows, dayOf(one.at), one.station));
    else decide(field, one.act);
  }
  return [...rows.values()].sort((a, b) => (a.day + a.station < b.day + b.station ? -1 : 1));
}

const isLooked = (act: Confirmation['act']): act is Looked => LOOKED.some((one) => one === act);

function rowOf(rows: Map<string, Look['row']>, day: string, station: Confirmation['station']): Look['row'] {
  const key = `${day} ${station}`;
  const none = { fields: 0, confirmed: 0, changed: 0, proposed: 0, doubted: 0, contradicted: 0 };
  const row = rows.get(key) ?? { day, station, ...none };
  rows.set(key, row);
  return row;
}

function look(field: Field, act: Looked, row: Look['row']): void {
  const now: Look = { row, isContradicted: false };
  row.fields += 1;
  row[act] += 1;
  const isDoubt = act === 'doubted';
  if (isDoubt) contradict(field.last);
  if (isDoubt || act === 'proposed') field.waiting.push(now);
  field.last = isDoubt ? undefined : now;
}

/** A decision is about what waited last; a correction about whatever was looked at last. */
function decide({ last, waiting }: Field, act: Exclude<Confirmation['act'], Looked>): void {
  if (act === 'corrected') return contradict(last);
  const decided = waiting.pop();
  if (act === 'refused') contradict(decided);
}

function contradict(look: Look | undefined): void {
  if (!look || look.isContradicted) return;
  look.isContradicted = true;
  look.row.contradicted += 1;
}
