import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from '@playwright/test';

/** A demo of the test's own: what one test books, no other finds taken. */
export interface Demo {
  readonly url: string;
  readonly fhirBaseUrl: string;
}

/** What the pages of a test did that a strict portal would not allow. */
export interface Conduct {
  /** Violations of the content security policy. */
  readonly violations: string[];
  /** Requests to anything but the demo and its FHIR server. */
  readonly strangers: string[];
  /** Errors that nobody caught. */
  readonly errors: string[];
}

const root = join(import.meta.dirname, '../..');

async function start(): Promise<{ demo: Demo; server: ChildProcess }> {
  const args = ['--conditions=@clinic-widgets/source', 'demo/serve.ts', '--port', '0', '--fhir-port', '0', '--test'];
  const server = spawn('node', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(server.stdout)) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (!url) continue;
    server.stdout.resume();
    const config = (await (await fetch(`${url}/config.json`)).json()) as { fhirBaseUrl: string };
    return { demo: { url, fhirBaseUrl: config.fhirBaseUrl }, server };
  }
  throw new Error('The demo did not start.');
}

/** Tests on the built demo; each starts with both clinics as they were at first, and must end without misconduct. */
export const test = base.extend<{ conduct: Conduct }, { demo: Demo }>({
  demo: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const { demo, server } = await start();
      await use(demo);
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ demo }, use) => use(demo.url),

  conduct: [
    async ({ demo, context }, use) => {
      await fetch(`${demo.url}/test/reset`, { method: 'POST' });
      const conduct: Conduct = { violations: [], strangers: [], errors: [] };
      const known = [demo.url, new URL(demo.fhirBaseUrl).origin];
      context.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && !known.includes(origin)) conduct.strangers.push(request.url());
      });
      context.on('weberror', (error) => conduct.errors.push(error.error().message));
      await context.exposeFunction('tellViolation', (violation: string) => conduct.violations.push(violation));
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
          const tell = (window as unknown as { tellViolation(violation: string): void }).tellViolation;
          tell(`${violatedDirective} ${blockedURI} ${sample}`);
        });
      });
      await use(conduct);
      base.expect(conduct).toEqual({ violations: [], strangers: [], errors: [] });
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
