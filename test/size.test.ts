// What a page downloads: gzip at its best level, in bytes; 1 kB is 1000 of them. Counted is the static import closure of an
// entry point, bundled and minified from source into one file: all that one `import` loads. What loads only when it is
// needed (other languages, the Temporal polyfill, what follows the choice of a time) is counted apart.
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** What each entry point may weigh: what it does, and about a tenth. */
const BUDGETS: Readonly<Record<string, number>> = {
  'adapter-fhir': 14_000,
  'adapter-fhir/vocabulary.js': 1_500,
  'adapter-memory': 29_500,
  'adapter-rest': 11_500,
  'adapter-rest/gateway.js': 22_000,
  'adapter-rest/openapi.js': 29_000,
  conformance: 80_500,
  'conformance/describe-adapter.js': 80_500,
  'conformance/harbor-clinic.js': 23_400,
  core: 18_600,
  'core/errors.js': 480,
  'core/key.js': 270,
  'core/time.js': 980,
  'core/adapter.js': 8_300,
  'core/operation.js': 6_500,
  'core/common.js': 7_000,
  'core/clinic.js': 7_000,
  'core/scheduling.js': 7_600,
  'core/appointments.js': 8_800,
  'core/forms.js': 10_900,
  'core/answers.js': 1_100,
  'core/contract.js': 14_200,
  'core/cached.js': 980,
  'core/observed.js': 910,
  elements: 56_000,
  'elements/define.js': 56_000,
  'elements/forms/define.js': 26_000,
  'elements/forms/form.js': 26_000,
  'elements/scheduling/define.js': 22_000,
  'elements/scheduling/appointment-picker.js': 22_000,
  'elements/ui/define.js': 8_000,
  'elements/ui/clinic-provider.js': 8_000,
  'elements/themes/contrast.css': 260,
  'elements/themes/dark.css': 240,
  'elements/themes/default.css': 300,
  'core/accuracy.js': 580,
  'core/authorization.js': 310,
  'core/check-in.js': 10_400,
  'core/consents.js': 10_900,
  'core/desk.js': 11_200,
  'core/details.js': 10_800,
  'core/detail-values.js': 530,
  'core/identity.js': 2_900,
  'elements/check-in/define.js': 27_500,
  'elements/check-in/check-in.js': 27_500,
  'elements/ui/idle-controller.js': 11_000,
  'elements/ui/idle-warning.js': 9_900,
  'elements/ui/scanner.js': 840,
  'elements/ui/wipe.js': 1_250,
  'elements/themes/kiosk.css': 330,
};

/** What each part that loads on demand may add to what is there. */
const ON_DEMAND: Readonly<Record<string, number>> = {
  'temporal-polyfill': 22_500,
  'adapter-fhir/booking': 20_600,
  'adapter-fhir/proposals': 13_000,
  'adapter-fhir/operations': 24_500,
  'adapter-fhir/patients': 14_300,
  'adapter-fhir/scheduling': 9_000,
  'adapter-fhir/forms': 23_500,
  'adapter-fhir/waiting-forms': 28_000,
  'core/scheduling': 9_200,
  'core/appointments': 10_000,
  'core/forms': 11_200,
  'elements/forms/more-views': 25_600,
  'elements/forms/messages.es': 3_000,
  'elements/forms/submitting': 9_900,
  'elements/forms/response': 4_700,
  'elements/forms/working-out': 4_200,
  'elements/forms/worker': 1_400,
  'elements/forms/file-reading': 400,
  'elements/forms/drafts': 950,
  'elements/scheduling/triage': 33_500,
  'elements/scheduling/more-work': 2_250,
  'elements/scheduling/messages.es': 3_500,
  'elements/scheduling/more-views': 7_300,
  'elements/scheduling/calendar-file': 11_500,
  'adapter-fhir/check-in': 70_500,
  'adapter-fhir/desk': 64_000,
  'adapter-fhir/parts': 480,
  'adapter-fhir/ability': 1_600,
  'adapter-fhir/authority': 10_400,
  'adapter-fhir/consents': 41_000,
  'adapter-fhir/details': 33_500,
  'core/desk': 13_800,
  'core/check-in': 12_300,
  'core/details': 13_200,
  'core/consents': 13_300,
  'elements/check-in/payment/messages.es': 1_500,
  'elements/check-in/payment/payment-part': 4_500,
  'elements/check-in/program/messages.es': 1_800,
  'elements/check-in/program/program-part': 38_800,
  'elements/check-in/leaving/messages.es': 2_100,
  'elements/check-in/leaving/booking': 20_000,
  'elements/check-in/leaving/leaving-part': 10_800,
  'elements/check-in/messages.es': 5_100,
  'elements/check-in/more-views': 8_000,
  'elements/check-in/forms-part': 21_000,
  'elements/check-in/details/messages.es': 2_500,
  'elements/check-in/details/details-part': 9_000,
  'elements/check-in/insurance/messages.es': 1_550,
  'elements/check-in/insurance/insurance-part': 3_450,
  signature_pad: 5_200,
  'elements/check-in/consents/messages.es': 3_350,
  'elements/check-in/consents/consents-part': 13_800,
  'elements/ui/idle-messages.es': 300,
};

