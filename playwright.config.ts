import { defineConfig } from '@playwright/test';
import { chromeArgs, chromePath } from './tools/browser.mjs';

const demo = {
  command: 'node --conditions=@clinic-widgets/source demo/serve.ts --port 4173',
  url: 'http://127.0.0.1:4173/',
};
const stories = {
  command: 'node tools/serve-static.mjs storybook-static 6007',
  url: 'http://127.0.0.1:6007/iframe.html',
};

/** Playwright starts every server whichever project runs, and each server needs a build of its own. */
const runs = (project: string): boolean =>
  !process.argv.some((word) => word.startsWith('--project')) || process.argv.some((word) => word.endsWith(project));

export default defineConfig({
  testDir: 'test',
  outputDir: '.test-results/playwright',
  forbidOnly: Boolean(process.env['CI']),
  fullyParallel: true,
  workers: '100%',
  // Nothing is proved by how fast a busy machine is.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: { launchOptions: { executablePath: chromePath(), args: chromeArgs } },
  projects: [
    { name: 'e2e', testMatch: 'e2e/*.spec.ts', use: { baseURL: demo.url } },
    { name: 'stories', testMatch: 'stories.spec.ts', use: { baseURL: stories.url } },
  ],
  // A server that is already there may serve another build, so it is not used.
  webServer: [...(runs('e2e') ? [demo] : []), ...(runs('stories') ? [stories] : [])],
});
