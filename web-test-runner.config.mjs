import { esbuildPlugin } from '@web/dev-server-esbuild';
import { build } from 'esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromeArgs, chromePath } from './tools/browser.mjs';
import { browserReporter } from './tools/reporters.mjs';

/** Published as CommonJS, which no browser can import: each is served as one module. */
const BUNDLED = {
  'shadow-dom-testing-library': `export * from 'shadow-dom-testing-library'`,
  'fhirpath/fhir-context/r4': `export { default } from 'fhirpath/fhir-context/r4'`,
};
const modules = await Promise.all(
  Object.entries(BUNDLED).map(async ([name, contents]) => {
    const options = { bundle: true, format: 'esm', write: false };
    const { outputFiles } = await build({ stdin: { contents, resolveDir: '.' }, ...options });
    return { name, path: `/__bundled/${name}.js`, body: outputFiles[0].text };
  }),
);
const bundled = {
  name: 'bundled',
  resolveImport: ({ source }) => modules.find(({ name }) => name === source)?.path,
  serve({ path }) {
    const module = modules.find((one) => one.path === path);
    return module && { body: module.body, type: 'js' };
  },
};

export default {
  rootDir: '.',
  files: ['packages/*/src/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['@clinic-widgets/source', 'browser', 'development'] },
  // Browsers know no decorators: what the base configuration says of them is what the build does too.
  plugins: [bundled, esbuildPlugin({ ts: true, tsconfig: './tsconfig.base.json', target: 'es2022' })],
  browsers: [chromeLauncher({ launchOptions: { executablePath: chromePath(), args: chromeArgs } })],
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), browserReporter()],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  // Nothing is proved by how fast a busy machine is.
  testFramework: { config: { ui: 'bdd', timeout: 30_000 } },
};
