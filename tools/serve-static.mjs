// Serves a folder on 127.0.0.1:  node tools/serve-static.mjs FOLDER PORT
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const [folder, port] = process.argv.slice(2);
const root = resolve(folder);

createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  const asked = join(root, decodeURIComponent(pathname));
  const file = asked.endsWith(sep) ? join(asked, 'index.html') : asked;
  if (!file.startsWith(root + sep) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.writeHead(404).end('Not found');
    return;
  }
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
