import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Keeps what it is told, as a worker does. */
const WORKER = 'let last; addEventListener("message", ({ data }) => (last = data));';

/** Serves the page with the planted leaks on a port of its own. */
export async function serveFixture(): Promise<{ url: string; server: Server }> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'fixture.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@clinic-widgets/source'],
    write: false,
    logLevel: 'error',
  });
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', readFileSync(join(import.meta.dirname, 'fixture.html'), 'utf8')],
    '/fixture.js': ['text/javascript', outputFiles[0]!.text],
    '/worker.js': ['text/javascript', WORKER],
  };
  const server = createServer(({ url = '/', headers }, response) => {
    if (url === '/answer') {
      // To be kept, and packed.
      response.writeHead(200, { 'cache-control': 'max-age=9999', 'content-encoding': 'gzip' });
      return response.end(gzipSync(`You said ${String(headers['word'])}`));
    }
    const [type, body] = files[url.split('?')[0]!] ?? ['text/plain', ''];
    response.writeHead(body ? 200 : 204, { 'content-type': type });
    return response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
