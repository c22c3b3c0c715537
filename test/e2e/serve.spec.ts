import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { expect, test } from './demo.ts';

const root = join(import.meta.dirname, '../..');

/** The status of a request whose path goes out as it is: `fetch` would tidy it first. */
const statusOf = (url: string, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = send({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end();
  });

test('nothing but the built pages is served', async ({ demo }) => {
  expect(await statusOf(demo.url, '/')).toBe(200);
  const paths = [
    '/../serve.ts',
    '/..%2fserve.ts',
    '/%2e%2e/serve.ts',
    '/..%5cserve.ts',
    '/%00',
    '/%zz',
    '/.env',
    '/assets/',
  ];
  for (const path of paths) expect(await statusOf(demo.url, path), path).toBe(404);
});

test('what is served says what it is, and that it is nothing else', async ({ demo }) => {
  const types = { '/': 'text/html', '/favicon.svg': 'image/svg+xml', '/config.json': 'application/json' };
  for (const [path, type] of Object.entries(types)) {
    const { headers } = await fetch(demo.url + path);
    expect(headers.get('content-type')).toContain(type);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'; worker-src 'self'; style-src 'self'");
  }
});

test('the REST API is described, and bodies that are too long are refused', async ({ demo }) => {
  const document = (await (await fetch(`${demo.url}/openapi.json`)).json()) as { openapi: string };
  expect(document.openapi).toBe('3.1.0');
  const headers = { 'content-type': 'application/json' };
  const body = 'x'.repeat(6_000_000);
  const response = await fetch(`${demo.url}/rest/describeClinic`, { method: 'POST', headers, body });
  expect(response.status).toBe(413);
});

test('a taken port gives way to the next, nothing can be reset by accident, and the demo ends when told', async ({
  demo,
}) => {
  const port = Number(new URL(demo.url).port);
  const args = ['--conditions=@clinic-widgets/source', 'demo/serve.ts', '--port', `${port}`, '--fhir-port', '0'];
  const server = spawn('node', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  server.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await expect.poll(() => printed, { timeout: 20_000 }).toContain('FHIR R4 server');
  expect(printed).toContain(`Port ${port} is taken`);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)![0];
  expect(url).not.toBe(demo.url);
  expect((await fetch(`${url}/test/reset`, { method: 'POST' })).status).not.toBe(204);

  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});
