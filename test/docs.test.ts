// Holds what is written to what is there: the JSDoc of elements and exports, the themes, and the documents at the top level.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';
import { describe, it } from 'node:test';
import { type DefaultTreeAdapterTypes as Html, parse as parseHtml, parseFragment } from 'parse5';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const elementsFolder = 'packages/elements';
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** Fails with what should not be there. */
const none = (wrong: readonly string[]): void => assert.deepEqual(wrong, []);

const parsed = new Map<string, ts.SourceFile>();

function parse(file: string): ts.SourceFile {
  let source = parsed.get(file);
  if (!source) parsed.set(file, (source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true)));
  return source;
}

/** Every node of a kind in a file. */
function nodesIn<T extends ts.Node>(file: string, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const walk = (node: ts.Node) => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, walk);
  };
  walk(parse(file));
  return found;
}

interface Named {
  readonly name?: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
  readonly static?: boolean;
}

/** An element as the custom elements manifest describes it. */
interface Documented {
  readonly file: string;
  readonly name: string;
  readonly tagName: string;
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
  readonly events: readonly Named[];
  readonly attributes: readonly Named[];
  readonly slots: readonly Named[];
  readonly members: readonly Named[];
}

/** The manifest as it would be published now: what lies in the package may be of an earlier build. */
function readManifest(): Documented[] {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  try {
    const cem = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
    const cwd = join(root, elementsFolder);
    execFileSync(process.execPath, [cem, 'analyze', '--quiet', '--outdir', relative(cwd, folder)], { cwd });
    const { modules } = JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')) as {
      modules: { path: string; declarations: (Documented & { customElement?: boolean })[] }[];
    };
    const empty = { cssParts: [], cssProperties: [], events: [], attributes: [], slots: [], members: [] };
    return modules.flatMap(({ path, declarations }) => {
      const file = join(elementsFolder, path.replace(/^dist\/(.*)\.js$/, 'src/$1.ts'));
      return declarations.filter(({ customElement }) => customElement).map((one) => ({ ...empty, ...one, file }));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const manifest = readManifest();

/** The parts of an element. One that it has besides another is told there: "the way forward is also `primary`". */
const partsOf = ({ cssParts }: Documented): string[] =>
  sorted(
    cssParts.flatMap(({ name = '(no name)', description = '' }) => [
      name,
      ...[...description.matchAll(/`([\w-]+)`/g)].map(([, part]) => part!),
    ]),
  );

/** The specifiers of what a file imports, at once or on demand. */
function importedBy(file: string): string[] {
  const atOnce = nodesIn(file, ts.isImportDeclaration)
    .filter(({ importClause }) => importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map(({ moduleSpecifier }) => moduleSpecifier);
  const passedOn = nodesIn(file, ts.isExportDeclaration).flatMap(({ moduleSpecifier = [] }) => moduleSpecifier);
  const onDemand = nodesIn(file, ts.isCallExpression)
    .filter(({ expression }) => expression.kind === ts.SyntaxKind.ImportKeyword)
    .map((call) => call.arguments[0]!);
  return [...atOnce, ...passedOn, ...onDemand].filter(ts.isStringLiteral).map(({ text }) => text);
}

/** The file and all of the package that it comes to load. */
function closure(file: string, into = new Set<string>()): Set<string> {
  if (into.has(file)) return into;
  into.add(file);
  for (const text of importedBy(file)) if (text.startsWith('.')) closure(join(dirname(file), text), into);
  return into;
}

/** What an expression in a template may come to, as far as it is written out. */
function textsOf(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return textsOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...textsOf(expression.whenTrue), ...textsOf(expression.whenFalse)];
  }
  if (ts.isIdentifier(expression) && expression.text === 'nothing') return [];
  throw new Error(`${expression.getSourceFile().fileName}: write out what "${expression.getText()}" may be.`);
}

/** What the templates of a file say in an attribute, in any state. */
function rendered(file: string, attribute: RegExp): string[] {
  const templates = nodesIn(file, ts.isTaggedTemplateExpression).filter(({ tag }) => tag.getText() === 'html');
  return templates.flatMap(({ template }) => {
    const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
    const text = ts.isTemplateExpression(template) ? template.head.text : template.text;
    const whole = spans.reduce((sum, { literal }, index) => `${sum}\u0000${index}\u0000${literal.text}`, text);
    return [...whole.matchAll(attribute)].flatMap(([, value = '']) => {
      const parts = value.replace(/^["']|["']$/g, '').split('\u0000');
      return parts.flatMap((part, index) => (index % 2 ? textsOf(spans[Number(part)]!.expression) : part));
    });
  });
}

const wordsIn = (texts: readonly string[]): string[] =>
  sorted(texts.flatMap((text) => text.split(/\s+/)).filter(Boolean));

const PART = /\spart=("[^"]*"|'[^']*'|[^\s>]+)/g;
const SLOT = /<slot\b(?:[^>]*\sname=("[^"]*"|'[^']*'|[^\s>]+))?/g;

/** The name that each of our event classes has, where it has one of its own: a base class is told it. */
const eventNames = new Map(
  readdirSync(join(root, elementsFolder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => basename(file) === 'events.ts')
    .flatMap((file) => nodesIn(join(elementsFolder, 'src', file), ts.isClassDeclaration))
    .map((declaration) => [declaration.name!.text, /super\('([^']+)'/.exec(declaration.getText())?.[1]]),
);

function dispatched(file: string): string[] {
  return nodesIn(file, ts.isNewExpression)
    .map(({ expression }) => expression.getText())
    .filter((name) => eventNames.has(name))
    .map((name) => `${eventNames.get(name) ?? '(no name)'} ${name}`);
}

/** The attributes that the properties of a class are set by. */
function attributesOf(file: string): string[] {
  return nodesIn(file, ts.isPropertyDeclaration).flatMap((property) => {
    const decorators = ts.getDecorators(property)?.map(({ expression }) => expression) ?? [];
    const call = decorators.filter(ts.isCallExpression).find(({ expression }) => expression.getText() === 'property');
    if (!call) return [];
    const options = call.arguments[0]?.getText() ?? '';
    if (/attribute: false/.test(options)) return [];
    return /attribute: '([^']+)'/.exec(options)?.[1] ?? property.name.getText().toLowerCase();
  });
}

const tokensFile = `${elementsFolder}/src/ui/tokens.ts`;

/** The public tokens with their defaults, and the private names that the styles know them by. */
const tokens = new Map(
  [...read(tokensFile).matchAll(/var\((--clinic-[\w-]+), (.+)\);/g)].map(([, name, value]) => [name!, value!]),
);

const themesFolder = `${elementsFolder}/themes`;
const themes = readdirSync(join(root, themesFolder));
const setBy = (theme: string): Map<string, string> =>
  new Map(
    [...read(`${themesFolder}/${theme}`).matchAll(/(--clinic-[\w-]+): ([^;]+);/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );

describe('elements', () => {
  const languages = readdirSync(join(root, elementsFolder, 'src/ui'))
    .map((file) => /^messages\.(.+)\.ts$/.exec(file)?.[1])
    .filter((language) => language !== undefined);

  for (const element of manifest) {
    const { tagName, file, name } = element;
    const files = [...closure(file)];
    const names = (of: readonly Named[]) => sorted(of.map(({ name }) => name ?? '(no name)'));

    it(`${tagName}: its documented parts are those it renders`, () => {
      assert.deepEqual(partsOf(element), wordsIn(files.flatMap((each) => rendered(each, PART))));
    });

    it(`${tagName}: its documented events are those it dispatches`, () => {
      const documented = element.events.map(({ name, type }) => `${name ?? '(no name)'} ${type?.text}`);
      assert.deepEqual(sorted(documented), sorted(files.flatMap(dispatched)));
    });

    it(`${tagName}: its documented tokens are those it reads, with their defaults`, () => {
      const documented = Object.fromEntries(element.cssProperties.map(({ name, default: value }) => [name, value]));
      assert.deepEqual(documented, files.includes(tokensFile) ? Object.fromEntries(tokens) : {});
    });

    it(`${tagName}: its documented attributes and slots are those it has`, () => {
      assert.deepEqual(names(element.attributes), sorted(attributesOf(file)));
      assert.deepEqual(names(element.slots), sorted(files.flatMap((each) => rendered(each, SLOT))));
    });

    it(`${tagName}: all that it has is described`, () => {
      const { cssParts, cssProperties, events, attributes, slots, members } = element;
      const all = [...cssParts, ...cssProperties, ...events, ...attributes, ...slots, ...members];
      none(all.filter(({ description }) => !description).map(({ name, type }) => name ?? `(no name) ${type?.text}`));
    });

    it(`${tagName}: TypeScript knows its tag and its events`, () => {
      const [define] = [...nodesIn(join(dirname(file), 'define.ts'), ts.isModuleBlock)];
      const maps = define!.statements.filter(ts.isInterfaceDeclaration);
      const members = (map: string) =>
        maps
          .filter((declaration) => declaration.name.text === map)
          .flatMap((declaration) =>
            declaration.members.map((member) => member.getText().replace(/^'(.*)': (.*);$/, '$1 $2')),
          );
      assert.deepEqual(members('HTMLElementTagNameMap'), [`${tagName} ${name}`]);
      assert.deepEqual(sorted(members('HTMLElementEventMap')), sorted(files.flatMap(dispatched)));
    });

    if (!files.some((each) => each.endsWith('/messages.ts'))) continue;
    it(`${tagName}: every language can be loaded`, () => {
      const loads = nodesIn(file, ts.isPropertyAssignment)
        .map((property) => /^'?([\w-]+)'?: .*import\('\.\/messages\.([\w-]+)\.ts'\)/s.exec(property.getText()))
        .filter((load) => load !== null);
      assert.deepEqual(
        sorted(loads.map(([, language, dictionary]) => `${language} ${dictionary}`)),
        sorted(languages.map((language) => `${language} ${language}`)),
      );
    });
  }
});

describe('tokens', () => {
  const styles = readdirSync(join(root, elementsFolder, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join(elementsFolder, 'src', file))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

  it('are read in one place, under the names that the styles use', () => {
    none(styles.filter((file) => file !== tokensFile && /var\(\s*--clinic-/.test(read(file))));
    const given = [...read(tokensFile).matchAll(/(--_[\w-]+): /g)].map(([, name]) => name!);
    const used = styles.flatMap((file) => [...read(file).matchAll(/var\((--_[\w-]+)/g)].map(([, name]) => name!));
    assert.deepEqual(sorted(used), sorted(given));
  });

  it('have their defaults written out in the default theme', () => {
    assert.deepEqual(Object.fromEntries(setBy('default.css')), Object.fromEntries(tokens));
  });

  for (const theme of themes) {
    it(`${theme} sets only tokens that there are`, () => {
      none([...setBy(theme).keys()].filter((name) => !tokens.has(name)));
    });
  }
});

/** The entry points of the packages, by what is imported: `@clinic-widgets/core/time.js`. */
const entryPoints = readdirSync(join(root, 'packages')).flatMap((name) => {
  const { exports } = JSON.parse(read(`packages/${name}/package.json`)) as {
    exports: Record<string, string | { '@clinic-widgets/source': string }>;
  };
  return Object.entries(exports).map(([entry, to]) => ({
    specifier: join('@clinic-widgets', name, entry),
    source: typeof to === 'string' ? undefined : join('packages', name, to['@clinic-widgets/source']),
  }));
});

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'];

/** A block of code in a document, and the language it says it is in. */
interface Block {
  readonly where: string;
  readonly language: string;
  readonly code: string;
}

function blocksOf(document: string): Block[] {
  if (!existsSync(join(root, document))) return [];
  const text = read(document);
  return [...text.matchAll(/^```(\w*).*\n([^]*?)^```$/gm)].map(({ 1: language, 2: code, index }) => ({
    where: `${document}:${text.slice(0, index).split('\n').length}`,
    language: language!,
    code: code!,
  }));
}

const blocks = DOCUMENTS.flatMap(blocksOf);
const inLanguage = (...languages: string[]): Block[] => blocks.filter(({ language }) => languages.includes(language));

/** Every tag of a piece of HTML, and what is wrong with it. */
function tagsOf({ where, code }: Block): { tags: Html.Element[]; errors: string[] } {
  const tags: Html.Element[] = [];
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: { code: string; startLine: number }) =>
    errors.push(`${where}, line ${startLine}: ${code}`);
  const walk = (node: Html.Node) => {
    if ('tagName' in node) tags.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  const isPage = /^\s*<(!doctype|html)/i.test(code);
  walk(isPage ? parseHtml(code, { onParseError }) : parseFragment(code, { onParseError }));
  return { tags, errors };
}

const attributeOf = ({ attrs }: Html.Element, name: string): string | undefined =>
  attrs.find((attribute) => attribute.name === name)?.value;

/** The modules in the pages that the documents show. */
const scripts = inLanguage('html').flatMap((block) =>
  tagsOf(block)
    .tags.filter((tag) => tag.tagName === 'script' && attributeOf(tag, 'type') === 'module')
    .map(({ childNodes }) => ({
      ...block,
      code: childNodes.map((node) => ('value' in node ? node.value : '')).join(''),
    })),
);

/** A script in a page may take it that what the page shows above is there. */
const MAY_BE_MISSING = [2531, 2532, 18047, 18048];

/** One program of every entry point and every piece of code in the documents, each a file of its own. */
function compile() {
  const config = ts.readConfigFile(join(root, 'tsconfig.test.json'), ts.sys.readFile).config as unknown;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const pieces = [
    ...inLanguage('ts', 'typescript').map((block) => ({ ...block, ignored: [] as number[] })),
    ...scripts.map((block) => ({ ...block, ignored: MAY_BE_MISSING })),
  ].map((piece, index) => ({ ...piece, file: join(root, `piece-${index}.ts`) }));
  const codeOf = (file: string) => pieces.find((piece) => piece.file === file)?.code.concat('\nexport {};');
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => codeOf(file) !== undefined || fileExists(file);
  host.readFile = (file) => codeOf(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const code = codeOf(file);
    return code === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, code, rest[0], true);
  };
  const sources = entryPoints.flatMap(({ source }) => (source ? join(root, source) : []));
  return { program: ts.createProgram([...sources, ...pieces.map(({ file }) => file)], options, host), pieces };
}

const { program, pieces } = compile();

describe('exports', () => {
  const checker = program.getTypeChecker();

  const undescribed = (source: string): string[] => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, source))!);
    return checker.getExportsOfModule(module!).flatMap((symbol) => {
      const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const text = ts.displayPartsToString(origin.getDocumentationComment(checker)).trim();
      const { fileName } = origin.declarations![0]!.getSourceFile();
      return /\w.*[.!?:)]$/s.test(text) ? [] : `${relative(root, fileName)}: ${origin.name}`;
    });
  };

  for (const name of readdirSync(join(root, 'packages'))) {
    it(`${name} says in a sentence what each of its exports is`, () => {
      const sources = entryPoints.flatMap(({ source }) => (source?.startsWith(`packages/${name}/`) ? source : []));
      // A file that only registers elements has nothing to describe.
      none(sorted(sources.filter((source) => basename(source) !== 'define.ts').flatMap(undescribed)));
    });
  }
});

describe('code in the documents', () => {
  for (const { where, file, ignored } of pieces) {
    it(`${where} compiles`, () => {
      const source = program.getSourceFile(file)!;
      const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      const told = errors
        .filter(({ code }) => !ignored.includes(code))
        .map(({ messageText, start = 0 }) => {
          const { line } = source.getLineAndCharacterOfPosition(start);
          return `line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
        });
      // A file beside the reader's own is not ours to have.
      none(told.filter((error) => !/Cannot find module '\.{1,2}\//.test(error)));
    });
  }

  const known = new Map(manifest.map((element) => [element.tagName, element]));
  const isGlobal = (name: string) => /^(id|class|lang|dir|hidden|slot|style|title|data-.*|aria-.*)$/.test(name);

  for (const block of inLanguage('html')) {
    it(`${block.where} is HTML with elements and attributes that there are`, () => {
      const { tags, errors } = tagsOf(block);
      const ours = tags.filter(({ tagName }) => tagName.startsWith('clinic-'));
      const wrong = ours.flatMap(({ tagName, attrs }) => {
        const element = known.get(tagName);
        const attributes = element?.attributes.map(({ name }) => name) ?? [];
        const unknown = attrs.map(({ name }) => name).filter((name) => !attributes.includes(name) && !isGlobal(name));
        return element ? unknown.map((name) => `<${tagName} ${name}>`) : `<${tagName}>`;
      });
      none([...errors, ...wrong]);
    });
  }

  for (const { where, code } of inLanguage('json')) {
    it(`${where} is JSON`, () => {
      assert.doesNotThrow(() => JSON.parse(code) as unknown);
    });
  }

  for (const { where, code } of inLanguage('css')) {
    it(`${where} names tokens, parts and elements that there are`, () => {
      const parts = manifest.flatMap(partsOf);
      none([
        ...(code.match(/--clinic-[\w-]+/g) ?? []).filter((name) => !tokens.has(name)),
        ...[...code.matchAll(/::part\(([\w-]+)/g)].map(([, part]) => part!).filter((part) => !parts.includes(part)),
        ...(code.match(/(?<![\w-])clinic-[\w-]+/g) ?? []).filter((tag) => !known.has(tag)),
      ]);
    });
  }
});

/** What is not part of the repository; the build is there before the documents are checked. */
const madeByTools = ['.git', ...read('.gitignore').split('\n')].map((line) => line.replace(/\/$/, ''));

/** Every file and folder of the repository, by its path from the root. */
function pathsUnder(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter(({ name }) => !madeByTools.includes(name) || name === 'dist' || name === 'custom-elements.json')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [path, ...pathsUnder(path)] : [path];
    });
}

const LIBRARY = /^(zod|lit|@lit|@clinic-widgets|@types|node:.*)\//;
const MEDIA_TYPE = /^(application|image|text)\/[\w.+-]+$/;
const FILE_NAME = /^[\w*.-]+\.(ts|mjs|js|json|md|css|html|yaml|yml)$/;

/** The paths that a text names: with a slash, or by a file's name. `<area>` stands for any. */
const pathsIn = (words: readonly string[]): string[] =>
  words
    .map((word) => word.replace(/<[\w-]+>/g, '*').replace(/^\.\//, ''))
    .filter((word) => /^[\w.*-][\w.*/-]*$/.test(word) && (word.includes('/') || FILE_NAME.test(word)))
    .filter((word) => !word.startsWith('../') && !LIBRARY.test(word) && !MEDIA_TYPE.test(word));

describe('documents', () => {
  const paths = pathsUnder('.');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  /** Whether a path is there, from the root or from a folder that the text is about; `.js` may be its source. */
  const exists = (named: string) => {
    if (madeByTools.includes(named.split('/')[0]!)) return true;
    const wanted = [named, named.replace(/\.js$/, '.ts')].map((path) => path.replace(/\/$/, ''));
    return wanted.some((path) => paths.some((one) => matchesGlob(one, path) || matchesGlob(one, `**/${path}`)));
  };

  for (const document of DOCUMENTS) {
    it(`${document} is there`, () => {
      assert.ok(existsSync(join(root, document)));
    });
    if (!existsSync(join(root, document))) continue;

    const text = read(document);
    const prose = text.replace(/^```[^]*?^```$/gm, '');
    const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => span!);
    const commands = blocksOf(document)
      .filter(({ language }) => /^(sh|bash|console)$/.test(language))
      .flatMap(({ code }) => code.split('\n').map((line) => line.replace(/(^|\s)#.*/, '')));

    it(`${document} names files that there are`, () => {
      const words = [...spans, ...commands].flatMap((one) => one.split(/[\s=]+/));
      none(sorted(pathsIn(words)).filter((path) => !exists(path)));
    });

    it(`${document} links to what there is`, () => {
      const links = [...prose.matchAll(/\]\(([^)\s]+)|\b(?:src|href)="([^"]+)"/g)].map(([, a, b]) => (a ?? b)!);
      const anchors = [...prose.matchAll(/^#+ (.*)$/gm)].map(([, title]) => `#${slugOf(title!)}`);
      const isThere = (link: string) =>
        link.startsWith('#') ? anchors.includes(link) : existsSync(join(root, link.replace(/#.*/, '')));
      none(links.filter((link) => !/^[a-z]+:/.test(link) && !isThere(link)));
    });

    it(`${document} names commands that there are`, () => {
      const run = [...spans, ...commands].flatMap((one) => [
        ...one.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g),
      ]);
      none(run.map(([, script, short]) => (script ?? short)!).filter((script) => !(script in scripts)));
    });

    it(`${document} names packages and entry points that there are`, () => {
      const named = [...text.matchAll(/@clinic-widgets\/[\w./-]*\w/g)].map(([specifier]) => specifier);
      const isThere = (specifier: string) => entryPoints.some((entry) => matchesGlob(specifier, entry.specifier));
      none(sorted(named).filter((specifier) => !isThere(specifier)));
    });
  }
});

it('every setting of the gateway is in its README, and no other', () => {
  const namesIn = (file: string) => sorted(read(file).match(/\bGATEWAY_[A-Z_]+/g) ?? []);
  assert.deepEqual(namesIn('packages/adapter-rest/README.md'), namesIn('tools/gateway-settings.ts'));
});

/** The anchor that a heading gets. */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s/g, '-');
