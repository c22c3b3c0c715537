// Holds the sources to ARCHITECTURE.md: who may import whom, which files belong together, what does something when loaded.
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { build } from 'esbuild';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

/** What each package may load at run time besides its own files. */
const LOADS: Readonly<Record<string, readonly string[]>> = {
  core: ['zod/mini', 'temporal-polyfill/global'],
  'adapter-memory': ['@clinic-widgets/core'],
  'adapter-fhir': ['@clinic-widgets/core'],
  // The OpenAPI document is made from the schemas by the library that they are made with; only a server's gateway signs.
  'adapter-rest': ['@clinic-widgets/core', 'zod/mini', 'jose'],
  conformance: ['@clinic-widgets/core'],
  elements: ['@clinic-widgets/core', 'lit', '@lit/context', 'ical-generator', 'signature_pad'],
};

/**
 * What only a worker loads. The file of the worker has it all within, which tools/bundle-workers.mjs sees to, so nobody who
 * uses the package needs it besides: it is a devDependency.
 */
const IN_WORKER: Readonly<Record<string, { readonly entry: string; readonly libraries: readonly string[] }>> = {
  elements: { entry: 'packages/elements/src/forms/expression-worker.js', libraries: ['fhirpath'] },
};

/** What else a package may take types from. */
const TYPES: Readonly<Record<string, readonly string[]>> = { 'adapter-fhir': ['fhir'] };

/** Libraries that must never be part of what loads at once. */
const ON_DEMAND = ['temporal-polyfill', 'ical-generator', 'signature_pad'];

/** The folders at the top level. */
const FOLDERS = ['packages', 'stories', 'demo', 'test', 'tools', '.changeset', '.ci', '.storybook'];

/** The files of a widget's folder besides the element, its browser test, and its `events.ts` where it has events of its own. */
const WIDGET_FILES = ['define', 'flow', 'flow.test', 'messages', 'styles', 'views'];

/** Words that say nothing of what a thing does: operation, adapter, flow and element do. */
const EMPTY_WORDS = /^(service|manager|helper|util)s?$|^utility$|^utilities$/;

/** FHIR calls what a clinic offers a service, so the code that maps FHIR has to. */
const SPEAKS_FHIR = /^(packages\/adapter-fhir|test\/fhir-server)\//;

/** Strings that are the same in English and in another language, by file and key, with the reason. */
const SAME_IN_BOTH: Readonly<Record<string, string>> = {
  'forms/messages.es.ts no': 'The word is the same.',
  'check-in/messages.es.ts no': 'The word is the same.',
  'check-in/messages.es.ts textSizes.normal': 'The word is the same.',
};

const KEBAB_CASE = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const DOCUMENT = /^([A-Z]+\.md|LICENSE)$/;

const ignored = ['.git', ...readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean)].map((line) =>
  line.replace(/\/$/, ''),
);

/** Every file under a folder that is not made by a tool, by its path from the root. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !ignored.includes(name) && !name.endsWith('.log'))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

/** Fails with what should not be there. */
const none = (wrong: readonly string[]): void => assert.deepEqual(wrong, []);

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const packages = readdirSync(join(root, 'packages'));
const files = filesUnder('.');
const isTest = (file: string): boolean => file.endsWith('.test.ts') || /^packages\/[^/]+\/test\//.test(file);
const sourcesOf = (name: string): string[] =>
  files.filter((file) => file.startsWith(`packages/${name}/src/`) && file.endsWith('.ts') && !isTest(file));
const testsOf = (name: string): string[] =>
  files.filter((file) => file.startsWith(`packages/${name}/`) && file.endsWith('.ts') && isTest(file));
