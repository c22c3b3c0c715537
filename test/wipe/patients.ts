// Many patients in a row through one page: what each of them leaves behind adds up.
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { build } from 'esbuild';
import { collect } from './heap.ts';
import type { PatientsPage } from './patients-page.ts';

declare const patients: PatientsPage;

/** What a page takes with nobody there, once what nothing holds is collected. */
export interface Footprint {
  /** How many patients there have been. */
  readonly patients: number;
  /** JavaScript's, in bytes. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Who is sent. */
export interface Row {
  readonly count: number;
  /** After how many of them the page is looked at, besides after those that warm it up and after the last. */
  readonly every: number;
  /** Makes the clinic as it was at first: what it knows must not be what grows. */
  reset(): Promise<unknown>;
}

/** Until then a page fetches what it needs. */
export const WARM_UP = 10;

/** Sends patients of each kind in turn through the page of a kiosk, and tells what it takes: first after the warm-up. */
export async function* sendPatients(page: Page, session: CDPSession, row: Row): AsyncGenerator<Footprint, void> {
  await page.evaluate(await patientsScript());
  const kinds = await page.evaluate(() => patients.kinds);
  for (let index = 0; index < row.count; index += 1) {
    if (index % kinds.length === 0) await row.reset();
    await page.evaluate((kind) => patients.send(kind), kinds[index % kinds.length]!);
    const sent = index + 1;
    const isLooked = sent === WARM_UP || sent === row.count || (sent > WARM_UP && sent % row.every === 0);
    if (isLooked) yield { patients: sent, ...(await footprint(session)) };
  }
}

async function footprint(session: CDPSession): Promise<Omit<Footprint, 'patients'>> {
  await collect(session);
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

async function patientsScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'patients-page.ts')],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['@clinic-widgets/source'],
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
