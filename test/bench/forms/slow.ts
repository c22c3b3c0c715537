import type { CDPSession } from 'playwright';
import { load, sample } from '../sampling.ts';
import type { Summary } from '../tables.ts';
import { type Run, runOf, type Served, type Subject, summaries } from './measure.ts';
import type { FormPage } from './page.ts';
import { busy, timeThread } from './thread.ts';

/** What was measured of one form on a slow device. */
export type Slow = { readonly [S in SlowStep]: Summary | undefined };

type SlowStep = 'cold' | 'coldWork' | 'warm' | 'warmWork';

declare const bench: FormPage;

/** How often a form is shown before its code counts as warm. */
const WARM = 20;
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
      const time = await arrival(run, await slowDown(run), step === 'coldWork');
      await run.context!.close();
      return time;
    });
  }

  const open = runs.filter(({ late }) => !late);
  const clients = new Map<Run<SlowStep>, CDPSession>();
  for (const run of open) {
    const page = await load(browser, run, run.url);
    for (let round = 0; round < WARM; round += 1) await page.evaluate(() => bench.again());
    clients.set(run, await slowDown(run));
  }
  for (const step of ['warm', 'warmWork'] as const) {
    await sample(open, step, samples, (run) => arrival(run, clients.get(run)!, step === 'warmWork'));
  }
  for (const { context } of open) await context!.close();
  return new Map(runs.map((run) => [run.subject, summaries(run)]));
}

async function slowDown(run: Run<SlowStep>): Promise<CDPSession> {
  const client = await timeThread(run);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return client;
}

/** The time until a form is seen whose Questionnaire comes now, or the main thread's own time until then. */
async function arrival({ page }: Run<SlowStep>, client: CDPSession, ofThread: boolean): Promise<number> {
  await page!.bringToFront();
  await page!.evaluate(() => bench.wait());
  const before = await busy(client);
  const time = await page!.evaluate(() => bench.arrive());
  return ofThread ? (await busy(client)) - before : time;
}
