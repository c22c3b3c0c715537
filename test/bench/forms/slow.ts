import type { CDPSession } from 'playwright';
import { load, sample } from '../sampling.ts';
import { type Summary, summary } from '../tables.ts';
import { type Run, runOf, type Served, type Subject, summaries } from './measure.ts';
import type { FormPage } from './page.ts';
import { busy, timeThread } from './thread.ts';

/** What was measured of one form on a slow device. */
export type Slow = { readonly [S in SlowStep]: Summary | undefined };

type SlowStep = 'cold' | 'coldWork' | 'warm' | 'warmWork';

declare const bench: FormPage;

/** How often a form is shown before its code counts as warm. */
const WARM = 20;
/** In milliseconds, as the share of each step: what is near to what is wanted needs its samples. */
const SHARE = 30_000;
/** What a slow device is, beside this one. */
const SLOWER = 4;

/** From the arrival of a Questionnaire until its first page is seen, on a slow device. */
export async function measureSlow(
  { browser, origin }: Served,
  subjects: readonly Subject[],
  index: number,
  samples: number,
): Promise<Map<Subject, Slow>> {
  const steps = ['cold', 'coldWork', 'warm', 'warmWork'] as const;
  const runs = subjects.map((subject) => runOf<SlowStep>(subject, origin, index, steps));

  for (const step of ['cold', 'coldWork'] as const) {
    await sample(runs, step, samples, async (run) => {
      const page = await load(browser, run, run.url);
      await page.evaluate(() => bench.load());
      const time = step === 'cold' ? await arrival(run) : await workOf(run, await idleOf(run));
      await run.context!.close();
      return time;
    });
  }

  // One after the other: a page that waits for the slowest of them for seconds is cleared of code by the browser.
  for (const run of runs.filter(({ late }) => !late)) {
    const page = await load(browser, run, run.url);
    const idle = await idleOf(run);
    for (let round = 0; round < WARM; round += 1) await page.evaluate(() => bench.again());
    await sample([run], 'warm', samples, arrival, SHARE);
    await sample([run], 'warmWork', samples, () => workOf(run, idle), SHARE);
    await run.context!.close();
  }
  return new Map(runs.map((run) => [run.subject, summaries(run)]));
}

/** The page's thread, and how long it is busy with a frame in which nothing comes. */
interface Idle {
  readonly client: CDPSession;
  readonly work: number;
}

async function idleOf(run: Run<SlowStep>): Promise<Idle> {
  const client = await timeThread(run);
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) times.push(await busyWith(run, client, () => bench.pass()));
  return { client, work: summary(times)!.median };
}

/** The time until a form is seen whose Questionnaire comes now. */
async function arrival(run: Run<SlowStep>): Promise<number> {
  await run.page!.evaluate(() => bench.wait());
  return slowly(run, () => run.page!.evaluate(() => bench.arrive()));
}

/** The main thread's own time until then, less that of a frame in which nothing comes. */
async function workOf(run: Run<SlowStep>, { client, work }: Idle): Promise<number> {
  await run.page!.evaluate(() => bench.wait());
  return (await busyWith(run, client, () => bench.arrive())) - work;
}

const busyWith = (run: Run<SlowStep>, client: CDPSession, act: () => Promise<number>): Promise<number> =>
  slowly(run, async () => {
    const before = await busy(client);
    await run.page!.evaluate(act);
    return (await busy(client)) - before;
  });

/** A page that is slowed down keeps a processor busy while it waits: others must not have to share with it. */
async function slowly<T>({ page, context }: Run<SlowStep>, act: () => Promise<T>): Promise<T> {
  await page!.bringToFront();
  const client = await context!.newCDPSession(page!);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  try {
    return await act();
  } finally {
    await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await client.detach();
  }
}
