import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Answers with a file below the folder, and with nothing that is not. */
export async function serveFile(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('Only reading is possible here.', { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  const { pathname } = new URL(request.url);
  const path = fileBelow(folder, pathname);
  const content = path && (await readFile(path).catch(() => undefined));
  if (!content) return new Response('There is no such page.', { status: 404 });

  const headers = {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    // What is built has its own hash in its name; the pages that name it do not.
    'cache-control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
  };
  return new Response(request.method === 'HEAD' ? null : content, { headers });
}

/** The file that a path means: an encoded `..` or a hidden file means none. */
function fileBelow(folder: string, pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const file = resolve(folder, `.${path}`);
    const isHidden = path.split(/[\\/]/).some((name) => name.startsWith('.'));
    return !isHidden && file.startsWith(resolve(folder) + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
