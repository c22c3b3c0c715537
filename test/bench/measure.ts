import type { Browser } from 'playwright';
import type { BenchPage, Goal } from './page.ts';
import type { Measured } from './report.ts';
import { heapOf, load, type Run as RunOf, sample } from './sampling.ts';
import { MONTHS } from './slots.ts';
import { summary } from './tables.ts';

/** A calendar as it is measured. */
export interface Subject {
  readonly name: string;
  /** The file that puts it into a page. */
  readonly calendar: 'picker' | 'schedule-x' | 'event-calendar';
  /** Whether a month is given one event a day with the number of its slots, and a day its slots only when it is opened. */
  readonly counted: boolean;
}

declare const bench: BenchPage;

interface Run extends RunOf<'open' | 'month' | 'day'> {
  readonly subject: Subject;
  readonly turns: Iterator<{ press: 'next' | 'previous'; month: string }, never>;
  readonly days: Iterator<string, never>;
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
  const urlOf = ({ subject: { calendar, counted } }: Run) =>
    `${origin}/?subject=${calendar}&count=${count}${counted ? '&counted' : ''}`;
  const found = new Map<Run, Measured>();
  const add = (run: Run, measured: Measured) => found.set(run, { ...found.get(run), ...measured });

  await sample(runs, 'open', samples, async (run) => {
    await load(browser, run, urlOf(run));
    const time = await run.page!.evaluate(() => bench.open());
    await run.context!.close();
    return time;
  });

  // Those that could be opened stay open for what follows.
  const open = runs.filter(({ late }) => !late);
  const empty = new Map<Run, number>();
  for (const run of open) {
    await load(browser, run, urlOf(run));
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
