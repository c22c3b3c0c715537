import { both, kilobytes, type Line, shown, type Summary, table, timesAsMuch, whole } from '../tables.ts';
import type { Measured, Subject } from './measure.ts';
import type { Measure } from './questionnaires.ts';
import type { Slow } from './slow.ts';

/** What all the tables are made from; the first subject is ours. */
export interface Results {
  /** When, on what, and beside which version. */
  readonly made: string;
  readonly samples: number;
  readonly subjects: readonly Subject[];
  readonly measured: ReadonlyMap<Measure, ReadonlyMap<Subject, Measured>>;
  readonly slow: ReadonlyMap<Subject, Slow>;
}

const ANSWERS: readonly Line<Measured>[] = [
  { title: 'an option chosen, until it is seen, ms', of: ({ choose }) => choose },
  { title: 'an option chosen, its work, ms', of: ({ chooseWork }) => chooseWork },
  { title: 'a letter typed, until it is seen, ms', of: ({ type }) => type },
  { title: 'a letter typed, its work, ms', of: ({ typeWork }) => typeWork },
];

const LINES: readonly Line<Measured>[] = [
  { title: 'loading, and the first page seen, ms', of: ({ open }) => open },
  { title: 'the first page seen, anew, ms', of: ({ again }) => again },
  ...ANSWERS,
  { title: 'loaded, gzip', of: ({ loaded }) => loaded, unit: kilobytes },
  { title: 'JS heap added', of: ({ heap }) => heap, unit: kilobytes },
  { title: 'DOM nodes', of: ({ nodes }) => nodes, unit: whole },
];

/** The forms beside each other, with one Questionnaire. */
function beside(measure: Measure, measured: ReadonlyMap<Subject, Measured>, { subjects, samples }: Results): string {
  const [ours, theirs] = subjects.map((subject) => measured.get(subject)!) as [Measured, Measured];
  const rows = LINES.filter((line) => measure.made || !ANSWERS.includes(line)).map((line) => [
    line.title,
    shown(line, ours, samples),
    shown(line, theirs, samples),
    timesAsMuch(line, theirs, ours),
  ]);
  return [`## ${measure.title}`, table(['', ...subjects.map(({ name }) => name), ''], rows)].join('\n\n');
}

/** How an answer does with more and more items: what it takes must not grow with them. */
function growth({ measured, subjects, samples }: Results): string {
  const made = [...measured].filter(([{ made }]) => made);
  const [first, last] = [made.at(0)!, made.at(-1)!];
  const head = ['', ...made.map(([{ title }]) => title), `${whole(last[0].made!)} / ${whole(first[0].made!)}`];
  const rows = subjects.flatMap((subject) =>
    ANSWERS.map((line) => [
      `${subject.name}: ${line.title}`,
      ...made.map(([, each]) => shown(line, each.get(subject)!, samples)),
      timesAsMuch(line, last[1].get(subject)!, first[1].get(subject)!),
    ]),
  );
  return ['## An answer, by the number of items', table(head, rows)].join('\n\n');
}

/** In milliseconds: how long a frame is on most screens. */
const FRAME = 1000 / 60;

/** What is wanted: from the JSON to the first page. */
const WANTED = 2 * FRAME;

const frames = (summary: Summary | undefined): string => (summary ? (summary.median / FRAME).toFixed(1) : '');

/** Whether the first of the subjects, the form, is as fast as is wanted, and how much of its time is the browser's own. */
function verdict(slow: Results['slow']): string {
  const [ours, least] = [[...slow.values()].at(0), [...slow.values()].at(-1)].map((each) => each?.warmWork);
  if (!ours || !least) return '';
  const outcome = ours.median <= WANTED ? 'kept' : 'missed';
  return [
    `Wanted is two, ${WANTED.toFixed(1)} ms. By the form's work when it is warm that is **${outcome}**: ${both(ours, 0)} ms.`,
    `The same nodes and styles as plain HTML take ${both(least, 0)} ms of work.`,
  ].join(' ');
}

function slowTable({ slow, samples }: Results): string {
  const subjects = [...slow.keys()];
  const lines: readonly Line<Slow>[] = [
    { title: 'cold, until it is seen, ms', of: ({ cold }) => cold },
    { title: 'cold, its work, ms', of: ({ coldWork }) => coldWork },
    { title: 'warm, until it is seen, ms', of: ({ warm }) => warm },
    { title: 'warm, its work, ms', of: ({ warmWork }) => warmWork },
  ];
  const rows = lines.map((line) => [
    line.title,
    ...subjects.flatMap((subject) => {
      const each = slow.get(subject)!;
      return [shown(line, each, samples), frames(line.of(each) as Summary | undefined)];
    }),
  ]);
  return [
    '## The largest Questionnaire on a device a quarter as fast: from its JSON to its first page',
    table(['', ...subjects.flatMap(({ name }) => [name, 'frames'])], rows),
    `Frames of 1/60 second, at the median. ${verdict(slow)}`,
  ].join('\n\n');
}

/** The tables, in Markdown. */
export function report(results: Results): string {
  const { made, samples, measured } = results;
  const sections = [
    '# The form beside LHC-Forms',
    `Made by \`npm run bench -- forms --write\` on ${made}.`,
    `Times are median / 95th percentile of ${samples}, of fewer where it says so. × is how many times the form's value. "Given up": no result within 20 seconds. LHC-Forms shows all questions at once, the form one page of them. How it is measured, and what it does not say, stands at the top of \`test/bench/bench.ts\` and of \`test/bench/forms/form-bench.ts\`.`,
    ...[...measured].map(([measure, each]) => beside(measure, each, results)),
    growth(results),
    slowTable(results),
  ];
  return `${sections.join('\n\n')}\n`;
}