/** What each worker may weigh, which a page starts only for a form that has something to be worked out. */
const WORKERS: Readonly<Record<string, number>> = {
  'elements/forms/expression-worker': 240_000,
  'elements/forms/pattern-worker': 4_100,
};

const PICKER = `
  import '@clinic-widgets/elements/scheduling/define.js';
  import '@clinic-widgets/elements/ui/define.js';`;

const FORM = `
  import '@clinic-widgets/elements/forms/define.js';
  import '@clinic-widgets/elements/ui/define.js';`;

const CHECK_IN = `
  import '@clinic-widgets/elements/check-in/define.js';
  import '@clinic-widgets/elements/ui/define.js';`;

const FHIR = `${PICKER} export { fhirAdapter } from '@clinic-widgets/adapter-fhir';`;

/** What pages load together, with the parts named counted in. The limits of 22, 26, 38 and 40 kB are promised: they do not grow. */
const TOGETHER = [
  { name: 'picker, provider and Lit', code: PICKER, parts: /^$/, limit: 22_000 },
  { name: 'form, provider and Lit', code: FORM, parts: /^$/, limit: 26_000 },
  {
    name: 'check-in with forms, provider and Lit',
    code: CHECK_IN,
    parts: /^elements\/check-in\/forms-part$/,
    limit: 40_000,
  },
  {
    name: 'form, provider and Lit, and what it fetches with a form; the FHIR adapter and its forms',
    code: `${FORM} export { fhirAdapter } from '@clinic-widgets/adapter-fhir';`,
    parts: /^(elements\/forms\/more-views|adapter-fhir\/(ability|parts|forms)|core\/forms)$/,
    limit: 70_000,
  },
  {
    name: 'picker, provider, Lit, the FHIR adapter, its client and scheduling',
    code: FHIR,
    parts: /^(adapter-fhir|core)\/scheduling$/,
    limit: 38_000,
  },
  {
    name: 'the same, and what tells a server’s abilities, fetched beside its CapabilityStatement',
    code: FHIR,
    parts: /^(adapter-fhir\/(ability|scheduling)|core\/scheduling)$/,
    limit: 39_500,
  },
  {
    name: 'the same, and what the adapter books with',
    code: FHIR,
    parts: /^(adapter-fhir\/(ability|parts|scheduling|patients|booking)|core\/(scheduling|appointments))$/,
    limit: 48_500,
  },
];

type Owner = 'Lit' | 'zod' | 'ours' | 'other';

/** A file that the bundler wrote. */
interface Chunk {
  /** What it was made for, where it is loaded by itself: `elements/scheduling/messages.es`. */
  readonly name: string | undefined;
  readonly gzip: number;
  readonly output: Metafile['outputs'][string];
}

interface Size {
  readonly bytes: number;
  /** Of whom the code is, in shares of the minified bytes. */
  readonly shares: Readonly<Record<Owner, number>>;
}

interface Measured extends Size {
  readonly onDemand: ReadonlyMap<string, Size>;
}

