// A browser with a profile folder of its own, as a kiosk has it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { chromeArgs, chromePath } from '../../tools/browser.mjs';
import { WHOLE_STRINGS } from './heap.ts';
import { findLeaks, type Leak, watch, type Watched } from './leaks.ts';
import { filesWith } from './profile.ts';

/** A page in a browser of its own. */
export interface Kiosk extends Watched, AsyncDisposable {
  readonly context: BrowserContext;
  /** What of the words is left in the page and with the browser. */
  leaks(words: readonly string[]): Promise<readonly Leak[]>;
  /** Lets the page crash, and loads it anew in the same tab, which still knows what it has stored, and where it has been. */
  crash(): Promise<Kiosk>;
  /** Closes the browser, and answers with what of the words it has left on the disk. */
  closedLeaks(words: readonly string[]): Promise<readonly Leak[]>;
}

/**
 * Opens a page as a kiosk does. Crashes are not reported, as they must not be where patients come: a report is a picture
 * of what was in the memory. Playwright starts browsers so too; it is said here since it must not be left to that.
 */
export async function openKiosk(url: string, viewport = { width: 1080, height: 1920 }): Promise<Kiosk> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromePath()!,
    args: [...chromeArgs, WHOLE_STRINGS, '--disable-breakpad', '--remote-debugging-port=0'],
    viewport,
  });
  // What is not there must not be waited for as long as a whole test may take.
  context.setDefaultTimeout(10_000);
  const watched = await watch(context.pages()[0] ?? (await context.newPage()));
  await watched.page.goto(url);
  return kioskWith(watched, context, folder);
}

function kioskWith(watched: Watched, context: BrowserContext, folder: string): Kiosk {
  return {
    ...watched,
    context,
    async crash() {
      const crashed = watched.page.waitForEvent('crash');
      // Nothing answers any more.
      void watched.session.send('Page.crash').catch(() => undefined);
      await crashed;
      await watched.session.send('Page.reload');
      // Whoever has seen a page crash takes it for lost: it is met anew, by the way that the browser has written down.
      const [port] = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n');
      const [again] = (await chromium.connectOverCDP(`http://127.0.0.1:${port}`)).contexts();
      again!.setDefaultTimeout(10_000);
      return kioskWith(await watch(again!.pages()[0]!), context, folder);
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
