// Writes each worker of the forms as one file that needs no other: no import map reaches a worker, and not every page has
// a bundler. The licenses of what is in it go beside it, as those licenses ask.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const forms = fileURLToPath(new URL('../packages/elements/dist/forms', import.meta.url));
const source = fileURLToPath(new URL('../packages/elements/src/forms', import.meta.url));
const library = fileURLToPath(new URL('../packages/elements/node_modules/fhirpath', import.meta.url));

const { metafile } = await build({
  entryPoints: [join(source, 'expression-worker.js'), join(source, 'pattern-worker.js')],
  outdir: forms,
  conditions: ['@clinic-widgets/source'],
  // Its other form has libraries in it that would not be found below.
  alias: {
    'fhirpath/fhir-context/r4': join(library, 'fhir-context/r4/index.js'),
    fhirpath: join(library, 'src/fhirpath.js'),
  },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  metafile: true,
  absWorkingDir: forms,
  legalComments: 'none',
  logLevel: 'warning',
});

/** The folders of the libraries that are in it. */
const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
const folders = inputs.flatMap(([path, { bytesInOutput }]) =>
  bytesInOutput > 0 ? (/^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []) : [],
);
const licenses = [...new Set(folders)].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(forms, folder, 'package.json'), 'utf8'));
  const texts = globSync('{LICENSE,LICENCE,license,COPYING}*', { cwd: join(forms, folder) });
  const text = texts.map((file) => readFileSync(join(forms, folder, file), 'utf8').trim()).join('\n\n');
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(join(forms, 'expression-worker.licenses.txt'), licenses.join(`\n${'-'.repeat(80)}\n\n`));
