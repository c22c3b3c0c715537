import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { startFhirServer } from './fhir-server.ts';
import { missingData } from './shared-data.ts';
import { ask } from './test-client.ts';

function run(context: TestContext, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, ...env },
  });
  context.after(() => child.kill());
  const firstLine = async (stream: 'stdout' | 'stderr') =>
    String((await once(createInterface(child[stream]), 'line'))[0]);
  return { child, firstLine };
}

describe('npm run fhir', () => {
  it('tells the base address of a server that answers', async (context) => {
    const { firstLine } = run(context, ['--port', '0']);
    const baseUrl = (await firstLine('stdout')).split(' ').at(-1) ?? '';

    assert.equal((await ask({ baseUrl }, 'GET metadata')).body.implementation.url, baseUrl);
  });

  it('serves the shared data', { skip: missingData() ?? false }, async (context) => {
    const { firstLine } = run(context, ['--port', '0', '--data']);
    const baseUrl = (await firstLine('stdout')).split(' ').at(-1) ?? '';

    assert.ok((await ask({ baseUrl }, 'GET Slot?_summary=count')).body.total > 0);
  });

  it('ends with a plain sentence where the shared data are missing', async (context) => {
    const { child, firstLine } = run(context, ['--port', '0', '--data'], { CLINIC_DATA: '/none' });
    const [line, [code]] = await Promise.all([firstLine('stderr'), once(child, 'exit')]);

    assert.match(line, /no folder \/none/);
    assert.equal(code, 1);
  });

  it('ends with a plain sentence where the port is taken', async (context) => {
    const server = await startFhirServer();
    context.after(() => server.close());
    const { child, firstLine } = run(context, ['--port', new URL(server.url).port]);
    const [line, [code]] = await Promise.all([firstLine('stderr'), once(child, 'exit')]);

    assert.match(line, /EADDRINUSE/);
    assert.equal(code, 1);
  });
});