const gzipOf = (contents: Uint8Array | string): number => gzipSync(contents, { level: 9 }).length;

/** The package that a file belongs to, wherever the package manager keeps it. */
const libraryOf = (path: string): string | undefined => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];

const nameOf = (path: string): string => libraryOf(path) ?? path.replace(/^packages\/([^/]+)\/src\/(.*)\.ts$/, '$1/$2');

function ownerOf(path: string): Owner {
  const library = libraryOf(path);
  if (!library) return 'ours';
  if (library === 'zod') return 'zod';
  return /^(lit|lit-html|lit-element|@lit\/.*)$/.test(library) ? 'Lit' : 'other';
}

const settings = {
  absWorkingDir: root,
  outdir: 'out',
  conditions: ['@clinic-widgets/source', 'production'],
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  metafile: true,
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

const pageOf = (code: string) => ({ contents: code, resolveDir: root, sourcefile: 'page.js' });

/** Leaves out of the bundle what loads on demand, but for the parts named. */
const withParts = (parts: RegExp): Plugin => ({
  name: 'parts',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, kind, pluginData, ...from }) => {
      if (kind !== 'dynamic-import' || pluginData) return undefined;
      const found = await resolve(path, { ...from, kind, pluginData: 'asked' });
      return parts.test(nameOf(relative(root, found.path))) ? undefined : { path, external: true };
    });
  },
});

/** All that one import loads, and the parts named, as one file. */
async function atOnceOf(code: string, parts: RegExp): Promise<Size> {
  const plugins = [withParts(parts)];
  const { outputFiles, metafile } = await build({ ...settings, stdin: pageOf(code), plugins });
  const [file] = outputFiles;
  return sizeOf([
    { name: undefined, gzip: gzipOf(file!.contents), output: metafile.outputs[relative(root, file!.path)]! },
  ]);
}

/** Bundles code as a page that imports it would be, into what loads at once and what loads on demand. */
async function chunksOf(code: string): Promise<ReadonlyMap<string, Chunk>> {
  const { outputFiles, metafile } = await build({ ...settings, stdin: pageOf(code), splitting: true });
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const key = relative(root, path);
      const output = metafile.outputs[key]!;
      return [key, { name: output.entryPoint && nameOf(output.entryPoint), gzip: gzipOf(contents), output }];
    }),
  );
}

/** The chunk and all that it imports at once. */
function closure(chunks: ReadonlyMap<string, Chunk>, key: string, into = new Set<Chunk>()): Set<Chunk> {
  const chunk = chunks.get(key)!;
  if (into.has(chunk)) return into;
  into.add(chunk);
  for (const { path, kind } of chunk.output.imports) if (kind === 'import-statement') closure(chunks, path, into);
  return into;
}

function sizeOf(chunks: Iterable<Chunk>): Size {
  const bytes = { all: 0, Lit: 0, zod: 0, ours: 0, other: 0 };
  let gzip = 0;
  for (const chunk of chunks) {
    gzip += chunk.gzip;
    for (const [path, { bytesInOutput }] of Object.entries(chunk.output.inputs)) {
      bytes.all += bytesInOutput;
      bytes[ownerOf(path)] += bytesInOutput;
    }
  }
  const share = (owner: Owner) => bytes[owner] / Math.max(bytes.all, 1);
  const shares = { Lit: share('Lit'), zod: share('zod'), ours: share('ours'), other: share('other') };
  return { bytes: gzip, shares };
}

/** What the code loads at once, with the parts named counted in, and what each of the others would add. */
async function measure(code: string, parts = /^$/): Promise<Measured> {
  const chunks = await chunksOf(code);
  const asked = [...chunks].filter(([, { name }]) => name !== undefined);
  const atOnce = new Set<Chunk>();
  for (const [key, { name }] of asked) if (name === 'page.js' || parts.test(name!)) closure(chunks, key, atOnce);
  const onDemand = new Map<string, Size>();
  for (const [key, chunk] of asked) {
    if (atOnce.has(chunk)) continue;
    onDemand.set(chunk.name!, sizeOf([...closure(chunks, key)].filter((each) => !atOnce.has(each))));
  }
  return { ...(await atOnceOf(code, parts)), onDemand };
}

