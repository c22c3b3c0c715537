import type { Subject } from './measure.ts';
import { both, kilobytes, type Line, shown, type Summary, table, timesAsMuch, whole } from './tables.ts';

/** What was measured of one calendar with so many slots; what it did not get to is left out. */
export interface Measured {
  readonly open?: Summary | undefined;
  readonly month?: Summary | undefined;
  readonly day?: Summary | undefined;
  /** JS heap in bytes that the calendar added, collected: with the first month on screen, and after all presses. */
  readonly heap?: number;
  readonly heapAfter?: number;
  /** DOM nodes with the first month on screen, and with a day. */
  readonly nodes?: number;
  readonly dayNodes?: number;
}

/** What was measured of the memory adapter with so many slots. */
export interface AdapterTimes {
  readonly count: number;
  readonly first: Summary | undefined;
  readonly findFreeDays: Summary | undefined;
  readonly findSlots: Summary | undefined;
}

/** What all the tables are made from. */
export interface Results {
  /** When, on what, and beside which versions. */
  readonly made: string;
  readonly samples: number;
  readonly picker: Subject;
  readonly peers: readonly Subject[];
  readonly measured: ReadonlyMap<number, ReadonlyMap<Subject, Measured>>;
  readonly adapter: readonly AdapterTimes[];
  readonly sizes: ReadonlyMap<Subject, number>;
}

const LINES: readonly Line<Measured>[] = [
  { title: 'first paint of the month with its data, ms', of: ({ open }) => open },
  { title: 'another month, ms', of: ({ month }) => month },
  { title: 'the times of a day, ms', of: ({ day }) => day },
  { title: 'JS heap added, month on screen', of: ({ heap }) => heap, unit: kilobytes },
  { title: 'JS heap added, after all presses', of: ({ heapAfter }) => heapAfter, unit: kilobytes },
  { title: 'DOM nodes, month on screen', of: ({ nodes }) => nodes, unit: whole },
  { title: 'DOM nodes, a day on screen', of: ({ dayNodes }) => dayNodes, unit: whole },
];

/** The picker beside the peers, all with so many slots. */
function beside(count: number, measured: ReadonlyMap<Subject, Measured>, { picker, peers, samples }: Results): string {
  const ours = measured.get(picker)!;
  const tables = [false, true].map((counted) => {
    const others = peers.filter((peer) => peer.counted === counted);
    const rows = LINES.map((line) => [
      line.title,
      shown(line, ours, samples),
      ...others.flatMap((peer) => {
        const theirs = measured.get(peer)!;
        return [shown(line, theirs, samples), timesAsMuch(line, theirs, ours)];
      }),
    ]);
    return table(['', picker.name, ...others.flatMap(({ name }) => [name, ''])], rows);
  });
  return [`## ${whole(count)} slots over 90 days`, ...tables].join('\n\n');
}

/** How the picker does with more and more slots: what it takes must not grow with them. */
function growth({ measured, picker, samples }: Results): string {
  const counts = [...measured.keys()];
  const rows = LINES.map((line) => [
    line.title,
    ...counts.map((count) => shown(line, measured.get(count)!.get(picker)!, samples)),
  ]);
  return ['## The picker by itself, by the number of slots', table(['', ...counts.map(whole)], rows)].join('\n\n');
}

function adapterTable({ adapter, samples }: Results): string {
  const head = [
    'slots',
    'first call: the books are laid out',
    '`findFreeDays`, a month',
    '`findSlots`, a day, at most 60',
  ];
  const rows = adapter.map(({ count, first, findFreeDays, findSlots }) => [
    whole(count),
    both(first, 0),
    both(findFreeDays, samples),
    both(findSlots, samples),
  ]);
  return ['## The memory adapter by itself, in Node, ms', table(head, rows)].join('\n\n');
}

function sizeTable({ sizes, picker, peers }: Results): string {
  const ours = sizes.get(picker)!;
  const rows = [picker, ...peers.filter(({ counted }) => !counted)].map((subject) => {
    const size = sizes.get(subject)!;
    return [subject.name, kilobytes(size), `${(size / ours).toFixed(1)} ×`];
  });
  return ['## What a page loads, gzip, with style sheets and dependencies', table(['', 'size', ''], rows)].join('\n\n');
}

/** The tables, in Markdown. */
export function report(results: Results): string {
  const { made, samples, measured } = results;
  const sections = [
    '# The appointment picker beside calendars',
    `Made by \`npm run bench -- picker --write\` on ${made}.`,
    `Times are median / 95th percentile of ${samples}, of fewer where it says so, from the press to the frame that shows the result. × is how many times the picker's value. "Counted" is a peer that is given one event a day with the number of free slots, in place of an event for each slot. "Given up": no result within 20 seconds. How it is measured, and what it does not say, stands at the top of \`test/bench/bench.ts\` and of \`test/bench/picker-bench.ts\`.`,
    ...[...measured].filter(([, each]) => each.size > 1).map(([count, each]) => beside(count, each, results)),
    growth(results),
    adapterTable(results),
    sizeTable(results),
  ];
  return `${sections.join('\n\n')}\n`;
}
