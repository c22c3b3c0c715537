// Measures the appointment picker beside two calendars from npm, in one browser on the same slots:
//   npm run bench               prints the tables
//   npm run bench -- --write    writes them to test/bench/RESULTS.md too
//
// What is compared. The picker on the memory adapter, Schedule-X and Event Calendar each show a month with its free
// times, turn to another month, and open one day. The peers are set up as their own documents advise where there are
// many events: they ask for the events of the range they show, limit what a day of the month shows, and run without
// animations. Each is measured twice: with an event for each slot, and with one event a day that says how many are
// free, as a page might count for them. All have their data in memory, in the form they take, so that neither a network
// nor a conversion is measured; the peers' style sheets are in the page before the clock starts.
//
// How it is timed. Each calendar is one production bundle, served from 127.0.0.1 to a browser context of its own.
// Opening runs from the request for the bundle, with nothing cached. A press is a real mouse event, and its time runs
// from `pointerup`. Both end with the frame after the one before which the DOM showed what was asked for: it has been
// painted then. Frames are not held to a screen's rate: at 60 Hz all that is faster than two frames would look the
// same. The calendars take turns, press by press, so that what else the machine does hits all of them. After a warm-up
// 30 of each are kept, fewer, but at least five, of a calendar so slow that it would take the whole run; after 20
// seconds without a result it is given up.
//
// What it does not say. The calendars do not show the same: a peer shows a day in place of the month, the picker beside
// it. The times are of one machine, and no test depends on them.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { chromium } from 'playwright';
import { format } from 'prettier';
import { chromeArgs, chromePath } from '../../tools/browser.mjs';
import { bundle, serve, sizeOf } from './bundles.ts';
import { measure, type Subject } from './measure.ts';
import { type AdapterTimes, type Measured, report, summary } from './report.ts';
import { clinicWith, NOW, VISIT_TYPE } from './slots.ts';

const SAMPLES = 30;
const COUNTS = [100, 1_000, 10_000, 100_000];
/** So many slots are more than the peers are made for. */
const PICKER_ONLY = 100_000;

const PICKER: Subject = { name: 'picker', calendar: 'picker', counted: false };
const PEERS: readonly Subject[] = [
  { name: 'Schedule-X', calendar: 'schedule-x', counted: false },
  { name: 'Event Calendar', calendar: 'event-calendar', counted: false },
  { name: 'Schedule-X, counted', calendar: 'schedule-x', counted: true },
  { name: 'Event Calendar, counted', calendar: 'event-calendar', counted: true },
];

/** What the memory adapter takes by itself, in this process. */
async function measureAdapter(count: number): Promise<AdapterTimes> {
  const seed = clinicWith(count);
  const visit = { visitTypeId: VISIT_TYPE };
  const times = { first: [] as number[], findFreeDays: [] as number[], findSlots: [] as number[] };
  for (let round = 0; round < 5; round += 1) {
    const adapter = memoryAdapter(seed, { now: () => NOW });
    times.first.push(await timed(() => adapter.findVisitTypes({})));
    for (let index = 0; index < SAMPLES; index += 1) {
      const month = await timed(() => adapter.findFreeDays({ ...visit, from: '2026-04-01', to: '2026-04-30' }));
      const day = await timed(() => adapter.findSlots({ ...visit, from: '2026-04-15', to: '2026-04-15', limit: 60 }));
      // The rounds before the last are the warm-up.
      if (round < 4) continue;
      times.findFreeDays.push(month);
      times.findSlots.push(day);
    }
  }
  return {
    count,
    first: summary(times.first),
    findFreeDays: summary(times.findFreeDays),
    findSlots: summary(times.findSlots),
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function versionOf(name: string): string {
  const file = join(import.meta.dirname, '../../node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function main(): Promise<void> {
  const start = performance.now();
  const [load = 0] = loadavg();
  const say = (what: string) =>
    console.error(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${what}`);

  say('bundling');
  await loadTemporal();
  const calendars = ['picker', 'schedule-x', 'event-calendar'] as const;
  const assets = await bundle([...calendars, ...calendars.map((calendar) => `${calendar}-data`), 'page']);
  const { origin, close } = await serve(assets);
  const browser = await chromium.launch({
    executablePath: chromePath(),
    args: [...chromeArgs, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });

  const adapter: AdapterTimes[] = [];
  const measured = new Map<number, Map<Subject, Measured>>();
  for (const count of COUNTS) {
    say(`${count.toLocaleString('en')} slots`);
    adapter.push(await measureAdapter(count));
    const subjects = count < PICKER_ONLY ? [PICKER, ...PEERS] : [PICKER];
    measured.set(count, await measure(browser, origin, subjects, count, SAMPLES));
  }
  say('done');

  const date = new Date().toISOString().slice(0, 10);
  const cores = `${cpus().length} cores that ${load.toFixed(1)} other processes kept busy`;
  const machine = `Chromium ${browser.version()} and Node ${process.versions.node}, ${cores}`;
  const peers = `Schedule-X ${versionOf('@schedule-x/calendar')} and Event Calendar ${versionOf('@event-calendar/core')}`;
  const text = report({
    made: `${date} on ${machine}, beside ${peers}`,
    samples: SAMPLES,
    picker: PICKER,
    peers: PEERS,
    measured,
    adapter,
    sizes: new Map([PICKER, ...PEERS].map((subject) => [subject, sizeOf(assets, `/${subject.calendar}.js`)])),
  });
  await browser.close();
  close();
  console.log(text);
  const file = join(import.meta.dirname, 'RESULTS.md');
  if (process.argv.includes('--write')) writeFileSync(file, await format(text, { filepath: file }));
}

await main();
