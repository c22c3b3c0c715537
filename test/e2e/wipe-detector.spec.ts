// Whether what a patient leaves behind is found: on a small page that leaves something of each kind on purpose.
import type { Server } from 'node:http';
import { expect, test } from '@playwright/test';
import { KEPT_BY_BROWSER, strayNodes } from '../wipe/heap.ts';
import { type Leak } from '../wipe/leaks.ts';
import { openKiosk, type Kiosk } from '../wipe/kiosk.ts';
import { randomFrom, seed, withSeed, word } from '../wipe/random.ts';
import { scan } from '../wipe/scan.ts';
import { serveFixture } from '../wipe/serve.ts';

const random = randomFrom(seed);
const words = { name: word(random), more: word(random), code: word(random) };
const all = Object.values(words);

let url: string;
let server: Server;
test.beforeAll(async () => {
  ({ url, server } = await serveFixture());
});
test.afterAll(() => void server.close());

/** What a patient does: types into each field, and scans a code. */
async function visit({ page, session }: Kiosk): Promise<void> {
  await page.locator('#start').click();
  await page.locator('#name').click();
  await page.keyboard.insertText(words.name);
  await page.locator('#more').click();
  for (const letter of words.more) await page.keyboard.press(letter, { delay: 1 }).then(() => page.waitForTimeout(45));
  await page.locator('#finish').focus();
  await scan(session, words.code);
  // By an attribute: a text to wait for would be in the page.
  await expect(page.locator(`output[data-length="${words.code.length}"]`)).toHaveCount(1);
}

const toStart = ({ page }: Kiosk) => expect(page.locator('body[data-step=start]')).toHaveCount(1);

const found = (leaks: readonly Leak[]): readonly string[] => [...new Set(leaks.map(({ where }) => where))];

/** Each kind of leak, and where it has to be found. */
const KINDS: Readonly<Record<string, string>> = {
  DOM: 'DOM',
  attribute: 'DOM',
  shadow: 'DOM',
  field: 'fields',
  localStorage: 'localStorage',
  sessionStorage: 'sessionStorage',
  kept: 'localStorage',
  IndexedDB: 'IndexedDB',
  caches: 'caches',
  cookie: 'cookies',
  address: 'address',
  state: 'history',
  earlier: 'earlier addresses',
  title: 'address',
  performance: 'performance',
  console: 'console',
  request: 'requests',
  heap: 'heap',
  'long string': 'heap',
  closure: 'heap',
  'detached text': 'held nodes',
  'detached field': 'held nodes',
  'matched string': 'heap',
  worker: 'workers',
  global: 'globals',
};

/** What is still there when the browser is closed, and where in its profile folder. */
const ON_DISK: Readonly<Record<string, string>> = {
  kept: 'Default/Local Storage/',
  IndexedDB: 'Default/IndexedDB/',
  caches: 'Default/Service Worker/CacheStorage/',
  earlier: 'Default/Sessions/',
};

test.describe('a wiped page', () => {
  for (const end of ['finish', 'cancel']) {
    test(`has nothing left after ${end}`, async () => {
      await using kiosk = await openKiosk(url);
      await toStart(kiosk);
      const before = await strayNodes(kiosk.session);
      await visit(kiosk);
      await kiosk.page.locator(`#${end}`).click();
      await toStart(kiosk);
      expect(await kiosk.leaks(all), withSeed).toEqual([]);
      expect(await strayNodes(kiosk.session), withSeed).toBeLessThanOrEqual(before + KEPT_BY_BROWSER);
      expect(await kiosk.closedLeaks(all), withSeed).toEqual([]);
    });
  }

  test('has nothing left after nobody has answered', async () => {
    test.setTimeout(90_000);
    await using kiosk = await openKiosk(`${url}/?idle=1500`);
    await visit(kiosk);
    await expect(kiosk.page.getByRole('alertdialog')).toBeVisible();
    await expect(kiosk.page.locator('body[data-step=start]')).toHaveCount(1, { timeout: 60_000 });
    expect(await kiosk.leaks(all), withSeed).toEqual([]);
    expect(await kiosk.closedLeaks(all), withSeed).toEqual([]);
  });

  test('has nothing left after it crashed', async () => {
    await using kiosk = await openKiosk(url);
    await visit(kiosk);
    const again = await kiosk.crash();
    await toStart(again);
    expect(await again.leaks(all), withSeed).toEqual([]);
    expect(await again.closedLeaks(all), withSeed).toEqual([]);
  });

  for (const [kind, where] of Object.entries(KINDS)) {
    test(`that leaks by ${kind} is found out`, async () => {
      await using kiosk = await openKiosk(`${url}/?leak=${encodeURIComponent(kind)}`);
      await visit(kiosk);
      await kiosk.page.locator('#finish').click();
      await toStart(kiosk);
      expect(found(await kiosk.leaks(all)), withSeed).toContain(where);
    });
  }

  test('that leaks nodes which nothing else shows is found out', async () => {
    await using kiosk = await openKiosk(`${url}/?leak=frame`);
    const before = await strayNodes(kiosk.session);
    await visit(kiosk);
    await kiosk.page.locator('#finish').click();
    await toStart(kiosk);
    expect(await strayNodes(kiosk.session), withSeed).toBeGreaterThan(before + KEPT_BY_BROWSER);
  });

  for (const [kind, folder] of Object.entries(ON_DISK)) {
    test(`that leaks to the disk by ${kind} is found out`, async () => {
      await using kiosk = await openKiosk(`${url}/?leak=${encodeURIComponent(kind)}`);
      await visit(kiosk);
      await kiosk.page.locator('#finish').click();
      await toStart(kiosk);
      const leaks = await kiosk.closedLeaks(all);
      expect(leaks.map(({ where }) => where.replaceAll('\\', '/')).join('\n'), withSeed).toContain(folder);
    });
  }
});
