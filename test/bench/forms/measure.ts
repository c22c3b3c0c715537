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
  readonly form: 'clinic-form' | 'lhc-forms';
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

/** An answer: from the press until the frame that shows it. */
async function answer(run: Run<Step>, answer: Answer): Promise<number> {
  const page = run.page!;
  await page.bringToFront();
  const place = await aim(run, answer);
  await page.evaluate((answer) => bench.watch(answer), answer);
  if (place) await page.mouse.click(place.x, place.y);
  else await page.keyboard.press('a');
  return page.evaluate(() => bench.seen());
}

/**
 * The work of an answer: what it occupies the page's main thread with, until all is done, more than a press that answers
 * nothing. It is the thread's own time, in milliseconds, which stands still while others have the processor.
 */
async function workOf(run: Run<Step>, client: CDPSession, answer: Answer): Promise<number> {
  const page = run.page!;
  await page.bringToFront();
  const place = await aim(run, answer);
  const taken = async (press: () => Promise<void>) => {
    await page.evaluate(() => bench.rest());
    const before = await busy(client);
    await press();
    await page.evaluate(() => bench.rest());
    return (await busy(client)) - before;
  };
  const idle = await taken(() => (place ? page.mouse.click(BLANK.x, BLANK.y) : page.keyboard.press('Shift')));
  return (await taken(() => (place ? page.mouse.click(place.x, place.y) : page.keyboard.press('a')))) - idle;
}

/** Where no form is. */
const BLANK = { x: 1250, y: 450 };

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
    const empty = await heapOf(run);
    await page.evaluate(() => bench.open());
    await page.evaluate(() => bench.rest());
    const loaded = (await page.evaluate(() => bench.loaded())).reduce((sum, path) => sum + weightOf(path), 0);
    const nodes = await page.evaluate(() => bench.nodes());
    found.set(run, { heap: (await heapOf(run)) - empty, nodes, loaded });
  }
  await sample(open, 'again', samples, ({ page }) => page!.evaluate(() => bench.again()));

  const clients = new Map<Run<Step>, CDPSession>();
  for (const run of open) clients.set(run, await timeThread(run));
  for (const each of answers) {
    await sample(open, each, samples, (run) => answer(run, each));
    await sample(open, `${each}Work`, samples, (run) => workOf(run, clients.get(run)!, each));
  }
  for (const { context } of open) await context!.close();
  return new Map(runs.map((run) => [run.subject, { ...found.get(run), ...summaries(run) }]));
}
