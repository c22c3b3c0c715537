// What is compared. The picker on the memory adapter, Schedule-X and Event Calendar each show a month with its free
// times, turn to another month, and open one day. The peers are set up as their own documents advise where there are
// many events: they ask for the events of the range they show, limit what a day of the month shows, and run without
// animations. Each is measured twice: with an event for each slot, and with one event a day that says how many are
// free, as a page might count for them. All have their data in memory, in the form they take, so that neither a network
// nor a conversion is measured; the peers' style sheets are in the page before the clock starts.
//
// What it does not say. The calendars do not show the same: a peer shows a day in place of the month, the picker beside
// it.
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import type { Bench } from './bench.ts';
import { bundle, serve, sizeOf } from './bundles.ts';
import { measure, type Subject } from './measure.ts';
import { type AdapterTimes, type Measured, report } from './report.ts';
import { clinicWith, NOW, VISIT_TYPE } from './slots.ts';
import { summary } from './tables.ts';

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
async function measureAdapter(count: number, samples: number): Promise<AdapterTimes> {
  const seed = clinicWith(count);
  const visit = { visitTypeId: VISIT_TYPE };
  const times = { first: [] as number[], findFreeDays: [] as number[], findSlots: [] as number[] };
  for (let round = 0; round < 5; round += 1) {
    const adapter = memoryAdapter(seed, { now: () => NOW });
    times.first.push(await timed(() => adapter.findVisitTypes({})));
    for (let index = 0; index < samples; index += 1) {
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

/** The appointment picker beside two calendars, on the same slots. */
export async function benchPicker({ browser, samples, made, say, versionOf }: Bench): Promise<string> {
  say('bundling the calendars');
  await loadTemporal();
  const calendars = ['picker', 'schedule-x', 'event-calendar'];
  const files = [...calendars, ...calendars.map((calendar) => `${calendar}-data`), 'page'];
  const assets = await bundle(files.map((name) => `${name}.ts`));
  const { origin, close } = await serve(assets);

  const adapter: AdapterTimes[] = [];
  const measured = new Map<number, Map<Subject, Measured>>();
  for (const count of COUNTS) {
    say(`${count.toLocaleString('en')} slots`);
    adapter.push(await measureAdapter(count, samples));
    const subjects = count < PICKER_ONLY ? [PICKER, ...PEERS] : [PICKER];
    measured.set(count, await measure(browser, origin, subjects, count, samples));
  }
  close();

  const peers = `Schedule-X ${versionOf('@schedule-x/calendar')} and Event Calendar ${versionOf('@event-calendar/core')}`;
  return report({
    made: `${made()}, beside ${peers}`,
    samples,
    picker: PICKER,
    peers: PEERS,
    measured,
    adapter,
    sizes: new Map([PICKER, ...PEERS].map((subject) => [subject, sizeOf(assets, `/${subject.calendar}.js`)])),
  });
}
