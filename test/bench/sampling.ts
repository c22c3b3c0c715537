import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright';

const WARM_UP = 2;
/** In milliseconds: nobody waits longer for one step. */
const LIMIT = 20_000;
/** In milliseconds: who is slow is not let take all of the run, once there are this many samples. */
const SHARE = 9_000;
const ENOUGH = 5;

/** A widget under measurement. */
export interface Run<Step extends string> {
  readonly times: Record<Step, number[]>;
  /** It did not get there within the limit. */
  late: boolean;
  page?: Page;
  context?: BrowserContext;
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

/** Lets the widgets take turns, another one first each time, until each has its samples, or enough of them for its time. */
export async function sample<Step extends string, R extends Run<Step>>(
  runs: readonly R[],
  into: Step,
  samples: number,
  act: (run: R) => Promise<number>,
  share = SHARE,
): Promise<void> {
  const spent = new Map<R, number>();
  for (let round = 0; round < WARM_UP + samples; round += 1) {
    for (let index = 0; index < runs.length; index += 1) {
      const run = runs[(index + round) % runs.length]!;
      const times = run.times[into];
      const before = spent.get(run) ?? 0;
      if (run.late || (times.length >= ENOUGH && before > share)) continue;
      const start = performance.now();
      const time = await inTime(act(run));
      spent.set(run, before + performance.now() - start);
      if (time === undefined) await giveUp(run);
      else if (round >= WARM_UP) times.push(time);
    }
  }
}

async function giveUp(run: Run<string>): Promise<void> {
  run.late = true;
  await run.context?.close();
}

/** Gives the widget a page of its own that can be told what to do, and nothing else in it. */
export async function load(browser: Browser, run: Run<string>, url: string): Promise<Page> {
  run.context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'America/New_York',
    locale: 'en-US',
  });
  run.page = await run.context.newPage();
  run.page.on('pageerror', (error) => console.error(`${url}: ${error.message}`));
  await run.page.goto(url);
  await run.page.waitForFunction(() => 'bench' in globalThis, undefined, { polling: 10 });
  return run.page;
}

/** The JS heap in use once what nobody uses is collected, in bytes. */
export async function heapOf({ context, page }: Run<string>): Promise<number> {
  const client = await context!.newCDPSession(page!);
  // What a finaliser lets go is collected the second time.
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize;
}
