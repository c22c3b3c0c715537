// The worker of the forms in a page under the demo's content security policy: as Vite bundles it, and as it is published.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import type { Form, FormItem } from '../../packages/core/src/forms.ts';
import type { Evaluation } from '../../packages/elements/src/forms/evaluation.ts';

const root = join(import.meta.dirname, '../..');
const elements = join(root, 'packages/elements');

const PAGE = '<!doctype html><title>Forms</title><script type="module" src="./page.js"></script><p>Ready';

const code = (from: string, ending: string) => `
  import { evaluateInWorker } from '${from}/worker.${ending}';
  import { nodesOf } from '${from}/tree.${ending}';
  globalThis.ask = (form, options = {}, signal = new AbortController().signal) => {
    const question = { form, nodes: nodesOf(form.items), of: 1, first: false, stopped: [], ...options };
    return evaluateInWorker(question, signal);
  };`;

/** How the page comes to its code; each writes all that the page needs to a folder. */
const WAYS: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  async 'bundled by Vite'(folder) {
    const source = join(folder, 'source');
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, 'index.html'), PAGE);
    writeFileSync(join(source, 'page.js'), code(join(elements, 'src/forms'), 'ts'));
    const resolve = { conditions: ['@clinic-widgets/source', 'module', 'browser', 'production'] };
    await build({
      root: source,
      logLevel: 'warn',
      resolve,
      build: { outDir: join(folder, 'site'), emptyOutDir: true },
    });
  },
  async 'published, without a bundler'(folder) {
    cpSync(join(elements, 'dist/forms'), join(folder, 'site/forms'), { recursive: true });
    writeFileSync(join(folder, 'site/index.html'), PAGE);
    writeFileSync(join(folder, 'site/page.js'), code('./forms', 'js'));
  },
};

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

