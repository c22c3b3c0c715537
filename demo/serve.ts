import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemo } from './server/demo-server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    'fhir-port': { type: 'string', default: '8103' },
    test: { type: 'boolean', default: false },
  },
});

const folder = join(import.meta.dirname, 'dist');
if (!existsSync(join(folder, 'index.html'))) stop('The demo is not built yet. `npm start` builds and serves it.');

const port = portOf(values.port);
const fhirPort = portOf(values['fhir-port']);
const demo = await startDemo({ folder, port, fhirPort, resettable: values.test }).catch((error: Error) =>
  stop(error.message),
);

if (port !== 0 && !demo.url.endsWith(`:${port}`)) console.log(`Port ${port} is taken, so the next free one is used.`);
console.log(`
Harbor Clinic is open on this machine. Ctrl+C closes it.

  The portal, clinic in the page   ${demo.url}/
  The portal, clinic over REST     ${demo.url}/?adapter=rest
  The portal, clinic on FHIR R4    ${demo.url}/?adapter=fhir
  Check an adapter                 ${demo.url}/adapter-check.html
  Try a form                       ${demo.url}/form.html?adapter=fhir

  A kiosk to check in at           ${demo.url}/kiosk.html
  The front desk of that kiosk     ${demo.url}/desk.html
  The screen of the waiting room   ${demo.url}/board.html

  REST API, and what it speaks     ${demo.url}/rest  ${demo.url}/openapi.json
  FHIR R4 server                   ${demo.fhirBaseUrl}
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void demo.close().then(() => process.exit(0));
  });
}

function portOf(text: string): number {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65535 ? port : stop(`${text} is no port.`);
}

function stop(reason: string): never {
  console.error(reason);
  process.exit(1);
}
