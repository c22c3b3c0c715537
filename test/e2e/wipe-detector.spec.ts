// Whether what a patient leaves behind is found: on a small page that leaves something of each kind on purpose.
import type { Server } from 'node:http';
import { expect, test } from '@playwright/test';
import { KEPT_BY_BROWSER, strayNodes } from '../wipe/heap.ts';
import { openKiosk, type Kiosk } from '../wipe/kiosk.ts';
import { randomFrom, seed, withSeed, word } from '../wipe/random.ts';
import { scan } from '../wipe/scan.ts';
import { serveFixture } from '../wipe/serve.ts';
import { passTime } from './hands.ts';

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

/** Each kind of leak, and where it has to be found: in the page, or in the folder of the browser that was closed. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  DOM: ['DOM'],
  attribute: ['DOM'],
  shadow: ['DOM'],
  field: ['fields'],
  localStorage: ['localStorage'],
  sessionStorage: ['sessionStorage'],
  kept: ['localStorage', 'Default/Local Storage/'],
  IndexedDB: ['IndexedDB', 'Default/IndexedDB/'],
  caches: ['caches', 'Default/Service Worker/CacheStorage/'],
  cookie: ['cookies'],
  address: ['address'],
  state: ['history'],
  earlier: ['earlier addresses', 'Default/Sessions/'],
  name: ['address'],
  title: ['address'],
  performance: ['performance'],
  console: ['console'],
  request: ['requests'],
  heap: ['heap'],
  'long string': ['heap'],
  closure: ['heap'],
  'detached text': ['held nodes'],
  'detached field': ['held nodes'],
  'matched string': ['heap'],
  worker: ['workers'],
  global: ['globals'],
  session: ['Default/Sessions/'],
  answer: ['Default/Cache/'],
};

/** What the wipe takes back, all of it left while the patient was there. Of an address it is too late: it was gone to. */
const TAKEN_BACK = 'leak=localStorage,sessionStorage,IndexedDB,caches,state,name,title,performance,matched string';
const ENDS: Readonly<Record<string, (kiosk: Kiosk) => Promise<Kiosk>>> = {
  finish: (kiosk) => press(kiosk, '#finish'),
  cancel: (kiosk) => press(kiosk, '#cancel'),
  async 'nobody has answered'(kiosk) {
    await expect(kiosk.page.getByRole('alertdialog')).toBeVisible();
    await passTime(kiosk.page, 31);
    return kiosk;
  },
  async 'it was loaded anew'(kiosk) {
    await kiosk.page.reload();
    return kiosk;
  },
  'it crashed': (kiosk) => kiosk.crash(),
};

async function press(kiosk: Kiosk, button: string): Promise<Kiosk> {
  await kiosk.page.locator(button).click();
  return kiosk;
}

test.describe('a wiped page', () => {
  for (const [how, end] of Object.entries(ENDS)) {
    const idle = how === 'nobody has answered' ? '&idle=1500' : '';

    test(`has nothing left after ${how}`, async () => {
      await using kiosk = await openKiosk(`${url}/?${idle}`);
      await toStart(kiosk);
      const before = await strayNodes(kiosk.session);
      await visit(kiosk);
      const ended = await end(kiosk);
      await toStart(ended);
      expect(await ended.leaks(all), withSeed).toEqual([]);
      // A page that is loaded anew has other nodes.
      if (how === 'finish' || how === 'cancel') {
        expect(await strayNodes(kiosk.session), withSeed).toBeLessThanOrEqual(before + KEPT_BY_BROWSER);
      }
      expect(await ended.closedLeaks(all), withSeed).toEqual([]);
    });

    test(`has nothing left of all that was put somewhere, after ${how}`, async () => {
      await using kiosk = await openKiosk(`${url}/?visit&${TAKEN_BACK}${idle}`);
      await visit(kiosk);
      const ended = await end(kiosk);
      await toStart(ended);
      expect(await ended.leaks(all), withSeed).toEqual([]);
    });
  }

  for (const [kind, places] of Object.entries(KINDS)) {
    test(`that leaks by ${kind} is found out`, async () => {
      await using kiosk = await openKiosk(`${url}/?leak=${encodeURIComponent(kind)}`);
      await visit(kiosk);
      // So long after it was typed the browser writes down what stands in a field.
      if (kind === 'session') await kiosk.page.waitForTimeout(4000);
      await kiosk.page.locator('#finish').click();
      await toStart(kiosk);
      const leaks = [...(await kiosk.leaks(all)), ...(await kiosk.closedLeaks(all))];
      const found = leaks.map(({ where }) => where.replaceAll('\\', '/'));
      for (const place of places)
        expect(
          found.some((where) => where.startsWith(place)),
          withSeed,
        ).toBe(true);
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
});