async function serve(folder: string, policy: string): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url.split('?')[0]!;
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'text/plain',
        'content-security-policy': policy,
      });
      response.end(body);
    } catch {
      // The icon that browsers ask for.
      response.writeHead(204).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const form = (...items: readonly Partial<FormItem>[]): Form =>
  ({
    id: 'f',
    version: '1',
    title: 'Form',
    purpose: 'intake',
    language: 'en',
    items: items.map((item, index) => ({ linkId: `q${index}`, type: 'integer', ...item })),
  }) as Form;

declare const ask: (form: Form, options?: object, signal?: AbortSignal) => Promise<Evaluation>;

const evaluate = (page: Page, asked: Form, options: object = {}): Promise<Evaluation> =>
  page.evaluate(([asked, options]) => ask(asked, options), [asked, options] as const);

/** A text that all the ways to take it apart are tried on, of which there are more than anyone can wait for. */
const ENDLESS = `'${'a'.repeat(60)}!'.matches('^(a+)+$')`;
/** It goes on until the library has no more room for it, or until it is stopped, whichever is first. */
const REPEATED = "'a'.repeat($this & 'a').count()";
const SUM = '20 + 22';

for (const [way, make] of Object.entries(WAYS)) {
  test.describe(`the worker of the forms, ${way}`, () => {
    // One after the other: what is served is written once for all of them.
    test.describe.configure({ mode: 'default' });
    const folder = join(root, '.test-results/expressions', way.replace(/\W+/g, '-'));
    let server: Server;
    let policy = '';

    test.beforeAll(async ({ baseURL }) => {
      policy = (await fetch(baseURL!)).headers.get('content-security-policy')!;
      expect(policy).toContain("require-trusted-types-for 'script'");
      rmSync(folder, { recursive: true, force: true });
      await make(folder);
      server = await serve(join(folder, 'site'), policy);
    });

    test.afterAll(() => server.close());

    test.beforeEach(async ({ page }) => {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    });

    test('calculates, and violates no policy', async ({ page }) => {
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      const evaluation = await evaluate(page, form({ calculatedExpression: SUM }));
      expect(evaluation).toMatchObject({ of: 1, values: { 0: [{ integer: 42 }] }, problems: [], stopped: [] });
      expect(said).toEqual([]);
    });

    test('stops an expression that does not end, while the page goes on', async ({ page }) => {
      const asked = form({ calculatedExpression: ENDLESS }, { calculatedExpression: SUM });
      const { evaluation, meanwhile } = await page.evaluate(async (asked) => {
        let count = 0;
        const timer = setInterval(() => (count += 1), 10);
        const evaluation = await ask(asked);
        clearInterval(timer);
        return { evaluation, meanwhile: count };
      }, asked);
      expect(evaluation).toMatchObject({
        values: { 0: [], 1: [{ integer: 42 }] },
        problems: [{ linkId: 'q0', reason: 'expression-stopped' }],
        stopped: [ENDLESS],
      });
      expect(meanwhile).toBeGreaterThan(0);
    });

    test('loads little where there are only patterns', async ({ page }) => {
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      const asked = form({ type: 'string', pattern: '\\d+', initial: [{ string: 'five' }] });
      expect((await evaluate(page, asked)).broken).toEqual({ 0: { reason: 'pattern' } });
      expect(loaded.join(' ')).toContain('pattern-worker');
      expect(loaded.join(' ')).not.toContain('expression-worker');
    });

    test('ends a repetition without end, however that comes', async ({ page }) => {
      const asked = form({ calculatedExpression: REPEATED }, { calculatedExpression: SUM });
      const { values, problems, stopped } = await evaluate(page, asked);
      expect(values).toEqual({ 0: [], 1: [{ integer: 42 }] });
      expect(stopped).toEqual([REPEATED]);
      expect(problems).toEqual([{ linkId: 'q0', reason: expect.stringMatching(/^expression(-stopped)?$/) }]);
    });

    test('stops a pattern that does not end', async ({ page }) => {
      const asked = form({ type: 'string', pattern: '(a+)+', initial: [{ string: `${'a'.repeat(40)}!` }] });
      const { problems, broken } = await evaluate(page, asked);
      expect(problems).toEqual([{ linkId: 'q0', reason: 'expression-stopped' }]);
      expect(broken).toEqual({});
    });

    test('leaves a question that was given up, and answers the next', async ({ page }) => {
      const outcome = await page.evaluate(
        async ([slow, quick]) => {
          const leaving = new AbortController();
          const left = ask(slow, {}, leaving.signal).catch((error: unknown) => error);
          const unasked = ask(quick, {}, leaving.signal).catch((error: unknown) => error);
          await new Promise((resolve) => setTimeout(resolve, 300));
          const said: unknown[] = [];
          for (const one of [left, unasked]) void one.then((reason) => said.push(reason));
          leaving.abort('gone');
          // The page's next task: what is being worked out has not come to its end by then.
          await new Promise((resolve) => setTimeout(resolve));
          return { said: [...said], values: (await ask(quick)).values };
        },
        [form({ calculatedExpression: ENDLESS }), form({ calculatedExpression: SUM })] as const,
      );
      expect(outcome).toEqual({ said: ['gone', 'gone'], values: { 0: [{ integer: 42 }] } });
    });

    test('knows an endless expression again, and tries nothing that is stopped', async ({ page }) => {
      let workers = 0;
      page.on('worker', () => (workers += 1));
      const twice = await page.evaluate(
        async (asked) => [await ask(asked), await ask(asked)],
        form({ calculatedExpression: ENDLESS }),
      );
      expect(twice.map(({ stopped }) => stopped)).toEqual([[ENDLESS], [ENDLESS]]);
      // The one that tried it has been ended, and the one that came after it has not.
      expect(workers).toBe(2);
      const stopped = await evaluate(page, form({ calculatedExpression: ENDLESS }), { stopped: [ENDLESS] });
      expect(stopped).toEqual({ of: 1, values: {}, hushed: {}, broken: {}, problems: [], stopped: [] });
    });

    test('works nothing out where there can be no worker', async ({ page, context }) => {
      const nothing = { of: 1, values: {}, problems: [{ reason: 'expression' }], stopped: [SUM] };
      await context.route(/expression-worker/, (route) => route.abort());
      expect(await evaluate(page, form({ calculatedExpression: SUM }))).toMatchObject(nothing);

      const strict = await serve(join(folder, 'site'), policy.replace(' clinic-widgets', ''));
      await page.goto(`http://127.0.0.1:${(strict.address() as AddressInfo).port}/`);
      expect(await evaluate(page, form({ calculatedExpression: SUM }))).toMatchObject(nothing);
      strict.close();
    });
  });
}
