// A browser with a profile folder of its own, as a kiosk has it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromeArgs, chromePath } from '../../tools/browser.mjs';
import { WHOLE_STRINGS } from './heap.ts';
import { findLeaks, type Leak, watch, type Watched } from './leaks.ts';
import { filesWith } from './profile.ts';

/** A page in a browser of its own. */
export interface Kiosk extends Watched, AsyncDisposable {
  readonly context: BrowserContext;
  /** What of the words is left in the page and with the browser. */
  leaks(words: readonly string[]): Promise<readonly Leak[]>;
  /** Lets the page crash, and opens it again as a kiosk does by itself. */
  crash(): Promise<Kiosk>;
  /** Closes the browser, and answers with what of the words it has left on the disk. */
  closedLeaks(words: readonly string[]): Promise<readonly Leak[]>;
}

/** Opens a page as a kiosk does. */
export async function openKiosk(url: string, viewport = { width: 1080, height: 1920 }): Promise<Kiosk> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromePath()!,
    args: [...chromeArgs, WHOLE_STRINGS],
    viewport,
  });
  // What is not there must not be waited for as long as a whole test may take.
  context.setDefaultTimeout(10_000);
  return kioskIn(context, folder, url);
}

async function kioskIn(context: BrowserContext, folder: string, url: string, page?: Page): Promise<Kiosk> {
  const watched = await watch(page ?? context.pages()[0] ?? (await context.newPage()));
  await watched.page.goto(url);
  return {
    ...watched,
    context,
    async crash() {
      const crashed = watched.page.waitForEvent('crash');
      // Nothing answers any more.
      void watched.session.send('Page.crash').catch(() => undefined);
      await crashed;
      const page = await context.newPage();
      await watched.page.close();
      return kioskIn(context, folder, url, page);
    },
    async leaks(words) {
      const workers = watched.page.workers().map((worker) => ({ where: 'workers', word: worker.url() }));
      return [...workers, ...(await findLeaks(watched, words))];
    },
    async closedLeaks(words) {
      await context.close();
      return filesWith(folder, words).map(({ file, word }) => ({ where: file, word }));
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