const lines: string[] = [];

/** Adds a line to the table, and says what is wrong with the size, if anything is. */
function problem(name: string, { bytes, shares }: Size, budget: number | undefined): string {
  const percent = (share: number) => (share > 0 ? `${Math.round(share * 100)} %` : '').padStart(6);
  const owners = [shares.Lit, shares.zod, shares.ours, shares.other].map(percent).join(' ');
  lines.push(`${name.padEnd(56)} ${String(bytes).padStart(6)} ${String(budget ?? 'none').padStart(6)} ${owners}`);
  if (budget === undefined) return `${name} weighs ${bytes} bytes and has no budget.`;
  return bytes > budget ? `${name} weighs ${bytes} bytes, ${bytes - budget} more than its budget.` : '';
}

/** Every entry point that a page may load, with the file behind it; a pattern stands for each file that it matches. */
function entryPoints(): { name: string; file: string }[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join(root, 'packages', name);
    const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      exports: Record<string, string | { '@clinic-widgets/source': string }>;
    };
    return Object.entries(exports)
      .filter(([entry]) => !entry.endsWith('.json'))
      .flatMap(([entry, to]) => {
        const path = typeof to === 'string' ? to : to['@clinic-widgets/source'];
        const named = (file: string) => (entry.includes('*') ? file : join('.', entry));
        return globSync(path, { cwd: folder }).map((file) => ({
          name: join(name, named(file)),
          file: join(folder, file),
        }));
      });
  });
}

describe('size', () => {
  after(() => {
    const title = `${'gzip, in bytes'.padEnd(56)} weighs budget    Lit    zod   ours  other`;
    console.log(['', title, ...lines, ''].join('\n'));
  });

  const entries = entryPoints();
  const onDemand = new Map<string, Size>();

  for (const { name, file } of entries) {
    it(`${name} keeps its budget`, async () => {
      if (file.endsWith('.css')) {
        const shares = { Lit: 0, zod: 0, ours: 1, other: 0 };
        assert.equal(problem(name, { bytes: gzipOf(readFileSync(file)), shares }, BUDGETS[name]), '');
        return;
      }
      const specifier = join('@clinic-widgets', name);
      const measured = await measure(`import '${specifier}'; export * from '${specifier}';`);
      for (const [part, size] of measured.onDemand) {
        if (size.bytes > (onDemand.get(part)?.bytes ?? 0)) onDemand.set(part, size);
      }
      assert.equal(problem(name, measured, BUDGETS[name]), '');
    });
  }

  it('what loads on demand keeps its budget', () => {
    lines.push('', 'on demand, at most');
    const problems = [...onDemand].map(([part, size]) => problem(part, size, ON_DEMAND[part]));
    assert.deepEqual(problems.filter(Boolean), []);
  });

  it('the workers keep their budgets', async () => {
    lines.push('', 'workers');
    const problems: string[] = [];
    for (const [name, budget] of Object.entries(WORKERS)) {
      const file = name.replace('/', '/src/');
      const { outputFiles, metafile } = await build({ ...settings, entryPoints: [`packages/${file}.js`] });
      const [output] = Object.values(metafile.outputs);
      const size = sizeOf([{ name, gzip: gzipOf(outputFiles[0]!.contents), output: output! }]);
      problems.push(problem(name, size, budget));
    }
    assert.deepEqual(problems.filter(Boolean), []);
  });

  it('every budget is of something', () => {
    const names = entries.map(({ name }) => name);
    const stale = [
      ...Object.keys(BUDGETS).filter((name) => !names.includes(name)),
      ...Object.keys(ON_DEMAND).filter((name) => !onDemand.has(name)),
    ];
    assert.deepEqual(stale, []);
  });

  for (const { name, code, parts, limit } of TOGETHER) {
    it(`${name}: at most ${limit / 1000} kB`, async () => {
      lines.push('');
      assert.equal(problem(name, await measure(code, parts), limit), '');
    });
  }
});
