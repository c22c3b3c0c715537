// Measures the kit's widgets beside what else there is on npm, in one browser:
//   npm run bench                     prints the tables
//   npm run bench -- --write          writes them to test/bench/RESULTS.md too
//   npm run bench -- forms --write    one part of them: picker, forms, desk, kiosk
//
// How it is timed. Each widget is one production bundle, served from 127.0.0.1 to a browser context of its own.
// Opening runs from the request for the bundle, with nothing cached. A press is a real event of the mouse or a key, and
// its time runs from `pointerup` or `keydown`. Both end with the frame after the one before which the DOM showed what was
// asked for: it has been painted then. Frames are not held to a screen's rate: at 60 Hz all that is faster than two frames
// would look the same. The widgets take turns, press by press, so that what else the machine does hits all of them. After
// a warm-up 30 of each are kept, fewer, but at least five, of a widget so slow that it would take the whole run; after 20
// seconds without a result it is given up. The times are of one machine, and no test depends on them.
//
// What is compared, and what that does not say, stands at the top of `picker-bench.ts`, of
// `forms/form-bench.ts`, of `desk-bench.ts` and of `kiosk-bench.ts`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { format } from 'prettier';
import { chromeArgs, chromePath } from '../../tools/browser.mjs';
import { benchDesk } from './desk-bench.ts';
import { benchForms } from './forms/form-bench.ts';
import { benchKiosk } from './kiosk-bench.ts';
import { benchPicker } from './picker-bench.ts';

/** What a part of the bench is given. */
export interface Bench {
  readonly browser: Browser;
  /** How many of each are kept. */
  readonly samples: number;
  /** When and on what the part was made, once it is. */
  made(): string;
  /** Tells whoever waits what is going on. */
  say(what: string): void;
  /** The version of a package that is measured. */
  versionOf(name: string): string;
}

/** Each of them makes tables under a heading of its own, in Markdown. */
const PARTS: Readonly<Record<string, (bench: Bench) => Promise<string>>> = {
  picker: benchPicker,
  forms: benchForms,
  desk: benchDesk,
  kiosk: benchKiosk,
};

const SAMPLES = 30;
const file = join(import.meta.dirname, 'RESULTS.md');

function versionOf(name: string): string {
  const manifest = join(import.meta.dirname, '../../node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

/** Puts a part in place of the one with the same heading, or after all. */
async function write(part: string): Promise<void> {
  const headingOf = (text: string) => text.split('\n')[0];
  const parts = existsSync(file) ? readFileSync(file, 'utf8').split(/^(?=# )/m) : [];
  const at = parts.findIndex((known) => headingOf(known) === headingOf(part));
  const all = parts.with(at < 0 ? parts.push('') - 1 : at, part);
  writeFileSync(file, await format(all.join('\n'), { filepath: file }));
}

async function main(): Promise<void> {
  const start = performance.now();
  const say = (what: string) =>
    console.error(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${what}`);
  const named = process.argv.slice(2).filter((argument) => argument in PARTS);
  const browser = await chromium.launch({
    executablePath: chromePath(),
    args: [...chromeArgs, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
  for (const name of named.length > 0 ? named : Object.keys(PARTS)) {
    const [before = 0] = loadavg();
    const made = () => {
      // A machine that was idle at the start need not have stayed so; the second figure has the bench itself in it.
      const [after = 0] = loadavg();
      const cores = `${cpus().length} cores with a load of ${before.toFixed(1)} before and ${after.toFixed(1)} after`;
      const machine = `Chromium ${browser.version()} and Node ${process.versions.node}, ${cores}`;
      return `${new Date().toISOString().slice(0, 10)} on ${machine}`;
    };
    const part = await PARTS[name]!({ browser, samples: SAMPLES, made, say, versionOf });
    console.log(part);
    if (process.argv.includes('--write')) await write(part);
  }
  say('done');
  await browser.close();
}

await main();
