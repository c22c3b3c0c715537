import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, expect, type Page, test as base } from '@playwright/test';
import { violationsOf } from './axe.ts';
import { keepScreenshot } from './screenshot.ts';

const root = join(import.meta.dirname, '..');

interface Entry {
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly tags: readonly string[];
}

const { entries } = JSON.parse(readFileSync(join(root, 'storybook-static/index.json'), 'utf8')) as {
  entries: Readonly<Record<string, Entry>>;
};
const stories = Object.values(entries).filter(({ type }) => type === 'story');
/** The stories that show a step of a widget, which are looked at in more ways. */
const steps = stories.filter(({ tags }) => tags.includes('step'));

/** What the toolbar of Storybook is set to. */
interface Look {
  readonly language: string;
  readonly direction: string;
  readonly theme: string;
}

const english: Look = { language: 'en', direction: 'ltr', theme: 'light' };
// There is no language yet that is read from right to left. Until there is, Spanish stands in for the layout.
const mirrored: Look = { language: 'es', direction: 'rtl', theme: 'dark' };

/** What Storybook told of a story, and what the page wrote to the console. */
interface Told {
  readonly errors: string[];
  readonly console: string[];
  /** Settles when the play function has come to an end, good or bad. */
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function nothingYet(): Told {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { errors: [], console: [], ended, end };
}

/** A page that shows one story after the other. */
interface Preview {
  readonly page: Page;
  told: Told;
  /** What the page has been opened with; nothing before it has, and once a test has spoilt it. */
  look?: Look | undefined;
}

/** The stories name the zone where the reader's clock differs from the clinic's, so that the reader must live somewhere. */
const reader = { locale: 'en-US', timezoneId: 'America/New_York' };
const desk = { width: 1280, height: 800 };

async function openPreview(browser: Browser, baseURL: string): Promise<Preview> {
  const context = await browser.newContext({ ...reader, baseURL, viewport: desk });
  // msw's worker goes away with its last page, which can be in the middle of the next story. This page stays.
  await (await context.newPage()).goto('/favicon.svg');
  const page = await context.newPage();
  const preview: Preview = { page, told: nothingYet() };
  page.on('pageerror', (error) => preview.told.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') preview.told.console.push(`${message.text()} ${message.location().url}`);
  });
  await page.exposeFunction('tell', (event: string, detail: string) => {
    if (event !== 'storyFinished') preview.told.errors.push(`${event}: ${detail}`);
    preview.told.end();
  });
  await page.addInitScript(listen);
  return preview;
}

const test = base.extend<object, { preview: Preview }>({
  // One page for all stories of a look: to load Storybook again for each takes three times as long.
  preview: [
    async ({ browser }, use, { project }) => {
      const preview = await openPreview(browser, project.use.baseURL!);
      await use(preview);
      await preview.page.context().close();
    },
    { scope: 'worker' },
  ],
});

/** Passes on what Storybook says on its channel, from the moment there is one. */
function listen(): void {
  interface Channel {
    on(event: string, listener: (detail: unknown) => void): void;
  }
  const { tell } = globalThis as unknown as { tell(event: string, detail: string): void };
  const bad = [
    'playFunctionThrewException',
    'unhandledErrorsWhilePlaying',
    'storyThrewException',
    'storyErrored',
    'storyMissing',
    'configError',
  ];
  let channel: Channel | undefined;
  Object.defineProperty(globalThis, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set(made: Channel) {
      channel = made;
      made.on('storyFinished', () => tell('storyFinished', ''));
      for (const event of bad) {
        made.on(event, (detail) => tell(event, (detail as Error | undefined)?.message ?? JSON.stringify(detail)));
      }
    },
  });
}

/** Opens a story and waits until it has been played. */
async function open(preview: Preview, id: string, look: Look): Promise<void> {
  const { page } = preview;
  await page.setViewportSize(desk);
  await page.emulateMedia({ forcedColors: null, reducedMotion: null });
  preview.told = nothingYet();
  if (preview.look === look) {
    await page.evaluate(select, { storyId: id, theme: look.theme });
  } else {
    preview.look = look;
    // The addon's own look with axe would be in the way of ours.
    const globals = Object.entries({ ...look, 'a11y.manual': '!true' }).map((pair) => pair.join(':'));
    await page.goto(`/iframe.html?viewMode=story&id=${id}&globals=${globals.join(';')}`);
  }
  await preview.told.ended;
}

/** Goes to another story as the side bar of Storybook does. */
function select({ storyId, theme }: { readonly storyId: string; readonly theme: string }): void {
  document.documentElement.dataset['theme'] = theme;
  const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as {
    __STORYBOOK_ADDONS_CHANNEL__: { emit(event: string, detail: unknown): void };
  };
  channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
}

/** Holds the story to what is true of every one of them. */
async function expectSound({ page, told }: Preview): Promise<void> {
  expect(told.errors).toEqual([]);
  const expected = await page.evaluate(() => {
    const { __STORYBOOK_PREVIEW__: preview } = globalThis as unknown as {
      __STORYBOOK_PREVIEW__: { currentRender: { story: { parameters: { consoleErrors?: readonly string[] } } } };
    };
    return preview.currentRender.story.parameters.consoleErrors ?? [];
  });
  expect(told.console.filter((text) => !expected.some((part) => text.includes(part)))).toEqual([]);
  for (const part of expected) expect(told.console.join('\n')).toContain(part);
  await expectAccessible(page);
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page): Promise<void> {
  // A row that stays in sight lies over what is scrolled below it; at the end of the page it lies over nothing.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  expect(await violationsOf(page, { within: '#storybook-root', tags })).toEqual([]);
}

