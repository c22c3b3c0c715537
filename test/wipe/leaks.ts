// Looks for what a patient has left in a page, wherever a page can leave something.
import type { CDPSession, Page } from '@playwright/test';
import { heapText, heldTexts, wayTo } from './heap.ts';

/** A word of the patient's, and where it was found. */
export interface Leak {
  readonly where: string;
  readonly word: string;
  /** What holds it, where that can be told. */
  readonly by?: string;
}

/** A page that is watched from before it is opened. */
export interface Watched {
  readonly page: Page;
  readonly session: CDPSession;
  /** What was written to the console, and the addresses of all that was asked for. */
  readonly said: string[];
  readonly asked: string[];
}

/** Watches a page: what went to its console, and what it asked for, is gone when one looks for it later. */
export async function watch(page: Page): Promise<Watched> {
  const said: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(`${error.message} ${error.stack}`));
  page.on('request', (request) => asked.push(request.url()));
  page.on('framenavigated', (frame) => asked.push(frame.url()));
  return { page, session: await page.context().newCDPSession(page), said, asked };
}

/** Everything that a page's own script can read, by where it stands. */
async function readable(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  return page.evaluate(async () => {
    const markup: string[] = [];
    const fields: string[] = [];
    const read = (root: Document | ShadowRoot) => {
      markup.push(root instanceof Document ? root.documentElement.outerHTML : root.innerHTML);
      for (const element of root.querySelectorAll('*')) {
        const { value, defaultValue } = element as HTMLInputElement;
        fields.push(String(value ?? ''), String(defaultValue ?? ''), element.textContent);
        if (element.shadowRoot) read(element.shadowRoot);
      }
    };
    read(document);

    const databases: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
      databases.push(name!);
      for (const store of database.objectStoreNames) {
        for (const method of ['getAll', 'getAllKeys'] as const) {
          const found = await new Promise((resolve) => {
            const request = database.transaction(store).objectStore(store)[method]();
            request.onsuccess = () => resolve(request.result);
          });
          databases.push(store, JSON.stringify(found));
        }
      }
      database.close();
    }

    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        cached.push(name, request.url, (await (await cache.match(request))?.text()) ?? '');
      }
    }

    const stored = (storage: Storage) => Object.entries(storage).flat();
    return {
      DOM: markup,
      fields,
      localStorage: stored(localStorage),
      sessionStorage: stored(sessionStorage),
      IndexedDB: databases,
      caches: cached,
      cookies: [document.cookie],
      address: [location.href, document.title, document.referrer, window.name],
      history: [JSON.stringify(history.state ?? null)],
      performance: performance.getEntries().map((entry) => JSON.stringify([entry, (entry as PerformanceMark).detail])),
      selection: [String(getSelection() ?? '')],
      globals: Object.keys(globalThis),
    };
  });
}

/** Every word that is left, and where. What the page can read comes first: reading it touches nothing that follows. */
export async function findLeaks(watched: Watched, words: readonly string[]): Promise<readonly Leak[]> {
  const { page, session, said, asked } = watched;
  const { currentIndex, entries } = await session.send('Page.getNavigationHistory');
  const visited = entries.flatMap(({ url, title }, index) => (index === currentIndex ? [] : [url, title]));
  // First of all, since reading the rest runs in the page as well: the words themselves are never given to it.
  const heap = await heapText(session);
  const places: Readonly<Record<string, readonly string[]>> = {
    heap: [heap],
    ...(await readable(page)),
    'held nodes': await heldTexts(session),
    'earlier addresses': visited,
    console: said,
    requests: asked,
  };
  return Object.entries(places).flatMap(([where, texts]) => {
    const all = texts.map((text) => decoded(text).toLowerCase());
    const left = words.filter((word) => all.some((text) => text.includes(word.toLowerCase())));
    return left.map((word) => ({ where, word, ...(where === 'heap' && { by: wayTo(word, heap) }) }));
  });
}

/** An address may say it in another way. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  return (
    text +
    text.replace(/(%[\da-f]{2})+/gi, (escaped) => {
      try {
        return decodeURIComponent(escaped);
      } catch {
        return escaped;
      }
    })
  );
}
