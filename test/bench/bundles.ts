import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

const root = join(import.meta.dirname, '../..');

interface Asset {
  readonly body: Uint8Array;
  readonly gzip: number;
  /** What is loaded along with it. */
  readonly imports: readonly string[];
}

/** What the pages load, by its path on the server. */
export type Assets = ReadonlyMap<string, Asset>;

/** Something to serve as it is. */
export const assetOf = (body: Uint8Array, imports: readonly string[] = []): Asset => ({
  body,
  gzip: gzipSync(body, { level: 9 }).length,
  imports,
});

const urlOf = (output: string): string => `/${relative('out', output)}`;

function importsOf({ outputs }: Metafile, key: string): string[] {
  const { imports, cssBundle } = outputs[key]!;
  const atOnce = imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => urlOf(path));
  return cssBundle ? [...atOnce, urlOf(cssBundle)] : atOnce;
}

/** Bundles each file by itself for production, as a page of its own would. */
export async function bundle(files: readonly string[]): Promise<Assets> {
  const assets = new Map<string, Asset>();
  for (const file of files) {
    const { outputFiles, metafile } = await build({
      entryPoints: [resolve(import.meta.dirname, file)],
      absWorkingDir: root,
      outdir: 'out',
      conditions: ['@clinic-widgets/source', 'production'],
      define: { 'process.env.NODE_ENV': '"production"' },
      bundle: true,
      format: 'esm',
      splitting: true,
      minify: true,
      target: 'es2022',
      loader: { '.png': 'dataurl' },
      metafile: true,
      write: false,
      logLevel: 'error',
    });
    for (const { path, contents: body } of outputFiles) {
      const key = relative(root, path);
      assets.set(urlOf(key), assetOf(body, importsOf(metafile, key)));
    }
  }
  return assets;
}

/** What loads at once with a file, style sheet included, gzip. */
export function sizeOf(assets: Assets, url: string): number {
  const { gzip, imports } = assets.get(url)!;
  return imports.reduce((sum, each) => sum + sizeOf(assets, each), gzip);
}

function pageOf(name: string, assets: Assets): string {
  const sheet = assets.has(`/${name}.css`) ? `<link rel="stylesheet" href="/${name}.css">` : '';
  return `<!doctype html><html lang="en-US"><meta charset="utf-8"><title>${name}</title>${sheet}
    <style>
      body { margin: 0 }
      main { inline-size: 1200px; block-size: 860px }
      #pulse { position: fixed; inset: auto 0 0 auto; inline-size: 1px; block-size: 1px; background: black }
    </style>
    <main></main><i id="pulse"></i><script type="module" src="/page.js"></script></html>`;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '': 'text/html; charset=utf-8',
};

/** Serves the pages on this machine: `/?subject=picker` and what they load. */
export async function serve(assets: Assets): Promise<{ origin: string; close(): void }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://127.0.0.1');
    const body = pathname === '/' ? pageOf(searchParams.get('subject')!, assets) : assets.get(pathname)?.body;
    response.writeHead(body ? 200 : 404, { 'Content-Type': TYPES[extname(pathname)] ?? '' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