/** What a theme can spoil, and all else is the same in each: one of colors how they stand out, one of sizes what they hit. */
const colors = ['color-contrast', 'link-in-text-block'];
const THEMES = {
  ...{ light: colors, dark: colors, contrast: colors },
  kiosk: ['scrollable-region-focusable', 'target-size'],
} as const;
type Theme = keyof typeof THEMES;

/** Holds a story that has been looked at in full to what may have changed since. */
async function expectStillAccessible(page: Page, rules: readonly string[], how: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  expect(await violationsOf(page, { within: '#storybook-root', rules }), how).toEqual([]);
}

/** Looks at the story in each theme but the one in which it has been looked at in full. */
async function expectAccessibleInThemes(page: Page, seen: Theme): Promise<void> {
  for (const theme of (Object.keys(THEMES) as Theme[]).filter((one) => one !== seen)) {
    await wear(page, theme);
    await expectStillAccessible(page, THEMES[theme], theme);
  }
}

const wear = (page: Page, theme: Theme): Promise<unknown> =>
  page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);

/** Nothing has to be scrolled sideways to be read, and everything can be hit with a finger (WCAG 2.2, 1.4.10 and 2.5.8). */
async function expectToFit(page: Page): Promise<void> {
  const hidden = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(hidden).toBeLessThanOrEqual(0);
  const small = await page.getByRole('button').evaluateAll((buttons) =>
    buttons
      .map((button) => ({ name: button.ariaLabel ?? button.textContent, box: button.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ name, box }) => `${name?.trim()}: ${box.width} × ${box.height}`),
  );
  expect(small).toEqual([]);
}

const picture = (page: Page, id: string, how: string) =>
  keepScreenshot(page, join(root, '.test-results/screenshots/stories', `${id}-${how}.png`));

const isStep = (id: string): boolean => steps.some((step) => step.id === id);

for (const { id, title, name } of stories) {
  const more = isStep(id) ? ', and at every width, at 400 %, in every mode and theme' : '';
  test(`${title}, ${name}: in English, light${more}`, async ({ preview }) => {
    await open(preview, id, english);
    await expectSound(preview);
    if (!isStep(id)) return;
    await expectToFitAnywhere(preview.page, id);
    expect(preview.told.errors).toEqual([]);
  });
}

for (const { id, title, name } of stories) {
  test(`${title}, ${name}: in Spanish, from right to left, dark`, async ({ preview }) => {
    await open(preview, id, mirrored);
    await expectSound(preview);
    if (!isStep(id)) return;
    await picture(preview.page, id, 'dark-rtl');
    await expectAccessibleInThemes(preview.page, 'dark');
  });
}

/** Looks at a story that has been looked at as it is: at every width, at 400 %, in every mode and theme. */
async function expectToFitAnywhere(page: Page, id: string): Promise<void> {
  for (const width of [1280, 768, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectToFit(page);
    await picture(page, id, `${width}`);
  }

  // A window of 1280 × 1024 at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  await expectToFit(page);
  await expectAccessible(page);

  await page.setViewportSize(desk);
  await page.emulateMedia({ forcedColors: 'active' });
  await expectStillAccessible(page, colors, 'forced colors');
  await picture(page, id, 'forced-colors');

  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);

  await page.emulateMedia({ reducedMotion: null });
  await expectAccessibleInThemes(page, 'light');
  await wear(page, 'contrast');
  await picture(page, id, 'contrast');
}

test('a play function that fails is noticed', async ({ browser, baseURL }) => {
  const preview = await openPreview(browser, baseURL!);
  // Without the widget there is nothing that the play function could find.
  await preview.page.addInitScript(() => (customElements.define = () => {}));
  await open(preview, steps[0]!.id, english);
  expect(preview.told.errors.join()).toContain('playFunctionThrewException');
  await preview.page.context().close();
});

test('a story that is not there is noticed', async ({ preview }) => {
  await open(preview, 'no-such--story', english);
  preview.look = undefined;
  expect(preview.told.errors.join()).toContain('storyMissing');
});

test('what is hard to read, to hit or to fit is noticed, and what the console says', async ({ preview }) => {
  const { page } = preview;
  await open(preview, steps[0]!.id, english);
  preview.look = undefined;
  await expectSound(preview);
  await expectToFit(page);

  await page.evaluate(() => document.documentElement.style.setProperty('--clinic-color-text', '#bbb'));
  await expect(expectAccessible(page)).rejects.toThrow('color-contrast');
  await expect(expectAccessibleInThemes(page, 'light')).rejects.toThrow('color-contrast');
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<div style="width: 200vw">wide</div>'));
  await expect(expectToFit(page)).rejects.toThrow();
  await page.evaluate(() => (document.body.innerHTML = '<button style="all: unset; font-size: 12px">tiny</button>'));
  await expect(expectToFit(page)).rejects.toThrow('tiny');
  await page.evaluate(() => console.error('a fault'));
  await expect(expectSound(preview)).rejects.toThrow('a fault');
});
