import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright';
import type { BenchPage, Goal } from './page.ts';
import { type Measured, summary } from './report.ts';
import { MONTHS } from './slots.ts';

/** A calendar as it is measured. */
export interface Subject {
  readonly name: string;
  /** The file that puts it into a page. */
  readonly calendar: 'picker' | 'schedule-x' | 'event-calendar';
  /** Whether a month is given one event a day with the number of its slots, and a day its slots only when it is opened. */
  readonly counted: boolean;
}

const WARM_UP = 2;
/** In milliseconds: nobody waits longer for one step. */
const LIMIT = 20_000;
/** In milliseconds: a slow calendar is not let take all of the run, once it has this many samples. */
const SHARE = 9_000;
const ENOUGH = 5;

declare const bench: BenchPage;

interface Run {
  readonly subject: Subject;
  readonly times: Record<'open' | 'month' | 'day', number[]>;
  readonly turns: Iterator<{ press: 'next' | 'previous'; month: string }, never>;
  readonly days: Iterator<string, never>;
  /** It did not get there within the limit. */
  late: boolean;
  page?: Page;
  context?: BrowserContext;
}

/** To and fro over the months there are. */
function* turns(): Generator<{ press: 'next' | 'previous'; month: string }, never> {
  for (;;) {
    for (const month of MONTHS.slice(1)) yield { press: 'next', month };
    for (const month of MONTHS.slice(0, -1).reverse()) yield { press: 'previous', month };
  }
}

/** The days of the first month, over and over. */
function* days(): Generator<string, never> {
  for (;;) for (let day = 2; day <= 31; day += 1) yield `${MONTHS[0]}-${String(day).padStart(2, '0')}`;
}

/** The work's result, or `undefined` where it takes longer than anyone would wait. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const late = wait(LIMIT, undefined, { signal: over.signal }).catch(() => undefined);
  // A page that is closed while it works says so, to nobody.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/** Lets the calendars take turns, another one first each time, until each has its samples, or enough of them for its time. */
async function sample(
  runs: readonly Run[],
  into: keyof Run['times'],
  samples: number,
  act: (run: Run) => Promise<number>,
): Promise<void> {
  const spent = new Map<Run, number>();
  for (let round = 0; round < WARM_UP + samples; round += 1) {
    for (let index = 0; index < runs.length; index += 1) {
      const run = runs[(index + round) % runs.length]!;
      const times = run.times[into];
      const before = spent.get(run) ?? 0;
      if (run.late || (times.length >= ENOUGH && before > SHARE)) continue;
      const start = performance.now();
      const time = await inTime(act(run));
      spent.set(run, before + performance.now() - start);
      if (time === undefined) await giveUp(run);
      else if (round >= WARM_UP) times.push(time);
    }
  }
}

async function giveUp(run: Run): Promise<void> {
  run.late = true;
  await run.context?.close();
}

/** Gives the calendar a page with its data, and nothing else in it. */
async function load(browser: Browser, origin: string, run: Run, count: number): Promise<void> {
  const { name, calendar, counted } = run.subject;
  run.context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'America/New_York',
    locale: 'en-US',
  });
  run.page = await run.context.newPage();
  run.page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
  await run.page.goto(`${origin}/?calendar=${calendar}&count=${count}${counted ? '&counted' : ''}`);
  await run.page.waitForFunction(() => 'bench' in globalThis, undefined, { polling: 10 });
}

async function heapOf({ context, page }: Run): Promise<number> {
  const client = await context!.newCDPSession(page!);
  // What a finaliser lets go is collected the second time.
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize;
}

async function press({ page }: Run, what: Parameters<BenchPage['watch']>[0], goal: Goal): Promise<number> {
  await page!.bringToFront();
  const { x, y } = await page!.evaluate(([press, goal]) => bench.watch(press, goal), [what, goal] as const);
  await page!.mouse.click(x, y);
  return page!.evaluate(() => bench.seen());
}

async function turn(run: Run): Promise<{ time: number; month: string }> {
  const { press: what, month } = run.turns.next().value;
  return { time: await press(run, what, { month }), month };
}

const nodesOf = ({ page }: Run): Promise<number> => page!.evaluate(() => bench.nodes());

/** Opens, turns and chooses with each of the calendars, with so many slots. */
export async function measure(
  browser: Browser,
  origin: string,
  subjects: readonly Subject[],
  count: number,
  samples: number,
): Promise<Map<Subject, Measured>> {
  const runs = subjects.map((subject): Run => {
    return { subject, times: { open: [], month: [], day: [] }, turns: turns(), days: days(), late: false };
  });
  const found = new Map<Run, Measured>();
  const add = (run: Run, measured: Measured) => found.set(run, { ...found.get(run), ...measured });

  await sample(runs, 'open', samples, async (run) => {
    await load(browser, origin, run, count);
    const time = await run.page!.evaluate(() => bench.open());
    await run.context!.close();
    return time;
  });

  // Those that could be opened stay open for what follows.
  const open = runs.filter(({ late }) => !late);
  const empty = new Map<Run, number>();
  for (const run of open) {
    await load(browser, origin, run, count);
    empty.set(run, await heapOf(run));
    await run.page!.evaluate(() => bench.open());
    add(run, { heap: (await heapOf(run)) - empty.get(run)!, nodes: await nodesOf(run) });
  }

  await sample(open, 'month', samples, async (run) => (await turn(run)).time);
  for (const run of open) while (!run.late && (await turn(run)).month !== MONTHS[0]);
  await sample(open, 'day', samples, async (run) => {
    const day = run.days.next().value;
    const time = await press(run, { day }, { day });
    add(run, { dayNodes: await nodesOf(run) });
    await run.page!.evaluate((day) => bench.back(day), day);
    return time;
  });

  for (const run of open.filter(({ late }) => !late)) {
    add(run, { heapAfter: (await heapOf(run)) - empty.get(run)! });
    await run.context!.close();
  }
  return new Map(runs.map((run) => [run.subject, { ...found.get(run), ...summaries(run) }]));
}

const summaries = ({ times }: Run): Measured => ({
  open: summary(times.open),
  month: summary(times.month),
  day: summary(times.day),
});
