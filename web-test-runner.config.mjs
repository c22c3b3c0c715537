import { esbuildPlugin } from '@web/dev-server-esbuild';
import { build } from 'esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromeArgs, chromePath } from './tools/browser.mjs';
import { browserReporter } from './tools/reporters.mjs';

/** The queries by role and text are published as CommonJS, which no browser can import: served as one module. */
const QUERIES = 'shadow-dom-testing-library';
const bundled = await build({
  stdin: { contents: `export * from '${QUERIES}'`, resolveDir: '.' },
  bundle: true,
  format: 'esm',
  write: false,
});
const queries = {
  name: 'queries',
  resolveImport: ({ source }) => (source === QUERIES ? '/__queries.js' : undefined),
  serve: ({ path }) => (path === '/__queries.js' ? { body: bundled.outputFiles[0].text, type: 'js' } : undefined),
};

export default {
  rootDir: '.',
  files: ['packages/*/src/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['@clinic-widgets/source', 'browser', 'development'] },
  // Browsers know no decorators: what the base configuration says of them is what the build does too.
  plugins: [queries, esbuildPlugin({ ts: true, tsconfig: './tsconfig.base.json', target: 'es2022' })],
  browsers: [chromeLauncher({ launchOptions: { executablePath: chromePath(), args: chromeArgs } })],
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), browserReporter()],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  testFramework: { config: { ui: 'bdd', timeout: 5000 } },
};
