// What the page of a kiosk takes after many patients in a row: the built demo, on a clinic that its server has, which is as
// it was at first before each round of patients. Patients of several kinds take turns: one goes through all of the
// check-in, others stop, are not recognized, have no appointment, walk away, or say at the warning that they have finished.
// They press and type by events of the page's own, without a pause, and who is idle turns the page's clock.
//
// The heap is JavaScript's, after what nobody holds is collected, with nobody there. Some of it is code that the engine
// makes faster the more often it has run; so the page is let get warm first. Nodes and listeners are those of the whole page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { startDemo } from '../../demo/server/demo-server.ts';
import { type Footprint, sendPatients, WARM_UP } from '../wipe/patients.ts';
import type { Bench } from './bench.ts';
import { kilobytes, table, whole } from './tables.ts';

const COUNT = 500;
/** In bytes: how much more the heap may be after the last patient. */
const LIMIT = 2_000_000;

/** The page of a kiosk after 500 patients. */
export async function benchKiosk({ browser, made, say }: Bench): Promise<string> {
  say('building the demo');
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-bench-'));
  const configFile = join(import.meta.dirname, '../../demo/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: folder, sourcemap: false } });
  const { url, close } = await startDemo({ folder, port: 0, fhirPort: 0, resettable: true });
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } });
  const footprints: Footprint[] = [];
  try {
    const page = await context.newPage();
    await page.goto(`${url}/kiosk.html?clinic=bench`);
    const reset = () => fetch(`${url}/test/reset?clinic=bench`, { method: 'POST' });
    const row = { count: COUNT, every: 50, reset };
    for await (const footprint of sendPatients(page, await context.newCDPSession(page), row)) {
      say(`${footprint.patients} patients: ${kilobytes(footprint.heap)}`);
      footprints.push(footprint);
    }
  } finally {
    await context.close();
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
  return report(footprints, made());
}

function report(footprints: readonly Footprint[], made: string): string {
  const [first, last] = [footprints[0]!, footprints.at(-1)!];
  const more = (heap: number) => kilobytes(heap - first.heap);
  const isKept = last.heap - first.heap <= LIMIT;
  if (!isKept) process.exitCode = 1;
  const rows = footprints.map(({ patients, heap, nodes, listeners }) => [
    whole(patients),
    kilobytes(heap),
    more(heap),
    whole(nodes),
    whole(listeners),
  ]);
  const sections = [
    '# The page of a kiosk after many patients',
    `Made by \`npm run bench -- kiosk --write\` on ${made}.`,
    `At most ${kilobytes(LIMIT)} more JS heap after ${COUNT} patients than after ${WARM_UP} is what is wanted; it is ${more(last.heap)}: ${isKept ? 'kept' : 'NOT kept'}. How it is measured stands at the top of \`test/bench/kiosk-bench.ts\`.`,
    table(['patients', 'JS heap', `more than after ${WARM_UP}`, 'DOM nodes', 'event listeners'], rows),
  ];
  return `${sections.join('\n\n')}\n`;
}