const areas = readdirSync(join(root, 'packages/elements/src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'ui')
  .map(({ name }) => name);

interface Manifest {
  readonly sideEffects: false | readonly string[];
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
const manifestOf = (name: string): Manifest => JSON.parse(read(`packages/${name}/package.json`)) as Manifest;

const parsed = new Map<string, ts.SourceFile>();

function parse(file: string): ts.SourceFile {
  let source = parsed.get(file);
  if (!source) parsed.set(file, (source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true)));
  return source;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** One thing that a file takes from another. Types are gone when it runs. */
interface Import {
  readonly file: string;
  readonly of: string;
  readonly when: 'at once' | 'on demand' | 'types only';
}

/** What stands for a specifier that only running the file would tell: no package may have one. */
const COMPUTED = '(computed)';

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, when: Import['when']) =>
    found.push({ file, of: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : COMPUTED, when });
  walk(parse(file), (node) => {
    if (ts.isImportDeclaration(node)) {
      const isType = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      add(node.moduleSpecifier, isType ? 'types only' : 'at once');
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'types only' : 'at once');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'on demand');
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'types only');
    }
  });
  return found;
}

const isOwn = ({ of }: Import): boolean => of.startsWith('.');
const isOneOf = (of: string, allowed: readonly string[]): boolean =>
  allowed.some((name) => of === name || of.startsWith(`${name}/`));
const shown = ({ file, of, when }: Import): string => `${file} imports ${of} (${when})`;

/** The package that a specifier is of: `lit` for `lit/decorators.js`. */
const packageOf = (of: string): string => of.split('/', of.startsWith('@') ? 2 : 1).join('/');

/** The sources behind the entry points of a package. */
const entriesOf = (name: string): string[] =>
  Object.values(manifestOf(name).exports).flatMap((to) =>
    typeof to === 'string' ? [] : join('packages', name, to['@clinic-widgets/source']!),
  );

const AT_ONCE: readonly Import['when'][] = ['at once'];
const EVER: readonly Import['when'][] = ['at once', 'on demand'];

/** The file and all of its package that it imports at once, or ever. */
function closure(file: string, when = AT_ONCE, into = new Set<string>()): Set<string> {
  if (into.has(file)) return into;
  into.add(file);
  for (const one of importsOf(file)) {
    if (isOwn(one) && when.includes(one.when)) closure(join(dirname(file), one.of), when, into);
  }
  return into;
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

describe('imports', () => {
  for (const name of packages) {
    const imports = sourcesOf(name).flatMap(importsOf);
    const inWorker = IN_WORKER[name]?.libraries ?? [];

    it(`${name} loads only what it may`, () => {
      const own = LOADS[name] ?? assert.fail(`Say in LOADS what ${name} may import.`);
      const loads = [...own, ...inWorker];
      const types = [...loads, ...(TYPES[name] ?? [])];
      const wrong = imports.filter((one) => !isOwn(one) && !isOneOf(one.of, one.when === 'types only' ? types : loads));
      none(wrong.map(shown));
    });

    it(`${name} takes its own files by their names, and none of another package's`, () => {
      const isWrong = (one: Import) => {
        const target = join(dirname(one.file), one.of);
        return (
          !target.startsWith(`packages/${name}/src/`) || target.endsWith('/index.ts') || !existsSync(join(root, target))
        );
      };
      none(imports.filter((one) => isOwn(one) && isWrong(one)).map(shown));
    });

    it(`${name} lists in its package.json what it imports, and no more`, () => {
      const used = new Set(imports.filter((one) => !isOwn(one)).map(({ of }) => packageOf(of)));
      const typesOf = (used: string) => (TYPES[name]?.some((of) => packageOf(of) === used) ? `@types/${used}` : used);
      const needed = [...used].filter((library) => !inWorker.includes(library));
      assert.deepEqual(Object.keys(manifestOf(name).dependencies).sort(), needed.map(typesOf).sort());
      assert.deepEqual(Object.keys(manifestOf(name).devDependencies ?? {}).sort(), sorted(inWorker));
    });
  }

  for (const [name, { entry, libraries }] of Object.entries(IN_WORKER)) {
    it(`${name} keeps what only a worker loads out of pages`, () => {
      const onPage = entriesOf(name).flatMap((file) => [...closure(file, EVER)]);
      none(sorted(onPage.flatMap(importsOf).filter(isFromWorker).map(shown)));
      // Else it would be bundled for nothing.
      const inWorker = [...closure(entry)].flatMap(importsOf);
      assert.deepEqual(sorted(inWorker.filter(isFromWorker).map(({ of }) => packageOf(of))), sorted(libraries));
    });

    const isFromWorker = ({ of, when }: Import): boolean => when !== 'types only' && libraries.includes(packageOf(of));
  }

  it('loads large libraries only when they are needed', () => {
    const atOnce = packages.flatMap(entriesOf).flatMap((entry) => [...closure(entry)].flatMap(importsOf));
    none(sorted(atOnce.filter(({ of, when }) => when === 'at once' && ON_DEMAND.includes(packageOf(of))).map(shown)));
  });

  it('keeps what the widgets share apart from any one of them', () => {
    const shared = sourcesOf('elements').filter((file) => file.includes('/src/ui/'));
    const isArea = ({ of }: Import) => areas.some((area) => of.startsWith(`../${area}/`));
    none(shared.flatMap(importsOf).filter(isArea).map(shown));
  });

  it('has every library that tests, stories and demo import in the root package.json', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    const has = (of: string) => of.startsWith('node:') || [of, `@types/${of}`].some((name) => name in devDependencies);
    const others = files.filter((file) => /^(test|stories|demo|\.storybook)\/.*\.ts$/.test(file));
    const imports = [...packages.flatMap(testsOf), ...others].flatMap(importsOf).filter((one) => !isOwn(one));
    const missing = imports.filter(({ of }) => of !== COMPUTED && !has(of) && !has(packageOf(of)));
    none(missing.map(shown));
  });
});

