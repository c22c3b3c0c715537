// The kiosk's page takes no more after many patients than after a few. Here is a short row of them, of all kinds; the row of
// 500 takes minutes: `npm run bench -- kiosk`.
import { KEPT_BY_BROWSER } from '../wipe/heap.ts';
import { type Kiosk, openKiosk } from '../wipe/kiosk.ts';
import { type Footprint, sendPatients } from '../wipe/patients.ts';
import { type Demo, expect, test } from './demo.ts';

test.describe.configure({ timeout: 180_000 });

/** In bytes. Most of it is taken by code that is only made faster when it has run often. */
const LIMIT = 1_000_000;

async function row(
  { page, session }: Kiosk,
  { url }: Demo,
  count: number,
): Promise<[first: Footprint, last: Footprint]> {
  const reset = () => fetch(`${url}/test/reset?clinic=row`, { method: 'POST' });
  const footprints = await Array.fromAsync(sendPatients(page, session, { count, every: count, reset }));
  return [footprints[0]!, footprints.at(-1)!];
}

test('the page takes no more after 60 patients than after the tenth', async ({ demo }) => {
  await using kiosk = await openKiosk(`${demo.url}/kiosk.html?clinic=row`);
  const [first, last] = await row(kiosk, demo, 60);
  expect([first.patients, last.patients]).toEqual([10, 60]);
  expect(last.heap - first.heap, JSON.stringify([first, last])).toBeLessThan(LIMIT);
  expect(last.nodes - first.nodes).toBeLessThanOrEqual(2 * KEPT_BY_BROWSER);
  expect(last.listeners - first.listeners).toBeLessThanOrEqual(0);
});

test('a page that holds what its patients have used is found out', async ({ demo }) => {
  await using kiosk = await openKiosk(`${demo.url}/kiosk.html?clinic=row`);
  await kiosk.page.evaluate(() => {
    const held: Node[] = [];
    const hold = new MutationObserver((changes) => held.push(...changes.flatMap(({ addedNodes }) => [...addedNodes])));
    hold.observe(document.querySelector('#place')!, { childList: true });
  });
  const [first, last] = await row(kiosk, demo, 20);
  expect(last.nodes - first.nodes).toBeGreaterThan(2 * KEPT_BY_BROWSER);
});

test('a page that goes on listening for patients who are gone is found out', async ({ demo }) => {
  await using kiosk = await openKiosk(`${demo.url}/kiosk.html?clinic=row`);
  await kiosk.page.evaluate(() => {
    const listen = new MutationObserver(() => addEventListener('clinic-wipe', () => undefined));
    listen.observe(document.querySelector('#place')!, { childList: true });
  });
  const [first, last] = await row(kiosk, demo, 20);
  expect(last.listeners - first.listeners).toBeGreaterThan(0);
});
