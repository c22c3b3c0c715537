import type { Browser, CDPSession } from 'playwright';
import { heapOf, load, type Run as RunOf, sample } from '../sampling.ts';
import { type Summary, summary } from '../tables.ts';
import type { Answer, FormPage } from './page.ts';
import type { Measure } from './questionnaires.ts';
import { busy, timeThread } from './thread.ts';

/** A form as it is measured. */
export interface Subject {
  readonly name: string;
  /** The file that puts it into a page. */
  readonly form: 'clinic-form' | 'lhc-forms' | 'plain-html';
}

/** What was measured of one form with one Questionnaire; what it did not get to is left out. */
export type Measured = { readonly [S in Step]?: Summary | undefined } & {
  /** What the page has loaded, gzip, in bytes. */
  readonly loaded?: number;
  /** JS heap in bytes that the form added, collected. */
  readonly heap?: number;
  readonly nodes?: number;
};

type Step = 'open' | 'again' | Answer | `${Answer}Work`;

/** Where the pages are, and what each file of theirs weighs, gzip. */
export interface Served {
  readonly browser: Browser;
  readonly origin: string;
  weightOf(path: string): number;
}

declare const bench: FormPage;

/** A form on one Questionnaire under measurement. */
export interface Run<S extends string> extends RunOf<S> {
  readonly subject: Subject;
  readonly url: string;
}

/** Such a run, of these steps. */
export const runOf = <S extends string>(
  subject: Subject,
  origin: string,
  index: number,
  steps: readonly S[],
): Run<S> => ({
  subject,
  url: `${origin}/?subject=${subject.form}&questionnaire=${index}`,
  times: Object.fromEntries(steps.map((step) => [step, [] as number[]])) as Record<S, number[]>,
  late: false,
});

/** What its steps took. */
export const summaries = <S extends string>({ times }: Run<S>) =>
  Object.fromEntries(Object.entries<number[]>(times).map(([step, each]) => [step, summary(each)])) as {
    readonly [step in S]: Summary | undefined;
  };

const aim = ({ page }: Run<Step>, answer: Answer) => page!.evaluate((answer) => bench.aim(answer), answer);

/** Presses a place, or types where there is none. */
const press = ({ page }: Run<Step>, place: { x: number; y: number } | undefined, key: string): Promise<void> =>
  place ? page!.mouse.click(place.x, place.y) : page!.keyboard.press(key);

/** An answer: from the press until the frame that shows it. */
async function answer(run: Run<Step>, answer: Answer): Promise<number> {
  const page = run.page!;
  await page.bringToFront();
  const place = await aim(run, answer);
  await page.evaluate((answer) => bench.watch(answer), answer);
  await press(run, place, 'a');
  return page.evaluate(() => bench.seen());
}

/** What a press keeps the page's main thread busy with until all is done, in milliseconds of the thread's own time. */
async function workOf({ page }: Run<Step>, client: CDPSession, press: () => Promise<void>): Promise<number> {
  await page!.evaluate(() => bench.rest());
  const before = await busy(client);
  await press();
  await page!.evaluate(() => bench.rest());
  return (await busy(client)) - before;
}

/** The work of a press where no form is, as the median of some. */
async function idleOf(run: Run<Step>, client: CDPSession, answer: Answer): Promise<number> {
  const times: number[] = [];
  await run.page!.bringToFront();
  for (let round = 0; round < 10; round += 1) {
    times.push(await workOf(run, client, () => press(run, answer === 'choose' ? { x: 600, y: 450 } : undefined, 'a')));
  }
  return summary(times)!.median;
}

/** Opens a questionnaire and answers it with each of the forms. */
export async function measure(
  { browser, origin, weightOf }: Served,
  subjects: readonly Subject[],
  index: number,
  { made }: Measure,
  samples: number,
): Promise<Map<Subject, Measured>> {
  const answers = made ? (['choose', 'type'] as const) : [];
  const steps: readonly Step[] = ['open', 'again', ...answers, ...answers.map((each) => `${each}Work` as const)];
  const runs = subjects.map((subject) => runOf(subject, origin, index, steps));
  const found = new Map<Run<Step>, Measured>();
  const threads = new Map<Run<Step>, { client: CDPSession; idle: Record<Answer, number> }>();

  await sample(runs, 'open', samples, async (run) => {
    const page = await load(browser, run, run.url);
    const time = await page.evaluate(() => bench.open());
    await run.context!.close();
    return time;
  });

  // Those that could be opened stay open for what follows.
  const open = runs.filter(({ late }) => !late);
  for (const run of open) {
    const page = await load(browser, run, run.url);
    const client = await timeThread(run);
    threads.set(run, {
      client,
      idle: { choose: await idleOf(run, client, 'choose'), type: await idleOf(run, client, 'type') },
    });
    const empty = await heapOf(run);
    await page.evaluate(() => bench.open());
    await page.evaluate(() => bench.rest());
    const loaded = (await page.evaluate(() => bench.loaded())).reduce((sum, path) => sum + weightOf(path), 0);
    const nodes = await page.evaluate(() => bench.nodes());
    found.set(run, { heap: (await heapOf(run)) - empty, nodes, loaded });
  }
  await sample(open, 'again', samples, ({ page }) => page!.evaluate(() => bench.again()));

  for (const each of answers) {
    await sample(open, each, samples, (run) => answer(run, each));
    await sample(open, `${each}Work`, samples, async (run) => {
      const { client, idle } = threads.get(run)!;
      await run.page!.bringToFront();
      const place = await aim(run, each);
      return (await workOf(run, client, () => press(run, place, 'a'))) - idle[each];
    });
  }
  for (const { context } of open) await context!.close();
  return new Map(runs.map((run) => [run.subject, { ...found.get(run), ...summaries(run) }]));
}
