// Runs every check, or those that are named, and counts what really ran.
//   node tools/test.mjs              all of them
//   node tools/test.mjs types node   these only
// What each command writes is kept in .test-results; shown are the outcome, and what a failing command wrote.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.test-results');
const packages = readdirSync(join(root, 'packages'));

const nodeTests = [
  ['node', '--conditions=@clinic-widgets/source', '--test', '--test-timeout=120000'],
  // By itself Node leaves one processor idle, which is half of a small machine.
  [`--test-concurrency=${availableParallelism()}`],
  ['--test-reporter=./tools/reporters.mjs', '--test-reporter-destination=stdout'],
  ['packages/*/src/**/!(*.browser).test.ts', 'packages/*/test/**/*.test.ts', 'test/*.test.ts'],
  ['test/fhir-server/*.test.ts', 'test/forms/*.test.ts'],
].flat();

const playwright = (project) => ['playwright', 'test', `--project=${project}`, '--reporter=dot,json'];

/** The steps in order. Those of one row need nothing of each other, and two of them run at a time. */
const rows = [
  [
    checks('build', 'compiles the packages, bundles the workers and writes the custom elements manifest', {
      packages: ['tsc', '-b'],
      workers: ['pnpm', '--filter', '@clinic-widgets/elements', 'run', 'bundle-workers'],
      manifest: ['pnpm', '--filter', '@clinic-widgets/elements', 'run', 'manifest'],
    }),
    checks('format', 'checks the formatting', { prettier: ['prettier', '--check', '.'] }),
  ],
  [
    // Takes one page at a time; beside it there is room for what takes one processor as well.
    tests('browser', 'runs the tests that need a browser', ['wtr'], readCounts),
    checks('lint', 'looks for mistakes', { eslint: ['eslint', '.'] }),
    checks('types', 'checks the types of tests, stories and demo', { tsc: ['tsc', '-p', 'tsconfig.test.json'] }),
    checks('packages', 'checks each package as it would be published', Object.assign({}, ...packages.map(asPublished))),
    checks('templates', 'checks the types in the templates', { 'lit-analyzer': ['pnpm', 'run', 'lint:templates'] }),
    checks('storybook', 'builds the stories', { storybook: ['storybook', 'build', '--quiet'] }),
    checks('demo', 'builds the demo', { vite: ['vite', 'build', 'demo'] }),
  ],
  [tests('node', 'runs the tests that need no browser', nodeTests, readCounts)],
  [tests('stories', 'opens every story and looks at it with axe', playwright('stories'), readPlaywright)],
  [tests('e2e', 'uses the built demo on each adapter', playwright('e2e'), readPlaywright)],
];

function asPublished(name) {
  const path = `packages/${name}`;
  return {
    [`publint ${name}`]: ['publint', path, '--strict'],
    [`types of ${name}`]: ['attw', '--pack', path, '--profile', 'esm-only'],
  };
}

/** A step of commands that pass or fail as a whole. */
function checks(name, says, commands) {
  return {
    name,
    says,
    async run() {
      const outcome = { passed: 0, failed: [], skipped: [], output: '' };
      for (const [check, command] of Object.entries(commands)) {
        const { code, output } = await execute(`${name} ${check}`, command);
        if (code === 0) {
          outcome.passed += 1;
        } else {
          outcome.failed.push(check);
          outcome.output += `${check}:\n${output}\n`;
        }
      }
      return outcome;
    },
  };
}

/** A step of one test runner, which writes what it ran to a file that `read` understands. */
function tests(name, says, command, read) {
  return {
    name,
    says,
    async run() {
      const file = join(folder, `${name}.json`);
      // What an earlier run left must not be taken for this one's.
      rmSync(file, { force: true });
      const { code, output } = await execute(name, command, { TEST_RESULTS: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
      const outcome = { passed: 0, failed: [], skipped: [], output };
      try {
        Object.assign(outcome, read(JSON.parse(readFileSync(file, 'utf8'))));
      } catch {
        outcome.failed.push('the runner ended without saying what it ran');
      }
      if (code !== 0 && outcome.failed.length === 0) outcome.failed.push(`the runner ended with ${code}`);
      return outcome;
    },
  };
}

function readCounts(counts) {
  return counts;
}

function readPlaywright({ suites, errors }) {
  const counts = { passed: 0, failed: errors.map(({ message }) => message.split('\n')[0]), skipped: [] };
  const walk = (path, { title, specs = [], suites: inner = [] }) => {
    const here = [...path, title];
    for (const spec of specs) {
      for (const { status, results } of spec.tests) {
        const name = [...here, spec.title].join(' › ');
        if (status === 'skipped') counts.skipped.push(name);
        else if (status === 'expected') counts.passed += 1;
        else counts.failed.push(`${name}${reasonOf(results)}`);
      }
    }
    for (const suite of inner) walk(here, suite);
  };
  for (const suite of suites) walk([], suite);
  return counts;
}

/** Why a test of Playwright's failed, for who sees only the end of the log. */
function reasonOf(results) {
  const lines = results.flatMap(({ errors }) => errors.map(({ message = '' }) => message.split('\n').slice(0, 12)));
  return lines
    .flat()
    .map((line) => `\n      ${stripVTControlCharacters(line)}`)
    .join('');
}

/** Runs a command of node_modules with the Node that the packages bring, writing to a file. */
function execute(name, [command, ...args], env = {}) {
  const log = join(folder, `${name.replaceAll(/[^\w-]+/g, '-')}.log`);
  const file = openSync(log, 'w');
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', file, file],
      // Each file of tests is a process of its own, and most of what it loads the one before it has compiled.
      env: { ...process.env, PATH, NODE_COMPILE_CACHE: join(folder, 'compiled'), ...env },
      timeout: 45 * 60 * 1000,
      shell: process.platform === 'win32',
    });
    const done = (code) => {
      closeSync(file);
      resolve({ code, output: readFileSync(log, 'utf8') });
    };
    child.on('error', done);
    child.on('exit', (code, signal) => done(code ?? signal));
  });
}

async function runStep({ name, says, run }) {
  console.log(`▸ ${name}: ${says}`);
  const start = performance.now();
  const { passed, failed, skipped, output } = await run();
  if (passed + failed.length === 0) failed.push('nothing was run');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = [
    `${passed} passed`,
    `${failed.length} failed`,
    ...(skipped.length ? [`${skipped.length} skipped`] : []),
  ];
  console.log(`${failed.length > 0 ? '✗' : '✓'} ${name}: ${counts.join(', ')} in ${seconds} s`);
  for (const test of skipped) console.log(`  skipped: ${test}`);
  if (failed.length > 0) console.log(`\n${output.trimEnd()}\n`);
  return { passed, failed: failed.map((test) => `${name}: ${test}`) };
}

const asked = process.argv.slice(2);
const names = rows.flat().map(({ name }) => name);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}. The steps are: ${names.join(', ')}.`);
  process.exit(1);
}

mkdirSync(folder, { recursive: true });
const start = performance.now();
const outcomes = [];
for (const row of rows) {
  const waiting = row.filter(({ name }) => asked.length === 0 || asked.includes(name));
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await runStep(step));
  };
  await Promise.all([worker(), worker()]);
}

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.flatMap((outcome) => outcome.failed);
console.log(`\nAll steps took ${((performance.now() - start) / 1000).toFixed(0)} s.`);
if (failed.length > 0) console.log(`What failed:\n${failed.map((test) => `  ${test}`).join('\n')}`);
// Last, for whoever reads only that.
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