describe('packages', () => {
  it('are all compiled', () => {
    const { references } = ts.parseConfigFileTextToJson('', read('tsconfig.json')).config as {
      references: { path: string }[];
    };
    assert.deepEqual(references.map(({ path }) => basename(path)).sort(), [...packages].sort());
  });

  for (const name of packages) {
    it(`${name} exports only files that are there`, () => {
      const targets = Object.values(manifestOf(name).exports).flatMap((to) =>
        typeof to === 'string' ? to : Object.values(to),
      );
      const missing = targets.filter((path) => globSync(join(root, 'packages', name, path)).length === 0);
      // What is missing in dist, and custom-elements.json, is written by the build.
      none(missing);
    });

    it(`${name} gives source, types and code of an entry point the same name`, () => {
      for (const [entry, to] of Object.entries(manifestOf(name).exports)) {
        if (typeof to === 'string') continue;
        const path = entry === '.' ? 'index' : entry.replace(/^\.\/(.*)\.js$/, '$1');
        assert.deepEqual(to, {
          '@clinic-widgets/source': `./src/${path}.ts`,
          types: `./dist/${path}.d.ts`,
          default: `./dist/${path}.js`,
        });
      }
    });
  }

  for (const name of packages) {
    it(`${name} is compiled to files that name each other as compiled`, () => {
      const compiled = globSync(`packages/${name}/dist/**/*.js`, { cwd: root });
      assert.notDeepEqual(compiled, []);
      none(compiled.filter((file) => /\b(import|from)\s*\(?\s*['"]\.[^'"]*\.ts['"]/.test(read(file))));
    });
  }

  for (const name of packages.filter((name) => name.startsWith('adapter-'))) {
    it(`${name} runs the conformance suite`, () => {
      const runs = testsOf(name).filter((file) => {
        let called = false;
        walk(parse(file), (node) => {
          called ||= ts.isCallExpression(node) && node.expression.getText() === 'describeAdapter';
        });
        return called && importsOf(file).some(({ of }) => of.startsWith('@clinic-widgets/conformance'));
      });
      assert.notDeepEqual(runs, []);
    });
  }
});

/** Whether loading a file does something besides making its exports. */
function doesSomething(file: string): boolean {
  return parse(file).statements.some((statement) => {
    if (ts.isImportDeclaration(statement)) return !statement.importClause;
    return !ts.isDeclarationStatement(statement) && !ts.isVariableStatement(statement);
  });
}

/** The tags of the elements in a file, as their JSDoc names them. */
const tagsIn = (file: string): string[] => [...read(file).matchAll(/^ \* @tag (\S+)$/gm)].map(([, tag]) => tag!);

/** Bundles code as a page's bundler would, for Node, where Lit brings a `customElements` of its own. */
async function bundle(contents: string, conditions: string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    conditions,
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    minify: true,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

const run = (code: string): Promise<Record<string, unknown>> =>
  import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`) as Promise<Record<string, unknown>>;

const SOURCE = ['@clinic-widgets/source'];

describe('side effects', () => {
  for (const name of packages) {
    it(`${name} lists exactly the files that do something when loaded`, () => {
      const listed = manifestOf(name).sideEffects || [];
      const found = sourcesOf(name)
        .filter(doesSomething)
        .map((file) => `./${relative(`packages/${name}`, file)}`);
      const built = found.map((file) => file.replace(/^\.\/src\/(.*)\.ts$/, './dist/$1.js'));
      const sheets = files.some((file) => file.startsWith(`packages/${name}/themes/`)) ? ['./themes/*.css'] : [];
      assert.deepEqual([...listed].sort(), [...found, ...built, ...sheets].sort());
      none(found.filter((file) => basename(file) !== 'define.ts'));
    });

    it(`${name} leaves nothing in a page that uses nothing of it`, async () => {
      for (const conditions of [SOURCE, []]) {
        const entries = Object.keys(manifestOf(name).exports).filter((entry) => /(\.|(?<!define)\.js)$/.test(entry));
        const code = entries.map((entry) => `import '${join('@clinic-widgets', name, entry)}';`).join('\n');
        assert.equal((await bundle(code, conditions)).trim(), '');
      }
    });
  }

  const tags = sourcesOf('elements').flatMap(tagsIn);
  const registered = (names: readonly string[]) => names.filter((name) => customElements.get(name));

  // In this order: what has been registered stays so.
  it('no class registers itself', async () => {
    const entries = Object.keys(manifestOf('elements').exports).filter((entry) => /(\.|(?<!define)\.js)$/.test(entry));
    const code = entries.map(
      (entry, index) => `export * as _${index} from '${join('@clinic-widgets/elements', entry)}';`,
    );
    await run(await bundle(code.join('\n'), SOURCE));
    assert.notDeepEqual(tags, []);
    none(registered(tags));
  });

  it('a prefix of the page’s choice goes to every element', async () => {
    const elements = await run(await bundle(`export * from '@clinic-widgets/elements'`, SOURCE));
    const define = elements['define'] as (options: { prefix: string }) => void;
    const prefixed = tags.map((tag) => tag.replace(/^clinic-/, 'acme-'));
    define({ prefix: 'acme' });
    assert.deepEqual(registered(prefixed), prefixed);
    none(registered(tags));
  });

  it('every define file registers the elements of its folder, and the one above all of them', async () => {
    for (const folder of [...areas, 'ui']) {
      const own = sourcesOf('elements')
        .filter((file) => file.includes(`/src/${folder}/`))
        .flatMap(tagsIn);
      await run(await bundle(`import '@clinic-widgets/elements/${folder}/define.js'`, SOURCE));
      assert.deepEqual(registered(own), own);
    }
    const all = importsOf('packages/elements/src/define.ts').map(({ of }) => of);
    assert.deepEqual(all.sort(), [...areas, 'ui'].map((folder) => `./${folder}/define.ts`).sort());
  });
});

describe('files', () => {
  it('the top level has only the folders that are known', () => {
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const unknown = folders
      .map(({ name }) => name)
      .filter((name) => !ignored.includes(name) && !FOLDERS.includes(name));
    none(unknown);
  });

  it('are named in kebab-case', () => {
    const isWrong = (part: string, index: number, parts: readonly string[]) =>
      !KEBAB_CASE.test(part) && !(index === parts.length - 1 && DOCUMENT.test(part));
    none(files.filter((file) => file.split('/').some(isWrong)));
  });

  it('have names, and export names, that say what a thing does', () => {
    const isEmpty = (name: string) => wordsOf(name).some((word) => EMPTY_WORDS.test(word));
    const inFhir = (name: string) =>
      wordsOf(name).every((word) => !EMPTY_WORDS.test(word) || word.startsWith('service'));
    const code = files.filter((file) => /\.(ts|mjs|js)$/.test(file));
    const names = [
      ...files.map((file) => ({ file, name: file })),
      ...code.flatMap((file) => exportedBy(file).map((name) => ({ file, name }))),
    ];
    const wrong = names.filter(({ file, name }) => isEmpty(name) && !(SPEAKS_FHIR.test(file) && inFhir(name)));
    none(wrong.map(({ file, name }) => (file === name ? file : `${file} exports ${name}`)));
  });
});

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

function exportedBy(file: string): string[] {
  return parse(file).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      return clause && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
    }
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    return [(statement as ts.DeclarationStatement).name?.getText() ?? 'default'];
  });
}

const isExportKeyword = ({ kind }: ts.Modifier): boolean => kind === ts.SyntaxKind.ExportKeyword;

const languages = files
  .map((file) => /^packages\/elements\/src\/ui\/messages\.([a-z-]+)\.ts$/.exec(file)?.[1])
  .filter((language) => language !== undefined);

/** The packages that have a file for each area. */
const BY_AREA = ['core', 'conformance', 'adapter-memory', 'adapter-fhir'];

describe('areas', () => {
  for (const area of areas) {
    it(`${area} has the same name in every package`, () => {
      none(BY_AREA.map((name) => `packages/${name}/src/${area}.ts`).filter((file) => !files.includes(file)));
    });

    const folder = `packages/elements/src/${area}`;
    const inFolder = files.filter((file) => file.startsWith(`${folder}/`));

    it(`${area} has its files`, () => {
      const wanted = [...WIDGET_FILES, ...languages.map((language) => `messages.${language}`)];
      none(wanted.filter((name) => !inFolder.includes(`${folder}/${name}.ts`)));
    });

    it(`${area} has one element, named as its tag, with a browser test`, () => {
      const elements = inFolder.filter((file) => !isTest(file) && tagsIn(file).length > 0);
      assert.equal(elements.length, 1);
      const name = basename(elements[0]!, '.ts');
      assert.deepEqual(tagsIn(elements[0]!), [`clinic-${name}`]);
      assert.ok(inFolder.includes(`${folder}/${name}.browser.test.ts`));
    });

    it(`${area} keeps its events in events.ts`, () => {
      const events = inFolder.filter((file) => !isTest(file) && /\bclass \w+ extends Event\b/.test(read(file)));
      none(events.filter((file) => basename(file) !== 'events.ts'));
    });
  }
});

type Strings = Readonly<Record<string, string>>;

const merged = (all: readonly Strings[]): Strings => Object.fromEntries(all.flatMap((each) => Object.entries(each)));

/** Values enough for every parameter, among them those that choose another wording. */
const EXAMPLES = [[1, 1, 1], [7, 7, 7], ['X', 'Y', 'Z'], []];

/** Every string of a dictionary by its path; of a function, what it says of a few examples. */
function stringsOf(value: unknown, path: readonly string[] = []): Strings {
  if (typeof value === 'string') return { [path.join('.')]: value };
  if (typeof value === 'function') {
    return { [path.join('.')]: EXAMPLES.map((examples) => String(value(...examples))).join(' / ') };
  }
  return merged(Object.entries(value as object).map(([key, inner]) => stringsOf(inner, [...path, key])));
}

/** All that a folder says in a language, however many files it takes: `messages.ts`, `more-messages.ts`. */
async function dictionaryOf(folder: string, language?: string): Promise<Strings> {
  const ending = language ? `messages.${language}.ts` : 'messages.ts';
  const own = files.filter((file) => dirname(file) === `packages/elements/src/${folder}` && file.endsWith(ending));
  const modules = await Promise.all(own.map(async (file) => (await import(join(root, file))) as object));
  return merged(modules.flatMap((module) => Object.values(module).map((dictionary) => stringsOf(dictionary))));
}

describe('dictionaries', () => {
  for (const folder of ['ui', ...areas]) {
    for (const language of languages) {
      it(`${folder} says all in ${language}, and nothing of it in English`, async () => {
        const english = await dictionaryOf(folder);
        const other = await dictionaryOf(folder, language);
        assert.deepEqual(Object.keys(other).sort(), Object.keys(english).sort());
        const same = Object.keys(english).filter((key) => english[key] === other[key]);
        none(same.filter((key) => !(`${folder}/messages.${language}.ts ${key}` in SAME_IN_BOTH)));
      });
    }
  }
});
