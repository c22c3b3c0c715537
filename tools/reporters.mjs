// Write what a test runner ran as JSON, for tools/test.mjs to count: { passed, failed: names, skipped: names }.
import { writeFileSync } from 'node:fs';

function write(results) {
  const file = process.env.TEST_RESULTS;
  if (file) writeFileSync(file, JSON.stringify(results));
}

/** The reporter for `node --test`: shows what failed and what the tests wrote. */
export default async function* nodeReporter(events) {
  const results = { passed: 0, failed: [], skipped: [] };
  const path = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') path.splice(data.nesting, Infinity, data.name);
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const name = [...path.slice(0, data.nesting), data.name].join(' › ');
    const error = data.details?.error?.cause ?? data.details?.error;
    // A suite fails with its tests, which are counted themselves; on its own it fails only when a hook does.
    const isSuite = data.details?.type === 'suite';
    if (isSuite && (type === 'test:pass' || data.details.error?.failureType === 'subtestsFailed')) continue;
    if (data.skip !== undefined || data.todo !== undefined) {
      results.skipped.push(name);
    } else if (type === 'test:pass') {
      results.passed += 1;
    } else {
      results.failed.push(name);
      yield `✗ ${name}\n  ${data.file ?? ''}\n  ${String(error?.stack ?? error).replaceAll('\n', '\n  ')}\n\n`;
    }
  }
  write(results);
}

/** The reporter for Web Test Runner, beside its own, which shows the errors. */
export function browserReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const results = { passed: 0, failed: [], skipped: [] };
      const take = (path, test) => {
        const name = [...path, test.name].join(' › ');
        if (test.skipped) results.skipped.push(name);
        else if (test.passed) results.passed += 1;
        else results.failed.push(name);
      };
      const walk = (path, suite) => {
        for (const test of suite?.tests ?? []) take(path, test);
        for (const inner of suite?.suites ?? []) walk([...path, inner.name], inner);
      };
      for (const { testFile, testResults, errors } of sessions) {
        walk([], testResults);
        // A file that could not be loaded has errors and no tests.
        if (errors?.length) results.failed.push(`${testFile}: ${errors[0].message.split('\n')[0]}`);
      }
      write(results);
    },
  };
}
